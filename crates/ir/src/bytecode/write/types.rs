//! Types, encoded: those of VHLO, and those of the builtin dialect for what stands beside it.

use super::super::vhlo::{NUMBERS, type_code};
use super::WriteError;
use super::emitter::Emitter;
use super::pool::{Form, Pool, Written};
use crate::{DYNAMIC, ElementType, Quantization, TensorType, Type};

impl Pool {
    pub(super) fn types(&mut self, form: Form, types: &[Type]) -> Written<Vec<usize>> {
        types.iter().map(|ty| self.ty(form, ty)).collect()
    }

    pub(super) fn ty(&mut self, form: Form, ty: &Type) -> Written<usize> {
        let mut e = Emitter::default();
        match ty {
            Type::Tensor(tensor) => return self.tensor(form, tensor),
            Type::Tuple(parts) => {
                let parts = self.types(form, parts)?;
                e.varint(if form == Form::Vhlo { type_code::TUPLE } else { 15 });
                e.indices(&parts);
            }
            Type::Token if form == Form::Vhlo => e.varint(type_code::TOKEN),
            Type::Token => {
                e.varint(0);
                return Ok(self.type_of("stablehlo", e));
            }
            Type::Other(name) => return self.number(form, name),
        }
        Ok(self.custom_type(form, e))
    }

    pub(super) fn function_type(
        &mut self,
        form: Form,
        operands: &[Type],
        results: &[Type],
    ) -> Written<usize> {
        let (operands, results) = (self.types(form, operands)?, self.types(form, results)?);
        let mut e = Emitter::default();
        e.varint(if form == Form::Vhlo { type_code::FUNCTION } else { 2 });
        e.indices(&operands);
        e.indices(&results);
        Ok(self.custom_type(form, e))
    }

    pub(super) fn tensor(&mut self, form: Form, tensor: &TensorType) -> Written<usize> {
        let element = match &tensor.quantization {
            Some(q) => self.quantized(form, tensor.element, q)?,
            None => self.number(form, tensor.element.name())?,
        };
        let mut e = Emitter::default();
        match &tensor.encoding {
            Some(encoding) if form == Form::Vhlo => {
                let encoding = self.opaque(encoding)?;
                e.varint(type_code::TENSOR_WITH_ENCODING);
                e.size(encoding);
            }
            Some(encoding) => {
                let encoding = self.text(encoding)?;
                e.varint(14);
                e.size(encoding);
            }
            None => e.varint(if form == Form::Vhlo { type_code::TENSOR } else { 13 }),
        }
        e.signed_list(tensor.dims.iter().map(|&d| if d == DYNAMIC { i64::MIN } else { d as i64 }));
        e.size(element);
        Ok(self.custom_type(form, e))
    }

    fn quantized(&mut self, form: Form, storage: ElementType, q: &Quantization) -> Written<usize> {
        if form == Form::Builtin {
            let message = "a quantized tensor stands beside what artifacts hold; expected one only in \
                           StableHLO's operations";
            return Err(WriteError::new(message));
        }
        let (stored, expressed) =
            (self.number(form, storage.name())?, self.number(form, q.expressed.name())?);
        let mut e = Emitter::default();
        e.varint(if q.axis.is_some() { type_code::QUANTIZED_PER_AXIS } else { type_code::QUANTIZED });
        e.varint(u64::from(storage.is_signed_integer()));
        e.size(stored);
        e.size(expressed);
        match q.axis {
            None => {
                e.bits(q.scales[0].to_bits(), 64);
                e.signed(q.zero_points[0]);
                e.signed(q.storage_min);
                e.signed(q.storage_max);
            }
            Some(axis) => {
                self.need((0, 18), "a tensor that is quantized along an axis")?;
                e.size(axis);
                e.signed(q.storage_min);
                e.signed(q.storage_max);
                e.size(q.scales.len());
                q.scales.iter().for_each(|scale| e.bits(scale.to_bits(), 64));
                e.signed_list(q.zero_points.iter().copied());
            }
        }
        Ok(self.custom_type(form, e))
    }

    /// The type of numbers of a name, or another that has a name.
    pub(super) fn number(&mut self, form: Form, name: &str) -> Written<usize> {
        let mut e = Emitter::default();
        if let Some(part) = name.strip_prefix("complex<").and_then(|rest| rest.strip_suffix('>')) {
            let part = self.number(form, part)?;
            e.varint(if form == Form::Vhlo { type_code::COMPLEX } else { 9 });
            e.size(part);
            return Ok(self.custom_type(form, e));
        }
        let found = match form {
            Form::Vhlo => {
                NUMBERS.iter().find(|(_, known, _)| *known == name).map(|(code, _, since)| (*code, *since))
            }
            Form::Builtin => None,
        };
        match (form, found) {
            (Form::Vhlo, Some((code, since))) => {
                self.need(since, &format!("the type {name}"))?;
                e.varint(code);
            }
            (Form::Builtin, _) if builtin_number(&mut e, name) => {}
            _ => {
                let message = format!(
                    "the type {name} is in no portable artifact; expected a tensor, a token or a tuple"
                );
                return Err(WriteError::new(message));
            }
        }
        Ok(self.custom_type(form, e))
    }
}

/// A number type of the builtin dialect; false where there is none of that name.
fn builtin_number(e: &mut Emitter, name: &str) -> bool {
    let plain = ["index", "", "bf16", "f16", "f32", "f64"].iter().position(|known| *known == name);
    if let Some(place) = plain.filter(|_| !name.is_empty()) {
        e.size(place + 1);
        return true;
    }
    if name == "none" {
        e.varint(12);
        return true;
    }
    if let Some(place) = super::super::builtin::NARROW.iter().position(|known| *known == name) {
        e.size(place + 21);
        return true;
    }
    let (digits, signedness) = match name.strip_prefix("ui") {
        Some(digits) => (digits, 2),
        None => match name.strip_prefix('i') {
            Some(digits) => (digits, 0),
            None => return false,
        },
    };
    let Ok(width) = digits.parse::<u64>() else { return false };
    e.varint(0);
    e.varint(width << 2 | signedness);
    true
}
