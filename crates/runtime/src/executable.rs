//! Compiled programs.

use std::sync::Arc;

use runahead_async::CancelToken;

use crate::backend::{Compiled, Launch, Signature};
use crate::device::{Buffer, Device, bytes_of};
use crate::ledger::{BudgetExceeded, Charge, InFlight};

/// A program compiled for a device. Clones are the same program.
#[derive(Clone)]
pub struct Executable(Arc<Inner>);

struct Inner {
    device: Device,
    compiled: Box<dyn Compiled>,
    /// Bytes that an execution needs beside its arguments.
    bytes: usize,
}

/// Why an execution was not submitted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ExecuteError {
    /// There are too many or too few arguments.
    #[error("{program} takes {expected} arguments, but {found} were given")]
    ArgumentCount {
        /// The program's name.
        program: Arc<str>,
        /// How many it takes.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// An argument has another type than the program takes.
    #[error("{program} takes a {expected} as {argument}, but a {found} was given")]
    ArgumentType {
        /// The program's name.
        program: Arc<str>,
        /// The argument's name.
        argument: String,
        /// The type that the program takes.
        expected: String,
        /// The type of what was given.
        found: String,
    },
    /// An argument is on another device than the program was compiled for.
    #[error("{program} was compiled for device {expected}, but {argument} is on device {found}")]
    ArgumentDevice {
        /// The program's name.
        program: Arc<str>,
        /// The argument's name.
        argument: String,
        /// The program's device.
        expected: String,
        /// The argument's device.
        found: String,
    },
    /// The device's memory budget is spent, and nothing is in flight that could free any.
    #[error("{program}: {source}")]
    Budget {
        /// The program's name.
        program: Arc<str>,
        /// What is needed and what there is.
        source: BudgetExceeded,
    },
}

impl Executable {
    pub(crate) fn new(device: Device, compiled: Box<dyn Compiled>) -> Executable {
        let signature = compiled.signature();
        let sizes = signature.results.iter().map(bytes_of);
        let bytes = sizes.fold(signature.temporary_bytes, usize::saturating_add);
        Executable(Arc::new(Inner { device, compiled, bytes }))
    }

    /// What the program takes and gives, and what it needs.
    pub fn signature(&self) -> &Signature {
        self.0.compiled.signature()
    }

    /// The device that the program was compiled for.
    pub fn device(&self) -> &Device {
        &self.0.device
    }

    /// The plan by which the program is executed, a line for each step.
    pub fn plan(&self) -> Vec<String> {
        self.0.compiled.plan()
    }

    /// Executes the program; returns its results at once, as buffers that are on their way.
    ///
    /// The arguments need not be ready. Where one of them fails, so do the results. The call waits only where the
    /// device has a memory budget and it is spent.
    ///
    /// # Errors
    /// Where the arguments are not what the program takes, or the device's budget can never suffice.
    pub fn execute(&self, arguments: &[&Buffer]) -> Result<Vec<Buffer>, ExecuteError> {
        self.check(arguments)?;
        let charged = self.0.device.ledger().launch(self.0.bytes);
        Ok(self.launch(arguments, charged.map_err(|source| self.budget(source))?, None))
    }

    /// As [`execute`](Self::execute); where the token is cancelled before the execution has begun or while it loops, the
    /// results fail.
    ///
    /// # Errors
    /// As for [`execute`](Self::execute).
    pub fn execute_cancelled_by(
        &self,
        token: &CancelToken,
        arguments: &[&Buffer],
    ) -> Result<Vec<Buffer>, ExecuteError> {
        self.check(arguments)?;
        let charged = self.0.device.ledger().launch(self.0.bytes);
        let charged = charged.map_err(|source| self.budget(source))?;
        Ok(self.launch(arguments, charged, Some(token.clone())))
    }

    /// As [`execute`](Self::execute), suspending the calling future where the device's budget is spent.
    ///
    /// # Errors
    /// As for [`execute`](Self::execute).
    pub async fn execute_async(&self, arguments: &[&Buffer]) -> Result<Vec<Buffer>, ExecuteError> {
        self.check(arguments)?;
        let charged = self.0.device.ledger().launch_async(self.0.bytes).await;
        Ok(self.launch(arguments, charged.map_err(|source| self.budget(source))?, None))
    }

    fn budget(&self, source: BudgetExceeded) -> ExecuteError {
        ExecuteError::Budget { program: Arc::clone(&self.signature().name), source }
    }

    fn check(&self, arguments: &[&Buffer]) -> Result<(), ExecuteError> {
        let signature = self.signature();
        let program = || Arc::clone(&signature.name);
        let (expected, found) = (signature.parameters.len(), arguments.len());
        if found != expected {
            return Err(ExecuteError::ArgumentCount { program: program(), expected, found });
        }
        for (i, (parameter, argument)) in signature.parameters.iter().zip(arguments).enumerate() {
            if parameter.ty != *argument.ty() {
                return Err(ExecuteError::ArgumentType {
                    program: program(),
                    argument: signature.parameter_name(i),
                    expected: parameter.ty.to_string(),
                    found: argument.ty().to_string(),
                });
            }
            if self.0.device != *argument.device() {
                return Err(ExecuteError::ArgumentDevice {
                    program: program(),
                    argument: signature.parameter_name(i),
                    expected: self.0.device.to_string(),
                    found: argument.device().to_string(),
                });
            }
        }
        Ok(())
    }

    fn launch(
        &self,
        arguments: &[&Buffer],
        charged: (Charge, InFlight),
        cancel: Option<CancelToken>,
    ) -> Vec<Buffer> {
        let (mut charge, in_flight) = charged;
        let results: Vec<Buffer> = self
            .signature()
            .results
            .iter()
            .map(|ty| Buffer::new(self.0.device.clone(), ty.clone()))
            .collect();
        self.0.compiled.execute(Launch {
            inputs: arguments.iter().map(|argument| argument.contents.read()).collect(),
            outputs: results
                .iter()
                .map(|buffer| (buffer.contents.write(), charge.split(bytes_of(buffer.ty()))))
                .collect(),
            held: (charge, in_flight),
            cancel,
            context: self.0.device.context(),
        });
        results
    }
}
