//! From the operations of StableHLO as they are now to those of VHLO in a version: what is kept in one attribute is
//! spread out, and what is left out is spelled out.

use super::super::versions::{ArtifactVersion, VhloOp};
use super::WriteError;
use super::attributes::list;
use super::parse;
use crate::generic::kind_to_attributes;
use crate::{Attribute, Attributes, Channel, Convolution, ElementType, Op, OpKind, Type};

/// An operation as an artifact of a version has it.
pub(super) struct Lowered {
    pub(super) vhlo: &'static VhloOp,
    /// The operation's own attributes, in the order in which they are encoded.
    pub(super) own: Vec<(&'static str, Attribute)>,
    /// Attributes beside those.
    pub(super) more: Attributes,
}

type Written<T> = Result<T, WriteError>;

/// The operation of a version; an error where it has none that says the same.
pub(super) fn lower(op: &Op, version: ArtifactVersion) -> Written<Lowered> {
    let name = op.kind.name();
    let base = match name {
        "func.call" => "call",
        _ => name.strip_prefix("stablehlo.").unwrap_or(name),
    };
    let vhlo = VhloOp::in_version(base, version).map_err(|since| match since {
        Some((major, minor)) => WriteError::new(format!(
            "it is in no portable artifact of version {version}; expected version {major}.{minor}.0 or newer"
        )),
        None => WriteError::new("it is in no portable artifact; expected operations of StableHLO"),
    })?;
    let mut fields = Fields(kind_to_attributes(&op.kind));
    fields.0.0.extend(op.attributes.0.iter().cloned());
    fields.spread(&op.kind)?;
    refuse_newer(op, version)?;
    let mut own = Vec::new();
    for name in vhlo.attributes.split_whitespace() {
        let value = match fields.0.remove(name) {
            Some(value) => value,
            None => default(name, &op.kind)
                .ok_or_else(|| WriteError::new(format!("attribute `{name}` is missing; expected it")))?,
        };
        own.push((name, value));
    }
    let mut more = fields.0;
    if let OpKind::DynamicConv(_) = op.kind {
        // An operand says it.
        more.remove("padding");
    }
    for (name, since) in LATER {
        let is_own = vhlo.attributes.split_whitespace().any(|own| own == *name);
        let Some(value) = (if is_own { None } else { more.remove(name) }) else { continue };
        if default(name, &op.kind).as_ref() != Some(&value) && !is_empty_list(&value) {
            let message = format!(
                "attribute `{name}` is in no portable artifact of version {version}; expected version {since} or newer"
            );
            return Err(WriteError::new(message));
        }
    }
    Ok(Lowered { vhlo, own, more })
}

/// Attributes that operations came to have later, and since when. What says nothing is left out before.
static LATER: &[(&str, &str)] = &[
    ("operand_batching_dims", "1.1.0"),
    ("start_indices_batching_dims", "1.1.0"),
    ("input_batching_dims", "1.1.0"),
    ("scatter_indices_batching_dims", "1.1.0"),
    ("source_target_pairs", "1.12.0"),
    ("result_accuracy", "1.10.0"),
    ("algorithm", "1.6.0"),
    ("lhs_precision_type", "1.6.0"),
    ("rhs_precision_type", "1.6.0"),
    ("accumulation_type", "1.6.0"),
    ("lhs_component_count", "1.6.0"),
    ("rhs_component_count", "1.6.0"),
    ("num_primitive_operations", "1.6.0"),
    ("allow_imprecise_accumulation", "1.6.0"),
];

/// Refuses what later versions made of operations of the same name.
fn refuse_newer(op: &Op, version: ArtifactVersion) -> Written<()> {
    let refuse = |what: &str, (major, minor): (u32, u32)| {
        if version.has((major, minor)) {
            return Ok(());
        }
        let message = format!(
            "{what}, which is in no portable artifact of version {version}; expected version {major}.{minor}.0 or newer"
        );
        Err(WriteError::new(message))
    };
    match &op.kind {
        OpKind::AllGather { .. } | OpKind::AllReduce { .. } | OpKind::AllToAll { .. }
            if op.operands.len() != 1 =>
        {
            refuse("it takes several operands", (1, 5))
        }
        OpKind::CustomCall(call) if matches!(call.backend_config, Some(Attribute::Dictionary(_))) => {
            refuse("its configuration is a dictionary", (1, 3))
        }
        OpKind::Composite { .. } if !op.regions.is_empty() => refuse("it has regions", (1, 14)),
        _ => Ok(()),
    }
}

fn is_empty_list(attribute: &Attribute) -> bool {
    match attribute {
        Attribute::DenseIntegers(values, _) => values.is_empty(),
        Attribute::Dense(literal) => literal.ty().element_count() == Some(0),
        _ => false,
    }
}

/// What an attribute is where nothing is said.
fn default(name: &str, kind: &OpKind) -> Option<Attribute> {
    let none = || Attribute::Type(Type::Other("none".into()));
    Some(match name {
        "channel_id" => integer(0, "i64"),
        "version" => integer(0, "i32"),
        "api_version" => Attribute::Opaque("#stablehlo<custom_call_api_version 1>".into()),
        "use_global_device_ids"
        | "lower"
        | "has_side_effect"
        | "indices_are_sorted"
        | "unique_indices"
        | "is_stable"
        | "is_host_transfer"
        | "has_dynamic_root" => Attribute::Bool(false),
        "compare_type" => Attribute::Opaque("#stablehlo<comparison_type NOTYPE>".into()),
        "composite_attributes" => Attribute::Dictionary(Attributes::default()),
        "precision_config" => {
            let one = Attribute::Opaque("#stablehlo<precision DEFAULT>".into());
            Attribute::Array(vec![one.clone(), one])
        }
        "backend_config" => match kind {
            OpKind::CustomCall(call) if call.api_version == 4 => Attribute::Dictionary(Attributes::default()),
            _ => Attribute::String("".into()),
        },
        "infeed_config" | "outfeed_config" => Attribute::String("".into()),
        "called_computations"
        | "operand_layouts"
        | "result_layouts"
        | "output_operand_aliases"
        | "layout"
        | "result_tilings" => Attribute::Array(Vec::new()),
        "known_expanding_dimensions" | "known_nonexpanding_dimensions" => {
            Attribute::DenseIntegers(Vec::new(), ElementType::I64)
        }
        "source_target_pairs" => Attribute::Dense(list(&[], ElementType::I64)),
        "result_accuracy" => {
            let text = "#stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<DEFAULT>>";
            Attribute::Opaque(text.into())
        }
        "lhs_precision_type"
        | "rhs_precision_type"
        | "accumulation_type"
        | "lhs_component_count"
        | "rhs_component_count"
        | "num_primitive_operations"
        | "allow_imprecise_accumulation" => none(),
        _ => return None,
    })
}

fn integer(value: i128, ty: &str) -> Attribute {
    Attribute::Integer(value, Type::Other(ty.into()))
}

struct Fields(Attributes);

impl Fields {
    fn set(&mut self, name: &str, value: Attribute) {
        self.0.set(name, value);
    }

    fn axes(&mut self, name: &str, axes: &[usize]) {
        let axes = axes.iter().map(|&axis| axis as i64).collect();
        self.set(name, Attribute::DenseIntegers(axes, ElementType::I64));
    }

    fn axis(&mut self, name: &str, axis: usize) {
        self.set(name, integer(axis as i128, "i64"));
    }

    fn channel(&mut self, channel: Option<Channel>) {
        self.0.remove("channel_handle");
        if let Some(channel) = channel {
            self.set("channel_id", integer(channel.id.into(), "i64"));
        }
    }

    /// Spreads out what is kept in one attribute.
    fn spread(&mut self, kind: &OpKind) -> Written<()> {
        match kind {
            OpKind::Gather { dimension_numbers: d, .. }
            | OpKind::DynamicGather { dimension_numbers: d, .. } => {
                self.0.remove("dimension_numbers");
                self.axes("offset_dims", &d.offset_dims);
                self.axes("collapsed_slice_dims", &d.collapsed_slice_dims);
                self.axes("operand_batching_dims", &d.operand_batching_dims);
                self.axes("start_indices_batching_dims", &d.start_indices_batching_dims);
                self.axes("start_index_map", &d.start_index_map);
                self.axis("index_vector_dim", d.index_vector_dim);
            }
            OpKind::Scatter { dimension_numbers: d, .. } => {
                self.0.remove("scatter_dimension_numbers");
                self.axes("update_window_dims", &d.update_window_dims);
                self.axes("inserted_window_dims", &d.inserted_window_dims);
                self.axes("input_batching_dims", &d.input_batching_dims);
                self.axes("scatter_indices_batching_dims", &d.scatter_indices_batching_dims);
                self.axes("scatter_dims_to_operand_dims", &d.scatter_dims_to_operand_dims);
                self.axis("index_vector_dim", d.index_vector_dim);
            }
            OpKind::DotGeneral { dimension_numbers: d, algorithm, .. } => {
                self.0.remove("dot_dimension_numbers");
                self.axes("lhs_batching_dimensions", &d.lhs_batching);
                self.axes("rhs_batching_dimensions", &d.rhs_batching);
                self.axes("lhs_contracting_dimensions", &d.lhs_contracting);
                self.axes("rhs_contracting_dimensions", &d.rhs_contracting);
                if let Some(text) = algorithm {
                    self.algorithm(text)?;
                }
            }
            OpKind::Convolution(c) | OpKind::DynamicConv(c) => self.convolution(c),
            OpKind::Send { channel, .. } | OpKind::Recv { channel, .. } => {
                self.channel(Some(*channel));
                self.set("channel_type", integer(channel.channel_type.into(), "i64"));
            }
            OpKind::AllGather { groups, .. }
            | OpKind::AllReduce { groups }
            | OpKind::AllToAll { groups, .. }
            | OpKind::CollectiveBroadcast { groups }
            | OpKind::CollectiveReduce { groups }
            | OpKind::ReduceScatter { groups, .. } => {
                self.channel(groups.channel);
                if self.0.remove("use_global_device_ids").is_some() {
                    self.set("use_global_device_ids", Attribute::Bool(true));
                }
            }
            OpKind::CollectivePermute { channel, .. } => self.channel(*channel),
            OpKind::CustomCall(call) => {
                let text = format!("#stablehlo<custom_call_api_version {}>", call.api_version);
                self.set("api_version", Attribute::Opaque(text.into()));
            }
            _ => {}
        }
        Ok(())
    }

    fn algorithm(&mut self, text: &str) -> Written<()> {
        self.0.remove("algorithm");
        let Some(algorithm) = parse::algorithm(text) else {
            return Err(WriteError::new(format!(
                "the algorithm `{text}` is not known; expected `#stablehlo.dot_algorithm<…>`"
            )));
        };
        self.set("lhs_precision_type", Attribute::Type(algorithm.lhs_precision_type));
        self.set("rhs_precision_type", Attribute::Type(algorithm.rhs_precision_type));
        self.set("accumulation_type", Attribute::Type(algorithm.accumulation_type));
        self.set("lhs_component_count", integer(algorithm.lhs_component_count.into(), "i64"));
        self.set("rhs_component_count", integer(algorithm.rhs_component_count.into(), "i64"));
        self.set("num_primitive_operations", integer(algorithm.num_primitive_operations.into(), "i64"));
        self.set("allow_imprecise_accumulation", Attribute::Bool(algorithm.allow_imprecise_accumulation));
        Ok(())
    }

    fn convolution(&mut self, c: &Convolution) {
        self.0.remove("dimension_numbers");
        self.axis("input_batch_dimension", c.input_batch_dimension);
        self.axis("input_feature_dimension", c.input_feature_dimension);
        self.axes("input_spatial_dimensions", &c.input_spatial_dimensions);
        self.axis("kernel_input_feature_dimension", c.kernel_input_feature_dimension);
        self.axis("kernel_output_feature_dimension", c.kernel_output_feature_dimension);
        self.axes("kernel_spatial_dimensions", &c.kernel_spatial_dimensions);
        self.axis("output_batch_dimension", c.output_batch_dimension);
        self.axis("output_feature_dimension", c.output_feature_dimension);
        self.axes("output_spatial_dimensions", &c.output_spatial_dimensions);
    }
}
