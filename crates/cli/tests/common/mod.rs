//! Driving the command.

#![allow(dead_code)] // Each test file uses a part of this.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use runahead::{Literal, files};
use tempfile::TempDir;

/// How the command ended and what it said.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn command<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runahead"));
    command.args(args);
    command
}

/// Runs the command.
pub(crate) fn runahead<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Ran {
    let Output { status, stdout, stderr } = command(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// Runs the command, which must end well; gives what it printed.
#[track_caller]
pub(crate) fn stdout_of<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> String {
    let ran = runahead(args);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stderr, "");
    ran.stdout
}

/// Runs the command, which must refuse its input with one message that has all of these parts.
#[track_caller]
pub(crate) fn assert_refused<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>, parts: &[&str]) {
    let Ran { code, stdout, stderr } = runahead(args);
    assert_eq!(code, Some(2), "{stdout}{stderr}");
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("error: "), "{stderr}");
    assert_eq!(stderr.matches("error: ").count(), 1, "{stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("internal error"), "{stderr}");
    for part in parts {
        assert!(stderr.contains(part), "{stderr}\nlacks: {part}");
    }
}

/// A folder of a test's own.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, in a folder below where the name has one.
    pub(crate) fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Writes a file of arrays.
    pub(crate) fn arrays(&self, name: &str, arrays: &[(&str, Literal)]) -> String {
        let path = self.path(name);
        files::write(&path, arrays).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn root(&self) -> String {
        self.0.path().to_str().unwrap().to_owned()
    }
}

/// An array of `f32`.
pub(crate) fn f32s(dims: &[usize], values: &[f32]) -> Literal {
    Literal::from_elements(dims.iter().copied(), values).unwrap()
}

/// An array of `i32`.
pub(crate) fn i32s(values: &[i32]) -> Literal {
    Literal::from_elements([values.len()], values).unwrap()
}

/// A folder beside the repository that tests may use; says so where it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("left out: there is no {}", path.display());
    None
}
