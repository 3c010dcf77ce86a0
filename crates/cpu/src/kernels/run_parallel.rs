//! `interpreter.run_parallel`: functions of the module run as the processes of a world of their own.
//!
//! It is how self-checking programs try collective operations: `programs` names a function for each replica and
//! partition, the operands are those functions' arguments one after the other, and the results theirs. `infeed` names
//! functions whose results the host feeds beforehand.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use runahead_ir::{Attribute, Function, Literal, Module, OpKind};
use runahead_runtime::{AlignedBytes, Processes};

use crate::compile::{CompileOptions, compile_function};
use crate::feed::Feeds;
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::plan::Program;
use crate::process::{self, Process};

/// What the operation is called.
pub(super) const NAME: &str = "interpreter.run_parallel";

/// The most processes that a program may ask for: each has a thread.
const MOST_PROCESSES: usize = 256;

#[derive(Debug)]
struct RunParallel {
    processes: Processes,
    /// One for each process.
    programs: Vec<Arc<Program>>,
    infeed: Vec<Arc<Program>>,
}

/// A kernel with a compiled program for each process.
pub(super) fn kernel(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let rows = match site.op.attributes.get("programs") {
        Some(Attribute::Array(rows)) => rows.iter().map(symbols).collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let expected =
        "without `programs`; expected a list of lists of functions, one for each replica and partition";
    let rows = rows.filter(|rows| {
        rows.first().is_some_and(|first| !first.is_empty() && rows.iter().all(|row| row.len() == first.len()))
    });
    let rows = rows.ok_or_else(|| Unsupported(expected.into()))?;
    let processes = Processes { replicas: rows.len(), partitions: rows[0].len() };
    if processes.count() > MOST_PROCESSES {
        return Err(Unsupported(format!(
            "of {} processes; expected at most {MOST_PROCESSES}",
            processes.count()
        )));
    }
    let infeed = match site.op.attributes.get("infeed") {
        None => Vec::new(),
        Some(names) => symbols(names)
            .ok_or_else(|| Unsupported("with an `infeed` that is no list of functions".into()))?,
    };
    let mut compiled: HashMap<Arc<str>, Arc<Program>> = HashMap::new();
    let mut program = |name: &Arc<str>, processes: Processes| -> Result<Arc<Program>, Unsupported> {
        if let Some(program) = compiled.get(name) {
            return Ok(Arc::clone(program));
        }
        let function = site
            .module
            .function(name)
            .filter(|function| !std::ptr::eq(*function, site.function) && function.name != site.function.name)
            .ok_or_else(|| Unsupported(format!("of @{name}, which is not there to be run")))?;
        if nests(site.module, function) {
            return Err(Unsupported(format!("of @{name}, which runs processes itself")));
        }
        let options = CompileOptions { processes, limits: site.options.limits, ..CompileOptions::default() };
        let program = compile_function(site.module, function, &options)
            .map_err(|error| Unsupported(format!("of @{name}: {error}")))?;
        let program = Arc::new(program);
        compiled.insert(Arc::clone(name), Arc::clone(&program));
        Ok(program)
    };
    let programs =
        rows.concat().iter().map(|name| program(name, processes)).collect::<Result<Vec<_>, _>>()?;
    let infeed = infeed.iter().map(|name| program(name, processes)).collect::<Result<Vec<_>, _>>()?;
    let parallel = RunParallel { processes, programs, infeed };
    parallel.check(site)?;
    Ok(Box::new(parallel))
}

/// Whether a function or one that it calls runs processes itself.
fn nests(module: &Module, function: &Function) -> bool {
    let (mut open, mut seen) = (vec![function], HashSet::new());
    while let Some(function) = open.pop() {
        let mut found = false;
        function.for_each_op(|op| found |= matches!(&op.kind, OpKind::Unknown { name } if &**name == NAME));
        if found {
            return true;
        }
        let callees = function.callees().into_iter().filter(|name| seen.insert(Arc::clone(name)));
        open.extend(callees.filter_map(|name| module.function(&name)));
    }
    false
}

fn symbols(list: &Attribute) -> Option<Vec<Arc<str>>> {
    let Attribute::Array(items) = list else { return None };
    let name = |item: &Attribute| match item {
        Attribute::Symbol(name) | Attribute::String(name) => Some(Arc::clone(name)),
        _ => None,
    };
    items.iter().map(name).collect()
}

impl RunParallel {
    /// Whether operands and results are those of the functions, one after the other.
    fn check(&self, site: Site<'_>) -> Result<(), Unsupported> {
        let sizes = |values: &[runahead_ir::ValueId]| -> Vec<Option<usize>> {
            values
                .iter()
                .map(|&v| site.function.type_of(v).as_tensor().and_then(|t| t.byte_count()))
                .collect()
        };
        let taken: Vec<Option<usize>> =
            self.programs.iter().flat_map(|p| p.parameters().iter().map(|p| p.ty.byte_count())).collect();
        let given: Vec<Option<usize>> =
            self.programs.iter().flat_map(|p| p.results().iter().map(|ty| ty.byte_count())).collect();
        if sizes(&site.op.operands) != taken || sizes(&site.op.results) != given {
            return Err(Unsupported("with operands or results that are not those of its programs".into()));
        }
        if self.infeed.iter().any(|program| !program.parameters().is_empty()) {
            return Err(Unsupported("with a function for its infeed that takes arguments".into()));
        }
        Ok(())
    }

    fn feeds(&self, process: &Process) -> Result<Feeds, String> {
        let feeds = Feeds::default();
        for program in &self.infeed {
            let results = run(program, &Process::alone(None).within(process), &[])?;
            let literal = |(bytes, ty): (&AlignedBytes, &runahead_ir::TensorType)| {
                Literal::new(ty.clone(), bytes.to_vec())
            };
            let tensors: Result<Vec<_>, _> = results.iter().zip(program.results()).map(literal).collect();
            feeds.infeed.put(tensors.map_err(|error| error.to_string())?);
        }
        Ok(feeds)
    }
}

/// Bytes that a run of the program in memory of its own takes.
fn memory_of(program: &Program) -> usize {
    let all = program.parameter_bytes.iter().chain(&program.result_bytes).copied();
    all.chain([program.arena_bytes(), program.allocated_bytes()]).fold(0, usize::saturating_add)
}

/// Runs a program in memory of its own.
fn run(program: &Program, process: &Process, inputs: &[&[u8]]) -> Result<Vec<AlignedBytes>, String> {
    let take = |bytes: usize| {
        AlignedBytes::zeroed(bytes).ok_or_else(|| format!("needs {bytes} bytes that cannot be had"))
    };
    let copy = |bytes: &&[u8]| {
        AlignedBytes::copy_of(bytes).ok_or_else(|| "needs memory that cannot be had".to_owned())
    };
    let inputs = inputs.iter().map(copy).collect::<Result<Vec<_>, _>>()?;
    let inputs: Vec<&[u8]> = inputs.iter().map(|input| &input[..]).collect();
    let mut results = program.result_bytes.iter().copied().map(take).collect::<Result<Vec<_>, _>>()?;
    let mut arena = take(program.arena_bytes())?;
    let mut slices: Vec<&mut [u8]> = results.iter_mut().map(|result| &mut result[..]).collect();
    program.run_as(process, &inputs, &mut slices, &mut arena);
    match process.failure() {
        Some(reason) => Err(reason),
        None => Ok(results),
    }
}

impl Kernel for RunParallel {
    fn describe(&self) -> String {
        format!(
            "run_parallel {} replicas of {} partitions",
            self.processes.replicas, self.processes.partitions
        )
    }

    fn allocated_bytes(&self) -> usize {
        // All programs run at the same time; what the infeed gets is copied twice on its way.
        let running = self.programs.iter().map(|program| memory_of(program));
        let fed = self.infeed.iter().map(|program| memory_of(program).saturating_mul(3));
        running.chain(fed).fold(0, usize::saturating_add)
    }

    fn table_bytes(&self) -> usize {
        // A program that several processes run is there once.
        let mut seen: Vec<*const Program> = Vec::new();
        let all = self.programs.iter().chain(&self.infeed);
        let new = all.filter(|program| {
            let program = Arc::as_ptr(program);
            let is_new = !seen.contains(&program);
            seen.push(program);
            is_new
        });
        new.map(|program| program.constant_bytes()).fold(0, usize::saturating_add)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        results.iter_mut().for_each(|result| result.fill(0));
        let feeds = match self.feeds(process) {
            Ok(feeds) => feeds,
            Err(reason) => return process.fail(reason),
        };
        let members = Process::world(self.processes, &feeds, process);
        let inputs: Vec<&[u8]> = operands.iter().map(|operand| operand.bytes()).collect();
        let mut rest = &inputs[..];
        let runs = self.programs.iter().zip(&members).map(|(program, member)| {
            let (inputs, others) = rest.split_at(program.parameters().len());
            rest = others;
            (member, move || run(program, member, inputs))
        });
        let outcomes = process::run_all(runs);
        let mut results = results.iter_mut();
        for outcome in outcomes {
            match outcome {
                Ok(given) => {
                    for (given, result) in given.iter().zip(results.by_ref()) {
                        result.copy_from_slice(given);
                    }
                }
                Err(reason) => return process.fail(reason),
            }
        }
    }
}
