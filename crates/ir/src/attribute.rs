//! Attributes: the named facts that a program states about a module, a function, a parameter or an operation.

use std::sync::Arc;

use crate::{Literal, Type};

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// A name that is there or not, with no value.
    Unit,
    /// `true` or `false`.
    Bool(bool),
    /// An integer and the type it was written with, `i64` where none was.
    Integer(i128, Type),
    /// A float and the type it was written with, `f64` where none was.
    Float(f64, Type),
    /// A quoted string.
    String(Arc<str>),
    /// `@name`, with nested names joined by `::@`.
    Symbol(Arc<str>),
    /// A type.
    Type(Type),
    /// The type of a function, `(operands) -> results`.
    FunctionType(Vec<Type>, Vec<Type>),
    /// `[a, b, …]`.
    Array(Vec<Attribute>),
    /// `array<i64: 1, 2>` and its `i1`, `i8`, `i16`, `i32` relatives.
    DenseIntegers(Vec<i64>, crate::ElementType),
    /// `dense<…> : tensor<…>`.
    Dense(Literal),
    /// `{name = value, …}`.
    Dictionary(Attributes),
    /// An attribute of a dialect, `#…`, or any other that nothing here computes with, kept as it was written.
    Opaque(Arc<str>),
}

/// Named attributes in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(pub Vec<(Arc<str>, Attribute)>);

impl Attributes {
    /// The attribute of that name.
    pub fn get(&self, name: &str) -> Option<&Attribute> {
        self.0.iter().find(|(n, _)| &**n == name).map(|(_, a)| a)
    }

    /// Takes out the attribute of that name.
    pub fn remove(&mut self, name: &str) -> Option<Attribute> {
        let at = self.0.iter().position(|(n, _)| &**n == name)?;
        Some(self.0.remove(at).1)
    }

    /// Adds an attribute, or replaces the one of that name.
    pub fn set(&mut self, name: impl Into<Arc<str>>, value: Attribute) {
        let name = name.into();
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
