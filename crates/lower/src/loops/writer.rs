//! Making statements.

use runahead_ir::{Binary, ComparisonDirection, ElementType, TensorType, Unary};
use smallvec::SmallVec;

use super::{Argument, Bytes, Carried, Constant, Loops, Operation, Place, Statement, Value};

/// A tensor in a memory.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// The number of the memory.
    pub memory: usize,
    /// The byte at which the first element begins.
    pub start: usize,
    /// The type of the elements.
    pub element: ElementType,
    /// The sizes of the axes.
    pub dims: SmallVec<[usize; 6]>,
    /// Elements from one index to the next along each axis.
    pub strides: SmallVec<[i64; 6]>,
    /// The bytes that the elements are among.
    pub within: Bytes,
}

impl Tensor {
    /// A tensor from that byte of a memory on, row by row.
    pub fn new(memory: usize, start: usize, ty: &TensorType) -> Tensor {
        let mut strides: SmallVec<[i64; 6]> = ty.dims.iter().map(|_| 1).collect();
        for axis in (1..ty.dims.len()).rev() {
            strides[axis - 1] = strides[axis].saturating_mul(ty.dims[axis] as i64);
        }
        let len = ty.byte_count().unwrap_or(usize::MAX / 2);
        let dims = ty.dims.clone();
        Tensor { memory, start, element: ty.element, dims, strides, within: Bytes { start, len } }
    }

    /// Some elements of this tensor seen as another one of that shape: from one of its elements on, with these strides.
    pub fn viewed(&self, offset: usize, dims: &[usize], strides: &[usize]) -> Tensor {
        Tensor {
            start: self.start + offset * self.element.size(),
            dims: SmallVec::from_slice(dims),
            strides: strides.iter().map(|&stride| stride as i64).collect(),
            ..self.clone()
        }
    }

    /// The number of elements.
    pub fn count(&self) -> usize {
        self.dims.iter().product()
    }

    /// Elements from one index to the next along each axis.
    pub fn strides(&self) -> SmallVec<[i64; 6]> {
        self.strides.clone()
    }

    /// Whether the elements lie next to each other, row by row.
    pub fn is_dense(&self) -> bool {
        let mut expected = 1;
        for (&size, &stride) in self.dims.iter().zip(&self.strides).rev() {
            if size != 1 && stride != expected {
                return false;
            }
            expected *= size as i64;
        }
        true
    }

    /// The element at an index.
    pub fn at(&self, index: &[Argument]) -> Place {
        let steps: SmallVec<[(Argument, i64); 6]> = index.iter().copied().zip(self.strides()).collect();
        self.at_sum(0, &steps)
    }

    /// The element that is as many after the first as an offset and multiples of indices sum up to.
    pub fn at_sum(&self, offset: i64, steps: &[(Argument, i64)]) -> Place {
        let size = self.element.size() as i64;
        let mut start = self.start as i64 + offset * size;
        let mut terms: SmallVec<[(Value, i64); 4]> = SmallVec::new();
        for &(index, stride) in steps {
            match index {
                Argument::Constant(constant) => start += constant.bits() as i64 * stride * size,
                Argument::Value(_) if stride == 0 => {}
                Argument::Value(value) => match terms.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, step)) => *step += stride * size,
                    None => terms.push((value, stride * size)),
                },
            }
        }
        Place { memory: self.memory, element: self.element, start, terms, within: self.within }
    }
}

/// What is done for an index and the values that come to it; gives the next ones.
pub type FoldBody<'a> = dyn FnMut(&mut Writer, &[Argument], &[Argument]) -> SmallVec<[Argument; 4]> + 'a;

/// Makes [`Loops`], statement by statement.
#[derive(Debug, Default)]
pub struct Writer {
    types: Vec<ElementType>,
    /// The lists around the one that is being written, outermost first.
    lists: Vec<Vec<Statement>>,
    list: Vec<Statement>,
}

impl Writer {
    /// What was written.
    pub fn finish(self) -> Loops {
        Loops { types: self.types, statements: self.list }
    }

    /// A value that no statement defines yet.
    pub fn value(&mut self, element: ElementType) -> Value {
        self.types.push(element);
        Value(self.types.len() as u32 - 1)
    }

    /// The type of what a statement is given.
    pub fn type_of(&self, argument: Argument) -> ElementType {
        match argument {
            Argument::Value(value) => self.types[value.0 as usize],
            Argument::Constant(constant) => constant.element,
        }
    }

    /// Adds a statement.
    pub fn push(&mut self, statement: Statement) {
        self.list.push(statement);
    }

    /// Computes a value of that type.
    pub fn compute(
        &mut self,
        operation: Operation,
        arguments: &[Argument],
        element: ElementType,
    ) -> Argument {
        if let Some(known) = fold(operation, arguments) {
            return known;
        }
        let value = self.value(element);
        self.push(Statement::Compute { value, operation, arguments: SmallVec::from_slice(arguments) });
        Argument::Value(value)
    }

    /// Computes an index from two.
    pub fn index(&mut self, by: Binary, a: Argument, b: Argument) -> Argument {
        self.compute(Operation::Binary(by), &[a, b], ElementType::I64)
    }

    /// An index moved between 0 and the last.
    pub fn clamp(&mut self, index: Argument, last: i64) -> Argument {
        let raised = self.index(Binary::Maximum, index, Argument::index(0));
        self.index(Binary::Minimum, raised, Argument::index(last))
    }

    /// Whether an index is from 0 up to a limit, not included.
    pub fn is_below(&mut self, index: Argument, limit: i64) -> Argument {
        // A negative number is a large one without its sign.
        let unsigned = self.compute(Operation::BitcastConvert, &[index], ElementType::U64);
        let limit = Argument::Constant(Constant::new(ElementType::U64, &limit.to_le_bytes()));
        let less = Operation::Compare { direction: ComparisonDirection::Lt, compare_type: None };
        self.compute(less, &[unsigned, limit], ElementType::Bool)
    }

    /// An integer as an index.
    pub fn to_index(&mut self, integer: Argument) -> Argument {
        match self.type_of(integer) {
            ElementType::I64 => integer,
            // What is more than an index can be is as good as the most.
            ElementType::U64 => {
                let most = Argument::Constant(Constant::new(ElementType::U64, &i64::MAX.to_le_bytes()));
                let bounded =
                    self.compute(Operation::Binary(Binary::Minimum), &[integer, most], ElementType::U64);
                self.compute(Operation::BitcastConvert, &[bounded], ElementType::I64)
            }
            _ => self.compute(Operation::Unary(Unary::Convert), &[integer], ElementType::I64),
        }
    }

    /// A value as another type.
    pub fn converted(&mut self, value: Argument, element: ElementType) -> Argument {
        match self.type_of(value) == element {
            true => value,
            false => self.compute(Operation::Unary(Unary::Convert), &[value], element),
        }
    }

    /// Reads an element.
    pub fn read(&mut self, from: Place) -> Argument {
        let value = self.value(from.element);
        self.push(Statement::Read { value, from });
        Argument::Value(value)
    }

    /// Writes an element.
    pub fn write(&mut self, to: Place, value: Argument) {
        self.push(Statement::Write { to, value });
    }

    /// Begins a list of its own, to which statements are added until it is [closed](Self::close).
    pub fn open(&mut self) {
        self.lists.push(std::mem::take(&mut self.list));
    }

    /// Ends the list that was opened last, and goes on with the one around it.
    pub fn close(&mut self) -> Vec<Statement> {
        let around = self.lists.pop().unwrap_or_default();
        std::mem::replace(&mut self.list, around)
    }

    /// A loop in a loop for each axis, outermost first; `body` is given the index. Axes of size 1 are no loops.
    pub fn nest(&mut self, dims: &[usize], body: &mut dyn FnMut(&mut Writer, &[Argument])) {
        self.fold(dims, &[], &mut |writer, index, _| {
            body(writer, index);
            SmallVec::new()
        });
    }

    /// As [`nest`](Self::nest), with values that go from one index to the next in row-major order: `body` is given them and
    /// gives the next ones. Gives the last ones.
    pub fn fold(
        &mut self,
        dims: &[usize],
        initial: &[Argument],
        body: &mut FoldBody<'_>,
    ) -> SmallVec<[Argument; 4]> {
        let mut index = SmallVec::new();
        self.fold_axes(dims, &mut index, initial, body)
    }

    fn fold_axes(
        &mut self,
        dims: &[usize],
        index: &mut SmallVec<[Argument; 6]>,
        initial: &[Argument],
        body: &mut FoldBody<'_>,
    ) -> SmallVec<[Argument; 4]> {
        let Some((&count, inner)) = dims.split_first() else { return body(self, index, initial) };
        if count == 1 {
            index.push(Argument::index(0));
            let last = self.fold_axes(inner, index, initial, body);
            index.pop();
            return last;
        }
        let counter = self.value(ElementType::I64);
        let types: SmallVec<[ElementType; 4]> = initial.iter().map(|&a| self.type_of(a)).collect();
        let parameters: SmallVec<[Value; 4]> = types.iter().map(|&ty| self.value(ty)).collect();
        self.open();
        index.push(Argument::Value(counter));
        let given: SmallVec<[Argument; 4]> = parameters.iter().map(|&p| Argument::Value(p)).collect();
        let next = self.fold_axes(inner, index, &given, body);
        index.pop();
        let statements = self.close();
        let carried: Vec<Carried> = (0..initial.len())
            .map(|i| Carried {
                initial: initial[i],
                parameter: parameters[i],
                next: next[i],
                result: self.value(types[i]),
            })
            .collect();
        let results = carried.iter().map(|c| Argument::Value(c.result)).collect();
        self.push(Statement::For { index: counter, count, carried, body: statements });
        results
    }

    /// A loop of that many turns, also of one; `body` is given the index.
    pub fn turns(&mut self, count: usize, body: &mut dyn FnMut(&mut Writer, Argument)) {
        let index = self.value(ElementType::I64);
        self.open();
        body(self, Argument::Value(index));
        let body = self.close();
        self.push(Statement::For { index, count, carried: Vec::new(), body });
    }

    /// Something that is done where a boolean is true.
    pub fn when(&mut self, condition: Argument, then: impl FnOnce(&mut Writer)) {
        self.open();
        then(self);
        let then = self.close();
        self.push(Statement::If { condition, then });
    }
}

/// What an operation on indices gives, where that is known.
pub(super) fn fold(operation: Operation, arguments: &[Argument]) -> Option<Argument> {
    let Operation::Binary(by) = operation else { return None };
    let [a, b] = *arguments else { return None };
    let number = match (by, a.as_index(), b.as_index()) {
        (Binary::Add, Some(a), Some(b)) => a.wrapping_add(b),
        (Binary::Subtract, Some(a), Some(b)) => a.wrapping_sub(b),
        (Binary::Multiply, Some(a), Some(b)) => a.wrapping_mul(b),
        (Binary::Maximum, Some(a), Some(b)) => a.max(b),
        (Binary::Minimum, Some(a), Some(b)) => a.min(b),
        (Binary::Add, Some(0), None) => return Some(b),
        (Binary::Add | Binary::Subtract, None, Some(0)) => return Some(a),
        _ => return None,
    };
    Some(Argument::index(number))
}
