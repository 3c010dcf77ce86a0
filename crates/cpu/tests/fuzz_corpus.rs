//! What fuzzing found stays found: its corpus, and a bounded number of programs like it, compile and run within bounds.

use std::path::{Path, PathBuf};

mod exercise;
#[path = "../../ir/tests/exercise/mod.rs"]
mod text;

/// The files of a fuzz target's corpus, or the file that `RUNAHEAD_INPUT` names.
fn corpus(target: &str) -> Vec<PathBuf> {
    if let Ok(one) = std::env::var("RUNAHEAD_INPUT") {
        return vec![one.into()];
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
}

/// Does something with each file of a corpus; fails with the names of those with which it panics.
fn replay(target: &str, exercise: fn(&[u8])) {
    let fails = |file: &PathBuf| {
        let bytes = std::fs::read(file).expect("a file");
        std::panic::catch_unwind(|| exercise(&bytes)).is_err()
    };
    let failed: Vec<PathBuf> = corpus(target).into_iter().filter(fails).collect();
    assert!(failed.is_empty(), "fails with {failed:#?}");
}

#[test]
fn the_corpus_of_programs_as_text() {
    replay("run_text", |bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            exercise::text(text);
        }
    });
}

#[test]
fn the_corpus_of_choices() {
    replay("run_choices", exercise::choices);
}

#[test]
fn programs_that_choices_make() {
    let rounds = std::env::var("RUNAHEAD_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let first = std::env::var("RUNAHEAD_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let failed: Vec<u64> = (first..first + rounds)
        .filter(|&seed| std::panic::catch_unwind(|| exercise::choices(&exercise::seeded(seed))).is_err())
        .collect();
    assert!(failed.is_empty(), "failed with the seeds {failed:?}");
}

#[test]
fn damaged_programs_of_the_corpus() {
    let texts: Vec<String> = corpus("run_text")
        .iter()
        .filter_map(|file| String::from_utf8(std::fs::read(file).expect("a file")).ok())
        .filter(|text| !text.is_empty())
        .collect();
    let rounds = std::env::var("RUNAHEAD_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let mut random = text::Random(0x5EED);
    for _ in 0..rounds {
        let damaged = text::damaged(&texts[random.below(texts.len())], &mut random);
        let outcome = std::panic::catch_unwind(|| exercise::text(&damaged));
        assert!(outcome.is_ok(), "panics with\n{damaged}");
    }
}

/// Prints the program of `RUNAHEAD_SEED`.
#[test]
#[ignore = "shows a program to people"]
fn shows() {
    let seed = std::env::var("RUNAHEAD_SEED").expect("RUNAHEAD_SEED").parse().expect("a number");
    println!("{}", runahead_testing::generate::program(&exercise::seeded(seed)));
}
