//! A program in fewer words: before it is compiled, a module becomes one function of the operations and types that
//! there are kernels for.
//!
//! - Calls and composites are replaced by what they call.
//! - Tuples become their parts. Tokens vanish: what has effects runs in the program's order.
//! - Operations whose shapes are operands (`dynamic_reshape` and its relatives) become those whose shapes are known,
//!   and unknown sizes the ones that follow from known ones (`dynamic`).
//! - Arithmetic on quantized tensors becomes arithmetic on the numbers that they stand for, between a dequantization and
//!   a quantization (`quantized`); arithmetic on narrow types that in a wider one (`wide`).
//! - What combines many elements is brought to the type that it is combined in, and sums of narrow floats are made sums of
//!   `f32` (`accumulate`).
//! - Operations that are short for others are written out (`approx_top_k`, `compose`, `norm`, `ragged_dot`, `scan`).
//!
//! What remains dynamic, or is no tensor, is left for the compiler to refuse.

mod accumulate;
mod approx_top_k;
mod compose;
mod dynamic;
mod norm;
mod quantized;
mod ragged_dot;
mod scan;
mod wide;
mod writer;

use std::sync::Arc;

pub(crate) use accumulate::FEW_PLACES;
use runahead_ir::{Attributes, Function, Module, TensorType};

use crate::error::CompileError;
use writer::Writer;

/// A module whose main function is expanded, and the types that the main function had.
pub(crate) struct Expanded {
    pub(crate) module: Module,
    pub(crate) parameters: Vec<TensorType>,
    pub(crate) results: Vec<TensorType>,
}

/// Expands a module's main function, to at most that many operations when its calls are inlined.
///
/// # Errors
/// Where something has no meaning on the CPU: a type that is no tensor, a shape that nothing settles.
pub(crate) fn expand(module: &Module, main: &Function, most: usize) -> Result<Expanded, CompileError> {
    let mut writer = Writer::new(module, most);
    let body = writer.function_body(main)?;
    let types = |values: &[runahead_ir::ValueId]| -> Vec<TensorType> {
        values.iter().map(|&value| writer.ty(value).clone()).collect()
    };
    let (parameters, results) = (types(&body.parameters), types(&body.returns));
    let one_to_one = parameters.len() == main.body.parameters.len();
    let (names, attributes) = match one_to_one {
        true => (main.parameter_names.clone(), main.parameter_attributes.clone()),
        false => (vec![None; parameters.len()], vec![Attributes::default(); parameters.len()]),
    };
    let values = writer.finish();
    let expanded = Function {
        name: Arc::clone(&main.name),
        visibility: main.visibility,
        parameter_names: names,
        parameter_attributes: attributes,
        result_types: body.returns.iter().map(|&value| values[value].clone()).collect(),
        result_attributes: vec![Attributes::default(); body.returns.len()],
        attributes: main.attributes.clone(),
        body,
        values,
        location: main.location,
    };
    let mut functions = vec![expanded];
    functions.extend(module.functions.iter().filter(|f| f.name != main.name).cloned());
    Ok(Expanded {
        module: Module {
            name: module.name.clone(),
            attributes: module.attributes.clone(),
            meshes: module.meshes.clone(),
            functions,
            source: module.source.clone(),
        },
        parameters,
        results,
    })
}
