//! Properties: what an operation's own encoding says of it, beside its dictionary of attributes.
//!
//! They are a list without names: the attributes of the operation in the order of their names. So one has to know which
//! attributes an operation has. Where versions of a dialect differ in that, their number tells which it is.

use super::cursor::Cursor;
use super::error::Read;
use super::file::{self, File, since};
use super::pool::Pool;
use super::tables::OpName;
use super::versions::VhloOp;
use crate::{Attribute, Attributes, ElementType};

/// The properties of a file's operations.
pub(super) struct Properties<'a> {
    entries: Vec<Cursor<'a>>,
    version: u64,
}

impl<'a> Properties<'a> {
    pub(super) fn read(file: &File<'a>) -> Read<Properties<'a>> {
        let mut entries = Vec::new();
        if file.version >= since::PROPERTIES {
            let mut section = file.section(file::PROPERTIES)?;
            for _ in 0..section.count("properties")? {
                let size = section.count("bytes")?;
                entries.push(section.part(section.at, section.at + size));
                section.at += size;
            }
            section.finish("the last properties")?;
        }
        Ok(Properties { entries, version: file.version })
    }

    /// The properties of an operation whose index is next.
    pub(super) fn next(&self, cursor: &mut Cursor<'a>, pool: &mut Pool<'a>, op: &OpName) -> Read<Attributes> {
        let index = cursor.index(self.entries.len(), "properties")?;
        let mut entry = self.entries[index].clone();
        if !op.registered {
            // Whoever wrote this did not know the operation either, and kept what it had read: an attribute.
            let at = entry.at;
            return match pool.attribute(&mut entry)? {
                Attribute::Dictionary(items) => Ok(items),
                _ => {
                    Err(entry
                        .fault(at, "the properties of an unknown operation are none; expected a dictionary"))
                }
            };
        }
        let Some(fields) = self.fields(&entry, &op.name) else {
            let count = self.count(&entry).map_or("an unknown number of".into(), |n| n.to_string());
            let message = format!(
                "{} has {count} properties, which are not known; expected an operation of vhlo, stablehlo, chlo, \
                 func or sdy as a released version has it",
                op.name
            );
            return entry.fail(message);
        };
        let mut attributes = Attributes::default();
        for field in fields {
            let (name, value) = match field {
                Field::Required(name) => (name, Some(pool.attribute(&mut entry)?)),
                Field::Optional(name) => (name, pool.optional_attribute(&mut entry)?),
                Field::Segments(name, count) => (name, Some(segments(&mut entry, count)?)),
            };
            if let Some(value) = value {
                attributes.0.push((name.into(), value));
            }
        }
        entry.finish("the properties")?;
        Ok(attributes)
    }

    /// What stands in an operation's properties.
    fn fields(&self, entry: &Cursor<'_>, name: &str) -> Option<Vec<Field>> {
        let count = self.count(entry)?;
        let layouts: Vec<&'static str> = match name.strip_prefix("vhlo.") {
            Some(name) => VhloOp::of_name(name).map(|op| op.attributes).into_iter().collect(),
            None => {
                let own: Vec<_> =
                    PROPERTIES.iter().filter(|(op, _)| *op == name).map(|(_, fields)| *fields).collect();
                // An operation that is not in the table has nothing to say.
                if own.is_empty() && count == 0 { vec![""] } else { own }
            }
        };
        let parsed = layouts.into_iter().map(|layout| self.layout(layout));
        let fits = |fields: &Vec<Field>| {
            let plain = fields.iter().filter(|field| !matches!(field, Field::Segments(..))).count();
            // Counts of segments take as many numbers as they need.
            plain == count || plain < fields.len() && plain < count
        };
        let mut parsed = parsed.filter(fits);
        parsed.next()
    }

    fn layout(&self, layout: &'static str) -> Vec<Field> {
        let field = |word: &'static str| match (word.strip_suffix('?'), word.split_once(':')) {
            (Some(name), _) => Field::Optional(name),
            (_, Some((name, _))) if self.version < since::SEGMENTS => Field::Required(name),
            (_, Some((name, count))) => Field::Segments(name, count.parse().unwrap_or(0)),
            _ => Field::Required(word),
        };
        let mut fields: Vec<Field> = layout.split_whitespace().map(field).collect();
        if self.version < since::SEGMENTS {
            // As attributes, the counts come first.
            fields.sort_by_key(
                |field| !matches!(field, Field::Required(name) if name.ends_with("SegmentSizes")),
            );
        }
        fields
    }

    /// How many numbers an entry is made of.
    fn count(&self, entry: &Cursor<'_>) -> Option<usize> {
        let mut entry = entry.clone();
        let mut count = 0;
        while !entry.is_empty() {
            entry.varint().ok()?;
            count += 1;
        }
        Some(count)
    }
}

/// One of the things that properties say.
enum Field {
    Required(&'static str),
    Optional(&'static str),
    /// So many counts of operands or results.
    Segments(&'static str, usize),
}

/// The attributes that an operation of another dialect than VHLO has in its properties today, and whether each may be
/// missing.
pub(super) fn fields_of(name: &str) -> Vec<(&'static str, bool)> {
    // Where versions differ, the newest has the most.
    let layouts = PROPERTIES.iter().filter(|(op, _)| *op == name).map(|(_, fields)| *fields);
    let newest = layouts.max_by_key(|fields| fields.len()).unwrap_or("");
    newest.split_whitespace().map(|field| (field.trim_end_matches('?'), field.ends_with('?'))).collect()
}

/// Counts, of which those at the end are left out where they are zero, or of which only those are given that are not.
fn segments(entry: &mut Cursor<'_>, count: usize) -> Read<Attribute> {
    let at = entry.at;
    let mut counts = vec![0; count];
    let (given, sparse) = entry.flagged()?;
    let given = entry.check_index(at, given, count + 1, "a number of counts")?;
    let index_bits = if sparse && given > 0 { entry.varint()?.min(8) } else { 0 };
    for i in 0..given {
        let at = entry.at;
        let coded = entry.varint()?;
        let index = if sparse { coded & ((1 << index_bits) - 1) } else { i as u64 };
        let index = entry.check_index(at, index, count, "a count")?;
        counts[index] = i64::try_from(coded >> index_bits).unwrap_or(i64::MAX);
    }
    Ok(Attribute::DenseIntegers(counts, ElementType::I32))
}

/// The attributes of operations of other dialects than VHLO. A question mark follows those that may be missing.
#[rustfmt::skip]
static PROPERTIES: &[(&str, &str)] = &[
    ("builtin.module", "sym_name? sym_visibility?"),
    ("func.call_indirect", "arg_attrs? res_attrs?"),
    ("func.call", "arg_attrs? callee no_inline? res_attrs?"),
    ("func.call", "callee"),
    ("func.call", "callee no_inline?"),
    ("func.constant", "value"),
    ("func.func", "arg_attrs? function_type no_inline? res_attrs? sym_name sym_visibility?"),
    ("func.func", "arg_attrs? function_type res_attrs? sym_name sym_visibility?"),
    ("stablehlo.all_gather", "all_gather_dim channel_handle? replica_groups use_global_device_ids?"),
    ("stablehlo.all_reduce", "channel_handle? replica_groups use_global_device_ids?"),
    ("stablehlo.all_to_all", "channel_handle? concat_dimension replica_groups split_count split_dimension"),
    ("stablehlo.batch_norm_grad", "epsilon feature_index"),
    ("stablehlo.batch_norm_inference", "epsilon feature_index"),
    ("stablehlo.batch_norm_training", "epsilon feature_index"),
    ("stablehlo.broadcast_in_dim", "broadcast_dimensions"),
    ("stablehlo.broadcast", "broadcast_sizes"),
    ("stablehlo.cbrt", "result_accuracy?"),
    ("stablehlo.cholesky", "lower?"),
    ("stablehlo.collective_broadcast", "channel_handle? replica_groups"),
    ("stablehlo.collective_permute", "channel_handle? source_target_pairs"),
    ("stablehlo.compare", "compare_type? comparison_direction"),
    ("stablehlo.composite", "composite_attributes? decomposition name version?"),
    ("stablehlo.concatenate", "dimension"),
    ("stablehlo.constant", "value"),
    ("stablehlo.convolution", "batch_group_count dimension_numbers feature_group_count lhs_dilation? padding? \
        precision_config? rhs_dilation? window_reversal? window_strides?"),
    ("stablehlo.cosine", "result_accuracy?"),
    ("stablehlo.cross-replica-sum", "replica_groups"),
    ("stablehlo.custom_call", "api_version? backend_config? call_target_name called_computations? has_side_effect? \
        operand_layouts? output_operand_aliases? result_layouts?"),
    ("stablehlo.custom_call", "api_version? backend_config? call_target_name called_computations? has_side_effect? \
        operand_layouts? output_operand_aliases? result_layouts? result_tilings?"),
    ("stablehlo.dot_general", "algorithm? dot_dimension_numbers precision_config?"),
    ("stablehlo.dot_general", "dot_dimension_numbers precision_config?"),
    ("stablehlo.dot", "precision_config?"),
    ("stablehlo.dynamic_broadcast_in_dim", "broadcast_dimensions known_expanding_dimensions? \
        known_nonexpanding_dimensions?"),
    ("stablehlo.dynamic_conv", "batch_group_count dimension_numbers feature_group_count lhs_dilation? \
        precision_config? rhs_dilation? window_reversal? window_strides?"),
    ("stablehlo.dynamic_conv", "batch_group_count dimension_numbers feature_group_count lhs_dilation? padding? \
        precision_config? rhs_dilation? window_reversal? window_strides?"),
    ("stablehlo.dynamic_gather", "dimension_numbers indices_are_sorted?"),
    ("stablehlo.dynamic_iota", "iota_dimension"),
    ("stablehlo.dynamic_slice", "slice_sizes"),
    ("stablehlo.einsum", "einsum_config"),
    ("stablehlo.exponential", "result_accuracy?"),
    ("stablehlo.exponential_minus_one", "result_accuracy?"),
    ("stablehlo.fft", "fft_length fft_type"),
    ("stablehlo.gather", "dimension_numbers indices_are_sorted? slice_sizes"),
    ("stablehlo.get_dimension_size", "dimension"),
    ("stablehlo.get_tuple_element", "index"),
    ("stablehlo.infeed", "infeed_config? layout?"),
    ("stablehlo.iota", "iota_dimension"),
    ("stablehlo.log_plus_one", "result_accuracy?"),
    ("stablehlo.log", "result_accuracy?"),
    ("stablehlo.logistic", "result_accuracy?"),
    ("stablehlo.map", "dimensions"),
    ("stablehlo.outfeed", "outfeed_config?"),
    ("stablehlo.pad", "edge_padding_high edge_padding_low interior_padding"),
    ("stablehlo.recv", "channel_handle is_host_transfer? source_target_pairs?"),
    ("stablehlo.recv", "channel_handle is_host_transfer?"),
    ("stablehlo.reduce", "dimensions"),
    ("stablehlo.reduce_precision", "exponent_bits mantissa_bits"),
    ("stablehlo.reduce_scatter", "channel_handle? replica_groups scatter_dimension use_global_device_ids?"),
    ("stablehlo.reduce_window", "base_dilations? padding? window_dilations? window_dimensions window_strides?"),
    ("stablehlo.reverse", "dimensions"),
    ("stablehlo.rng_bit_generator", "rng_algorithm"),
    ("stablehlo.rng", "rng_distribution"),
    ("stablehlo.rsqrt", "result_accuracy?"),
    ("stablehlo.scatter", "indices_are_sorted? scatter_dimension_numbers unique_indices?"),
    ("stablehlo.select_and_scatter", "padding? window_dimensions? window_strides?"),
    ("stablehlo.send", "channel_handle is_host_transfer? source_target_pairs?"),
    ("stablehlo.send", "channel_handle is_host_transfer?"),
    ("stablehlo.set_dimension_size", "dimension"),
    ("stablehlo.sine", "result_accuracy?"),
    ("stablehlo.slice", "limit_indices start_indices strides"),
    ("stablehlo.sort", "dimension? is_stable?"),
    ("stablehlo.sqrt", "result_accuracy?"),
    ("stablehlo.tan", "result_accuracy?"),
    ("stablehlo.tanh", "result_accuracy?"),
    ("stablehlo.torch_index_select", "batch_dims dim"),
    ("stablehlo.transpose", "permutation"),
    ("stablehlo.triangular_solve", "left_side lower transpose_a unit_diagonal"),
    ("stablehlo.unary_einsum", "einsum_config"),
    ("chlo.broadcast_add", "broadcast_dimensions?"),
    ("chlo.broadcast_and", "broadcast_dimensions?"),
    ("chlo.broadcast_atan2", "broadcast_dimensions?"),
    ("chlo.broadcast_compare", "broadcast_dimensions? compare_type? comparison_direction"),
    ("chlo.broadcast_complex", "broadcast_dimensions?"),
    ("chlo.broadcast_divide", "broadcast_dimensions?"),
    ("chlo.broadcast_maximum", "broadcast_dimensions?"),
    ("chlo.broadcast_minimum", "broadcast_dimensions?"),
    ("chlo.broadcast_multiply", "broadcast_dimensions?"),
    ("chlo.broadcast_next_after", "broadcast_dimensions?"),
    ("chlo.broadcast_or", "broadcast_dimensions?"),
    ("chlo.broadcast_polygamma", "broadcast_dimensions?"),
    ("chlo.broadcast_power", "broadcast_dimensions?"),
    ("chlo.broadcast_remainder", "broadcast_dimensions?"),
    ("chlo.broadcast_shift_left", "broadcast_dimensions?"),
    ("chlo.broadcast_shift_right_arithmetic", "broadcast_dimensions?"),
    ("chlo.broadcast_shift_right_logical", "broadcast_dimensions?"),
    ("chlo.broadcast_subtract", "broadcast_dimensions?"),
    ("chlo.broadcast_xor", "broadcast_dimensions?"),
    ("chlo.broadcast_zeta", "broadcast_dimensions?"),
    ("chlo.constant_like", "value"),
    ("chlo.constant", "value"),
    ("chlo.ragged_dot", "precision_config? ragged_dot_dimension_numbers"),
    ("chlo.scan", "dimension is_associative? is_reverse? scan_dim_size? operandSegmentSizes:2 resultSegmentSizes:2"),
    ("chlo.top_k", "k"),
    ("sdy.all_gather", "gathering_axes out_sharding"),
    ("sdy.all_reduce", "out_sharding reduction_axes"),
    ("sdy.all_slice", "out_sharding slicing_axes"),
    ("sdy.all_to_all", "out_sharding params"),
    ("sdy.collective_permute", "out_sharding"),
    ("sdy.constant", "value"),
    ("sdy.data_flow_edge", "sharding?"),
    ("sdy.manual_computation", "in_shardings manual_axes out_shardings"),
    ("sdy.mesh", "mesh sym_name"),
    ("sdy.named_computation", "in_shardings? name out_shardings?"),
    ("sdy.propagation_barrier", "allowed_direction"),
    ("sdy.reduce_scatter", "out_sharding reduce_scatter_axes"),
    ("sdy.replicated_to_unreduced", "axes out_sharding"),
    ("sdy.reshard", "sharding"),
    ("sdy.sharded_to_unreduced", "axes out_sharding"),
    ("sdy.sharding_constraint", "sharding"),
    ("sdy.sharding_group", "group_id"),
];
