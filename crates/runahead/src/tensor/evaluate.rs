//! From recordings to values: compiled once for each form, and kept.

use std::convert::Infallible;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{Equivalent, UnitWeighter};
use runahead_async::{CancelToken, task};
use runahead_runtime::{Buffer, Capture, Device, Executable, InCall, Reservation};

use super::error::{Result, TensorError};
use super::form::Form;
use super::lazy::{Lazy, form};

/// So many compiled programs are kept; those used least are dropped first.
pub(crate) const PROGRAMS_KEPT: usize = 1024;

/// Compiled programs by what they are for. It is not for others to say what the keys are, so they are hashed quickly.
pub(crate) type Programs<K, V> = Cache<K, V, UnitWeighter, foldhash::fast::RandomState>;

/// Programs of which so many are kept; those used least are dropped first.
pub(crate) fn kept<K: Eq + Hash, V: Clone>(count: usize) -> Programs<K, V> {
    let (hasher, lifecycle) = (Default::default(), DefaultLifecycle::default());
    Cache::with(count, count as u64, UnitWeighter, hasher, lifecycle)
}

/// Keeps what was made for a key. Another thread may have made the same meanwhile: all are given the first, as there is one
/// program that counts its executions.
pub(crate) fn insert<K: Clone + Eq + Hash, V: Clone>(programs: &Programs<K, V>, key: K, made: V) -> V {
    let Ok(kept) = programs.get_or_insert_with(&key, || Ok::<_, Infallible>(made));
    kept
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    device: String,
    form: Form,
}

#[derive(Hash)]
struct KeyRef<'a> {
    device: &'a str,
    form: &'a Form,
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.device == key.device && *self.form == key.form
    }
}

/// The program of a form, compiled for a device; `name` is what traces and messages call it.
pub(crate) fn compile(name: &str, form: &Form, device: &Device, donated: &[usize]) -> Result<Executable> {
    let mut module = form.to_function("main").into_module();
    module.name = Some(name.into());
    Ok(device.compile_donating(&module, donated)?)
}

/// The leaves that are donated.
fn donated(leaves: &[Lazy]) -> Vec<usize> {
    (0..leaves.len()).filter(|&i| leaves[i].is_donated()).collect()
}

/// What is kept of a form: its program, once it is compiled, and how many executions were submitted before it was.
#[derive(Default)]
struct Known {
    program: OnceLock<Executable>,
    /// Not changed any more where there is a program, which goes on counting.
    submitted: Mutex<u64>,
}

/// What is submitted of a form: its program, or the number of an execution of the one that is to be compiled.
enum Next<'a> {
    Compiled(&'a Executable),
    Numbered(u64),
}

impl Known {
    /// The program, or a number where there is none yet.
    fn next(&self) -> Next<'_> {
        if let Some(program) = self.program.get() {
            return Next::Compiled(program);
        }
        let mut submitted = self.submitted.lock();
        match self.program.get() {
            Some(program) => Next::Compiled(program),
            None => {
                *submitted += 1;
                Next::Numbered(*submitted - 1)
            }
        }
    }

    /// The program, which is compiled where there is none yet.
    fn program(&self, compile: impl FnOnce() -> Result<Executable>) -> Result<&Executable> {
        if let Some(program) = self.program.get() {
            return Ok(program);
        }
        let program = compile()?;
        let submitted = self.submitted.lock();
        // Another thread may have compiled the same meanwhile: there is one that counts.
        Ok(self.program.get_or_init(|| {
            program.count_before(*submitted);
            program
        }))
    }
}

/// What is known of a form on a device.
fn known(form: &Form, device: &Device) -> Arc<Known> {
    static PROGRAMS: OnceLock<Programs<Key, Arc<Known>>> = OnceLock::new();
    let programs = PROGRAMS.get_or_init(|| kept(PROGRAMS_KEPT));
    if let Some(known) = programs.get(&KeyRef { device: device.name(), form }) {
        return known;
    }
    let key = Key { device: device.name().to_owned(), form: form.clone() };
    insert(programs, key, Arc::default())
}

/// Submits what is needed for the values, as one program, and gives them on their way.
///
/// # Errors
/// Where a value stands for an argument of a function that is being traced, or the program cannot be compiled or
/// submitted.
pub(crate) fn evaluate(roots: &[Lazy], in_call: InCall) -> Result<Vec<Buffer>> {
    let open: Vec<Lazy> = roots.iter().filter(|root| root.kept().is_none()).cloned().collect();
    if !open.is_empty() {
        let (form, leaves) = form(&open, &[], &mut |lazy| lazy.kept().is_some())?;
        let buffers: Vec<&Buffer> =
            leaves.iter().map(|leaf| leaf.kept().expect("a leaf has a value")).collect();
        let donated = donated(&leaves);
        let device = match open.iter().find_map(Lazy::device) {
            Some(device) => device.clone(),
            None => crate::device("cpu")?,
        };
        let known = known(&form, &device);
        let program = known.program(|| compile("lazy", &form, &device, &donated))?;
        let results = program.submission(&buffers).donating(&donated).in_call(in_call).submit()?;
        for (lazy, buffer) in open.iter().zip(results) {
            lazy.keep(buffer);
        }
    }
    Ok(roots.iter().map(|root| root.kept().expect("it was evaluated").clone()).collect())
}

/// As [`evaluate`], without waiting for the program to be compiled where it is not yet, nor for memory where the budget is
/// spent: that is done by a task, which also submits it. The values are not kept: who cancels them cancels nobody else's.
///
/// # Errors
/// Where a value stands for an argument of a function that is being traced, or was donated.
pub(crate) fn evaluate_behind(
    name: &str,
    roots: &[Lazy],
    device: &Device,
    token: &CancelToken,
) -> Result<Vec<Buffer>> {
    let open: Vec<Lazy> = roots.iter().filter(|root| root.kept().is_none()).cloned().collect();
    let mut computed = Vec::new();
    if !open.is_empty() {
        let (form, leaves) = form(&open, &[], &mut |lazy| lazy.kept().is_some())?;
        let buffers: Vec<&Buffer> =
            leaves.iter().map(|leaf| leaf.kept().expect("a leaf has a value")).collect();
        let donated = donated(&leaves);
        let known = known(&form, device);
        let submission =
            |program: &Executable| program.submission(&buffers).donating(&donated).cancel_by(token).submit();
        computed = if Capture::is_under_way() {
            submission(known.program(|| compile(name, &form, device, &donated))?)?
        } else {
            match known.next() {
                Next::Compiled(program) if !program.may_wait() => submission(program)?,
                next => {
                    let number = match next {
                        Next::Compiled(program) => program.next_number(),
                        Next::Numbered(number) => number,
                    };
                    let types = open.iter().map(|lazy| lazy.ty().clone()).collect();
                    let name: Arc<str> = Arc::from(name);
                    let (reservation, results) =
                        Reservation::new(device, &name, &buffers, donated, types, number)?;
                    execute_behind(name, Arc::clone(&known), form, device, reservation, token);
                    results
                }
            }
        };
    }
    let mut computed = computed.into_iter();
    let value = |root: &Lazy| match root.kept() {
        Some(buffer) => buffer.clone(),
        None => computed.next().expect("each open value was computed"),
    };
    Ok(roots.iter().map(value).collect())
}

/// Executes a program in the places that were taken, as a task; compiles it first where there is none yet.
fn execute_behind(
    name: Arc<str>,
    known: Arc<Known>,
    form: Form,
    device: &Device,
    reservation: Reservation,
    token: &CancelToken,
) {
    let (token, device) = (token.clone(), device.clone());
    let execute = task(Arc::clone(&name)).cancel_by(&token);
    drop(execute.spawn(async move {
        let program = known.program(|| compile(&name, &form, &device, reservation.donated()))?;
        reservation.execute(program, Some(token)).await?;
        Ok::<(), TensorError>(())
    }));
}
