//! `runahead check`.

mod common;

use std::io::Read;
use std::process::Stdio;

use runahead::ir::{ArtifactVersion, parse, write_artifact};

use common::{Folder, assert_refused, command, runahead, shared, stdout_of};

/// A program that checks `2 * 1.5` against a number.
fn doubling(expected: &str) -> String {
    format!(
        "func.func @main() {{
  %x = stablehlo.constant dense<1.5> : tensor<2xf32>
  %y = stablehlo.add %x, %x : tensor<2xf32>
  %z = stablehlo.constant dense<[3.0, {expected}]> : tensor<2xf32>
  stablehlo.custom_call @check.expect_eq(%y, %z) {{has_side_effect = true}} : (tensor<2xf32>, tensor<2xf32>) -> ()
  return
}}
"
    )
}

/// A program of a function that calls another, and checks by `check`.
fn program(check: &str) -> String {
    format!(
        "module @jit_main {{
  func.func public @main() -> tensor<2xi32> {{
    %0 = call @inputs() : () -> tensor<2xi32>
    {check}
    return %0 : tensor<2xi32>
  }}
  func.func private @inputs() -> tensor<2xi32> {{
    %c = stablehlo.constant dense<[1, -2]> : tensor<2xi32>
    return %c : tensor<2xi32>
  }}
}}
"
    )
}

#[test]
fn programs_that_hold_pass() {
    let folder = Folder::new();
    let good = folder.file("good.mlir", doubling("3.0"));
    assert_eq!(stdout_of(["check", &good]), "1 passed, 0 failed\n");
}

#[test]
fn every_kind_of_check_is_known() {
    let folder = Folder::new();
    let ty = "tensor<2xi32>";
    let checks = [
        format!(
            "stablehlo.custom_call @check.expect_eq(%0, %0) {{has_side_effect = true}} : ({ty}, {ty}) -> ()"
        ),
        format!("stablehlo.custom_call @check.expect_close(%0, %0) : ({ty}, {ty}) -> ()"),
        format!("stablehlo.custom_call @check.expect_almost_eq(%0, %0) : ({ty}, {ty}) -> ()"),
        format!("%1 = stablehlo.custom_call @check.eq(%0, %0) : ({ty}, {ty}) -> tensor<i1>"),
        format!("check.expect_eq_const %0, dense<[1, -2]> : {ty}"),
        format!("check.expect_almost_eq_const %0, dense<[1, -2]> : {ty}"),
        format!("\"check.expect_eq\"(%0, %0) : ({ty}, {ty}) -> ()"),
        format!("\"check.expect_almost_eq\"(%0, %0) : ({ty}, {ty}) -> ()"),
        format!("\"check.expect_close\"(%0, %0) : ({ty}, {ty}) -> ()"),
    ];
    for (i, check) in checks.iter().enumerate() {
        let file = folder.file(&format!("{i}.mlir"), program(check));
        assert_eq!(stdout_of(["check", &file]), "1 passed, 0 failed\n", "{check}");
    }
}

#[test]
fn a_failure_is_a_line_with_place_and_reason() {
    let folder = Folder::new();
    let bad = folder.file("bad.mlir", doubling("4.0"));
    let ran = runahead(["check", &bad]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let reason =
        "stablehlo.custom_call @check.expect_eq: element [1]: got 3.0, expected 4.0 (1 of 2 elements)";
    assert_eq!(ran.stdout, format!("{bad}:5:3: {reason}\n0 passed, 1 failed\n"));
    assert_eq!(ran.stderr, "");
}

#[test]
fn several_broken_checks_are_one_failure() {
    let folder = Folder::new();
    let check = "check.expect_eq_const %0, dense<7> : tensor<2xi32>\n".repeat(3);
    let bad = folder.file("bad.mlir", program(&check));
    let ran = runahead(["check", &bad]);
    let reason = "element [0]: got 1, expected 7 (2 of 2 elements); 2 more checks fail";
    assert_eq!(ran.stdout, format!("{bad}:4:5: check.expect_eq_const: {reason}\n0 passed, 1 failed\n"));
}

#[test]
fn sections_are_programs() {
    let folder = Folder::new();
    let separator = "// -----\n";
    let text =
        [separator, &doubling("3.0"), separator, &doubling("5.0"), separator, "func.func @f( {\n"].concat();
    let file = folder.file("several.mlir", text);
    let ran = runahead(["check", &file]);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with(&format!("{file}:14:3: section 3: ")), "{}", lines[0]);
    assert!(lines[1].starts_with(&format!("{file}:18:15: section 4: found `{{`; expected")), "{}", lines[1]);
    assert_eq!(lines[2..], ["1 passed, 2 failed"]);
}

#[test]
fn folders_are_searched_in_order() {
    let folder = Folder::new();
    for name in ["b/a.mlir", "a.mlir", "c.mlir"] {
        folder.file(name, doubling("4.0"));
    }
    folder.file("notes.txt", "no program");
    let ran = runahead(["check", &folder.root()]);
    let files: Vec<&str> = ran.stdout.lines().map(|line| line.split(':').next().unwrap()).collect();
    let expected =
        ["a.mlir", "b/a.mlir", "c.mlir"].map(|name| folder.path(name).to_str().unwrap().to_owned());
    assert_eq!(files[..3], expected);
    assert_eq!(files[3], "0 passed, 3 failed");
}

#[test]
fn json_has_an_object_for_each_program() {
    let folder = Folder::new();
    let good = folder.file("a.mlir", doubling("3.0"));
    let bad = folder.file("b.mlir", [&doubling("3.0"), "// -----\n", &doubling("4.0")].concat());
    let ran = runahead(["check", "--json", &good, &bad]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.stderr, "2 passed, 1 failed\n");
    let objects: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 3);
    assert_eq!((objects[0]["file"].as_str(), objects[0]["passed"].as_bool()), (Some(&*good), Some(true)));
    assert_eq!((objects[0].get("reason"), objects[0].get("place")), (None, None));
    assert_eq!((objects[1]["section"].as_u64(), objects[2]["section"].as_u64()), (Some(1), Some(2)));
    assert_eq!((objects[2]["passed"].as_bool(), objects[2]["place"].as_str()), (Some(false), Some("13:3")));
    assert!(objects[2]["reason"].as_str().unwrap().contains("expected 4.0"));
    assert!(objects.iter().all(|object| object["ms"].as_f64().is_some()));
}

/// The only line that is printed about a program that fails.
#[track_caller]
fn failure(text: &str) -> String {
    let folder = Folder::new();
    let file = folder.file("program.mlir", text);
    let ran = runahead(["check", &file]);
    assert_eq!((ran.code, &*ran.stderr), (Some(1), ""), "{}", ran.stdout);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[1..], ["0 passed, 1 failed"]);
    lines[0].strip_prefix(&*file).unwrap().to_owned()
}

#[test]
fn what_cannot_run_fails_with_its_name_and_place() {
    let unknown = failure(
        "func.func @main() {
  %x = stablehlo.constant dense<1.0> : tensor<4xf32>
  %y = stablehlo.custom_call @elsewhere(%x) : (tensor<4xf32>) -> tensor<4xf32>
  stablehlo.custom_call @check.expect_eq(%x, %y) : (tensor<4xf32>, tensor<4xf32>) -> ()
  return
}",
    );
    assert!(unknown.starts_with(":3:8: ") && unknown.contains("@elsewhere has no kernel"), "{unknown}");

    let invalid = failure(
        "func.func @main() -> tensor<3xf32> {\n  %x = stablehlo.constant dense<1.0> : tensor<2xf32>\n  return %x : tensor<2xf32>\n}",
    );
    assert!(invalid.starts_with(":3:3: ") || invalid.contains("return"), "{invalid}");

    let unchecked = failure("func.func @main() {\n  return\n}");
    assert_eq!(unchecked, ":1:1: the program checks nothing; let it call @check.expect_eq or another check");

    let arguments = failure("func.func @main(%x: tensor<f32>) {\n  return\n}");
    assert_eq!(arguments, ":1:1: the program takes 1 arguments; one that checks itself takes none");

    let inside = failure(
        "func.func @main() {
  %t = stablehlo.constant dense<true> : tensor<i1>
  \"stablehlo.if\"(%t) ({
    stablehlo.custom_call @check.expect_eq(%t, %t) : (tensor<i1>, tensor<i1>) -> ()
    stablehlo.return
  }, {
    stablehlo.return
  }) : (tensor<i1>) -> ()
  return
}",
    );
    assert!(inside.starts_with(":4:5: stablehlo.custom_call stands inside stablehlo.if"), "{inside}");
}

#[test]
fn files_that_are_no_programs_fail() {
    assert!(failure("this is no program").starts_with(":1:1: "));
    assert_eq!(failure(""), ": the file holds no program");
    let folder = Folder::new();
    let file = folder.file("binary.mlir", [0x80, 0xFF]);
    let ran = runahead(["check", &file]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.starts_with(&format!("{file}:byte 0: this is neither text nor")), "{}", ran.stdout);
}

#[test]
fn bytecode_is_checked_as_text_is() {
    let artifact = |text: String| {
        let module = parse("program.mlir", text).unwrap();
        write_artifact(&module, ArtifactVersion::CURRENT).unwrap()
    };
    let folder = Folder::new();
    folder.file("programs/good.mlirbc", artifact(doubling("3.0")));
    folder.file(
        "programs/more/good.mlirbc",
        artifact(program("check.expect_eq_const %0, dense<[1, -2]> : tensor<2xi32>")),
    );
    let programs = folder.path("programs");
    assert_eq!(stdout_of(["check", programs.to_str().unwrap()]), "2 passed, 0 failed\n");

    // The place is the byte, and the line of the text that the program was written from.
    let bad = folder.file("bad.mlirbc", artifact(doubling("4.0")));
    let ran = runahead(["check", &bad]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.starts_with(&format!("{bad}:byte ")), "{}", ran.stdout);
    assert!(ran.stdout.contains("(program.mlir:5:3): "), "{}", ran.stdout);

    let cut = folder.file("cut.mlirbc", &artifact(doubling("3.0"))[..100]);
    let ran = runahead(["check", &cut]);
    assert!(ran.stdout.starts_with(&format!("{cut}:byte ")), "{}", ran.stdout);
    assert_refused(["inspect", &cut], &[&format!("{cut}: byte "), "section", "expected"]);
}

#[test]
fn what_is_not_there_is_refused() {
    let folder = Folder::new();
    let missing = folder.path("missing.mlir");
    let missing = missing.to_str().unwrap();
    assert_refused(["check", missing], &[missing, "No such file", "give a program"]);
    assert_refused(["check", &folder.root()], &[&folder.root(), "no .mlir or .mlirbc file"]);
}

#[test]
fn a_reader_that_leaves_does_no_harm() {
    let folder = Folder::new();
    let bad = folder.file("bad.mlir", doubling("4.0"));
    // More than a pipe holds.
    let mut child = command(["check"].into_iter().map(String::from).chain(vec![bad; 2000]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[test]
fn the_conformance_vectors_are_run_to_the_end() {
    let Some(folder) = shared("conformance/testdata") else { return };
    let ran = runahead(["check", folder.to_str().unwrap()]);
    assert!(matches!(ran.code, Some(0 | 1)), "{:?}: {}", ran.code, ran.stderr);
    assert_eq!(ran.stderr, "");
    assert!(!ran.stdout.contains("internal error"));
    let last = ran.stdout.lines().last().unwrap();
    let counts: Vec<usize> = last
        .strip_suffix(" failed")
        .and_then(|counts| counts.split_once(" passed, "))
        .map(|(passed, failed)| [passed, failed].map(|count| count.parse().unwrap()).to_vec())
        .unwrap();
    assert!(counts[0] > 0 && counts[0] + counts[1] >= 1962, "{last}");
}

#[test]
fn the_programs_beside_this_test_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs");
    let printed = stdout_of(["check", folder]);
    let last = printed.lines().last().unwrap();
    assert!(last.ends_with(" passed, 0 failed"), "{printed}");
    let passed: usize = last.split(' ').next().unwrap().parse().unwrap();
    assert!(passed >= 120, "{last}");
}

#[test]
fn processes_that_wait_for_each_other_in_vain_are_told() {
    let program = "func.func @waits(%x: tensor<2xi64>) -> tensor<4xi64> {
        %r = \"stablehlo.all_gather\"(%x) {all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2xi64>) -> tensor<4xi64>
        return %r : tensor<4xi64>
      }
      func.func @ends(%x: tensor<2xi64>) -> tensor<2xi64> { return %x : tensor<2xi64> }
      func.func @main() {
        %x = stablehlo.constant dense<1> : tensor<2xi64>
        %r:2 = \"interpreter.run_parallel\"(%x, %x) {programs = [[@waits], [@ends]]} : (tensor<2xi64>, tensor<2xi64>) -> (tensor<4xi64>, tensor<2xi64>)
        check.expect_eq_const %r#1, dense<1> : tensor<2xi64>
        return
      }";
    let folder = Folder::new();
    let ran = runahead(["check", &folder.file("stuck.mlir", program)]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stdout.contains("waits for the processes [0, 1] in all_gather"), "{}", ran.stdout);
}
