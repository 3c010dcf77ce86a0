//! Constant tensors.

use std::sync::Arc;

use crate::TensorType;

/// A dense tensor whose elements are known: a constant of a program, or a host array.
///
/// Bytes are row-major and little-endian, each element [`size`](crate::ElementType::size) bytes long. A *splat*
/// keeps one element that stands for all of them, so that a large constant fill costs nothing.
#[derive(Clone, Debug)]
pub struct Literal {
    ty: TensorType,
    bytes: Arc<[u8]>,
}

/// Why bytes do not make a literal.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LiteralError {
    /// The type's size is unknown or too large for memory.
    #[error("{ty} has no size that fits in memory")]
    NoSize {
        /// The type asked for.
        ty: String,
    },
    /// There are not as many bytes as the type takes.
    #[error("{ty} takes {expected} bytes, but {found} were given")]
    WrongLength {
        /// The type asked for.
        ty: String,
        /// Bytes that the type takes.
        expected: usize,
        /// Bytes that were given.
        found: usize,
    },
}

impl Literal {
    /// A literal of row-major elements.
    ///
    /// ```
    /// use runahead_ir::{ElementType, Literal, TensorType};
    /// let bytes: Vec<u8> = [1.0f32, 2.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    /// let x = Literal::new(TensorType::new(ElementType::F32, [2]), bytes)?;
    /// assert_eq!(x.to_dense()[4..], 2.0f32.to_le_bytes());
    /// # Ok::<(), runahead_ir::LiteralError>(())
    /// ```
    ///
    /// # Errors
    /// Where the number of bytes is not what the type takes, or the type has no size.
    pub fn new(ty: TensorType, bytes: impl Into<Arc<[u8]>>) -> Result<Literal, LiteralError> {
        let bytes = bytes.into();
        let expected = ty.byte_count().ok_or_else(|| LiteralError::NoSize { ty: ty.to_string() })?;
        if bytes.len() != expected {
            return Err(LiteralError::WrongLength { ty: ty.to_string(), expected, found: bytes.len() });
        }
        Ok(Literal { ty, bytes })
    }

    /// A literal whose elements are all the same: `element` holds the bytes of one.
    ///
    /// # Errors
    /// Where `element` is not one element long, or the type has no size.
    pub fn splat(ty: TensorType, element: impl Into<Arc<[u8]>>) -> Result<Literal, LiteralError> {
        let bytes = element.into();
        if ty.byte_count().is_none() {
            return Err(LiteralError::NoSize { ty: ty.to_string() });
        }
        if bytes.len() != ty.element.size() {
            let expected = ty.element.size();
            return Err(LiteralError::WrongLength { ty: ty.to_string(), expected, found: bytes.len() });
        }
        let bytes = if ty.byte_count() == Some(0) { Arc::from([]) } else { bytes };
        Ok(Literal { ty, bytes })
    }

    /// The literal's type.
    pub fn ty(&self) -> &TensorType {
        &self.ty
    }

    /// The bytes of the one element that all elements equal, where the literal is kept as a splat or has one element.
    pub fn as_splat(&self) -> Option<&[u8]> {
        (self.bytes.len() == self.ty.element.size()).then_some(&self.bytes)
    }

    /// The bytes of all elements, where they are kept so (not where the literal is a splat of several elements).
    pub fn as_dense(&self) -> Option<&[u8]> {
        (Some(self.bytes.len()) == self.ty.byte_count()).then_some(&self.bytes)
    }

    /// The bytes of all elements, written out where the literal is a splat.
    pub fn to_dense(&self) -> Arc<[u8]> {
        match self.as_dense() {
            Some(_) => Arc::clone(&self.bytes),
            None => self.bytes.repeat(self.ty.element_count().unwrap_or(0)).into(),
        }
    }

    /// Writes the bytes of all elements to memory of their size.
    ///
    /// ```
    /// use runahead_ir::{ElementType, Literal, TensorType};
    /// let mut bytes = [0; 6];
    /// Literal::splat(TensorType::new(ElementType::I16, [3]), [7, 0])?.write_to(&mut bytes);
    /// assert_eq!(bytes, [7, 0, 7, 0, 7, 0]);
    /// # Ok::<(), runahead_ir::LiteralError>(())
    /// ```
    ///
    /// # Panics
    /// Where the memory has another size than the type.
    pub fn write_to(&self, memory: &mut [u8]) {
        assert_eq!(Some(memory.len()), self.ty.byte_count(), "memory for {}", self.ty);
        match self.as_dense() {
            Some(dense) => memory.copy_from_slice(dense),
            None => memory.chunks_exact_mut(self.bytes.len()).for_each(|to| to.copy_from_slice(&self.bytes)),
        }
    }

    /// The same elements under another shape of as many elements.
    ///
    /// # Errors
    /// Where the other type takes another number of bytes.
    pub fn reshaped(&self, ty: TensorType) -> Result<Literal, LiteralError> {
        match self.as_dense() {
            Some(_) => Literal::new(ty, Arc::clone(&self.bytes)),
            None => Literal::splat(ty, Arc::clone(&self.bytes)),
        }
    }
}

/// Literals are equal when their types and elements are, bit for bit, however they are kept.
impl PartialEq for Literal {
    fn eq(&self, other: &Literal) -> bool {
        self.ty == other.ty
            && (self.bytes == other.bytes
                || self.bytes.len() != other.bytes.len() && self.to_dense() == other.to_dense())
    }
}
