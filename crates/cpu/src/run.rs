//! Running a program.
//!
//! All `unsafe` of handing out memory to kernels is here. What makes it sound is that every [`Program`] was checked
//! when it was made (by `compile::check`):
//!
//! - every span lies within its memory;
//! - what a step writes (results, scratch) has no byte in common with anything else that the step reads or writes,
//!   but for operands that share a result's memory by agreement, which the kernel then gets as
//!   [`Operand::InResult`] and not as bytes;
//! - nothing writes to constants, nor to parameters that are not given for keeps.
//!
//! Steps run one after the other, so that no slice outlives the step that it was made for.

use std::sync::atomic::Ordering;

use runahead_ir::ElementType;
use runahead_runtime::{ADOPTED_ALIGNMENT, ALIGNMENT, AlignedBytes};
use smallvec::SmallVec;

use crate::feed::Feeds;
use crate::kernel::Operand;
use crate::native::Machine;
use crate::plan::{Action, Home, Program, Span, Step};
use crate::process::Process;

impl Program {
    /// Runs the program: `results[i]` receives the elements of result `i`.
    ///
    /// # Panics
    /// Where there are not as many inputs and results as the program has, one has another size than its type or does
    /// not begin at a multiple of [`ALIGNMENT`], or of [`ADOPTED_ALIGNMENT`] where it is an input, or the arena is smaller
    /// than [`arena_bytes`](Self::arena_bytes).
    pub fn run(&self, inputs: &[&[u8]], results: &mut [&mut [u8]], arena: &mut AlignedBytes) {
        let feeds = self.uses_feeds.then(Feeds::default);
        self.run_as(&Process::alone(feeds), inputs, results, arena);
    }

    /// Runs the program as a process; whether it failed is with the process, and where it did, the results are anything.
    ///
    /// # Panics
    /// As [`run`](Self::run) does, and where an input is to be given for keeps.
    pub fn run_as(
        &self,
        process: &Process,
        inputs: &[&[u8]],
        results: &mut [&mut [u8]],
        arena: &mut AlignedBytes,
    ) {
        let inputs = inputs.iter().map(|input| Input::Read(input));
        self.run_on(process, inputs, results.iter_mut().map(|result| &mut **result), arena);
    }

    /// Runs the program as a process, on inputs of which some are given for keeps. A result that is
    /// [in the memory of one](Self::is_in_parameter) is given no memory: no bytes.
    ///
    /// # Panics
    /// As [`run`](Self::run) does, and where what was compiled to be given for keeps is not.
    pub fn run_on<'i, 'r>(
        &self,
        process: &Process,
        inputs: impl IntoIterator<Item = Input<'i>>,
        results: impl IntoIterator<Item = &'r mut [u8]>,
        arena: &mut AlignedBytes,
    ) {
        // Pushed one by one, which for the few there are takes less time than to collect them.
        let mut pointers: SmallVec<[*mut u8; 8]> = SmallVec::new();
        for input in inputs {
            let (start, len, kept) = match input {
                Input::Read(bytes) => (bytes.as_ptr().cast_mut(), bytes.len(), false),
                Input::Keep(bytes) => (bytes.as_mut_ptr(), bytes.len(), true),
            };
            let i = pointers.len();
            assert!(i < self.parameters.len(), "a program is given one input for each parameter");
            assert!(
                kept || !self.parameters[i].donated,
                "an input is given for keeps where the program takes it so"
            );
            assert_eq!(len, self.parameter_bytes[i], "an input of type {}", self.parameters[i].ty);
            assert!(is_aligned(start, len, ADOPTED_ALIGNMENT), "inputs are aligned");
            pointers.push(start);
        }
        assert_eq!(pointers.len(), self.parameters.len(), "a program is given one input for each parameter");
        let mut starts: SmallVec<[*mut u8; 8]> = SmallVec::new();
        for result in results {
            let i = starts.len();
            assert!(i < self.results.len(), "a program is given memory for each result");
            assert_eq!(result.len(), self.result_bytes[i], "memory for a result of type {}", self.results[i]);
            assert!(is_aligned(result.as_mut_ptr(), result.len(), ALIGNMENT), "results are aligned");
            starts.push(result.as_mut_ptr());
        }
        assert_eq!(starts.len(), self.results.len(), "a program is given memory for each result");
        assert!(arena.len() >= self.arena_bytes, "the arena has {} bytes or more", self.arena_bytes);
        process.begin(|| self.runs.fetch_add(1, Ordering::Relaxed));
        let memory = Memory {
            process,
            inputs: &pointers,
            results: &starts,
            constants: &self.constants,
            arena: arena.as_mut_ptr(),
        };
        memory.run_all(&self.actions);
    }
}

/// Memory that a program is given for a parameter.
#[derive(Debug)]
pub enum Input<'a> {
    /// To be read.
    Read(&'a [u8]),
    /// For keeps: the program may overwrite it.
    Keep(&'a mut [u8]),
}

fn is_aligned(start: *const u8, len: usize, alignment: usize) -> bool {
    len == 0 || start.addr().is_multiple_of(alignment)
}

/// The memories of a run. The pointers are valid for as many bytes as the program's types and arena say, and nobody
/// else uses what they point to while the run lasts, nor writes to what is only read.
struct Memory<'a> {
    process: &'a Process,
    inputs: &'a [*mut u8],
    results: &'a [*mut u8],
    constants: &'a [u8],
    arena: *mut u8,
}

impl Machine for Memory<'_> {
    fn step(&self, step: &Step) {
        self.run_step(step);
    }

    fn is_to_end(&self) -> bool {
        self.process.is_to_end()
    }
}

impl<'a> Memory<'a> {
    fn run_all(&self, actions: &[Action]) {
        for action in actions {
            match action {
                Action::Run(step) => self.run_step(step),
                Action::Copy { from, to } => {
                    // SAFETY: the spans are within their memories and do not overlap, as was checked.
                    let (from, to) = unsafe { (self.read(from), self.write(to)) };
                    to.copy_from_slice(from);
                }
                Action::While { condition, predicate, body } => loop {
                    self.run_all(condition);
                    // SAFETY: within its memory, as was checked; nothing else runs now.
                    if unsafe { self.read(predicate) }[0] == 0 {
                        break;
                    }
                    self.run_all(body);
                    // What failed gives no condition that could be relied on to end.
                    if self.process.is_to_end() {
                        break;
                    }
                },
                Action::Native(native) => {
                    let constants = self.constants.as_ptr().cast_mut();
                    let starts: SmallVec<[*mut u8; 12]> = self
                        .inputs
                        .iter()
                        .chain(self.results)
                        .copied()
                        .chain([constants, self.arena])
                        .collect();
                    // SAFETY: the memories of the plan, which nothing else uses now; constants are only read.
                    unsafe { native.run(self, &starts) };
                }
                Action::Choose { index, index_type, branches } => {
                    // SAFETY: within its memory, as was checked; nothing else runs now.
                    let chosen = unsafe { self.read(index) };
                    let branch = match index_type {
                        ElementType::Bool => usize::from(chosen[0] == 0),
                        _ => {
                            let index = i32::from_le_bytes([chosen[0], chosen[1], chosen[2], chosen[3]]);
                            usize::try_from(index).unwrap_or(usize::MAX).min(branches.len() - 1)
                        }
                    };
                    self.run_all(&branches[branch]);
                }
            }
        }
    }

    fn run_step(&self, step: &Step) {
        // SAFETY: the spans are within their memories. What is written overlaps nothing else that is handed out, as
        // was checked: operands that share a result's memory are not handed out as bytes.
        unsafe {
            let mut operands: SmallVec<[Operand<'_>; 8]> = SmallVec::new();
            for (span, shared) in step.operands.iter().zip(&step.shared) {
                operands.push(match shared {
                    Some(result) => Operand::InResult(*result),
                    None => Operand::Bytes(self.read(span)),
                });
            }
            let mut results: SmallVec<[&mut [u8]; 4]> = SmallVec::new();
            step.results.iter().for_each(|span| results.push(self.write(span)));
            step.kernel.run_as(self.process, &operands, &mut results, self.write(&step.scratch));
        }
    }

    /// # Safety
    /// The span lies within its memory, and while the slice lives nobody writes there.
    unsafe fn read(&self, span: &Span) -> &[u8] {
        match span.home {
            Home::Constants => &self.constants[span.start..span.start + span.len],
            // SAFETY: as the caller makes sure.
            _ => unsafe { std::slice::from_raw_parts(self.start(span), span.len) },
        }
    }

    /// # Safety
    /// The span lies within the arena, a result or an input that is given for keeps, and while the slice lives nobody else
    /// reads or writes there.
    #[allow(clippy::mut_from_ref)]
    unsafe fn write(&self, span: &Span) -> &mut [u8] {
        // SAFETY: as the caller makes sure.
        unsafe { std::slice::from_raw_parts_mut(self.start(span), span.len) }
    }

    /// # Safety
    /// The span lies within the arena, a result or an input.
    unsafe fn start(&self, span: &Span) -> *mut u8 {
        let memory = match span.home {
            Home::Result(i) => self.results[i],
            Home::Arena => self.arena,
            Home::Parameter(i) => self.inputs[i],
            Home::Constants => unreachable!("constants are only read"),
        };
        // SAFETY: within the memory, as the caller makes sure.
        unsafe { memory.add(span.start) }
    }
}
