//! Attributes and types in StableHLO's and CHLO's own bytecode, which compilers keep to themselves and may change; but
//! `write_bytecode` writes it.

use super::cursor::Cursor;
use super::enums::ENUMERATIONS;
use super::error::Read;
use super::pool::{Known, Pool};
use super::vhlo;
use crate::generic::structs;
use crate::{
    Attribute, Channel, Convolution, DotDimensions, GatherDimensions, RaggedDotDimensions, ScatterDimensions,
    Type,
};

pub(super) fn attribute<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Attribute> {
    let at = cursor.at;
    let kind = cursor.varint()?;
    if let Some(enumeration) = ENUMERATIONS.iter().find(|e| e.stablehlo == kind) {
        return enumeration.value(cursor);
    }
    let text = match kind {
        1 => {
            let (id, channel_type) = (cursor.signed()?, cursor.signed()?);
            structs::channel_text(Channel { id, channel_type })
        }
        4 => format!("#stablehlo.conv<{}>", structs::convolution_text(&convolution(cursor)?)),
        5 => structs::dot_text(&dot(cursor)?),
        7 => structs::gather_text(&gather(cursor)?),
        11 => structs::scatter_text(&scatter(cursor)?),
        13 => return vhlo::bounds(cursor),
        14 => return vhlo::alias(cursor),
        15 => algorithm(pool, cursor)?,
        17 => return vhlo::result_accuracy(pool, cursor),
        18..=22 => return Err(cursor.fault(at, vhlo::MESH_GROUPS)),
        other => {
            let message = format!("StableHLO has no attribute {other} that is known; expected one up to 17");
            return Err(cursor.fault(at, message));
        }
    };
    Ok(Attribute::Opaque(text.into()))
}

pub(super) fn ty<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Known> {
    let at = cursor.at;
    match cursor.varint()? {
        0 => Ok(Known::Type(Type::Token)),
        1 => {
            let types: Vec<String> = pool.types(cursor)?.iter().map(ToString::to_string).collect();
            Ok(super::pool::number(&format!("!stablehlo.future<{}>", types.join(", "))))
        }
        other => {
            let message = format!("StableHLO has no type {other} that is known; expected 0, a token");
            Err(cursor.fault(at, message))
        }
    }
}

pub(super) fn chlo_attribute(cursor: &mut Cursor<'_>) -> Read<Attribute> {
    let at = cursor.at;
    let kind = cursor.varint()?;
    let named = |word: &str| ENUMERATIONS.iter().find(|e| e.word == word);
    let enumeration = match kind {
        0 => named("comparison_direction"),
        1 => named("comparison_type"),
        2 => named("precision"),
        _ => None,
    };
    if let Some(enumeration) = enumeration {
        let name = enumeration.name(cursor)?;
        return Ok(Attribute::Opaque(format!("#chlo<{} {name}>", enumeration.word).into()));
    }
    match kind {
        3 => {
            let dimensions = RaggedDotDimensions {
                dot: dot(cursor)?,
                lhs_ragged: axes(cursor)?,
                rhs_group: axes(cursor)?,
            };
            Ok(Attribute::Opaque(structs::ragged_dot_text(&dimensions).into()))
        }
        other => {
            let message = format!("CHLO has no attribute {other} that is known; expected one up to 3");
            Err(cursor.fault(at, message))
        }
    }
}

fn axis(cursor: &mut Cursor<'_>) -> Read<usize> {
    let at = cursor.at;
    let axis = cursor.signed()?;
    usize::try_from(axis).map_err(|_| cursor.fault(at, format!("the axis {axis}; expected one from 0")))
}

fn axes(cursor: &mut Cursor<'_>) -> Read<Vec<usize>> {
    let count = cursor.count("axes")?;
    (0..count).map(|_| axis(cursor)).collect()
}

fn convolution(cursor: &mut Cursor<'_>) -> Read<Convolution> {
    Ok(Convolution {
        input_batch_dimension: axis(cursor)?,
        input_feature_dimension: axis(cursor)?,
        input_spatial_dimensions: axes(cursor)?,
        kernel_input_feature_dimension: axis(cursor)?,
        kernel_output_feature_dimension: axis(cursor)?,
        kernel_spatial_dimensions: axes(cursor)?,
        output_batch_dimension: axis(cursor)?,
        output_feature_dimension: axis(cursor)?,
        output_spatial_dimensions: axes(cursor)?,
        window_strides: Vec::new(),
        padding: Vec::new(),
        lhs_dilation: Vec::new(),
        rhs_dilation: Vec::new(),
        window_reversal: Vec::new(),
        feature_group_count: 1,
        batch_group_count: 1,
        precision: Vec::new(),
    })
}

fn dot(cursor: &mut Cursor<'_>) -> Read<DotDimensions> {
    Ok(DotDimensions {
        lhs_batching: axes(cursor)?,
        rhs_batching: axes(cursor)?,
        lhs_contracting: axes(cursor)?,
        rhs_contracting: axes(cursor)?,
    })
}

/// Batching axes were added in the middle, so that what is left tells whether they are there.
fn gather(cursor: &mut Cursor<'_>) -> Read<GatherDimensions> {
    let mut lists = lists_and_axis(cursor)?;
    let index_vector_dim = lists.1;
    let mut next = || lists.0.next().unwrap_or_default();
    Ok(GatherDimensions {
        offset_dims: next(),
        collapsed_slice_dims: next(),
        operand_batching_dims: next(),
        start_indices_batching_dims: next(),
        start_index_map: next(),
        index_vector_dim,
    })
}

fn scatter(cursor: &mut Cursor<'_>) -> Read<ScatterDimensions> {
    let mut lists = lists_and_axis(cursor)?;
    let index_vector_dim = lists.1;
    let mut next = || lists.0.next().unwrap_or_default();
    Ok(ScatterDimensions {
        update_window_dims: next(),
        inserted_window_dims: next(),
        input_batching_dims: next(),
        scatter_indices_batching_dims: next(),
        scatter_dims_to_operand_dims: next(),
        index_vector_dim,
    })
}

type Lists = std::vec::IntoIter<Vec<usize>>;

/// Five lists and an axis, or three of the lists in the older encoding, in which the two in the middle are missing.
fn lists_and_axis(cursor: &mut Cursor<'_>) -> Read<(Lists, usize)> {
    let read = |cursor: &mut Cursor<'_>, count: usize| {
        let lists = (0..count).map(|_| axes(cursor)).collect::<Read<Vec<_>>>()?;
        let axis = axis(cursor)?;
        cursor.finish("an axis")?;
        Ok((lists, axis))
    };
    let mut newer = cursor.clone();
    if let Ok((lists, axis)) = read(&mut newer, 5) {
        *cursor = newer;
        return Ok((lists.into_iter(), axis));
    }
    let (mut lists, axis) = read(cursor, 3)?;
    lists.splice(2..2, [Vec::new(), Vec::new()]);
    Ok((lists.into_iter(), axis))
}

/// `#stablehlo.dot_algorithm<…>`.
fn algorithm<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<String> {
    let types = [pool.ty(cursor)?, pool.ty(cursor)?, pool.ty(cursor)?];
    let counts = [cursor.signed()?, cursor.signed()?, cursor.signed()?];
    let imprecise = cursor.byte()? != 0;
    Ok(algorithm_text(&types, counts, imprecise))
}

pub(super) fn algorithm_text(types: &[Type; 3], counts: [i64; 3], imprecise: bool) -> String {
    let [lhs, rhs, accumulation] = types;
    let [lhs_components, rhs_components, operations] = counts;
    format!(
        "#stablehlo.dot_algorithm<lhs_precision_type = {lhs}, rhs_precision_type = {rhs}, accumulation_type = \
         {accumulation}, lhs_component_count = {lhs_components}, rhs_component_count = {rhs_components}, \
         num_primitive_operations = {operations}, allow_imprecise_accumulation = {imprecise}>"
    )
}
