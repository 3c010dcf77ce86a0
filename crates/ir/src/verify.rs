//! Whether a module is a program: what later stages may trust it to be.
//!
//! After [`verify`] succeeds, no stage needs to look again whether an index is in range, a region takes what it is
//! given, or a size fits in memory. It checks, for every function:
//!
//! - **Names.** Functions have names of their own. A called function exists, as does a composite's decomposition and a
//!   computation that a custom call names; operands and results of a call have the function's types. No function calls
//!   itself, directly or through others.
//! - **Values.** Each is defined once, before it is used, in the region of the use or in one around it. A function
//!   returns values of the types that it declares. There are attributes and a name, or none, for every parameter.
//! - **Types.** Tensors have at most [`MAX_RANK`] axes. Where all sizes are known, the bytes of the
//!   whole fit in memory. A quantized tensor has positive scales, as many zero points as scales, one for the whole or
//!   one for each index along an axis that it has; what it stores is an integer, what it stands for a float.
//! - **Nesting.** Regions are at most 128 deep.
//! - **Operations.** Each has as many operands, results and regions as it takes. Its operands have the element types,
//!   ranks and sizes that the specification asks for; its results are those that [`infer`] gives, or
//!   where operands do not settle them, within their rules. Attributes are in range: axes below the rank and each once,
//!   strides and dilations at least one, limits within sizes, padding that leaves no negative size. Regions take and
//!   return what their operation gives and needs. The files of `rules/` hold these, one for each family:
//!   - `elementwise`: unary and binary operations, `select`, `clamp`, `compare`, `convert`, `bitcast_convert`;
//!   - `shape`: `broadcast_in_dim`, `reshape`, `transpose`, `slice`, `pad`, `concatenate`, `reverse`, `iota`, and the
//!     forms of these that take shapes as operands;
//!   - `indexing`: `dynamic_slice`, `dynamic_update_slice`, `gather`, `scatter`, `torch_index_select`;
//!   - `contraction`: `dot`, `dot_general`, `einsum`, `convolution`;
//!   - `reduction`: `reduce`, `reduce_window`, `select_and_scatter`, `map`, `sort`, `top_k`;
//!   - `numeric`: batch normalization, `cholesky`, `triangular_solve`, `fft`, random numbers;
//!   - `control`: `while`, `if`, `case`, tuples, tokens, checks;
//!   - `collective`: operations between processes.
//!
//! It does not judge operations that it does not know ([`OpKind::Unknown`], [`OpKind::Chlo`]) beyond their values'
//! definitions and types, nor what a custom call's target takes.

use std::collections::HashMap;

use crate::rules::elementwise::check_broadcasting;
use crate::rules::{Inferred, Problem, Signature, agrees, check_open, infer, list, mixes_quantized};
use crate::text::MAX_NESTING;
use crate::types::MAX_RANK;
use crate::{
    Function, Location, Module, Op, OpKind, OutputOperandAlias, Quantization, Region, TensorType, Type,
    ValueId,
};

/// After this many errors the rest is not looked at.
const MOST_ERRORS: usize = 100;

/// A rule that a module breaks.
///
/// Displays as `file:line:column: operation: what is wrong; expected what would be right`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {operation}: {message}")]
pub struct VerifyError {
    /// Where it is, for a reader.
    pub place: String,
    /// Where it is in the module's source.
    pub location: Location,
    /// The operation, or the function by its name with `@`.
    pub operation: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Checks every rule that the module's documentation lists.
///
/// ```
/// let module = runahead_ir::parse(
///     "add.mlir",
///     "func.func @main(%a: tensor<4xf32>) -> tensor<5xf32> {
///   %0 = stablehlo.concatenate %a, %a, dim = 0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<5xf32>
///   return %0 : tensor<5xf32>
/// }",
/// )?;
/// let errors = runahead_ir::verify(&module).unwrap_err();
/// assert_eq!(
///     errors[0].to_string(),
///     "add.mlir:2:8: stablehlo.concatenate: the result is tensor<5xf32>; expected tensor<8xf32>"
/// );
/// # Ok::<(), runahead_ir::ParseError>(())
/// ```
///
/// # Errors
/// Every rule that is broken, in the order of the program; after a hundred the rest is not looked at.
pub fn verify(module: &Module) -> Result<(), Vec<VerifyError>> {
    let mut verifier = Verifier {
        module,
        functions: HashMap::new(),
        errors: Vec::new(),
        defined: Vec::new(),
        seen: Vec::new(),
    };
    for function in &module.functions {
        if verifier.functions.insert(&function.name, function).is_some() {
            verifier.function_error(function, "there is another function of this name; expected one".into());
        }
    }
    for function in &module.functions {
        verifier.function(function);
    }
    verifier.recursion();
    if verifier.errors.is_empty() { Ok(()) } else { Err(verifier.errors) }
}

struct Verifier<'m> {
    module: &'m Module,
    functions: HashMap<&'m str, &'m Function>,
    errors: Vec<VerifyError>,
    /// For each value of the current function, whether it may be used here.
    defined: Vec<bool>,
    /// Whether it was defined anywhere.
    seen: Vec<bool>,
}

impl<'m> Verifier<'m> {
    fn error(&mut self, location: Location, operation: &str, message: String) {
        if self.errors.len() < MOST_ERRORS {
            let place = match &self.module.source {
                Some(source) => source.describe(location),
                None => "(built)".into(),
            };
            self.errors.push(VerifyError { place, location, operation: operation.into(), message });
        }
    }

    fn function_error(&mut self, function: &Function, message: String) {
        self.error(function.location, &format!("@{}", function.name), message);
    }

    fn function(&mut self, function: &'m Function) {
        self.defined = vec![false; function.values.len()];
        self.seen = vec![false; function.values.len()];
        let body = &function.body;
        let parameters = body.parameters.len();
        for (what, count) in
            [("names", function.parameter_names.len()), ("attributes", function.parameter_attributes.len())]
        {
            if count != parameters {
                let message =
                    format!("there are {count} {what} for {parameters} parameters; expected as many");
                self.function_error(function, message);
            }
        }
        let mut defined_here = Vec::new();
        let name = format!("@{}", function.name);
        self.define(function, &body.parameters, function.location, &name, &mut defined_here);
        self.region_body(function, body, 1, &mut defined_here);
        let returned = self.types(function, &body.returns);
        let matches = returned.as_ref().is_some_and(|types| {
            types.len() == function.result_types.len()
                && types.iter().zip(&function.result_types).all(|(a, b)| agrees(a, b, false))
        });
        if let (Some(returned), false) = (returned, matches) {
            let message = format!(
                "{} is returned; expected the declared results: {}",
                list(returned),
                list(&function.result_types)
            );
            self.error(body.return_location, "return", message);
        }
        for ty in &function.result_types {
            if let Err(Problem(message)) = check_type(ty) {
                self.function_error(function, message);
            }
        }
    }

    /// The types of values, if all of them are values.
    fn types(&self, function: &'m Function, values: &[ValueId]) -> Option<Vec<&'m Type>> {
        values
            .iter()
            .map(|&v| ((v.0 as usize) < function.values.len()).then(|| &function.values[v]))
            .collect()
    }

    /// Marks values as defined and checks their types.
    fn define(
        &mut self,
        function: &Function,
        values: &[ValueId],
        location: Location,
        operation: &str,
        defined_here: &mut Vec<ValueId>,
    ) {
        for &value in values {
            let index = value.0 as usize;
            if index >= self.seen.len() || self.seen[index] {
                let message = format!(
                    "value {index} is defined twice or not one of the function's; expected each once"
                );
                self.error(location, operation, message);
                continue;
            }
            (self.seen[index], self.defined[index]) = (true, true);
            defined_here.push(value);
            if let Err(Problem(message)) = check_type(&function.values[value]) {
                self.error(location, operation, message);
            }
        }
    }

    /// Checks that values may be used here.
    fn check_uses(&mut self, values: &[ValueId], location: Location, operation: &str) -> bool {
        let unknown = values.iter().find(|v| !self.defined.get(v.0 as usize).copied().unwrap_or(false));
        if let Some(value) = unknown {
            let message =
                format!("value {} is not defined here; expected a definition before the use", value.0);
            self.error(location, operation, message);
        }
        unknown.is_none()
    }

    fn region(&mut self, function: &'m Function, op: &Op, region: &'m Region, depth: usize) {
        if depth > MAX_NESTING {
            let message = format!("regions are nested too deep; expected at most {MAX_NESTING} levels");
            return self.error(op.location, op.kind.name(), message);
        }
        let mut defined_here = Vec::new();
        self.define(function, &region.parameters, op.location, op.kind.name(), &mut defined_here);
        self.region_body(function, region, depth, &mut defined_here);
        for value in defined_here {
            self.defined[value.0 as usize] = false;
        }
    }

    fn region_body(
        &mut self,
        function: &'m Function,
        region: &'m Region,
        depth: usize,
        defined_here: &mut Vec<ValueId>,
    ) {
        for op in &region.ops {
            if self.errors.len() >= MOST_ERRORS {
                return;
            }
            let name = op.kind.name();
            let usable = self.check_uses(&op.operands, op.location, name);
            for region in &op.regions {
                self.region(function, op, region, depth + 1);
            }
            self.define(function, &op.results, op.location, name, defined_here);
            if !usable {
                continue;
            }
            if let Err(Problem(message)) = self.operation(function, op) {
                self.error(op.location, name, message);
            }
        }
        self.check_uses(&region.returns, region.return_location, "return");
    }

    /// The rules of one operation, whose operands are values.
    fn operation(&self, function: &'m Function, op: &Op) -> Result<(), Problem> {
        let missing = || Problem("a value is not one of the function's".into());
        let operands = self.types(function, &op.operands).ok_or_else(missing)?;
        let results = self.types(function, &op.results).ok_or_else(missing)?;
        let owned = |values: &[ValueId]| -> Option<Vec<Type>> {
            Some(self.types(function, values)?.into_iter().cloned().collect())
        };
        let mut regions = Vec::with_capacity(op.regions.len());
        for region in &op.regions {
            let parameters = owned(&region.parameters).ok_or_else(missing)?;
            regions.push(Signature { parameters, returns: owned(&region.returns).ok_or_else(missing)? });
        }
        self.check_callees(&op.kind, &operands, &results)?;
        let mixed = mixes_quantized(&op.kind);
        match infer(&op.kind, &operands, &regions)? {
            Inferred::Open => {
                if matches!(&op.kind, OpKind::Chlo(name) if name.starts_with("chlo.broadcast_")) {
                    let dimensions = op.attributes.get("broadcast_dimensions");
                    check_broadcasting(dimensions, &operands, &results)?;
                }
                check_open(&op.kind, &operands, &results)
            }
            Inferred::Shape(shape) => {
                check_open(&op.kind, &operands, &results)?;
                let dims_agree = matches!(
                    results[..], [Type::Tensor(t)] if crate::rules::same_dims(&t.dims, &shape.dims)
                );
                if dims_agree {
                    return Ok(());
                }
                mismatch(&results, &[Type::Tensor(shape)])
            }
            Inferred::Types(types) => {
                let agree = types.len() == results.len()
                    && types
                        .iter()
                        .zip(&results)
                        .all(|(inferred, declared)| agrees(inferred, declared, mixed));
                if !agree {
                    return mismatch(&results, &types);
                }
                // An inferred size may be open.
                check_open(&op.kind, &operands, &results)
            }
        }
    }

    fn check_callees(&self, kind: &OpKind, operands: &[&Type], results: &[&Type]) -> Result<(), Problem> {
        let find = |name: &str| match self.functions.get(name) {
            Some(function) => Ok(*function),
            None => Err(Problem(format!("there is no function @{name}; expected one of the module's"))),
        };
        match kind {
            OpKind::Call { callee: name } | OpKind::Composite { decomposition: name, .. } => {
                let callee = find(name)?;
                let parameters: Vec<&Type> = match self.types(callee, &callee.body.parameters) {
                    Some(parameters) => parameters,
                    None => return Ok(()), // The callee's own error says so.
                };
                let declared: Vec<&Type> = callee.result_types.iter().collect();
                for (what, given, expected) in
                    [("operands", operands, parameters), ("results", results, declared)]
                {
                    let agree = given.len() == expected.len()
                        && given.iter().zip(&expected).all(|(a, b)| agrees(a, b, false));
                    if !agree {
                        let given = list(given.iter().copied());
                        let expected = list(expected);
                        return Err(Problem(format!(
                            "the {what} are {given}; expected those of @{name}: {expected}"
                        )));
                    }
                }
                Ok(())
            }
            OpKind::CustomCall(call) => {
                call.called_computations.iter().try_for_each(|name| find(name).map(drop))?;
                call.output_operand_aliases
                    .iter()
                    .try_for_each(|alias| check_alias(alias, operands, results))?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Reports functions that call themselves. Each function is visited once it is known that all that it calls end;
    /// those that are left call in circles.
    fn recursion(&mut self) {
        let module = self.module;
        let index: HashMap<&str, usize> =
            module.functions.iter().enumerate().map(|(i, f)| (&*f.name, i)).collect();
        let mut callers: Vec<Vec<usize>> = vec![Vec::new(); module.functions.len()];
        let mut open_calls = vec![0usize; module.functions.len()];
        for (caller, function) in module.functions.iter().enumerate() {
            for callee in function.callees() {
                if let Some(&callee) = index.get(&*callee) {
                    callers[callee].push(caller);
                    open_calls[caller] += 1;
                }
            }
        }
        let mut ready: Vec<usize> = (0..open_calls.len()).filter(|&f| open_calls[f] == 0).collect();
        while let Some(done) = ready.pop() {
            for &caller in &callers[done] {
                open_calls[caller] -= 1;
                if open_calls[caller] == 0 {
                    ready.push(caller);
                }
            }
        }
        for (function, _) in module.functions.iter().zip(&open_calls).filter(|(_, open)| **open > 0) {
            let message =
                "it is part of a circle of calls, or calls one; expected calls that end".to_string();
            self.function_error(function, message);
        }
    }
}

/// A result that shares an operand's memory: both are there and of one type.
fn check_alias(alias: &OutputOperandAlias, operands: &[&Type], results: &[&Type]) -> Result<(), Problem> {
    let at = |list: &[i64], i: usize| list.get(i).and_then(|&n| usize::try_from(n).ok());
    let part = |mut ty: Option<&Type>, path: &[i64]| {
        for i in 0..path.len() {
            ty = match (ty, at(path, i)) {
                (Some(Type::Tuple(parts)), Some(index)) => parts.get(index),
                _ => None,
            };
        }
        ty.cloned()
    };
    let operand = usize::try_from(alias.operand_index).ok().and_then(|i| operands.get(i).copied());
    let operand = part(operand, &alias.operand_tuple_indices);
    // Several results are numbered as the parts of a tuple would be.
    let path = &alias.output_tuple_indices[..];
    let result = match results {
        [only] => part(Some(only), path),
        _ => part(at(path, 0).and_then(|i| results.get(i).copied()), path.get(1..).unwrap_or_default()),
    };
    match (operand, result) {
        (Some(operand), Some(result)) if agrees(&operand, &result, false) => Ok(()),
        (Some(operand), Some(result)) => Err(Problem(format!(
            "a result of type {result} shares the memory of an operand of type {operand}; expected one type"
        ))),
        _ => Err(Problem(
            "output_operand_aliases names an operand or a result that is not there; expected indices in range".into(),
        )),
    }
}

fn mismatch(declared: &[&Type], inferred: &[Type]) -> Result<(), Problem> {
    let verb = if declared.len() == 1 { "result is" } else { "results are" };
    Err(Problem(format!("the {verb} {}; expected {}", list(declared.iter().copied()), list(inferred))))
}

fn check_type(ty: &Type) -> Result<(), Problem> {
    match ty {
        Type::Tensor(tensor) => check_tensor(tensor),
        Type::Tuple(parts) => parts.iter().try_for_each(check_type),
        Type::Token | Type::Other(_) => Ok(()),
    }
}

fn check_tensor(ty: &TensorType) -> Result<(), Problem> {
    let fail = |message: String| Err(Problem(message));
    if ty.rank() > MAX_RANK {
        return fail(format!("a tensor has {} axes; expected at most {MAX_RANK}", ty.rank()));
    }
    if ty.is_static() && ty.byte_count().is_none() {
        return fail(format!("{ty} does not fit in memory; expected less than 2^63 bytes"));
    }
    let Some(q) = &ty.quantization else { return Ok(()) };
    let Quantization { expressed, storage_min, storage_max, axis, scales, zero_points } = &**q;
    let Some((low, high)) = Quantization::storage_range(ty.element) else {
        return fail(format!("{ty} stores {}; expected integers of at most 32 bits", ty.element));
    };
    if !expressed.is_float() {
        return fail(format!("{ty} stands for {expressed}; expected floats"));
    }
    if !(low <= *storage_min && storage_min < storage_max && *storage_max <= high) {
        return fail(format!(
            "{ty} stores {storage_min} to {storage_max}; expected a range within {low} to {high}"
        ));
    }
    let expected = match *axis {
        None => 1,
        Some(axis) if axis < ty.rank() => ty.dims[axis],
        Some(axis) => {
            return fail(format!("{ty} is quantized along axis {axis}; expected one below {}", ty.rank()));
        }
    };
    let count_fits = scales.len() == expected || expected == crate::DYNAMIC && !scales.is_empty();
    if !count_fits || zero_points.len() != scales.len() {
        return fail(format!(
            "{ty} has {} scales and {} zero points; expected {expected} of each",
            scales.len(),
            zero_points.len()
        ));
    }
    if !scales.iter().all(|s| s.is_finite() && *s > 0.0) {
        return fail(format!("{ty} has a scale that is not above zero; expected all to be"));
    }
    Ok(())
}
