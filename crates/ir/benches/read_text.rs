//! How fast text is read, in megabytes of text a second on one core: `cargo bench -p runahead-ir`.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

/// A program of `count` constants of 64 Ki floats each, as hexadecimal strings.
fn large_constants(count: usize) -> String {
    let digits = |i: usize| {
        char::from_digit(((i * 2_654_435_761) >> 7 & 0xF) as u32, 16).unwrap().to_ascii_uppercase()
    };
    let hex: String = (0..8 * 65536).map(digits).collect();
    let mut text = String::from("func.func @main() {\n");
    for i in 0..count {
        writeln!(text, "  %{i} = stablehlo.constant dense<\"0x{hex}\"> : tensor<65536xf32>").unwrap();
    }
    text + "  return\n}\n"
}

/// A program of constants as lists of decimals.
fn listed_constants(count: usize) -> String {
    let list: Vec<String> = (0..1000).map(|i| format!("{:.6e}", (i as f32).sin())).collect();
    let list = list.join(", ").replace("e-", "e-0").replace("e0", "e+00");
    let mut text = String::from("func.func @main() {\n");
    for i in 0..count {
        writeln!(text, "  %{i} = stablehlo.constant dense<[{list}]> : tensor<1000xf32>").unwrap();
    }
    text + "  return\n}\n"
}

/// A program of operations without large constants.
fn operations(count: usize) -> String {
    let mut text = String::from(
        "func.func @main(%x0: tensor<128x384xf32>, %v: tensor<384xf32>) -> tensor<128x384xf32> {\n",
    );
    for i in 0..count {
        let next = i + 1;
        writeln!(
            text,
            "  %b{i} = stablehlo.broadcast_in_dim %v, dims = [1] : (tensor<384xf32>) -> tensor<128x384xf32>\n  \
             %x{next} = stablehlo.multiply %x{i}, %b{i} : tensor<128x384xf32>"
        )
        .unwrap();
    }
    text + &format!("  return %x{count} : tensor<128x384xf32>\n}}\n")
}

/// Runs `work` a few times and prints the best speed.
fn measure<T>(what: &str, bytes: usize, mut work: impl FnMut() -> T) {
    let best = (0..7)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(work());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    println!("{what:<44} {:>7.1} MB {:>8.0} MB/s", bytes as f64 / 1e6, bytes as f64 / 1e6 / best);
}

fn main() {
    let programs = [
        ("read: large constants in hexadecimal", large_constants(100)),
        ("read: constants as lists of decimals", listed_constants(500)),
        ("read: operations", operations(50_000)),
    ];
    for (what, text) in programs {
        let text: Arc<str> = text.into();
        let read = || runahead_ir::parse("bench.mlir", Arc::clone(&text)).unwrap();
        measure(what, text.len(), read);
        let module = read();
        measure(&what.replace("read", "verify"), text.len(), || runahead_ir::verify(&module).is_ok());
        measure(&what.replace("read", "print"), text.len(), || module.to_string());
    }
}
