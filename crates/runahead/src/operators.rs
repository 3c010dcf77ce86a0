//! `+ - * / %` and unary `-` on tensors in any mode. They give results, as all operations do: `(&a + &b)? * 2.0`.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use crate::{AsyncTensor, Lazy, Operand, Output, Result, Tensor, ops};

macro_rules! operators {
    ($($tensor:ident),*) => {
        $(operators!(@of $tensor, $tensor);
        operators!(@of &$tensor, $tensor);)*
    };
    (@of $operand:ty, $tensor:ident) => {
        operators!(@binary $operand, $tensor: Add add add, Sub sub subtract, Mul mul multiply, Div div divide,
            Rem rem remainder);
        impl Neg for $operand {
            type Output = Result<Output<$tensor>>;
            fn neg(self) -> Self::Output {
                ops::negate(self)
            }
        }
    };
    (@binary $operand:ty, $tensor:ident: $($Trait:ident $method:ident $op:ident),*) => {
        $(impl<B: Operand> $Trait<B> for $operand {
            type Output = Result<Output<($tensor, B)>>;
            fn $method(self, other: B) -> Self::Output {
                ops::$op(self, other)
            }
        }

        impl $Trait<$operand> for f64 {
            type Output = Result<Output<(f64, $tensor)>>;
            fn $method(self, other: $operand) -> Self::Output {
                ops::$op(self, other)
            }
        })*
    };
}

operators!(Tensor, AsyncTensor, Lazy);
