//! Operations on scalars.

use runahead_ir::{Binary, ComparisonDirection, ComparisonType, OpKind, Unary};

/// An elementwise operation of StableHLO, on one element of each operand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// An operation of one operand.
    Unary(Unary),
    /// An operation of two.
    Binary(Binary),
    /// A comparison of two.
    Compare {
        /// Which.
        direction: ComparisonDirection,
        /// By which order; the default one of the operands' type where there is none.
        compare_type: Option<ComparisonType>,
    },
    /// The second where the first is true, the third where not.
    Select,
    /// The second, moved between the first and the third.
    Clamp,
    /// The number that an exponent and a mantissa of so many bits can hold.
    ReducePrecision {
        /// Bits of the exponent.
        exponent_bits: u32,
        /// Bits of the mantissa.
        mantissa_bits: u32,
    },
    /// The same bits as another type of the same size.
    BitcastConvert,
    /// The same.
    Same,
}

impl Operation {
    /// The operation, where it is elementwise.
    pub fn of(kind: &OpKind) -> Option<Operation> {
        Some(match *kind {
            OpKind::Unary(unary) => Operation::Unary(unary),
            OpKind::Binary(binary) => Operation::Binary(binary),
            OpKind::Compare { direction, compare_type } => Operation::Compare { direction, compare_type },
            OpKind::Select => Operation::Select,
            OpKind::Clamp => Operation::Clamp,
            OpKind::ReducePrecision { exponent_bits, mantissa_bits } => {
                Operation::ReducePrecision { exponent_bits, mantissa_bits }
            }
            OpKind::BitcastConvert => Operation::BitcastConvert,
            OpKind::OptimizationBarrier => Operation::Same,
            _ => return None,
        })
    }

    /// The operation as StableHLO's.
    pub fn kind(self) -> OpKind {
        match self {
            Operation::Unary(unary) => OpKind::Unary(unary),
            Operation::Binary(binary) => OpKind::Binary(binary),
            Operation::Compare { direction, compare_type } => OpKind::Compare { direction, compare_type },
            Operation::Select => OpKind::Select,
            Operation::Clamp => OpKind::Clamp,
            Operation::ReducePrecision { exponent_bits, mantissa_bits } => {
                OpKind::ReducePrecision { exponent_bits, mantissa_bits }
            }
            Operation::BitcastConvert => OpKind::BitcastConvert,
            Operation::Same => OpKind::OptimizationBarrier,
        }
    }
}
