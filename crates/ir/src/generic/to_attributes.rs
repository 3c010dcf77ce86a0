//! From an operation to its attributes.

use std::sync::Arc;

use super::enums::{Named, text_of};
use super::structs;
use crate::*;

/// The attributes that say what an operation does, sorted by name: what
/// [`kind_from_attributes`](super::kind_from_attributes) makes the operation of.
///
/// Attributes that have their default value and that printers leave out are left out.
///
/// ```
/// use runahead_ir::{generic::kind_to_attributes, Attribute, ElementType, OpKind};
/// let attributes = kind_to_attributes(&OpKind::Transpose { permutation: vec![1, 0] });
/// assert_eq!(
///     attributes.get("permutation"),
///     Some(&Attribute::DenseIntegers(vec![1, 0], ElementType::I64))
/// );
/// ```
pub fn kind_to_attributes(kind: &OpKind) -> Attributes {
    let mut d = Dictionary(Attributes::default());
    collect(kind, &mut d);
    d.0.0.sort_by(|(a, _), (b, _)| a.cmp(b));
    d.0
}

struct Dictionary(Attributes);

impl Dictionary {
    fn add(&mut self, name: &str, value: Attribute) {
        self.0.0.push((name.into(), value));
    }

    fn integer(&mut self, name: &str, value: impl Into<i128>, ty: &str) {
        self.add(name, Attribute::Integer(value.into(), Type::Other(ty.into())));
    }

    fn axis(&mut self, name: &str, value: usize) {
        self.integer(name, value as i128, "i64");
    }

    fn integers(&mut self, name: &str, values: impl Iterator<Item = i64>) {
        self.add(name, Attribute::DenseIntegers(values.collect(), ElementType::I64));
    }

    fn axes(&mut self, name: &str, values: &[usize]) {
        self.integers(name, values.iter().map(|&v| v as i64));
    }

    fn bool(&mut self, name: &str, value: bool) {
        self.add(name, Attribute::Bool(value));
    }

    fn string(&mut self, name: &str, value: &Arc<str>) {
        self.add(name, Attribute::String(Arc::clone(value)));
    }

    fn text(&mut self, name: &str, value: String) {
        self.add(name, Attribute::Opaque(value.into()));
    }

    fn named<T: Named>(&mut self, name: &str, value: T) {
        self.text(name, text_of(value));
    }

    fn float(&mut self, name: &str, value: f64, ty: &str) {
        self.add(name, Attribute::Float(value, Type::Other(ty.into())));
    }

    /// Rows of equal length as a literal of rank 2.
    fn rows<const N: usize>(&mut self, name: &str, rows: impl Iterator<Item = [i64; N]>) {
        self.ragged_rows(name, &rows.map(|r| r.to_vec()).collect::<Vec<_>>(), N);
    }

    /// Rows filled up with -1 to the longest.
    fn ragged_rows(&mut self, name: &str, rows: &[Vec<i64>], width: usize) {
        let width = rows.iter().map(Vec::len).max().unwrap_or(width);
        let filled = rows.iter().flat_map(|r| r.iter().copied().chain(std::iter::repeat(-1)).take(width));
        let bytes: Vec<u8> = filled.flat_map(i64::to_le_bytes).collect();
        let ty = TensorType::new(ElementType::I64, [rows.len(), width]);
        if let Ok(literal) = Literal::new(ty, bytes) {
            self.add(name, Attribute::Dense(literal));
        }
    }

    fn precision(&mut self, precision: &[Precision]) {
        if !precision.is_empty() {
            let items = precision.iter().map(|&p| Attribute::Opaque(text_of(p).into())).collect();
            self.add("precision_config", Attribute::Array(items));
        }
    }

    fn channel(&mut self, channel: Option<Channel>) {
        if let Some(channel) = channel {
            self.text("channel_handle", structs::channel_text(channel));
        }
    }

    fn pairs(&mut self, pairs: &[(i64, i64)]) {
        self.rows("source_target_pairs", pairs.iter().map(|&(a, b)| [a, b]));
    }

    fn groups(&mut self, groups: &ReplicaGroups) {
        self.ragged_rows("replica_groups", &groups.groups, 0);
        self.channel(groups.channel);
        if groups.use_global_device_ids {
            self.add("use_global_device_ids", Attribute::Unit);
        }
    }

    fn window(&mut self, window: &Window, dilated: bool) {
        self.axes("window_dimensions", &window.dimensions);
        self.axes("window_strides", &window.strides);
        if dilated {
            self.axes("base_dilations", &window.base_dilations);
            self.axes("window_dilations", &window.window_dilations);
        }
        self.rows("padding", window.padding.iter().map(|&(low, high)| [low, high]));
    }

    fn convolution(&mut self, c: &Convolution) {
        self.text("dimension_numbers", format!("#stablehlo.conv<{}>", structs::convolution_text(c)));
        self.axis("feature_group_count", c.feature_group_count);
        self.axis("batch_group_count", c.batch_group_count);
        self.axes("window_strides", &c.window_strides);
        self.axes("lhs_dilation", &c.lhs_dilation);
        self.axes("rhs_dilation", &c.rhs_dilation);
        self.rows("padding", c.padding.iter().map(|&(low, high)| [low, high]));
        let reversal = c.window_reversal.iter().map(|&r| i64::from(r)).collect();
        self.add("window_reversal", Attribute::DenseIntegers(reversal, ElementType::Bool));
        self.precision(&c.precision);
    }

    fn custom_call(&mut self, call: &CustomCall) {
        self.string("call_target_name", &call.target);
        if call.has_side_effect {
            self.bool("has_side_effect", true);
        }
        if let Some(config) = &call.backend_config {
            self.add("backend_config", config.clone());
        }
        if call.api_version != 1 {
            self.integer("api_version", call.api_version, "i32");
        }
        if !call.called_computations.is_empty() {
            let items = call.called_computations.iter().map(|f| Attribute::Symbol(Arc::clone(f))).collect();
            self.add("called_computations", Attribute::Array(items));
        }
        if !call.output_operand_aliases.is_empty() {
            let text = |alias| Attribute::Opaque(structs::alias_text(alias).into());
            let items = call.output_operand_aliases.iter().map(text).collect();
            self.add("output_operand_aliases", Attribute::Array(items));
        }
    }

    fn check(&mut self, check: &Check) {
        match check {
            Check::ExpectEq => {}
            Check::ExpectEqConst(value) => self.add("value", Attribute::Dense(value.clone())),
            Check::ExpectAlmostEq { tolerance } => {
                tolerance.iter().for_each(|&t| self.float("tolerance", t, "f64"));
            }
            Check::ExpectAlmostEqConst { value, tolerance } => {
                self.add("value", Attribute::Dense(value.clone()));
                tolerance.iter().for_each(|&t| self.float("tolerance", t, "f64"));
            }
            Check::ExpectClose { min_ulp_difference, max_ulp_difference } => {
                min_ulp_difference.iter().for_each(|&n| self.integer("min_ulp_difference", n, "i64"));
                max_ulp_difference.iter().for_each(|&n| self.integer("max_ulp_difference", n, "i64"));
            }
            Check::ExpectSerializedEq { probe_id, iteration } => {
                self.string("probe_id", probe_id);
                self.integer("iteration", *iteration, "i32");
            }
        }
    }
}

fn collect(kind: &OpKind, d: &mut Dictionary) {
    use OpKind::*;
    match kind {
        Unary(_)
        | Binary(_)
        | Select
        | Clamp
        | BitcastConvert
        | Reshape
        | DynamicReshape
        | RealDynamicSlice
        | DynamicUpdateSlice
        | DynamicPad
        | Chlo(_)
        | While
        | If
        | Case
        | OptimizationBarrier
        | Tuple
        | AfterAll
        | CreateToken
        | PartitionId
        | ReplicaId
        | Unknown { .. } => {}
        Compare { direction, compare_type } => {
            d.named("comparison_direction", *direction);
            compare_type.iter().for_each(|&t| d.named("compare_type", t));
        }
        ReducePrecision { exponent_bits, mantissa_bits } => {
            d.integer("exponent_bits", *exponent_bits, "i32");
            d.integer("mantissa_bits", *mantissa_bits, "i32");
        }
        Constant(value) => d.add("value", Attribute::Dense(value.clone())),
        Iota { dimension } | DynamicIota { dimension } => d.axis("iota_dimension", *dimension),
        BroadcastInDim { dimensions } => d.axes("broadcast_dimensions", dimensions),
        DynamicBroadcastInDim { dimensions, known_expanding, known_nonexpanding } => {
            d.axes("broadcast_dimensions", dimensions);
            known_expanding.iter().for_each(|k| d.axes("known_expanding_dimensions", k));
            known_nonexpanding.iter().for_each(|k| d.axes("known_nonexpanding_dimensions", k));
        }
        Broadcast { sizes } => d.axes("broadcast_sizes", sizes),
        Transpose { permutation } => d.axes("permutation", permutation),
        Reverse { dimensions } | Reduce { dimensions } | Map { dimensions } => {
            d.axes("dimensions", dimensions)
        }
        Concatenate { dimension } | GetDimensionSize { dimension } | SetDimensionSize { dimension } => {
            d.axis("dimension", *dimension);
        }
        Slice { start, limit, strides } => {
            d.axes("start_indices", start);
            d.axes("limit_indices", limit);
            d.axes("strides", strides);
        }
        DynamicSlice { sizes } => d.axes("slice_sizes", sizes),
        Pad { low, high, interior } => {
            d.integers("edge_padding_low", low.iter().copied());
            d.integers("edge_padding_high", high.iter().copied());
            d.integers("interior_padding", interior.iter().copied());
        }
        Gather { dimension_numbers, slice_sizes, indices_are_sorted } => {
            d.text("dimension_numbers", structs::gather_text(dimension_numbers));
            d.axes("slice_sizes", slice_sizes);
            d.bool("indices_are_sorted", *indices_are_sorted);
        }
        DynamicGather { dimension_numbers, indices_are_sorted } => {
            d.text("dimension_numbers", structs::gather_text(dimension_numbers));
            d.bool("indices_are_sorted", *indices_are_sorted);
        }
        Scatter { dimension_numbers, indices_are_sorted, unique_indices } => {
            d.text("scatter_dimension_numbers", structs::scatter_text(dimension_numbers));
            d.bool("indices_are_sorted", *indices_are_sorted);
            d.bool("unique_indices", *unique_indices);
        }
        TorchIndexSelect { dim, batch_dims } => {
            d.axis("dim", *dim);
            d.axis("batch_dims", *batch_dims);
        }
        Dot { precision } => d.precision(precision),
        DotGeneral { dimension_numbers, precision, algorithm } => {
            d.text("dot_dimension_numbers", structs::dot_text(dimension_numbers));
            d.precision(precision);
            algorithm.iter().for_each(|a| d.add("algorithm", Attribute::Opaque(Arc::clone(a))));
        }
        Einsum { config } | UnaryEinsum { config } => d.string("einsum_config", config),
        Convolution(c) | DynamicConv(c) => d.convolution(c),
        ReduceWindow(window) => d.window(window, true),
        SelectAndScatter(window) => d.window(window, false),
        Sort { dimension, is_stable } => {
            d.axis("dimension", *dimension);
            d.bool("is_stable", *is_stable);
        }
        TopK { k } => d.axis("k", *k),
        Scan { dimension, inputs, outputs, carries, is_reverse, scan_dim_size } => {
            d.axis("dimension", *dimension);
            if *is_reverse {
                d.bool("is_reverse", true);
            }
            scan_dim_size.iter().for_each(|&size| d.axis("scan_dim_size", size));
            for (name, first) in [("operandSegmentSizes", inputs), ("resultSegmentSizes", outputs)] {
                let counts = vec![*first as i64, *carries as i64];
                d.add(name, Attribute::DenseIntegers(counts, ElementType::I32));
            }
        }
        RaggedDot { dimension_numbers, precision } => {
            if !precision.is_empty() {
                let texts = precision.iter().map(|&p| text_of(p).replacen("#stablehlo", "#chlo", 1));
                let items = texts.map(|text| Attribute::Opaque(text.into())).collect();
                d.add("precision_config", Attribute::Array(items));
            }
            d.text("ragged_dot_dimension_numbers", structs::ragged_dot_text(dimension_numbers));
        }
        BatchNormGrad { epsilon, feature_index }
        | BatchNormInference { epsilon, feature_index }
        | BatchNormTraining { epsilon, feature_index } => {
            d.float("epsilon", (*epsilon).into(), "f32");
            d.axis("feature_index", *feature_index);
        }
        Cholesky { lower } => d.bool("lower", *lower),
        TriangularSolve { left_side, lower, unit_diagonal, transpose_a } => {
            d.bool("left_side", *left_side);
            d.bool("lower", *lower);
            d.bool("unit_diagonal", *unit_diagonal);
            d.named("transpose_a", *transpose_a);
        }
        Fft { fft_type, length } => {
            d.named("fft_type", *fft_type);
            d.axes("fft_length", length);
        }
        Rng { distribution } => d.named("rng_distribution", *distribution),
        RngBitGenerator { algorithm } => d.named("rng_algorithm", *algorithm),
        Call { callee } => d.add("callee", Attribute::Symbol(Arc::clone(callee))),
        CustomCall(call) => d.custom_call(call),
        Composite { name, decomposition, version, composite_attributes } => {
            d.string("name", name);
            d.add("decomposition", Attribute::Symbol(Arc::clone(decomposition)));
            if *version != 0 {
                d.integer("version", *version, "i32");
            }
            if !composite_attributes.is_empty() {
                d.add("composite_attributes", Attribute::Dictionary(composite_attributes.clone()));
            }
        }
        GetTupleElement { index } => d.integer("index", *index as i128, "i32"),
        Infeed { config } => d.string("infeed_config", config),
        Outfeed { config } => d.string("outfeed_config", config),
        Send { channel, is_host_transfer, source_target_pairs }
        | Recv { channel, is_host_transfer, source_target_pairs } => {
            d.channel(Some(*channel));
            d.bool("is_host_transfer", *is_host_transfer);
            source_target_pairs.iter().for_each(|p| d.pairs(p));
        }
        AllGather { all_gather_dim, groups } => {
            d.axis("all_gather_dim", *all_gather_dim);
            d.groups(groups);
        }
        AllReduce { groups }
        | CollectiveBroadcast { groups }
        | CollectiveReduce { groups }
        | CrossReplicaSum { groups } => d.groups(groups),
        AllToAll { split_dimension, concat_dimension, split_count, groups } => {
            d.axis("split_dimension", *split_dimension);
            d.axis("concat_dimension", *concat_dimension);
            d.axis("split_count", *split_count);
            d.groups(groups);
        }
        CollectivePermute { source_target_pairs, channel } => {
            d.pairs(source_target_pairs);
            d.channel(*channel);
        }
        ReduceScatter { scatter_dimension, groups } => {
            d.axis("scatter_dimension", *scatter_dimension);
            d.groups(groups);
        }
        Check(check) => d.check(check),
    }
}
