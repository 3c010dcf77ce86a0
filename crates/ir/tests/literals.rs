//! The elements of constants as they are read, and as they come back after printing.

use runahead_ir::{ElementType, Literal, Module, OpKind, parse};

fn module(literal: &str) -> Module {
    parse("t.mlir", format!("func.func @f() {{ %0 = stablehlo.constant {literal} return }}")).unwrap()
}

fn read(literal: &str) -> Literal {
    match &module(literal).functions[0].body.ops[0].kind {
        OpKind::Constant(value) => value.clone(),
        other => panic!("{other:?}"),
    }
}

/// Reads a literal, checks its bytes, and that it prints to one with the same bytes.
#[track_caller]
fn check(text: &str, expected: &[u8]) {
    let literal = read(text);
    assert_eq!(&*literal.to_dense(), expected, "{text}");
    let printed = module(text).to_string();
    let again = parse("printed", &*printed).unwrap();
    assert!(again.same_program(&module(text)), "{text} prints as {printed}");
}

fn bytes<const N: usize, T: Copy>(values: &[T], to: impl Fn(T) -> [u8; N]) -> Vec<u8> {
    values.iter().flat_map(|&v| to(v)).collect()
}

#[test]
fn integers() {
    check("dense<[1, -2, 0x7F, 255]> : tensor<4xi8>", &[1, 0xFE, 0x7F, 0xFF]);
    check("dense<[1, 255]> : tensor<2xui8>", &[1, 255]);
    check("dense<[[1], [-1]]> : tensor<2x1xi4>", &[1, 0xFF]);
    check("dense<15> : tensor<i4>", &[0xFF]);
    check("dense<15> : tensor<ui4>", &[15]);
    check("dense<-9223372036854775808> : tensor<i64>", &i64::MIN.to_le_bytes());
    check("dense<18446744073709551615> : tensor<ui64>", &u64::MAX.to_le_bytes());
    check("dense<[true, false, 1, 0]> : tensor<4xi1>", &[1, 0, 1, 0]);
    check("dense<> : tensor<0x4xi32>", &[]);
    check("dense<[[], []]> : tensor<2x0xi32>", &[]);
    check("dense<3> : tensor<0xi32>", &[]);
}

#[test]
fn floats() {
    check(
        "dense<[1.0, -0.0, 1.5e-3, 2.]> : tensor<4xf32>",
        &bytes(&[1.0, -0.0, 1.5e-3, 2.0], f32::to_le_bytes),
    );
    check(
        "dense<[0x7FC00000, 0xFF800000]> : tensor<2xf32>",
        &bytes(&[0x7FC0_0000, 0xFF80_0000], u32::to_le_bytes),
    );
    check("dense<0x7FF0000000000001> : tensor<f64>", &0x7FF0_0000_0000_0001_u64.to_le_bytes());
    check("dense<[0.1, 1.0e-320]> : tensor<2xf64>", &bytes(&[0.1, 1.0e-320], f64::to_le_bytes));
    check("dense<[1.0, 0x7E00]> : tensor<2xf16>", &[0x00, 0x3C, 0x00, 0x7E]);
    check("dense<[1.0, 3.140625]> : tensor<2xbf16>", &[0x80, 0x3F, 0x49, 0x40]);
    check("dense<[1.0, 0x7F, -448.0]> : tensor<3xf8E4M3FN>", &[0x38, 0x7F, 0xFE]);
    check("dense<[0.5, -6.0]> : tensor<2xf4E2M1FN>", &[0x1, 0xF]);
    check("dense<[2.0, 0xFF]> : tensor<2xf8E8M0FNU>", &[128, 0xFF]);
    // Rounded once: through `f64` this would end one step lower.
    check("dense<1.00000005960464484> : tensor<f32>", &1.000_000_1_f32.to_le_bytes());
}

#[test]
fn complex_numbers() {
    check("dense<(1.0, -2.0)> : tensor<complex<f32>>", &bytes(&[1.0, -2.0], f32::to_le_bytes));
    check(
        "dense<[(1.0, 2.0), (0x7FF8000000000000,3.0)]> : tensor<2xcomplex<f64>>",
        &bytes(&[1.0, 2.0, f64::NAN, 3.0], f64::to_le_bytes),
    );
}

#[test]
fn hexadecimal_strings() {
    check("dense<\"0x0000803F000000c0\"> : tensor<2xf32>", &bytes(&[1.0, -2.0], f32::to_le_bytes));
    check("dense<\"0x010203\"> : tensor<3xi8>", &[1, 2, 3]);
    check("dense<\"0x\"> : tensor<0xi8>", &[]);
    check("dense<\"0x0F1F\"> : tensor<2xi4>", &[0xFF, 0xFF]);
    check("dense<\"0x010002\"> : tensor<3xi1>", &[1, 0, 1]);
    // Eight booleans to a byte, as older printers write them, the last bits unused.
    check("dense<\"0x0502\"> : tensor<12xi1>", &[1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
    // A long one, over several blocks and a rest.
    let hex: String = (0..1000).map(|i| format!("{:02X}", i % 251)).collect();
    let expected: Vec<u8> = (0..1000).map(|i| (i % 251) as u8).collect();
    check(&format!("dense<\"0x{hex}\"> : tensor<1000xui8>"), &expected);
}

#[test]
fn splats_are_kept_as_one_element() {
    for text in [
        "dense<1.0> : tensor<1000x1000xf32>",
        "dense<\"0x0000803F\"> : tensor<1000x1000xf32>",
        "dense<[1.0, 1.0, 1.0]> : tensor<3xf32>",
    ] {
        assert_eq!(read(text).as_splat(), Some(&1f32.to_le_bytes()[..]), "{text}");
    }
    assert_eq!(read("dense<\"0xFF\"> : tensor<30xi1>").as_splat(), Some(&[1][..]));
    assert_eq!(read("dense<true> : tensor<30xi1>").as_splat(), Some(&[1][..]));
    assert_eq!(read("dense<[1.0, 2.0]> : tensor<2xf32>").as_splat(), None);
}

#[test]
fn comments_inside() {
    check("dense<[ // first >\n 1, // second \"\n 2]> // done\n : tensor<2xi8>", &[1, 2]);
}

#[test]
fn every_narrow_float_prints_and_reads_back() {
    for element in ElementType::ALL.into_iter().filter(|t| t.is_float() && t.size() == 1) {
        for bits in 0..1u32 << element.bits() {
            check(&format!("dense<{bits:#x}> : tensor<{element}>"), &[bits as u8]);
        }
    }
}

#[test]
fn many_floats_print_and_read_back() {
    let mut state = 1u64;
    for _ in 0..2000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let bits = (state >> 32) as u32;
        check(&format!("dense<{bits:#X}> : tensor<f32>").replace("0X", "0x"), &bits.to_le_bytes());
        let wide = state ^ state >> 29;
        check(&format!("dense<{wide:#X}> : tensor<f64>").replace("0X", "0x"), &wide.to_le_bytes());
    }
}
