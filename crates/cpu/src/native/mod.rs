//! Loops of programs compiled to machine code.
//!
//! A loop of a program whose steps are small costs what its steps' kernels take to be called, a hundred times what they
//! compute. So when a plan is made and proved, each of its outermost loops (and choices) becomes one function, where that
//! pays: [`region`] writes its steps as [loops of scalars](runahead_lower::loops), a step that is large or has no such form
//! as a call of its kernel; [`slots`] finds the elements of memory that can be kept in registers; [`emit`] makes code of all
//! with Cranelift; [`code`] holds and calls it.
//!
//! ```text
//!   Action::While ─region─▶ Loops ─unroll─▶ Loops ─slots, emit─▶ CLIF ─Cranelift─▶ code
//! ```
//!
//! What the function does to memory is what the plan says, step by step, so that the proof of the plan holds for it. The
//! plan stays beside the code: it is run where there is no code generator for the machine or `RUNAHEAD_NATIVE=0` is set; `RUNAHEAD_NATIVE=all` compiles what it
//! does not pay for, too.

mod code;
mod emit;
mod functions;
mod kernel;
mod operations;
mod recipe;
mod region;
mod slots;
mod vector;

use std::sync::LazyLock;

use runahead_ir::TensorType;
use runahead_lower::forms::{Form, Source};
use runahead_lower::loops::{Tensor, Writer, bounds, unroll};

pub(crate) use code::{Machine, Native};
pub(crate) use kernel::kernel;
pub(crate) use recipe::suits;
pub(crate) use region::Homes;

use emit::Turns;

use smallvec::SmallVec;

use crate::fused::Recipe;
use crate::plan::Action;

/// A step as loops of scalars.
#[derive(Clone, Debug)]
pub(crate) enum StepForm {
    /// An operation, and how it sees its operands.
    Operation(Box<Form>, Vec<Seen>),
    Fused(Recipe),
}

/// How an operation sees an operand: as some elements of a value that is in memory.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    /// Which operand of the step.
    pub(crate) operand: usize,
    /// The type of what is in memory.
    pub(crate) ty: TensorType,
    /// The element that is the first of the operand.
    pub(crate) offset: usize,
    /// Elements from one index of the operand to the next.
    pub(crate) strides: SmallVec<[usize; 6]>,
}

/// Statements that a loop may be written out to.
const UNROLLED: usize = 96;
/// Statements that all loops of a function may be written out to.
const UNROLLED_TOGETHER: usize = 2500;
/// Statements of a function, at most: what takes a hundredth of a second to compile.
const LARGEST: usize = 6000;

/// What is compiled to machine code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Nothing,
    /// What it pays for.
    Worthwhile,
    /// All that has a form, so that tests see it at every size.
    All,
}

/// What is asked for.
fn using() -> Use {
    static USE: LazyLock<Use> = LazyLock::new(|| match std::env::var("RUNAHEAD_NATIVE").as_deref() {
        Ok("0") => Use::Nothing,
        Ok("all") => Use::All,
        _ => Use::Worthwhile,
    });
    *USE
}

/// Whether operations and loops are compiled to machine code: not where `RUNAHEAD_NATIVE` is 0. The first time that this is
/// asked takes half a millisecond, so it comes last of what is asked.
pub(crate) fn is_on() -> bool {
    static WORKS: LazyLock<bool> = LazyLock::new(emit::works);
    using() != Use::Nothing && *WORKS
}

/// Whether an operation by itself is to be compiled, where it has a form.
pub(crate) fn is_for_code(form: &Form) -> bool {
    match using() {
        Use::Nothing => false,
        Use::Worthwhile => form.is_for_code(),
        Use::All => true,
    }
}

/// The actions with their outermost loops and choices compiled, where that pays.
pub(crate) fn compile(actions: Vec<Action>, homes: Homes) -> Vec<Action> {
    actions.into_iter().map(|action| compiled(action, homes)).collect()
}

fn compiled(action: Action, homes: Homes) -> Action {
    if !matches!(action, Action::While { .. } | Action::Choose { .. }) || !is_on() {
        return action;
    }
    let Some(region) = region::of(&action, homes) else { return action };
    let mut loops = region.loops;
    // What is outside of a step's operands and results must never be touched, whatever the indices are.
    let checked = bounds::check(&loops);
    debug_assert_eq!(checked, Ok(()), "the loops of {action:?}");
    if checked.is_err() {
        return action;
    }
    unroll(&mut loops, UNROLLED, UNROLLED_TOGETHER);
    if runahead_lower::loops::count(&loops.statements) > LARGEST {
        return action;
    }
    match emit::function(&loops, homes.count(), Turns::All) {
        Some(function) => Action::Native(Box::new(Native::new(function, region.calls, action))),
        None => action,
    }
}

impl StepForm {
    /// About how many scalar operations the loops do.
    fn work(&self) -> usize {
        match self {
            StepForm::Operation(form, _) => form.work(),
            StepForm::Fused(recipe) => recipe::work(recipe),
        }
    }

    /// Whether an operand may be in the memory of a result.
    fn may_share(&self, operand: usize, result: usize) -> bool {
        match self {
            StepForm::Operation(form, seen) => {
                form.may_share(operand, result)
                    && seen[operand].operand == operand
                    && seen[operand] == Seen::whole(operand, &form.operands()[operand])
            }
            StepForm::Fused(recipe) => recipe::is_in_step(recipe, operand, result),
        }
    }

    /// Whether each element of a result is made of elements of the operands that may be in its place.
    fn is_elementwise(&self) -> bool {
        matches!(self, StepForm::Fused(recipe) if recipe.mode == crate::fused::Mode::Flat)
    }

    /// The turns of the outermost axis, and for each of several loops over it from where on it goes.
    fn outermost(&self) -> Option<(usize, Vec<usize>)> {
        let StepForm::Fused(recipe) = self else { return None };
        Some((*recipe.dims.first()?, recipe::starts(recipe)?))
    }

    /// The types of the operands and the results.
    fn tensors(&self) -> (Vec<TensorType>, Vec<TensorType>) {
        match self {
            StepForm::Operation(form, seen) => {
                let mut operands: Vec<TensorType> = Vec::new();
                for seen in seen {
                    // One that the form does not take has no type here.
                    operands.resize(seen.operand, TensorType::new(runahead_ir::ElementType::I8, [0]));
                    operands.push(seen.ty.clone());
                }
                (operands, form.results().to_vec())
            }
            StepForm::Fused(recipe) => recipe::tensors(recipe),
        }
    }

    fn write(&self, writer: &mut Writer, operands: &[Tensor], results: &[Tensor]) {
        match self {
            StepForm::Operation(form, seen) => {
                let operands: Vec<Tensor> = seen
                    .iter()
                    .zip(form.operands())
                    .map(|(seen, ty)| operands[seen.operand].viewed(seen.offset, &ty.dims, &seen.strides))
                    .collect();
                form.write(writer, &operands, results);
            }
            StepForm::Fused(recipe) => recipe::write(recipe, writer, operands, results),
        }
    }
}

impl Seen {
    /// An operand that is in memory as it is.
    fn whole(operand: usize, ty: &TensorType) -> Seen {
        Seen { operand, ty: ty.clone(), offset: 0, strides: crate::compile::view::row_major(&ty.dims) }
    }

    /// What a form takes of an operation's operand, which is in memory as it is.
    pub(crate) fn of(source: &Source, ty: &TensorType) -> Seen {
        let mut seen = Seen::whole(source.operand, ty);
        if let Some((axis, index)) = source.part {
            seen.offset = index * seen.strides.remove(axis);
        }
        seen
    }
}
