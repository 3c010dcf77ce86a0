//! What operations mean for each type.

use half::{bf16, f16};
use num_complex::Complex;

use crate::element::Element;
use crate::testing::{cast, compiled, run};

fn binary<T: Element>(op: &str, a: &[T], b: &[T]) -> Vec<T> {
    let ty = format!("tensor<{}x{}>", a.len(), T::TYPE);
    let text = format!(
        "func.func @main(%a: {ty}, %b: {ty}) -> {ty} {{ %r = stablehlo.{op} %a, %b : {ty} return %r : {ty} }}"
    );
    cast(&run(&compiled(&text), &[bytemuck::cast_slice(a), bytemuck::cast_slice(b)])[0])
}

fn unary<T: Element>(op: &str, a: &[T]) -> Vec<T> {
    let ty = format!("tensor<{}x{}>", a.len(), T::TYPE);
    let text =
        format!("func.func @main(%a: {ty}) -> {ty} {{ %r = stablehlo.{op} %a : {ty} return %r : {ty} }}");
    cast(&run(&compiled(&text), &[bytemuck::cast_slice(a)])[0])
}

fn converted<A: Element, B: Element>(a: &[A]) -> Vec<B> {
    let (from, to) = (format!("tensor<{}x{}>", a.len(), A::TYPE), format!("tensor<{}x{}>", a.len(), B::TYPE));
    let text = format!(
        "func.func @main(%a: {from}) -> {to} {{ %r = stablehlo.convert %a : ({from}) -> {to} return %r : {to} }}"
    );
    cast(&run(&compiled(&text), &[bytemuck::cast_slice(a)])[0])
}

fn compared<T: Element>(direction: &str, kind: &str, a: &[T], b: &[T]) -> Vec<u8> {
    let n = a.len();
    let ty = format!("tensor<{n}x{}>", T::TYPE);
    let text = format!(
        "func.func @main(%a: {ty}, %b: {ty}) -> tensor<{n}xi1> {{
          %r = stablehlo.compare {direction}, %a, %b, {kind} : ({ty}, {ty}) -> tensor<{n}xi1>
          return %r : tensor<{n}xi1>
        }}"
    );
    run(&compiled(&text), &[bytemuck::cast_slice(a), bytemuck::cast_slice(b)]).remove(0)
}

#[test]
fn integers_wrap_and_divide_by_anything() {
    assert_eq!(binary("add", &[i32::MAX, -1], &[1, 1]), [i32::MIN, 0]);
    assert_eq!(binary("multiply", &[200u8, 16], &[2, 16]), [144, 0]);
    assert_eq!(binary("subtract", &[0u16], &[1]), [u16::MAX]);
    assert_eq!(binary("divide", &[7i32, -7, 5, i32::MIN, 0], &[2, 2, 0, -1, 0]), [3, -3, -1, i32::MIN, -1]);
    assert_eq!(binary("divide", &[7u32, 5], &[2, 0]), [3, u32::MAX]);
    assert_eq!(binary("remainder", &[7i64, -7, 5, i64::MIN], &[4, 4, 0, -1]), [3, -3, 5, 0]);
    assert_eq!(binary("power", &[2i32, 3, -1, -1, 2, 0], &[10, 0, 3, -3, -1, 0]), [1024, 1, -1, -1, 0, 1]);
    assert_eq!(unary("abs", &[i8::MIN, -3, 4]), [i8::MIN, 3, 4]);
    assert_eq!(unary("sign", &[i16::MIN, 0, 9]), [-1, 0, 1]);
    assert_eq!(unary("negate", &[1u8, 0]), [255, 0]);
}

#[test]
fn shifts_reach_beyond_the_width() {
    assert_eq!(binary("shift_left", &[1i32, 1, 1, 1], &[31, 32, -1, 4]), [i32::MIN, 0, 0, 16]);
    assert_eq!(binary("shift_right_logical", &[-1i32, -1, -1], &[31, 32, 0]), [1, 0, -1]);
    assert_eq!(binary("shift_right_arithmetic", &[-8i32, -8, 8, 8], &[1, 99, 99, -1]), [-4, -1, 0, 0]);
    assert_eq!(binary("shift_right_logical", &[0x80u8, 0x80], &[7, 8]), [1, 0]);
    assert_eq!(unary("popcnt", &[0u32, 7, u32::MAX]), [0, 3, 32]);
    assert_eq!(unary("count_leading_zeros", &[0i16, 1, -1]), [16, 15, 0]);
    assert_eq!(unary("not", &[0i32, -1]), [-1, 0]);
}

#[test]
fn booleans_add_by_or_and_multiply_by_and() {
    use crate::element::Bool;
    let (a, b) = ([0, 0, 1, 1].map(Bool), [0, 1, 0, 1].map(Bool));
    for (op, expected) in [
        ("add", [0, 1, 1, 1]),
        ("multiply", [0, 0, 0, 1]),
        ("maximum", [0, 1, 1, 1]),
        ("minimum", [0, 0, 0, 1]),
        ("xor", [0, 1, 1, 0]),
    ] {
        assert_eq!(binary(op, &a, &b), expected.map(Bool), "{op}");
    }
    assert_eq!(unary("not", &a[1..3]), [1, 0].map(Bool));
}

#[test]
fn extremes_give_nan_and_order_zeros() {
    fn bits(x: Vec<f32>) -> Vec<u32> {
        x.iter().map(|x| x.to_bits()).collect()
    }
    let found = binary("maximum", &[f32::NAN, 1.0, -0.0, 0.0, 3.0], &[1.0, f32::NAN, 0.0, -0.0, 2.0]);
    assert!(found[0].is_nan() && found[1].is_nan());
    assert_eq!(bits(found[2..].to_vec()), bits(vec![0.0, 0.0, 3.0]));
    let found = binary("minimum", &[f32::NAN, 1.0, -0.0, 0.0, 3.0], &[1.0, f32::NAN, 0.0, -0.0, 2.0]);
    assert!(found[0].is_nan() && found[1].is_nan());
    assert_eq!(bits(found[2..].to_vec()), bits(vec![-0.0, -0.0, 2.0]));
}

#[test]
fn comparisons_follow_their_order() {
    let (nan, inf) = (f32::NAN, f32::INFINITY);
    let (a, b) = ([nan, 1.0, -0.0, -inf], [nan, 2.0, 0.0, -nan.abs()]);
    assert_eq!(compared("EQ", "FLOAT", &a, &b), [0, 0, 1, 0]);
    assert_eq!(compared("NE", "FLOAT", &a, &b), [1, 1, 0, 1]);
    assert_eq!(compared("LT", "FLOAT", &a, &b), [0, 1, 0, 0]);
    assert_eq!(compared("GE", "FLOAT", &a, &b), [0, 0, 1, 0]);
    assert_eq!(compared("EQ", "TOTALORDER", &a, &b), [1, 0, 0, 0]);
    assert_eq!(compared("LT", "TOTALORDER", &a, &b), [0, 1, 1, 0]);
    assert_eq!(compared("GT", "TOTALORDER", &a, &b), [0, 0, 0, 1]);
    assert_eq!(compared("LE", "SIGNED", &[-1i32, 3], &[1, 2]), [1, 0]);
    assert_eq!(compared("GT", "UNSIGNED", &[u32::MAX, 3], &[1, 3]), [1, 0]);
}

#[test]
fn half_wide_floats_round_once_for_each_operation() {
    let (a, b) = (
        [1.0f32, 3.140625, 65504.0, 1e-7].map(f16::from_f32),
        [0.0004885f32, 2.71875, 65504.0, 3.0].map(f16::from_f32),
    );
    let expected: Vec<f16> = a.iter().zip(&b).map(|(a, b)| f16::from_f32(a.to_f32() + b.to_f32())).collect();
    assert_eq!(binary("add", &a, &b), expected);
    let (a, b) =
        ([1.0f32, 3.140625, 1e38].map(bf16::from_f32), [0.0039f32, 2.71875, 1e38].map(bf16::from_f32));
    let expected: Vec<bf16> =
        a.iter().zip(&b).map(|(a, b)| bf16::from_f32(a.to_f32() * b.to_f32())).collect();
    assert_eq!(binary("multiply", &a, &b), expected);
    let expected: Vec<bf16> = a.iter().map(|a| bf16::from_f64(f64::from(a.to_f32()).tanh())).collect();
    assert_eq!(unary("tanh", &a), expected);
}

#[test]
fn conversions_clamp_truncate_and_round() {
    assert_eq!(converted::<f32, i32>(&[1.9, -1.9, 1e20, -1e20, f32::NAN]), [1, -1, i32::MAX, i32::MIN, 0]);
    assert_eq!(converted::<f32, u8>(&[-1.0, 300.0, 7.5]), [0, 255, 7]);
    assert_eq!(converted::<i64, i8>(&[300, -1]), [44, -1]);
    assert_eq!(converted::<f64, f32>(&[1e300, 0.1]), [f32::INFINITY, 0.1]);
    assert_eq!(converted::<i32, bf16>(&[257, -3]), [256.0, -3.0].map(bf16::from_f32));
    let found = converted::<f32, crate::element::Bool>(&[0.0, -0.0, 0.5, f32::NAN]);
    assert_eq!(found, [0, 0, 1, 1].map(crate::element::Bool));
    assert_eq!(converted::<f32, Complex<f64>>(&[2.5]), [Complex::new(2.5, 0.0)]);
    assert_eq!(converted::<Complex<f32>, f32>(&[Complex::new(2.5, 7.0)]), [2.5]);
}

#[test]
fn rounding_goes_to_even_or_away() {
    let x = [0.5f32, 1.5, 2.5, -0.5, -2.5, 0.499_999_97, 8_388_609.0, f32::INFINITY];
    assert_eq!(unary("round_nearest_even", &x), [0.0, 2.0, 2.0, -0.0, -2.0, 0.0, 8_388_609.0, f32::INFINITY]);
    assert_eq!(unary("round_nearest_afz", &x), [1.0, 2.0, 3.0, -1.0, -3.0, 0.0, 8_388_609.0, f32::INFINITY]);
    assert_eq!(unary("floor", &[1.5f64, -1.5]), [1.0, -2.0]);
    assert_eq!(unary("ceil", &[1.5f64, -1.5]), [2.0, -1.0]);
}

#[test]
fn complex_numbers_compute() {
    let (a, b) = (
        [Complex::new(1.0f64, 2.0), Complex::new(1e200, 1e200)],
        [Complex::new(3.0, -1.0), Complex::new(1e200, 1e200)],
    );
    assert_eq!(binary("multiply", &a[..1], &b[..1]), [Complex::new(5.0, 5.0)]);
    let quotient = binary("divide", &a, &b);
    assert!((quotient[0] - Complex::new(0.1, 0.7)).norm() < 1e-15);
    assert_eq!(quotient[1], Complex::new(1.0, 0.0));
    let root = unary("sqrt", &[Complex::new(-4.0f64, 0.0)]);
    assert!((root[0] - Complex::new(0.0, 2.0)).norm() < 1e-15);
    let e = unary("exponential", &[Complex::new(0.0f64, std::f64::consts::PI)]);
    assert!((e[0] - Complex::new(-1.0, 0.0)).norm() < 1e-15);
}

#[test]
fn complex_numbers_are_clamped_by_their_order() {
    let text =
        "func.func @main(%low: tensor<complex<f32>>, %x: tensor<3xcomplex<f32>>, %high: tensor<complex<f32>>)
        -> tensor<3xcomplex<f32>> {
      %c = stablehlo.clamp %low, %x, %high
        : (tensor<complex<f32>>, tensor<3xcomplex<f32>>, tensor<complex<f32>>) -> tensor<3xcomplex<f32>>
      return %c : tensor<3xcomplex<f32>>
    }";
    let (low, high) = ([Complex::new(-1.0f32, 5.0)], [Complex::new(2.0f32, 0.0)]);
    let x = [Complex::new(-1.0f32, 4.0), Complex::new(0.0, 100.0), Complex::new(2.0, 0.5)];
    let bytes = |x: &[Complex<f32>]| bytemuck::cast_slice::<_, u8>(x).to_vec();
    let found = run(&compiled(text), &[&bytes(&low), &bytes(&x), &bytes(&high)]);
    assert_eq!(cast::<Complex<f32>>(&found[0]), [low[0], x[1], high[0]]);
}

#[test]
fn select_and_clamp_take_scalars_for_tensors() {
    let text = "func.func @main(%p: tensor<i1>, %x: tensor<4xf32>) -> tensor<4xf32> {
      %low = stablehlo.constant dense<-1.0> : tensor<f32>
      %high = stablehlo.constant dense<1.0> : tensor<f32>
      %c = stablehlo.clamp %low, %x, %high : (tensor<f32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
      %r = stablehlo.select %p, %c, %x : tensor<i1>, tensor<4xf32>
      return %r : tensor<4xf32>
    }";
    let x = [-3.0f32, -0.5, 0.5, 3.0];
    let found = run(&compiled(text), &[&[1], bytemuck::cast_slice(&x)]);
    assert_eq!(cast::<f32>(&found[0]), [-1.0, -0.5, 0.5, 1.0]);
    let found = run(&compiled(text), &[&[0], bytemuck::cast_slice(&x)]);
    assert_eq!(cast::<f32>(&found[0]), x);
}

#[test]
fn precision_is_reduced_to_nearest_even() {
    let reduced = |exponent: u32, mantissa: u32, x: &[f32]| -> Vec<f32> {
        let ty = format!("tensor<{}xf32>", x.len());
        let text = format!(
            "func.func @main(%x: {ty}) -> {ty} {{ %r = stablehlo.reduce_precision %x, format = e{exponent}m{mantissa} : {ty} return %r : {ty} }}"
        );
        cast(&run(&compiled(&text), &[bytemuck::cast_slice(x)])[0])
    };
    let x = [1.0 + 1.0 / 256.0, 1.0 + 3.0 / 256.0, 3.0e38, -0.1, 1e-40];
    let expected: Vec<f32> = x[..4].iter().map(|&x| bf16::from_f32(x).to_f32()).collect();
    assert_eq!(reduced(8, 7, &x)[..4], expected);
    let x = [65504.0, 65520.0, 1.0 + 1.0 / 2048.0, 0.1];
    assert_eq!(reduced(5, 10, &x), x.map(|x| f16::from_f32(x).to_f32()));
}
