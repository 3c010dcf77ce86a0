//! Programs that several devices execute together: one task for all, with a thread for each process.

use std::error::Error;
use std::sync::Arc;

use runahead_async::{Keep, ReadBuffer, WriteBuffer, task};
use runahead_runtime::{
    Charge, CompileError, CompiledParallel, Contents, Launch, Processes, Recycler, Signature,
};
use smallvec::SmallVec;

use super::{Given, bytes, perform, take};
use crate::feed::Feeds;
use crate::plan::Program;
use crate::process::{self, Process};

/// A program compiled for several processes.
pub(super) struct ParallelProgram {
    program: Arc<Program>,
    signature: Signature,
    processes: Processes,
    recycler: Arc<Recycler>,
}

impl ParallelProgram {
    /// # Errors
    /// Where the processes would wait for the host, each for a queue of its own.
    pub(super) fn new(
        program: Program,
        signature: Signature,
        processes: Processes,
        recycler: Arc<Recycler>,
    ) -> Result<ParallelProgram, CompileError> {
        if program.uses_feeds {
            let why = "infeed and outfeed in a program of several processes; give it arguments and results";
            return Err(CompileError(why.to_owned()));
        }
        Ok(ParallelProgram { program: Arc::new(program), signature, processes, recycler })
    }
}

/// What a process is given, apart from its places in line.
struct Part {
    /// How many arguments it only reads, and which it is given for keeps.
    reads: usize,
    donated: Vec<usize>,
    charges: SmallVec<[Charge; 2]>,
    working: Charge,
}

impl CompiledParallel for ParallelProgram {
    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn execute(&self, launches: Vec<Launch>) {
        let (program, recycler) = (Arc::clone(&self.program), Arc::clone(&self.recycler));
        let (processes, name) = (self.processes, Arc::clone(&self.signature.name));
        let mut recorders = Vec::new();
        let (mut parts, mut under_way) = (Vec::new(), Vec::new());
        let mut reads: Vec<ReadBuffer<Contents>> = Vec::new();
        let (mut donated, mut outputs): (Vec<WriteBuffer<Contents>>, Vec<WriteBuffer<Contents>>) =
            Default::default();
        let mut in_flight = Vec::new();
        // That of the execution, which all of them have.
        let number = launches.first().map_or(0, |launch| launch.number);
        for launch in launches {
            let (which, given): (Vec<usize>, Vec<_>) = launch.donated.into_iter().unzip();
            let (charges, working) = (launch.charges, launch.working);
            parts.push(Part { reads: launch.reads.len(), donated: which, charges, working });
            reads.extend(launch.reads);
            donated.extend(given);
            outputs.extend(launch.outputs);
            in_flight.push(Keep(launch.in_flight));
            under_way.push(launch.context.under_way);
            recorders.push(launch.context.recorder);
        }
        let access = (reads, donated, outputs, in_flight, under_way);
        task(Arc::clone(&name)).dispatch(access, move |(reads, mut donated, mut outputs, in_flight, _)| {
            let run = || {
                let inputs: Vec<&[u8]> = reads.iter().map(|contents| bytes(contents)).collect();
                let mut given = Vec::new();
                let mut rest = &mut donated[..];
                for part in &parts {
                    let (own, others) = rest.split_at_mut(part.donated.len());
                    given.push(take(&part.donated, own, &recycler)?);
                    rest = others;
                }
                let mut starter = Process::alone(None).numbered(number);
                if let Some(first) = in_flight.first() {
                    starter = starter.charged_to(first.ledger());
                }
                let members = Process::world(processes, &Feeds::default(), &starter);
                let contents = run_all(&program, &recycler, &members, &inputs, given, parts)?;
                outputs.iter_mut().zip(contents).for_each(|(output, contents)| output.set(contents));
                Ok::<_, Box<dyn Error + Send + Sync>>(())
            };
            match recorders.into_iter().flatten().next() {
                Some(recorder) => recorder.record_execution(&name, run),
                None => run(),
            }
        });
    }
}

/// Runs the processes, each on a thread of its own, as any may wait for the others at any time; gives the results of all,
/// one process after the other.
fn run_all(
    program: &Program,
    recycler: &Arc<Recycler>,
    members: &[Process],
    mut inputs: &[&[u8]],
    given: Vec<Vec<Given>>,
    parts: Vec<Part>,
) -> Result<Vec<Contents>, Box<dyn Error + Send + Sync>> {
    let runs = parts.into_iter().zip(given).zip(members).map(|((part, given), member)| {
        let (own, others) = inputs.split_at(part.reads);
        inputs = others;
        let run = move || {
            let contents = perform(program, recycler, member, own.iter().copied(), given, part.charges);
            drop(part.working);
            contents.map_err(|error| error.to_string())
        };
        (member, run)
    });
    let outcomes = process::run_all(runs);
    let mut all = Vec::new();
    for outcome in outcomes {
        all.extend(outcome?);
    }
    Ok(all)
}
