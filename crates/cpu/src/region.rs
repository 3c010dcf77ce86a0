//! Regions of scalar operations: the bodies of `reduce`, `scatter`, `sort` and their relatives.
//!
//! [`ScalarProgram`] evaluates any such region on single elements. Kernels that know the commonest bodies ask
//! [`Region::combiner`] first.

use runahead_ir::{ElementType, Function, OpKind, Region, Type, ValueId};
use smallvec::SmallVec;

use crate::kernel::Unsupported;
use crate::ops::{Scalar, code_for};

/// A region of elementwise operations on rank-0 tensors, compiled to run on elements one at a time.
#[derive(Clone, Debug)]
pub(crate) struct ScalarProgram {
    /// The registers at the start: the parameters, then constants, then what the instructions compute.
    initial: Vec<Scalar>,
    parameters: usize,
    instructions: Vec<Instruction>,
    returns: SmallVec<[u16; 4]>,
}

#[derive(Clone, Copy, Debug)]
struct Instruction {
    code: fn(&Scalar, &Scalar, &Scalar) -> Scalar,
    operands: [u16; 3],
    result: u16,
}

/// The registers of a running [`ScalarProgram`]; one for each thread.
#[derive(Clone, Debug)]
pub(crate) struct ScalarMachine<'a> {
    program: &'a ScalarProgram,
    registers: SmallVec<[Scalar; 24]>,
    results: SmallVec<[Scalar; 4]>,
}

impl ScalarProgram {
    /// Compiles a region of a function.
    ///
    /// The region may use nothing but its parameters and what it computes from them and from constants.
    pub(crate) fn build(region: &Region, function: &Function) -> Result<ScalarProgram, Unsupported> {
        Builder { function, registers: Vec::new(), initial: Vec::new(), instructions: Vec::new() }
            .build(region)
    }

    /// Registers to run the program with.
    pub(crate) fn machine(&self) -> ScalarMachine<'_> {
        ScalarMachine {
            program: self,
            registers: SmallVec::from_slice(&self.initial),
            results: SmallVec::from_elem(Scalar::default(), self.returns.len()),
        }
    }
}

impl ScalarMachine<'_> {
    /// What the region returns for these arguments.
    ///
    /// # Panics
    /// Where there are not as many arguments as the region has parameters.
    pub(crate) fn run(&mut self, arguments: &[Scalar]) -> &[Scalar] {
        self.registers[..self.program.parameters].copy_from_slice(arguments);
        for i in &self.program.instructions {
            let [a, b, c] = i.operands.map(|r| &self.registers[usize::from(r)]);
            self.registers[usize::from(i.result)] = (i.code)(a, b, c);
        }
        for (result, &register) in self.results.iter_mut().zip(&self.program.returns) {
            *result = self.registers[usize::from(register)];
        }
        &self.results
    }
}

struct Builder<'a> {
    function: &'a Function,
    registers: Vec<(ValueId, u16)>,
    initial: Vec<Scalar>,
    instructions: Vec<Instruction>,
}

impl Builder<'_> {
    fn build(mut self, region: &Region) -> Result<ScalarProgram, Unsupported> {
        for &parameter in &region.parameters {
            self.element(parameter)?;
            self.define(parameter, Scalar::default())?;
        }
        for op in &region.ops {
            let &[result] = &op.results[..] else {
                return Err(Unsupported(format!("with {} in its body", op.kind.name())));
            };
            let result_type = self.element(result)?;
            match &op.kind {
                OpKind::Constant(literal) => {
                    let bytes = literal.as_splat().ok_or_else(|| refuse_rank(result_type))?;
                    self.define(result, Scalar::from_bytes(bytes))?;
                }
                // Between scalars these only carry a value on.
                OpKind::Reshape | OpKind::BroadcastInDim { .. } | OpKind::Transpose { .. } => {
                    let register = self.register(op.operands[0])?;
                    self.registers.push((result, register));
                }
                kind => {
                    let types: SmallVec<[ElementType; 3]> =
                        op.operands.iter().map(|&v| self.element(v)).collect::<Result<_, _>>()?;
                    let code = code_for(kind, &types, result_type).ok_or_else(|| {
                        let types: Vec<_> = types.iter().map(|t| t.name()).collect();
                        Unsupported(format!("with {} of {} in its body", kind.name(), types.join(", ")))
                    })?;
                    let mut operands = [0; 3];
                    for (slot, &value) in operands.iter_mut().zip(&op.operands) {
                        *slot = self.register(value)?;
                    }
                    if let Some(constant) = code.constant {
                        operands[code.arity] = self.add(constant)?;
                    }
                    let result = self.define(result, Scalar::default())?;
                    self.instructions.push(Instruction { code: code.scalar, operands, result });
                }
            }
        }
        let returns = region.returns.iter().map(|&v| self.register(v)).collect::<Result<_, _>>()?;
        Ok(ScalarProgram {
            parameters: region.parameters.len(),
            initial: self.initial,
            instructions: self.instructions,
            returns,
        })
    }

    fn element(&self, value: ValueId) -> Result<ElementType, Unsupported> {
        match self.function.type_of(value) {
            Type::Tensor(t) if t.dims.is_empty() => Ok(t.element),
            other => Err(refuse_rank(other)),
        }
    }

    fn register(&self, value: ValueId) -> Result<u16, Unsupported> {
        self.registers
            .iter()
            .rfind(|(v, _)| *v == value)
            .map(|(_, r)| *r)
            .ok_or_else(|| Unsupported("with a body that uses values from outside it".into()))
    }

    fn define(&mut self, value: ValueId, initial: Scalar) -> Result<u16, Unsupported> {
        let register = self.add(initial)?;
        self.registers.push((value, register));
        Ok(register)
    }

    fn add(&mut self, initial: Scalar) -> Result<u16, Unsupported> {
        let register = u16::try_from(self.initial.len())
            .map_err(|_| Unsupported("with a body of more than 65536 values".into()))?;
        self.initial.push(initial);
        Ok(register)
    }
}

fn refuse_rank(ty: impl std::fmt::Display) -> Unsupported {
    Unsupported(format!("with {ty} in its body, where only scalars can be"))
}

#[cfg(test)]
mod tests {
    use runahead_ir::{
        Attributes, Binary, ComparisonDirection, Literal, Location, Op, TensorType, Unary, Values, Visibility,
    };

    use super::*;

    fn op(kind: OpKind, operands: &[ValueId], result: ValueId) -> Op {
        Op {
            kind,
            operands: SmallVec::from_slice(operands),
            results: SmallVec::from_slice(&[result]),
            regions: Vec::new(),
            attributes: Attributes::default(),
            location: Location::UNKNOWN,
        }
    }

    fn function(values: Values) -> Function {
        Function {
            name: "f".into(),
            visibility: Some(Visibility::Private),
            parameter_names: Vec::new(),
            parameter_attributes: Vec::new(),
            result_types: Vec::new(),
            result_attributes: Vec::new(),
            attributes: Attributes::default(),
            body: Region::default(),
            values,
            location: Location::UNKNOWN,
        }
    }

    fn scalar(element: ElementType) -> Type {
        TensorType::scalar(element).into()
    }

    #[test]
    fn a_region_computes_on_scalars() {
        let mut values = Values::default();
        let [a, b, bound, sum, root, less] = ["f32", "f32", "f32", "f32", "f32", "i1"]
            .map(|t| values.add(scalar(ElementType::from_name(t).unwrap())));
        let two = Literal::new(TensorType::scalar(ElementType::F32), 2.0f32.to_le_bytes().to_vec()).unwrap();
        let region = Region {
            parameters: vec![a, b],
            ops: vec![
                op(OpKind::Constant(two), &[], bound),
                op(OpKind::Binary(Binary::Add), &[a, b], sum),
                op(OpKind::Unary(Unary::Sqrt), &[sum], root),
                op(
                    OpKind::Compare { direction: ComparisonDirection::Gt, compare_type: None },
                    &[root, bound],
                    less,
                ),
            ],
            returns: vec![root, less],
            return_location: Location::UNKNOWN,
        };
        let function = function(values);
        let program = ScalarProgram::build(&region, &function).unwrap();
        let mut machine = program.machine();
        let results = machine.run(&[Scalar::of(7.0f32), Scalar::of(9.0f32)]);
        assert_eq!((results[0].get::<f32>(), results[1].get::<u8>()), (4.0, 1));
        let results = machine.run(&[Scalar::of(1.0f32), Scalar::of(0.0f32)]);
        assert_eq!((results[0].get::<f32>(), results[1].get::<u8>()), (1.0, 0));
    }

    #[test]
    fn simple_bodies_are_recognised_in_either_order() {
        let mut values = Values::default();
        let [a, b, c] = [0; 3].map(|_| values.add(scalar(ElementType::I32)));
        let body = |binary, operands: [ValueId; 2]| Region {
            parameters: vec![a, b],
            ops: vec![op(OpKind::Binary(binary), &operands, c)],
            returns: vec![c],
            return_location: Location::UNKNOWN,
        };
        assert_eq!(body(Binary::Add, [a, b]).combiner(), Some(Binary::Add));
        assert_eq!(body(Binary::Add, [b, a]).combiner(), Some(Binary::Add));
        assert_eq!(body(Binary::Subtract, [a, b]).combiner(), Some(Binary::Subtract));
        assert_eq!(body(Binary::Subtract, [b, a]).combiner(), None);
        assert_eq!(body(Binary::Add, [a, a]).combiner(), None);
    }

    #[test]
    fn what_is_not_scalar_or_comes_from_outside_is_refused() {
        let mut values = Values::default();
        let [a, b, outside] = [0; 3].map(|_| values.add(scalar(ElementType::F32)));
        let wide = values.add(TensorType::new(ElementType::F32, [2]).into());
        let body = |parameters: &[ValueId], operands: [ValueId; 2]| Region {
            parameters: parameters.to_vec(),
            ops: vec![op(OpKind::Binary(Binary::Add), &operands, b)],
            returns: vec![b],
            return_location: Location::UNKNOWN,
        };
        let function = function(values);
        let reason = |region: &Region| ScalarProgram::build(region, &function).unwrap_err().0;
        assert!(reason(&body(&[a], [a, outside])).contains("from outside"));
        assert!(reason(&body(&[wide], [wide, wide])).contains("tensor<2xf32>"));
    }
}
