//! `runahead inspect`: what a program takes, gives, does and needs. `coverage` has what programs may use at all.

mod coverage;

use std::collections::BTreeMap;
use std::process::ExitCode;

use runahead::{Executable, Program, Signature, TensorType};
use serde::Serialize;

use crate::args::InspectArgs;
use crate::error::CliError;
use crate::output::Output;
use crate::program::compile;
use crate::text::{bytes, table};

/// Shows a program.
///
/// # Errors
/// Where the file is no program, or one that the device does not support.
pub(crate) fn inspect(args: &InspectArgs) -> Result<ExitCode, CliError> {
    let Some(path) = &args.program else { return coverage::show(args.json) };
    let program = Program::load(path)?;
    let device = runahead::device("cpu")?;
    let executable = compile(path, &program, &device)?;
    let summary = Summary::new(path.to_string_lossy().into_owned(), &program, &executable);
    let mut output = Output::new();
    if args.json {
        let json = serde_json::to_string(&summary);
        output.line(json.unwrap_or_else(|error| unreachable!("a summary is plain data: {error}")))?;
    } else {
        summary.lines().into_iter().try_for_each(|line| output.line(line))?;
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Summary {
    program: String,
    name: String,
    arguments: Vec<Value>,
    results: Vec<Value>,
    operations: Vec<Operation>,
    plan: Vec<String>,
    memory: Memory,
}

/// An argument or a result.
#[derive(Serialize)]
struct Value {
    /// What the program calls it, else `arg0` or `out0`.
    name: String,
    r#type: String,
    bytes: usize,
}

#[derive(Serialize)]
struct Operation {
    name: String,
    count: usize,
}

/// Bytes that one execution needs.
#[derive(Serialize)]
struct Memory {
    argument_bytes: usize,
    result_bytes: usize,
    temporary_bytes: usize,
    constant_bytes: usize,
    /// The sum of all.
    peak_bytes: usize,
}

impl Summary {
    fn new(path: String, program: &Program, executable: &Executable) -> Summary {
        let signature = executable.signature();
        let value = |name: String, ty: &TensorType| Value {
            name,
            r#type: ty.to_string(),
            bytes: ty.byte_count().unwrap_or(usize::MAX),
        };
        let parameters = signature.parameters.iter().enumerate();
        let results = signature.results.iter().enumerate();
        let arguments: Vec<_> =
            parameters.map(|(i, parameter)| value(signature.parameter_name(i), &parameter.ty)).collect();
        let results: Vec<_> = results.map(|(i, ty)| value(format!("out{i}"), ty)).collect();
        Summary {
            program: path,
            name: signature.name.to_string(),
            memory: Memory::new(&arguments, &results, signature),
            arguments,
            results,
            operations: operations(program),
            plan: executable.plan(),
        }
    }

    fn lines(&self) -> Vec<String> {
        let values = |values: &[Value]| {
            let row = |value: &Value| vec![value.name.clone(), value.r#type.clone(), bytes(value.bytes)];
            table(&values.iter().map(row).collect::<Vec<_>>(), &[2])
        };
        let operations: Vec<_> =
            self.operations.iter().map(|op| vec![op.name.clone(), op.count.to_string()]).collect();
        let memory = &self.memory;
        let memory = [
            ("arguments", memory.argument_bytes),
            ("results", memory.result_bytes),
            ("temporaries", memory.temporary_bytes),
            ("constants", memory.constant_bytes),
            ("peak", memory.peak_bytes),
        ];
        let memory =
            memory.map(|(what, count)| vec![what.to_owned(), bytes(count), format!("({count} bytes)")]);
        let total: usize = self.operations.iter().map(|op| op.count).sum();

        let mut lines = vec![format!("{} (@{})", self.program, self.name)];
        let mut section = |title: String, body: Vec<String>| {
            lines.push(String::new());
            lines.push(title);
            lines.extend(body);
        };
        section(format!("arguments: {}", self.arguments.len()), values(&self.arguments));
        section(format!("results: {}", self.results.len()), values(&self.results));
        section(format!("operations: {total}"), table(&operations, &[1]));
        let plan = self.plan.iter().map(|step| format!("  {step}")).collect();
        section(format!("plan: {} steps", self.plan.len()), plan);
        section("memory".to_owned(), table(&memory, &[1]));
        lines
    }
}

impl Memory {
    fn new(arguments: &[Value], results: &[Value], signature: &Signature) -> Memory {
        let sum = |values: &[Value]| values.iter().fold(0usize, |sum, value| sum.saturating_add(value.bytes));
        let (argument_bytes, result_bytes) = (sum(arguments), sum(results));
        let (temporary_bytes, constant_bytes) = (signature.temporary_bytes, signature.constant_bytes);
        let parts = [argument_bytes, result_bytes, temporary_bytes, constant_bytes];
        let peak_bytes = parts.into_iter().fold(0, usize::saturating_add);
        Memory { argument_bytes, result_bytes, temporary_bytes, constant_bytes, peak_bytes }
    }
}

/// The operations of the program as it is written, those in regions included, the most frequent first.
fn operations(program: &Program) -> Vec<Operation> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for function in &program.module().functions {
        function.for_each_op(|op| *counts.entry(op.kind.name().to_owned()).or_default() += 1);
    }
    let mut operations: Vec<_> = counts.into_iter().map(|(name, count)| Operation { name, count }).collect();
    operations.sort_by_key(|op| std::cmp::Reverse(op.count));
    operations
}
