//! The compiler: from a module to a plan.
//!
//! 1. The module is verified, so that no later stage meets an axis or an index out of range.
//! 2. [`expand`](crate::expand): calls are inlined, and what is short for other operations is written out.
//! 3. `build`: the module becomes a graph; constants folded, views and loop invariants found.
//! 4. `needs`: what nothing depends on goes.
//! 5. `fusion`, `recipe`: elementwise operations and reductions are grouped into fused loops.
//! 6. `lower`: nodes become steps with kernels, over values (`draft`).
//! 7. `place`: values get places in memory, shared by those that are never needed at the same time.
//! 8. `check`: the plan is proved: it touches only what it may, and each read finds the value that the graph means.

mod build;
mod check;
mod demands;
mod draft;
mod estimate;
mod fusion;
pub(crate) mod graph;
mod lower;
mod needs;
mod pieces;
mod place;
mod recipe;
pub(crate) mod view;

use std::sync::atomic::AtomicU64;

use runahead_ir::{Attribute, Function, Module, OpKind};
use runahead_runtime::{Processes, machine_memory};

use crate::error::CompileError;
use crate::plan::{Parameter, Program};
use demands::Demands;
use place::{Donations, Placed};

/// How to compile a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompileOptions {
    /// Parameters that are given for keeps. Which result is to take the memory of which, the program may say by
    /// `tf.aliasing_output`.
    pub donated: Vec<usize>,
    /// How many processes will run the program together.
    pub processes: Processes,
    /// How large the compiled program may be.
    pub limits: Limits,
}

/// How large a compiled program may be. A short text can ask for a lot: by large types and attributes, and by functions that
/// call others twice that do the same.
///
/// By default, no value, nor all constants, tables or working memory together, may have more bytes than the
/// [machine](runahead_runtime::machine_memory), which could not run what has. Nothing of such a size is allocated before it
/// was compared with the limit when the program is compiled, and charged to the device's account when it is run; what kernels
/// take without asking is less than [`UNCOUNTED_BYTES`] for each thread that takes part.
///
/// ```
/// use runahead_cpu::{CompileOptions, Limits, compile};
/// let text = "func.func @main() -> tensor<1000x1000xf32> {
///     %x = stablehlo.iota dim = 0 : tensor<1000x1000xf32>
///     return %x : tensor<1000x1000xf32>
/// }";
/// let options = CompileOptions { limits: Limits { bytes: 1 << 20, ..Limits::default() }, ..CompileOptions::default() };
/// let error = compile(&runahead_ir::parse("large", text)?, &options).unwrap_err();
/// assert!(error.to_string().starts_with("large:2:10: stablehlo.iota"), "{error}");
/// assert!(error.reason().contains("4000000 bytes, more than the limit of 1048576 bytes"), "{error}");
/// # Ok::<(), runahead_ir::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of any value, of all constants and tables, and of the working memory.
    pub bytes: usize,
    /// The most operations, calls inlined.
    pub operations: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: machine_memory(), operations: 1 << 20 }
    }
}

/// Bytes that a kernel may take on each thread without their being counted: for lists of a few entries for each axis, the
/// tiles that are computed at a time, and the blocks of matrices that products keep in the thread's caches.
pub const UNCOUNTED_BYTES: usize = 16 << 20;

impl Limits {
    /// Refuses what has that many bytes.
    fn check(&self, what: &str, bytes: usize) -> Result<(), CompileError> {
        if bytes <= self.bytes {
            return Ok(());
        }
        Err(CompileError::new("the module", String::new(), self.exceeded(what, bytes)))
    }

    /// Says that there is more of something than there may be: a phrase that goes on after the name of what has it.
    fn exceeded(&self, what: &str, bytes: usize) -> String {
        format!(
            "needs {what} of {bytes} bytes, more than the limit of {} bytes; use smaller tensors, or compile with larger \
             `Limits`",
            self.bytes
        )
    }
}

/// Compiles a module's `@main` (or its only function) and what it calls.
///
/// ```
/// use runahead_cpu::{CompileOptions, compile};
/// use runahead_runtime::AlignedBytes;
///
/// let text = "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
///     %y = stablehlo.add %x, %x : tensor<2xf32>
///     return %y : tensor<2xf32>
/// }";
/// let program = compile(&runahead_ir::parse("double", text)?, &CompileOptions::default())?;
///
/// let x = AlignedBytes::copy_of(&[1.5f32, -2.0].map(f32::to_le_bytes).concat()).unwrap();
/// let mut y = AlignedBytes::zeroed(8).unwrap();
/// let mut arena = AlignedBytes::zeroed(program.arena_bytes()).unwrap();
/// program.run(&[&x], &mut [&mut y], &mut arena);
/// assert_eq!(*y, [3.0f32, -4.0].map(f32::to_le_bytes).concat()[..]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the program is not valid, has no main function, or holds something that the CPU cannot run: a value that is no tensor of
/// known shape, an operation that has no kernel or none for its types.
pub fn compile(module: &Module, options: &CompileOptions) -> Result<Program, CompileError> {
    let function = module
        .main()
        .ok_or_else(|| CompileError::new("the module", String::new(), "has no function @main"))?;
    if let Err(errors) = runahead_ir::verify(module)
        && let Some(first) = errors.into_iter().next()
    {
        return Err(CompileError::new(
            &first.operation,
            first.place,
            format!("is not valid: {}", first.message),
        ));
    }
    compile_function(module, function, options)
}

/// Compiles a function of a module that is valid, and what it calls.
///
/// # Errors
/// Where it holds something that the CPU cannot run.
pub(crate) fn compile_function(
    module: &Module,
    function: &Function,
    options: &CompileOptions,
) -> Result<Program, CompileError> {
    let limits = options.limits;
    let expanded = crate::expand::expand(module, function, limits.operations)?;
    let module = &expanded.module;
    let function = &module.functions[0];
    debug_assert_eq!(faults(module), [], "what a program expands to is valid");
    let (graph, mut block) = build::build(module, function, limits)?;
    needs::drop_unneeded(&graph, &mut block);

    let mut parameters: Vec<Parameter> = block
        .parameters
        .iter()
        .enumerate()
        .map(|(i, _)| Parameter {
            name: function.parameter_names.get(i).cloned().flatten(),
            ty: expanded.parameters[i].clone(),
            donated: options.donated.contains(&i),
            result: None,
        })
        .collect();
    let results = expanded.results;

    let draft = lower::lower(module, options, &graph, &block)?;
    limits.check("constants", draft.cells.constant_bytes())?;
    let constants = draft.cells.constants().ok_or_else(|| {
        CompileError::new("the module", String::new(), "has constants that memory cannot hold")
    })?;
    let donations =
        Donations { donated: &options.donated, wanted: &|parameter| wanted_result(function, parameter) };
    let Placed { actions, claims, arena_bytes, results_in } = place::place(draft, &donations);
    let demands = Demands::of(&actions);
    limits.check("working memory", arena_bytes.saturating_add(demands.allocated))?;
    limits.check("constants and tables", constants.len().saturating_add(demands.tables))?;
    for (parameter, result) in parameters.iter_mut().zip(results_in) {
        parameter.result = result;
    }
    let bytes = |ty: &runahead_ir::TensorType| ty.byte_count().expect("sizes have been bounded");
    let is_in_parameter = |result| parameters.iter().any(|parameter| parameter.result == Some(result));
    let own_bytes = |(i, ty)| if is_in_parameter(i) { 0 } else { bytes(ty) };
    let result_bytes: Box<[usize]> = results.iter().enumerate().map(own_bytes).collect();
    let sizes = check::Sizes {
        parameters: &parameters,
        results: &result_bytes,
        constants: &constants,
        arena: arena_bytes,
    };
    // A plan that fails this is the compiler's mistake; it must not run.
    check::check(&graph, &block, &actions, &claims, &sizes).map_err(|fault| {
        let reason = format!("made a faulty plan; please report this program: {fault}");
        CompileError::new("the compiler", String::new(), reason)
    })?;
    let homes = crate::native::Homes { parameters: parameters.len(), results: results.len() };
    let actions = crate::native::compile(actions, homes);
    let mut uses_feeds = false;
    function
        .for_each_op(|op| uses_feeds |= matches!(op.kind, OpKind::Infeed { .. } | OpKind::Outfeed { .. }));
    let nanoseconds = estimate::nanoseconds(function).max(estimate::of_writing(demands.written));
    Ok(Program {
        parameter_bytes: parameters.iter().map(|parameter| bytes(&parameter.ty)).collect(),
        result_bytes,
        parameters,
        results,
        actions,
        constants,
        arena_bytes,
        allocated_bytes: demands.allocated,
        table_bytes: demands.tables,
        runs: AtomicU64::new(0),
        uses_feeds,
        nanoseconds,
    })
}

/// What is wrong with an expanded module, besides that it has no tokens.
fn faults(module: &Module) -> Vec<runahead_ir::VerifyError> {
    const WITH_TOKENS: [&str; 4] =
        ["stablehlo.infeed", "stablehlo.outfeed", "stablehlo.send", "stablehlo.recv"];
    let mut errors = runahead_ir::verify(module).err().unwrap_or_default();
    errors.retain(|error| !WITH_TOKENS.contains(&&*error.operation));
    errors
}

/// The result that the program asks to have in a parameter's memory.
fn wanted_result(function: &Function, parameter: usize) -> Option<usize> {
    match function.parameter_attributes.get(parameter)?.get("tf.aliasing_output") {
        Some(Attribute::Integer(result, _)) => usize::try_from(*result).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
