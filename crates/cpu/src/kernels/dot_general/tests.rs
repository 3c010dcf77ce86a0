use bytemuck::Pod;
use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::{DotDimensions, ElementType, OpKind, TensorType};

use super::super::shape::for_each_index;
use super::super::testing::{Case, Random, cast, f32s, ty};

/// A dot product: shapes, dimension numbers, and the shape of the result.
struct Dot {
    lhs: Vec<usize>,
    rhs: Vec<usize>,
    dimensions: DotDimensions,
    to: Vec<usize>,
}

impl Dot {
    /// A dot product with these sizes of batching, contracted and free axes, each operand's axes in random order.
    fn new(
        random: &mut Random,
        batch: &[usize],
        contracted: &[usize],
        rows: &[usize],
        columns: &[usize],
    ) -> Dot {
        let mut place = |free: &[usize]| {
            let sizes: Vec<usize> = batch.iter().chain(contracted).chain(free).copied().collect();
            let mut order: Vec<usize> = (0..sizes.len()).collect();
            if random.below(3) > 0 {
                random.shuffle(&mut order);
            }
            // Free axes keep their order, which is that of the result.
            let first_free = batch.len() + contracted.len();
            let slots: Vec<usize> = (0..order.len()).filter(|&i| order[i] >= first_free).collect();
            slots.into_iter().zip(first_free..).for_each(|(slot, axis)| order[slot] = axis);
            let dims: Vec<usize> = order.iter().map(|&a| sizes[a]).collect();
            let at = |a: usize| order.iter().position(|&o| o == a).unwrap();
            let batching: Vec<usize> = (0..batch.len()).map(at).collect();
            let contracting: Vec<usize> = (batch.len()..first_free).map(at).collect();
            (dims, batching, contracting)
        };
        let (lhs, lhs_batching, lhs_contracting) = place(rows);
        let (rhs, rhs_batching, rhs_contracting) = place(columns);
        let to = batch.iter().chain(rows).chain(columns).copied().collect();
        Dot {
            lhs,
            rhs,
            to,
            dimensions: DotDimensions { lhs_batching, rhs_batching, lhs_contracting, rhs_contracting },
        }
    }

    fn case(&self, lhs: ElementType, rhs: ElementType, to: ElementType) -> Case {
        let kind = OpKind::DotGeneral {
            dimension_numbers: self.dimensions.clone(),
            precision: vec![],
            algorithm: None,
        };
        Case::new(kind, &[ty(lhs, &self.lhs), ty(rhs, &self.rhs)], &[ty(to, &self.to)])
    }

    /// The specification's formula: the sum over the contracted axes for each index of the result.
    fn expected<T: Copy, R>(
        &self,
        x: &[T],
        y: &[T],
        sum: impl Fn(&mut dyn Iterator<Item = (T, T)>) -> R,
    ) -> Vec<R> {
        let d = &self.dimensions;
        let batch = d.lhs_batching.len();
        let free = |dims: &[usize], batching: &[usize], contracting: &[usize]| -> Vec<usize> {
            (0..dims.len()).filter(|a| !batching.contains(a) && !contracting.contains(a)).collect()
        };
        let rows = free(&self.lhs, &d.lhs_batching, &d.lhs_contracting);
        let columns = free(&self.rhs, &d.rhs_batching, &d.rhs_contracting);
        let contracted: Vec<usize> = d.lhs_contracting.iter().map(|&a| self.lhs[a]).collect();
        let at = |dims: &[usize], index: &[usize]| index.iter().zip(dims).fold(0, |at, (i, d)| at * d + i);
        let mut results = Vec::new();
        for_each_index(&self.to, |index| {
            let (mut l, mut r) = (vec![0; self.lhs.len()], vec![0; self.rhs.len()]);
            for i in 0..batch {
                l[d.lhs_batching[i]] = index[i];
                r[d.rhs_batching[i]] = index[i];
            }
            rows.iter().zip(&index[batch..]).for_each(|(&a, &i)| l[a] = i);
            columns.iter().zip(&index[batch + rows.len()..]).for_each(|(&a, &i)| r[a] = i);
            let mut terms = Vec::new();
            for_each_index(&contracted, |index| {
                for (i, &at) in index.iter().enumerate() {
                    l[d.lhs_contracting[i]] = at;
                    r[d.rhs_contracting[i]] = at;
                }
                terms.push((x[at(&self.lhs, &l)], y[at(&self.rhs, &r)]));
            });
            results.push(sum(&mut terms.into_iter()));
        });
        results
    }
}

fn random_dot(random: &mut Random) -> Dot {
    let mut sizes = |count: usize, of: &[usize]| -> Vec<usize> {
        (0..random.below(count + 1)).map(|_| of[random.below(of.len())]).collect()
    };
    let batch = sizes(2, &[0, 1, 2, 3]);
    let contracted = sizes(2, &[0, 1, 2, 5, 17]);
    let rows = sizes(2, &[0, 1, 3, 4, 19]);
    let columns = sizes(2, &[0, 1, 2, 8, 33]);
    Dot::new(random, &batch, &contracted, &rows, &columns)
}

fn bytes<T: Pod>(values: &[T]) -> &[u8] {
    bytemuck::cast_slice(values)
}

#[test]
fn any_layout_in_f32() {
    let mut random = Random::new(11);
    for round in 0..300 {
        let dot = random_dot(&mut random);
        let x = random.floats(dot.lhs.iter().product());
        let y = random.floats(dot.rhs.iter().product());
        // The terms are multiples of 2^-12, so that sums are exact in whatever order.
        let expected = dot.expected(&x, &y, |terms| terms.map(|(x, y)| x * y).sum::<f32>());
        let found =
            dot.case(ElementType::F32, ElementType::F32, ElementType::F32).run_as::<f32, f32>(&[&x, &y]);
        assert_eq!(found, expected, "round {round}: {:?} {:?} {:?}", dot.lhs, dot.rhs, dot.dimensions);
    }
}

#[test]
fn large_matrices_give_the_same_in_any_number_of_parts() {
    let mut random = Random::new(12);
    for (m, n, k) in [(100, 130, 70), (257, 31, 600), (1, 513, 300), (300, 1, 513), (65, 300, 1)] {
        for transposed in [false, true] {
            let dimensions = DotDimensions {
                lhs_contracting: vec![1],
                rhs_contracting: vec![usize::from(transposed)],
                ..DotDimensions::default()
            };
            let rhs = if transposed { vec![n, k] } else { vec![k, n] };
            let dot = Dot { lhs: vec![m, k], rhs, dimensions, to: vec![m, n] };
            let mut inexact = |count: usize| -> Vec<f32> {
                (0..count).map(|_| random.float() * 1.01 + random.float() / 97.0).collect()
            };
            let (x, y) = (inexact(m * k), inexact(k * n));
            let expected =
                dot.expected(&x, &y, |terms| terms.map(|(x, y)| f64::from(x) * f64::from(y)).sum::<f64>());
            let f32 = ElementType::F32;
            let found = dot.case(f32, f32, f32).run_as::<f32, f32>(&[&x, &y]);
            for (found, expected) in found.iter().zip(expected) {
                assert!((f64::from(*found) - expected).abs() < 1e-4 * k as f64, "{found} is not {expected}");
            }
        }
    }
}

#[test]
fn integers_wrap_around() {
    let mut random = Random::new(13);
    for _ in 0..30 {
        let dot = random_dot(&mut random);
        let (lhs, rhs) = (dot.lhs.iter().product::<usize>(), dot.rhs.iter().product::<usize>());
        let (x, y) = (random.bytes(lhs * 8), random.bytes(rhs * 8));
        macro_rules! check {
            ($($t:ty: $element:ident),*) => {$({
                let (x, y) = (&x[..lhs * size_of::<$t>()], &y[..rhs * size_of::<$t>()]);
                let expected = dot.expected(&cast::<$t>(x), &cast::<$t>(y), |terms| {
                    terms.fold(0, |sum: $t, (x, y)| sum.wrapping_add(x.wrapping_mul(y)))
                });
                let element = ElementType::$element;
                assert_eq!(cast::<$t>(&dot.case(element, element, element).run(&[x, y])[0]), expected);
            })*};
        }
        check!(i8: I8, u8: U8, i16: I16, u16: U16, i32: I32, u32: U32, i64: I64, u64: U64);
    }
}

#[test]
fn integers_are_summed_in_a_wider_result() {
    let mut random = Random::new(14);
    let dot = Dot::new(&mut random, &[], &[300], &[5], &[7]);
    let (x, y) = (random.bytes(1500), random.bytes(2100));
    let expected = dot.expected(&cast::<i8>(&x), &cast::<i8>(&y), |terms| {
        terms.map(|(x, y)| i32::from(x) * i32::from(y)).sum::<i32>()
    });
    let case = dot.case(ElementType::I8, ElementType::I8, ElementType::I32);
    assert_eq!(cast::<i32>(&case.run(&[&x, &y])[0]), expected);
}

#[test]
fn integers_are_multiplied_as_floats_where_the_result_is_of_floats() {
    use ElementType::*;
    let mut random = Random::new(18);
    let dot = Dot::new(&mut random, &[2], &[3], &[4], &[5]);
    let mut numbers =
        |count: usize| -> Vec<i32> { (0..count).map(|_| random.below(200) as i32 - 100).collect() };
    let (x, y) = (numbers(24), numbers(30));
    let expected = dot.expected(&x, &y, |terms| terms.map(|(x, y)| f64::from(x * y)).sum::<f64>());
    let single: Vec<f32> = expected.iter().map(|&x| x as f32).collect();
    let of = |ty: ElementType, values: &[i32]| -> Vec<u8> {
        values.iter().flat_map(|x| i64::from(*x).to_le_bytes()[..ty.size()].to_vec()).collect()
    };
    for ty in [I8, I16, I32, I64] {
        let (x, y) = (of(ty, &x), of(ty, &y));
        assert_eq!(cast::<f64>(&dot.case(ty, ty, F64).run(&[&x, &y])[0]), expected, "{ty}");
        assert_eq!(cast::<f32>(&dot.case(ty, ty, F32).run(&[&x, &y])[0]), single, "{ty}");
    }
    let unsigned = |values: &[i32]| values.iter().map(|x| x + 100).collect::<Vec<_>>();
    let (x, y) = (unsigned(&x), unsigned(&y));
    let expected = dot.expected(&x, &y, |terms| terms.map(|(x, y)| f64::from(x * y)).sum::<f64>());
    for ty in [U8, U16, U32, U64] {
        let (x, y) = (of(ty, &x), of(ty, &y));
        assert_eq!(cast::<f64>(&dot.case(ty, ty, F64).run(&[&x, &y])[0]), expected, "{ty}");
    }
}

#[test]
fn booleans_are_or_of_and() {
    let mut random = Random::new(15);
    let dot = Dot::new(&mut random, &[2], &[3], &[4], &[5]);
    let mut bits = |count: usize| -> Vec<u8> { (0..count).map(|_| random.below(2) as u8).collect() };
    let (x, y) = (bits(24), bits(30));
    let expected = dot.expected(&x, &y, |terms| terms.fold(0, |any, (x, y)| any | x & y));
    assert_eq!(dot.case(ElementType::Bool, ElementType::Bool, ElementType::Bool).run(&[&x, &y])[0], expected);
}

#[test]
fn half_precision_is_summed_in_single() {
    let mut random = Random::new(16);
    let dot = Dot::new(&mut random, &[2], &[40], &[9], &[6]);
    let (x, y) = (random.floats(2 * 40 * 9), random.floats(2 * 40 * 6));
    let exact = dot.expected(&x, &y, |terms| terms.map(|(x, y)| x * y).sum::<f32>());
    let (hx, hy): (Vec<f16>, Vec<f16>) =
        (x.iter().map(|&x| f16::from_f32(x)).collect(), y.iter().map(|&y| f16::from_f32(y)).collect());
    let found = cast::<f16>(
        &dot.case(ElementType::F16, ElementType::F16, ElementType::F16).run(&[bytes(&hx), bytes(&hy)])[0],
    );
    assert_eq!(found, exact.iter().map(|&s| f16::from_f32(s)).collect::<Vec<_>>());

    let (bx, by): (Vec<bf16>, Vec<bf16>) =
        (x.iter().map(|&x| bf16::from_f32(x)).collect(), y.iter().map(|&y| bf16::from_f32(y)).collect());
    let rounded: Vec<f32> = bx.iter().map(|x| x.to_f32()).collect();
    assert_eq!(rounded, x, "the inputs are exact in eight bits");
    let found = cast::<bf16>(
        &dot.case(ElementType::BF16, ElementType::BF16, ElementType::BF16).run(&[bytes(&bx), bytes(&by)])[0],
    );
    assert_eq!(found, exact.iter().map(|&s| bf16::from_f32(s)).collect::<Vec<_>>());
    let found = cast::<f32>(
        &dot.case(ElementType::BF16, ElementType::BF16, ElementType::F32).run(&[bytes(&bx), bytes(&by)])[0],
    );
    assert_eq!(found, exact);
}

#[test]
fn complex_and_double() {
    let mut random = Random::new(17);
    for _ in 0..40 {
        let dot = random_dot(&mut random);
        let (lhs, rhs) = (dot.lhs.iter().product::<usize>(), dot.rhs.iter().product::<usize>());
        let mut complex = |count: usize| -> Vec<Complex<f64>> {
            (0..count).map(|_| Complex::new(random.float().into(), random.float().into())).collect()
        };
        let (x, y) = (complex(lhs), complex(rhs));
        let expected = dot.expected(&x, &y, |terms| terms.map(|(x, y)| x * y).sum::<Complex<f64>>());
        let found: Vec<Complex<f64>> =
            dot.case(ElementType::C128, ElementType::C128, ElementType::C128).run_as(&[&x, &y]);
        assert_eq!(found, expected);

        let single = |z: &[Complex<f64>]| -> Vec<Complex<f32>> {
            z.iter().map(|z| Complex::new(z.re as f32, z.im as f32)).collect()
        };
        let found: Vec<Complex<f32>> = dot
            .case(ElementType::C64, ElementType::C64, ElementType::C64)
            .run_as(&[&single(&x)[..], &single(&y)]);
        assert_eq!(found, single(&expected));
        let found: Vec<Complex<f64>> = dot
            .case(ElementType::C64, ElementType::C64, ElementType::C128)
            .run_as(&[&single(&x)[..], &single(&y)]);
        assert_eq!(found, expected);

        let real = |z: &[Complex<f64>]| -> Vec<f64> { z.iter().map(|z| z.re).collect() };
        let (x, y) = (real(&x), real(&y));
        let expected = dot.expected(&x, &y, |terms| terms.map(|(x, y)| x * y).sum::<f64>());
        assert_eq!(
            dot.case(ElementType::F64, ElementType::F64, ElementType::F64).run_as::<f64, f64>(&[&x, &y]),
            expected
        );
    }
}

#[test]
fn older_dot_of_vectors_and_matrices() {
    let run = |lhs: TensorType, rhs: TensorType, to: TensorType, x: &[f32], y: &[f32]| {
        Case::new(OpKind::Dot { precision: vec![] }, &[lhs, rhs], &[to]).run_as::<f32, f32>(&[x, y])
    };
    let (x, y) = ([1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]);
    assert_eq!(run(f32s(&[4]), f32s(&[4]), f32s(&[]), &x, &y), [70.0]);
    assert_eq!(run(f32s(&[2, 2]), f32s(&[2]), f32s(&[2]), &x, &y[..2]), [17.0, 39.0]);
    assert_eq!(run(f32s(&[2]), f32s(&[2, 2]), f32s(&[2]), &x[..2], &y), [19.0, 22.0]);
    assert_eq!(run(f32s(&[2, 2]), f32s(&[2, 2]), f32s(&[2, 2]), &x, &y), [19.0, 22.0, 43.0, 50.0]);
}

#[test]
fn infinities_do_not_leak_out_of_old_memory() {
    // Results begin as bytes of ones, which are NaN: a product must not read them.
    let dot = Dot::new(&mut Random::new(18), &[], &[0], &[3], &[4]);
    let found =
        dot.case(ElementType::F32, ElementType::F32, ElementType::F32).run_as::<f32, f32>(&[&[], &[]]);
    assert_eq!(found, [0.0; 12]);
}
