//! Runs the programs of `filetests/`: a new case is a new file there.
//!
//! A file begins with `// RUN: step, step`; the steps are `parse`, `verify`, `inline`, `dce`, `cse`, `fold`. Lines
//! `// -----` separate programs. Of each program, comments say what must come out:
//!
//! - `// expected-error {{text}}`: an error on this line whose message contains the text; `// expected-error@+2 {{…}}`
//!   speaks of the line two further down. No other errors may come.
//! - `//| text`: the lines, together, are the program that is printed after the last step, without its module and
//!   without indentation.
//!
//! Every program without errors is also printed and read back, and must stay what it is.
//! `UPDATE_FILETESTS=1` writes the `//|` lines of every program anew: look at the difference before keeping it.

use std::path::{Path, PathBuf};

use runahead_ir::{Module, parse, parse_sections, passes, verify};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "mlir") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

#[test]
fn filetests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/filetests");
    let update = std::env::var_os("UPDATE_FILETESTS").is_some();
    let mut failures = Vec::new();
    let paths = files(&root);
    for path in &paths {
        let mut text = std::fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        if update {
            text = updated(&name, &text);
            std::fs::write(path, &text).unwrap();
        }
        failures.extend(run(&name, &text));
    }
    println!("{} files", paths.len());
    assert!(!paths.is_empty());
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// The steps of a file.
fn steps(text: &str) -> Vec<&str> {
    let first = text.lines().next().unwrap_or("");
    let steps = first.strip_prefix("// RUN: ").expect("a file begins with `// RUN: `");
    steps.split(',').map(str::trim).collect()
}

/// An error by its line and its message.
type Found = (usize, String);

/// Runs the steps on a program that was read. Errors where it does not verify.
fn process(module: &mut Module, steps: &[&str]) -> Result<(), Vec<Found>> {
    let line = |module: &Module, location: runahead_ir::Location| {
        let source = module.source.as_ref().unwrap();
        location.offset().map_or(0, |at| source.position(at).line)
    };
    for step in steps {
        match *step {
            "parse" => {}
            "verify" => verify(module).map_err(|errors| {
                errors.iter().map(|e| (line(module, e.location), e.to_string())).collect::<Vec<_>>()
            })?,
            "inline" => passes::inline_calls(module, 1000).map_err(|e| vec![(0, e.to_string())])?,
            "dce" => module.functions.iter_mut().for_each(passes::dce),
            "cse" => module.functions.iter_mut().for_each(passes::cse),
            "fold" => module.functions.iter_mut().for_each(passes::fold),
            other => panic!("`{other}` is no step"),
        }
    }
    Ok(())
}

/// What a program prints as, without module and indentation.
fn printed(module: &Module) -> Vec<String> {
    module
        .functions
        .iter()
        .flat_map(|f| f.to_string().lines().map(|l| l.trim().to_string()).collect::<Vec<_>>())
        .collect()
}

/// The sections of a file, each with the number of its first line.
fn sections(text: &str) -> Vec<(usize, Vec<&str>)> {
    let mut sections = vec![(1, Vec::new())];
    for (i, line) in text.lines().enumerate() {
        if line.starts_with("// -----") {
            sections.push((i + 2, Vec::new()));
        } else {
            sections.last_mut().unwrap().1.push(line);
        }
    }
    sections
}

/// The errors that a section's comments announce.
fn expected_errors(first_line: usize, lines: &[&str]) -> Vec<Found> {
    let mut expected = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        for part in line.split("// expected-error").skip(1) {
            let (offset, rest) = part.split_once("{{").expect("`{{` after expected-error");
            let offset: isize =
                offset.trim().trim_start_matches('@').trim_start_matches('+').parse().unwrap_or(0);
            let text = rest.split_once("}}").expect("`}}` after the text").0;
            expected.push(((first_line + i).saturating_add_signed(offset), text.to_string()));
        }
    }
    expected
}

fn run(name: &str, text: &str) -> Vec<String> {
    let steps = steps(text);
    let mut failures = Vec::new();
    for ((first_line, lines), parsed) in sections(text).into_iter().zip(parse_sections(name, text)) {
        let mut expected = expected_errors(first_line, &lines);
        let mut output = Vec::new();
        let found: Vec<Found> = match parsed {
            Err(error) => vec![(error.position().line, error.to_string())],
            Ok(mut module) => match process(&mut module, &steps) {
                Err(found) => found,
                Ok(()) => {
                    failures.extend(broken_round_trip(name, first_line, &module));
                    if steps.iter().any(|s| *s != "parse") {
                        let errors = verify(&module).err().unwrap_or_default();
                        failures.extend(
                            errors.iter().map(|e| format!("{name}:{first_line}: after the steps: {e}")),
                        );
                    }
                    output = printed(&module);
                    Vec::new()
                }
            },
        };
        for (line, message) in found {
            match expected.iter().position(|(l, text)| *l == line && message.contains(text.as_str())) {
                Some(at) => drop(expected.remove(at)),
                None => failures.push(format!("{name}:{line}: unexpected: {message}")),
            }
        }
        failures.extend(expected.iter().map(|(line, text)| format!("{name}:{line}: no error says: {text}")));
        let wanted: Vec<&str> = lines.iter().filter_map(|l| l.strip_prefix("//|")).map(str::trim).collect();
        if !wanted.is_empty() && wanted != output {
            let at = wanted.iter().zip(&output).take_while(|(a, b)| a == b).count();
            let line = |lines: Option<&str>| lines.unwrap_or("nothing").to_string();
            failures.push(format!(
                "{name}:{first_line}: line {} of the output is\n  {}\nexpected\n  {}",
                at + 1,
                line(output.get(at).map(String::as_str)),
                line(wanted.get(at).copied())
            ));
        }
    }
    failures
}

fn broken_round_trip(name: &str, line: usize, module: &Module) -> Option<String> {
    let text = module.to_string();
    match parse("printed", &*text) {
        Err(error) => Some(format!("{name}:{line}: does not read back: {error}")),
        Ok(again) if !module.same_program(&again) => {
            Some(format!("{name}:{line}: changes when printed:\n{text}"))
        }
        Ok(_) => None,
    }
}

/// The file with its `//|` lines as they come out now.
fn updated(name: &str, text: &str) -> String {
    let steps = steps(text);
    let mut out = String::new();
    for (i, ((_, lines), parsed)) in sections(text).into_iter().zip(parse_sections(name, text)).enumerate() {
        if i > 0 {
            out += "// -----\n";
        }
        let had_output = lines.iter().any(|l| l.starts_with("//|"));
        let kept: Vec<&str> = lines.into_iter().filter(|l| !l.starts_with("//|")).collect();
        out += kept.join("\n").trim_end();
        out += "\n";
        if let (true, Ok(mut module)) = (had_output, parsed)
            && process(&mut module, &steps).is_ok()
        {
            out += &printed(&module).iter().map(|l| format!("//| {l}\n")).collect::<String>();
        }
    }
    out
}
