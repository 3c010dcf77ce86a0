//! Scalar operations in nests of loops, over memories.
//!
//! A [`Loops`] is a list of [`Statement`]s. Each [`Value`] is a scalar of an element type, defined once, by the statement
//! that computes, reads or counts it; statements after that one, in the same list or in lists inside, may use it. A
//! [`Place`] is an element of a memory: a number of bytes from its start, and for each of some values so many bytes a step.
//!
//! - [`Writer`] makes statements; [`body`] puts the scalar operations of a region among them;
//! - [`bounds::check`] shows of every place that it is where it says;
//! - [`unroll`](fn@unroll) writes out short loops, so that indices become numbers.

pub mod body;
pub mod bounds;
mod operation;
mod unroll;
mod writer;

use runahead_ir::ElementType;
use smallvec::SmallVec;

pub use operation::Operation;
pub use unroll::unroll;
pub use writer::{FoldBody, Tensor, Writer};

/// Statements and the types of the values in them.
#[derive(Clone, Debug, Default)]
pub struct Loops {
    /// The type of each value, by its number.
    pub types: Vec<ElementType>,
    /// What is done, in order.
    pub statements: Vec<Statement>,
}

/// A scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value(pub u32);

/// What a statement is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Argument {
    /// A scalar that was computed.
    Value(Value),
    /// A scalar that is known.
    Constant(Constant),
}

/// A scalar that is known: its bytes as they are in memory, the rest zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Constant {
    /// Its type.
    pub element: ElementType,
    /// Its bytes.
    pub bytes: [u8; 16],
}

/// An element of a memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The number of the memory, whose meaning is between who writes the loops and who runs them.
    pub memory: usize,
    /// The type of the element.
    pub element: ElementType,
    /// Bytes from the memory's start, to which the terms are added.
    pub start: i64,
    /// Values of type `i64`, and the bytes that each of their units is.
    pub terms: SmallVec<[(Value, i64); 4]>,
    /// The bytes of the memory that the place is among, whatever the values are.
    pub within: Bytes,
}

/// Some bytes of a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes {
    /// The first.
    pub start: usize,
    /// How many.
    pub len: usize,
}

impl Bytes {
    /// Whether two have a byte in common.
    pub fn overlap(&self, other: &Bytes) -> bool {
        self.start < other.start + other.len && other.start < self.start + self.len
    }
}

/// What is done.
#[derive(Clone, Debug)]
pub enum Statement {
    /// A value is computed from others.
    Compute {
        /// The value.
        value: Value,
        /// How.
        operation: Operation,
        /// From what.
        arguments: SmallVec<[Argument; 3]>,
    },
    /// A value is read.
    Read {
        /// The value.
        value: Value,
        /// Where.
        from: Place,
    },
    /// An element of a memory becomes a value.
    Write {
        /// Where.
        to: Place,
        /// What.
        value: Argument,
    },
    /// Bytes of one memory become those of another, or of another part of the same: the two do not overlap.
    Copy {
        /// The memory, and which of its bytes.
        from: (usize, Bytes),
        /// The memory and the first of its bytes.
        to: (usize, usize),
    },
    /// The body for each index from 0 on.
    For {
        /// The index, of type `i64`.
        index: Value,
        /// How many there are.
        count: usize,
        /// What goes from one turn to the next.
        carried: Vec<Carried>,
        /// What is done in each turn.
        body: Vec<Statement>,
    },
    /// Something is done where a boolean is true.
    If {
        /// The boolean.
        condition: Argument,
        /// What is done.
        then: Vec<Statement>,
    },
    /// The condition, then while the predicate is true the body and the condition again.
    While {
        /// What is done before the predicate is looked at.
        condition: Vec<Statement>,
        /// A boolean.
        predicate: Argument,
        /// What is done where it is true.
        body: Vec<Statement>,
    },
    /// One of several: the one that the index counts from 0, the last where it counts none.
    Choose {
        /// An `i32`; or a boolean, which chooses the first of two where it is true.
        index: Argument,
        /// What may be done.
        branches: Vec<Vec<Statement>>,
    },
    /// Something else is done, by who runs the loops.
    Call {
        /// What: a number whose meaning is between who writes the loops and who runs them.
        number: usize,
        /// What it may read or write: bytes of memories.
        touches: Vec<(usize, Bytes)>,
    },
}

/// What goes from one turn of a loop to the next.
#[derive(Clone, Copy, Debug)]
pub struct Carried {
    /// What it is in the first turn.
    pub initial: Argument,
    /// What it is called in the body.
    pub parameter: Value,
    /// What it is in the next turn.
    pub next: Argument,
    /// What it is called after the loop.
    pub result: Value,
}

impl Constant {
    /// An element of these bytes.
    ///
    /// # Panics
    /// Where there are more than 16.
    pub fn new(element: ElementType, bytes: &[u8]) -> Constant {
        let mut all = [0; 16];
        all[..bytes.len()].copy_from_slice(bytes);
        Constant { element, bytes: all }
    }

    /// An index.
    pub fn index(index: i64) -> Constant {
        Constant::new(ElementType::I64, &index.to_le_bytes())
    }

    /// The bytes as a little-endian number.
    pub fn bits(&self) -> u128 {
        u128::from_le_bytes(self.bytes)
    }

    /// The index, where this is an `i64`.
    pub fn as_index(&self) -> Option<i64> {
        (self.element == ElementType::I64).then(|| self.bits() as i64)
    }
}

impl Argument {
    /// An index that is known.
    pub fn index(index: i64) -> Argument {
        Argument::Constant(Constant::index(index))
    }

    /// The index, where it is known.
    pub fn as_index(&self) -> Option<i64> {
        match self {
            Argument::Constant(constant) => constant.as_index(),
            Argument::Value(_) => None,
        }
    }
}

impl Loops {
    /// The type of what a statement is given.
    pub fn type_of(&self, argument: Argument) -> ElementType {
        match argument {
            Argument::Value(value) => self.types[value.0 as usize],
            Argument::Constant(constant) => constant.element,
        }
    }
}

impl Statement {
    /// The lists of statements inside.
    pub fn bodies(&self) -> SmallVec<[&Vec<Statement>; 2]> {
        match self {
            Statement::For { body, .. } | Statement::If { then: body, .. } => [body].into_iter().collect(),
            Statement::While { condition, body, .. } => [condition, body].into_iter().collect(),
            Statement::Choose { branches, .. } => branches.iter().collect(),
            _ => SmallVec::new(),
        }
    }

    /// The lists of statements inside.
    pub fn bodies_mut(&mut self) -> SmallVec<[&mut Vec<Statement>; 2]> {
        match self {
            Statement::For { body, .. } | Statement::If { then: body, .. } => [body].into_iter().collect(),
            Statement::While { condition, body, .. } => [condition, body].into_iter().collect(),
            Statement::Choose { branches, .. } => branches.iter_mut().collect(),
            _ => SmallVec::new(),
        }
    }
}

/// How many statements there are, those inside others among them.
pub fn count(statements: &[Statement]) -> usize {
    let inside = |statement: &Statement| statement.bodies().iter().map(|body| count(body)).sum::<usize>();
    statements.iter().map(|statement| 1 + inside(statement)).sum()
}
