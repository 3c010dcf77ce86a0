//! Attributes and types of MLIR's builtin dialect.

use super::cursor::Cursor;
use super::elements;
use super::error::Read;
use super::pool::{Known, Pool, number, tensor_type};
use crate::{Attribute, ElementType, Type, float};

/// Numbers of the attributes that are locations, which `place` reads.
pub(super) mod location {
    pub(in crate::bytecode) const CALL_SITE: u64 = 10;
    pub(in crate::bytecode) const FILE_LINE_COLUMN: u64 = 11;
    pub(in crate::bytecode) const FUSED: u64 = 12;
    pub(in crate::bytecode) const FUSED_WITH_METADATA: u64 = 13;
    pub(in crate::bytecode) const NAME: u64 = 14;
    pub(in crate::bytecode) const UNKNOWN: u64 = 15;
    pub(in crate::bytecode) const FILE_RANGE: u64 = 22;
}

pub(super) fn attribute<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Attribute> {
    let at = cursor.at;
    Ok(match cursor.varint()? {
        0 => Attribute::Array(pool.attributes(cursor)?),
        1 => Attribute::Dictionary(pool.dictionary(cursor)?),
        2 => Attribute::String(pool.strings.next(cursor)?),
        3 => {
            let text = pool.strings.next(cursor)?;
            pool.known(cursor)?;
            Attribute::String(text)
        }
        4 => Attribute::Symbol(pool.string_attribute(cursor)?),
        5 => {
            let mut name = pool.string_attribute(cursor)?.to_string();
            for part in pool.attributes(cursor)? {
                let Attribute::Symbol(part) = part else {
                    return Err(cursor.fault(at, "a part of a symbol is none; expected a symbol"));
                };
                name = name + "::@" + &part;
            }
            Attribute::Symbol(name.into())
        }
        6 => match pool.known(cursor)? {
            Known::Function(operands, results) => Attribute::FunctionType(operands, results),
            Known::Type(ty) => Attribute::Type(ty),
            Known::Quantized(storage, q) => {
                Attribute::Type(Type::Other(q.display(storage).to_string().into()))
            }
        },
        7 => Attribute::Unit,
        8 => {
            let ty = pool.ty(cursor)?;
            integer(cursor, ty)?
        }
        9 => {
            let ty = pool.ty(cursor)?;
            float(cursor, ty)?
        }
        location::CALL_SITE..=location::UNKNOWN | location::FILE_RANGE => {
            // Locations among attributes say nothing that is computed with.
            cursor.at += cursor.remaining();
            Attribute::Opaque("loc(unknown)".into())
        }
        16 => {
            let ty = pool.tensor(cursor)?;
            // The elements of resources are never packed.
            let data = pool.resource(cursor)?;
            let literal = match ty.element {
                ElementType::Bool => {
                    let bytes: Vec<u8> = data.iter().map(|&b| u8::from(b != 0)).collect();
                    crate::Literal::new(ty, bytes).map_err(|error| error.to_string())
                }
                _ => elements::literal(ty, data),
            };
            Attribute::Dense(literal.map_err(|message| cursor.fault(at, message))?)
        }
        17 => {
            let element = pool.ty(cursor)?;
            let size = cursor.varint()?;
            let data = cursor.blob()?;
            dense_array(cursor, at, &element, size, data)?
        }
        18 => dense(pool, cursor)?,
        19 => return Err(cursor.fault(at, "dense elements are strings; expected numbers")),
        20 => return Err(cursor.fault(at, "a literal is sparse; expected a dense one")),
        21 => {
            pool.attribute(cursor)?;
            Attribute::Opaque("distinct[0]<>".into())
        }
        code => {
            let message =
                format!("the builtin dialect has no attribute {code} that is known; expected one up to 22");
            return Err(cursor.fault(at, message));
        }
    })
}

/// A type and the elements of a tensor of it; as text where nothing computes with them.
pub(super) fn dense<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Attribute> {
    let at = cursor.at;
    let known = pool.known(cursor)?;
    let data = cursor.blob()?;
    let dense = match known {
        Known::Type(Type::Tensor(ty)) => elements::literal(ty, data).map(Attribute::Dense),
        Known::Type(Type::Other(ty)) => elements::indices(&ty, data).map(Attribute::Opaque),
        _ => Err("this is not the type of a tensor; expected that".into()),
    };
    dense.map_err(|message| cursor.fault(at, message))
}

/// The integer of a type that is next; a boolean where it has one bit.
pub(super) fn integer(cursor: &mut Cursor<'_>, ty: Type) -> Read<Attribute> {
    let at = cursor.at;
    let width = match &ty {
        Type::Other(name) if &**name == "index" => Some((64, true)),
        Type::Other(name) => integer_width(name),
        _ => None,
    };
    let Some((width, signed)) = width else {
        return Err(cursor.fault(at, format!("{ty} is no type of an integer; expected one such as i64")));
    };
    let bits = cursor.bits(width)?;
    if width == 1 && matches!(&ty, Type::Other(name) if &**name == "i1") {
        return Ok(Attribute::Bool(bits != 0));
    }
    let unused = 128 - width;
    let value =
        if signed { (bits << unused) as i128 >> unused } else { i128::try_from(bits).unwrap_or(i128::MAX) };
    Ok(Attribute::Integer(value, ty))
}

/// The bits of an integer type of that name, and whether its values have a sign.
fn integer_width(name: &str) -> Option<(usize, bool)> {
    let (digits, signed) = match name.strip_prefix("ui") {
        Some(digits) => (digits, false),
        None => (name.strip_prefix("si").or(name.strip_prefix('i'))?, true),
    };
    let width: usize = digits.parse().ok()?;
    (1..=128).contains(&width).then_some((width, signed))
}

/// The float of a type that is next.
pub(super) fn float(cursor: &mut Cursor<'_>, ty: Type) -> Read<Attribute> {
    let at = cursor.at;
    let element = match &ty {
        Type::Other(name) => ElementType::from_name(name).filter(|t| t.is_float()),
        _ => None,
    };
    let Some(element) = element else {
        return Err(
            cursor.fault(at, format!("{ty} is no type of a float that is known; expected one such as f32"))
        );
    };
    let bits = cursor.bits(element.bits())? as u64;
    Ok(Attribute::Float(float::decode(element, bits), ty))
}

/// `array<i64: …>`; one of floats is kept as text.
fn dense_array(cursor: &Cursor<'_>, at: usize, element: &Type, size: u64, data: &[u8]) -> Read<Attribute> {
    let number = match element {
        Type::Other(name) => ElementType::from_name(name),
        _ => None,
    };
    let Some(number) =
        number.filter(|t| !t.is_complex() && data.len() as u64 == size.saturating_mul(t.size() as u64))
    else {
        let message = format!(
            "{} bytes are given for {size} elements of {element}; expected as many as they take",
            data.len()
        );
        return Err(cursor.fault(at, message));
    };
    let bits = data.chunks_exact(number.size()).map(|bytes| {
        let mut wide = [0; 8];
        wide[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(wide)
    });
    if number.is_float() {
        let texts: Vec<String> = bits
            .map(|bits| {
                let value = float::decode(number, bits);
                let width = number.bits().div_ceil(4);
                crate::text::float_text(number, value).unwrap_or_else(|| format!("0x{bits:0width$X}"))
            })
            .collect();
        return Ok(Attribute::Opaque(format!("array<{element}: {}>", texts.join(", ")).into()));
    }
    let unused = 64 - 8 * number.size() as u32;
    let values = bits.map(|bits| match number {
        ElementType::Bool => i64::from(bits != 0),
        _ => (bits as i64) << unused >> unused,
    });
    Ok(Attribute::DenseIntegers(values.collect(), number))
}

/// The float types that came after the others, in the order of their numbers.
pub(super) const NARROW: [&str; 12] = [
    "tf32",
    "f8E5M2",
    "f8E4M3",
    "f8E4M3FN",
    "f8E5M2FNUZ",
    "f8E4M3FNUZ",
    "f8E4M3B11FNUZ",
    "f8E3M4",
    "f4E2M1FN",
    "f6E2M3FN",
    "f6E3M2FN",
    "f8E8M0FNU",
];

pub(super) fn ty<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Known> {
    let at = cursor.at;
    Ok(match cursor.varint()? {
        0 => {
            let coded = cursor.varint()?;
            let prefix = match coded & 3 {
                1 => "si",
                2 => "ui",
                _ => "i",
            };
            number(&format!("{prefix}{}", coded >> 2))
        }
        1 => number("index"),
        2 => Known::Function(pool.types(cursor)?, pool.types(cursor)?),
        3 => number("bf16"),
        4 => number("f16"),
        5 => number("f32"),
        6 => number("f64"),
        7 => number("f80"),
        8 => number("f128"),
        9 => {
            let part = pool.ty(cursor)?;
            number(&format!("complex<{part}>"))
        }
        12 => number("none"),
        13 => {
            let dims = cursor.signed_list()?;
            let element = pool.known(cursor)?;
            tensor_type(cursor, &dims, element, None)?
        }
        14 => {
            let encoding = pool.attribute(cursor)?;
            let dims = cursor.signed_list()?;
            let element = pool.known(cursor)?;
            tensor_type(cursor, &dims, element, Some(encoding))?
        }
        15 => Known::Type(Type::Tuple(pool.types(cursor)?)),
        18 => return Err(cursor.fault(at, "a tensor type has no rank; expected one that has")),
        code @ 21..=32 => number(NARROW[(code - 21) as usize]),
        code => {
            let message =
                format!("type {code} of the builtin dialect is not read; expected a tensor or a number");
            return Err(cursor.fault(at, message));
        }
    })
}
