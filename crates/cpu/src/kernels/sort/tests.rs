use std::cmp::Ordering;

use runahead_ir::OpKind;

use super::super::testing::{Case, Random, cast};
use super::order::{Equal, Order, order_of};

fn shape(dims: &[usize], element: &str) -> String {
    let sizes: String = dims.iter().map(|d| format!("{d}x")).collect();
    format!("tensor<{sizes}{element}>")
}

/// A sort of operands of these types by a comparator of parameters `%a0, %b0, %a1, %b1, …`.
fn sort(dims: &[usize], dimension: usize, elements: &[&str], comparator: &str) -> Case {
    let types: Vec<String> = elements.iter().map(|e| shape(dims, e)).collect();
    let all = types.join(", ");
    let names = |prefix: &str| -> Vec<String> { (0..types.len()).map(|i| format!("%{prefix}{i}")).collect() };
    let declare = |names: &[String]| -> String {
        names.iter().zip(&types).map(|(n, t)| format!("{n}: {t}")).collect::<Vec<_>>().join(", ")
    };
    let parameters: Vec<String> =
        elements.iter().enumerate().map(|(i, e)| format!("%a{i}: tensor<{e}>, %b{i}: tensor<{e}>")).collect();
    let (xs, count) = (names("x"), types.len());
    Case::parse(&format!(
        r#"func.func @main({}) -> ({all}) {{
            %r:{count} = "stablehlo.sort"({}) <{{dimension = {dimension} : i64, is_stable = true}}> ({{
            ^bb0({}):
              {comparator}
            }}) : ({all}) -> ({all})
            return {} : {all}
        }}"#,
        declare(&xs),
        xs.join(", "),
        parameters.join(", "),
        (0..count).map(|i| format!("%r#{i}")).collect::<Vec<_>>().join(", "),
    ))
}

fn compare(direction: &str, how: &str, element: &str) -> String {
    format!(
        "%c = stablehlo.compare {direction}, %a0, %b0, {how} : (tensor<{element}>, tensor<{element}>) -> tensor<i1>\n\
         stablehlo.return %c : tensor<i1>"
    )
}

/// The comparator that JAX writes: all zeros and all NaNs are equal, and NaNs come last.
fn jax_float(direction: &str) -> String {
    let canonical = |x: &str| {
        format!(
            "%z{x} = stablehlo.constant dense<0.0> : tensor<f32>
             %e{x} = stablehlo.compare EQ, %{x}, %z{x}, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
             %s{x} = stablehlo.select %e{x}, %z{x}, %{x} : tensor<i1>, tensor<f32>
             %m{x} = stablehlo.compare NE, %{x}, %{x}, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
             %n{x} = stablehlo.constant dense<0x7FC00000> : tensor<f32>
             %t{x} = stablehlo.select %m{x}, %n{x}, %s{x} : tensor<i1>, tensor<f32>
             "
        )
    };
    format!(
        "{}{}%c = stablehlo.compare {direction}, %ta0, %tb0, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>\n\
         stablehlo.return %c : tensor<i1>",
        canonical("a0"),
        canonical("b0")
    )
}

/// Sorts lanes along an axis with the standard library.
fn sorted<T: Copy>(x: &[T], dims: &[usize], axis: usize, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let inner: usize = dims[axis + 1..].iter().product();
    let outer: usize = dims[..axis].iter().product();
    let mut y = x.to_vec();
    for o in 0..outer {
        for i in 0..inner {
            let at = |k: usize| (o * dims[axis] + k) * inner + i;
            let mut lane: Vec<T> = (0..dims[axis]).map(|k| x[at(k)]).collect();
            lane.sort_by(&compare);
            lane.into_iter().enumerate().for_each(|(k, v)| y[at(k)] = v);
        }
    }
    y
}

const SHAPES: [(&[usize], usize); 9] = [
    (&[6], 0),
    (&[1], 0),
    (&[0], 0),
    (&[3, 0], 0),
    (&[5, 300], 1),
    (&[5, 7, 4], 1),
    (&[130, 3], 0),
    (&[4, 200, 1], 1),
    (&[9, 2, 33], 2),
];

#[test]
fn floats_as_jax_orders_them() {
    let special = [0.0, -0.0, f32::NAN, f32::from_bits(0xFFC0_1234), f32::INFINITY, f32::NEG_INFINITY, 1e-42];
    let rank = |x: &f32| if x.is_nan() { f64::INFINITY } else { f64::from(x.clamp(-1e38, 1e38)) };
    let mut random = Random::new(60);
    for (dims, axis) in SHAPES {
        for direction in ["LT", "GT"] {
            let case = sort(dims, axis, &["f32"], &jax_float(direction));
            let recognised = order_of(&case.op.regions[0], &case.function).expect("an order by keys");
            let equal = Equal { zeros: true, nans: true };
            assert_eq!((recognised.descending, recognised.equal), (direction == "GT", equal));
            let x: Vec<f32> = (0..dims.iter().product())
                .map(|_| if random.below(4) == 0 { special[random.below(7)] } else { random.float() })
                .collect();
            let expected = sorted(&x, dims, axis, |a, b| {
                let order = rank(a).partial_cmp(&rank(b)).unwrap();
                if direction == "GT" { order.reverse() } else { order }
            });
            // Bit for bit: equal elements keep their order.
            let bits = |x: &[f32]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&case.run_as::<f32, f32>(&[&x])), bits(&expected), "{dims:?} along {axis}");
        }
    }
}

#[test]
fn integers_of_every_width() {
    let mut random = Random::new(62);
    macro_rules! check {
        ($($t:ty: $element:literal $how:literal),*) => {$(
            for (dims, axis) in SHAPES {
                let x: Vec<$t> = cast(&random.bytes(dims.iter().product::<usize>() * size_of::<$t>()));
                let case = sort(dims, axis, &[$element], &compare("LT", $how, $element));
                assert!(order_of(&case.op.regions[0], &case.function).is_some());
                assert_eq!(case.run_as::<$t, $t>(&[&x]), sorted(&x, dims, axis, |a, b| a.cmp(b)));
                let case = sort(dims, axis, &[$element], &compare("GT", $how, $element));
                assert_eq!(case.run_as::<$t, $t>(&[&x]), sorted(&x, dims, axis, |a, b| b.cmp(a)));
            }
        )*};
    }
    check!(i8: "i8" "SIGNED", i16: "i16" "SIGNED", i32: "i32" "SIGNED", i64: "i64" "SIGNED");
    check!(u8: "ui8" "UNSIGNED", u16: "ui16" "UNSIGNED", u32: "ui32" "UNSIGNED", u64: "ui64" "UNSIGNED");
}

#[test]
fn doubles_in_total_order() {
    let mut random = Random::new(63);
    let x: Vec<f64> = cast(&random.bytes(500 * 8));
    let found = sort(&[500], 0, &["f64"], &compare("LT", "TOTALORDER", "f64")).run_as::<f64, f64>(&[&x]);
    let expected = sorted(&x, &[500], 0, f64::total_cmp);
    assert_eq!(bytemuck::cast_slice::<_, u64>(&found), bytemuck::cast_slice::<_, u64>(&expected));
}

#[test]
fn indices_are_carried_along() {
    let mut random = Random::new(64);
    for (dims, axis) in SHAPES {
        let count = dims.iter().product();
        let x: Vec<i32> = (0..count).map(|_| random.range(-5, 5) as i32).collect();
        let i: Vec<i64> = (0..count as i64).collect();
        let case = sort(dims, axis, &["i32", "i64"], &compare("LT", "SIGNED", "i32"));
        let found = case.run(&[bytemuck::cast_slice(&x), bytemuck::cast_slice(&i)]);
        let pairs: Vec<(i32, i64)> = x.into_iter().zip(i).collect();
        let expected = sorted(&pairs, dims, axis, |a, b| a.0.cmp(&b.0));
        let found: Vec<(i32, i64)> = cast(&found[0]).into_iter().zip(cast(&found[1])).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn any_comparator() {
    // By the sum of both operands, largest first.
    let comparator = "%p = stablehlo.add %a0, %a1 : tensor<i32>
        %q = stablehlo.add %b0, %b1 : tensor<i32>
        %c = stablehlo.compare GT, %p, %q, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %c : tensor<i1>";
    let mut random = Random::new(65);
    for (dims, axis) in SHAPES {
        let count = dims.iter().product();
        let mut numbers = || -> Vec<i32> { (0..count).map(|_| random.range(-20, 20) as i32).collect() };
        let (x, y) = (numbers(), numbers());
        let case = sort(dims, axis, &["i32", "i32"], comparator);
        assert!(order_of(&case.op.regions[0], &case.function).is_none());
        let found = case.run(&[bytemuck::cast_slice(&x), bytemuck::cast_slice(&y)]);
        let pairs: Vec<(i32, i32)> = x.into_iter().zip(y).collect();
        let expected = sorted(&pairs, dims, axis, |a, b| (b.0 + b.1).cmp(&(a.0 + a.1)));
        let found: Vec<(i32, i32)> = cast(&found[0]).into_iter().zip(cast(&found[1])).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn comparators_that_are_no_order_end_all_the_same() {
    for comparator in [
        "%c = stablehlo.constant dense<true> : tensor<i1>\n stablehlo.return %c : tensor<i1>".to_string(),
        compare("NE", "SIGNED", "i32"),
        compare("LE", "SIGNED", "i32"),
    ] {
        let x: Vec<i32> = (0..1000).map(|i| i * 7919 % 101).collect();
        let mut found = sort(&[1000], 0, &["i32"], &comparator).run_as::<i32, i32>(&[&x]);
        let mut expected = x;
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "the same elements come out");
    }
}

#[test]
fn comparators_of_keys_are_recognised_by_operand_and_direction() {
    let order = |comparator: &str| {
        let case = sort(&[4], 0, &["i32", "f32"], comparator);
        assert!(matches!(case.op.kind, OpKind::Sort { .. }));
        order_of(&case.op.regions[0], &case.function)
            .map(|Order { operand, descending, .. }| (operand, descending))
    };
    let compare = |direction: &str, x: &str, y: &str, element: &str| {
        format!(
            "%c = stablehlo.compare {direction}, {x}, {y} : (tensor<{element}>, tensor<{element}>) -> tensor<i1>\n\
             stablehlo.return %c : tensor<i1>"
        )
    };
    assert_eq!(order(&compare("LT", "%a0", "%b0", "i32")), Some((0, false)));
    assert_eq!(order(&compare("GT", "%b0", "%a0", "i32")), Some((0, false)));
    assert_eq!(order(&compare("LT", "%b1", "%a1", "f32")), Some((1, true)));
    assert_eq!(order(&compare("GT", "%a1", "%b1", "f32")), Some((1, true)));
    assert_eq!(order(&compare("LE", "%a0", "%b0", "i32")), None);
    assert_eq!(order(&compare("LT", "%a0", "%a0", "i32")), None);
}
