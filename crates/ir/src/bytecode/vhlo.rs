//! Attributes and types of VHLO, the versioned form in which portable artifacts hold StableHLO. Each is read as the
//! attribute or type of StableHLO that it stands for.

use super::cursor::Cursor;
use super::enums::ENUMERATIONS;
use super::error::Read;
use super::pool::{Known, Pool, number, tensor_type};
use super::quant::double;
use super::{builtin, quant};
use crate::generic::structs::alias_text;
use crate::{Attribute, DYNAMIC, OutputOperandAlias, Type};

/// The numbers of VHLO's attributes that are no enumerations.
pub(super) mod code {
    pub(in crate::bytecode) const ARRAY: u64 = 1;
    pub(in crate::bytecode) const BOOLEAN: u64 = 2;
    pub(in crate::bytecode) const DICTIONARY: u64 = 6;
    pub(in crate::bytecode) const FLOAT: u64 = 8;
    pub(in crate::bytecode) const INTEGER: u64 = 9;
    pub(in crate::bytecode) const OUTPUT_OPERAND_ALIAS: u64 = 10;
    pub(in crate::bytecode) const STRING: u64 = 14;
    pub(in crate::bytecode) const TENSOR: u64 = 15;
    pub(in crate::bytecode) const TYPE: u64 = 17;
    pub(in crate::bytecode) const TYPE_EXTENSIONS: u64 = 18;
    pub(in crate::bytecode) const RESULT_ACCURACY: u64 = 20;
}

/// The numbers of VHLO's types other than those of numbers.
pub(super) mod type_code {
    pub(in crate::bytecode) const COMPLEX: u64 = 1;
    pub(in crate::bytecode) const FUNCTION: u64 = 8;
    pub(in crate::bytecode) const TENSOR: u64 = 20;
    pub(in crate::bytecode) const TENSOR_WITH_ENCODING: u64 = 21;
    pub(in crate::bytecode) const TOKEN: u64 = 22;
    pub(in crate::bytecode) const TUPLE: u64 = 23;
    pub(in crate::bytecode) const QUANTIZED: u64 = 24;
    pub(in crate::bytecode) const UNRANKED_TENSOR: u64 = 25;
    pub(in crate::bytecode) const WITNESS: u64 = 26;
    pub(in crate::bytecode) const QUANTIZED_PER_AXIS: u64 = 30;
    pub(in crate::bytecode) const BUFFER: u64 = 41;
    pub(in crate::bytecode) const FUTURE: u64 = 42;
}

/// The types of numbers, and the version that brought each.
pub(super) static NUMBERS: [(u64, &str, (u32, u32)); 32] = [
    (0, "i1", (0, 9)),
    (2, "bf16", (0, 9)),
    (3, "f16", (0, 9)),
    (4, "f32", (0, 9)),
    (5, "f64", (0, 9)),
    (6, "f8E4M3FN", (0, 9)),
    (7, "f8E5M2", (0, 9)),
    (9, "index", (0, 9)),
    (10, "i4", (0, 9)),
    (11, "i8", (0, 9)),
    (12, "i16", (0, 9)),
    (13, "i32", (0, 9)),
    (14, "i64", (0, 9)),
    (15, "ui4", (0, 9)),
    (16, "ui8", (0, 9)),
    (17, "ui16", (0, 9)),
    (18, "ui32", (0, 9)),
    (19, "ui64", (0, 9)),
    (27, "f8E4M3FNUZ", (0, 10)),
    (28, "f8E5M2FNUZ", (0, 10)),
    (29, "f8E4M3B11FNUZ", (0, 11)),
    (31, "i2", (1, 2)),
    (32, "ui2", (1, 2)),
    (33, "none", (1, 6)),
    (34, "tf32", (1, 6)),
    (35, "f8E4M3", (1, 7)),
    (36, "f8E3M4", (1, 7)),
    (37, "f4E2M1FN", (1, 8)),
    (38, "f6E2M3FN", (1, 8)),
    (39, "f6E3M2FN", (1, 8)),
    (40, "f8E8M0FNU", (1, 8)),
    (type_code::WITNESS, "!shape.witness", (0, 9)),
];

/// What is said of attributes that give groups of processes otherwise than StableHLO's text here can.
pub(super) const MESH_GROUPS: &str =
    "groups of processes are given by the axes of a mesh; expected lists of processes";

pub(super) fn attribute<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Attribute> {
    let at = cursor.at;
    let kind = cursor.varint()?;
    if let Some(enumeration) = ENUMERATIONS.iter().find(|e| e.vhlo == kind) {
        return enumeration.value(cursor);
    }
    Ok(match kind {
        code::ARRAY => Attribute::Array(pool.attributes(cursor)?),
        code::BOOLEAN => Attribute::Bool(cursor.index(2, "boolean")? == 1),
        code::DICTIONARY => Attribute::Dictionary(pool.dictionary(cursor)?),
        code::FLOAT => {
            let ty = pool.ty(cursor)?;
            builtin::float(cursor, ty)?
        }
        code::INTEGER => {
            let ty = pool.ty(cursor)?;
            builtin::integer(cursor, ty)?
        }
        code::OUTPUT_OPERAND_ALIAS => alias(cursor)?,
        code::STRING => Attribute::String(pool.strings.next(cursor)?),
        code::TENSOR => builtin::dense(pool, cursor)?,
        code::TYPE => match pool.known(cursor)? {
            Known::Function(operands, results) => Attribute::FunctionType(operands, results),
            Known::Type(ty) => Attribute::Type(ty),
            Known::Quantized(storage, q) => {
                Attribute::Type(Type::Other(q.display(storage).to_string().into()))
            }
        },
        code::TYPE_EXTENSIONS => bounds(cursor)?,
        code::RESULT_ACCURACY => result_accuracy(pool, cursor)?,
        21..=25 => return Err(cursor.fault(at, MESH_GROUPS)),
        other => {
            let message = format!("VHLO has no attribute {other} that is known; expected one up to 20");
            return Err(cursor.fault(at, message));
        }
    })
}

pub(super) fn alias(cursor: &mut Cursor<'_>) -> Read<Attribute> {
    let alias = OutputOperandAlias {
        output_tuple_indices: cursor.signed_list()?,
        operand_index: cursor.signed()?,
        operand_tuple_indices: cursor.signed_list()?,
    };
    Ok(Attribute::Opaque(alias_text(&alias).into()))
}

/// `#stablehlo.bounds<3, ?>`.
pub(super) fn bounds(cursor: &mut Cursor<'_>) -> Read<Attribute> {
    let bounds = cursor.signed_list()?;
    let texts: Vec<String> = bounds
        .into_iter()
        .map(|bound| {
            usize::try_from(bound).ok().filter(|&b| b != DYNAMIC).map_or("?".into(), |b| b.to_string())
        })
        .collect();
    Ok(Attribute::Opaque(format!("#stablehlo.bounds<{}>", texts.join(", ")).into()))
}

/// How exact a result has to be, as text prints it: what is zero is left out.
pub(super) fn result_accuracy<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Attribute> {
    let (absolute, relative) = (double(cursor)?, double(cursor)?);
    let ulps = cursor.signed()?;
    let at = cursor.at;
    let Attribute::Opaque(mode) = pool.attribute(cursor)? else {
        return Err(cursor
            .fault(at, "the mode of an accuracy is none; expected `#stablehlo.result_accuracy_mode<…>`"));
    };
    let mut fields = Vec::new();
    for (name, value) in [("atol", absolute), ("rtol", relative)] {
        if value != 0.0 {
            let text = crate::text::float_text(crate::ElementType::F64, value);
            fields.push(format!("{name} = {}", text.as_deref().unwrap_or("0x7FF0000000000000")));
        }
    }
    if ulps != 0 {
        fields.push(format!("ulps = {ulps}"));
    }
    fields.push(format!("mode = {mode}"));
    Ok(Attribute::Opaque(format!("#stablehlo.result_accuracy<{}>", fields.join(", ")).into()))
}

pub(super) fn ty<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Known> {
    let at = cursor.at;
    let kind = cursor.varint()?;
    if let Some((_, name, _)) = NUMBERS.iter().find(|(code, ..)| *code == kind) {
        return Ok(number(name));
    }
    Ok(match kind {
        type_code::COMPLEX => {
            let part = pool.ty(cursor)?;
            number(&format!("complex<{part}>"))
        }
        type_code::FUNCTION => Known::Function(pool.types(cursor)?, pool.types(cursor)?),
        type_code::TENSOR => {
            let dims = cursor.signed_list()?;
            let element = pool.known(cursor)?;
            tensor_type(cursor, &dims, element, None)?
        }
        type_code::TENSOR_WITH_ENCODING => {
            let encoding = pool.attribute(cursor)?;
            let dims = cursor.signed_list()?;
            let element = pool.known(cursor)?;
            tensor_type(cursor, &dims, element, Some(encoding))?
        }
        type_code::TOKEN => Known::Type(Type::Token),
        type_code::TUPLE => Known::Type(Type::Tuple(pool.types(cursor)?)),
        type_code::QUANTIZED => quant::uniform(pool, cursor)?,
        type_code::QUANTIZED_PER_AXIS => quant::per_axis(pool, cursor)?,
        type_code::BUFFER => {
            let dims = cursor.signed_list()?;
            let element = pool.known(cursor)?;
            match tensor_type(cursor, &dims, element, None)? {
                Known::Type(ty) => {
                    let text = ty.to_string().replacen("tensor", "memref", 1);
                    Known::Type(Type::Other(text.into()))
                }
                other => other,
            }
        }
        type_code::FUTURE => {
            let types: Vec<String> = pool.types(cursor)?.iter().map(ToString::to_string).collect();
            number(&format!("!stablehlo.future<{}>", types.join(", ")))
        }
        type_code::UNRANKED_TENSOR => {
            return Err(cursor.fault(at, "a tensor type has no rank; expected one that has"));
        }
        other => {
            let message = format!("VHLO has no type {other} that is known; expected one up to 42");
            return Err(cursor.fault(at, message));
        }
    })
}
