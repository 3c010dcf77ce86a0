//! `runahead devices`.

mod common;

use common::{command, stdout_of};

#[test]
fn the_cpu_is_there() {
    let text = stdout_of(["devices"]);
    assert!(text.starts_with("cpu:0\n  threads  "), "{text}");
    assert!(text.contains("\n  vectors  ") && text.contains("\n  memory   "), "{text}");
    assert!(text.contains("cpu:1") && text.contains("--device cpu:1"), "{text}");
}

#[test]
fn the_environment_says_how_many_threads_there_are() {
    let output = command(["devices"]).env("RUNAHEAD_THREADS", "3").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("cpu:0\n  threads  3 "), "{text}");
}
