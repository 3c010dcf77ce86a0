//! Small valid programs from choices.
//!
//! Every operation is built by the rules of `runahead-ir`; what they refuse is not there, so that any choices make a
//! valid program.

use runahead_ir::{
    Binary, Built, ComparisonDirection, ElementType, Function, FunctionBuilder, Literal, Module, Op, OpKind,
    Region, TensorType, Type, Unary, ValueId,
};

use crate::choices::Choices;
use crate::families::{FAMILIES, Make};
use crate::palette::Palette;
use crate::structure::Callee;
use crate::values::{Draw, elements};

/// What stands for a parameter until the function is finished.
const INPUT: &str = "input";

/// A program that grows.
pub struct Generator<'a> {
    pub(crate) choices: Choices<'a>,
    pub(crate) builder: FunctionBuilder,
    /// The values that operations may take, each where it is defined or around it.
    pub(crate) values: Vec<ValueId>,
    /// The most elements of a value that is drawn.
    pub(crate) most_elements: usize,
    /// Whether results must not depend on the order in which a reduction takes its elements.
    pub(crate) orderless: bool,
    /// How many regions are around.
    pub(crate) depth: usize,
    /// The types that most values have; none for any.
    pub(crate) palette: Option<Palette>,
    /// About how many operations are still to come.
    pub(crate) budget: usize,
    /// Functions that may be called.
    pub(crate) callees: Vec<Callee>,
}

/// A program of several operations.
pub fn program(bytes: &[u8]) -> Module {
    let mut generator = Generator::new(bytes, 512);
    for _ in 0..12 {
        if generator.choices.is_empty() {
            break;
        }
        let (_, make) = generator.choices.one_of(FAMILIES);
        generator.add(make);
    }
    generator.finish()
}

/// A program of one operation of a family; `None` where the choices make none that is valid.
pub fn one_operation(make: Make, bytes: &[u8], most_elements: usize) -> Option<Module> {
    let mut generator = Generator::new(bytes, most_elements);
    generator.orderless = true;
    generator.add(make).then(|| generator.finish())
}

impl<'a> Generator<'a> {
    pub(crate) fn new(bytes: &'a [u8], most_elements: usize) -> Generator<'a> {
        Generator {
            choices: Choices::new(bytes),
            builder: FunctionBuilder::new("main", [] as [Type; 0]),
            values: Vec::new(),
            most_elements,
            orderless: false,
            depth: 0,
            palette: None,
            budget: 0,
            callees: Vec::new(),
        }
    }

    /// Adds an operation and takes its results as values; whether there is one that is valid.
    pub(crate) fn add(&mut self, make: Make) -> bool {
        match make(self) {
            Ok(results) => {
                self.values.extend(results);
                true
            }
            Err(_) => false,
        }
    }

    fn finish(mut self) -> Module {
        let first = self.values.len().saturating_sub(5);
        let mut returns: Vec<ValueId> = self.values.split_off(first);
        returns.retain(|&value| self.tensor(value).is_some());
        self.function(&returns).into_module()
    }

    /// The function that was built, which returns those values.
    pub(crate) fn function(self, returns: &[ValueId]) -> Function {
        let mut function = self.builder.finish(returns);
        let (inputs, ops): (Vec<Op>, Vec<Op>) = std::mem::take(&mut function.body.ops)
            .into_iter()
            .partition(|op| matches!(&op.kind, OpKind::Unknown { name } if &**name == INPUT));
        function.body.ops = ops;
        function.body.parameters = inputs.iter().map(|op| op.results[0]).collect();
        function.parameter_names = vec![None; inputs.len()];
        function.parameter_attributes = vec![Default::default(); inputs.len()];
        function
    }

    // Types.

    pub(crate) fn dims(&mut self, rank: usize) -> Vec<usize> {
        if let Some(palette) = &self.palette {
            return palette.dims(&mut self.choices, rank);
        }
        let mut dims: Vec<usize> = Vec::new();
        let mut left = self.most_elements;
        for _ in 0..rank {
            let size = self.choices.one_of(&[2, 3, 1, 4, 0, 5, 7, 8, 16, 17, 33, 64, 100, 129, 300, 1024]);
            let size = size.min(left);
            left /= size.max(1);
            dims.push(size);
        }
        // The long axis anywhere.
        let order = self.choices.permutation(rank);
        order.into_iter().map(|axis| dims[axis]).collect()
    }

    pub(crate) fn shape(&mut self) -> Vec<usize> {
        if let Some(palette) = &self.palette {
            return palette.shape(&mut self.choices);
        }
        let rank = self.choices.one_of(&[1, 2, 3, 0, 4, 2, 1, 5]);
        self.dims(rank)
    }

    pub(crate) fn element(&mut self) -> ElementType {
        if let Some(palette) = &self.palette {
            return palette.element(&mut self.choices);
        }
        // The types that programs are made of, half of the time.
        if self.choices.once_in(2) {
            return self.choices.one_of(&ElementType::ALL);
        }
        self.choices.one_of(&[ElementType::F32, ElementType::F64, ElementType::I32, ElementType::BF16])
    }

    pub(crate) fn float(&mut self) -> ElementType {
        use ElementType::*;
        if let Some(palette) = &self.palette {
            return palette.float(&mut self.choices);
        }
        self.choices.one_of(&[F32, F64, BF16, F16, F32, C64, C128, F8E4M3FN, F8E5M2])
    }

    pub(crate) fn index(&mut self) -> ElementType {
        use ElementType::*;
        self.choices.one_of(&[I32, I64, U32, I8, U64, U8, I16, U16])
    }

    // Operands.

    /// A value of that type: one that there is, a constant or a parameter.
    pub(crate) fn operand(&mut self, element: ElementType, dims: &[usize]) -> ValueId {
        self.typed_operand(TensorType::new(element, dims.iter().copied()))
    }

    pub(crate) fn typed_operand(&mut self, ty: TensorType) -> ValueId {
        let same = |&&value: &&ValueId| *self.builder.type_of(value) == Type::Tensor(ty.clone());
        let known: Vec<ValueId> = self.values.iter().filter(same).copied().collect();
        if !known.is_empty() && !self.choices.once_in(4) {
            return self.choices.one_of(&known);
        }
        if self.palette.is_some() {
            return self.adapted(ty);
        }
        if ty.quantization.is_none() && (self.depth > 0 || self.choices.once_in(8)) {
            let seed = self.choices.below(256) as u64;
            let element = elements(&TensorType::scalar(ty.element), seed, Draw::Small);
            return self.builder.splat(ty, &element).expect("a small type");
        }
        self.input(ty)
    }

    /// A new parameter.
    pub(crate) fn input(&mut self, ty: TensorType) -> ValueId {
        let kind = OpKind::Unknown { name: INPUT.into() };
        let value = self.builder.op(kind, &[], [Type::Tensor(ty)], Vec::new())[0];
        self.values.push(value);
        value
    }

    /// Any value of a tensor type that there is, or a new one.
    pub(crate) fn any(&mut self) -> ValueId {
        let tensors: Vec<ValueId> =
            self.values.iter().copied().filter(|&value| self.tensor(value).is_some()).collect();
        if !tensors.is_empty() && !self.choices.once_in(3) {
            let recent = tensors.len().saturating_sub(8);
            let recent = if self.palette.is_some() && self.choices.once_in(2) { recent } else { 0 };
            return self.choices.one_of(&tensors[recent..]);
        }
        let (element, dims) = (self.element(), self.shape());
        self.operand(element, &dims)
    }

    /// A new value, of which nothing is asked but its rank.
    pub(crate) fn of_rank(&mut self, rank: usize) -> (ValueId, ElementType, Vec<usize>) {
        let (element, dims) = (self.element(), self.dims(rank));
        (self.operand(element, &dims), element, dims)
    }

    pub(crate) fn tensor(&self, value: ValueId) -> Option<&TensorType> {
        self.builder.type_of(value).as_tensor()
    }

    pub(crate) fn dims_of(&self, value: ValueId) -> Vec<usize> {
        self.tensor(value).map(|ty| ty.dims.to_vec()).unwrap_or_default()
    }

    pub(crate) fn element_of(&self, value: ValueId) -> ElementType {
        self.tensor(value).map_or(ElementType::F32, |ty| ty.element)
    }

    /// A constant vector of integers.
    pub(crate) fn vector(&mut self, element: ElementType, values: &[i64]) -> ValueId {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()[..element.size()].to_vec()).collect();
        let literal = Literal::new(TensorType::new(element, [values.len()]), bytes).expect("that many");
        self.builder.constant(literal)
    }

    // Regions.

    /// A region of parameters of those types; `make` gives what it returns.
    pub(crate) fn region(
        &mut self,
        parameters: Vec<Type>,
        make: impl FnOnce(&mut Generator<'a>, &[ValueId]) -> Built<Vec<ValueId>>,
    ) -> Built<Region> {
        let mut builder = std::mem::replace(&mut self.builder, FunctionBuilder::new("", [] as [Type; 0]));
        self.depth += 1;
        let outside = self.values.len();
        let region = builder.region(parameters, |inner, values| {
            std::mem::swap(&mut self.builder, inner);
            let returns = make(self, values);
            std::mem::swap(&mut self.builder, inner);
            returns
        });
        self.values.truncate(outside);
        self.depth -= 1;
        self.builder = builder;
        region
    }

    /// The body of a reduction: takes two scalars for each type, and gives one of each.
    pub(crate) fn combiner(&mut self, elements: &[ElementType]) -> Built<Region> {
        let scalars: Vec<Type> = elements.iter().map(|&e| TensorType::scalar(e).into()).collect();
        let count = elements.len();
        let elements = elements.to_vec();
        self.region([scalars.clone(), scalars].concat(), |g, values| {
            (0..count)
                .map(|i| {
                    let (a, b) = (values[i], values[count + i]);
                    let op = g.combining(elements[i]);
                    let combined = g.builder.binary(op, a, b)?;
                    if g.orderless || !g.choices.once_in(4) {
                        return Ok(combined);
                    }
                    g.values.extend(values);
                    g.scalar_expression(combined)
                })
                .collect()
        })
    }

    /// An operation that takes two elements in any order and grouping.
    fn combining(&mut self, element: ElementType) -> Binary {
        use Binary::*;
        match element {
            ElementType::Bool => self.choices.one_of(&[Or, And, Add, Multiply, Maximum, Xor, Minimum]),
            _ if element.is_integer() => {
                self.choices.one_of(&[Add, Multiply, Maximum, Minimum, And, Or, Xor])
            }
            // A product of complex numbers that overflows is infinite or not a number by its order.
            _ if element.is_complex() => Add,
            // So is a product that leaves the range on the way.
            _ if self.orderless => self.choices.one_of(&[Add, Maximum, Minimum]),
            _ => self.choices.one_of(&[Add, Maximum, Minimum, Multiply]),
        }
    }

    /// A few operations on scalars that end in the type of the given one.
    pub(crate) fn scalar_expression(&mut self, start: ValueId) -> Built<ValueId> {
        let ty = self.builder.type_of(start).clone();
        let mut last = start;
        for _ in 0..self.choices.below(4) {
            let next = match self.choices.below(3) {
                0 => {
                    let op = self.choices.one_of(Unary::ALL);
                    self.builder.unary(op, last)
                }
                1 => {
                    let op = self.choices.one_of(Binary::ALL);
                    self.builder.binary(op, last, start)
                }
                _ => {
                    let p = self.compare(last, start);
                    p.and_then(|p| self.builder.select(p, start, last))
                }
            };
            if let Ok(next) = next
                && *self.builder.type_of(next) == ty
            {
                last = next;
            }
        }
        Ok(last)
    }

    pub(crate) fn compare(&mut self, a: ValueId, b: ValueId) -> Built<ValueId> {
        use ComparisonDirection::*;
        let direction = match self.element_of(a).is_complex() {
            true => self.choices.one_of(&[Eq, Ne]),
            false => self.choices.one_of(&[Lt, Gt, Le, Ge, Eq, Ne]),
        };
        self.builder.compare(direction, a, b)
    }

    /// Operations inside a region that starts with these values.
    pub(crate) fn body(&mut self, values: &[ValueId], operations: usize) {
        self.values.extend(values);
        for _ in 0..operations {
            let (_, make) = self.choices.one_of(FAMILIES);
            if self.depth < 3 {
                self.add(make);
            }
        }
    }

    /// A value of that type, computed from others where there is one.
    pub(crate) fn result(&mut self, ty: &Type) -> ValueId {
        let same = |value: &&ValueId| self.builder.type_of(**value) == ty;
        if let Some(&last) = self.values.iter().rev().find(same) {
            return last;
        }
        self.typed_operand(ty.as_tensor().expect("a tensor").clone())
    }
}
