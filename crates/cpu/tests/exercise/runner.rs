//! Runs of compiled programs on memory of any contents: what all tests of random programs share, those of `runahead-testing`
//! among them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_cpu::{Input, Parameter, Process, Program};
use runahead_ir::TensorType;
use runahead_runtime::AlignedBytes;

/// How a run goes wrong.
#[derive(Debug, PartialEq)]
pub enum Fault {
    /// It fails, or does not end.
    Stops(String),
    /// It overwrites this argument, which was not given for keeps.
    Overwrites(usize),
}

/// Runs a program on memory that holds the byte everywhere, with the arguments given for keeps that it takes so, and its
/// loops turning so often at most; gives the results.
pub fn run_on(
    program: &Program,
    arguments: &[Vec<u8>],
    byte: u8,
    most_turns: usize,
) -> Result<Vec<Vec<u8>>, Fault> {
    let memory = |bytes: usize| {
        let mut memory = AlignedBytes::zeroed(bytes).expect("little memory");
        memory.fill(byte);
        memory
    };
    let mut inputs: Vec<AlignedBytes> =
        arguments.iter().map(|bytes| AlignedBytes::copy_of(bytes).expect("little memory")).collect();
    let size = |ty: &TensorType| ty.byte_count().expect("a size");
    let own = program.results().iter().enumerate().map(|(i, ty)| match program.is_in_parameter(i) {
        true => 0,
        false => size(ty),
    });
    let mut results: Vec<AlignedBytes> = own.map(memory).collect();
    let mut arena = memory(program.arena_bytes());
    let turns = AtomicUsize::new(0);
    let stop = move || turns.fetch_add(1, Ordering::Relaxed) >= most_turns;
    let process = Process::alone(None).stopped_by(Arc::new(stop));
    let give = |(bytes, parameter): (_, &Parameter)| match parameter.donated {
        true => Input::Keep(bytes),
        false => Input::Read(bytes),
    };
    let given = inputs.iter_mut().map(|bytes| &mut bytes[..]).zip(program.parameters()).map(give);
    program.run_on(&process, given, results.iter_mut().map(|result| &mut result[..]), &mut arena);
    if let Some(failure) = process.failure() {
        return Err(Fault::Stops(failure));
    }
    let kept = |i: &usize| !program.parameters()[*i].donated;
    if let Some(i) = (0..inputs.len()).filter(kept).find(|&i| inputs[i][..] != arguments[i][..]) {
        return Err(Fault::Overwrites(i));
    }
    let value = |i: usize| match program.parameters().iter().position(|p| p.result == Some(i)) {
        Some(parameter) => inputs[parameter].to_vec(),
        None => results[i].to_vec(),
    };
    Ok((0..results.len()).map(value).collect())
}
