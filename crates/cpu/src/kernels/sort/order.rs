//! Comparators that order elements by a key, as most do.

use runahead_ir::{
    ComparisonDirection, ComparisonType, ElementType, Function, Op, OpKind, Region, ValueId,
    default_comparison_type,
};

use super::keys::has_keys;

/// An order by one of the operands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::kernels) struct Order {
    /// The operand that is compared.
    pub(in crate::kernels) operand: usize,
    pub(in crate::kernels) element: ElementType,
    pub(in crate::kernels) descending: bool,
    /// Floats that count as equal.
    pub(in crate::kernels) equal: Equal,
}

/// Which floats that differ in bits count as equal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::kernels) struct Equal {
    pub(in crate::kernels) zeros: bool,
    pub(in crate::kernels) nans: bool,
}

/// The order that a comparator defines, where it is that of a key.
pub(super) fn order_of(comparator: &Region, function: &Function) -> Option<Order> {
    let reader = Reader { comparator, function };
    let &[returned] = &comparator.returns[..] else { return None };
    let compare = reader.definition(returned)?;
    let OpKind::Compare { direction, compare_type } = compare.kind else { return None };
    let (left, equal) = reader.key(compare.operands[0])?;
    let (right, right_equal) = reader.key(compare.operands[1])?;
    // The parameters are the two elements of the first operand, then those of the second, ….
    if equal != right_equal || left / 2 != right / 2 || left == right {
        return None;
    }
    let less = match direction {
        ComparisonDirection::Lt => true,
        ComparisonDirection::Gt => false,
        _ => return None,
    };
    let element = function.type_of(compare.operands[0]).as_tensor()?.element;
    if !has_keys(element) {
        return None;
    }
    let equal = match compare_type.unwrap_or_else(|| default_comparison_type(element)) {
        ComparisonType::TotalOrder => equal,
        // This is no order where there are NaNs; then any is as good.
        ComparisonType::Float => Equal { zeros: true, nans: true },
        ComparisonType::Signed | ComparisonType::Unsigned => Equal::default(),
    };
    Some(Order { operand: left / 2, element, descending: less != (left < right), equal })
}

struct Reader<'a> {
    comparator: &'a Region,
    function: &'a Function,
}

impl Reader<'_> {
    fn definition(&self, value: ValueId) -> Option<&Op> {
        self.comparator.ops.iter().find(|op| op.results.contains(&value))
    }

    /// The parameter that a value is, but for floats that are made equal.
    fn key(&self, value: ValueId) -> Option<(usize, Equal)> {
        if let Some(parameter) = self.comparator.parameters.iter().position(|&p| p == value) {
            return Some((parameter, Equal::default()));
        }
        let select = self.definition(value)?;
        let (OpKind::Select, &[condition, constant, other]) = (&select.kind, &select.operands[..]) else {
            return None;
        };
        let (parameter, equal) = self.key(other)?;
        let tested = self.comparator.parameters[parameter];
        let condition = self.definition(condition)?;
        let OpKind::Compare { direction, compare_type } = condition.kind else { return None };
        if !matches!(compare_type, None | Some(ComparisonType::Float)) || condition.operands[0] != tested {
            return None;
        }
        match (direction, self.constant(constant)?) {
            (ComparisonDirection::Eq, Constant::Zero)
                if self.constant(condition.operands[1]) == Some(Constant::Zero) =>
            {
                Some((parameter, Equal { zeros: true, ..equal }))
            }
            (ComparisonDirection::Ne, Constant::Nan) if condition.operands[1] == tested => {
                Some((parameter, Equal { nans: true, ..equal }))
            }
            _ => None,
        }
    }

    fn constant(&self, value: ValueId) -> Option<Constant> {
        let OpKind::Constant(literal) = &self.definition(value)?.kind else { return None };
        let bytes = literal.as_splat()?;
        // The bits from the top: 0 for the sign, then the exponent and the fraction.
        let bits = bytes.iter().rev().fold(0u64, |bits, &byte| bits << 8 | u64::from(byte));
        let infinity: u64 = match self.function.type_of(value).as_tensor()?.element {
            ElementType::F16 => 0x7C00,
            ElementType::BF16 => 0x7F80,
            ElementType::F32 => 0x7F80_0000,
            ElementType::F64 => 0x7FF0_0000_0000_0000,
            _ => return None,
        };
        let sign = 1u64 << (8 * bytes.len() - 1);
        match bits {
            0 => Some(Constant::Zero),
            bits if bits > infinity && bits < sign => Some(Constant::Nan),
            _ => None,
        }
    }
}

#[derive(PartialEq)]
enum Constant {
    Zero,
    Nan,
}
