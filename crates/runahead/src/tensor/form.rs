//! Recorded programs in a form that can be compared: what the caches of compiled programs go by.

use std::hash::{Hash, Hasher};
use std::mem::discriminant;
use std::sync::Arc;

use runahead_ir::{Function, FunctionBuilder, OpKind, Region, TensorType, Type, ValueId};
use smallvec::SmallVec;

/// A straight-line program: inputs, steps in an order in which they can run, and what comes out.
///
/// Two recordings of the same operations on inputs of the same types have equal forms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    pub(crate) inputs: Vec<TensorType>,
    pub(crate) steps: Vec<Step>,
    pub(crate) results: Vec<Ref>,
}

/// An operation and what it is applied to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Step {
    pub(crate) operation: Arc<Operation>,
    pub(crate) operands: SmallVec<[Ref; 3]>,
}

/// A value of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Ref {
    Input(u32),
    /// Results of steps are counted through.
    Result(u32),
}

/// What a step does, apart from what it does it to.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) kind: OpKind,
    /// The regions' inputs are their parameters, then values of the program around them, which follow the operation's
    /// own operands among the step's.
    pub(crate) regions: Vec<Arc<Body>>,
    pub(crate) results: SmallVec<[TensorType; 1]>,
}

/// A region of an operation.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Body {
    pub(crate) form: Form,
    /// How many of the form's inputs are parameters; the others are captured.
    pub(crate) parameters: usize,
}

impl PartialEq for Operation {
    fn eq(&self, other: &Operation) -> bool {
        std::ptr::eq(self, other)
            || (self.results == other.results && self.kind == other.kind && self.regions == other.regions)
    }
}

// A float attribute that is NaN makes an operation differ from itself, so that it is compiled anew; nothing worse.
impl Eq for Operation {}

impl Hash for Operation {
    fn hash<H: Hasher>(&self, state: &mut H) {
        discriminant(&self.kind).hash(state);
        match &self.kind {
            OpKind::Unary(op) => op.hash(state),
            OpKind::Binary(op) => op.hash(state),
            OpKind::Constant(value) => value.as_splat().hash(state),
            _ => {}
        }
        self.results.hash(state);
        self.regions.hash(state);
    }
}

impl Form {
    /// The program as a function.
    pub(crate) fn to_function(&self, name: &str) -> Function {
        let mut builder = FunctionBuilder::new(name, self.inputs.iter().cloned());
        let inputs: Vec<ValueId> = (0..self.inputs.len()).map(|i| builder.parameter(i)).collect();
        let results = self.emit(&mut builder, &inputs);
        builder.finish(&results)
    }

    /// Adds the steps to what is being built, and gives the results.
    fn emit(&self, builder: &mut FunctionBuilder, inputs: &[ValueId]) -> Vec<ValueId> {
        let mut values = Vec::with_capacity(self.steps.len());
        let find = |values: &[ValueId], at: Ref| match at {
            Ref::Input(i) => inputs[i as usize],
            Ref::Result(i) => values[i as usize],
        };
        for Step { operation, operands } in &self.steps {
            let operands: Vec<ValueId> = operands.iter().map(|&at| find(&values, at)).collect();
            let captured: usize = operation.regions.iter().map(|body| body.captured()).sum();
            let (operands, mut captured) = operands.split_at(operands.len() - captured);
            let regions = operation.regions.iter().map(|body| {
                let (own, others) = captured.split_at(body.captured());
                captured = others;
                body.emit(builder, own)
            });
            let regions = regions.collect();
            let types = operation.results.iter().cloned().map(Type::from);
            values.extend(builder.op(operation.kind.clone(), operands, types, regions));
        }
        self.results.iter().map(|&at| find(&values, at)).collect()
    }
}

impl Body {
    fn captured(&self) -> usize {
        self.form.inputs.len() - self.parameters
    }

    fn emit(&self, builder: &mut FunctionBuilder, captured: &[ValueId]) -> Region {
        let parameters = self.form.inputs[..self.parameters].iter().cloned().map(Type::from);
        builder
            .region(parameters, |builder, parameters| {
                Ok(self.form.emit(builder, &[parameters, captured].concat()))
            })
            .expect("emitting a form cannot fail")
    }
}
