//! Modules, functions, regions and operations.

use std::ops::{Index, IndexMut};
use std::sync::Arc;

use smallvec::SmallVec;

use crate::{Attributes, Binary, OpKind, Source, Type};

/// A program: functions that may call each other.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// The module's name, without `@`.
    pub name: Option<Arc<str>>,
    /// The module's attributes.
    pub attributes: Attributes,
    /// The meshes of devices by which Shardy's attributes say how tensors are spread.
    pub meshes: Vec<Mesh>,
    /// The functions, in the order of the source.
    pub functions: Vec<Function>,
    /// The text that [`Location`]s point into, where the module was read from one.
    pub source: Option<Arc<Source>>,
}

impl Module {
    /// The function of that name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|f| &*f.name == name)
    }

    /// The function that running the program calls: `@main`, or the only function there is.
    pub fn main(&self) -> Option<&Function> {
        self.function("main").or(match &self.functions[..] {
            [only] => Some(only),
            _ => None,
        })
    }
}

/// A mesh of devices, with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mesh {
    /// The name, without `@`.
    pub name: Arc<str>,
    /// The axes with their sizes, and the devices where these are in another order, as text has it between `<` and `>`:
    /// `["x"=2, "y"=4]` or `["x"=2], device_ids=[1, 0]`.
    pub text: Arc<str>,
}

/// A function: parameters, a body, results.
#[derive(Clone, Debug)]
pub struct Function {
    /// The function's name, without `@`.
    pub name: Arc<str>,
    /// Whether it was declared `public`, `private` or neither.
    pub visibility: Option<Visibility>,
    /// A name for each parameter, where the program gives one that means something (by its location or attributes).
    pub parameter_names: Vec<Option<Arc<str>>>,
    /// Attributes of each parameter, as many as the body has parameters.
    pub parameter_attributes: Vec<Attributes>,
    /// The types of the results.
    pub result_types: Vec<Type>,
    /// Attributes of each result.
    pub result_attributes: Vec<Attributes>,
    /// The function's other attributes.
    pub attributes: Attributes,
    /// What the function does. Its parameters are the function's.
    pub body: Region,
    /// Every value that the body and the regions inside it define, indexed by [`ValueId`].
    pub values: Values,
    /// Where the function was read.
    pub location: Location,
}

impl Function {
    /// The types of the parameters.
    pub fn parameter_types(&self) -> impl ExactSizeIterator<Item = &Type> {
        self.body.parameters.iter().map(|&v| &self.values[v])
    }

    /// The type of a value.
    pub fn type_of(&self, value: ValueId) -> &Type {
        &self.values[value]
    }
}

/// Who may call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Visibility {
    Public,
    Private,
    Nested,
}

/// A value of a function: a parameter of a region or a result of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub u32);

/// The types of a function's values.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<Type>);

impl Values {
    /// Adds a value.
    ///
    /// # Panics
    /// Where there are 2³² values already.
    pub fn add(&mut self, ty: Type) -> ValueId {
        let id = u32::try_from(self.0.len()).expect("fewer than 2^32 values in a function");
        self.0.push(ty);
        ValueId(id)
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Index<ValueId> for Values {
    type Output = Type;
    fn index(&self, value: ValueId) -> &Type {
        &self.0[value.0 as usize]
    }
}

impl IndexMut<ValueId> for Values {
    fn index_mut(&mut self, value: ValueId) -> &mut Type {
        &mut self.0[value.0 as usize]
    }
}

/// A block of operations that run in order: the body of a function or an argument of an operation.
///
/// StableHLO's regions have one block each, which ends by returning values; the returned values stand in
/// `returns`, so that there is no terminator among the operations.
#[derive(Clone, Debug, Default)]
pub struct Region {
    /// The values that the region is given.
    pub parameters: Vec<ValueId>,
    /// The operations, each using values defined before it, here or in an enclosing region.
    pub ops: Vec<Op>,
    /// The values that the region gives back.
    pub returns: Vec<ValueId>,
    /// Where the `return` was read.
    pub return_location: Location,
}

impl Region {
    /// The operation of a region that only applies one to its two parameters, in this or (where that makes no
    /// difference) the other order: how a reduction of the usual kinds is known.
    ///
    /// ```
    /// use runahead_ir::{Binary, ElementType, FunctionBuilder, TensorType};
    /// let mut b = FunctionBuilder::new("main", [TensorType::new(ElementType::F32, [4])]);
    /// let sum = b.reduce(Binary::Add, b.parameter(0), &[0])?;
    /// let function = b.finish(&[sum]);
    /// let reduce = function.body.ops.last().expect("it was added");
    /// assert_eq!(reduce.regions[0].combiner(), Some(Binary::Add));
    /// # Ok::<(), runahead_ir::Problem>(())
    /// ```
    pub fn combiner(&self) -> Option<Binary> {
        let ([a, b], [op], [returned]) = (&self.parameters[..], &self.ops[..], &self.returns[..]) else {
            return None;
        };
        let OpKind::Binary(binary) = op.kind else { return None };
        let in_order = op.operands[..] == [*a, *b];
        let exchanged = op.operands[..] == [*b, *a] && binary.is_commutative();
        ((in_order || exchanged) && op.results[..] == [*returned]).then_some(binary)
    }
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Op {
    /// What it does, with the attributes that say how.
    pub kind: OpKind,
    /// The values that it takes.
    pub operands: SmallVec<[ValueId; 3]>,
    /// The values that it defines.
    pub results: SmallVec<[ValueId; 1]>,
    /// The regions that it runs.
    pub regions: Vec<Region>,
    /// Attributes that do not change what it does.
    pub attributes: Attributes,
    /// Where it was read.
    pub location: Location,
}

/// A byte offset into the module's [`Source`]; unknown for what was not read from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Location(Option<std::num::NonZeroU32>);

impl Location {
    /// No place.
    pub const UNKNOWN: Location = Location(None);

    /// The place at that byte offset; unknown beyond 4 GiB.
    pub fn at(offset: usize) -> Location {
        Location(
            u32::try_from(offset).ok().and_then(|o| o.checked_add(1)).and_then(std::num::NonZeroU32::new),
        )
    }

    /// The byte offset, where it is known.
    pub fn offset(self) -> Option<usize> {
        self.0.map(|o| o.get() as usize - 1)
    }
}
