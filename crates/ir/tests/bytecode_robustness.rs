//! No bytes make the reader of bytecode, or what may be done with what it reads, panic, overflow the stack or take long.

use std::path::Path;

use runahead_ir::{is_bytecode, read_bytecode};

mod exercise;
use exercise::{Random, damaged_bytes, exercise_bytes};

/// The files of a folder below the crate's, whose names end like this.
fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    assert!(paths.len() > 10);
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Fails with the bytes, as hexadecimal digits, with which something panics.
fn check(bytes: &[u8]) {
    let outcome = std::panic::catch_unwind(|| exercise_bytes(bytes));
    let digits = || bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert!(outcome.is_ok(), "panics with {}", digits());
}

#[test]
fn damaged_artifacts() {
    let seeds = files("tests/data/bytecode", ".bc");
    let rounds = std::env::var("RUNAHEAD_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(4000);
    let mut random =
        Random(std::env::var("RUNAHEAD_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0x9E37_79B9));
    let mut read = 0;
    for _ in 0..rounds {
        let seed = &seeds[random.below(seeds.len())];
        let damaged = damaged_bytes(seed, &mut random);
        read += usize::from(read_bytecode("t", &damaged).is_ok());
        check(&damaged);
    }
    println!("{read} of {rounds} are read");
    assert!(read * 50 > rounds, "only {read} of {rounds} are read: the others test little");
}

#[test]
fn artifacts_cut_short() {
    for seed in files("tests/data/bytecode", ".bc").iter().filter(|seed| seed.len() < 2500) {
        for end in 0..seed.len() {
            assert!(read_bytecode("t", &seed[..end]).is_err(), "{end} of {} bytes", seed.len());
        }
    }
}

#[test]
fn single_bytes_changed() {
    let seeds = files("tests/data/bytecode", ".bc");
    let seed = seeds.iter().min_by_key(|seed| seed.len()).unwrap();
    for at in 0..seed.len() {
        for value in [0, 1, 2, 3, 0x7F, 0x80, 0xFE, 0xFF] {
            let mut bytes = seed.clone();
            bytes[at] = value;
            check(&bytes);
        }
    }
}

#[test]
fn the_corpus_of_fuzzing() {
    for bytes in files("../../fuzz/corpus/bytecode", "") {
        check(&bytes);
    }
}

#[test]
fn texts_are_no_bytecode() {
    for bytes in [&b""[..], b"ML", b"ML\xEF", b"module {}", b"ML\xC3\xAFR"] {
        assert!(!is_bytecode(bytes));
        assert!(read_bytecode("t", bytes).unwrap_err().to_string().contains("expected `ML\\xEFR`"));
    }
}
