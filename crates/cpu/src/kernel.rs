//! What a step of a plan is made of.

use runahead_ir::{Function, Module, Op};

use crate::compile::CompileOptions;
use crate::process::Process;

/// The computation of one step: an operation, or several fused ones, with shapes and attributes worked in.
///
/// A kernel is built once, when a program is compiled, and run many times, also by several threads at once. It splits
/// its work with [`runahead_async::parallel_for`] where that pays. It may rely on the program having been verified
/// and on every slice having exactly the length of the operation's static type, aligned to 64 bytes.
pub(crate) trait Kernel: Send + Sync + std::fmt::Debug {
    /// A short line for people who look at a plan, such as `dot_general 128x784 · 784x512`.
    fn describe(&self) -> String;

    /// Pairs of operand and result that may share memory, of which any may that have neither in common: where they do, the
    /// operand comes as [`Operand::InResult`] and the result holds the operand's bytes when the kernel starts.
    fn in_place(&self) -> Vec<InPlace> {
        Vec::new()
    }

    /// Bytes of scratch memory that a run needs.
    fn scratch_bytes(&self) -> usize {
        0
    }

    /// Bytes that a run allocates itself beside its scratch memory, at most: what it is computed with by code that takes no
    /// memory of ours, or hands to other processes. They are charged to the device with the scratch memory, before the run.
    fn allocated_bytes(&self) -> usize {
        0
    }

    /// Bytes of the tables that the kernel keeps for its runs, at most, whether or not they are made yet.
    fn table_bytes(&self) -> usize {
        0
    }

    /// Makes the tables, once it is settled that there may be so many bytes of them; nothing else is asked of the kernel but
    /// [`table_bytes`](Self::table_bytes) and [`describe`](Self::describe) before.
    fn make_tables(&mut self) {}

    /// Computes the results from the operands. Results and scratch hold arbitrary bytes at the start.
    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]);

    /// As [`run`](Self::run), as one of the processes that run the program: for kernels that talk to others or the host,
    /// or that can fail.
    fn run_as(
        &self,
        _process: &Process,
        operands: &[Operand<'_>],
        results: &mut [&mut [u8]],
        scratch: &mut [u8],
    ) {
        self.run(operands, results, scratch);
    }
}

/// An operand and a result that may share memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InPlace {
    pub(crate) operand: usize,
    pub(crate) result: usize,
}

/// Where a kernel finds an operand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operand<'a> {
    /// In memory of its own.
    Bytes(&'a [u8]),
    /// In the memory of this result, to be overwritten.
    InResult(usize),
}

impl<'a> Operand<'a> {
    /// The operand's bytes, for a kernel that did not offer to take this operand in place.
    pub(crate) fn bytes(self) -> &'a [u8] {
        match self {
            Operand::Bytes(bytes) => bytes,
            Operand::InResult(_) => unreachable!("an operand is in place only where the kernel offered it"),
        }
    }
}

/// What a kernel is built for: an operation and the function whose values it uses.
#[derive(Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) op: &'a Op,
    pub(crate) function: &'a Function,
    /// The module, for operations that name functions.
    pub(crate) module: &'a Module,
    /// How the program is compiled.
    pub(crate) options: &'a CompileOptions,
}

/// Why an operation has no kernel: a phrase that goes on after the operation's name.
#[derive(Debug)]
pub(crate) struct Unsupported(pub(crate) String);
