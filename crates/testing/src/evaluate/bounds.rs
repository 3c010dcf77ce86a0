//! How far off numbers may be, beside what they are where an operation after the other rounds them: in every type, among its
//! least numbers and elsewhere.

use runahead_ir::{Binary, DotDimensions, ElementType, TensorType, Unary, parse};

use super::number::Number::{self, Any, Near, Real};
use super::number::{Tensor, close, rounded, tiny};
use super::products::dot_general;
use super::{binary, unary};
use crate::choices::{Choices, random_bytes};
use crate::{Case, compare, structure};

/// The types of real numbers but that which has powers of two alone, and neither zero nor numbers below the normal ones.
fn types() -> impl Iterator<Item = ElementType> {
    ElementType::ALL.into_iter().filter(|e| e.is_float() && *e != ElementType::F8E8M0FNU)
}

/// The exponent of the least number of a type.
fn lowest(element: ElementType) -> i32 {
    let exponent = tiny(element).to_bits() >> 52;
    if exponent == 0 { -1074 } else { exponent as i32 - 1023 }
}

/// A number of a type whose exponent is that, about.
fn drawn(element: ElementType, exponent: i32, choices: &mut Choices<'_>) -> f64 {
    let mantissa = 1.0 + choices.below(1 << 12) as f64 / 4096.0;
    let sign = if choices.below(2) == 0 { 1.0 } else { -1.0 };
    // In two steps, as a power of two below the normal numbers is none that is computed.
    let half = 2f64.powi(exponent / 2);
    rounded(element, sign * mantissa * half * 2f64.powi(exponent - exponent / 2))
}

/// A number, and one of the type that stands for it in a program: the same, or one that is a little off.
fn given(element: ElementType, exponent: i32, choices: &mut Choices<'_>) -> (Number, f64) {
    let value = drawn(element, exponent, choices);
    let error = [0.0, 1.0, 3.0][choices.below(3)] * (tiny(element) + value.abs() / 64.0);
    let actual = rounded(element, value + error * (choices.below(65) as f64 / 32.0 - 1.0));
    match error == 0.0 {
        true => (Real(value), value),
        // What is off rounds to what is off by more.
        false => (Near(value, error).rounded(element), actual),
    }
}

#[test]
fn numbers_are_as_near_as_operations_leave_them() {
    for element in types() {
        let mut settled = 0;
        for seed in 0..4000 {
            let random = random_bytes(seed, 256);
            let mut choices = Choices::new(&random);
            let exponent = lowest(element) + choices.below(8) as i32;
            let (mut expected, mut actual) = given(element, exponent, &mut choices);
            let mut steps = vec![format!("{actual:e}")];
            for _ in 0..1 + choices.below(6) {
                let other = exponent.max(-60) + choices.below(12) as i32 - 6;
                let (other, by) = given(element, other, &mut choices);
                let op = choices.one_of(&[
                    Binary::Add,
                    Binary::Subtract,
                    Binary::Multiply,
                    Binary::Divide,
                    Binary::Maximum,
                ]);
                let Real(result) = binary(op, Real(actual), Real(by), element, element) else { break };
                expected = binary(op, expected, other, element, element);
                actual = result;
                steps.push(format!("{op:?} {by:e}"));
                if choices.below(4) == 0 {
                    let op = choices.one_of(&[Unary::Abs, Unary::ChloSquare, Unary::Negate]);
                    let Real(result) = unary(op, Real(actual), element, element) else { break };
                    expected = unary(op, expected, element, element);
                    actual = result;
                    steps.push(format!("{op:?}"));
                }
                if !actual.is_finite() {
                    break;
                }
                let near = close(element, expected, Real(actual));
                assert!(near, "{element:?}, seed {seed}: {steps:?} is {actual:e}, expected {expected:?}");
                settled += usize::from(expected != Any);
            }
        }
        // Of four bits there are few numbers between the least and the largest.
        let most = if element.bits() < 6 { 500 } else { 2000 };
        assert!(settled > most, "{element:?}: {settled} numbers are settled");
    }
}

/// The sum of products of two rows.
fn dot(element: ElementType, a: &[Number], b: &[Number]) -> Number {
    let row = |numbers: &[Number]| Tensor::new(TensorType::new(element, [numbers.len()]), numbers.to_vec());
    let contracting = |axis| DotDimensions {
        lhs_contracting: vec![axis],
        rhs_contracting: vec![axis],
        ..DotDimensions::default()
    };
    dot_general(&contracting(0), &row(a), &row(b), &TensorType::scalar(element)).scalar()
}

#[test]
fn sums_of_products_are_as_near_as_any_order_leaves_them() {
    for element in types() {
        for seed in 0..4000 {
            let random = random_bytes(seed, 512);
            let mut choices = Choices::new(&random);
            // So that products are about as large as the least number, or a little larger.
            let least = lowest(element);
            let first = least / 2 + choices.below(8) as i32;
            let second = least - least / 2 + choices.below(8) as i32 - 4;
            let terms: Vec<_> = (0..1 + choices.below(16))
                .map(|_| (given(element, first, &mut choices), given(element, second, &mut choices)))
                .collect();
            let (a, b): (Vec<Number>, Vec<Number>) = terms.iter().map(|(a, b)| (a.0, b.0)).unzip();
            let expected = dot(element, &a, &b);
            let products = || terms.iter().map(|(a, b)| rounded(element, a.1 * b.1));
            let add = |sum: f64, x: f64| rounded(element, sum + x);
            let exact: f64 = terms.iter().map(|(a, b)| a.1 * b.1).sum();
            for found in [products().fold(0.0, add), products().rev().fold(0.0, add), rounded(element, exact)]
            {
                let near = !found.is_finite() || close(element, expected, Real(found));
                assert!(near, "{element:?}, seed {seed}: {terms:?} is {found:e}, expected {expected:?}");
            }
        }
    }
}

#[test]
fn a_wrong_number_among_the_least_is_found() {
    for element in types() {
        let least = tiny(element);
        // One rounding is exact: no other number will do.
        let product = binary(Binary::Multiply, Real(3.0 * least), Real(0.5), element, element);
        assert!(close(element, product, Real(2.0 * least)), "{element:?}");
        assert!(!close(element, product, Real(least)), "{element:?}");
        assert!(!close(element, product, Real(rounded(element, 3.0 * least))), "{element:?}");
        // A sum of four products may be off by little more than what four roundings are.
        if element.bits() < 8 {
            // Where sums of a few of the least numbers are at the end of the range, they are open.
            continue;
        }
        let factor = rounded(element, 2f64.powi(lowest(element) / 2 + 1));
        let sum = dot(element, &[Real(factor); 4], &[Real(rounded(element, 1.5 * factor)); 4]);
        let size = 4.0 * factor * rounded(element, 1.5 * factor);
        let most = 6.0 * least + 16.0 * super::epsilon(element) * size;
        assert!(sum.error() <= most, "{element:?}: {sum:?}, of {most:e}");
    }
}

/// What a convolution of the least numbers gave, which the evaluation took for wrong.
const CONVOLUTION: &str = r"
func.func @main() -> tensor<5x6x1x1xf32> {
  %x = stablehlo.constant dense<5.8688606e-22> : tensor<1x1x8x16xf32>
  %w = stablehlo.constant dense<5.8688606e-22> : tensor<8x3x1x6xf32>
  %y = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[i, 0, 1, o]->[1, f, 0, b],
    window = {stride = [3, 3], pad = [[2, 0], [3, 3]], reverse = [false, true]}
    {batch_group_count = 1 : i64, feature_group_count = 2 : i64}
    : (tensor<1x1x8x16xf32>, tensor<8x3x1x6xf32>) -> tensor<5x6x1x1xf32>
  return %y : tensor<5x6x1x1xf32>
}";

#[test]
fn a_convolution_that_rounds_each_product_is_near_and_one_that_leaves_out_a_product_is_not() {
    let module = parse("convolution", CONVOLUTION).unwrap();
    let case = Case { module, arguments: Vec::new(), donated: Vec::new() };
    let expected = case.evaluate().unwrap().results;
    let product = 5.868_860_6e-22f32 * 5.868_860_6e-22f32;
    let of = |products: usize| -> Vec<u8> {
        let sum = (0..products).fold(0.0, |sum, _| sum + product);
        let numbers = expected[0].numbers.iter().map(|n| if n.size() == 0.0 { 0.0 } else { sum });
        numbers.flat_map(f32::to_le_bytes).collect()
    };
    assert_eq!(compare::compare(&expected, &[of(8)]).map_err(|d| d.to_string()), Ok(()));
    for wrong in [6, 7, 9] {
        assert!(compare::compare(&expected, &[of(wrong)]).is_err(), "{wrong} products for 8");
    }
}

#[test]
fn what_may_be_beside_the_end_of_a_function_is_open() {
    let root = |x: Number| unary(Unary::Sqrt, x, ElementType::F64, ElementType::F64);
    assert_eq!(root(Near(1e-16, 1e-15)), Any);
    assert_eq!(root(Near(-1e-16, 1e-15)), Any);
    assert!(matches!(root(Near(-1.0, 1e-15)), Real(x) if x.is_nan()));
    assert!(close(ElementType::F64, root(Near(4.0, 1e-15)), Real(2.0)));
}

#[test]
fn a_convolution_is_open_where_zeros_around_may_meet_what_is_infinite() {
    let text = "func.func @main(%w: tensor<1x1x1xf32>) -> tensor<1x1x1xf32> {
      %x = stablehlo.constant dense<> : tensor<0x1x1xf32>
      %y = stablehlo.convolution(%x, %w) dim_numbers = [0, b, f]x[o, 0, i]->[b, 0, f], window = {pad = [[0, 1]]}
        {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
        : (tensor<0x1x1xf32>, tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
      return %y : tensor<1x1x1xf32>
    }";
    let module = parse("convolution", text).unwrap();
    let given = |number: Number| {
        let weight = Tensor::new(TensorType::new(ElementType::F32, [1, 1, 1]), vec![number]);
        super::evaluate(&module, vec![weight], super::MOST_WORK).unwrap().results[0].scalar()
    };
    for open in [Any, Real(f64::INFINITY), Near(3e38, f64::INFINITY)] {
        assert_eq!(given(open), Any, "{open:?}");
    }
    assert!(close(ElementType::F32, given(Real(2.0)), Real(0.0)));
}

#[test]
fn bounds_are_narrow() {
    let (mut narrow, mut all) = (0, 0);
    for seed in 0..1000 {
        let Some(evaluation) = structure::case(seed).evaluate() else { continue };
        for tensor in evaluation.results.iter().filter(|x| x.ty.element == ElementType::F32) {
            for number in tensor.numbers.iter() {
                let (Near(value, error), true) = (*number, number.error().is_finite()) else { continue };
                all += 1;
                narrow += usize::from(error <= 1e-3 * value.abs() + 64.0 * tiny(ElementType::F32));
            }
        }
    }
    assert!(all > 1000 && 10 * narrow >= 9 * all, "{narrow} of {all} bounds are narrow");
}
