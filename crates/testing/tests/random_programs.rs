//! Programs of random structure, compiled and run on the CPU, give what their evaluation gives; and so does what was found
//! by more of them.

use std::path::Path;
use std::sync::Once;

use runahead_ir::{OpKind, Region};
use runahead_testing::evaluate::Tensor;
use runahead_testing::{Case, compare, selfcheck, shrink, structure};

mod harness;

/// Programs in a run of the tests; the example of the same name runs more.
const PROGRAMS: u64 = 20_000;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

fn catch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(harness::catch_panics);
}

#[test]
fn programs_of_random_structure() {
    catch_panics();
    let first = number("RUNAHEAD_SEED").unwrap_or(0);
    let programs = number("RUNAHEAD_ROUNDS").unwrap_or(PROGRAMS);
    let (mut compared, mut numbers, mut settled, mut failed) = (0, 0, 0, Vec::new());
    for seed in first..first + programs {
        match harness::check(&structure::case(seed)) {
            Ok(Some(done)) => {
                compared += 1;
                numbers += done.numbers;
                settled += done.settled;
            }
            Ok(None) => (),
            Err(failure) => failed.push(format!("seed {seed}: {failure}")),
        }
    }
    // What a panic says is taken for the compiler's.
    failed.iter().take(20).for_each(|failure| eprintln!("{failure}"));
    assert!(failed.is_empty(), "{} fail", failed.len());
    assert!(10 * compared >= 9 * programs, "{compared} of {programs} programs are compared");
    assert!(10 * settled >= 9 * numbers, "{settled} of {numbers} numbers are settled");
}

#[test]
fn what_was_found() {
    catch_panics();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut failed = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the corpus") {
        let file = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&file).expect("a text");
        let case = selfcheck::read(&file.display().to_string(), &text)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        if let Err(failure) = harness::check(&case) {
            failed.push(format!("{}: {failure}", file.display()));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// How deep loops stand in each other.
fn loops(region: &Region) -> usize {
    let of = |op: &runahead_ir::Op| {
        let inside = op.regions.iter().map(loops).max().unwrap_or(0);
        inside + usize::from(matches!(op.kind, OpKind::While))
    };
    region.ops.iter().map(of).max().unwrap_or(0)
}

/// How a loop's body hands on a value that it was given.
fn patterns(region: &Region, found: &mut std::collections::BTreeSet<&'static str>) {
    for op in &region.ops {
        op.regions.iter().for_each(|inner| patterns(inner, found));
        let (OpKind::While, [_, body]) = (&op.kind, &op.regions[..]) else { continue };
        for (i, returned) in body.returns.iter().enumerate() {
            let made_by = body.ops.iter().find(|op| op.results.contains(returned));
            found.insert(match (body.parameters.iter().position(|p| p == returned), made_by) {
                (Some(own), _) if own == i => "own parameter",
                (Some(_), _) => "another parameter",
                (None, None) => "from outside",
                (None, Some(op)) => match op.kind {
                    OpKind::Constant(_) => "constant",
                    OpKind::While | OpKind::If | OpKind::Case => "of an inner loop or branch",
                    OpKind::Reshape | OpKind::Slice { .. } | OpKind::Transpose { .. } => "view",
                    OpKind::DynamicUpdateSlice => "updated in place",
                    _ => "computed",
                },
            });
            if body.returns[..i].contains(returned) {
                found.insert("twice");
            }
        }
        let operands = &op.operands;
        if (1..operands.len()).any(|i| operands[..i].contains(&operands[i])) {
            found.insert("begins with the same");
        }
    }
}

#[test]
fn programs_are_valid_and_hold_every_structure() {
    let (mut deepest, mut calls, mut found) = (0, 0, std::collections::BTreeSet::new());
    let (mut aliased, mut passed_through, mut twice) = (0, 0, 0);
    for seed in 0..3000 {
        let case = structure::case(seed);
        if let Err(errors) = runahead_ir::verify(&case.module) {
            panic!("seed {seed}: {}\n{}", errors[0], case.module);
        }
        let main = case.main();
        deepest = deepest.max(loops(&main.body));
        calls += usize::from(!main.callees().is_empty());
        patterns(&main.body, &mut found);
        let returns = &main.body.returns;
        passed_through += usize::from(returns.iter().any(|value| main.body.parameters.contains(value)));
        twice += usize::from((1..returns.len()).any(|i| returns[..i].contains(&returns[i])));
        let wish = |attributes: &runahead_ir::Attributes| attributes.get("tf.aliasing_output").is_some();
        aliased += usize::from(main.parameter_attributes.iter().any(wish));
    }
    assert!(deepest >= 3, "loops stand {deepest} deep in each other");
    for (what, count) in [
        ("call", calls),
        ("wish for memory", aliased),
        ("return an argument", passed_through),
        ("return twice", twice),
    ] {
        assert!(count >= 100, "{count} programs {what}");
    }
    let all = [
        "another parameter",
        "begins with the same",
        "computed",
        "constant",
        "from outside",
        "of an inner loop or branch",
        "own parameter",
        "twice",
        "updated in place",
        "view",
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), all);
}

/// A program with this in its text stands for one that fails.
fn shrunk(seed: u64, word: &str) -> Option<Case> {
    let mut case = structure::case(seed);
    // What nothing uses goes first.
    case.module.functions.iter_mut().for_each(runahead_ir::passes::dce);
    let mut fails = |case: &Case| case.module.to_string().contains(word) && case.evaluate().is_some();
    fails(&case).then(|| shrink::shrink(&case, 5000, &mut fails))
}

#[test]
fn what_fails_is_made_small() {
    for word in ["stablehlo.sort", "stablehlo.while", "stablehlo.dynamic_update_slice"] {
        let small = (0..50).find_map(|seed| shrunk(seed, word)).expect("there is one that holds it");
        let mut operations = 0;
        small.main().for_each_op(|_| operations += 1);
        assert!(operations <= 16, "{operations} operations are left of one:\n{}", small.module);
    }
}

#[test]
fn a_case_is_read_from_the_text_that_checks_it() {
    for seed in 0..200 {
        let case = structure::case(seed);
        let Some(evaluation) = case.evaluate() else { continue };
        let checked = selfcheck::program(&case, &evaluation.results);
        if let Err(errors) = runahead_ir::verify(&checked) {
            panic!("seed {seed}: {}\n{checked}", errors[0]);
        }
        let text = format!("{}{checked}", selfcheck::donated_line(&case));
        let read =
            selfcheck::read("case", &text).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
        assert_eq!((&read.arguments, &read.donated), (&case.arguments, &case.donated), "seed {seed}");
        let again = read.evaluate().expect("it is as much work");
        let numbers = |results: &[Tensor]| results.iter().map(compare::settled).sum::<usize>();
        assert_eq!(numbers(&again.results), numbers(&evaluation.results), "seed {seed}");
    }
}
