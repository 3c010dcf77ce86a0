//! What the command says about itself, and about a command line that it does not understand.

mod common;

use common::{assert_refused, runahead, stdout_of};

#[test]
fn every_subcommand_and_option_is_described() {
    let help = stdout_of(["--help"]);
    for subcommand in ["run", "check", "bench", "inspect", "devices"] {
        assert!(help.contains(&format!("\n  {subcommand} ")), "{help}");
    }
    let options = [
        (
            "run",
            "--inputs --input --stream --output --labels --device --sync --compare --in-flight --trace --json",
        ),
        ("check", "--json"),
        ("bench", "--inputs --input --expect --tolerance --device --threads --json"),
        ("inspect", "--json"),
    ];
    for (subcommand, options) in options {
        let help = stdout_of([subcommand, "--help"]);
        for option in options.split(' ') {
            let lines = help.lines().skip_while(|line| !line.trim_start().starts_with(option));
            // The description stands on the option's line or below it.
            let texts = lines.take(2).flat_map(|line| line.trim().split("  "));
            let described = texts.filter(|text| !text.starts_with('-')).any(|text| text.len() > 10);
            assert!(described, "{subcommand} {option}:\n{help}");
        }
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    assert_refused(["chekc"], &["unrecognized subcommand 'chekc'", "check"]);
    assert_refused(["check"], &["PROGRAM|DIR"]);
    assert_refused(["inspect", "a.mlir", "--jsn"], &["--jsn", "--json"]);
    assert_refused(["run", "a.mlir", "--sync", "--compare"], &["cannot be used with"]);
    assert_refused(["run", "a.mlir", "--in-flight", "0"], &["a whole number from 1"]);
    assert_eq!(runahead::<&str>([]).code, Some(2));
}
