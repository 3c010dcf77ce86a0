//! Bodies of scalar operations: the regions of `reduce`, `scatter`, `sort` and their relatives.

use runahead_ir::{ElementType, Function, OpKind, Region, Type, ValueId};
use smallvec::SmallVec;

use super::{Argument, Constant, Operation, Writer};

/// A region of elementwise operations on rank-0 tensors.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The types of the parameters.
    pub parameters: SmallVec<[ElementType; 4]>,
    steps: Vec<Step>,
    returns: SmallVec<[Source; 4]>,
}

#[derive(Clone, Debug, PartialEq)]
struct Step {
    operation: Operation,
    sources: SmallVec<[Source; 3]>,
    element: ElementType,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    Parameter(usize),
    Step(usize),
    Constant(Constant),
}

impl Body {
    /// The region's body; `None` where it holds anything but elementwise operations on scalars and constants, or uses a value
    /// from outside.
    pub fn of(region: &Region, function: &Function) -> Option<Body> {
        let element = |value: ValueId| match function.type_of(value) {
            Type::Tensor(ty) if ty.dims.is_empty() && ty.quantization.is_none() => Some(ty.element),
            _ => None,
        };
        let mut known: Vec<(ValueId, Source)> = Vec::new();
        let mut parameters = SmallVec::new();
        for (i, &parameter) in region.parameters.iter().enumerate() {
            parameters.push(element(parameter)?);
            known.push((parameter, Source::Parameter(i)));
        }
        let find = |known: &[(ValueId, Source)], value: ValueId| {
            known.iter().rfind(|(v, _)| *v == value).map(|(_, source)| *source)
        };
        let mut steps: Vec<Step> = Vec::new();
        for op in &region.ops {
            let &[result] = &op.results[..] else { return None };
            let ty = element(result)?;
            let source = match &op.kind {
                OpKind::Constant(literal) => Source::Constant(Constant::new(ty, literal.as_splat()?)),
                OpKind::Reshape | OpKind::BroadcastInDim { .. } | OpKind::Transpose { .. } => {
                    find(&known, op.operands[0])?
                }
                kind => {
                    let operation = Operation::of(kind)?;
                    let sources = op.operands.iter().map(|&o| find(&known, o)).collect::<Option<_>>()?;
                    op.operands.iter().try_for_each(|&operand| element(operand).map(drop))?;
                    steps.push(Step { operation, sources, element: ty });
                    Source::Step(steps.len() - 1)
                }
            };
            known.push((result, source));
        }
        let returns = region.returns.iter().map(|&value| find(&known, value)).collect::<Option<_>>()?;
        Some(Body { parameters, steps, returns })
    }

    /// How many operations there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether the body returns what it is given.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What the region returns for these arguments.
    ///
    /// # Panics
    /// Where there are fewer than the region has parameters.
    pub fn write(&self, writer: &mut Writer, arguments: &[Argument]) -> SmallVec<[Argument; 4]> {
        let mut computed: Vec<Argument> = Vec::with_capacity(self.steps.len());
        let find = |computed: &[Argument], source: Source| match source {
            Source::Parameter(i) => arguments[i],
            Source::Step(i) => computed[i],
            Source::Constant(constant) => Argument::Constant(constant),
        };
        for step in &self.steps {
            let sources: SmallVec<[Argument; 3]> = step.sources.iter().map(|&s| find(&computed, s)).collect();
            let value = writer.compute(step.operation, &sources, step.element);
            computed.push(value);
        }
        self.returns.iter().map(|&source| find(&computed, source)).collect()
    }
}
