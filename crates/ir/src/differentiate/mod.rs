//! Derivatives of functions, as functions.
//!
//! ```text
//!   function ──linearize──┬── the function's own operations, as they are
//!                         └── a tape of steps that are linear in the tangents
//!                                ├── emitted forwards ── jvp
//!                                └── transposed, backwards ── vjp
//! ```
//!
//! There is one rule for each operation (`rules`), which says how its result changes with its operands, by steps that are
//! themselves StableHLO's linear operations: scaling, sums, products with one variable factor, and those that move elements.
//! Forward mode runs the steps; reverse mode runs their transposes (`transpose`) from the last to the first. So an
//! operation that is not linear is differentiated in one place, and one that is linear is transposed in one place.
//!
//! Branches are linearized again inside the branches of the derivative, and the turns of a loop inside a loop that goes
//! backwards over the values that the first one kept; what a branch or a turn computes is computed again, not kept.
//!
//! # Convention for complex numbers
//!
//! Steps are transposed without conjugation, as in JAX: where `f` is real, `vjp` of 1 gives `∂f/∂x - i ∂f/∂y` for
//! `z = x + iy`, the conjugate of the direction in which `f` grows most.

mod linearize;
mod pullback;
mod rules;
mod tape;
mod transpose;

use crate::rules::Problem;
use crate::{ElementType, Function, Location, Type, ValueId};

use linearize::{Goal, Linearizer};

/// Why a function has no derivative, or none that is known.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DifferentiateError {
    /// An operation has no rule.
    #[error("{operation} cannot be differentiated: {reason}")]
    Unsupported {
        /// The operation's name.
        operation: String,
        /// Why not, and what would be right.
        reason: String,
        /// Where the function has it.
        location: Location,
    },
    /// A parameter that is to be differentiated by is none, or no tensor of floats.
    #[error(
        "parameter {parameter} is {found}; expected a tensor of floats or complex numbers to differentiate by"
    )]
    Parameter {
        /// The number of the parameter.
        parameter: usize,
        /// What it is.
        found: String,
    },
    /// A result whose derivative is asked for is none, or no tensor of floats.
    #[error("result {result} is {found}; expected a tensor of floats or complex numbers to differentiate")]
    Result {
        /// The number of the result.
        result: usize,
        /// What it is.
        found: String,
    },
    /// A rule was broken by what was built; a defect of this crate.
    #[error(transparent)]
    Problem(#[from] Problem),
}

pub(crate) type Differentiated<T> = Result<T, DifferentiateError>;

/// The function together with its derivative along tangents (Jacobian times vector).
///
/// Parameters are the function's, then a tangent for each of `wrt`, of that parameter's type. Results are the function's,
/// then a tangent for each result that is of floats or complex numbers.
///
/// The function has no calls; [`inline_calls`](crate::passes::inline_calls) leaves none.
///
/// ```
/// use runahead_ir::{ElementType, FunctionBuilder, TensorType, Unary, differentiate};
/// let x = TensorType::new(ElementType::F32, [4]);
/// let mut b = FunctionBuilder::new("main", [x]);
/// let y = b.unary(Unary::Sine, b.parameter(0))?;
/// let jvp = differentiate::jvp(&b.finish(&[y]), &[0])?;
/// assert_eq!((jvp.body.parameters.len(), jvp.result_types.len()), (2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where a result depends on a parameter by an operation that has no derivative.
pub fn jvp(function: &Function, wrt: &[usize]) -> Result<Function, DifferentiateError> {
    check(function, wrt)?;
    let tangents = wrt.iter().map(|&i| function.type_of(function.body.parameters[i]).clone());
    let mut linearizer = Linearizer::new(function, tangents, Goal::Forward);
    let given = linearizer.parameters_from(function.body.parameters.len());
    let inputs = linearizer.inputs(&function.body.parameters, wrt);
    let returned = linearizer.region(&function.body)?;
    let wanted: Vec<ValueId> = differentiable(function).map(|i| function.body.returns[i]).collect();
    let tangents = linearizer.push_forward(&inputs, &given, &wanted)?;
    Ok(linearizer.finish(&[returned, tangents].concat()))
}

/// The function together with its transposed derivative (vector times Jacobian): what gradients are made of.
///
/// Parameters are the function's, then a cotangent for each result that is of floats or complex numbers, of that result's
/// type. Results are the function's, then a cotangent for each of `wrt`, of that parameter's type. With one real scalar
/// result and the cotangent 1, those are its gradients.
///
/// The function has no calls; [`inline_calls`](crate::passes::inline_calls) leaves none.
///
/// ```
/// use runahead_ir::{Binary, ElementType, FunctionBuilder, TensorType, differentiate};
/// let x = TensorType::new(ElementType::F32, [4]);
/// let mut b = FunctionBuilder::new("main", [x]);
/// let square = b.binary(Binary::Multiply, b.parameter(0), b.parameter(0))?;
/// let sum = b.reduce(Binary::Add, square, &[0])?;
/// let vjp = differentiate::vjp(&b.finish(&[sum]), &[0])?;
/// assert_eq!(vjp.result_types[1].to_string(), "tensor<4xf32>"); // 2 x
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where a result depends on a parameter by an operation that has no derivative, or by a loop whose number of turns is not
/// known before it runs.
pub fn vjp(function: &Function, wrt: &[usize]) -> Result<Function, DifferentiateError> {
    vjp_of(function, wrt, &differentiable(function).collect::<Vec<_>>())
}

/// As [`vjp`], of some of the results: there are cotangents for these alone, and the others do not matter to the derivative.
///
/// # Errors
/// As for [`vjp`], where one of these results depends on a parameter so; and where there is no such result, or it is not of
/// floats or complex numbers.
pub fn vjp_of(function: &Function, wrt: &[usize], results: &[usize]) -> Result<Function, DifferentiateError> {
    check(function, wrt)?;
    if let Some(result) = results.iter().find(|&&i| !differentiable(function).any(|known| known == i)) {
        let found = function.result_types.get(*result).map_or("not there".to_owned(), ToString::to_string);
        return Err(DifferentiateError::Result { result: *result, found });
    }
    let cotangents = results.iter().map(|&i| function.result_types[i].clone());
    let mut linearizer = Linearizer::new(function, cotangents, Goal::Backward);
    let given = linearizer.parameters_from(function.body.parameters.len());
    let inputs = linearizer.inputs(&function.body.parameters, wrt);
    let returned = linearizer.region(&function.body)?;
    let wanted: Vec<ValueId> = results.iter().map(|&i| function.body.returns[i]).collect();
    let cotangents = linearizer.pull_back(&inputs, &wanted, &given)?;
    Ok(linearizer.finish(&[returned, cotangents].concat()))
}

/// Whether values of a type have tangents.
///
/// ```
/// use runahead_ir::{ElementType, TensorType, differentiate::has_tangent};
/// assert!(has_tangent(&TensorType::scalar(ElementType::BF16).into()));
/// assert!(!has_tangent(&TensorType::scalar(ElementType::I32).into()));
/// ```
pub fn has_tangent(ty: &Type) -> bool {
    matches!(ty, Type::Tensor(ty) if is_continuous(ty.element) && ty.quantization.is_none())
}

fn is_continuous(element: ElementType) -> bool {
    element.is_float() || element.is_complex()
}

/// The results that have tangents.
fn differentiable(function: &Function) -> impl Iterator<Item = usize> + '_ {
    (0..function.result_types.len()).filter(|&i| has_tangent(&function.result_types[i]))
}

fn check(function: &Function, wrt: &[usize]) -> Differentiated<()> {
    for &parameter in wrt {
        let ty = function.body.parameters.get(parameter).map(|&value| function.type_of(value));
        if !ty.is_some_and(has_tangent) {
            let found = ty.map_or("not there".to_owned(), ToString::to_string);
            return Err(DifferentiateError::Parameter { parameter, found });
        }
    }
    Ok(())
}
