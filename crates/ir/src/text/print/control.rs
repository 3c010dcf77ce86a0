//! The pretty forms that hold regions: `while` and `reduce`.

use super::Printer;
use super::pretty::Printed;
use crate::{Op, OpKind, Region, Type};

impl Printer<'_> {
    pub(super) fn while_loop(&mut self, op: &Op) -> Printed {
        let [condition, body] = &op.regions[..] else { return Ok(false) };
        let count = op.operands.len();
        let types = |values: &[crate::ValueId]| values.iter().map(|&v| self.try_type(v)).collect::<Vec<_>>();
        let operand_types = types(&op.operands);
        let fits = |region: &Region| types(&region.parameters) == operand_types;
        if count == 0 || types(&op.results) != operand_types || !fits(condition) || !fits(body) {
            return Ok(false);
        }
        self.out.write_str("stablehlo.while(")?;
        for (i, &operand) in op.operands.iter().enumerate() {
            self.comma(i)?;
            // Both regions name their parameters alike.
            let number = self.parameters;
            self.name_parameter(condition.parameters[i]);
            self.parameters = number;
            self.name_parameter(body.parameters[i]);
            self.value(body.parameters[i])?;
            self.out.write_str(" = ")?;
            self.value(operand)?;
        }
        self.out.write_str(") : ")?;
        self.types_of(&op.operands)?;
        if !op.attributes.is_empty() {
            self.out.write_str(" attributes")?;
            self.trailing_dictionary(Some(&op.attributes))?;
        }
        self.out.write_str("\n")?;
        self.start_line()?;
        self.out.write_str("cond ")?;
        self.braced_region(condition)?;
        self.out.write_str(" do ")?;
        self.braced_region(body)?;
        Ok(true)
    }

    pub(super) fn reduce(&mut self, op: &Op, dimensions: &[usize]) -> Printed {
        let [region] = &op.regions[..] else { return Ok(false) };
        let count = op.operands.len() / 2;
        if count == 0 || op.operands.len() != 2 * count || region.parameters.len() != 2 * count {
            return Ok(false);
        }
        self.out.write_str("stablehlo.reduce")?;
        for i in 0..count {
            self.comma(i)?;
            self.out.write_str("(")?;
            self.value(op.operands[i])?;
            self.out.write_str(" init: ")?;
            self.value(op.operands[count + i])?;
            self.out.write_str(")")?;
        }
        let applied = self.applied(op, region);
        if let Some(name) = applied {
            write!(self.out, " applies {name}")?;
        }
        write!(self.out, " across dimensions = {dimensions:?}")?;
        self.trailing_dictionary(Some(&op.attributes))?;
        self.out.write_str(" : ")?;
        self.function_type(&op.operands, &op.results)?;
        if applied.is_some() {
            return Ok(true);
        }
        self.out.write_str("\n")?;
        self.start_line()?;
        self.out.write_str(" reducer")?;
        for i in 0..count {
            self.out.write_str("(")?;
            self.parameter(region.parameters[i])?;
            self.out.write_str(", ")?;
            self.parameter(region.parameters[count + i])?;
            self.out.write_str(") ")?;
        }
        self.braced_region(region)?;
        Ok(true)
    }

    /// The operation of two operands that is all a region of one input does, on scalars of the initial value's type.
    fn applied(&self, op: &Op, region: &Region) -> Option<&'static str> {
        let ([a, b], [inner], [returned]) = (&region.parameters[..], &region.ops[..], &region.returns[..])
        else {
            return None;
        };
        let OpKind::Binary(binary) = inner.kind else { return None };
        let scalar = |ty: &Type| ty.as_tensor().map(|t| t.with_dims([]));
        let initial = self.try_type(op.operands[1]).and_then(scalar)?;
        let plain =
            inner.operands[..] == [*a, *b] && inner.results[..] == [*returned] && inner.attributes.is_empty();
        let typed =
            [a, b, returned].iter().all(|&&v| self.try_type(v).and_then(Type::as_tensor) == Some(&initial));
        (plain && typed && op.operands.len() == 2).then(|| binary.name())
    }
}
