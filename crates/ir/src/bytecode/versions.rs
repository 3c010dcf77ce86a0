//! The versions of VHLO, and in which of them each of its operations is there.

use std::fmt;
use std::str::FromStr;

/// A version of the form in which portable artifacts hold StableHLO.
///
/// ```
/// use runahead_ir::ArtifactVersion;
/// let version: ArtifactVersion = "1.9.3".parse()?;
/// assert!(ArtifactVersion::MINIMUM < version && version < ArtifactVersion::CURRENT);
/// assert_eq!(version.to_string(), "1.9.3");
/// # Ok::<(), runahead_ir::WriteError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArtifactVersion {
    /// Changes with breaks of compatibility, of which there was one.
    pub major: u32,
    /// Changes with what artifacts may hold.
    pub minor: u32,
    /// Changes with nothing that concerns artifacts.
    pub patch: u32,
}

impl ArtifactVersion {
    /// The oldest version, which every reader of portable artifacts takes.
    pub const MINIMUM: ArtifactVersion = ArtifactVersion::new(0, 9, 0);
    /// The newest version that is written. Newer ones are read as far as they hold what is known.
    pub const CURRENT: ArtifactVersion = ArtifactVersion::new(1, 17, 0);

    /// A version by its numbers.
    pub const fn new(major: u32, minor: u32, patch: u32) -> ArtifactVersion {
        ArtifactVersion { major, minor, patch }
    }

    /// Whether it is this minor version or one after it.
    pub(super) fn has(self, (major, minor): (u32, u32)) -> bool {
        (self.major, self.minor) >= (major, minor)
    }

    /// The version of the bytecode format that goes with it.
    pub(super) fn format(self) -> u64 {
        match (self.major, self.minor) {
            (0, ..10) => 0,
            (0, ..12) => 1,
            (0, ..14) => 3,
            (0, ..15) => 4,
            _ => 6,
        }
    }
}

impl fmt::Display for ArtifactVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for ArtifactVersion {
    type Err = super::WriteError;

    fn from_str(text: &str) -> Result<ArtifactVersion, super::WriteError> {
        let mut numbers = text.split('.').map(|part| part.parse::<u32>());
        match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
            (Some(Ok(major)), Some(Ok(minor)), Some(Ok(patch)), None) => {
                Ok(ArtifactVersion::new(major, minor, patch))
            }
            _ => Err(super::WriteError::new(format!("`{text}` is no version; expected one such as 1.17.0"))),
        }
    }
}

/// An operation of VHLO.
pub(super) struct VhloOp {
    /// Its name with its own version, as in `all_reduce_v2`, without the dialect.
    pub(super) name: &'static str,
    /// The first version that has it.
    pub(super) since: (u32, u32),
    /// The last version that has it, if it was superseded.
    pub(super) until: Option<(u32, u32)>,
    /// Its attributes, of which it always has all, by name, separated by spaces.
    pub(super) attributes: &'static str,
}

impl VhloOp {
    /// The operation of a name without the dialect.
    pub(super) fn of_name(name: &str) -> Option<&'static VhloOp> {
        OPERATIONS.iter().find(|op| op.name == name)
    }

    /// The operation that a version has for one of StableHLO.
    pub(super) fn in_version(
        base: &str,
        version: ArtifactVersion,
    ) -> Result<&'static VhloOp, Option<(u32, u32)>> {
        let mut named = OPERATIONS.iter().filter(|op| base_name(op.name) == base).peekable();
        let since = named.peek().map(|op| op.since);
        named
            .find(|op| {
                version.has(op.since) && op.until.is_none_or(|last| !version.has((last.0, last.1 + 1)))
            })
            .ok_or(since)
    }
}

/// `all_reduce` of `all_reduce_v2`.
pub(super) fn base_name(name: &str) -> &str {
    name.rsplit_once("_v").map_or(name, |(base, _)| base)
}

const fn always(name: &'static str, attributes: &'static str) -> VhloOp {
    since(name, (0, 9), attributes)
}

const fn since(name: &'static str, since: (u32, u32), attributes: &'static str) -> VhloOp {
    VhloOp { name, since, until: None, attributes }
}

const fn until(name: &'static str, since: (u32, u32), until: (u32, u32), attributes: &'static str) -> VhloOp {
    VhloOp { name, since, until: Some(until), attributes }
}

const CONVOLUTION: &str = "batch_group_count feature_group_count input_batch_dimension input_feature_dimension \
    input_spatial_dimensions kernel_input_feature_dimension kernel_output_feature_dimension kernel_spatial_dimensions \
    lhs_dilation output_batch_dimension output_feature_dimension output_spatial_dimensions padding precision_config \
    rhs_dilation window_reversal window_strides";

const ACCURACY: &str = "result_accuracy";

static OPERATIONS: &[VhloOp] = &[
    always("abs_v1", ""),
    always("add_v1", ""),
    always("after_all_v1", ""),
    until("all_gather_v1", (0, 9), (1, 4), "all_gather_dim channel_id replica_groups use_global_device_ids"),
    since("all_gather_v2", (1, 5), "all_gather_dim channel_id replica_groups use_global_device_ids"),
    until("all_reduce_v1", (0, 9), (1, 4), "channel_id replica_groups use_global_device_ids"),
    since("all_reduce_v2", (1, 5), "channel_id replica_groups use_global_device_ids"),
    until(
        "all_to_all_v1",
        (0, 9),
        (1, 4),
        "channel_id concat_dimension replica_groups split_count split_dimension",
    ),
    since("all_to_all_v2", (1, 5), "channel_id concat_dimension replica_groups split_count split_dimension"),
    always("and_v1", ""),
    since("async_done_v1", (1, 15), ""),
    since("async_start_v1", (1, 15), ""),
    always("atan2_v1", ""),
    always("batch_norm_grad_v1", "epsilon feature_index"),
    always("batch_norm_inference_v1", "epsilon feature_index"),
    always("batch_norm_training_v1", "epsilon feature_index"),
    always("bitcast_convert_v1", ""),
    always("broadcast_in_dim_v1", "broadcast_dimensions"),
    always("broadcast_v1", "broadcast_sizes"),
    always("call_v1", "callee"),
    always("case_v1", ""),
    until("cbrt_v1", (0, 9), (1, 9), ""),
    since("cbrt_v2", (1, 10), ACCURACY),
    always("ceil_v1", ""),
    always("cholesky_v1", "lower"),
    always("clamp_v1", ""),
    until("collective_broadcast_v1", (0, 16), (1, 19), "channel_id replica_groups"),
    since("collective_broadcast_v2", (1, 20), "channel_id has_dynamic_root replica_groups"),
    always("collective_permute_v1", "channel_id source_target_pairs"),
    since(
        "collective_reduce_v1",
        (1, 19),
        "channel_id has_dynamic_root replica_groups use_global_device_ids",
    ),
    always("compare_v1", "compare_type comparison_direction"),
    always("complex_v1", ""),
    until("composite_v1", (0, 19), (1, 13), "composite_attributes decomposition name version"),
    since("composite_v2", (1, 14), "composite_attributes decomposition name version"),
    always("concatenate_v1", "dimension"),
    always("constant_v1", "value"),
    always("convert_v1", ""),
    always("convolution_v1", CONVOLUTION),
    until("cosine_v1", (0, 9), (1, 9), ""),
    since("cosine_v2", (1, 10), ACCURACY),
    always("count_leading_zeros_v1", ""),
    always("create_token_v1", ""),
    always("cross-replica-sum_v1", "replica_groups"),
    until(
        "custom_call_v1",
        (0, 9),
        (1, 17),
        "api_version backend_config call_target_name called_computations has_side_effect operand_layouts \
         output_operand_aliases result_layouts",
    ),
    since(
        "custom_call_v2",
        (1, 18),
        "api_version backend_config call_target_name called_computations has_side_effect operand_layouts \
         output_operand_aliases result_layouts result_tilings",
    ),
    always("divide_v1", ""),
    until(
        "dot_general_v1",
        (0, 9),
        (1, 5),
        "lhs_batching_dimensions lhs_contracting_dimensions precision_config rhs_batching_dimensions \
         rhs_contracting_dimensions",
    ),
    since(
        "dot_general_v2",
        (1, 6),
        "accumulation_type allow_imprecise_accumulation lhs_batching_dimensions lhs_component_count \
         lhs_contracting_dimensions lhs_precision_type num_primitive_operations precision_config \
         rhs_batching_dimensions rhs_component_count rhs_contracting_dimensions rhs_precision_type",
    ),
    always("dot_v1", "precision_config"),
    always(
        "dynamic_broadcast_in_dim_v1",
        "broadcast_dimensions known_expanding_dimensions known_nonexpanding_dimensions",
    ),
    until("dynamic_conv_v1", (0, 9), (0, 19), CONVOLUTION),
    since(
        "dynamic_conv_v2",
        (0, 20),
        "batch_group_count feature_group_count input_batch_dimension input_feature_dimension input_spatial_dimensions \
         kernel_input_feature_dimension kernel_output_feature_dimension kernel_spatial_dimensions lhs_dilation \
         output_batch_dimension output_feature_dimension output_spatial_dimensions precision_config rhs_dilation \
         window_reversal window_strides",
    ),
    until(
        "dynamic_gather_v1",
        (0, 9),
        (1, 0),
        "collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims start_index_map",
    ),
    since(
        "dynamic_gather_v2",
        (1, 1),
        "collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims operand_batching_dims start_index_map \
         start_indices_batching_dims",
    ),
    always("dynamic_iota_v1", "iota_dimension"),
    always("dynamic_pad_v1", ""),
    always("dynamic_reshape_v1", ""),
    always("dynamic_slice_v1", "slice_sizes"),
    always("dynamic_update_slice_v1", ""),
    always("einsum_v1", "einsum_config"),
    until("exponential_minus_one_v1", (0, 9), (1, 9), ""),
    since("exponential_minus_one_v2", (1, 10), ACCURACY),
    until("exponential_v1", (0, 9), (1, 8), ""),
    since("exponential_v2", (1, 9), ACCURACY),
    always("fft_v1", "fft_length fft_type"),
    always("floor_v1", ""),
    always("func_v1", "arg_attrs function_type res_attrs sym_name sym_visibility"),
    until(
        "gather_v1",
        (0, 9),
        (1, 0),
        "collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims slice_sizes start_index_map",
    ),
    since(
        "gather_v2",
        (1, 1),
        "collapsed_slice_dims index_vector_dim indices_are_sorted offset_dims operand_batching_dims slice_sizes \
         start_index_map start_indices_batching_dims",
    ),
    always("get_dimension_size_v1", "dimension"),
    always("get_tuple_element_v1", "index"),
    always("if_v1", ""),
    always("imag_v1", ""),
    always("infeed_v1", "infeed_config layout"),
    always("iota_v1", "iota_dimension"),
    always("is_finite_v1", ""),
    until("log_plus_one_v1", (0, 9), (1, 9), ""),
    since("log_plus_one_v2", (1, 10), ACCURACY),
    until("log_v1", (0, 9), (1, 9), ""),
    since("log_v2", (1, 10), ACCURACY),
    until("logistic_v1", (0, 9), (1, 9), ""),
    since("logistic_v2", (1, 10), ACCURACY),
    always("map_v1", "dimensions"),
    always("maximum_v1", ""),
    always("minimum_v1", ""),
    always("multiply_v1", ""),
    always("negate_v1", ""),
    always("not_v1", ""),
    always("optimization_barrier_v1", ""),
    always("or_v1", ""),
    always("outfeed_v1", "outfeed_config"),
    always("pad_v1", "edge_padding_high edge_padding_low interior_padding"),
    always("partition_id_v1", ""),
    always("popcnt_v1", ""),
    always("power_v1", ""),
    always("real_dynamic_slice_v1", ""),
    always("real_v1", ""),
    until("recv_v1", (0, 9), (1, 11), "channel_id channel_type is_host_transfer"),
    since("recv_v2", (1, 12), "channel_id channel_type is_host_transfer source_target_pairs"),
    always("reduce_precision_v1", "exponent_bits mantissa_bits"),
    always("reduce_scatter_v1", "channel_id replica_groups scatter_dimension use_global_device_ids"),
    always("reduce_v1", "dimensions"),
    always("reduce_window_v1", "base_dilations padding window_dilations window_dimensions window_strides"),
    always("remainder_v1", ""),
    always("replica_id_v1", ""),
    always("reshape_v1", ""),
    always("return_v1", ""),
    always("reverse_v1", "dimensions"),
    always("rng_bit_generator_v1", "rng_algorithm"),
    always("rng_v1", "rng_distribution"),
    always("round_nearest_afz_v1", ""),
    always("round_nearest_even_v1", ""),
    until("rsqrt_v1", (0, 9), (1, 9), ""),
    since("rsqrt_v2", (1, 10), ACCURACY),
    until(
        "scatter_v1",
        (0, 9),
        (1, 0),
        "index_vector_dim indices_are_sorted inserted_window_dims scatter_dims_to_operand_dims unique_indices \
         update_window_dims",
    ),
    since(
        "scatter_v2",
        (1, 1),
        "index_vector_dim indices_are_sorted input_batching_dims inserted_window_dims scatter_dims_to_operand_dims \
         scatter_indices_batching_dims unique_indices update_window_dims",
    ),
    always("select_and_scatter_v1", "padding window_dimensions window_strides"),
    always("select_v1", ""),
    until("send_v1", (0, 9), (1, 11), "channel_id channel_type is_host_transfer"),
    since("send_v2", (1, 12), "channel_id channel_type is_host_transfer source_target_pairs"),
    always("set_dimension_size_v1", "dimension"),
    always("shift_left_v1", ""),
    always("shift_right_arithmetic_v1", ""),
    always("shift_right_logical_v1", ""),
    always("sign_v1", ""),
    until("sine_v1", (0, 9), (1, 9), ""),
    since("sine_v2", (1, 10), ACCURACY),
    always("slice_v1", "limit_indices start_indices strides"),
    always("sort_v1", "dimension is_stable"),
    until("sqrt_v1", (0, 9), (1, 9), ""),
    since("sqrt_v2", (1, 10), ACCURACY),
    always("subtract_v1", ""),
    until("tan_v1", (1, 4), (1, 9), ""),
    since("tan_v2", (1, 10), ACCURACY),
    until("tanh_v1", (0, 9), (1, 9), ""),
    since("tanh_v2", (1, 10), ACCURACY),
    always("torch_index_select_v1", "batch_dims dim"),
    always("transpose_v1", "permutation"),
    always("triangular_solve_v1", "left_side lower transpose_a unit_diagonal"),
    always("tuple_v1", ""),
    always("unary_einsum_v1", "einsum_config"),
    always("uniform_dequantize_v1", ""),
    always("uniform_quantize_v1", ""),
    always("while_v1", ""),
    always("xor_v1", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_sorted_as_they_are_encoded() {
        for op in OPERATIONS {
            assert!(op.attributes.split_whitespace().is_sorted(), "{}", op.name);
        }
    }

    #[test]
    fn every_version_has_one_form_of_each_operation() {
        for op in OPERATIONS {
            let base = base_name(op.name);
            let found = VhloOp::in_version(base, ArtifactVersion::CURRENT);
            assert_eq!(found.is_err(), op.since > (1, 15) && found.is_err(), "{}", op.name);
        }
        let name = |base, major, minor| {
            VhloOp::in_version(base, ArtifactVersion::new(major, minor, 3)).map(|op| op.name)
        };
        assert_eq!(name("exponential", 1, 8), Ok("exponential_v1"));
        assert_eq!(name("exponential", 1, 9), Ok("exponential_v2"));
        assert_eq!(name("tan", 1, 3), Err(Some((1, 4))));
        assert_eq!(name("dynamic_conv", 0, 19), Ok("dynamic_conv_v1"));
        assert_eq!(name("dynamic_conv", 1, 0), Ok("dynamic_conv_v2"));
    }
}
