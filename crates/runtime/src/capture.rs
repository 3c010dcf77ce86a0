//! Executions that are noted once and replayed as one.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use runahead_ir::{Function, FunctionBuilder, Module, OpKind, TensorType, Type};

use crate::backend::CompileError;
use crate::buffer::{Buffer, Gone};
use crate::device::Device;
use crate::executable::{Executable, ExecuteError};

thread_local! {
    /// What is noted on this thread.
    static UNDER_WAY: RefCell<Option<Notes>> = const { RefCell::new(None) };
}

/// Whether executions that this thread submits are noted.
pub(crate) fn is_under_way() -> bool {
    UNDER_WAY.with_borrow(Option::is_some)
}

/// Notes an execution; gives what stands for its results.
pub(crate) fn note(program: &Executable, arguments: &[&Buffer]) -> Result<Vec<Buffer>, ExecuteError> {
    UNDER_WAY.with_borrow_mut(|notes| match notes {
        Some(notes) => notes.add(program, arguments),
        None => Ok(Vec::new()),
    })
}

/// The executions that are submitted on this thread while it lives: they are noted, and not executed.
///
/// What their results are is stood in for by buffers without data, which may be given to other executions on this thread.
/// Buffers that are used and are neither inputs nor such results are owned by what is captured.
///
/// It stays on its thread:
///
/// ```compile_fail,E0277
/// fn sent(capture: runahead_runtime::Capture) {
///     std::thread::spawn(move || drop(capture));
/// }
/// ```
#[must_use = "what is captured is had by `finish`"]
pub struct Capture {
    /// Of the thread that the notes belong to.
    _thread: std::marker::PhantomData<*const ()>,
}

/// What was captured: one program of all the executions, and what it uses beside its inputs.
#[derive(Clone, Debug)]
pub struct Captured {
    /// The program. It takes the inputs and then the buffers.
    pub program: Executable,
    /// The buffers.
    pub buffers: Vec<Buffer>,
}

#[derive(Default)]
struct Notes {
    inputs: Vec<Buffer>,
    /// What is used beside the inputs.
    outside: Vec<Buffer>,
    calls: Vec<Call>,
}

struct Call {
    program: Executable,
    arguments: Vec<Buffer>,
    results: Vec<Buffer>,
}

impl Capture {
    /// Whether executions that this thread submits are noted.
    pub fn is_under_way() -> bool {
        is_under_way()
    }

    /// Starts to note executions on buffers of those types, which stand for the inputs. `None` where that is done on this
    /// thread already.
    pub fn begin(device: &Device, inputs: &[TensorType]) -> Option<(Capture, Vec<Buffer>)> {
        UNDER_WAY.with_borrow_mut(|under_way| {
            if under_way.is_some() {
                return None;
            }
            let inputs: Vec<Buffer> =
                inputs.iter().map(|ty| Buffer::captured(device.clone(), ty.clone())).collect();
            *under_way = Some(Notes { inputs: inputs.clone(), ..Notes::default() });
            Some((Capture { _thread: std::marker::PhantomData }, inputs))
        })
    }

    /// Compiles what was noted as one program that gives those values.
    ///
    /// # Errors
    /// Where a value is none of what was noted nor has data, or the program cannot be compiled.
    pub fn finish(self, name: &str, device: &Device, results: &[Buffer]) -> Result<Captured, CompileError> {
        let notes = UNDER_WAY.take().unwrap_or_default();
        drop(self);
        notes.compile(name, device, results)
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        drop(UNDER_WAY.take());
    }
}

impl Notes {
    fn add(&mut self, program: &Executable, arguments: &[&Buffer]) -> Result<Vec<Buffer>, ExecuteError> {
        for (i, &argument) in arguments.iter().enumerate() {
            self.use_buffer(argument).map_err(|gone| ExecuteError::Gone {
                program: Arc::clone(program.name()),
                argument: program.signature().parameter_name(i),
                gone,
            })?;
        }
        if let Some(first) = self.inputs.first().map(Buffer::device)
            && first != program.device()
        {
            return Err(ExecuteError::CapturedDevice {
                program: Arc::clone(program.name()),
                expected: first.to_string(),
                found: program.device().to_string(),
            });
        }
        let types = &program.signature().results;
        let device = program.device();
        let results: Vec<Buffer> =
            types.iter().map(|ty| Buffer::captured(device.clone(), ty.clone())).collect();
        let arguments = arguments.iter().map(|&argument| argument.clone()).collect();
        self.calls.push(Call { program: program.clone(), arguments, results: results.clone() });
        Ok(results)
    }

    /// Makes sure that a buffer can be used: it is known, or has data.
    fn use_buffer(&mut self, buffer: &Buffer) -> Result<(), Gone> {
        let results = self.calls.iter().flat_map(|call| &call.results);
        let mut known = self.inputs.iter().chain(&self.outside).chain(results);
        if known.any(|known| known.is_same(buffer)) {
            return Ok(());
        }
        match buffer.gone() {
            Some(gone) => Err(gone),
            None => {
                self.outside.push(buffer.clone());
                Ok(())
            }
        }
    }

    fn compile(mut self, name: &str, device: &Device, results: &[Buffer]) -> Result<Captured, CompileError> {
        for result in results {
            self.use_buffer(result).map_err(|gone| CompileError(format!("{name}: {gone}")))?;
        }
        let given: Vec<&Buffer> = self.inputs.iter().chain(&self.outside).collect();
        let mut builder = FunctionBuilder::new("main", given.iter().map(|buffer| buffer.ty().clone()));
        let mut values = HashMap::new();
        for (i, buffer) in given.iter().enumerate() {
            values.insert(buffer.address(), builder.parameter(i));
        }
        let mut programs: Vec<(&Executable, Arc<str>)> = Vec::new();
        let mut functions = Vec::new();
        for call in &self.calls {
            let known = programs.iter().find(|(program, _)| program.is_same(&call.program));
            let callee = match known {
                Some((_, callee)) => Arc::clone(callee),
                None => {
                    let callee = link(call.program.module(), programs.len(), &mut functions)
                        .ok_or_else(|| CompileError(format!("{name}: a captured program has no @main")))?;
                    programs.push((&call.program, Arc::clone(&callee)));
                    callee
                }
            };
            let operands: Vec<_> =
                call.arguments.iter().map(|argument| values[&argument.address()]).collect();
            let types = call.results.iter().map(|result| Type::from(result.ty().clone()));
            let defined = builder.op(OpKind::Call { callee }, &operands, types, Vec::new());
            values.extend(call.results.iter().map(Buffer::address).zip(defined));
        }
        let returns: Vec<_> = results.iter().map(|result| values[&result.address()]).collect();
        let mut module = builder.finish(&returns).into_module();
        module.name = Some(name.into());
        module.functions.extend(functions);
        Ok(Captured { program: device.compile(&module)?, buffers: self.outside })
    }
}

/// Adds a module's functions under names of their own; gives the main one's.
fn link(module: &Module, number: usize, functions: &mut Vec<Function>) -> Option<Arc<str>> {
    let rename = |name: &str| -> Option<Arc<str>> {
        module.function(name).map(|_| format!("captured{number}.{name}").into())
    };
    for function in &module.functions {
        let mut function = function.clone();
        function.rename(&rename);
        functions.push(function);
    }
    rename(&module.main()?.name)
}
