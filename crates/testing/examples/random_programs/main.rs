//! Makes random programs, runs them and compares what they give with their evaluation; those that fail are made small and
//! written as programs that check themselves:
//!
//! ```sh
//! cargo run --release -p runahead-testing --example random_programs -- --programs 200000 --seed 1 --folder target/found
//! ```

#[path = "../../tests/harness/mod.rs"]
mod harness;
mod other;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use harness::{Compared, Failure};
use other::Other;
use runahead_testing::{Case, selfcheck, shrink, structure};

/// Makes random programs, and compares what they give with their evaluation.
#[derive(Parser)]
struct Arguments {
    /// How many programs.
    #[arg(long, default_value_t = 1000)]
    programs: u64,
    /// The first program's seed; the others follow.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many programs are run at a time.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Prints the program of the seed, and what becomes of it.
    #[arg(long)]
    show: bool,
    /// Where programs that fail are written, made small.
    #[arg(long, default_value = "target/random_programs")]
    folder: PathBuf,
    /// How many programs that fail alike are made small.
    #[arg(long, default_value_t = 3)]
    alike: usize,
    /// How many smaller programs are tried for each.
    #[arg(long, default_value_t = 4000)]
    tries: usize,
    /// Runs each program on another compiler's plugin too, and compares with what it gives.
    #[arg(long)]
    plugin: Option<PathBuf>,
}

#[derive(Default)]
struct Found {
    compared: u64,
    left_out: u64,
    numbers: Compared,
    failures: BTreeMap<u64, Failure>,
    /// Programs that the plugin took.
    on_the_other: u64,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    harness::catch_panics();
    if arguments.show {
        let case = structure::case(arguments.seed);
        let _ = std::panic::take_hook();
        println!("{}\ndonated: {:?}\n{:?}", case.module, case.donated, harness::check(&case));
        return ExitCode::SUCCESS;
    }
    let other = match arguments.plugin.as_deref().map(Other::new).transpose() {
        Ok(other) => other,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let start = Instant::now();
    let found = run(&arguments, other.as_ref());
    if other.is_some() {
        println!("{} programs ran on the plugin", found.on_the_other);
    }
    println!(
        "{} programs compared, {} of {} numbers settled; {} left out for their work; {} fail; {:.1} s",
        found.compared,
        found.numbers.settled,
        found.numbers.numbers,
        found.left_out,
        found.failures.len(),
        start.elapsed().as_secs_f64()
    );
    let mut ways: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (&seed, failure) in &found.failures {
        let like = match failure.is_like(&Failure { text: String::new(), ..failure.clone() }) {
            true => format!("{:?}", failure.way),
            false => format!("{:?} {}", failure.way, failure.words()),
        };
        ways.entry(like).or_default().push(seed);
    }
    for (way, seeds) in &ways {
        println!("{} times {way}: seeds {:?}", seeds.len(), &seeds[..seeds.len().min(8)]);
        for &seed in seeds.iter().take(arguments.alike) {
            report(&arguments, seed, &found.failures[&seed], other.as_ref());
        }
    }
    ExitCode::from(u8::from(!found.failures.is_empty()))
}

/// What becomes of a case, and whether the other compiler took it.
fn check(case: &Case, other: Option<&Other>) -> (Result<Option<Compared>, Failure>, bool) {
    let outcome = harness::check(case);
    let (Some(other), Ok(Some(_)), Some(evaluation)) = (other, &outcome, case.evaluate()) else {
        return (outcome, false);
    };
    match other.compare(case, &evaluation) {
        Ok(taken) => (outcome, taken),
        Err(failure) => (Err(failure), true),
    }
}

fn run(arguments: &Arguments, other: Option<&Other>) -> Found {
    let next = AtomicU64::new(arguments.seed);
    let end = arguments.seed + arguments.programs;
    let found = Mutex::new(Found::default());
    let one = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                break;
            }
            let (outcome, taken) = check(&structure::case(seed), other);
            let mut found = found.lock().expect("no panic holds it");
            found.on_the_other += u64::from(taken);
            match outcome {
                Ok(Some(compared)) => {
                    found.compared += 1;
                    found.numbers.numbers += compared.numbers;
                    found.numbers.settled += compared.settled;
                }
                Ok(None) => found.left_out += 1,
                Err(failure) => drop(found.failures.insert(seed, failure)),
            }
        }
    };
    std::thread::scope(|scope| (0..arguments.threads).for_each(|_| drop(scope.spawn(one))));
    found.into_inner().expect("no panic holds it")
}

/// Makes the program of a seed small, prints it and writes it to the folder.
fn report(arguments: &Arguments, seed: u64, failure: &Failure, other: Option<&Other>) {
    let case = structure::case(seed);
    let mut fails = |case: &Case| check(case, other).0.is_err_and(|found| found.is_like(failure));
    let small = shrink::shrink(&case, arguments.tries, &mut fails);
    let failure = check(&small, other).0.err().unwrap_or_else(|| failure.clone());
    let Some(evaluation) = small.evaluate() else { return };
    let text = format!(
        "// Seed {seed}: {failure}\n{}{}",
        selfcheck::donated_line(&small),
        selfcheck::program(&small, &evaluation.results)
    );
    println!("{text}");
    let file = arguments.folder.join(format!("{:?}_{seed}.mlir", failure.way).to_lowercase());
    let written = std::fs::create_dir_all(&arguments.folder).and_then(|()| std::fs::write(&file, text));
    match written {
        Ok(()) => println!("written to {}", file.display()),
        Err(error) => println!("{} could not be written: {error}", file.display()),
    }
}
