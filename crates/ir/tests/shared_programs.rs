//! Reads, checks and prints the programs of the folder `shared/` beside the workspace, where there is one.

use std::path::{Path, PathBuf};

/// The programs of a folder beside the workspace; none, and a printed line, where it is absent.
fn programs(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
    let Ok(entries) = std::fs::read_dir(&root) else {
        println!("{} is absent: nothing to read", root.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "mlir"));
    paths.sort();
    paths
}

fn all_programs() -> Vec<PathBuf> {
    [programs("perf/programs"), programs("conformance/testdata")].concat()
}

/// Runs `check` on every section of every program and reports all that failed.
fn for_every_program(check: impl Fn(&str, &str) -> Result<(), String>) {
    let mut failures = Vec::new();
    let paths = all_programs();
    for path in &paths {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        if let Err(error) = check(&name, &text) {
            failures.push(error);
        }
    }
    println!("{} of {} programs passed", paths.len() - failures.len(), paths.len());
    let shown = failures.len().min(20);
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures[..shown].join("\n\n"));
}

#[test]
fn every_program_is_read() {
    for_every_program(|name, text| {
        runahead_ir::parse_sections(name, text)
            .into_iter()
            .try_for_each(|r| r.map(drop))
            .map_err(|e| e.to_string())
    });
}

#[test]
fn every_program_prints_and_reads_back() {
    for_every_program(|name, text| {
        for module in runahead_ir::parse_sections(name, text) {
            let module = module.map_err(|e| e.to_string())?;
            let printed = module.to_string();
            let again =
                runahead_ir::parse(&format!("printed {name}"), &*printed).map_err(|e| e.to_string())?;
            if !module.same_program(&again) {
                return Err(format!("{name} changes when it is printed"));
            }
            if again.to_string() != printed {
                return Err(format!("{name} prints differently the second time"));
            }
        }
        Ok(())
    });
}

#[test]
fn every_program_verifies() {
    for_every_program(|name, text| {
        for module in runahead_ir::parse_sections(name, text) {
            let module = module.map_err(|e| e.to_string())?;
            runahead_ir::verify(&module).map_err(|errors| errors[0].to_string())?;
        }
        Ok(())
    });
}

#[test]
fn every_program_passes_the_passes() {
    use runahead_ir::passes;
    for_every_program(|name, text| {
        for module in runahead_ir::parse_sections(name, text) {
            let mut module = module.map_err(|e| e.to_string())?;
            // Programs of several functions without `@main` have nothing to inline into.
            if module.main().is_some() {
                passes::inline_calls(&mut module, 1_000_000).map_err(|e| format!("{name}: {e}"))?;
            }
            for function in &mut module.functions {
                passes::fold(function);
                passes::cse(function);
                passes::dce(function);
            }
            runahead_ir::verify(&module).map_err(|errors| format!("{}\n{module}", errors[0]))?;
            let again = runahead_ir::parse("printed", module.to_string()).map_err(|e| e.to_string())?;
            if !module.same_program(&again) {
                return Err(format!("{name} changes when it is printed after the passes"));
            }
        }
        Ok(())
    });
}
