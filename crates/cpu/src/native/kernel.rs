//! An operation by itself as machine code: what kernels over many elements at a time are not made for, such as reductions by
//! any body, or elements from places that an operand names.

use runahead_lower::loops::{Loops, Statement, Tensor, Writer, bounds, unroll};
use smallvec::SmallVec;

use super::code::Function;
use super::emit::{self, Turns};
use super::{StepForm, UNROLLED, UNROLLED_TOGETHER};
use crate::kernel::{InPlace, Kernel, Operand};
use crate::kernels::{parts_for, split_point};

/// Scalar operations that a thread should have to do, at least.
const WORK_PER_PART: usize = 1 << 14;

/// An operation as code.
struct Coded {
    description: String,
    function: Function,
    in_place: Vec<InPlace>,
    /// Turns of the outermost loop, which threads share where each writes elements of its own.
    turns: Option<usize>,
    work: usize,
}

impl std::fmt::Debug for Coded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.description)
    }
}

/// A kernel of code; `None` where something in the form has no code.
pub(crate) fn kernel(form: &StepForm, description: String) -> Option<Box<dyn Kernel>> {
    let (operand_types, result_types) = form.tensors();
    let in_place: Vec<InPlace> = (0..operand_types.len())
        .flat_map(|operand| (0..result_types.len()).map(move |result| InPlace { operand, result }))
        .filter(|pair| form.may_share(pair.operand, pair.result))
        .collect();
    let count = operand_types.len();
    let operands: Vec<Tensor> =
        operand_types.iter().enumerate().map(|(i, ty)| Tensor::new(i, 0, ty)).collect();
    let results: Vec<Tensor> =
        result_types.iter().enumerate().map(|(i, ty)| Tensor::new(count + i, 0, ty)).collect();
    let mut writer = Writer::default();
    form.write(&mut writer, &operands, &results);
    let mut loops = writer.finish();
    let turns = turns(form, &loops.statements).filter(|_| in_place.is_empty() || form.is_elementwise());
    match &turns {
        // The outermost loops stay loops.
        Some(_) => {
            for statement in &mut loops.statements {
                let Statement::For { body, .. } = statement else { continue };
                let mut inner =
                    Loops { types: std::mem::take(&mut loops.types), statements: std::mem::take(body) };
                unroll(&mut inner, UNROLLED, UNROLLED_TOGETHER);
                (*body, loops.types) = (inner.statements, inner.types);
            }
        }
        None => unroll(&mut loops, UNROLLED, UNROLLED_TOGETHER),
    }
    let checked = bounds::check(&loops);
    debug_assert_eq!(checked, Ok(()), "{description}");
    checked.ok()?;
    let told = match &turns {
        Some((_, starts)) => Turns::Told(starts.clone()),
        None => Turns::All,
    };
    let function = emit::function(&loops, count + results.len(), told)?;
    let turns = turns.map(|(turns, _)| turns);
    Some(Box::new(Coded {
        description: format!("{description} (code)"),
        function,
        in_place,
        turns,
        work: form.work(),
    }))
}

/// How many turns there are of loops whose turns write different elements, and from which on each loop goes.
fn turns(form: &StepForm, statements: &[Statement]) -> Option<(usize, Vec<usize>)> {
    let is_loop = |s: &Statement| matches!(s, Statement::For { carried, .. } if carried.is_empty());
    if statements.is_empty() || !statements.iter().all(is_loop) {
        return None;
    }
    if let Some((turns, starts)) = form.outermost() {
        return (starts.len() == statements.len()).then_some((turns, starts));
    }
    match statements {
        [Statement::For { count, .. }] => Some((*count, vec![0])),
        _ => None,
    }
}

impl Kernel for Coded {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn in_place(&self) -> Vec<InPlace> {
        self.in_place.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let starts: SmallVec<[*mut u8; 4]> = results.iter_mut().map(|result| result.as_mut_ptr()).collect();
        let memories: SmallVec<[*mut u8; 8]> = operands
            .iter()
            .map(|operand| match operand {
                Operand::Bytes(bytes) => bytes.as_ptr().cast_mut(),
                Operand::InResult(result) => starts[*result],
            })
            .chain(starts.iter().copied())
            .collect();
        let shared = Shared { function: &self.function, memories: &memories };
        match self.turns {
            // SAFETY: operands and results have the sizes of the form's types, in which the loops stay; operands are only
            // read, but for those that share a result's memory by agreement.
            None => unsafe { self.function.run(&memories, 0, 0) },
            Some(0) => {}
            Some(turns) => {
                let parts = parts_for(self.work, WORK_PER_PART).clamp(1, turns);
                runahead_async::parallel_for(parts, &|part| {
                    shared.run(split_point(turns, parts, part), split_point(turns, parts, part + 1));
                });
            }
        }
    }
}

/// Memories whose elements several threads write, each its own.
struct Shared<'a> {
    function: &'a Function,
    memories: &'a [*mut u8],
}

// SAFETY: each thread runs other turns of the outermost loop, which write other elements.
unsafe impl Sync for Shared<'_> {}

impl Shared<'_> {
    fn run(&self, from: usize, to: usize) {
        if from < to {
            // SAFETY: as for all turns at once; no other thread has these.
            unsafe { self.function.run(self.memories, from, to) };
        }
    }
}
