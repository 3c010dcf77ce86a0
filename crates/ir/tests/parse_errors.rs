//! What is said about texts that are no programs, and where. In each case `¦` stands where the error must point.

use runahead_ir::{Position, parse};

/// Checks that a text fails at the mark with a message that contains `says`.
#[track_caller]
fn fails(marked: &str, says: &str) {
    let at = marked.find('¦').expect("a mark");
    let before = &marked[..at];
    let text = marked.replacen('¦', "", 1);
    let expected = Position {
        line: 1 + before.matches('\n').count(),
        column: 1 + before.rsplit('\n').next().unwrap_or("").chars().count(),
    };
    let error = parse("t.mlir", &*text).expect_err("an error");
    assert_eq!(error.position(), expected, "{error}");
    assert!(error.message().contains(says), "{error}\ndoes not say: {says}");
    let expects = error.message().contains("expected") || error.message().contains("no closing");
    assert!(expects, "{error}\ndoes not say what was expected");
}

/// The same for a line of a function with `%a`, `%b: tensor<4xf32>`, `%i: tensor<i32>` and `%p: tensor<i1>`.
#[track_caller]
fn line_fails(marked: &str, says: &str) {
    fails(
        &format!(
            "func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>, %i: tensor<i32>, %p: tensor<i1>) {{\n  {marked}\n  \
             return\n}}\n"
        ),
        says,
    );
}

#[test]
fn modules_and_functions() {
    fails("¦hello", "found `hello`; expected a function");
    fails("module {¦", "the text ends; expected a function");
    fails("module @m attributes {a = ¦} {}", "expected an attribute");
    fails("module {} ¦module {}", "expected one module");
    fails("module {} ¦func.func @f() { return }", "the end of the program");
    fails("module { ¦module {} }", "modules inside modules");
    fails("func.func ¦(%a: tensor<f32>)", "expected the function's name");
    fails("func.func @f(¦tensor<f32>) { return }", "expected a parameter");
    fails("func.func @f(%a¦) { return }", "expected `:`");
    fails("func.func @f(%a: ¦) { return }", "expected a type such as");
    fails("func.func @f(%a: tensor<f32> ¦%b: tensor<f32>) { return }", "expected `,` or `)`");
    fails("func.func @f(%a: tensor<f32>, ¦%a: tensor<f32>) { return }", "is defined already");
    fails("func.func @f() -> tensor<f32>¦", "a function without one cannot be run");
    fails("func.func private @f()\n¦func.func @g() { return }", "a function without one cannot be run");
    fails("func.func @f() { return }\n¦func.func @f() { return }", "there is another function `@f`");
    fails("func.func @f() {\n¦}", "expected an operation or `return`");
    fails("func.func @f() { return ¦return }", "expected `}` after the return");
    fails("#a = ¦#b", "`#b` is not defined");
    fails("func.func @f(%a: ¦!t) { return }", "`!t` is not defined");
}

#[test]
fn types() {
    fails("func.func @f(%a: tensor ¦4xf32>) { return }", "expected `<`");
    fails("func.func @f(%a: tensor<4x¦>) { return }", "expected an element type such as");
    fails("func.func @f(%a: tensor<4x¦f33>) { return }", "found `f33`; expected an element type");
    fails("func.func @f(%a: tensor<4 ¦f32>) { return }", "expected `x` after the size");
    fails("func.func @f(%a: tensor<¦-1xf32>) { return }", "expected an element type");
    fails("func.func @f(%a: tensor<¦99999999999999999999xf32>) { return }", "too large");
    fails("func.func @f(%a: tensor<4xf32, ¦4>) { return }", "expected an encoding");
    fails("func.func @f(%a: tensor<4xf32¦) { return }", "expected `>`");
    fails("func.func @f(%a: tensor<4x¦complex<i32>>) { return }", "complex<f32> or complex<f64>");
    fails("func.func @f(%a: tuple<tensor<f32>¦; tensor<f32>>) { return }", "expected `,` or `>`");
    fails(
        "func.func @f(%a: tensor<4x!quant.uniform<¦f32:f32, 0.5>>) { return }",
        "cannot store quantized values",
    );
    fails(
        "func.func @f(%a: tensor<4x!quant.uniform<i8:¦i32, 0.5>>) { return }",
        "expected a floating-point type",
    );
    fails("func.func @f(%a: tensor<4x!quant.uniform<i8:f32, ¦0.0>>) { return }", "expected one above zero");
    fails("func.func @f(%a: tensor<4x!quant.uniform<i8¦<-200:5>:f32, 1.0>>) { return }", "is no range of i8");
    fails("func.func @f(%a: tensor<4x!quant.uniform<i8:f32:0, ¦{}>>) { return }", "there is no scale");
    let kept = "1x".repeat(256);
    fails(&format!("func.func @f(%a: tensor<{kept}¦1xf32>) {{ return }}"), "at most 256");
}

#[test]
fn values() {
    line_fails("%0 = stablehlo.add ¦%x, %b : tensor<4xf32>", "`%x` is not defined here");
    line_fails("¦%a = stablehlo.add %a, %b : tensor<4xf32>", "`%a` is defined already");
    line_fails(
        "%0 = stablehlo.add ¦%i, %b : tensor<4xf32>",
        "`%i` is tensor<i32>, but the operation says tensor<4xf32>",
    );
    line_fails("%0 = stablehlo.add %a ¦%b : tensor<4xf32>", "expected `:`");
    line_fails("%0 = stablehlo.negate %a¦#1 : tensor<4xf32>", "no result `#1`");
    line_fails("¦%0:2 = stablehlo.negate %a : tensor<4xf32>", "2 results are named; expected 1");
    line_fails("%0:¦0 = stablehlo.negate %a : tensor<4xf32>", "at least 1");
    line_fails("%0 ¦stablehlo.negate %a : tensor<4xf32>", "expected `=`");
    line_fails("%0 = ¦= stablehlo.negate %a : tensor<4xf32>", "expected an operation");
    line_fails("%0 = ¦stablehlo.nagate %a : tensor<4xf32>", "`stablehlo.nagate` is not known");
    line_fails("%0 = stablehlo.negate %a ¦tensor<4xf32>", "expected `:`");
    line_fails(
        "%0 = \"stablehlo.if\"(%p) ({ %1 = stablehlo.negate %a : tensor<4xf32> stablehlo.return }, { stablehlo.return ¦%1 \
         : tensor<4xf32> }) : (tensor<i1>) -> ()",
        "`%1` is not defined here",
    );
}

#[test]
fn quoted_forms() {
    line_fails("%0 = \"stablehlo.negate\" ¦%a", "expected `(`");
    line_fails("%0 = \"stablehlo.negate\"(¦a)", "expected a value such as `%0`");
    line_fails("%0 = \"stablehlo.negate\"(%a) ¦-> tensor<4xf32>", "expected `:` and the operation's type");
    line_fails("%0 = \"stablehlo.negate\"(%a) : ¦tensor<4xf32>", "the types of the operands in parentheses");
    line_fails("%0 = \"stablehlo.negate\"(%a) : ¦() -> tensor<4xf32>", "0 types for 1 operands");
    line_fails("%0 = \"stablehlo.negate\"(%a) : (tensor<4xf32>) ¦tensor<4xf32>", "expected `->`");
    line_fails("%0 = \"stablehlo.negate\"(%a)¦[^bb1] : (tensor<4xf32>) -> tensor<4xf32>", "successor blocks");
    line_fails(
        "%0 = ¦\"stablehlo.transpose\"(%a) : (tensor<4xf32>) -> tensor<4xf32>",
        "attribute `permutation` is missing; expected a list of integers from 0",
    );
    line_fails(
        "%0 = ¦\"stablehlo.transpose\"(%a) {permutation = \"x\"} : (tensor<4xf32>) -> tensor<4xf32>",
        "attribute `permutation` does not fit",
    );
    line_fails(
        "%0 = ¦\"stablehlo.transpose\"(%a) {permutation = array<i64: -1>} : (tensor<4xf32>) -> tensor<4xf32>",
        "attribute `permutation` does not fit",
    );
    line_fails(
        "%0 = ¦\"stablehlo.gather\"(%a, %i) {dimension_numbers = #stablehlo.gather<offset = [1]>, slice_sizes = \
         array<i64: 1>} : (tensor<4xf32>, tensor<i32>) -> tensor<4xf32>",
        "attribute `dimension_numbers` does not fit",
    );
    line_fails(
        "%0 = ¦\"stablehlo.compare\"(%a, %b) {comparison_direction = #stablehlo<comparison_direction XX>} : \
         (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>",
        "expected EQ, NE, GE, GT, LE or LT",
    );
    line_fails(
        "%0 = \"a.b\"(%a) <{x = 1}> ¦{x = 2} : (tensor<4xf32>) -> tensor<4xf32>",
        "`x` is among the properties too",
    );
    line_fails("%0 = \"a.b\"(%a) {x = 1, ¦x = 2} : (tensor<4xf32>) -> tensor<4xf32>", "`x` is given twice");
    line_fails("\"a.b\"() ({ ^bb0: ¦^bb1: stablehlo.return }) : () -> ()", "several blocks");
    line_fails("\"a.b\"() ({ \"c.d\"() : () -> () ¦}) : () -> ()", "or a `return` before the end");
}

#[test]
fn pretty_forms() {
    line_fails("%0 = stablehlo.transpose %a ¦: (tensor<4xf32>) -> tensor<4xf32>", "expected `, dims =`");
    line_fails("%0 = stablehlo.transpose %a, dims = ¦0 : (tensor<4xf32>) -> tensor<4xf32>", "expected `[`");
    line_fails(
        "%0 = stablehlo.transpose %a, dims = [¦x] : (tensor<4xf32>) -> tensor<4xf32>",
        "expected an integer",
    );
    line_fails("%0 = stablehlo.slice %a [0¦, 4] : (tensor<4xf32>) -> tensor<4xf32>", "expected `:`");
    line_fails(
        "%0 = ¦stablehlo.slice %a [-1:4] : (tensor<4xf32>) -> tensor<4xf32>",
        "`start_indices` does not fit",
    );
    line_fails(
        "%0 = stablehlo.compare ¦%a, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>",
        "comparison direction",
    );
    line_fails("%0 = stablehlo.compare LT, %a, %b : tensor<4xi1> ¦{}", "expected `->`");
    line_fails(
        "%0 = stablehlo.reduce_precision %a, format = ¦5x10 : tensor<4xf32>",
        "a format such as `e5m10`",
    );
    line_fails("%0 = stablehlo.select %p, %a, %b ¦: tensor<4xf32>", "expected two types");
    line_fails("%0 = stablehlo.constant ¦1.0 : f32", "expected a literal");
    line_fails("%0 = call ¦f() : () -> ()", "expected the function to call");
    line_fails("%0 = stablehlo.reduce ¦%a", "expected `(`");
    line_fails("%0 = stablehlo.reduce(%a ¦%i) : (tensor<4xf32>) -> tensor<f32>", "expected `init`");
    line_fails(
        "%0 = stablehlo.reduce(%a init: %i) applies ¦stablehlo.negate across dimensions = [0] : (tensor<4xf32>, \
         tensor<i32>) -> tensor<f32>",
        "`stablehlo.negate` cannot reduce",
    );
    line_fails(
        "%0 = stablehlo.reduce(%a init: %i) across dimensions = [0] : (tensor<4xf32>, tensor<i32>) -> tensor<f32> ¦{}",
        "expected `reducer`",
    );
    line_fails("%0 = stablehlo.while(%x = %i) : tensor<i32> ¦do", "expected `cond`");
    line_fails("%0 = stablehlo.while(¦x = %i) : tensor<i32>", "a parameter of the loop");
    line_fails("%0 = stablehlo.while(%x = %i)¦: tensor<i32>, tensor<i32> cond", "2 types for 1 operands");
    line_fails(
        "%0 = stablehlo.convolution(%a, %b) dim_numbers = [b, f]x[i, o]->[b, f], window = {¦strides = [1]} : \
         (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>",
        "`strides` is not known; expected `stride`, `pad`",
    );
    line_fails("return ¦%x : tensor<4xf32>", "is not defined");
    line_fails("return %a ¦return", "expected `:` and the types");
}

#[test]
fn literals() {
    let dense = |marked: &str| format!("%0 = stablehlo.constant dense<{marked}");
    line_fails(&dense("[1.0, ¦x]> : tensor<2xf32>"), "`x` is no element; expected a number such as 1.0");
    line_fails(&dense("[1.0, ¦1]> : tensor<2xf32>"), "`1` is no element");
    line_fails(
        &dense("[1, ¦1.0]> : tensor<2xi32>"),
        "`1.0` is no element; expected an integer from -2147483648",
    );
    line_fails(&dense("[1, ¦-1]> : tensor<2xui8>"), "expected an integer from 0 to 255");
    line_fails(&dense("¦256> : tensor<2xi8>"), "expected an integer from -128 to 127");
    line_fails(&dense("[true, ¦2]> : tensor<2xi1>"), "expected true or false");
    line_fails(&dense("[1.0, 2.0¦]> : tensor<3xf32>"), "ends after 2 items; expected 3");
    line_fails(&dense("[[1, 2], [3¦]]> : tensor<2x2xi32>"), "ends after 1 items; expected 2");
    line_fails(&dense("[[1, 2], ¦3]> : tensor<2x2xi32>"), "a list belongs");
    line_fails(&dense("[1, ¦[2]]> : tensor<2xi32>"), "an element belongs");
    line_fails(&dense("[1 ¦2]> : tensor<2xi32>"), "expected `,` or `]`");
    line_fails(&dense("[1, 2] ¦3> : tensor<2xi32>"), "expected `>`");
    line_fails(&dense("¦> : tensor<2xi32>"), "there are no elements");
    line_fails(&dense("(1.0, ¦)> : tensor<2xcomplex<f32>>"), "is no element");
    line_fails(&dense("¦1.0> : tensor<2xcomplex<f32>>"), "a complex number such as");
    line_fails(&dense("¦1.0e400> : tensor<f64>"), "infinity is written by its bits");
    line_fails(&dense("¦0x1FFFFFFFF> : tensor<f32>"), "at most 32 bits");
    line_fails(&dense("¦__elided__> : tensor<f32>"), "left out when the program was printed");
    line_fails(&dense("¦\"0x012\"> : tensor<f32>"), "two for each byte");
    line_fails(&dense("\"0x01¦ZZ4567\"> : tensor<f32>"), "no hexadecimal digit");
    line_fails(&dense("¦\"0x0123\"> : tensor<f32>"), "holds 2 bytes; expected 4");
    line_fails(&dense("¦1.0> : tensor<99999999999x99999999999xf32>"), "no size that fits in memory");
    line_fails(&dense("¦[1.0]> : tensor<99999999999x99999999999xf32>"), "no size that fits in memory");
    line_fails(&dense("¦1.0> : tensor<?xf32>"), "no size that fits in memory");
    line_fails("%0 = stablehlo.constant ¦dense_resource<x> : tensor<f32>", "resource section");
}

#[test]
fn strings_and_brackets() {
    fails("module attributes {a = ¦\"x\n} {}", "no closing `\"`");
    fails("module attributes {a = \"x¦\\q\"} {}", "unknown escape");
    fails("module attributes {a = #x.y<[1¦)>} {}", "brackets that match");
    fails("module attributes {a = #x.y<[1]¦", "the bracket that closes");
    fails("module attributes {a = array<¦u8: 1>} {}", "expected i1, i8, i16, i32 or i64");
    fails("module attributes {a = ¦99999999999999999999999999999999999999999} {}", "too large");
    fails("module attributes {¦1 = 2} {}", "the name of an attribute");
    fails("module attributes {a = ¦0x1FFFF : f16} {}", "not the bits of a number");
    fails("¦é", "found `é`");
}

#[test]
fn the_line_is_shown_with_a_caret() {
    let error = parse("t.mlir", "func.func @f() {\n\t%0 = stablehlo.foo\n}").unwrap_err();
    assert_eq!(
        error.to_string(),
        "t.mlir:2:7: `stablehlo.foo` is not known; expected an operation of StableHLO, or the quoted form \
         `\"stablehlo.foo\"(…) : (…) -> …` of any other\n\t%0 = stablehlo.foo\n\t     ^"
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let zeros = "0.0, ".repeat(10_000);
    let text = format!(
        "func.func @f() {{ %0 = stablehlo.constant dense<[{zeros}é, {zeros}0.0]> : tensor<20002xf32>"
    );
    let error = parse("t.mlir", &*text).unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].chars().count() <= 122, "{}", lines[1]);
    assert!(lines[1].starts_with('…') && lines[1].ends_with('…'));
    let caret = lines[2].chars().position(|c| c == '^').unwrap();
    assert_eq!(lines[1].chars().nth(caret), Some('é'));
}

#[test]
fn sections_count_lines_through_the_file() {
    let results =
        runahead_ir::parse_sections("t.mlir", "module {}\n// -----\n\nmodule {}\n// -----\nmodule [");
    assert!(results[0].is_ok() && results[1].is_ok());
    let position = results[2].as_ref().unwrap_err().position();
    assert_eq!((position.line, position.column), (6, 8));
}
