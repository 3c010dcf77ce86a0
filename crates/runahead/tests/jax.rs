//! Programs that JAX lowered, with the results that it computed: `data/jax/export.py` says how they were made.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{difference, parts};
use runahead::{ElementType, Literal, Program, device, files};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/jax")
}

/// Runs a program and compares all its results.
fn check(path: &Path) -> Result<(), String> {
    let arrays = files::read(path.with_extension("npz")).map_err(|error| error.to_string())?;
    let array = |name: &str| {
        let found = arrays.iter().find(|(n, _)| n == name);
        found.map(|(_, literal)| literal.clone()).ok_or_else(|| format!("there is no array {name}"))
    };
    let program = Program::load(path).map_err(|error| error.to_string())?;
    let device = device("cpu:30").map_err(|error| error.to_string())?;
    let executable = program.compile(&device).map_err(|error| error.to_string())?;
    let inputs = (0..executable.signature().parameters.len())
        .map(|i| device.upload(&array(&format!("arg{i}"))?).map_err(|error| error.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    let results =
        executable.execute(&inputs.iter().collect::<Vec<_>>()).map_err(|error| error.to_string())?;
    let tolerance = parts(&array("tolerance")?)[0];
    for (i, result) in results.iter().enumerate() {
        let found = result.to_host().wait().map_err(|error| error.to_string())?.clone();
        if let Some(difference) = difference(&found, &array(&format!("out{i}"))?, tolerance) {
            return Err(format!("out{i} {difference}"));
        }
    }
    match array(&format!("out{}", results.len())) {
        Ok(_) => Err(format!("gives {} results, which are too few", results.len())),
        Err(_) => Ok(()),
    }
}

#[test]
fn programs_agree_with_jax() {
    let mut programs: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    programs.retain(|path| path.extension().is_some_and(|ending| ending == "mlir"));
    programs.sort();
    assert!(programs.len() >= 40, "{} programs", programs.len());
    let failures: Vec<String> = programs
        .iter()
        .filter_map(|path| Some(format!("{}: {}", path.file_stem()?.display(), check(path).err()?)))
        .collect();
    assert!(failures.is_empty(), "{} of {} fail:\n{}", failures.len(), programs.len(), failures.join("\n"));
}

/// As `jax.export` gives it: the sum of the products of numbers with the sums up to them.
#[test]
fn an_exported_program_runs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ir/tests/data/bytecode/exported.1.17.0.bc");
    let device = device("cpu:31").unwrap();
    let executable = Program::load(&path).unwrap().compile(&device).unwrap();
    let numbers = [1f32, 2.0, 3.0, 4.0, 5.0, 6.0];
    let x = device.upload(&Literal::from_elements([6], &numbers).unwrap()).unwrap();
    let result = executable.execute(&[&x]).unwrap().remove(0).to_host().wait().unwrap().to_elements::<f32>();
    assert_eq!(result.unwrap(), [266.0]);

    let cut = fs::read(&path).unwrap()[..300].to_vec();
    let error = Program::from_bytes("cut.bc", cut).unwrap_err().to_string();
    assert!(error.starts_with("cut.bc: byte "), "{error}");
}

#[test]
fn a_difference_is_seen() {
    let literal = |values: &[f32]| Literal::from_elements([values.len()], values).unwrap();
    let (x, y) = (literal(&[1.0, 2.0, f32::NAN]), literal(&[1.0, 2.001, f32::NAN]));
    assert_eq!(difference(&x, &x, 0.0), None);
    assert_eq!(difference(&x, &y, 1e-3), None);
    assert!(difference(&x, &y, 1e-4).is_some());
    assert!(difference(&x, &literal(&[1.0, 2.0, 3.0]), 1.0).is_some());
    let integers = |values: &[i32]| Literal::from_elements([values.len()], values).unwrap();
    assert!(difference(&integers(&[1]), &integers(&[2]), 1.0).is_some());
    assert!(difference(&integers(&[1]), &literal(&[1.0]), 1.0).is_some());
    assert_eq!(integers(&[1]).ty().element, ElementType::I32);
}
