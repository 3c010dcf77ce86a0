//! A compiled program: steps over planned memory.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use runahead_ir::{ElementType, TensorType};
use runahead_runtime::{AlignedBytes, InCall};

use crate::kernel::Kernel;
use crate::native::{Native, StepForm};

/// A program compiled for the CPU.
///
/// It holds no memory but its constants, so that several threads can run it at once, each with its own arena.
#[derive(Debug)]
pub struct Program {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) results: Vec<TensorType>,
    /// Bytes of each parameter.
    pub(crate) parameter_bytes: Box<[usize]>,
    /// Bytes of the memory that is given for each result: none where it comes to be in a parameter's.
    pub(crate) result_bytes: Box<[usize]>,
    pub(crate) actions: Vec<Action>,
    pub(crate) constants: AlignedBytes,
    pub(crate) arena_bytes: usize,
    /// Bytes that kernels allocate themselves while they run, at most.
    pub(crate) allocated_bytes: usize,
    /// Bytes of the kernels' tables, at most.
    pub(crate) table_bytes: usize,
    /// How many runs began that were not given a number.
    pub(crate) runs: AtomicU64,
    /// Whether the program takes from or adds to the host's queues.
    pub(crate) uses_feeds: bool,
    /// About how long a run takes one thread; the most there is where it may take any time.
    pub(crate) nanoseconds: u64,
}

/// What takes less is over sooner than another thread would begin it.
const SHORT_NANOSECONDS: u64 = 20_000;

/// What takes less is over sooner than it could be handed to another thread.
const TINY_NANOSECONDS: u64 = 500;

/// A parameter of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name, where the program gives it one.
    pub name: Option<Arc<str>>,
    /// Its type.
    pub ty: TensorType,
    /// Whether it is given for keeps: its memory is used for other values once it is not needed any more.
    pub donated: bool,
    /// The result that is in its memory when the program has run.
    pub result: Option<usize>,
}

/// What a program does, one after the other.
#[derive(Debug)]
pub(crate) enum Action {
    Run(Arc<Step>),
    Copy {
        from: Span,
        to: Span,
    },
    /// As long as the condition leaves 1 in `predicate`, the body runs.
    While {
        condition: Vec<Action>,
        predicate: Span,
        body: Vec<Action>,
    },
    Choose {
        index: Span,
        index_type: ElementType,
        branches: Vec<Vec<Action>>,
    },
    /// A loop or a choice as machine code.
    Native(Box<Native>),
}

/// A kernel and where its operands and results are.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) kernel: Box<dyn Kernel>,
    /// What the kernel computes, as loops of scalars: inside of loops, where there is such a form.
    pub(crate) form: Option<Box<StepForm>>,
    pub(crate) operands: Vec<Span>,
    pub(crate) results: Vec<Span>,
    pub(crate) scratch: Span,
    /// For each operand the result whose memory it shares.
    pub(crate) shared: Vec<Option<usize>>,
}

/// Some bytes of the memory that a program runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) home: Home,
    pub(crate) start: usize,
    pub(crate) len: usize,
}

/// The memories that a program runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    Parameter(usize),
    Result(usize),
    Constants,
    Arena,
}

impl Span {
    /// No bytes.
    pub(crate) const EMPTY: Span = Span { home: Home::Arena, start: 0, len: 0 };

    /// Whether two spans have a byte in common.
    pub(crate) fn overlaps(&self, other: &Span) -> bool {
        self.home == other.home
            && self.len > 0
            && other.len > 0
            && self.start < other.start + other.len
            && other.start < self.start + self.len
    }
}

impl Program {
    /// What the program takes.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The types of what the program gives back.
    pub fn results(&self) -> &[TensorType] {
        &self.results
    }

    /// Whether a result comes to be in the memory of a parameter that is given for keeps, and needs none of its own.
    pub fn is_in_parameter(&self, result: usize) -> bool {
        self.parameters.iter().any(|parameter| parameter.result == Some(result))
    }

    /// Whether a run is likely to take no longer than that.
    pub(crate) fn runs_in_call(&self, in_call: InCall) -> bool {
        self.nanoseconds
            < match in_call {
                InCall::Tiny => TINY_NANOSECONDS,
                InCall::Short => SHORT_NANOSECONDS,
                InCall::Any => u64::MAX,
            }
    }

    /// Bytes of working memory that a run needs.
    pub fn arena_bytes(&self) -> usize {
        self.arena_bytes
    }

    /// Bytes that a run allocates beside the arena, at most.
    pub fn allocated_bytes(&self) -> usize {
        self.allocated_bytes
    }

    /// Bytes of constants, and of tables that are computed with, that the program holds.
    pub fn constant_bytes(&self) -> usize {
        self.constants.len().saturating_add(self.table_bytes)
    }

    /// What the program does, step by step, for people to look at.
    pub fn describe(&self) -> PlanDescription {
        let mut steps = Vec::new();
        describe(&self.actions, 0, &mut steps);
        PlanDescription { steps, arena_bytes: self.arena_bytes, constant_bytes: self.constants.len() }
    }
}

/// What a program does and where.
#[derive(Clone, Debug)]
pub struct PlanDescription {
    /// The steps in the order in which they run.
    pub steps: Vec<StepDescription>,
    /// Bytes of working memory.
    pub arena_bytes: usize,
    /// Bytes of constants.
    pub constant_bytes: usize,
}

/// A step of a program.
#[derive(Clone, Debug)]
pub struct StepDescription {
    /// How many loops and branches the step is in.
    pub depth: usize,
    /// What the step does.
    pub work: String,
    /// Where it reads.
    pub operands: Vec<SpanDescription>,
    /// Where it writes.
    pub results: Vec<SpanDescription>,
    /// Bytes of scratch memory.
    pub scratch_bytes: usize,
}

/// Bytes that a step reads or writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanDescription {
    /// The memory: `parameter 0`, `result 1`, `constants` or `arena`.
    pub memory: String,
    /// The first byte.
    pub start: usize,
    /// The number of bytes.
    pub bytes: usize,
}

impl From<&Span> for SpanDescription {
    fn from(span: &Span) -> SpanDescription {
        let memory = match span.home {
            Home::Parameter(i) => format!("parameter {i}"),
            Home::Result(i) => format!("result {i}"),
            Home::Constants => "constants".into(),
            Home::Arena => "arena".into(),
        };
        SpanDescription { memory, start: span.start, bytes: span.len }
    }
}

fn describe(actions: &[Action], depth: usize, steps: &mut Vec<StepDescription>) {
    let plain = |work: &str, operands: &[&Span], results: &[&Span]| StepDescription {
        depth,
        work: work.into(),
        operands: operands.iter().map(|&s| s.into()).collect(),
        results: results.iter().map(|&s| s.into()).collect(),
        scratch_bytes: 0,
    };
    for action in actions {
        match action {
            Action::Run(step) => steps.push(StepDescription {
                depth,
                work: step.kernel.describe(),
                operands: step.operands.iter().map(Into::into).collect(),
                results: step.results.iter().map(Into::into).collect(),
                scratch_bytes: step.scratch.len,
            }),
            Action::Copy { from, to } => steps.push(plain("copy", &[from], &[to])),
            Action::While { condition, predicate, body } => {
                steps.push(plain("while", &[predicate], &[]));
                describe(condition, depth + 1, steps);
                steps.push(plain("do", &[], &[]));
                describe(body, depth + 1, steps);
            }
            Action::Native(native) => {
                steps.push(plain("machine code", &[], &[]));
                describe(std::slice::from_ref(&native.action), depth, steps);
            }
            Action::Choose { index, branches, .. } => {
                steps.push(plain("choose", &[index], &[]));
                for branch in branches {
                    steps.push(plain("branch", &[], &[]));
                    describe(branch, depth + 1, steps);
                }
            }
        }
    }
}
