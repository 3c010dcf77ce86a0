//! Element types, shapes and the types of values.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use smallvec::SmallVec;

/// The type of one element of a tensor.
///
/// Storage is little-endian and never packed: a boolean and every type narrower than a byte takes one byte.
/// Narrow integers are kept sign- or zero-extended to that byte; narrow floats keep their bits in the low end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)] // The names are the documentation: they are StableHLO's own.
pub enum ElementType {
    Bool,
    I2,
    I4,
    I8,
    I16,
    I32,
    I64,
    U2,
    U4,
    U8,
    U16,
    U32,
    U64,
    F4E2M1FN,
    F6E2M3FN,
    F6E3M2FN,
    F8E3M4,
    F8E4M3,
    F8E4M3FN,
    F8E4M3FNUZ,
    F8E4M3B11FNUZ,
    F8E5M2,
    F8E5M2FNUZ,
    F8E8M0FNU,
    BF16,
    F16,
    F32,
    F64,
    C64,
    C128,
}

impl ElementType {
    /// Every element type, in the order of declaration.
    pub const ALL: [ElementType; 30] = {
        use ElementType::*;
        [
            Bool,
            I2,
            I4,
            I8,
            I16,
            I32,
            I64,
            U2,
            U4,
            U8,
            U16,
            U32,
            U64,
            F4E2M1FN,
            F6E2M3FN,
            F6E3M2FN,
            F8E3M4,
            F8E4M3,
            F8E4M3FN,
            F8E4M3FNUZ,
            F8E4M3B11FNUZ,
            F8E5M2,
            F8E5M2FNUZ,
            F8E8M0FNU,
            BF16,
            F16,
            F32,
            F64,
            C64,
            C128,
        ]
    };

    /// Bytes that one element takes in memory.
    pub const fn size(self) -> usize {
        use ElementType::*;
        match self {
            I16 | U16 | BF16 | F16 => 2,
            I32 | U32 | F32 => 4,
            I64 | U64 | F64 | C64 => 8,
            C128 => 16,
            _ => 1,
        }
    }

    /// Bits that carry the value; less than eight times [`size`](Self::size) for booleans and narrow types.
    pub const fn bits(self) -> usize {
        use ElementType::*;
        match self {
            Bool => 1,
            I2 | U2 => 2,
            I4 | U4 | F4E2M1FN => 4,
            F6E2M3FN | F6E3M2FN => 6,
            _ => self.size() * 8,
        }
    }

    /// Whether this is a signed or unsigned integer (booleans are not).
    pub const fn is_integer(self) -> bool {
        self.is_signed_integer() || self.is_unsigned_integer()
    }

    /// Whether this is a signed integer.
    pub const fn is_signed_integer(self) -> bool {
        use ElementType::*;
        matches!(self, I2 | I4 | I8 | I16 | I32 | I64)
    }

    /// Whether this is an unsigned integer (booleans are not).
    pub const fn is_unsigned_integer(self) -> bool {
        use ElementType::*;
        matches!(self, U2 | U4 | U8 | U16 | U32 | U64)
    }

    /// Whether this is a real floating-point type.
    pub const fn is_float(self) -> bool {
        !matches!(self, ElementType::Bool) && !self.is_integer() && !self.is_complex()
    }

    /// Whether this is a complex type.
    pub const fn is_complex(self) -> bool {
        matches!(self, ElementType::C64 | ElementType::C128)
    }

    /// The type of the real and the imaginary part of a complex type; any other type itself.
    pub const fn real_part(self) -> ElementType {
        match self {
            ElementType::C64 => ElementType::F32,
            ElementType::C128 => ElementType::F64,
            other => other,
        }
    }

    /// The complex type whose parts have this type, for `f32` and `f64`.
    pub const fn to_complex(self) -> Option<ElementType> {
        match self {
            ElementType::F32 => Some(ElementType::C64),
            ElementType::F64 => Some(ElementType::C128),
            _ => None,
        }
    }

    /// StableHLO's spelling of the type, as in `tensor<4xui32>`.
    pub const fn name(self) -> &'static str {
        use ElementType::*;
        match self {
            Bool => "i1",
            I2 => "i2",
            I4 => "i4",
            I8 => "i8",
            I16 => "i16",
            I32 => "i32",
            I64 => "i64",
            U2 => "ui2",
            U4 => "ui4",
            U8 => "ui8",
            U16 => "ui16",
            U32 => "ui32",
            U64 => "ui64",
            F4E2M1FN => "f4E2M1FN",
            F6E2M3FN => "f6E2M3FN",
            F6E3M2FN => "f6E3M2FN",
            F8E3M4 => "f8E3M4",
            F8E4M3 => "f8E4M3",
            F8E4M3FN => "f8E4M3FN",
            F8E4M3FNUZ => "f8E4M3FNUZ",
            F8E4M3B11FNUZ => "f8E4M3B11FNUZ",
            F8E5M2 => "f8E5M2",
            F8E5M2FNUZ => "f8E5M2FNUZ",
            F8E8M0FNU => "f8E8M0FNU",
            BF16 => "bf16",
            F16 => "f16",
            F32 => "f32",
            F64 => "f64",
            C64 => "complex<f32>",
            C128 => "complex<f64>",
        }
    }

    /// The type that StableHLO spells so, if any.
    pub fn from_name(name: &str) -> Option<ElementType> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }
}

impl fmt::Display for ElementType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The sizes of a tensor's axes, outermost first.
pub type Dims = SmallVec<[usize; 6]>;

/// The most axes that a tensor of a program may have.
pub const MAX_RANK: usize = 256;

/// The size of an axis that is not known when the program is written, printed as `?`.
pub const DYNAMIC: usize = usize::MAX;

/// A tensor's element type, shape and, where it is quantized, how.
#[derive(Debug)]
pub struct TensorType {
    /// The type of the elements as they are stored (of a quantized tensor: the storage type).
    pub element: ElementType,
    /// The sizes of the axes; [`DYNAMIC`] where a size is unknown.
    pub dims: Dims,
    /// How stored integers stand for real numbers, for a quantized tensor.
    pub quantization: Option<Arc<Quantization>>,
    /// An encoding attribute kept as it was written, such as `#stablehlo.bounds<3, ?>`.
    pub encoding: Option<Arc<str>>,
}

// Types are copied, compared and hashed with each execution. What is derived would copy the sizes one by one, and compare
// and hash them as bytes, which for the few there are takes longer than one by one.

impl Clone for TensorType {
    #[inline]
    fn clone(&self) -> TensorType {
        TensorType {
            element: self.element,
            dims: Dims::from_slice(&self.dims),
            quantization: self.quantization.clone(),
            encoding: self.encoding.clone(),
        }
    }
}

impl PartialEq for TensorType {
    #[inline]
    fn eq(&self, other: &TensorType) -> bool {
        self.element == other.element
            && self.dims.len() == other.dims.len()
            && self.dims.iter().zip(&other.dims).all(|(one, other)| one == other)
            && self.quantization == other.quantization
            && self.encoding == other.encoding
    }
}

impl Eq for TensorType {}

impl Hash for TensorType {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.element as usize | self.dims.len() << 8);
        self.dims.iter().for_each(|&size| state.write_usize(size));
        // Few types have these, and what is not there need not be told from what is.
        self.quantization.iter().for_each(|quantization| quantization.hash(state));
        self.encoding.iter().for_each(|encoding| encoding.hash(state));
    }
}

impl TensorType {
    /// A tensor type without quantization or encoding.
    ///
    /// ```
    /// use runahead_ir::{ElementType, TensorType};
    /// let t = TensorType::new(ElementType::F32, [2, 3]);
    /// assert_eq!(t.to_string(), "tensor<2x3xf32>");
    /// assert_eq!(t.byte_count(), Some(24));
    /// ```
    pub fn new(element: ElementType, dims: impl IntoIterator<Item = usize>) -> TensorType {
        TensorType { element, dims: dims.into_iter().collect(), quantization: None, encoding: None }
    }

    /// A rank-0 tensor type.
    pub fn scalar(element: ElementType) -> TensorType {
        TensorType::new(element, [])
    }

    /// This type with another shape.
    pub fn with_dims(&self, dims: impl IntoIterator<Item = usize>) -> TensorType {
        TensorType { dims: dims.into_iter().collect(), ..self.clone() }
    }

    /// The number of axes.
    pub fn rank(&self) -> usize {
        self.dims.len()
    }

    /// Whether every size is known.
    pub fn is_static(&self) -> bool {
        self.dims.iter().all(|&d| d != DYNAMIC)
    }

    /// The number of elements, or `None` where a size is unknown or the bytes of the whole do not fit in an `isize`.
    pub fn element_count(&self) -> Option<usize> {
        self.byte_count().map(|bytes| bytes / self.element.size())
    }

    /// Bytes of a dense tensor of this type, or `None` where a size is unknown or the count overflows an `isize`, also
    /// where it would but for a size of 0: so no product of some of the sizes overflows.
    pub fn byte_count(&self) -> Option<usize> {
        if !self.is_static() {
            return None;
        }
        let bytes = self.dims.iter().try_fold(self.element.size(), |n, &d| n.checked_mul(d.max(1)))?;
        let empty = self.dims.contains(&0);
        (bytes <= isize::MAX as usize).then_some(if empty { 0 } else { bytes })
    }
}

impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tensor<")?;
        for &d in &self.dims {
            match d {
                DYNAMIC => f.write_str("?x")?,
                d => write!(f, "{d}x")?,
            }
        }
        match &self.quantization {
            Some(q) => write!(f, "{}", q.display(self.element))?,
            None => write!(f, "{}", self.element)?,
        }
        if let Some(encoding) = &self.encoding {
            write!(f, ", {encoding}")?;
        }
        f.write_str(">")
    }
}

/// How the integers of a quantized tensor stand for real numbers: `(stored - zero_point) * scale`.
///
/// Two are equal when their scales are, bit for bit.
#[derive(Clone, Debug)]
pub struct Quantization {
    /// The type of the numbers that are stood for.
    pub expressed: ElementType,
    /// The smallest stored value; the storage type's own unless narrowed.
    pub storage_min: i64,
    /// The largest stored value; the storage type's own unless narrowed.
    pub storage_max: i64,
    /// The axis along which scales differ; `None` for one scale for the whole tensor.
    pub axis: Option<usize>,
    /// One scale, or one for each index along [`axis`](Self::axis).
    pub scales: Vec<f64>,
    /// As many zero points as scales.
    pub zero_points: Vec<i64>,
}

impl PartialEq for Quantization {
    fn eq(&self, other: &Quantization) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Quantization {}

impl Hash for Quantization {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Quantization {
    /// All of it, in a form that can be compared and hashed.
    fn key(&self) -> impl Eq + Hash + '_ {
        let Quantization { expressed, storage_min, storage_max, axis, scales, zero_points } = self;
        let scales: SmallVec<[u64; 1]> = scales.iter().map(|scale| scale.to_bits()).collect();
        (*expressed, *storage_min, *storage_max, *axis, scales, zero_points)
    }

    /// The range of the values that a storage type can hold, `None` for a type that cannot store quantized values.
    pub fn storage_range(storage: ElementType) -> Option<(i64, i64)> {
        let bits = storage.bits();
        if bits > 32 {
            return None;
        }
        if storage.is_signed_integer() {
            Some((-(1 << (bits - 1)), (1 << (bits - 1)) - 1))
        } else if storage.is_unsigned_integer() {
            Some((0, (1 << bits) - 1))
        } else {
            None
        }
    }

    pub(crate) fn display(&self, storage: ElementType) -> impl fmt::Display + '_ {
        struct Shown<'a>(&'a Quantization, ElementType);
        impl fmt::Display for Shown<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let Shown(q, storage) = self;
                // The quant dialect spells unsigned storage `u8` where tensors spell it `ui8`.
                write!(f, "!quant.uniform<{}", storage.name().replace("ui", "u"))?;
                if Quantization::storage_range(*storage) != Some((q.storage_min, q.storage_max)) {
                    write!(f, "<{}:{}>", q.storage_min, q.storage_max)?;
                }
                write!(f, ":{}", q.expressed)?;
                let one = |f: &mut fmt::Formatter<'_>, i: usize| {
                    // Every finite number has a text; a scale that is none is wrong and shows.
                    let text = crate::text::float_text(ElementType::F64, q.scales[i]);
                    f.write_str(text.as_deref().unwrap_or("0x7FF0000000000000"))?;
                    if q.zero_points[i] != 0 { write!(f, ":{}", q.zero_points[i]) } else { Ok(()) }
                };
                match q.axis {
                    None => {
                        f.write_str(", ")?;
                        one(f, 0)?;
                    }
                    Some(axis) => {
                        write!(f, ":{axis}, {{")?;
                        for i in 0..q.scales.len() {
                            f.write_str(if i == 0 { "" } else { ", " })?;
                            one(f, i)?;
                        }
                        f.write_str("}")?;
                    }
                }
                f.write_str(">")
            }
        }
        Shown(self, storage)
    }
}

/// The type of a value.
#[derive(Clone, PartialEq, Debug)]
pub enum Type {
    /// A tensor.
    Tensor(TensorType),
    /// A token, which orders side effects and holds nothing.
    Token,
    /// A tuple of values.
    Tuple(Vec<Type>),
    /// A type of another dialect, kept as it was written.
    Other(Arc<str>),
}

impl Type {
    /// The tensor type, where this is one.
    pub fn as_tensor(&self) -> Option<&TensorType> {
        match self {
            Type::Tensor(t) => Some(t),
            _ => None,
        }
    }
}

impl From<TensorType> for Type {
    fn from(t: TensorType) -> Type {
        Type::Tensor(t)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Tensor(t) => t.fmt(f),
            Type::Token => f.write_str("!stablehlo.token"),
            Type::Tuple(parts) => {
                f.write_str("tuple<")?;
                for (i, part) in parts.iter().enumerate() {
                    write!(f, "{}{part}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str(">")
            }
            Type::Other(text) => f.write_str(text),
        }
    }
}
