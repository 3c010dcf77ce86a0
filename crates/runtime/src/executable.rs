//! Compiled programs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use runahead_async::CancelToken;
use runahead_ir::Module;

use crate::backend::{CompileError, Compiled, Signature};
use crate::buffer::{Buffer, Gone};
use crate::device::{Device, bytes_of};
use crate::forms::{Forms, Found};
use crate::ledger::{BudgetExceeded, Kept};
use crate::submission::Submission;

/// A program compiled for a device. Clones are the same program.
#[derive(Clone)]
pub struct Executable(Arc<Inner>);

struct Inner {
    device: Device,
    module: Module,
    forms: Forms<Form>,
    /// How many executions were submitted, whatever was donated to them.
    submitted: AtomicU64,
}

/// A program, compiled for executions that are given certain arguments for keeps.
pub(crate) struct Form {
    pub(crate) compiled: Box<dyn Compiled>,
    /// Bytes of each result, zero where it comes to be in an argument's memory.
    own_bytes: Box<[usize]>,
    result_bytes: usize,
    _kept: Kept,
}

/// Why an execution was not submitted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
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
    /// The data of an argument cannot be had any more.
    #[error("{program} takes {argument}, but {gone}")]
    Gone {
        /// The program's name.
        program: Arc<str>,
        /// The argument's name.
        argument: String,
        /// Why not.
        gone: Gone,
    },
    /// Something is to be donated to a program that is captured.
    #[error("{argument} is to be donated to {program}, which is captured; donate to the replay instead")]
    DonatedInCapture {
        /// The program's name.
        program: Arc<str>,
        /// The argument's name.
        argument: String,
    },
    /// Programs that are captured are for several devices.
    #[error("{program} was compiled for device {found}, but what was captured before for {expected}")]
    CapturedDevice {
        /// The program's name.
        program: Arc<str>,
        /// The first device.
        expected: String,
        /// The program's device.
        found: String,
    },
    /// A buffer is to be donated, and given for another argument, too.
    #[error(
        "{program} is given one buffer as {argument}, which is donated, and as {other}; donate a copy of it"
    )]
    DonatedTwice {
        /// The program's name.
        program: Arc<str>,
        /// The argument that is donated.
        argument: String,
        /// The other argument.
        other: String,
    },
    /// Places were taken for another program.
    #[error(
        "places were taken for a program of ({given}) that gives ({wanted}), but {program} takes ({takes}) and gives ({gives})"
    )]
    Unsuitable {
        /// The program's name.
        program: Arc<str>,
        /// The types that it takes.
        takes: String,
        /// The types that it gives.
        gives: String,
        /// The types of the arguments that places were taken for.
        given: String,
        /// The types of the results that places were taken for.
        wanted: String,
    },
    /// What is said to be donated is no argument.
    #[error("argument {position} of {program} is to be donated, but it takes {count}")]
    NoArgument {
        /// The program's name.
        program: Arc<str>,
        /// What was to be donated.
        position: usize,
        /// How many arguments there are.
        count: usize,
    },
    /// The program could not be compiled for arguments that are donated.
    #[error(transparent)]
    Compile(#[from] CompileError),
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
    pub(crate) fn new(
        device: Device,
        module: &Module,
        donated: &[usize],
    ) -> Result<Executable, CompileError> {
        let forms = Forms::new(donated, |donated| Form::compile(&device, module, donated))?;
        Ok(Executable(Arc::new(Inner {
            device,
            module: module.clone(),
            forms,
            submitted: AtomicU64::new(0),
        })))
    }

    /// What the program takes and gives, and what it needs.
    pub fn signature(&self) -> &Signature {
        self.0.forms.first().compiled.signature()
    }

    /// The device that the program was compiled for.
    pub fn device(&self) -> &Device {
        &self.0.device
    }

    /// What was compiled.
    pub fn module(&self) -> &Module {
        &self.0.module
    }

    /// The plan by which the program is executed, a line for each step.
    pub fn plan(&self) -> Vec<String> {
        self.0.forms.first().compiled.plan()
    }

    /// Executes the program; returns its results at once, as buffers that are on their way.
    ///
    /// The arguments need not be ready. Where one of them fails, so do the results. The call waits only where the
    /// device has a memory budget and it is spent.
    ///
    /// # Errors
    /// Where the arguments are not what the program takes, or the device's budget can never suffice.
    pub fn execute(&self, arguments: &[&Buffer]) -> Result<Vec<Buffer>, ExecuteError> {
        self.submission(arguments).submit()
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
        self.submission(arguments).cancel_by(token).submit()
    }

    /// As [`execute`](Self::execute), suspending the calling future where the device's budget is spent.
    ///
    /// # Errors
    /// As for [`execute`](Self::execute).
    pub async fn execute_async(&self, arguments: &[&Buffer]) -> Result<Vec<Buffer>, ExecuteError> {
        self.submission(arguments).submit_async().await
    }

    /// An execution that is asked for more than its results: see [`Submission`].
    pub fn submission<'a>(&'a self, arguments: &'a [&'a Buffer]) -> Submission<'a> {
        Submission::new(self, arguments)
    }

    /// Whether to submit an execution might wait for memory: the device's budget was set, or there is not as much left.
    pub fn may_wait(&self) -> bool {
        let form = self.0.forms.first();
        let needed = form.result_bytes().saturating_add(form.temporary_bytes());
        self.0.device.ledger().may_wait_for(needed)
    }

    /// Takes the number of an execution that is submitted: how many were before.
    #[inline]
    pub fn next_number(&self) -> u64 {
        self.0.submitted.fetch_add(1, Ordering::Relaxed)
    }

    /// Counts executions that were submitted before there was a program: its own are numbered behind them. For a program that
    /// nothing was submitted of.
    pub fn count_before(&self, submitted: u64) {
        self.0.submitted.fetch_add(submitted, Ordering::Relaxed);
    }

    /// Whether both are the same program.
    pub(crate) fn is_same(&self, other: &Executable) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.signature().name
    }

    pub(crate) fn budget(&self, source: BudgetExceeded) -> ExecuteError {
        ExecuteError::Budget { program: Arc::clone(self.name()), source }
    }

    /// Whether these are what the program takes.
    pub(crate) fn check(&self, arguments: &[&Buffer]) -> Result<(), ExecuteError> {
        check(self.signature(), &self.0.device, arguments)
    }

    /// The program for executions that are given these arguments for keeps; it is compiled where there is none yet.
    pub(crate) fn form(&self, donated: &[usize]) -> Result<Found<'_, Form>, CompileError> {
        let inner = &*self.0;
        inner.forms.get(donated, |donated| Form::compile(&inner.device, &inner.module, donated))
    }
}

/// Whether these are what a program takes that was compiled for a device.
pub(crate) fn check(
    signature: &Signature,
    device: &Device,
    arguments: &[&Buffer],
) -> Result<(), ExecuteError> {
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
        if *device != *argument.device() {
            return Err(ExecuteError::ArgumentDevice {
                program: program(),
                argument: signature.parameter_name(i),
                expected: device.to_string(),
                found: argument.device().to_string(),
            });
        }
    }
    Ok(())
}

/// Bytes of each result, zero where it comes to be in an argument's memory.
pub(crate) fn own_bytes(signature: &Signature) -> Box<[usize]> {
    let own = |(i, ty)| if signature.is_in_argument(i) { 0 } else { bytes_of(ty) };
    signature.results.iter().enumerate().map(own).collect()
}

/// All of them, as far as can be counted.
pub(crate) fn sum(bytes: &[usize]) -> usize {
    bytes.iter().copied().fold(0, usize::saturating_add)
}

impl Form {
    fn compile(device: &Device, module: &Module, donated: &[usize]) -> Result<Form, CompileError> {
        let compiled = device.backend().compile(module, donated)?;
        let signature = compiled.signature();
        let own_bytes = own_bytes(signature);
        let kept = Kept::new(device.ledger(), signature.constant_bytes);
        Ok(Form { compiled, result_bytes: sum(&own_bytes), own_bytes, _kept: kept })
    }

    /// Bytes of each result, zero where it comes to be in an argument's memory.
    pub(crate) fn own_bytes(&self) -> &[usize] {
        &self.own_bytes
    }

    /// Bytes of the results that need memory of their own.
    pub(crate) fn result_bytes(&self) -> usize {
        self.result_bytes
    }

    /// Bytes of working memory.
    pub(crate) fn temporary_bytes(&self) -> usize {
        self.compiled.signature().temporary_bytes
    }
}

impl std::fmt::Debug for Executable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Executable({} on {})", self.name(), self.0.device)
    }
}
