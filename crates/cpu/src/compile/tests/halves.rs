//! Sums of half-wide floats, compared with exact ones.
//!
//! A sum may be off by what adding up in `f32` costs and by one rounding at its end; it must not be off by a rounding for
//! each element.

use half::{bf16, f16};
use runahead_ir::{ElementType, float};

use crate::testing::{Random, compiled, run};

/// Elements of a type that stand for numbers of about one, all of one sign so that nothing cancels.
fn elements(ty: ElementType, count: usize, random: &mut Random) -> (Vec<u8>, Vec<f64>) {
    let numbers: Vec<u64> =
        random.floats(count).iter().map(|x| float::encode(ty, f64::from(x.abs()) + 0.25)).collect();
    let bytes = numbers.iter().flat_map(|bits| bits.to_le_bytes()[..ty.size()].to_vec()).collect();
    (bytes, numbers.iter().map(|&bits| float::decode(ty, bits)).collect())
}

fn read(ty: ElementType, bytes: &[u8]) -> Vec<f64> {
    let number = |bytes: &[u8]| {
        let mut bits = [0; 8];
        bits[..bytes.len()].copy_from_slice(bytes);
        float::decode(ty, u64::from_le_bytes(bits))
    };
    bytes.chunks_exact(ty.size()).map(number).collect()
}

/// Whether a sum of that many elements is the exact one, but for the errors of `f32` and one rounding.
#[track_caller]
fn assert_rounded_once(ty: ElementType, found: f64, exact: f64, terms: usize) {
    let slack = exact.abs() * terms as f64 * f64::from(f32::EPSILON) / 2.0;
    let (low, high) = (exact - slack, exact + slack);
    let held = |x: f64| float::decode(ty, float::encode(ty, x));
    assert!((held(low)..=held(high)).contains(&found), "{ty}: {found} for {exact}, a sum of {terms}");
}

const HALVES: [ElementType; 2] = [ElementType::BF16, ElementType::F16];

/// Sums over axes of all kinds: rows, columns, batches of them, axes apart from each other; short, and long enough to be cut
/// in pieces, chunks and tiles.
#[test]
fn sums_over_any_axes_are_rounded_once() {
    let shapes: &[(&[usize], &[usize])] = &[
        (&[7], &[0]),
        (&[70_000], &[0]),
        (&[131_072], &[0]),
        (&[3, 40_000], &[1]),
        (&[40, 5000], &[1]),
        (&[5000, 3], &[0]),
        (&[3000, 200], &[0]),
        (&[4096, 1], &[0]),
        (&[2, 3000, 9], &[1]),
        (&[300, 5, 300], &[0, 2]),
        (&[33, 7, 41, 5], &[0, 3]),
        (&[1, 6, 1], &[0, 2]),
    ];
    let mut random = Random::new(90);
    for ty in HALVES {
        for &(dims, over) in shapes {
            let shape: String = dims.iter().map(|d| format!("{d}x")).collect();
            let kept: Vec<usize> = (0..dims.len()).filter(|axis| !over.contains(axis)).collect();
            let to: String = kept.iter().map(|&axis| format!("{}x", dims[axis])).collect();
            let count: usize = dims.iter().product();
            // The numbers are small where there are many, so that f16 holds their sum.
            let terms: usize = over.iter().map(|&axis| dims[axis]).product();
            let (bytes, numbers) = elements(ty, count, &mut random);
            let scale = if terms > 20_000 { 2f64.powi(-3) } else { 1.0 };
            for (narrow, acc) in [(true, ty), (false, ElementType::F32)] {
                let program = compiled(&format!(
                    "func.func @main(%x: tensor<{shape}{ty}>) -> tensor<{to}{acc}> {{
                       %c = stablehlo.constant dense<{scale:?}> : tensor<{shape}{ty}>
                       %s = stablehlo.multiply %x, %c : tensor<{shape}{ty}>
                       %z = stablehlo.constant dense<0.0> : tensor<{acc}>
                       %r = \"stablehlo.reduce\"(%s, %z) <{{dimensions = array<i64: {}>}}> ({{
                         ^bb0(%a: tensor<{acc}>, %b: tensor<{acc}>):
                           %t = stablehlo.add %a, %b : tensor<{acc}>
                           stablehlo.return %t : tensor<{acc}>
                       }}) : (tensor<{shape}{ty}>, tensor<{acc}>) -> tensor<{to}{acc}>
                       return %r : tensor<{to}{acc}>
                     }}",
                    over.iter().map(|axis| axis.to_string()).collect::<Vec<_>>().join(", ")
                ));
                let mut exact = vec![0.0; kept.iter().map(|&axis| dims[axis]).product()];
                for (i, number) in numbers.iter().enumerate() {
                    let (mut rest, mut index) = (i, vec![0; dims.len()]);
                    for (at, &size) in index.iter_mut().zip(dims).rev() {
                        (*at, rest) = (rest % size, rest / size);
                    }
                    exact[kept.iter().fold(0, |at, &axis| at * dims[axis] + index[axis])] += number * scale;
                }
                let found = read(acc, &run(&program, &[&bytes])[0]);
                for (&found, &exact) in found.iter().zip(&exact) {
                    assert_rounded_once(acc, found, exact, terms + usize::from(narrow));
                }
            }
        }
    }
}

/// Windows, cumulative sums and updates of places, of many sizes.
#[test]
fn sums_in_windows_and_places_are_rounded_once() {
    let mut random = Random::new(91);
    for ty in HALVES {
        for (n, window) in [(50, 7), (900, 600), (3000, 3000)] {
            let (bytes, numbers) = elements(ty, n, &mut random);
            let low = if window == n { n - 1 } else { 0 };
            let to = n + low + 1 - window;
            let program = compiled(&format!(
                "func.func @main(%x: tensor<{n}x{ty}>) -> tensor<{to}x{ty}> {{
                   %z = stablehlo.constant dense<0.0> : tensor<{ty}>
                   %r = \"stablehlo.reduce_window\"(%x, %z) <{{window_dimensions = array<i64: {window}>, padding = dense<[[{low}, 0]]> : tensor<1x2xi64>}}> ({{
                     ^bb0(%a: tensor<{ty}>, %b: tensor<{ty}>):
                       %t = stablehlo.add %a, %b : tensor<{ty}>
                       stablehlo.return %t : tensor<{ty}>
                   }}) : (tensor<{n}x{ty}>, tensor<{ty}>) -> tensor<{to}x{ty}>
                   return %r : tensor<{to}x{ty}>
                 }}"
            ));
            let found = read(ty, &run(&program, &[&bytes])[0]);
            for (i, &found) in found.iter().enumerate() {
                let exact: f64 = numbers[i.saturating_sub(low)..(i + window - low).min(n)].iter().sum();
                assert_rounded_once(ty, found, exact, window);
            }
        }
        // Into few elements, into many, by rows, and by windows that overlap.
        for (n, places, window) in [(5, 2000, 1), (40_000, 2000, 1), (9000, 40, 3), (9000, 800, 1)] {
            let (x, mut exact) = elements(ty, n, &mut random);
            let (updates, numbers) = elements(ty, places * window, &mut random);
            let at: Vec<i32> = (0..places).map(|_| random.below(5.min(n + 1 - window)) as i32).collect();
            for (place, &at) in at.iter().enumerate() {
                for i in 0..window {
                    exact[at as usize + i] += numbers[place * window + i];
                }
            }
            let program = compiled(&format!(
                "func.func @main(%x: tensor<{n}x{ty}>, %i: tensor<{places}x1xi32>, %u: tensor<{places}x{window}x{ty}>) -> tensor<{n}x{ty}> {{
                   %r = \"stablehlo.scatter\"(%x, %i, %u) <{{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}}> ({{
                     ^bb0(%a: tensor<{ty}>, %b: tensor<{ty}>):
                       %t = stablehlo.add %a, %b : tensor<{ty}>
                       stablehlo.return %t : tensor<{ty}>
                   }}) : (tensor<{n}x{ty}>, tensor<{places}x1xi32>, tensor<{places}x{window}x{ty}>) -> tensor<{n}x{ty}>
                   return %r : tensor<{n}x{ty}>
                 }}"
            ));
            let found = read(ty, &run(&program, &[&x, bytemuck::cast_slice(&at), &updates])[0]);
            for (&found, &exact) in found.iter().zip(&exact) {
                assert_rounded_once(ty, found, exact, places * window);
            }
        }
    }
}

/// Products of two numbers of 11 or 8 bits are exact in `f32`, and their sums are rounded once.
#[test]
fn products_of_matrices_are_rounded_once() {
    let mut random = Random::new(92);
    for ty in HALVES {
        for k in [1, 3, 300, 5000] {
            let ((x, a), (y, b)) = (elements(ty, k, &mut random), elements(ty, k, &mut random));
            let program = compiled(&format!(
                "func.func @main(%x: tensor<1x{k}x{ty}>, %y: tensor<{k}x1x{ty}>) -> tensor<1x1x{ty}> {{
                   %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x{k}x{ty}>, tensor<{k}x1x{ty}>) -> tensor<1x1x{ty}>
                   return %r : tensor<1x1x{ty}>
                 }}"
            ));
            let exact: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert_rounded_once(ty, read(ty, &run(&program, &[&x, &y])[0])[0], exact, k);
        }
    }
}

/// All pairs of some halves: each operation is the exact result, rounded once.
#[test]
fn arithmetic_is_rounded_once() {
    use ElementType::{BF16, F16};
    let some: Vec<u16> = (0..1u32 << 16).step_by(61).map(|bits| bits as u16).collect();
    let pairs: Vec<(u16, u16)> =
        some.iter().flat_map(|&a| some.iter().step_by(7).map(move |&b| (a, b))).collect();
    let (a, b): (Vec<u16>, Vec<u16>) = pairs.into_iter().unzip();
    let n = a.len();
    for ty in [BF16, F16] {
        let wide = |bits: u16| match ty {
            BF16 => bf16::from_bits(bits).to_f64(),
            _ => f16::from_bits(bits).to_f64(),
        };
        type Exact = fn(f64, f64) -> f64;
        let operations: [(&str, Exact); 4] = [
            ("add", |a, b| a + b),
            ("subtract", |a, b| a - b),
            ("multiply", |a, b| a * b),
            ("divide", |a, b| a / b),
        ];
        for (name, exact) in operations {
            let program = compiled(&format!(
                "func.func @main(%x: tensor<{n}x{ty}>, %y: tensor<{n}x{ty}>) -> tensor<{n}x{ty}> {{
                   %r = stablehlo.{name} %x, %y : tensor<{n}x{ty}>
                   return %r : tensor<{n}x{ty}>
                 }}"
            ));
            let found = run(&program, &[bytemuck::cast_slice(&a), bytemuck::cast_slice(&b)]).remove(0);
            let found: Vec<u16> = crate::testing::cast(&found);
            for ((&a, &b), &found) in a.iter().zip(&b).zip(&found) {
                let (a, b) = (wide(a), wide(b));
                // Rounding a quotient or sum of halves to `f64` first changes nothing: it has more than twice their bits.
                let expected = float::encode(ty, exact(a, b));
                let both_nan = wide(found).is_nan() && float::decode(ty, expected).is_nan();
                assert!(both_nan || u64::from(found) == expected, "{ty}: {name} of {a:e} and {b:e}");
            }
        }
    }
}
