//! From buffers to an execution's places in line.

use std::sync::Arc;

use runahead_async::{CancelToken, ReadBuffer, WriteBuffer};
use runahead_ir::TensorType;

use crate::backend::{Contents, Launch, Signature};
use crate::buffer::{Buffer, Donated};
use crate::device::{Device, bytes_of};
use crate::executable::{Executable, ExecuteError, Form};
use crate::ledger::Launched;

/// An execution that is to be submitted, with what is asked for beside its results; from [`Executable::submission`].
///
/// An argument that is *donated* is given for keeps: its memory becomes a result's, or working memory, where the program
/// can make use of it. What was submitted before reads it first. From then on it cannot be used, by whatever handle: that
/// is an error, which says which program it was donated to.
#[must_use = "nothing is executed before it is submitted"]
pub struct Submission<'a> {
    program: &'a Executable,
    arguments: &'a [&'a Buffer],
    donated: Vec<usize>,
    cancel: Option<CancelToken>,
}

impl<'a> Submission<'a> {
    pub(crate) fn new(program: &'a Executable, arguments: &'a [&'a Buffer]) -> Submission<'a> {
        Submission { program, arguments, donated: Vec::new(), cancel: None }
    }

    /// Donates those of the arguments.
    pub fn donating(mut self, arguments: &[usize]) -> Submission<'a> {
        self.donated.extend_from_slice(arguments);
        self.donated.sort_unstable();
        self.donated.dedup();
        self
    }

    /// Has the results fail where the token is cancelled before the execution has begun, or while it loops.
    pub fn cancel_by(mut self, token: &CancelToken) -> Submission<'a> {
        self.cancel = Some(token.clone());
        self
    }

    /// Submits the execution; returns its results at once, as buffers that are on their way. The call waits only where
    /// the device has a memory budget and it is spent.
    ///
    /// # Errors
    /// Where the arguments are not what the program takes, or the device's budget can never suffice.
    pub fn submit(self) -> Result<Vec<Buffer>, ExecuteError> {
        let form = self.check()?;
        let ledger = self.program.device().ledger();
        let charged = ledger.launch(form.result_bytes, form.temporary_bytes());
        let charged = charged.map_err(|source| self.program.budget(source))?;
        self.launch(&form, charged)
    }

    /// As [`submit`](Self::submit), suspending the calling future where the device's budget is spent.
    ///
    /// # Errors
    /// As for [`submit`](Self::submit).
    pub async fn submit_async(self) -> Result<Vec<Buffer>, ExecuteError> {
        let form = self.check()?;
        let ledger = self.program.device().ledger();
        let charged = ledger.launch_async(form.result_bytes, form.temporary_bytes()).await;
        let charged = charged.map_err(|source| self.program.budget(source))?;
        self.launch(&form, charged)
    }

    fn check(&self) -> Result<Arc<Form>, ExecuteError> {
        self.program.check(self.arguments)?;
        check_donated(self.program.signature(), self.arguments)?;
        self.check_aliases()?;
        Ok(self.program.form(&self.donated)?)
    }

    /// Whether what is donated is given once.
    fn check_aliases(&self) -> Result<(), ExecuteError> {
        let signature = self.program.signature();
        let program = || Arc::clone(&signature.name);
        for &position in &self.donated {
            let count = self.arguments.len();
            let Some(donated) = self.arguments.get(position) else {
                return Err(ExecuteError::NoArgument { program: program(), position, count });
            };
            let same = |&i: &usize| i != position && self.arguments[i].is_same(donated);
            if let Some(other) = (0..count).find(same) {
                return Err(ExecuteError::DonatedTwice {
                    program: program(),
                    argument: signature.parameter_name(position),
                    other: signature.parameter_name(other),
                });
            }
        }
        Ok(())
    }

    fn launch(self, form: &Form, charged: Launched) -> Result<Vec<Buffer>, ExecuteError> {
        let device = self.program.device();
        let types = &form.compiled.signature().results;
        let results: Vec<Buffer> = types.iter().map(|ty| Buffer::new(device.clone(), ty.clone())).collect();
        let places = Places::take(self.program.signature(), self.arguments, &self.donated, &results)?;
        places.launch(form, charged, self.cancel, device);
        Ok(results)
    }
}

/// An error where an argument was donated before.
fn check_donated(signature: &Signature, arguments: &[&Buffer]) -> Result<(), ExecuteError> {
    for (i, argument) in arguments.iter().enumerate() {
        if let Some(donated) = argument.donated() {
            let (program, argument) = (Arc::clone(&signature.name), signature.parameter_name(i));
            return Err(ExecuteError::Donated { program, argument, donated });
        }
    }
    Ok(())
}

/// An execution's places in line.
struct Places {
    reads: Vec<ReadBuffer<Contents>>,
    donated: Vec<(usize, WriteBuffer<Contents>)>,
    results: Vec<WriteBuffer<Contents>>,
}

impl Places {
    /// Takes the places, and gives up what is donated.
    fn take(
        signature: &Signature,
        arguments: &[&Buffer],
        donated: &[usize],
        results: &[Buffer],
    ) -> Result<Places, ExecuteError> {
        let device = arguments.first().map(|argument| argument.device());
        if let Some(device) = device.filter(|_| !donated.is_empty()) {
            let _donating = device.donating().lock();
            check_donated(signature, arguments)?;
            donated.iter().for_each(|&i| arguments[i].donate(&signature.name));
        }
        let kept = |i: &usize| donated.binary_search(i).is_err();
        let reads = (0..arguments.len()).filter(kept).map(|i| arguments[i].read()).collect();
        let donated = donated.iter().map(|&i| (i, arguments[i].write())).collect();
        Ok(Places { reads, donated, results: results.iter().map(Buffer::write).collect() })
    }

    fn launch(self, form: &Form, charged: Launched, cancel: Option<CancelToken>, device: &Device) {
        let (mut charge, working, in_flight) = charged;
        let signature = form.compiled.signature();
        let results = self.results.into_iter().enumerate().zip(&signature.results);
        let outputs = results.map(|((i, write), ty)| {
            let bytes = if signature.is_in_argument(i) { 0 } else { bytes_of(ty) };
            (write, charge.split(bytes))
        });
        form.compiled.execute(Launch {
            reads: self.reads,
            donated: self.donated,
            outputs: outputs.collect(),
            held: (working, in_flight),
            cancel,
            context: device.context(),
        });
    }
}

/// The places in line of an execution whose program is not compiled yet: its arguments and results are settled, so that
/// others can be submitted behind it.
pub struct Reservation {
    device: Device,
    arguments: Vec<Buffer>,
    results: Vec<TensorType>,
    places: Places,
    /// Who waits for the device waits for the execution, too.
    _under_way: ReadBuffer<()>,
}

impl Reservation {
    /// Takes places in line for an execution on these arguments; gives them, and the results on their way.
    ///
    /// # Errors
    /// Where an argument was donated before.
    pub fn new(
        device: &Device,
        arguments: Vec<Buffer>,
        results: Vec<TensorType>,
    ) -> Result<(Reservation, Vec<Buffer>), Donated> {
        if let Some(donated) = arguments.iter().find_map(Buffer::donated) {
            return Err(donated);
        }
        let buffers: Vec<Buffer> = results.iter().map(|ty| Buffer::new(device.clone(), ty.clone())).collect();
        let places = Places {
            reads: arguments.iter().map(Buffer::read).collect(),
            donated: Vec::new(),
            results: buffers.iter().map(Buffer::write).collect(),
        };
        let (device, under_way) = (device.clone(), device.context().under_way);
        Ok((Reservation { device, arguments, results, places, _under_way: under_way }, buffers))
    }

    /// Executes a program in these places, which it suits: it takes the arguments and gives the results.
    ///
    /// # Errors
    /// Where it does not, or the device's budget can never suffice. The places are given up then.
    pub async fn execute(self, program: &Executable, cancel: Option<CancelToken>) -> Result<(), ExecuteError> {
        program.check(&self.arguments.iter().collect::<Vec<_>>())?;
        let signature = program.signature();
        if signature.results != self.results {
            let types = |types: &[TensorType]| {
                types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            };
            return Err(ExecuteError::Results {
                program: Arc::clone(&signature.name),
                expected: types(&signature.results),
                found: types(&self.results),
            });
        }
        let form = program.form(&[])?;
        let charged = self.device.ledger().launch_async(form.result_bytes, form.temporary_bytes()).await;
        let charged = charged.map_err(|source| program.budget(source))?;
        self.places.launch(&form, charged, cancel, &self.device);
        Ok(())
    }
}
