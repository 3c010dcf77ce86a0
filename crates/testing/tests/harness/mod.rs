//! Runs a case on the CPU: three times over, on several threads, with memory of any contents, with and without arguments
//! given for keeps; and compares what it gives with the evaluation.
#![allow(dead_code, unreachable_pub)] // The test and the command use a part each.

#[path = "../../../cpu/tests/exercise/runner.rs"]
mod runner;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use runahead_cpu::{CompileOptions, Limits, Program, compile};
use runahead_testing::{Case, compare};
use runner::Fault;

/// The most that a program may be: much more than these need, and little for a machine.
const LIMITS: Limits = Limits { bytes: 1 << 26, operations: 1 << 14 };

/// How often the loops of a program may turn in one run: the evaluation follows none that turns so often.
const MOST_TURNS: usize = 100_000;

/// In which way a case fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It is not valid: the generator's fault.
    Invalid,
    /// The compiler refuses it.
    Refused,
    /// Something panics.
    Panics,
    /// It does not end, or fails as it runs.
    Stops,
    /// Runs differ from each other.
    Differs,
    /// It gives something else than the evaluation.
    Wrong,
    /// Another compiler's program gives something else.
    OtherDiffers,
}

/// How a case fails.
#[derive(Clone, Debug)]
pub struct Failure {
    pub way: Way,
    pub text: String,
}

impl Failure {
    fn new(way: Way, text: impl fmt::Display) -> Failure {
        Failure { way, text: text.to_string() }
    }

    /// Whether another failure is likely of the same cause: of the same way, and with the same words about what panics or
    /// is refused.
    pub fn is_like(&self, other: &Failure) -> bool {
        let values = matches!(self.way, Way::Wrong | Way::Differs | Way::OtherDiffers | Way::Stops);
        self.way == other.way && (values || self.words() == other.words())
    }

    /// The text without what is another in each program.
    pub fn words(&self) -> String {
        let line = self.text.lines().next().unwrap_or_default();
        line.chars().filter(|c| !c.is_ascii_digit() && !"[], %".contains(*c)).take(100).collect()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.way, self.text)
    }
}

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compared {
    /// Numbers of the results.
    pub numbers: usize,
    /// Those that the evaluation settles.
    pub settled: usize,
}

/// Runs a case and compares; none where its evaluation is much work.
pub fn check(case: &Case) -> Result<Option<Compared>, Failure> {
    if let Err(errors) = runahead_ir::verify(&case.module) {
        return Err(Failure::new(Way::Invalid, &errors[0]));
    }
    let Some(evaluation) = case.evaluate() else { return Ok(None) };
    let (reading, giving) = (compiled(case, false)?, compiled(case, true)?);
    let runs = [(&reading, 0xFF), (&giving, 0xFF), (&reading, 0x01)];
    let found = std::thread::scope(|scope| {
        let [first, others @ ..] = runs;
        let started = others.map(|(program, byte)| scope.spawn(move || run(program, case, byte)));
        let first = run(first.0, case, first.1);
        let others = started.map(|thread| thread.join().expect("a run's panic is caught"));
        [first].into_iter().chain(others).collect::<Result<Vec<_>, Failure>>()
    });
    let found = match found {
        // Where it is not known how often a loop turns, it may turn for ever.
        Err(failure) if failure.way == Way::Stops && !evaluation.complete => return Ok(None),
        found => found?,
    };
    for (i, what) in [(1, "arguments given for keeps"), (2, "what memory held before")] {
        if let Some(result) = (0..found[0].len()).find(|&result| found[0][result] != found[i][result]) {
            return Err(Failure::new(Way::Differs, format!("result {result} differs with {what}")));
        }
    }
    compare::compare(&evaluation.results, &found[0]).map_err(|d| Failure::new(Way::Wrong, d))?;
    let numbers = evaluation.results.iter().map(|x| x.numbers.len()).sum();
    let settled = evaluation.results.iter().map(compare::settled).sum();
    Ok(Some(Compared { numbers, settled }))
}

fn compiled(case: &Case, giving: bool) -> Result<Program, Failure> {
    let donated = if giving { case.donated.clone() } else { Vec::new() };
    let options = CompileOptions { donated, limits: LIMITS, ..CompileOptions::default() };
    let compiled = caught(|| compile(&case.module, &options))?;
    compiled.map_err(|error| Failure::new(Way::Refused, error))
}

fn run(program: &Program, case: &Case, byte: u8) -> Result<Vec<Vec<u8>>, Failure> {
    let found = caught(|| runner::run_on(program, &case.arguments, byte, MOST_TURNS))?;
    found.map_err(|fault| match fault {
        Fault::Stops(failure) => Failure::new(Way::Stops, failure),
        Fault::Overwrites(i) => {
            Failure::new(Way::Wrong, format!("argument {i} is overwritten, and was not given for keeps"))
        }
    })
}

/// What the last panic of a thread said.
static SAID: Mutex<Vec<(std::thread::ThreadId, String)>> = Mutex::new(Vec::new());

/// From now on panics are not printed: they are failures of cases.
pub fn catch_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
        let said = info.payload_as_str().unwrap_or("a panic").to_owned();
        let said = format!("{}{}", said.lines().next().unwrap_or_default(), place.unwrap_or_default());
        let mut all = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(thread, _)| *thread != std::thread::current().id());
        all.push((std::thread::current().id(), said));
    }));
}

fn caught<T>(act: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(act)).map_err(|payload| {
        let mut all = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        let own = all.iter().position(|(thread, _)| *thread == std::thread::current().id());
        let said = own.map(|at| all.swap_remove(at).1);
        let payload = payload.downcast_ref::<String>().cloned();
        Failure::new(Way::Panics, said.or(payload).unwrap_or_else(|| "a panic".to_owned()))
    })
}
