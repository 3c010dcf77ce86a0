//! The pretty forms. Each answers whether it could say all that the operation is; if not, nothing is written.

use std::fmt;

use super::attributes::{items, string, symbol};
use super::{Printer, numbers};
use crate::generic::enums::Named;
use crate::generic::kind_to_attributes;
use crate::generic::structs::convolution_text;
use crate::text::forms::{Field, Form, Shape, Types, form_of};
use crate::{Attribute, Attributes, Check, ElementType, Op, OpKind, TensorType, Type, ValueId};

/// Whether a form applied, and what became of writing it.
pub(super) type Printed = Result<bool, fmt::Error>;

const NO: Printed = Ok(false);

impl Printer<'_> {
    pub(super) fn pretty(&mut self, op: &Op) -> Printed {
        match &op.kind {
            OpKind::Reduce { dimensions } => self.reduce(op, dimensions),
            OpKind::While => self.while_loop(op),
            _ if !op.regions.is_empty() => NO,
            OpKind::Constant(value) => self.constant(op, value),
            OpKind::Call { callee } => {
                // Without its dialect, a call stands only in a function's own body.
                self.out.write_str(if self.regions == 1 { "call " } else { "func.call " })?;
                symbol(self.out, callee)?;
                self.called(op, &op.attributes)
            }
            OpKind::CustomCall(call) => {
                self.out.write_str("stablehlo.custom_call ")?;
                symbol(self.out, &call.target)?;
                self.called(op, &self.all_attributes(op, &["call_target_name"]))
            }
            OpKind::Composite { name, .. } => {
                self.out.write_str("stablehlo.composite ")?;
                string(self.out, name)?;
                self.spaced_values(&op.operands)?;
                let rest = self.all_attributes(op, &["name"]);
                self.rest(op, &rest)
            }
            OpKind::Compare { direction, compare_type } => {
                write!(self.out, "stablehlo.compare {}, ", direction.name())?;
                self.values(&op.operands)?;
                if let Some(compare_type) = compare_type {
                    write!(self.out, ", {}", compare_type.name())?;
                }
                self.rest(op, &op.attributes)
            }
            OpKind::Slice { start, limit, strides }
                if start.len() == limit.len() && start.len() == strides.len() && op.operands.len() == 1 =>
            {
                self.out.write_str("stablehlo.slice ")?;
                self.values(&op.operands)?;
                self.out.write_str(" [")?;
                for i in 0..start.len() {
                    self.comma(i)?;
                    write!(self.out, "{}:{}", start[i], limit[i])?;
                    if strides[i] != 1 {
                        write!(self.out, ":{}", strides[i])?;
                    }
                }
                self.out.write_str("]")?;
                self.rest(op, &op.attributes)
            }
            OpKind::ReducePrecision { exponent_bits, mantissa_bits }
                if op.operands.len() == 1 && exponent_bits.max(mantissa_bits) <= &0xFFFF =>
            {
                self.out.write_str("stablehlo.reduce_precision ")?;
                self.values(&op.operands)?;
                write!(self.out, ", format = e{exponent_bits}m{mantissa_bits}")?;
                self.trailing_dictionary(Some(&op.attributes))?;
                self.tail(op, Types::Same)
            }
            OpKind::DotGeneral { .. } => self.dot_general(op),
            OpKind::Convolution(_) => self.convolution(op),
            OpKind::GetTupleElement { index } if op.operands.len() == 1 => {
                self.out.write_str("stablehlo.get_tuple_element ")?;
                self.values(&op.operands)?;
                write!(self.out, "[{index}]")?;
                self.rest(op, &op.attributes)
            }
            OpKind::Tuple => self.tuple(op),
            OpKind::OptimizationBarrier => self.optimization_barrier(op),
            OpKind::TopK { k } if op.operands.len() == 1 => {
                self.out.write_str("chlo.top_k(")?;
                self.values(&op.operands)?;
                write!(self.out, ", k = {k})")?;
                self.trailing_dictionary(Some(&op.attributes))?;
                self.tail(op, Types::Arrow)
            }
            OpKind::Check(check) => self.check(op, check),
            // Of the others, the dialect prints and reads only the quoted form.
            OpKind::Scan { .. } | OpKind::RaggedDot { .. } => NO,
            OpKind::Chlo(name) if !name.starts_with("chlo.broadcast_") => NO,
            OpKind::Chlo(name) if !super::attributes::is_word(name) => NO,
            OpKind::Unknown { .. } => NO,
            kind => match form_of(kind.name()) {
                Some(form) => self.pattern(op, form),
                None => NO,
            },
        }
    }

    /// All attributes of an operation but those that its form says elsewhere.
    fn all_attributes(&self, op: &Op, said: &[&str]) -> Attributes {
        let mut all = kind_to_attributes(&op.kind);
        all.0.retain(|(name, _)| !said.contains(&&**name));
        all.0.extend(op.attributes.0.iter().cloned());
        all
    }

    /// The dictionary and the function type that end most forms.
    fn rest(&mut self, op: &Op, attributes: &Attributes) -> Printed {
        self.trailing_dictionary(Some(attributes))?;
        self.tail(op, Types::Function)
    }

    fn called(&mut self, op: &Op, attributes: &Attributes) -> Printed {
        self.out.write_str("(")?;
        self.values(&op.operands)?;
        self.out.write_str(")")?;
        self.rest(op, attributes)
    }

    fn spaced_values(&mut self, values: &[ValueId]) -> fmt::Result {
        if values.is_empty() {
            return Ok(());
        }
        self.out.write_str(" ")?;
        self.values(values)
    }

    /// The types after the colon, in the short form where the rule's holds and as a function type elsewhere.
    fn tail(&mut self, op: &Op, rule: Types) -> Printed {
        self.out.write_str(" : ")?;
        let (operands, results) = (&op.operands[..], &op.results[..]);
        let all = |ty: Option<&Type>| ty.is_some() && operands.iter().all(|&o| self.try_type(o) == ty);
        let result = match results {
            [result] => self.try_type(*result),
            _ => None,
        };
        match (rule, operands) {
            (Types::Same, _) if all(result) => self.types_of(results)?,
            (Types::Result, _) if all(result.map(part_type).as_ref()) => self.types_of(results)?,
            (Types::Select, &[predicate, a, b]) if [a, b].iter().all(|&v| self.try_type(v) == result) => {
                self.types_of(&[predicate, a])?;
            }
            (Types::Arrow, _) if !operands.is_empty() => {
                self.types_of(operands)?;
                self.out.write_str(" -> ")?;
                self.result_types(results)?;
            }
            _ => self.function_type(operands, results)?,
        }
        Ok(true)
    }

    /// A form of the table.
    fn pattern(&mut self, op: &Op, form: &Form) -> Printed {
        let properties = kind_to_attributes(&op.kind);
        let mut fields = String::new();
        for (i, field) in form.fields.iter().enumerate() {
            if let Some(value) = properties.get(field.attribute) {
                let Some(value) = field_text(field, value) else { return NO };
                let comma = if i == 0 && op.operands.is_empty() { " " } else { ", " };
                fields += &format!("{comma}{} = {value}", field.key);
            }
        }
        self.out.write_str(op.kind.name())?;
        self.spaced_values(&op.operands)?;
        self.out.write_str(&fields)?;
        let said: Vec<&str> = form.fields.iter().map(|f| f.attribute).collect();
        let rest = self.all_attributes(op, &said);
        self.trailing_dictionary(Some(&rest))?;
        self.tail(op, form.types)
    }

    fn constant(&mut self, op: &Op, value: &crate::Literal) -> Printed {
        let fits =
            matches!(&op.results[..], &[r] if self.try_type(r).and_then(Type::as_tensor) == Some(value.ty()));
        if !fits || !op.operands.is_empty() {
            return NO;
        }
        self.out.write_str("stablehlo.constant ")?;
        if !op.attributes.is_empty() {
            items(self.out, op.attributes.0.iter().map(|(name, value)| (&**name, value)))?;
            self.out.write_str(" ")?;
        }
        numbers::literal(self.out, value)?;
        Ok(true)
    }

    fn dot_general(&mut self, op: &Op) -> Printed {
        let OpKind::DotGeneral { dimension_numbers: d, precision, algorithm } = &op.kind else { return NO };
        let algorithm = match algorithm {
            None => "",
            Some(text) => match text.strip_prefix("#stablehlo.dot_algorithm") {
                Some(fields) => fields,
                None => return NO,
            },
        };
        self.out.write_str("stablehlo.dot_general ")?;
        self.values(&op.operands)?;
        for (key, lhs, rhs) in [
            ("batching_dims", &d.lhs_batching, &d.rhs_batching),
            ("contracting_dims", &d.lhs_contracting, &d.rhs_contracting),
        ] {
            if !lhs.is_empty() || !rhs.is_empty() {
                write!(self.out, ", {key} = {lhs:?} x {rhs:?}")?;
            }
        }
        if !precision.is_empty() {
            let names: Vec<&str> = precision.iter().map(|p| p.name()).collect();
            write!(self.out, ", precision = [{}]", names.join(", "))?;
        }
        if !algorithm.is_empty() {
            write!(self.out, ", algorithm = {algorithm}")?;
        }
        self.rest(op, &op.attributes)
    }

    fn convolution(&mut self, op: &Op) -> Printed {
        let OpKind::Convolution(c) = &op.kind else { return NO };
        self.out.write_str("stablehlo.convolution(")?;
        self.values(&op.operands)?;
        write!(self.out, ") dim_numbers = {}, window = {{", convolution_text(c))?;
        let mut window = Vec::new();
        let mut add = |key: &str, default: bool, text: String| {
            if !default {
                window.push(format!("{key} = {text}"));
            }
        };
        let ones = |values: &[usize]| values.iter().all(|&v| v == 1);
        let pairs: Vec<[i64; 2]> = c.padding.iter().map(|&(low, high)| [low, high]).collect();
        add("stride", ones(&c.window_strides), format!("{:?}", c.window_strides));
        add("pad", c.padding.iter().all(|&p| p == (0, 0)), format!("{pairs:?}"));
        add("lhs_dilate", ones(&c.lhs_dilation), format!("{:?}", c.lhs_dilation));
        add("rhs_dilate", ones(&c.rhs_dilation), format!("{:?}", c.rhs_dilation));
        add("reverse", !c.window_reversal.contains(&true), format!("{:?}", c.window_reversal));
        write!(self.out, "{}}}", window.join(", "))?;
        let said = [
            "dimension_numbers",
            "window_strides",
            "padding",
            "lhs_dilation",
            "rhs_dilation",
            "window_reversal",
        ];
        let rest = self.all_attributes(op, &said);
        self.rest(op, &rest)
    }

    fn tuple(&mut self, op: &Op) -> Printed {
        let [result] = op.results[..] else { return NO };
        let Some(Type::Tuple(parts)) = self.try_type(result) else { return NO };
        let types: Vec<_> = op.operands.iter().map(|&o| self.try_type(o)).collect();
        if types != parts.iter().map(Some).collect::<Vec<_>>() {
            return NO;
        }
        self.out.write_str("stablehlo.tuple")?;
        self.spaced_values(&op.operands)?;
        self.trailing_dictionary(Some(&op.attributes))?;
        self.out.write_str(" : ")?;
        self.type_of(result)?;
        Ok(true)
    }

    fn optimization_barrier(&mut self, op: &Op) -> Printed {
        let same = op.operands.len() == op.results.len()
            && op.operands.iter().zip(&op.results).all(|(&o, &r)| self.try_type(o) == self.try_type(r));
        if !same {
            return NO;
        }
        self.out.write_str("stablehlo.optimization_barrier")?;
        if op.operands.is_empty() {
            self.out.write_str("()")?;
            self.trailing_dictionary(Some(&op.attributes))?;
            return Ok(true);
        }
        self.spaced_values(&op.operands)?;
        self.trailing_dictionary(Some(&op.attributes))?;
        self.out.write_str(" : ")?;
        self.types_of(&op.results)?;
        Ok(true)
    }

    fn check(&mut self, op: &Op, check: &Check) -> Printed {
        if !op.attributes.is_empty() || !op.results.is_empty() {
            return NO;
        }
        match (check, &op.operands[..]) {
            (Check::ExpectEqConst(value) | Check::ExpectAlmostEqConst { value, tolerance: None }, &[got])
                if self.try_type(got).and_then(Type::as_tensor) == Some(value.ty()) =>
            {
                write!(self.out, "{} ", check.name())?;
                self.value(got)?;
                self.out.write_str(", ")?;
                numbers::literal(self.out, value)?;
                Ok(true)
            }
            (Check::ExpectEq, &[a, b]) if self.try_type(a) == self.try_type(b) => {
                write!(self.out, "{} ", check.name())?;
                self.values(&[a, b])?;
                self.out.write_str(" : ")?;
                self.type_of(a)?;
                Ok(true)
            }
            (Check::ExpectClose { min_ulp_difference, max_ulp_difference }, &[a, b]) => {
                write!(self.out, "{} ", check.name())?;
                self.values(&[a, b])?;
                for (key, value) in
                    [("min_ulp_difference", min_ulp_difference), ("max_ulp_difference", max_ulp_difference)]
                {
                    if let Some(value) = value {
                        write!(self.out, ", {key} = {value}")?;
                    }
                }
                self.out.write_str(" : ")?;
                self.types_of(&[a, b])?;
                Ok(true)
            }
            _ => NO,
        }
    }
}

/// The type of the operands of an operation of which only the result's type is written.
fn part_type(result: &Type) -> Type {
    match result {
        Type::Tensor(t) if t.element.is_complex() => {
            Type::Tensor(TensorType { element: t.element.real_part(), ..t.clone() })
        }
        other => other.clone(),
    }
}

/// A field's value, or none where the attribute is not of the field's shape.
fn field_text(field: &Field, value: &Attribute) -> Option<String> {
    Some(match (field.shape, value) {
        (Shape::Integers, Attribute::DenseIntegers(values, ElementType::I64)) => format!("{values:?}"),
        (Shape::Integer, Attribute::Integer(value, _)) => value.to_string(),
        (Shape::Bool, Attribute::Bool(value)) => value.to_string(),
        (Shape::String, Attribute::String(text)) => {
            let mut quoted = String::new();
            string(&mut quoted, text).ok()?;
            quoted
        }
        (Shape::Enum(word), Attribute::Opaque(text)) => enum_text(word, text)?.to_string(),
        (Shape::Enums(word), Attribute::Array(values)) => {
            let names: Option<Vec<&str>> = values
                .iter()
                .map(|v| match v {
                    Attribute::Opaque(text) => enum_text(word, text),
                    _ => None,
                })
                .collect();
            format!("[{}]", names?.join(", "))
        }
        _ => return None,
    })
}

/// `NAME` of `#stablehlo<word NAME>`.
fn enum_text<'t>(word: &str, text: &'t str) -> Option<&'t str> {
    text.strip_prefix("#stablehlo<")?.strip_prefix(word)?.strip_prefix(' ')?.strip_suffix('>')
}
