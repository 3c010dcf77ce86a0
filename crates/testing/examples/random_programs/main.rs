//! Makes random programs, and compares what they give with their evaluation:
//! `cargo run --release -p runahead-testing --example random_programs -- --programs 200000 --seed 1`.

#[path = "../../tests/harness/mod.rs"]
mod harness;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use harness::{Compared, Failure};
use runahead_testing::structure;

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
}

#[derive(Default)]
struct Found {
    compared: u64,
    left_out: u64,
    numbers: Compared,
    failures: BTreeMap<u64, Failure>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    harness::catch_panics();
    if arguments.show {
        let case = structure::case(arguments.seed);
        println!("{}\ndonated: {:?}\n{:?}", case.module, case.donated, harness::check(&case));
        return ExitCode::SUCCESS;
    }
    let next = AtomicU64::new(arguments.seed);
    let end = arguments.seed + arguments.programs;
    let found = Mutex::new(Found::default());
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..arguments.threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        break;
                    }
                    let outcome = harness::check(&structure::case(seed));
                    let mut found = found.lock().expect("no panic holds it");
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
            });
        }
    });
    let found = found.into_inner().expect("no panic holds it");
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
    for (seed, failure) in &found.failures {
        ways.entry(format!("{:?} {}", failure.way, failure.words())).or_default().push(*seed);
    }
    for (way, seeds) in &ways {
        println!("{} {way}: seeds {:?}", seeds.len(), &seeds[..seeds.len().min(8)]);
        println!("    {}", found.failures[&seeds[0]].text.lines().next().unwrap_or_default());
    }
    ExitCode::from(u8::from(!found.failures.is_empty()))
}
