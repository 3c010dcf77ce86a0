//! Literals from and to slices of Rust's own types.

use half::{bf16, f16};
use num_complex::Complex;

use crate::{ElementType, Literal, LiteralError, TensorType};

/// A Rust type that tensors hold in memory as it is.
pub trait Native: bytemuck::Pod + Send + Sync {
    /// The element type that this stands for.
    const TYPE: ElementType;
}

macro_rules! native {
    ($($rust:ty => $element:ident,)*) => {
        $(impl Native for $rust {
            const TYPE: ElementType = ElementType::$element;
        })*
    };
}

native! {
    i8 => I8,
    i16 => I16,
    i32 => I32,
    i64 => I64,
    u8 => U8,
    u16 => U16,
    u32 => U32,
    u64 => U64,
    bf16 => BF16,
    f16 => F16,
    f32 => F32,
    f64 => F64,
    Complex<f32> => C64,
    Complex<f64> => C128,
}

impl Literal {
    /// A literal of these elements, row-major, of that shape.
    ///
    /// ```
    /// use runahead_ir::Literal;
    /// let x = Literal::from_elements([2, 3], &[1i32, 2, 3, 4, 5, 6])?;
    /// assert_eq!(x.ty().to_string(), "tensor<2x3xi32>");
    /// # Ok::<(), runahead_ir::LiteralError>(())
    /// ```
    ///
    /// # Errors
    /// Where there are not as many elements as the shape has.
    pub fn from_elements<T: Native>(
        dims: impl IntoIterator<Item = usize>,
        elements: &[T],
    ) -> Result<Literal, LiteralError> {
        Literal::new(TensorType::new(T::TYPE, dims), bytemuck::cast_slice::<T, u8>(elements))
    }

    /// The elements, row-major; `None` where they are of another type.
    ///
    /// ```
    /// use runahead_ir::Literal;
    /// let x = Literal::from_elements([2], &[1.5f32, 2.5])?;
    /// assert_eq!(x.to_elements::<f32>(), Some(vec![1.5, 2.5]));
    /// assert_eq!(x.to_elements::<f64>(), None);
    /// # Ok::<(), runahead_ir::LiteralError>(())
    /// ```
    pub fn to_elements<T: Native>(&self) -> Option<Vec<T>> {
        if self.ty().element != T::TYPE || self.ty().quantization.is_some() {
            return None;
        }
        let bytes = self.to_dense();
        Some(bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned).collect())
    }
}
