//! Attributes, encoded: those of VHLO, and those of the builtin dialect for what stands beside it.

use std::sync::Arc;

use super::super::elements;
use super::super::enums::ENUMERATIONS;
use super::super::vhlo::{code, type_code};
use super::WriteError;
use super::emitter::Emitter;
use super::parse;
use super::pool::{Form, Pool, Written};
use crate::{Attribute, Attributes, ElementType, Literal, TensorType, Type, float};

impl Pool {
    pub(super) fn attribute(&mut self, form: Form, attribute: &Attribute) -> Written<usize> {
        match form {
            Form::Vhlo => self.vhlo_attribute(attribute),
            Form::Builtin => self.builtin_attribute(attribute),
        }
    }

    fn vhlo_attribute(&mut self, attribute: &Attribute) -> Written<usize> {
        let form = Form::Vhlo;
        let mut e = Emitter::default();
        match attribute {
            Attribute::Bool(value) => {
                e.varint(code::BOOLEAN);
                e.varint(u64::from(*value));
            }
            Attribute::Integer(value, ty) => {
                e.varint(code::INTEGER);
                e.size(self.ty(form, ty)?);
                integer(&mut e, *value, ty)?;
            }
            Attribute::Float(value, ty) => {
                e.varint(code::FLOAT);
                e.size(self.ty(form, ty)?);
                float_bits(&mut e, *value, ty)?;
            }
            Attribute::String(text) | Attribute::Symbol(text) => {
                e.varint(code::STRING);
                e.size(self.string(text));
            }
            Attribute::Type(ty) => {
                e.varint(code::TYPE);
                e.size(self.ty(form, ty)?);
            }
            Attribute::FunctionType(operands, results) => {
                e.varint(code::TYPE);
                e.size(self.function_type(form, operands, results)?);
            }
            Attribute::Array(items) => {
                e.varint(code::ARRAY);
                e.indices(&self.attributes_of(form, items)?);
            }
            Attribute::Dictionary(items) => {
                e.varint(code::DICTIONARY);
                self.pairs(form, &mut e, items)?;
            }
            Attribute::DenseIntegers(values, element) => {
                let literal = list(values, *element);
                return self.vhlo_attribute(&Attribute::Dense(literal));
            }
            Attribute::Dense(literal) => {
                e.varint(code::TENSOR);
                e.size(self.tensor(form, literal.ty())?);
                e.blob(&elements::data(literal));
            }
            Attribute::Opaque(text) => return self.opaque(text),
            Attribute::Unit => {
                let message =
                    "an attribute without a value is in no portable artifact; give it one, or leave it out";
                return Err(WriteError::new(message));
            }
        }
        Ok(self.custom_attribute(form, e))
    }

    /// An attribute that is kept as text, in the encoding that VHLO has for it.
    pub(super) fn opaque(&mut self, text: &str) -> Written<usize> {
        let form = Form::Vhlo;
        let mut e = Emitter::default();
        if let Some((kind, number)) = enumerated(text) {
            e.varint(kind);
            e.varint(number);
        } else if let Some(alias) = crate::generic::structs::alias(text) {
            e.varint(code::OUTPUT_OPERAND_ALIAS);
            e.signed_list(alias.output_tuple_indices.into_iter());
            e.signed(alias.operand_index);
            e.signed_list(alias.operand_tuple_indices.into_iter());
        } else if let Some(bounds) = parse::bounds(text) {
            e.varint(code::TYPE_EXTENSIONS);
            e.signed_list(bounds.into_iter());
        } else if let Some(accuracy) = parse::accuracy(text) {
            let mode = self.opaque(&format!("#stablehlo.result_accuracy_mode<{}>", accuracy.mode))?;
            e.varint(code::RESULT_ACCURACY);
            e.bits(accuracy.absolute.to_bits(), 64);
            e.bits(accuracy.relative.to_bits(), 64);
            e.signed(accuracy.ulps);
            e.size(mode);
        } else if let Some(indices) = parse::indices(text) {
            let mut ty = Emitter::default();
            ty.varint(type_code::TENSOR);
            ty.signed_list([indices.len() as i64].into_iter());
            ty.size(self.number(form, "index")?);
            e.varint(code::TENSOR);
            e.size(self.custom_type(form, ty));
            e.blob(&indices.iter().flat_map(|index| index.to_le_bytes()).collect::<Vec<u8>>());
        } else {
            return self.text(text);
        }
        Ok(self.custom_attribute(form, e))
    }

    fn builtin_attribute(&mut self, attribute: &Attribute) -> Written<usize> {
        let form = Form::Builtin;
        let mut e = Emitter::default();
        match attribute {
            Attribute::Array(items) => {
                e.varint(0);
                e.indices(&self.attributes_of(form, items)?);
            }
            Attribute::Dictionary(items) => {
                e.varint(1);
                self.pairs(form, &mut e, items)?;
            }
            Attribute::String(text) => {
                e.varint(2);
                e.size(self.string(text));
            }
            Attribute::Symbol(name) => {
                let mut parts = name.split("::@");
                let first = self.builtin_attribute(&Attribute::String(parts.next().unwrap_or("").into()))?;
                let rest: Vec<Attribute> = parts.map(|part| Attribute::Symbol(part.into())).collect();
                e.varint(if rest.is_empty() { 4 } else { 5 });
                e.size(first);
                if !rest.is_empty() {
                    e.indices(&self.attributes_of(form, &rest)?);
                }
            }
            Attribute::Type(ty) => {
                e.varint(6);
                e.size(self.ty(form, ty)?);
            }
            Attribute::FunctionType(operands, results) => {
                e.varint(6);
                e.size(self.function_type(form, operands, results)?);
            }
            Attribute::Unit => e.varint(7),
            Attribute::Bool(value) => {
                e.varint(8);
                e.size(self.number(form, "i1")?);
                e.byte(u8::from(*value));
            }
            Attribute::Integer(value, ty) => {
                e.varint(8);
                e.size(self.ty(form, ty)?);
                integer(&mut e, *value, ty)?;
            }
            Attribute::Float(value, ty) => {
                e.varint(9);
                e.size(self.ty(form, ty)?);
                float_bits(&mut e, *value, ty)?;
            }
            Attribute::DenseIntegers(values, element) => {
                let bytes: Vec<u8> =
                    values.iter().flat_map(|v| v.to_le_bytes().into_iter().take(element.size())).collect();
                e.varint(17);
                e.size(self.number(form, element.name())?);
                e.size(values.len());
                e.blob(&bytes);
            }
            Attribute::Dense(literal) => {
                e.varint(18);
                e.size(self.tensor(form, literal.ty())?);
                e.blob(&elements::data(literal));
            }
            Attribute::Opaque(text) => return self.text(text),
        }
        Ok(self.custom_attribute(form, e))
    }

    fn attributes_of(&mut self, form: Form, items: &[Attribute]) -> Written<Vec<usize>> {
        items.iter().map(|item| self.attribute(form, item)).collect()
    }

    /// Names and values, sorted by name.
    fn pairs(&mut self, form: Form, e: &mut Emitter, items: &Attributes) -> Written<()> {
        let mut items: Vec<_> = items.0.iter().collect();
        items.sort_by_key(|(name, _)| name);
        e.size(items.len());
        for (name, value) in items {
            e.size(self.attribute(form, &Attribute::String(Arc::clone(name)))?);
            e.size(self.attribute(form, value)?);
        }
        Ok(())
    }

    /// The dictionary of an operation: its own encoding, with values of a dialect.
    pub(super) fn op_dictionary(&mut self, form: Form, items: &Attributes) -> Written<usize> {
        let mut items: Vec<_> = items.0.iter().collect();
        items.sort_by_key(|(name, _)| name);
        let mut e = Emitter::default();
        e.varint(1);
        e.size(items.len());
        for (name, value) in items {
            e.size(self.builtin_attribute(&Attribute::String(Arc::clone(name)))?);
            e.size(self.attribute(form, value)?);
        }
        Ok(self.custom_attribute(Form::Builtin, e))
    }
}

/// A list of integers as a literal, which keeps one of them where all are equal.
pub(super) fn list(values: &[i64], element: ElementType) -> Literal {
    let ty = TensorType::new(element, [values.len()]);
    let bytes: Vec<u8> =
        values.iter().flat_map(|v| v.to_le_bytes().into_iter().take(element.size())).collect();
    let same = values.len() > 1 && values.iter().all(|v| *v == values[0]);
    let literal = match same {
        true => Literal::splat(ty, &bytes[..element.size()]),
        false => Literal::new(ty, bytes),
    };
    literal.unwrap_or_else(|error| unreachable!("a list has as many elements as its type: {error}"))
}

/// The kind and the number of a value of an enumeration.
fn enumerated(text: &str) -> Option<(u64, u64)> {
    let inner = text.strip_prefix("#stablehlo")?.strip_suffix('>')?;
    let (word, name) = match inner.strip_prefix('.') {
        Some(inner) => inner.split_once('<')?,
        None => inner.strip_prefix('<')?.split_once(' ')?,
    };
    let enumeration = ENUMERATIONS.iter().find(|e| e.word == word)?;
    let (number, _) = enumeration.values.iter().find(|(_, known)| *known == name)?;
    Some((enumeration.vhlo, *number))
}

fn integer(e: &mut Emitter, value: i128, ty: &Type) -> Written<()> {
    let width = match ty {
        Type::Other(name) if &**name == "index" => Some(64),
        Type::Other(name) => name.trim_start_matches(['s', 'u', 'i']).parse::<usize>().ok(),
        _ => None,
    };
    match width.filter(|width| (1..=64).contains(width)) {
        Some(width) => {
            e.bits(value as u64 & (u64::MAX >> (64 - width)), width);
            Ok(())
        }
        None => Err(WriteError::new(format!(
            "the integer {value} is of type {ty}; expected one of at most 64 bits"
        ))),
    }
}

fn float_bits(e: &mut Emitter, value: f64, ty: &Type) -> Written<()> {
    let element = match ty {
        Type::Other(name) => ElementType::from_name(name).filter(|element| element.is_float()),
        _ => None,
    };
    match element {
        Some(element) => {
            e.bits(float::encode(element, value), element.bits());
            Ok(())
        }
        None => Err(WriteError::new(format!("the float {value} is of type {ty}; expected one such as f32"))),
    }
}
