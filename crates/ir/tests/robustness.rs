//! No text makes the reader, the verifier, the printer or a pass panic, overflow the stack or take long.

use std::path::Path;

use runahead_ir::{Attribute, Module, TensorType, parse, passes, verify};

mod exercise;
use exercise::{Random, damaged, exercise};

/// The programs of the other tests, which between them hold every form.
fn seeds() -> Vec<String> {
    let mut seeds = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/filetests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(path).unwrap();
                seeds.extend(text.split("// -----\n").map(str::to_string));
            }
        }
    }
    seeds.sort();
    assert!(seeds.len() > 10);
    seeds
}

#[test]
fn damaged_programs() {
    let seeds = seeds();
    let rounds = std::env::var("RUNAHEAD_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(4000);
    let mut random =
        Random(std::env::var("RUNAHEAD_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0x9E37_79B9));
    for _ in 0..rounds {
        let seed = &seeds[random.below(seeds.len())];
        exercise(&damaged(seed, &mut random));
    }
}

#[test]
fn the_corpus_of_fuzzing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/text");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let outcome = std::panic::catch_unwind(|| exercise(text));
            assert!(outcome.is_ok(), "{}", path.display());
        }
        count += 1;
    }
    assert!(count > 10);
}

#[test]
fn programs_cut_short() {
    for seed in seeds().iter().filter(|s| s.len() < 3000) {
        for end in (0..seed.len()).step_by(7).filter(|&end| seed.is_char_boundary(end)) {
            exercise(&seed[..end]);
        }
    }
}

/// Runs on a stack of half the usual size for threads.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn deep_nesting() {
    on_a_small_stack(|| {
        for depth in [100, 127, 129, 100_000] {
            let nested = |open: &str, middle: &str, close: &str| {
                format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
            };
            let regions = nested(
                "\"stablehlo.if\"(%p) ({ ",
                "",
                "stablehlo.return }, { stablehlo.return }) : (tensor<i1>) -> ()\n",
            );
            let loops = nested(
                "stablehlo.while(%x = %p) : tensor<i1> cond { stablehlo.return %p : tensor<i1> } do { ",
                "",
                " stablehlo.return %p : tensor<i1> }",
            );
            // The names of nested loops collide; that is an error like any other.
            for body in [regions, loops] {
                exercise(&format!("func.func @main(%p: tensor<i1>) {{ {body} return }}"));
            }
            exercise(&format!("func.func @main(%t: {}) {{ return }}", nested("tuple<", "tensor<f32>", ">")));
            exercise(&format!("module attributes {{a = {}}} {{}}", nested("[", "1", "]")));
            exercise(&format!("module attributes {{a = {}}} {{}}", nested("{a = ", "1", "}")));
            exercise(&format!("module attributes {{a = #x.y<{}>}} {{}}", nested("[", "1", "]")));
            let lists = nested("[", "1.0", "]");
            let ones = "1x".repeat(depth.min(256));
            exercise(&format!(
                "func.func @main() {{ %0 = stablehlo.constant dense<{lists}> : tensor<{ones}f32> return }}"
            ));
            exercise(&format!(
                "func.func @main() {{ %0 = stablehlo.constant dense<{}> : tensor<f32> return }}",
                nested("(", "1.0", ")")
            ));
        }
    });
}

#[test]
fn the_deepest_regions_that_are_read_pass_everything() {
    on_a_small_stack(|| {
        let depth = 60;
        let open = "\"stablehlo.if\"(%p) ({ ".repeat(depth);
        let close = "stablehlo.return }, { stablehlo.return }) : (tensor<i1>) -> ()\n".repeat(depth);
        let text = format!("func.func @main(%p: tensor<i1>) {{ {open} {close} return }}");
        let mut module = parse("t.mlir", &*text).unwrap();
        verify(&module).unwrap();
        passes::inline_calls(&mut module, 1000).unwrap();
        passes::cse(&mut module.functions[0]);
        exercise(&text);
    });
}

#[test]
fn aliases_of_aliases() {
    let mut text = String::from("#a0 = [1, 2]\n!t0 = tensor<4xf32>\n");
    for i in 1..100 {
        let before = i - 1;
        text += &format!("#a{i} = [#a{before}, #a{before}]\n!t{i} = tuple<!t{before}, !t{before}>\n");
    }
    let error = parse("t.mlir", &*text).unwrap_err();
    assert!(error.message().contains("aliases stand for more than"), "{error}");
}

#[test]
fn chains_of_calls() {
    let chain = |count: usize, last: &str| {
        let mut text = String::from(
            "func.func @main(%a: tensor<f32>) -> tensor<f32> { %0 = call @f0(%a) : (tensor<f32>) -> tensor<f32> return %0 : tensor<f32> }\n",
        );
        for i in 0..count {
            let next = if i + 1 < count { format!("@f{}", i + 1) } else { last.to_string() };
            text += &format!(
                "func.func @f{i}(%a: tensor<f32>) -> tensor<f32> {{ %0 = call {next}(%a) : (tensor<f32>) -> tensor<f32> return %0 : tensor<f32> }}\n"
            );
        }
        text + "func.func @end(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }"
    };
    let mut module = parse("t.mlir", chain(20_000, "@end")).unwrap();
    verify(&module).unwrap();
    passes::inline_calls(&mut module, 100_000).unwrap();
    assert!(module.functions[0].body.ops.is_empty());

    let mut circle = parse("t.mlir", chain(20_000, "@f0")).unwrap();
    assert!(verify(&circle).unwrap_err()[0].message.contains("circle"));
    let error = passes::inline_calls(&mut circle, 100_000).unwrap_err();
    assert_eq!(error, passes::InlineError::TooLarge(100_000));
}

#[test]
fn calls_that_double() {
    let mut text = String::from("func.func @main() { call @f0() : () -> () return }\n");
    for i in 0..60 {
        let next = i + 1;
        text += &format!(
            "func.func @f{i}() {{ call @f{next}() : () -> () call @f{next}() : () -> () return }}\n"
        );
    }
    text += "func.func @f60() { return }";
    let mut module = parse("t.mlir", &*text).unwrap();
    verify(&module).unwrap();
    assert!(passes::inline_calls(&mut module, 100_000).is_err());
    assert_eq!(module.functions.len(), 62);
}

#[test]
fn calls_inside_regions_that_nest_too_deep() {
    let mut text =
        String::from("func.func @main(%p: tensor<i1>) { call @f0(%p) : (tensor<i1>) -> () return }\n");
    for i in 0..1000 {
        let next = i + 1;
        text += &format!(
            "func.func @f{i}(%p: tensor<i1>) {{ \"stablehlo.if\"(%p) ({{ func.call @f{next}(%p) : (tensor<i1>) -> () \
             stablehlo.return }}, {{ stablehlo.return }}) : (tensor<i1>) -> () return }}\n"
        );
    }
    text += "func.func @f1000(%p: tensor<i1>) { return }";
    on_a_small_stack(move || {
        let mut module = parse("t.mlir", &*text).unwrap();
        assert_eq!(passes::inline_calls(&mut module, 100_000), Err(passes::InlineError::TooDeep));
    });
}

#[test]
fn large_splats_take_no_memory() {
    let module = parse(
        "t.mlir",
        "func.func @main() -> tensor<1000000x1000000xf32> {
           %0 = stablehlo.constant dense<1.0> : tensor<1000x1000000000xf32>
           %1 = stablehlo.reshape %0 : (tensor<1000x1000000000xf32>) -> tensor<1000000x1000000xf32>
           return %1 : tensor<1000000x1000000xf32>
         }",
    )
    .unwrap();
    verify(&module).unwrap();
    let mut module = module;
    passes::fold(&mut module.functions[0]);
    assert!(module.to_string().contains("dense<1.000000e+00> : tensor<1000000x1000000xf32>"));
    let big = parse("t.mlir", "func.func @main(%a: tensor<99999999999x99999999999xf32>) { return }").unwrap();
    assert!(verify(&big).unwrap_err()[0].message.contains("does not fit in memory"));
}

#[test]
fn modules_that_no_text_makes() {
    let empty = Module::default();
    assert!(verify(&empty).is_ok());
    let mut function =
        runahead_ir::FunctionBuilder::new("f", [TensorType::scalar(runahead_ir::ElementType::F32)])
            .finish(&[]);
    function.body.returns.push(runahead_ir::ValueId(77));
    let module = function.into_module();
    assert!(verify(&module).is_err());
    assert!(module.to_string().contains("%undefined77"));
    assert!(passes::inline_calls(&mut module.clone(), 10).is_err());
    let mut not_a_number = Module::default();
    not_a_number.attributes.set("nan", Attribute::Float(f64::NAN, runahead_ir::Type::Other("f32".into())));
    assert!(not_a_number.same_program(&parse("t.mlir", not_a_number.to_string()).unwrap()));
}
