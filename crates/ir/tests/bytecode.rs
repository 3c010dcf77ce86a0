//! Programs in bytecode are those of the text beside them: `data/bytecode/make.py` says how they were made.

use std::path::{Path, PathBuf};

use runahead_ir::{ArtifactVersion, Module, parse, read_bytecode, write_artifact};

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

/// Writes a program as an artifact of a version and reads it again; an error where it is another then.
fn there_and_back(name: &str, module: &Module, version: ArtifactVersion) -> Result<(), String> {
    let artifact = match write_artifact(module, version) {
        Ok(artifact) => artifact,
        // What an older version has not, it need not say.
        Err(error) if version < ArtifactVersion::CURRENT && error.to_string().contains("or newer") => {
            return Ok(());
        }
        Err(error) => return Err(error.to_string()),
    };
    if let Some(folder) = std::env::var_os("RUNAHEAD_WRITTEN") {
        std::fs::write(Path::new(&folder).join(format!("{name}.{version}.bc")), &artifact).unwrap();
    }
    let again = read_bytecode("written", &artifact).map_err(|error| error.to_string())?;
    if module.same_program(&again) || module.to_string().contains("sdy.") {
        return Ok(());
    }
    let (a, b) = (module.to_string(), again.to_string());
    let differing = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    Err(format!("it is another program when read again: {differing:#?}"))
}

#[test]
fn artifacts_that_are_written_are_read_back() {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let (mut failures, mut count) = (Vec::new(), 0);
    for path in entries.filter(|path| path.to_string_lossy().ends_with(".norm.mlir")) {
        let name = path.file_name().unwrap().to_string_lossy().replace(".norm.mlir", "");
        let Ok(module) = parse(&path.to_string_lossy(), std::fs::read_to_string(&path).unwrap()) else {
            continue;
        };
        for version in [(0, 9), (0, 12), (0, 15), (1, 8), (1, 17)] {
            let version = ArtifactVersion::new(version.0, version.1, 0);
            count += 1;
            if let Err(error) = there_and_back(&name, &module, version) {
                failures.push(format!("{name} in {version}: {error}"));
            }
        }
    }
    assert!(count > 10);
    println!("{} of {count} are the same", count - failures.len());
    let shown = failures.len().min(30);
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures[..shown].join("\n"));
}

/// The program of a file of the folder in the repository.
fn kept(name: &str) -> Module {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bytecode").join(name);
    read_bytecode(name, &std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn parameters_keep_their_names_and_operations_their_origins() {
    for name in ["training.1.17.0.bc", "training.native.bc"] {
        let module = kept(name);
        let main = module.main().unwrap();
        let names: Vec<_> = main.parameter_names.iter().flatten().map(|name| &**name).collect();
        assert_eq!(names, ["x", "w", "b", "labels"], "{name}");
        let source = module.source.as_ref().unwrap();
        let product = main.body.ops.iter().find(|op| op.kind.name() == "stablehlo.dot_general").unwrap();
        let origin = source.origin(product.location).unwrap();
        assert!(origin.contains("make.py:") && origin.contains("dot_general\""), "{origin}");
        let offset = product.location.offset().unwrap();
        assert_eq!(source.describe(product.location), format!("{name}:byte {offset} ({origin})"));
    }
}

#[test]
fn places_of_a_text_are_written_and_read() {
    let text = "func.func @main(%x: tensor<4xf32> loc(\"weights\")) -> tensor<4xf32> {\n  \
                %y = stablehlo.abs %x : tensor<4xf32>\n  return %y : tensor<4xf32>\n}";
    let artifact = write_artifact(&parse("abs.mlir", text).unwrap(), ArtifactVersion::MINIMUM).unwrap();
    let module = read_bytecode("abs.mlirbc", &artifact).unwrap();
    let main = module.main().unwrap();
    assert_eq!(main.parameter_names, [Some("weights".into())]);
    assert_eq!(module.source.as_ref().unwrap().origin(main.body.ops[0].location), Some("abs.mlir:2:8"));
    // Written again, the place is that of the text still.
    let again = read_bytecode("t", &write_artifact(&module, ArtifactVersion::CURRENT).unwrap()).unwrap();
    let place = again.main().unwrap().body.ops[0].location;
    assert_eq!(again.source.as_ref().unwrap().origin(place), Some("\"abs.mlir:2:8\""));
}

#[test]
fn operations_that_nothing_here_knows_are_kept() {
    let module = kept("manual.1.17.0.bc");
    let main = module.main().unwrap();
    let [op] = &main.body.ops[..] else { panic!("{module}") };
    assert_eq!(op.kind.name(), "sdy.manual_computation");
    let text = |name| match op.attributes.get(name) {
        Some(runahead_ir::Attribute::Opaque(text)) => text.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text("in_shardings"), "#sdy.sharding_per_value<[<@mesh, [{\"data\"}, {\"model\"}]>]>");
    assert_eq!(text("out_shardings"), "#sdy.sharding_per_value<[<@mesh, [{\"data\"}, {}]>]>");
    assert_eq!(text("manual_axes"), "#sdy<manual_axes{\"data\", \"model\"}>");
    assert_eq!(op.regions[0].ops[0].kind.name(), "stablehlo.all_reduce");
}

#[test]
fn programs_built_in_rust_are_written() {
    use runahead_ir::{Binary, ElementType, FunctionBuilder, TensorType};
    let x = TensorType::new(ElementType::F32, [2, 3]);
    let mut b = FunctionBuilder::new("main", [x.clone(), x]);
    let [p, q] = [b.parameter(0), b.parameter(1)];
    b.name_parameter(1, "q");
    let sum = b.binary(Binary::Add, p, q).unwrap();
    let total = b.reduce(Binary::Add, sum, &[1]).unwrap();
    let module = b.finish(&[total]).into_module();
    for version in ["0.9.0", "0.14.0", "1.0.0", "1.17.0"] {
        let artifact = write_artifact(&module, version.parse().unwrap()).unwrap();
        assert!(module.same_program(&read_bytecode("built", &artifact).unwrap()), "{version}");
    }
}
