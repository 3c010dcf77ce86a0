//! From the operations of VHLO, in every released version, to those of StableHLO as they are now.
//!
//! VHLO flattens what StableHLO keeps in one attribute, and has no defaults: what is left out elsewhere is spelled out.
//! Both are undone here, so that a program is the same whether it was read from an artifact or from text.

use std::sync::Arc;

use super::stablehlo::algorithm_text;
use super::versions::{VhloOp, base_name};
use crate::generic::structs;
use crate::{
    Attribute, Attributes, Channel, Convolution, DotDimensions, GatherDimensions, Literal, ScatterDimensions,
    Type,
};

/// The name and attributes that [`generic`](crate::generic) takes for an operation as bytecode has it; else what is
/// wrong with it.
pub(super) fn to_generic(name: &str, attributes: Attributes) -> Result<(Arc<str>, Attributes), String> {
    let Some(vhlo) = name.strip_prefix("vhlo.") else { return Ok((name.into(), attributes)) };
    if VhloOp::of_name(vhlo).is_none() {
        return Err(format!("{name} is not known; expected an operation of VHLO up to version 1.22"));
    }
    let base = base_name(vhlo);
    let mut fields = Fields { attributes };
    fields.upgrade(vhlo, base)?;
    let dialect = if base == "call" { "func" } else { "stablehlo" };
    Ok((format!("{dialect}.{base}").into(), fields.attributes))
}

struct Fields {
    attributes: Attributes,
}

type Upgraded = Result<(), String>;

impl Fields {
    fn upgrade(&mut self, name: &str, base: &str) -> Upgraded {
        match base {
            "all_gather" | "all_reduce" | "all_to_all" | "collective_permute" | "reduce_scatter" => {
                self.collective()
            }
            "collective_broadcast" | "collective_reduce" => {
                if self.take_flag("has_dynamic_root")? {
                    return Err(
                        "the root is an operand; expected the first process of each group to be it".into()
                    );
                }
                self.collective()
            }
            "call" => self.symbol("callee"),
            "composite" => self.symbol("decomposition"),
            "convolution" | "dynamic_conv" => {
                if name == "dynamic_conv_v1" {
                    // The operand said it too, and what the attribute said did not count.
                    self.attributes.remove("padding");
                }
                self.drop_default_precision();
                self.convolution()
            }
            "custom_call" => self.custom_call(),
            "dot" => {
                self.drop_default_precision();
                Ok(())
            }
            "dot_general" => {
                self.drop_default_precision();
                self.algorithm()?;
                self.dot()
            }
            "dynamic_broadcast_in_dim" => {
                self.drop_if("known_expanding_dimensions", is_empty);
                self.drop_if("known_nonexpanding_dimensions", is_empty);
                Ok(())
            }
            "gather" | "dynamic_gather" => self.gather(),
            "infeed" => {
                self.drop_if("layout", is_empty);
                Ok(())
            }
            "scatter" => self.scatter(),
            "send" | "recv" => {
                self.drop_if("source_target_pairs", is_empty);
                let channel = Channel {
                    id: self.take_integer("channel_id")?,
                    channel_type: self.take_integer("channel_type")?,
                };
                self.text("channel_handle", structs::channel_text(channel));
                Ok(())
            }
            _ => {
                self.drop_if("result_accuracy", is_default_accuracy);
                Ok(())
            }
        }
    }

    // What is taken out.

    fn take(&mut self, name: &str) -> Result<Attribute, String> {
        self.attributes.remove(name).ok_or_else(|| format!("attribute `{name}` is missing; expected it"))
    }

    fn take_flag(&mut self, name: &str) -> Result<bool, String> {
        match self.attributes.remove(name) {
            None => Ok(false),
            Some(Attribute::Bool(value)) => Ok(value),
            Some(Attribute::Unit) => Ok(true),
            Some(_) => Err(format!("attribute `{name}` does not fit; expected true or false")),
        }
    }

    fn take_integer(&mut self, name: &str) -> Result<i64, String> {
        match self.take(name)? {
            Attribute::Integer(value, _) => i64::try_from(value).ok(),
            _ => None,
        }
        .ok_or_else(|| format!("attribute `{name}` does not fit; expected an integer"))
    }

    fn take_axis(&mut self, name: &str) -> Result<usize, String> {
        let axis = self.take_integer(name)?;
        usize::try_from(axis).map_err(|_| format!("attribute `{name}` is {axis}; expected an axis from 0"))
    }

    /// A list of axes; empty where versions before had no such attribute.
    fn take_axes(&mut self, name: &str) -> Result<Vec<usize>, String> {
        match self.attributes.remove(name) {
            None => Ok(Vec::new()),
            Some(list) => crate::generic::to_numbers(list)
                .ok_or_else(|| format!("attribute `{name}` does not fit; expected a list of axes")),
        }
    }

    fn take_type(&mut self, name: &str) -> Result<Type, String> {
        match self.take(name)? {
            Attribute::Type(ty) => Ok(ty),
            _ => Err(format!("attribute `{name}` does not fit; expected a type")),
        }
    }

    // What is put in.

    fn text(&mut self, name: &str, text: String) {
        self.attributes.0.push((name.into(), Attribute::Opaque(text.into())));
    }

    fn drop_if(&mut self, name: &str, is_default: impl FnOnce(&Attribute) -> bool) {
        if self.attributes.get(name).is_some_and(is_default) {
            self.attributes.remove(name);
        }
    }

    /// Precisions that are all the default.
    fn drop_default_precision(&mut self) {
        const DEFAULT: &str = "#stablehlo<precision DEFAULT>";
        let default = |item: &Attribute| matches!(item, Attribute::Opaque(text) if &**text == DEFAULT);
        self.drop_if(
            "precision_config",
            |list| matches!(list, Attribute::Array(items) if items.iter().all(default)),
        );
    }

    // Operations.

    /// A string that names a function.
    fn symbol(&mut self, name: &str) -> Upgraded {
        match self.take(name)? {
            Attribute::String(text) | Attribute::Symbol(text) => {
                self.attributes.0.push((name.into(), Attribute::Symbol(text)));
                Ok(())
            }
            _ => Err(format!("attribute `{name}` does not fit; expected the name of a function")),
        }
    }

    fn collective(&mut self) -> Upgraded {
        // Channel 0 is none.
        if self.attributes.get("channel_id").is_some() {
            let id = self.take_integer("channel_id")?;
            if id != 0 {
                self.text("channel_handle", structs::channel_text(Channel { id, channel_type: 0 }));
            }
        }
        if self.take_flag("use_global_device_ids")? {
            self.attributes.0.push(("use_global_device_ids".into(), Attribute::Unit));
        }
        Ok(())
    }

    fn convolution(&mut self) -> Upgraded {
        let convolution = Convolution {
            input_batch_dimension: self.take_axis("input_batch_dimension")?,
            input_feature_dimension: self.take_axis("input_feature_dimension")?,
            input_spatial_dimensions: self.take_axes("input_spatial_dimensions")?,
            kernel_input_feature_dimension: self.take_axis("kernel_input_feature_dimension")?,
            kernel_output_feature_dimension: self.take_axis("kernel_output_feature_dimension")?,
            kernel_spatial_dimensions: self.take_axes("kernel_spatial_dimensions")?,
            output_batch_dimension: self.take_axis("output_batch_dimension")?,
            output_feature_dimension: self.take_axis("output_feature_dimension")?,
            output_spatial_dimensions: self.take_axes("output_spatial_dimensions")?,
            window_strides: Vec::new(),
            padding: Vec::new(),
            lhs_dilation: Vec::new(),
            rhs_dilation: Vec::new(),
            window_reversal: Vec::new(),
            feature_group_count: 1,
            batch_group_count: 1,
            precision: Vec::new(),
        };
        self.text(
            "dimension_numbers",
            format!("#stablehlo.conv<{}>", structs::convolution_text(&convolution)),
        );
        Ok(())
    }

    fn dot(&mut self) -> Upgraded {
        let dimensions = DotDimensions {
            lhs_batching: self.take_axes("lhs_batching_dimensions")?,
            rhs_batching: self.take_axes("rhs_batching_dimensions")?,
            lhs_contracting: self.take_axes("lhs_contracting_dimensions")?,
            rhs_contracting: self.take_axes("rhs_contracting_dimensions")?,
        };
        self.text("dot_dimension_numbers", structs::dot_text(&dimensions));
        Ok(())
    }

    /// The algorithm of a product, all of whose parts are of type none where there is none.
    fn algorithm(&mut self) -> Upgraded {
        if self.attributes.get("lhs_precision_type").is_none() {
            return Ok(());
        }
        let types = [
            self.take_type("lhs_precision_type")?,
            self.take_type("rhs_precision_type")?,
            self.take_type("accumulation_type")?,
        ];
        if types.iter().all(|ty| matches!(ty, Type::Other(name) if &**name == "none")) {
            for name in [
                "lhs_component_count",
                "rhs_component_count",
                "num_primitive_operations",
                "allow_imprecise_accumulation",
            ] {
                self.attributes.remove(name);
            }
            return Ok(());
        }
        let counts = [
            self.take_integer("lhs_component_count")?,
            self.take_integer("rhs_component_count")?,
            self.take_integer("num_primitive_operations")?,
        ];
        let imprecise = self.take_flag("allow_imprecise_accumulation")?;
        self.text("algorithm", algorithm_text(&types, counts, imprecise));
        Ok(())
    }

    fn gather(&mut self) -> Upgraded {
        let dimensions = GatherDimensions {
            offset_dims: self.take_axes("offset_dims")?,
            collapsed_slice_dims: self.take_axes("collapsed_slice_dims")?,
            operand_batching_dims: self.take_axes("operand_batching_dims")?,
            start_indices_batching_dims: self.take_axes("start_indices_batching_dims")?,
            start_index_map: self.take_axes("start_index_map")?,
            index_vector_dim: self.take_axis("index_vector_dim")?,
        };
        self.text("dimension_numbers", structs::gather_text(&dimensions));
        Ok(())
    }

    fn scatter(&mut self) -> Upgraded {
        let dimensions = ScatterDimensions {
            update_window_dims: self.take_axes("update_window_dims")?,
            inserted_window_dims: self.take_axes("inserted_window_dims")?,
            input_batching_dims: self.take_axes("input_batching_dims")?,
            scatter_indices_batching_dims: self.take_axes("scatter_indices_batching_dims")?,
            scatter_dims_to_operand_dims: self.take_axes("scatter_dims_to_operand_dims")?,
            index_vector_dim: self.take_axis("index_vector_dim")?,
        };
        self.text("scatter_dimension_numbers", structs::scatter_text(&dimensions));
        Ok(())
    }

    fn custom_call(&mut self) -> Upgraded {
        for name in ["operand_layouts", "result_layouts", "output_operand_aliases", "result_tilings"] {
            self.drop_if(name, is_empty);
        }
        self.drop_if("backend_config", |config| match config {
            Attribute::String(text) => text.is_empty(),
            Attribute::Dictionary(items) => items.is_empty(),
            _ => false,
        });
        if let Attribute::Array(items) = self.take("called_computations")? {
            let symbols = items.into_iter().map(|item| match item {
                Attribute::String(name) => Attribute::Symbol(name),
                other => other,
            });
            self.attributes.0.push(("called_computations".into(), Attribute::Array(symbols.collect())));
        }
        Ok(())
    }
}

fn is_empty(attribute: &Attribute) -> bool {
    match attribute {
        Attribute::Array(items) => items.is_empty(),
        Attribute::Dense(literal) => is_empty_literal(literal),
        _ => false,
    }
}

fn is_empty_literal(literal: &Literal) -> bool {
    literal.ty().element_count() == Some(0)
}

fn is_default_accuracy(attribute: &Attribute) -> bool {
    let default = "#stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<DEFAULT>>";
    matches!(attribute, Attribute::Opaque(text) if &**text == default)
}
