//! What can be wrong with an operation on tensors.

use std::borrow::Cow;
use std::sync::Arc;

use runahead_ir::differentiate::DifferentiateError;
use runahead_ir::{LiteralError, Problem};
use runahead_runtime::{AdoptError, BudgetExceeded, CompileError, ExecuteError};

use crate::DeviceError;
use crate::files::FileError;
use crate::nn::Mismatch;

/// Why an operation on tensors gives no result.
///
/// What is wrong with the call itself, a shape, a type, an axis, is found at the call in every mode. What goes wrong
/// while values are computed is [`Failed`](TensorError::Failed), found where they are waited for.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TensorError {
    /// The operands do not suit the operation.
    #[error("{}{}: {message}", operations.join(": "), listed(operands))]
    Invalid {
        /// The operation or the layer, and the operations within it that it was found in, the outermost first.
        operations: Vec<Cow<'static, str>>,
        /// The types of the outermost operation's operands.
        operands: Vec<String>,
        /// What is wrong, and what would be right.
        message: String,
    },
    /// The operands are on several devices.
    #[error("{operation}: one operand is on {first}, another on {second}; move them to one device")]
    Devices {
        /// The operation.
        operation: &'static str,
        /// The device of an operand.
        first: String,
        /// That of another.
        second: String,
    },
    /// A value has no data, because it stands for the argument of a function that is being traced.
    #[error(
        "{ty} is an argument of a function that is being traced, and has no value; return it from the function"
    )]
    Traced {
        /// The type of the value.
        ty: String,
    },
    /// The backend cannot compile the operation.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// The operation could not be submitted.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// Memory of the host's does not make a tensor.
    #[error(transparent)]
    Adopt(#[from] AdoptError),
    /// The device's memory budget is spent.
    #[error(transparent)]
    Budget(#[from] BudgetExceeded),
    /// There is no such device.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// Elements do not make a tensor.
    #[error(transparent)]
    Elements(#[from] LiteralError),
    /// A file of arrays could not be read or written.
    #[error(transparent)]
    File(Arc<FileError>),
    /// Parameters are not what a model has.
    #[error(transparent)]
    Parameters(Arc<Mismatch>),
    /// The values could not be computed; the error says where it began.
    #[error(transparent)]
    Failed(#[from] runahead_async::Error),
}

/// What an operation on tensors gives.
pub type Result<T, E = TensorError> = std::result::Result<T, E>;

fn listed(operands: &[String]) -> String {
    if operands.is_empty() { String::new() } else { format!(" of {}", operands.join(", ")) }
}

impl TensorError {
    /// Something is wrong with what the operation was given; [`operation`](crate::operation) adds its name.
    pub fn invalid(message: impl Into<String>) -> TensorError {
        TensorError::Invalid { operations: Vec::new(), operands: Vec::new(), message: message.into() }
    }

    /// The error as one of an operation around the one that it was found in.
    pub(crate) fn within(
        self,
        operation: impl Into<Cow<'static, str>>,
        operands: impl FnOnce() -> Vec<String>,
    ) -> TensorError {
        match self {
            TensorError::Invalid { mut operations, message, .. } => {
                operations.insert(0, operation.into());
                TensorError::Invalid { operations, operands: operands(), message }
            }
            other => other,
        }
    }
}

impl From<DifferentiateError> for TensorError {
    fn from(error: DifferentiateError) -> TensorError {
        TensorError::invalid(error.to_string())
    }
}

impl From<FileError> for TensorError {
    fn from(error: FileError) -> TensorError {
        TensorError::File(Arc::new(error))
    }
}

impl From<Problem> for TensorError {
    fn from(problem: Problem) -> TensorError {
        TensorError::invalid(problem.to_string())
    }
}
