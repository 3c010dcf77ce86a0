//! From buffers to an execution's places in line.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use parking_lot::Mutex;
use runahead_async::{CancelToken, ReadBuffer, ReadGuard, Reading, WriteBuffer, Writing, acquire, task};
use runahead_ir::TensorType;
use smallvec::SmallVec;

use crate::backend::{Call, Charges, Contents, Context, InCall, Launch};
use crate::buffer::Buffer;
use crate::capture;
use crate::device::Device;
use crate::executable::{Executable, ExecuteError, Form};
use crate::forms::{Found, in_order};
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
    in_call: InCall,
}

impl<'a> Submission<'a> {
    #[inline]
    pub(crate) fn new(program: &'a Executable, arguments: &'a [&'a Buffer]) -> Submission<'a> {
        Submission { program, arguments, donated: Vec::new(), cancel: None, in_call: InCall::Tiny }
    }

    /// Donates those of the arguments.
    #[inline]
    pub fn donating(mut self, arguments: &[usize]) -> Submission<'a> {
        if !arguments.is_empty() {
            self.donated.extend_from_slice(arguments);
            self.donated = in_order(self.donated);
        }
        self
    }

    /// Has the results fail where the token is cancelled before the execution has begun, or while it loops.
    #[inline]
    pub fn cancel_by(mut self, token: &CancelToken) -> Submission<'a> {
        self.cancel = Some(token.clone());
        self
    }

    /// Says how long an execution may take that is done in the call, where its arguments are there. For who is about to wait
    /// for the results, that is quicker than to have another thread begin.
    #[inline]
    pub fn in_call(mut self, in_call: InCall) -> Submission<'a> {
        self.in_call = in_call;
        self
    }

    /// Submits the execution; returns its results at once, as buffers that are on their way. The call waits only where
    /// the device has a memory budget and it is spent.
    ///
    /// # Errors
    /// Where the arguments are not what the program takes, or the device's budget can never suffice.
    pub fn submit(self) -> Result<Vec<Buffer>, ExecuteError> {
        if capture::is_under_way() {
            return self.capture();
        }
        let form = self.check()?;
        if let Some(results) = self.execute_in_call(&form) {
            return Ok(results);
        }
        let ledger = self.program.device().ledger();
        let charged = ledger.launch(form.result_bytes(), form.temporary_bytes());
        let charged = charged.map_err(|source| self.program.budget(source))?;
        self.launch(&form, charged)
    }

    /// As [`submit`](Self::submit), suspending the calling future where the device's budget is spent.
    ///
    /// # Errors
    /// As for [`submit`](Self::submit).
    pub async fn submit_async(self) -> Result<Vec<Buffer>, ExecuteError> {
        if capture::is_under_way() {
            return self.capture();
        }
        let form = self.check()?;
        if let Some(results) = self.execute_in_call(&form) {
            return Ok(results);
        }
        let ledger = self.program.device().ledger();
        let charged = ledger.launch_async(form.result_bytes(), form.temporary_bytes()).await;
        let charged = charged.map_err(|source| self.program.budget(source))?;
        self.launch(&form, charged)
    }

    /// Notes the execution, in place of submitting it.
    fn capture(&self) -> Result<Vec<Buffer>, ExecuteError> {
        self.program.check(self.arguments)?;
        if let Some(&position) = self.donated.first() {
            return Err(ExecuteError::DonatedInCapture {
                program: Arc::clone(self.program.name()),
                argument: self.program.signature().parameter_name(position),
            });
        }
        capture::note(self.program, self.arguments)
    }

    /// The program for what is donated.
    fn check(&self) -> Result<Found<'a, Form>, ExecuteError> {
        self.program.check(self.arguments)?;
        let name = |i: usize| self.program.signature().parameter_name(i);
        // Before memory is waited for; again when the places are taken, as others may have donated meanwhile.
        check_gone(self.program.name(), &name, self.arguments)?;
        check_aliases(self.program.name(), &name, self.arguments, &self.donated)?;
        Ok(self.program.form(&self.donated)?)
    }

    /// Executes the program here and now; `None` where it is not of that kind, its arguments are not there or the budget is
    /// spent.
    fn execute_in_call(&self, form: &Form) -> Option<Vec<Buffer>> {
        if !self.donated.is_empty() || self.cancel.is_some() {
            return None;
        }
        let immediate = form.compiled.immediate(self.in_call)?;
        // Pushed one by one, which for the few there are takes less time than to collect them.
        let mut arguments: SmallVec<[ReadGuard<Contents>; 4]> = SmallVec::new();
        for argument in self.arguments {
            arguments.push(argument.try_read()?);
        }
        let device = self.program.device();
        let (charge, working) = device.ledger().try_call(form.result_bytes(), form.temporary_bytes())?;
        let charges = Charges { charge, bytes: form.own_bytes().iter() };
        let number = self.program.next_number();
        let call = Call { arguments: &arguments, charges, working, device, number };

        let types = &form.compiled.signature().results;
        let mut results = Vec::with_capacity(types.len());
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            immediate.execute(call, &mut |contents| {
                let ty = types[results.len()].clone();
                results.push(Buffer::there(device.clone(), ty, contents));
            })
        }));
        if !matches!(outcome, Ok(Ok(()))) {
            // What went wrong goes where it would have gone from a task.
            results.clear();
            results.extend(types.iter().map(|ty| Buffer::new(device.clone(), ty.clone())));
            let writes: Vec<_> = results.iter().map(Buffer::write).collect();
            task(Arc::clone(self.program.name())).here().dispatch(writes, move |_| match outcome {
                Ok(outcome) => outcome,
                Err(panic) => resume_unwind(panic),
            });
        }
        Some(results)
    }

    fn launch(self, form: &Form, charged: Launched) -> Result<Vec<Buffer>, ExecuteError> {
        let device = self.program.device();
        let wanted = Wanted {
            device,
            arguments: self.arguments,
            donated: &self.donated,
            results: &form.compiled.signature().results,
        };
        let name = |i: usize| self.program.signature().parameter_name(i);
        let (places, results) = Places::take(self.program.name(), &name, &wanted)?;
        let mut launch =
            places.prepare(form.own_bytes(), charged, self.program.next_number(), device.context());
        launch.cancel = self.cancel;
        launch.in_call = self.in_call;
        form.compiled.execute(launch);
        Ok(results)
    }
}

/// An error where an argument cannot be had any more.
pub(crate) fn check_gone(
    program: &Arc<str>,
    name: &dyn Fn(usize) -> String,
    arguments: &[&Buffer],
) -> Result<(), ExecuteError> {
    for (i, argument) in arguments.iter().enumerate() {
        if let Some(gone) = argument.gone() {
            return Err(ExecuteError::Gone { program: Arc::clone(program), argument: name(i), gone });
        }
    }
    Ok(())
}

/// An error where what is donated is given twice, or is no argument.
pub(crate) fn check_aliases(
    program: &Arc<str>,
    name: &dyn Fn(usize) -> String,
    arguments: &[&Buffer],
    donated: &[usize],
) -> Result<(), ExecuteError> {
    for &position in donated {
        let count = arguments.len();
        let Some(given) = arguments.get(position) else {
            return Err(ExecuteError::NoArgument { program: Arc::clone(program), position, count });
        };
        let same = |&i: &usize| i != position && arguments[i].is_same(given);
        if let Some(other) = (0..count).find(same) {
            let (program, argument, other) = (Arc::clone(program), name(position), name(other));
            return Err(ExecuteError::DonatedTwice { program, argument, other });
        }
    }
    Ok(())
}

/// An execution's places in line.
pub(crate) struct Places {
    reads: SmallVec<[ReadBuffer<Contents>; 4]>,
    donated: Vec<(usize, WriteBuffer<Contents>)>,
    results: SmallVec<[WriteBuffer<Contents>; 4]>,
}

/// What an execution on one device is to have.
pub(crate) struct Wanted<'a> {
    pub(crate) device: &'a Device,
    pub(crate) arguments: &'a [&'a Buffer],
    pub(crate) donated: &'a [usize],
    pub(crate) results: &'a [TensorType],
}

/// Held while buffers are looked at and given up: nobody gives up one that somebody else does.
static DONATING: Mutex<()> = Mutex::new(());

impl Wanted<'_> {
    fn donate(&self, program: &Arc<str>) {
        self.donated.iter().for_each(|&i| self.arguments[i].donate(program));
    }

    /// The places on the arguments that are to be acquired.
    fn request(&self) -> (SmallVec<[Reading<'_, Contents>; 4]>, Vec<Writing<'_, Contents>>) {
        let kept = |i: &usize| self.donated.binary_search(i).is_err();
        let reads = (0..self.arguments.len()).filter(kept).map(|i| self.arguments[i].reading()).collect();
        let donated = self.donated.iter().map(|&i| self.arguments[i].writing()).collect();
        (reads, donated)
    }

    /// The places with those on new buffers for the results.
    fn places(
        &self,
        (reads, donated): (SmallVec<[ReadBuffer<Contents>; 4]>, Vec<WriteBuffer<Contents>>),
    ) -> (Places, Vec<Buffer>) {
        let donated = self.donated.iter().copied().zip(donated).collect();
        let results = self.results.iter().map(|ty| Buffer::new(self.device.clone(), ty.clone()));
        let results: Vec<Buffer> = results.collect();
        let writes = results.iter().map(Buffer::write).collect();
        (Places { reads, donated, results: writes }, results)
    }
}

impl Places {
    /// Takes the places as one step, so that executions that several threads submit are in one order, and gives up what is
    /// donated; gives the results, too.
    pub(crate) fn take(
        program: &Arc<str>,
        name: &dyn Fn(usize) -> String,
        wanted: &Wanted<'_>,
    ) -> Result<(Places, Vec<Buffer>), ExecuteError> {
        let _donating = (!wanted.donated.is_empty()).then(|| DONATING.lock());
        check_gone(program, name, wanted.arguments)?;
        wanted.donate(program);
        Ok(wanted.places(acquire(wanted.request())))
    }

    /// As [`take`](Self::take), for an execution that several devices share.
    pub(crate) fn take_all(
        program: &Arc<str>,
        name: &dyn Fn(usize) -> String,
        wanted: &[Wanted<'_>],
    ) -> Result<Vec<(Places, Vec<Buffer>)>, ExecuteError> {
        let donates = wanted.iter().any(|wanted| !wanted.donated.is_empty());
        let _donating = donates.then(|| DONATING.lock());
        wanted.iter().try_for_each(|wanted| check_gone(program, name, wanted.arguments))?;
        wanted.iter().for_each(|wanted| wanted.donate(program));
        let acquired = acquire(wanted.iter().map(Wanted::request).collect::<Vec<_>>());
        Ok(wanted.iter().zip(acquired).map(|(wanted, acquired)| wanted.places(acquired)).collect())
    }

    /// What a backend is given.
    pub(crate) fn prepare(
        self,
        own_bytes: &[usize],
        charged: Launched,
        number: u64,
        context: Context,
    ) -> Launch {
        let (mut charge, working, in_flight) = charged;
        Launch {
            reads: self.reads,
            donated: self.donated,
            outputs: self.results,
            charges: own_bytes.iter().map(|&bytes| charge.split(bytes)).collect(),
            working,
            in_flight,
            cancel: None,
            in_call: InCall::Tiny,
            number,
            context,
        }
    }
}

/// The places in line of an execution whose program is not compiled yet: its arguments and results are settled, so that
/// others can be submitted behind it.
pub struct Reservation {
    device: Device,
    arguments: Vec<TensorType>,
    donated: Vec<usize>,
    results: Vec<TensorType>,
    places: Places,
    number: u64,
    context: Context,
}

impl Reservation {
    /// Takes places in line for an execution on these arguments, of which some are donated; gives them, and the results
    /// on their way. The name is the program's, for messages; the number says how many executions of it were submitted before.
    ///
    /// # Errors
    /// Where an argument was donated before, or is to be donated and given twice.
    pub fn new(
        device: &Device,
        name: &Arc<str>,
        arguments: &[&Buffer],
        donated: Vec<usize>,
        results: Vec<TensorType>,
        number: u64,
    ) -> Result<(Reservation, Vec<Buffer>), ExecuteError> {
        let donated = in_order(donated);
        let called = |i: usize| format!("arg{i}");
        check_aliases(name, &called, arguments, &donated)?;
        let wanted = Wanted { device, arguments, donated: &donated, results: &results };
        let (places, buffers) = Places::take(name, &called, &wanted)?;
        let arguments = arguments.iter().map(|argument| argument.ty().clone()).collect();
        let (device, context) = (device.clone(), device.context());
        Ok((Reservation { device, arguments, donated, results, places, number, context }, buffers))
    }

    /// The arguments that are donated.
    pub fn donated(&self) -> &[usize] {
        &self.donated
    }

    /// Executes a program in these places, which it suits: it takes the arguments and gives the results.
    ///
    /// # Errors
    /// Where it does not, or the device's budget can never suffice. The places are given up then.
    pub async fn execute(
        self,
        program: &Executable,
        cancel: Option<CancelToken>,
    ) -> Result<(), ExecuteError> {
        let signature = program.signature();
        let types = |types: &mut dyn Iterator<Item = &TensorType>| {
            types.map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        let parameters = || signature.parameters.iter().map(|parameter| &parameter.ty);
        if signature.results != self.results || !parameters().eq(&self.arguments) {
            return Err(ExecuteError::Unsuitable {
                program: Arc::clone(&signature.name),
                takes: types(&mut parameters()),
                gives: types(&mut signature.results.iter()),
                given: types(&mut self.arguments.iter()),
                wanted: types(&mut self.results.iter()),
            });
        }
        let form = program.form(&self.donated)?;
        let charged = self.device.ledger().launch_async(form.result_bytes(), form.temporary_bytes()).await;
        let charged = charged.map_err(|source| program.budget(source))?;
        let mut launch = self.places.prepare(form.own_bytes(), charged, self.number, self.context);
        launch.cancel = cancel;
        form.compiled.execute(launch);
        Ok(())
    }
}
