//! The rules of numerics: that their page names tests that exist, and that results do not depend on threads.

mod common;

use std::fs;
use std::path::Path;

use common::{Folder, command};

/// Whether the text of a test file has a test, or a self-checking function or module, of that name.
fn has_test(text: &str, name: &str) -> bool {
    ["fn ", "func.func @", "module @"].iter().any(|before| {
        let begins = format!("{before}{name}");
        text.match_indices(&begins).any(|(at, _)| {
            let next = text[at + begins.len()..].chars().next();
            !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    })
}

#[test]
fn every_test_that_the_page_names_exists() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/numerics.md");
    let text = fs::read_to_string(&page).unwrap();
    let file = |key: &str| {
        let before = format!("\n[{key}]: ");
        let (_, rest) = text.split_once(&before).unwrap_or_else(|| panic!("[{key}] is no file"));
        page.with_file_name(rest.lines().next().unwrap())
    };
    let mut links = 0;
    for part in text.split("[`").skip(1) {
        let (name, rest) = part.split_once("`][").expect("a link to a test");
        let (key, _) = rest.split_once(']').expect("a link ends");
        let file = file(key);
        let tests = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert!(has_test(&tests, name), "{} has no test `{name}`", file.display());
        links += 1;
    }
    // Every line that states a rule ends in its test.
    let rules: Vec<String> =
        text.split("\n- ").skip(1).map(|rule| rule.split("\n\n").next().unwrap().to_owned()).collect();
    for rule in &rules {
        assert!(rule.contains("[`"), "no test is named for: {rule}");
    }
    assert!(links >= rules.len() && rules.len() >= 40, "{} rules, {links} tests", rules.len());
}

/// Sums of all kinds, products, windows, updates and sorting, of numbers that no order of addition gives the same sum of.
const SUMS: &str = r#"func.func @main() -> (tensor<f32>, tensor<f32>, tensor<700xf32>, tensor<900xf32>, tensor<300xbf16>, tensor<f16>, tensor<600x300xf32>, tensor<200000xf32>, tensor<50xf32>, tensor<50xbf16>, tensor<1x63x63x8xf32>, tensor<40x97xf32>, tensor<9x33xf32>, tensor<700x900xf32>, tensor<5xf64>) {
  %n = stablehlo.iota dim = 0 : tensor<630000xf32>
  %s = stablehlo.sine %n : tensor<630000xf32>
  %m = stablehlo.reshape %s : (tensor<630000xf32>) -> tensor<700x900xf32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %all = stablehlo.reduce(%s init: %z) applies stablehlo.add across dimensions = [0] : (tensor<630000xf32>, tensor<f32>) -> tensor<f32>
  %both = stablehlo.reduce(%m init: %z) applies stablehlo.add across dimensions = [0, 1] : (tensor<700x900xf32>, tensor<f32>) -> tensor<f32>
  %rows = stablehlo.reduce(%m init: %z) applies stablehlo.add across dimensions = [1] : (tensor<700x900xf32>, tensor<f32>) -> tensor<700xf32>
  %columns = stablehlo.reduce(%m init: %z) applies stablehlo.add across dimensions = [0] : (tensor<700x900xf32>, tensor<f32>) -> tensor<900xf32>
  %h = stablehlo.convert %m : (tensor<700x900xf32>) -> tensor<700x900xbf16>
  %h3 = stablehlo.reshape %h : (tensor<700x900xbf16>) -> tensor<2100x300xbf16>
  %zh = stablehlo.constant dense<0.0> : tensor<bf16>
  %hc = stablehlo.reduce(%h3 init: %zh) applies stablehlo.add across dimensions = [0] : (tensor<2100x300xbf16>, tensor<bf16>) -> tensor<300xbf16>
  %f = stablehlo.convert %s : (tensor<630000xf32>) -> tensor<630000xf16>
  %zf = stablehlo.constant dense<0.0> : tensor<f16>
  %fs = stablehlo.reduce(%f init: %zf) applies stablehlo.add across dimensions = [0] : (tensor<630000xf16>, tensor<f16>) -> tensor<f16>
  %a = stablehlo.slice %m [0:600, 0:500] : (tensor<700x900xf32>) -> tensor<600x500xf32>
  %b = stablehlo.slice %m [100:600, 0:300] : (tensor<700x900xf32>) -> tensor<500x300xf32>
  %dot = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<600x500xf32>, tensor<500x300xf32>) -> tensor<600x300xf32>
  %line = stablehlo.slice %s [0:200000] : (tensor<630000xf32>) -> tensor<200000xf32>
  %cumulative = "stablehlo.reduce_window"(%line, %z) <{window_dimensions = array<i64: 200000>, padding = dense<[[199999, 0]]> : tensor<1x2xi64>}> ({
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %t = stablehlo.add %x, %y : tensor<f32>
      stablehlo.return %t : tensor<f32>
  }) : (tensor<200000xf32>, tensor<f32>) -> tensor<200000xf32>
  %i = stablehlo.iota dim = 0 : tensor<200000x1xi32>
  %fifty = stablehlo.constant dense<50> : tensor<200000x1xi32>
  %at = stablehlo.remainder %i, %fifty : tensor<200000x1xi32>
  %nothing = stablehlo.constant dense<0.0> : tensor<50xf32>
  %added = "stablehlo.scatter"(%nothing, %at, %line) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %t = stablehlo.add %x, %y : tensor<f32>
      stablehlo.return %t : tensor<f32>
  }) : (tensor<50xf32>, tensor<200000x1xi32>, tensor<200000xf32>) -> tensor<50xf32>
  %few = stablehlo.slice %at [0:9000, 0:1] : (tensor<200000x1xi32>) -> tensor<9000x1xi32>
  %wide = stablehlo.constant dense<0.0> : tensor<50000xbf16>
  %halves = stablehlo.slice %h3 [0:30, 0:300] : (tensor<2100x300xbf16>) -> tensor<30x300xbf16>
  %updates = stablehlo.reshape %halves : (tensor<30x300xbf16>) -> tensor<9000xbf16>
  %addedh = "stablehlo.scatter"(%wide, %few, %updates) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%x: tensor<bf16>, %y: tensor<bf16>):
      %t = stablehlo.add %x, %y : tensor<bf16>
      stablehlo.return %t : tensor<bf16>
  }) : (tensor<50000xbf16>, tensor<9000x1xi32>, tensor<9000xbf16>) -> tensor<50000xbf16>
  %addedh50 = stablehlo.slice %addedh [0:50] : (tensor<50000xbf16>) -> tensor<50xbf16>
  %square = stablehlo.slice %s [0:65536] : (tensor<630000xf32>) -> tensor<65536xf32>
  %image = stablehlo.reshape %square : (tensor<65536xf32>) -> tensor<1x64x64x16xf32>
  %taps = stablehlo.slice %s [7:519] : (tensor<630000xf32>) -> tensor<512xf32>
  %kernel = stablehlo.reshape %taps : (tensor<512xf32>) -> tensor<2x2x16x8xf32>
  %conv = "stablehlo.convolution"(%image, %kernel) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64}> : (tensor<1x64x64x16xf32>, tensor<2x2x16x8xf32>) -> tensor<1x63x63x8xf32>
  %pool = "stablehlo.reduce_window"(%m, %z) <{window_dimensions = array<i64: 76, 36>, window_strides = array<i64: 16, 9>, padding = dense<[[0, 0], [4, 0]]> : tensor<2x2xi64>}> ({
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %t = stablehlo.add %x, %y : tensor<f32>
      stablehlo.return %t : tensor<f32>
  }) : (tensor<700x900xf32>, tensor<f32>) -> tensor<40x97xf32>
  %cube = stablehlo.slice %s [0:594000] : (tensor<630000xf32>) -> tensor<594000xf32>
  %cube3 = stablehlo.reshape %cube : (tensor<594000xf32>) -> tensor<9x2000x33xf32>
  %middle = stablehlo.reduce(%cube3 init: %z) applies stablehlo.add across dimensions = [1] : (tensor<9x2000x33xf32>, tensor<f32>) -> tensor<9x33xf32>
  %sorted = "stablehlo.sort"(%m) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %t = stablehlo.compare LT, %x, %y, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %t : tensor<i1>
  }) : (tensor<700x900xf32>) -> tensor<700x900xf32>
  %d = stablehlo.convert %s : (tensor<630000xf32>) -> tensor<630000xf64>
  %d5 = stablehlo.reshape %d : (tensor<630000xf64>) -> tensor<5x126000xf64>
  %zd = stablehlo.constant dense<0.0> : tensor<f64>
  %ds = stablehlo.reduce(%d5 init: %zd) applies stablehlo.add across dimensions = [1] : (tensor<5x126000xf64>, tensor<f64>) -> tensor<5xf64>
  return %all, %both, %rows, %columns, %hc, %fs, %dot, %cumulative, %added, %addedh50, %conv, %pool, %middle, %sorted, %ds : tensor<f32>, tensor<f32>, tensor<700xf32>, tensor<900xf32>, tensor<300xbf16>, tensor<f16>, tensor<600x300xf32>, tensor<200000xf32>, tensor<50xf32>, tensor<50xbf16>, tensor<1x63x63x8xf32>, tensor<40x97xf32>, tensor<9x33xf32>, tensor<700x900xf32>, tensor<5xf64>
}
"#;

#[test]
fn results_are_the_same_on_every_number_of_threads() {
    let folder = Folder::new();
    let program = folder.file("sums.mlir", SUMS);
    let results = |threads: &str| {
        let path = folder.path(&format!("{threads}.safetensors"));
        let arguments = ["run", &program, "--output", path.to_str().unwrap()];
        let output = command(arguments).env("RUNAHEAD_THREADS", threads).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(path).unwrap()
    };
    let alone = results("1");
    for threads in ["2", "3", "5", "8"] {
        assert!(results(threads) == alone, "on {threads} threads results are others than on one");
    }
}
