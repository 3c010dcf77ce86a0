//! Binding what files hold to a program's arguments.
//!
//! Types must agree exactly: nothing is converted on the way. Everything that does not fit is told at once, with what
//! the program takes.

use std::path::Path;

use runahead::files::{self, Format};
use runahead::{ElementType, Literal, Parameter, Signature, TensorType};

use crate::args::{Assignment, InputArgs};
use crate::compare::comparable;
use crate::error::CliError;
use crate::text::table;

/// Reads the files and binds their arrays to the arguments of a program, in the arguments' order.
///
/// `elsewhere` are the positions of arguments that come from elsewhere; they are `None`.
///
/// # Errors
/// Where a file cannot be read, or where arguments are missing, unknown, given twice, or of another type: all in one
/// message.
pub(crate) fn bind(
    program: &Path,
    signature: &Signature,
    args: &InputArgs,
    elsewhere: &[usize],
) -> Result<Vec<Option<Literal>>, CliError> {
    let mut binding =
        Binding { signature, elsewhere, bound: vec![None; signature.parameters.len()], problems: Vec::new() };
    for path in &args.inputs {
        binding.file(path);
    }
    for assignment in &args.input {
        binding.assignment(assignment);
    }
    binding.missing();
    if binding.problems.is_empty() {
        return Ok(binding.bound.into_iter().map(|bound| bound.map(|bound| bound.value)).collect());
    }
    let mut message = "the inputs do not fit the program:".to_owned();
    for problem in &binding.problems {
        message += &format!("\n  {}", problem.replace('\n', "\n  "));
    }
    message += "\nthe program takes";
    message += &arguments_text(signature);
    Err(CliError::in_file(program, message))
}

/// The arguments and their types, a line for each, to end a message with.
fn arguments_text(signature: &Signature) -> String {
    if signature.parameters.is_empty() {
        return " no arguments".to_owned();
    }
    let row = |(i, parameter): (usize, &Parameter)| {
        let name = parameter.name.as_ref().map_or_else(String::new, |name| format!(" ({name})"));
        vec![format!("arg{i}{name}"), parameter.ty.to_string()]
    };
    let rows: Vec<_> = signature.parameters.iter().enumerate().map(row).collect();
    format!(":\n{}", table(&rows, &[]).join("\n"))
}

/// A value and where it comes from, for messages.
#[derive(Clone)]
struct Bound {
    value: Literal,
    origin: String,
}

struct Binding<'a> {
    signature: &'a Signature,
    elsewhere: &'a [usize],
    bound: Vec<Option<Bound>>,
    problems: Vec<String>,
}

impl Binding<'_> {
    /// Binds every array of a file by its name.
    fn file(&mut self, path: &Path) {
        let read = match Format::of(path) {
            Ok(Format::Npy) => {
                let remedy = "give it as --input ARG=FILE.npy";
                self.problems.push(format!("{}: an .npy file names no argument; {remedy}", path.display()));
                return;
            }
            Ok(_) => files::read(path),
            Err(error) => Err(error),
        };
        match read {
            Err(error) => self.problems.push(error.to_string()),
            Ok(arrays) => {
                for (name, value) in arrays {
                    self.array(&name, value, format!("{}: array {name:?}", path.display()));
                }
            }
        }
    }

    fn assignment(&mut self, assignment: &Assignment) {
        match read_one(&assignment.file) {
            Err(error) => self.problems.push(error.to_string()),
            Ok(value) => self.array(&assignment.argument, value, assignment.file.display().to_string()),
        }
    }

    fn array(&mut self, argument: &str, value: Literal, origin: String) {
        let Some(position) = self.signature.position(argument) else {
            return self
                .problems
                .push(format!("{origin}: the program has no argument {argument:?}; leave it out"));
        };
        let name = self.signature.parameter_name(position);
        if self.elsewhere.contains(&position) {
            return self.problems.push(format!("{origin}: {name} is given otherwise too; leave one out"));
        }
        if let Some(before) = &self.bound[position] {
            let problem = format!("{origin}: {name} is given by {} too; leave one out", before.origin);
            return self.problems.push(problem);
        }
        if let Some(problem) = misfit(&self.signature.parameters[position].ty, value.ty()) {
            self.problems.push(format!("{origin}: {name} {problem}"));
        }
        self.bound[position] = Some(Bound { value, origin });
    }

    fn missing(&mut self) {
        for (position, bound) in self.bound.iter().enumerate() {
            if bound.is_none() && !self.elsewhere.contains(&position) {
                let name = self.signature.parameter_name(position);
                let remedy =
                    format!("give --input arg{position}=FILE.npy, or an array of that name in --inputs");
                self.problems.push(format!("{name} is missing; {remedy}"));
            }
        }
    }
}

/// Reads a file that holds a single array.
///
/// # Errors
/// Where it cannot be read, or holds none or several.
pub(crate) fn read_one(path: &Path) -> Result<Literal, CliError> {
    let mut arrays = files::read(path)?;
    match arrays.pop() {
        Some((_, array)) if arrays.is_empty() => Ok(array),
        last => {
            let count = arrays.len() + usize::from(last.is_some());
            Err(CliError::in_file(
                path,
                format!("the file holds {count} arrays; give one that holds a single array"),
            ))
        }
    }
}

/// What is wrong with an array of one type for an argument of another, and how to make it right.
pub(crate) fn misfit(expected: &TensorType, found: &TensorType) -> Option<String> {
    if comparable(expected, found) {
        return None;
    }
    let remedy = match (expected.element == found.element, expected.dims == found.dims) {
        (false, _) => match numpy_name(expected.element) {
            Some(dtype) => format!("convert it, in NumPy by x.astype(\"{dtype}\")"),
            None => format!("store it as {}, which a .safetensors file may hold", expected.element),
        },
        (true, _) if expected.element_count() == found.element_count() => {
            format!("give it that shape, in NumPy by x.reshape({})", shape_text(expected))
        }
        _ => format!("give an array of the shape {}", shape_text(expected)),
    };
    let expected = TensorType::new(expected.element, expected.dims.iter().copied());
    Some(format!("is {expected}, but this is {found}; {remedy}"))
}

/// A shape as Python writes it.
fn shape_text(ty: &TensorType) -> String {
    let dims: Vec<_> = ty.dims.iter().map(usize::to_string).collect();
    let end = if dims.len() == 1 { "," } else { "" };
    format!("({}{end})", dims.join(", "))
}

/// What NumPy calls an element type, where it has it.
fn numpy_name(element: ElementType) -> Option<&'static str> {
    use ElementType::*;
    Some(match element {
        Bool => "bool",
        I8 => "int8",
        I16 => "int16",
        I32 => "int32",
        I64 => "int64",
        U8 => "uint8",
        U16 => "uint16",
        U32 => "uint32",
        U64 => "uint64",
        F16 => "float16",
        F32 => "float32",
        F64 => "float64",
        C64 => "complex64",
        C128 => "complex128",
        _ => return None,
    })
}
