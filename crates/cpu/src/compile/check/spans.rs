//! Whether a plan's steps keep apart what they write: what [`run`](crate::run) relies on.

use crate::plan::{Action, Home, Parameter, Span, Step};

/// The sizes of the memories that a plan runs in.
pub(in crate::compile) struct Sizes<'a> {
    pub(in crate::compile) parameters: &'a [Parameter],
    /// Bytes of the memory that is given for each result: none where it comes to be in a parameter's.
    pub(in crate::compile) results: &'a [usize],
    pub(in crate::compile) constants: &'a [u8],
    pub(in crate::compile) arena: usize,
}

/// Finds a step whose spans are not as they have to be.
pub(in crate::compile) fn check(actions: &[Action], sizes: &Sizes<'_>) -> Result<(), String> {
    for action in actions {
        match action {
            Action::Run(step) => check_step(step, sizes)?,
            Action::Copy { from, to } => {
                within(from, sizes)?;
                writable(to, sizes)?;
                if from.overlaps(to) || from.len != to.len {
                    return Err(format!("a copy from {from:?} to {to:?}"));
                }
            }
            Action::While { condition, predicate, body } => {
                within(predicate, sizes)?;
                if predicate.len != 1 {
                    return Err(format!("a condition in {predicate:?}"));
                }
                check(condition, sizes)?;
                check(body, sizes)?;
            }
            Action::Choose { index, index_type, branches } => {
                within(index, sizes)?;
                if index.len != index_type.size() || branches.is_empty() {
                    return Err(format!("a choice by {index:?}"));
                }
                branches.iter().try_for_each(|branch| check(branch, sizes))?;
            }
            Action::Native(_) => return Err("machine code, which is made of what was proved".into()),
        }
    }
    Ok(())
}

fn check_step(step: &Step, sizes: &Sizes<'_>) -> Result<(), String> {
    let kernel = step.kernel.describe();
    for span in &step.operands {
        within(span, sizes)?;
    }
    if step.shared.len() != step.operands.len() {
        return Err(format!("{kernel}: not every operand is said to share memory or not"));
    }
    let written = || step.results.iter().chain([&step.scratch]);
    for (i, span) in written().enumerate() {
        writable(span, sizes)?;
        if let Some(other) = written().skip(i + 1).find(|other| span.overlaps(other)) {
            return Err(format!("{kernel}: writes {span:?} and {other:?}"));
        }
        for (operand, shared) in step.operands.iter().zip(&step.shared) {
            let agreed = *shared == Some(i) && operand == span;
            if span.overlaps(operand) && !agreed {
                return Err(format!("{kernel}: reads {operand:?} and writes {span:?}"));
            }
        }
    }
    for (operand, shared) in step.operands.iter().zip(&step.shared) {
        if let Some(result) = shared
            && step.results.get(*result) != Some(operand)
        {
            return Err(format!("{kernel}: reads {operand:?} in result {result}"));
        }
    }
    Ok(())
}

fn writable(span: &Span, sizes: &Sizes<'_>) -> Result<(), String> {
    match span.home {
        Home::Parameter(i) if sizes.parameters.get(i).is_some_and(|p| p.donated) => within(span, sizes),
        Home::Parameter(_) | Home::Constants => Err(format!("something writes {span:?}")),
        _ => within(span, sizes),
    }
}

fn within(span: &Span, sizes: &Sizes<'_>) -> Result<(), String> {
    let size = match span.home {
        Home::Parameter(i) => sizes.parameters.get(i).and_then(|p| p.ty.byte_count()),
        Home::Result(i) => sizes.results.get(i).copied(),
        Home::Constants => Some(sizes.constants.len()),
        Home::Arena => Some(sizes.arena),
    };
    let end = span.start.checked_add(span.len);
    match (size, end) {
        (Some(size), Some(end)) if end <= size => Ok(()),
        _ => Err(format!("{span:?} is not within its memory")),
    }
}
