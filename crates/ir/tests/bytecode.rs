//! Programs in bytecode are those of the text beside them: `data/bytecode/make.py` says how they were made.

use std::path::{Path, PathBuf};

use runahead_ir::{Module, parse, read_bytecode};

/// The folder of the programs; `RUNAHEAD_BYTECODE` names another.
fn folder() -> PathBuf {
    match std::env::var_os("RUNAHEAD_BYTECODE") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bytecode"),
    }
}

/// The files of bytecode, each with the text of the same program.
fn pairs() -> Vec<(PathBuf, PathBuf)> {
    let folder = folder();
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "bc"));
    files.sort();
    let text = |file: &PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        // Bytecode of StableHLO itself says what the text said; an artifact spells out the defaults.
        match name.strip_suffix(".native.bc") {
            Some(stem) => {
                let stem = stem.rsplit_once(".format").map_or(stem, |(stem, _)| stem);
                folder.join(format!("{stem}.orig.mlir"))
            }
            // Before the ending stand the three numbers of a version.
            None => folder.join(format!("{}.norm.mlir", name.rsplitn(5, '.').last().unwrap())),
        }
    };
    files.iter().map(|file| (file.clone(), text(file))).collect()
}

/// Reads a program as text and as bytecode; an error where they differ.
fn compare(file: &Path, text: &Path) -> Result<(), String> {
    // The text of these has forms that are not read.
    if file.file_name().unwrap().to_string_lossy().starts_with("manual.") {
        return Ok(());
    }
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let source = std::fs::read_to_string(text).map_err(|error| format!("{}: {error}", text.display()))?;
    let from_text = parse(&text.to_string_lossy(), source);
    let from_bytes = read_bytecode(&file.to_string_lossy(), &bytes);
    let (mut from_text, mut from_bytes) = match (from_text, from_bytes) {
        (Ok(a), Ok(b)) => (a, b),
        // What one refuses, the other may refuse.
        (Err(error), Err(_)) => {
            println!("refused: {error}");
            return Ok(());
        }
        (Err(error), Ok(_)) => return Err(format!("only the bytecode is read; the text: {error}")),
        (Ok(_), Err(error)) => return Err(format!("only the text is read; {error}")),
    };
    forget_names(&mut from_text);
    forget_names(&mut from_bytes);
    if from_text.same_program(&from_bytes) {
        return Ok(());
    }
    let (a, b) = (from_text.to_string(), from_bytes.to_string());
    match a.lines().zip(b.lines()).find(|(a, b)| a != b) {
        Some((a, b)) => Err(format!("the programs differ\n  text      {a}\n  bytecode  {b}")),
        None => Err(format!("the programs differ but print alike ({} and {} bytes)", a.len(), b.len())),
    }
}

/// The text was printed without locations, which give parameters their names.
fn forget_names(module: &mut Module) {
    module.functions.iter_mut().for_each(|f| f.parameter_names.fill(None));
}

#[test]
fn the_same_program_from_text_and_from_bytecode() {
    let pairs = pairs();
    let mut failures = Vec::new();
    for (file, text) in &pairs {
        if let Err(error) = compare(file, text) {
            failures.push(format!("{}: {error}", file.file_name().unwrap().to_string_lossy()));
        }
    }
    println!("{} of {} programs are the same", pairs.len() - failures.len(), pairs.len());
    let shown = failures.len().min(30);
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures[..shown].join("\n"));
}
