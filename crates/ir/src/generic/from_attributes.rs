//! From a name and attributes to an operation.

use std::sync::Arc;

use super::dictionary::*;
use super::enums::{Named, value_of};
use super::{mesh, structs};
use crate::*;

/// The operation of a name, and those of its attributes that do not change what it does.
///
/// `operands` are the types of the operands: they settle the defaults of attributes that were left out. A name that
/// is not known gives [`OpKind::Unknown`], with every attribute left.
///
/// ```
/// use runahead_ir::{generic::kind_from_attributes, Attribute, Attributes, ElementType, OpKind};
/// let mut attributes = Attributes::default();
/// attributes.set("permutation", Attribute::DenseIntegers(vec![1, 0], ElementType::I64));
/// attributes.set("note", Attribute::Unit);
/// let (kind, rest) = kind_from_attributes("stablehlo.transpose", attributes, &[])?;
/// assert_eq!(kind, OpKind::Transpose { permutation: vec![1, 0] });
/// assert_eq!(rest.get("note"), Some(&Attribute::Unit));
/// # Ok::<(), runahead_ir::generic::AttributeError>(())
/// ```
///
/// # Errors
/// Where an attribute that the operation needs is missing or of another kind.
pub fn kind_from_attributes(
    name: &str,
    attributes: Attributes,
    operands: &[&Type],
) -> Result<(OpKind, Attributes), AttributeError> {
    if let Some(op) = Unary::from_name(name) {
        return Ok((OpKind::Unary(op), attributes));
    }
    if let Some(op) = Binary::from_name(name) {
        return Ok((OpKind::Binary(op), attributes));
    }
    let mut d = Dictionary(attributes);
    let kind = match name.split_once('.') {
        Some(("stablehlo", op)) => stablehlo(op, &mut d, operands)?,
        Some(("func", "call")) => Some(OpKind::Call { callee: d.symbol("callee")? }),
        Some(("check", op)) => check(op, &mut d)?,
        Some(("chlo", "top_k")) => Some(OpKind::TopK { k: d.axis("k")? }),
        Some(("chlo", "scan")) => Some(scan(&mut d, operands.len())?),
        Some(("chlo", "ragged_dot")) => Some(OpKind::RaggedDot {
            dimension_numbers: d.required(
                "ragged_dot_dimension_numbers",
                "axes such as `#chlo.ragged_dot<lhs_contracting_dimensions = [1], …>`",
                |a| structs::ragged_dot(&to_text(a)?),
            )?,
            precision: precision(&mut d)?,
        }),
        Some(("chlo", _)) => Some(OpKind::Chlo(name.into())),
        _ => None,
    };
    Ok((kind.unwrap_or_else(|| OpKind::Unknown { name: name.into() }), d.0))
}

/// Lets a quantized constant, whose literal may be written with the storage type, have the type of the result.
pub(crate) fn settle_constant(kind: &mut OpKind, result_types: &[Type]) {
    if let (OpKind::Constant(literal), [Type::Tensor(ty)]) = (kind, result_types) {
        let same_storage = literal.ty().element == ty.element && literal.ty().dims == ty.dims;
        if let (true, Ok(same)) = (same_storage && literal.ty() != ty, literal.reshaped(ty.clone())) {
            *literal = same;
        }
    }
}

fn scan(d: &mut Dictionary, operands: usize) -> Taken<OpKind> {
    const SEGMENTS: &str = "two counts such as `array<i32: 1, 1>`";
    let segments = |a: Attribute| <[usize; 2]>::try_from(to_numbers(a)?).ok();
    let inputs = |a: Attribute| segments(a).filter(|[i, c]| i.checked_add(*c) == Some(operands));
    let [inputs, carries] = d.required("operandSegmentSizes", SEGMENTS, inputs)?;
    let results = |a: Attribute| segments(a).filter(|&[_, c]| c == carries);
    let [outputs, _] = d.required("resultSegmentSizes", SEGMENTS, results)?;
    Ok(OpKind::Scan {
        dimension: d.axis("dimension")?,
        inputs,
        outputs,
        carries,
        is_reverse: d.flag("is_reverse", false)?,
        scan_dim_size: d.optional("scan_dim_size", "an integer from 0", to_number)?,
    })
}

fn stablehlo(op: &str, d: &mut Dictionary, operands: &[&Type]) -> Taken<Option<OpKind>> {
    Ok(Some(match op {
        "select" => OpKind::Select,
        "clamp" => OpKind::Clamp,
        "compare" => OpKind::Compare {
            direction: d.required("comparison_direction", "EQ, NE, GE, GT, LE or LT", to_enum)?,
            compare_type: d
                .optional("compare_type", "FLOAT, TOTALORDER, SIGNED or UNSIGNED", |a| {
                    if is_no_type(&a) { Some(None) } else { to_enum(a).map(Some) }
                })?
                .flatten(),
        },
        "reduce_precision" => OpKind::ReducePrecision {
            exponent_bits: small(d, "exponent_bits")?,
            mantissa_bits: small(d, "mantissa_bits")?,
        },
        "bitcast_convert" => OpKind::BitcastConvert,
        "constant" => OpKind::Constant(d.required("value", "a literal `dense<…>`", to_literal)?),
        "iota" => OpKind::Iota { dimension: d.axis("iota_dimension")? },
        "dynamic_iota" => OpKind::DynamicIota { dimension: d.axis("iota_dimension")? },
        "reshape" => OpKind::Reshape,
        "dynamic_reshape" => OpKind::DynamicReshape,
        "broadcast_in_dim" => OpKind::BroadcastInDim { dimensions: d.axes("broadcast_dimensions")? },
        "dynamic_broadcast_in_dim" => OpKind::DynamicBroadcastInDim {
            dimensions: d.axes("broadcast_dimensions")?,
            known_expanding: d.optional_axes("known_expanding_dimensions")?,
            known_nonexpanding: d.optional_axes("known_nonexpanding_dimensions")?,
        },
        "broadcast" => OpKind::Broadcast { sizes: d.axes("broadcast_sizes")? },
        "transpose" => OpKind::Transpose { permutation: d.axes("permutation")? },
        "reverse" => OpKind::Reverse { dimensions: d.axes("dimensions")? },
        "concatenate" => OpKind::Concatenate { dimension: d.axis("dimension")? },
        "slice" => OpKind::Slice {
            start: d.axes("start_indices")?,
            limit: d.axes("limit_indices")?,
            strides: d.axes("strides")?,
        },
        "real_dynamic_slice" => OpKind::RealDynamicSlice,
        "dynamic_slice" => OpKind::DynamicSlice { sizes: d.axes("slice_sizes")? },
        "dynamic_update_slice" => OpKind::DynamicUpdateSlice,
        "pad" => OpKind::Pad {
            low: d.integers("edge_padding_low")?,
            high: d.integers("edge_padding_high")?,
            interior: d.integers("interior_padding")?,
        },
        "dynamic_pad" => OpKind::DynamicPad,
        "gather" => OpKind::Gather {
            dimension_numbers: gather_dimensions(d)?,
            slice_sizes: d.axes("slice_sizes")?,
            indices_are_sorted: d.flag("indices_are_sorted", false)?,
        },
        "dynamic_gather" => OpKind::DynamicGather {
            dimension_numbers: gather_dimensions(d)?,
            indices_are_sorted: d.flag("indices_are_sorted", false)?,
        },
        "scatter" => OpKind::Scatter {
            dimension_numbers: d.required("scatter_dimension_numbers", "`#stablehlo.scatter<…>`", |a| {
                structs::scatter(&to_text(a)?)
            })?,
            indices_are_sorted: d.flag("indices_are_sorted", false)?,
            unique_indices: d.flag("unique_indices", false)?,
        },
        "torch_index_select" => {
            OpKind::TorchIndexSelect { dim: d.axis("dim")?, batch_dims: d.axis("batch_dims")? }
        }
        "get_dimension_size" => OpKind::GetDimensionSize { dimension: d.axis("dimension")? },
        "set_dimension_size" => OpKind::SetDimensionSize { dimension: d.axis("dimension")? },
        "dot" => OpKind::Dot { precision: precision(d)? },
        "dot_general" => OpKind::DotGeneral {
            dimension_numbers: d
                .required("dot_dimension_numbers", "`#stablehlo.dot<…>`", |a| structs::dot(&to_text(a)?))?,
            precision: precision(d)?,
            algorithm: d.optional("algorithm", "`#stablehlo.dot_algorithm<…>`", to_text)?,
        },
        "einsum" => OpKind::Einsum { config: d.string("einsum_config")? },
        "unary_einsum" => OpKind::UnaryEinsum { config: d.string("einsum_config")? },
        "convolution" => OpKind::Convolution(Box::new(convolution(d)?)),
        "dynamic_conv" => OpKind::DynamicConv(Box::new(convolution(d)?)),
        "reduce" => OpKind::Reduce { dimensions: d.axes("dimensions")? },
        "reduce_window" => OpKind::ReduceWindow(Box::new(window(d, operands)?)),
        "select_and_scatter" => OpKind::SelectAndScatter(Box::new(window(d, operands)?)),
        "map" => OpKind::Map { dimensions: d.axes("dimensions")? },
        "sort" => {
            OpKind::Sort { dimension: sort_dimension(d, operands)?, is_stable: d.flag("is_stable", false)? }
        }
        "batch_norm_grad" => {
            OpKind::BatchNormGrad { epsilon: epsilon(d)?, feature_index: d.axis("feature_index")? }
        }
        "batch_norm_inference" => {
            OpKind::BatchNormInference { epsilon: epsilon(d)?, feature_index: d.axis("feature_index")? }
        }
        "batch_norm_training" => {
            OpKind::BatchNormTraining { epsilon: epsilon(d)?, feature_index: d.axis("feature_index")? }
        }
        "cholesky" => OpKind::Cholesky { lower: d.flag("lower", false)? },
        "triangular_solve" => OpKind::TriangularSolve {
            left_side: d.flag("left_side", false)?,
            lower: d.flag("lower", false)?,
            unit_diagonal: d.flag("unit_diagonal", false)?,
            transpose_a: d.required("transpose_a", "NO_TRANSPOSE, TRANSPOSE or ADJOINT", to_enum)?,
        },
        "fft" => OpKind::Fft {
            fft_type: d.required("fft_type", "FFT, IFFT, RFFT or IRFFT", to_enum)?,
            length: d.axes("fft_length")?,
        },
        "rng" => OpKind::Rng { distribution: d.required("rng_distribution", "UNIFORM or NORMAL", to_enum)? },
        "rng_bit_generator" => OpKind::RngBitGenerator {
            algorithm: d.required("rng_algorithm", "DEFAULT, THREE_FRY or PHILOX", to_enum)?,
        },
        "while" => OpKind::While,
        "if" => OpKind::If,
        "case" => OpKind::Case,
        "custom_call" => OpKind::CustomCall(Box::new(custom_call(d)?)),
        "composite" => OpKind::Composite {
            name: d.string("name")?,
            decomposition: d.symbol("decomposition")?,
            version: d.optional("version", "an integer", to_integer)?.unwrap_or(0),
            composite_attributes: d
                .optional("composite_attributes", "a dictionary", |a| match a {
                    Attribute::Dictionary(items) => Some(items),
                    _ => None,
                })?
                .unwrap_or_default(),
        },
        "optimization_barrier" => OpKind::OptimizationBarrier,
        "tuple" => OpKind::Tuple,
        "get_tuple_element" => OpKind::GetTupleElement { index: d.axis("index")? },
        "after_all" => OpKind::AfterAll,
        "create_token" => OpKind::CreateToken,
        "infeed" => OpKind::Infeed { config: d.string_or_empty("infeed_config")? },
        "outfeed" => OpKind::Outfeed { config: d.string_or_empty("outfeed_config")? },
        "send" => OpKind::Send {
            channel: d.required("channel_handle", CHANNEL, to_channel)?,
            is_host_transfer: d.flag("is_host_transfer", false)?,
            source_target_pairs: d.pairs("source_target_pairs")?,
        },
        "recv" => OpKind::Recv {
            channel: d.required("channel_handle", CHANNEL, to_channel)?,
            is_host_transfer: d.flag("is_host_transfer", false)?,
            source_target_pairs: d.pairs("source_target_pairs")?,
        },
        "partition_id" => OpKind::PartitionId,
        "replica_id" => OpKind::ReplicaId,
        "all_gather" => OpKind::AllGather { all_gather_dim: d.axis("all_gather_dim")?, groups: groups(d)? },
        "all_reduce" => OpKind::AllReduce { groups: groups(d)? },
        "all_to_all" => OpKind::AllToAll {
            split_dimension: d.axis("split_dimension")?,
            concat_dimension: d.axis("concat_dimension")?,
            split_count: d.axis("split_count")?,
            groups: groups(d)?,
        },
        "collective_broadcast" => OpKind::CollectiveBroadcast { groups: rooted(d)? },
        "collective_reduce" => OpKind::CollectiveReduce { groups: rooted(d)? },
        "collective_permute" => OpKind::CollectivePermute {
            source_target_pairs: d.pairs("source_target_pairs")?.unwrap_or_default(),
            channel: d.optional("channel_handle", CHANNEL, to_channel)?,
        },
        "cross-replica-sum" => OpKind::CrossReplicaSum { groups: groups(d)? },
        "reduce_scatter" => {
            OpKind::ReduceScatter { scatter_dimension: d.axis("scatter_dimension")?, groups: groups(d)? }
        }
        _ => return Ok(None),
    }))
}

fn check(op: &str, d: &mut Dictionary) -> Taken<Option<OpKind>> {
    let literal = |d: &mut Dictionary| d.required("value", "a literal `dense<…>`", to_literal);
    let tolerance = |d: &mut Dictionary| d.optional("tolerance", "a float", to_float);
    let distance = |d: &mut Dictionary, name: &str| {
        d.optional(name, "an integer from 0", |a| u64::try_from(to_integer(a)?).ok())
    };
    Ok(Some(OpKind::Check(match op {
        "expect_eq" => Check::ExpectEq,
        "expect_eq_const" => Check::ExpectEqConst(literal(d)?),
        "expect_almost_eq" => Check::ExpectAlmostEq { tolerance: tolerance(d)? },
        "expect_almost_eq_const" => {
            Check::ExpectAlmostEqConst { value: literal(d)?, tolerance: tolerance(d)? }
        }
        "expect_close" => Check::ExpectClose {
            min_ulp_difference: distance(d, "min_ulp_difference")?,
            max_ulp_difference: distance(d, "max_ulp_difference")?,
        },
        "expect_serialized_eq" => Check::ExpectSerializedEq {
            probe_id: d.string("probe_id")?,
            iteration: d
                .optional("iteration", "an integer from 0", |a| u32::try_from(to_integer(a)?).ok())?
                .unwrap_or(0),
        },
        _ => return Ok(None),
    })))
}

fn to_text(attribute: Attribute) -> Option<Arc<str>> {
    match attribute {
        Attribute::Opaque(text) => Some(text),
        _ => None,
    }
}

/// An enumeration's value, as a dialect's attribute or as the string that older printers wrote.
fn to_enum<T: Named>(attribute: Attribute) -> Option<T> {
    match attribute {
        Attribute::Opaque(text) => value_of(&text),
        Attribute::String(name) => T::from_name(&name),
        _ => None,
    }
}

/// `#stablehlo<comparison_type NOTYPE>`, which is the same as none.
fn is_no_type(attribute: &Attribute) -> bool {
    matches!(attribute, Attribute::Opaque(text) if text.ends_with("NOTYPE>"))
}

fn small(d: &mut Dictionary, name: &str) -> Taken<u32> {
    d.required(name, "an integer from 0", |a| u32::try_from(to_integer(a)?).ok())
}

fn epsilon(d: &mut Dictionary) -> Taken<f32> {
    d.required("epsilon", "a float", |a| to_float(a).map(|x| x as f32))
}

fn gather_dimensions(d: &mut Dictionary) -> Taken<GatherDimensions> {
    d.required("dimension_numbers", "`#stablehlo.gather<…>`", |a| structs::gather(&to_text(a)?))
}

fn precision(d: &mut Dictionary) -> Taken<Vec<Precision>> {
    let convert = |a| match a {
        Attribute::Array(items) => items.into_iter().map(to_enum).collect(),
        _ => None,
    };
    let expected = "a list such as `[#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]`";
    Ok(d.optional("precision_config", expected, convert)?.unwrap_or_default())
}

const CHANNEL: &str = "`#stablehlo.channel_handle<handle = 0, type = 0>`";

fn to_channel(attribute: Attribute) -> Option<Channel> {
    structs::channel(&to_text(attribute)?)
}

const GROUPS: &str = "rows of integers such as `dense<[[0, 1]]> : tensor<1x2xi64>`, or axes of a mesh";

fn to_groups(attribute: Attribute) -> Option<Vec<Vec<i64>>> {
    match &attribute {
        Attribute::Opaque(text) => mesh::groups(text),
        _ => to_rows(attribute, None),
    }
}

fn groups(d: &mut Dictionary) -> Taken<ReplicaGroups> {
    Ok(ReplicaGroups {
        groups: d.optional("replica_groups", GROUPS, to_groups)?.unwrap_or_default(),
        channel: d.optional("channel_handle", CHANNEL, to_channel)?,
        use_global_device_ids: d.flag("use_global_device_ids", false)?,
    })
}

/// Groups whose first process is the root.
fn rooted(d: &mut Dictionary) -> Taken<ReplicaGroups> {
    let first = |attribute| (attribute == Attribute::Bool(false)).then_some(());
    let expected = "false: the first process of each group is the root, not one that an operand says";
    d.optional("has_dynamic_root", expected, first)?;
    groups(d)
}

fn convolution(d: &mut Dictionary) -> Taken<Convolution> {
    let mut c = Convolution {
        input_batch_dimension: 0,
        input_feature_dimension: 0,
        input_spatial_dimensions: vec![],
        kernel_input_feature_dimension: 0,
        kernel_output_feature_dimension: 0,
        kernel_spatial_dimensions: vec![],
        output_batch_dimension: 0,
        output_feature_dimension: 0,
        output_spatial_dimensions: vec![],
        window_strides: vec![],
        padding: vec![],
        lhs_dilation: vec![],
        rhs_dilation: vec![],
        window_reversal: vec![],
        feature_group_count: d.axis("feature_group_count")?,
        batch_group_count: d.axis("batch_group_count")?,
        precision: precision(d)?,
    };
    d.required("dimension_numbers", "`#stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>`", |a| {
        structs::convolution(&to_text(a)?, &mut c)
    })?;
    let rank = c.input_spatial_dimensions.len();
    let ones = || vec![1; rank];
    c.window_strides = d.optional_axes("window_strides")?.unwrap_or_else(ones);
    c.lhs_dilation = d.optional_axes("lhs_dilation")?.unwrap_or_else(ones);
    c.rhs_dilation = d.optional_axes("rhs_dilation")?.unwrap_or_else(ones);
    c.padding = d.pairs("padding")?.unwrap_or_else(|| vec![(0, 0); rank]);
    c.window_reversal = d
        .optional("window_reversal", "a list of booleans such as `array<i1: false, true>`", |a| {
            Some(to_integers(a)?.into_iter().map(|n| n != 0).collect())
        })?
        .unwrap_or_else(|| vec![false; rank]);
    Ok(c)
}

fn window(d: &mut Dictionary, operands: &[&Type]) -> Taken<Window> {
    let rank = operands.first().and_then(|ty| ty.as_tensor()).map_or(0, TensorType::rank);
    let dimensions = d.optional_axes("window_dimensions")?.unwrap_or_else(|| vec![1; rank]);
    let ones = || vec![1; dimensions.len()];
    Ok(Window {
        strides: d.optional_axes("window_strides")?.unwrap_or_else(ones),
        base_dilations: d.optional_axes("base_dilations")?.unwrap_or_else(ones),
        window_dilations: d.optional_axes("window_dilations")?.unwrap_or_else(ones),
        padding: d.pairs("padding")?.unwrap_or_else(|| vec![(0, 0); dimensions.len()]),
        dimensions,
    })
}

/// The axis to sort along: the last where none is given, counted from the end where it is negative.
fn sort_dimension(d: &mut Dictionary, operands: &[&Type]) -> Taken<usize> {
    let rank = operands.first().and_then(|ty| ty.as_tensor()).map_or(0, TensorType::rank);
    let convert = |a| {
        let axis = to_integer(a)?;
        usize::try_from(if axis < 0 { axis.checked_add(rank as i64)? } else { axis }).ok()
    };
    Ok(d.optional("dimension", "an axis of the operands", convert)?.unwrap_or(rank.saturating_sub(1)))
}

fn custom_call(d: &mut Dictionary) -> Taken<CustomCall> {
    Ok(CustomCall {
        target: d.string("call_target_name")?,
        has_side_effect: d.flag("has_side_effect", false)?,
        backend_config: d.optional("backend_config", "a string or a dictionary", |a| match a {
            Attribute::String(_) | Attribute::Dictionary(_) => Some(a),
            _ => None,
        })?,
        api_version: d
            .optional("api_version", "an integer", |a| i32::try_from(to_integer(a)?).ok())?
            .unwrap_or(1),
        called_computations: d
            .optional("called_computations", "a list of functions such as `[@f]`", |a| match a {
                Attribute::Array(items) => items.into_iter().map(to_symbol).collect(),
                _ => None,
            })?
            .unwrap_or_default(),
        output_operand_aliases: d
            .optional("output_operand_aliases", "a list of `#stablehlo.output_operand_alias<…>`", |a| {
                match a {
                    Attribute::Array(items) => {
                        items.into_iter().map(|a| structs::alias(&to_text(a)?)).collect()
                    }
                    _ => None,
                }
            })?
            .unwrap_or_default(),
    })
}
