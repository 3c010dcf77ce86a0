//! Random programs do the same under every scheduler as a sequential model of them: the values and errors (their kinds
//! and where they began) that each task gives, and that each value ends with.
//!
//! `RUNAHEAD_RANDOM_PROGRAMS` sets how many programs are tried, some under each of a thousand seeds, the rest under a few
//! and on pools.

mod common;
#[path = "random_programs/model.rs"]
mod model;
#[path = "random_programs/program.rs"]
mod program;
#[path = "random_programs/run.rs"]
mod run;

use std::sync::LazyLock;

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use runahead_async::{Deterministic, Pool};

/// Pools that all programs run on, one after another.
static POOLS: LazyLock<Vec<Pool>> = LazyLock::new(|| [1, 2, 4].map(Pool::new).into());

#[test]
fn programs_do_what_the_sequential_model_does() {
    // Only tasks panic, and they are meant to.
    std::panic::set_hook(Box::new(|info| {
        if std::thread::current().name().is_some_and(|name| name.contains("programs_do")) {
            eprintln!("{info}");
        }
    }));
    let programs = std::env::var("RUNAHEAD_RANDOM_PROGRAMS").ok().and_then(|n| n.parse().ok());
    let programs = programs.unwrap_or(if cfg!(miri) { 3 } else { 700 });
    let (few_seeds, many_seeds) = if cfg!(miri) { (2, 4) } else { (12, 1000) };
    try_programs(programs, few_seeds, &POOLS);
    try_programs(programs.div_ceil(20), many_seeds, &[]);
    assert!(POOLS.iter().all(|pool| pool.threads() < 200), "spare threads serve again");
}

/// Tries so many programs, each under so many seeds and on those pools.
fn try_programs(programs: u32, seeds: u64, pools: &[Pool]) {
    let config = Config { cases: programs, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&program::programs(), |program| {
        let expected = model::run(&program);
        let check = |what: String, got: run::Outcomes| {
            if got == expected {
                return Ok(());
            }
            Err(TestCaseError::fail(format!("{what} gave {got:?}\ninstead of {expected:?}")))
        };
        for seed in 0..seeds {
            let outcomes = Deterministic::new(seed).run(|| run::run(&program));
            check(format!("seed {seed}"), outcomes)?;
        }
        for pool in pools {
            for _ in 0..2 {
                let outcomes = pool.run(|| run::run(&program));
                check(format!("a pool of {}", pool.workers()), outcomes)?;
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
