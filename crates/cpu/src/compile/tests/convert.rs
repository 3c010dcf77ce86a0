//! Conversions between all pairs of types, against a model of numbers.

use runahead_ir::{ElementType, float};

use crate::testing::{compiled, run};

/// What an element stands for.
#[derive(Clone, Copy, Debug)]
enum Number {
    Integer(i128),
    Real(f64),
    Complex(f64, f64),
}

fn mask(bits: usize) -> u64 {
    if bits == 64 { u64::MAX } else { (1 << bits) - 1 }
}

fn bytes(ty: ElementType, number: Number) -> Vec<u8> {
    let part = ty.real_part();
    let real = |x: f64| float::encode(part, x).to_le_bytes()[..part.size()].to_vec();
    match number {
        Number::Complex(re, im) if ty.is_complex() => [real(re), real(im)].concat(),
        Number::Real(x) => real(x),
        Number::Integer(x) => x.to_le_bytes()[..ty.size()].to_vec(),
        Number::Complex(..) => unreachable!("only complex types hold complex numbers"),
    }
}

/// Numbers that a type holds, its limits among them.
fn samples(ty: ElementType) -> Vec<Number> {
    if ty == ElementType::Bool {
        return vec![Number::Integer(0), Number::Integer(1)];
    }
    if ty.is_integer() {
        let all = [
            0i128,
            1,
            2,
            3,
            5,
            7,
            100,
            127,
            128,
            255,
            300,
            65_535,
            1 << 20,
            1 << 31,
            (1 << 40) + 1,
            -1,
            -2,
            -8,
            -100,
        ];
        let wrap = |x: i128| wrapped(ty, x);
        return all.into_iter().map(|x| Number::Integer(wrap(x))).collect();
    }
    let part = ty.real_part();
    let held = |x: f64| float::decode(part, float::encode(part, x));
    let all =
        [0.0, -0.0, 0.5, 1.0, 1.5, -2.75, 3.0, 6.0, 100.0, 448.0, 1e5, -3e9, 1e30, f64::INFINITY, f64::NAN];
    all.into_iter()
        .map(held)
        .map(|x| if ty.is_complex() { Number::Complex(x, held(2.5)) } else { Number::Real(x) })
        .collect()
}

fn wrapped(ty: ElementType, x: i128) -> i128 {
    let low = x as u64 & mask(ty.bits());
    let negative = ty.is_signed_integer() && low >> (ty.bits() - 1) == 1;
    if negative { i128::from(low) - (1 << ty.bits()) } else { low.into() }
}

fn converted(to: ElementType, x: Number) -> Number {
    let real = match x {
        Number::Integer(x) => x as f64,
        Number::Real(x) | Number::Complex(x, _) => x,
    };
    if to == ElementType::Bool {
        return Number::Integer(i128::from(real != 0.0));
    }
    if to.is_integer() {
        if let Number::Integer(x) = x {
            return Number::Integer(wrapped(to, x));
        }
        let bits = to.bits() as u32;
        let (low, high) = if to.is_signed_integer() {
            (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)
        } else {
            (0, (1 << bits) - 1)
        };
        // Rust's conversion truncates, and takes NaN to zero.
        return Number::Integer((real as i128).clamp(low, high));
    }
    match (x, to.is_complex()) {
        (Number::Complex(re, im), true) => Number::Complex(re, im),
        (_, true) => Number::Complex(real, 0.0),
        (_, false) => Number::Real(real),
    }
}

fn same(ty: ElementType, found: &[u8], expected: &[u8]) -> bool {
    if !ty.is_float() && !ty.is_complex() {
        return found == expected;
    }
    let part = ty.real_part();
    let read = |bytes: &[u8]| {
        let mut wide = [0; 8];
        wide[..bytes.len()].copy_from_slice(bytes);
        float::decode(part, u64::from_le_bytes(wide))
    };
    found
        .chunks(part.size())
        .zip(expected.chunks(part.size()))
        .all(|(a, b)| a == b || read(a).is_nan() && read(b).is_nan())
}

#[test]
fn every_type_converts_to_every_other() {
    for from in ElementType::ALL {
        for to in ElementType::ALL {
            let numbers = samples(from);
            let input: Vec<u8> = numbers.iter().flat_map(|&x| bytes(from, x)).collect();
            let n = numbers.len();
            let program = compiled(&format!(
                "func.func @main(%x: tensor<{n}x{from}>) -> tensor<{n}x{to}> {{
                   %r = stablehlo.convert %x : (tensor<{n}x{from}>) -> tensor<{n}x{to}>
                   return %r : tensor<{n}x{to}>
                 }}"
            ));
            let result = run(&program, &[&input]).remove(0);
            for (found, &x) in result.chunks(to.size()).zip(&numbers) {
                let expected = bytes(to, converted(to, x));
                assert!(same(to, found, &expected), "{x:?} of {from} to {to}: {found:?} for {expected:?}");
            }
        }
    }
}

/// The finite numbers of a float type that are not negative, by which of its bits stand for them. Numbers of equal
/// distance are between any two that follow one another.
fn magnitudes(ty: ElementType) -> Vec<(u64, f64)> {
    let sign = u64::from(ty != ElementType::F8E8M0FNU) << (ty.bits() - 1);
    let all =
        (0..1u64 << ty.bits()).filter(|bits| bits & sign == 0).map(|bits| (bits, float::decode(ty, bits)));
    all.filter(|(_, x)| x.is_finite()).collect()
}

/// Numbers in the middle of two of a narrow type, and those next to the middle, go to the nearer, once for all: as `f64`,
/// and as an integer where the middle is one.
#[test]
fn what_is_next_to_the_middle_is_rounded_once() {
    let narrow = [
        ElementType::BF16,
        ElementType::F16,
        ElementType::F8E4M3FN,
        ElementType::F8E5M2,
        ElementType::F8E4M3,
        ElementType::F8E3M4,
        ElementType::F8E4M3B11FNUZ,
        ElementType::F6E3M2FN,
        ElementType::F4E2M1FN,
    ];
    for to in narrow {
        let pairs = magnitudes(to);
        let middles: Vec<(u64, f64, f64)> =
            pairs.windows(2).map(|pair| (pair[0].0, (pair[0].1 + pair[1].1) / 2.0, pair[1].1)).collect();
        let mut doubles: Vec<(f64, u64)> = Vec::new();
        for &(low, middle, _) in &middles {
            let even = low + low % 2;
            doubles.extend([(middle, even), (middle.next_down(), low), (middle.next_up(), low + 1)]);
        }
        check(ElementType::F64, to, doubles.iter().map(|&(x, to)| (x.to_le_bytes().to_vec(), to)).collect());
        for from in [ElementType::I64, ElementType::U64, ElementType::I32, ElementType::U32] {
            let mut integers: Vec<(Vec<u8>, u64)> = Vec::new();
            for &(low, middle, high) in &middles {
                let most =
                    if from.is_signed_integer() { 1i128 << (from.bits() - 1) } else { 1i128 << from.bits() };
                if middle.fract() != 0.0 || high >= most as f64 {
                    continue;
                }
                let middle = middle as i128;
                let expected = [(middle, low + low % 2), (middle - 1, low), (middle + 1, low + 1)];
                // A step of one is less than half the distance to the next number.
                let wide = high as i128 - middle > 1;
                for (x, to) in if wide { &expected[..] } else { &expected[..1] } {
                    integers.push((x.to_le_bytes()[..from.size()].to_vec(), *to));
                }
            }
            check(from, to, integers);
        }
    }
}

fn check(from: ElementType, to: ElementType, cases: Vec<(Vec<u8>, u64)>) {
    let n = cases.len();
    if n == 0 {
        return;
    }
    let program = compiled(&format!(
        "func.func @main(%x: tensor<{n}x{from}>) -> tensor<{n}x{to}> {{
           %r = stablehlo.convert %x : (tensor<{n}x{from}>) -> tensor<{n}x{to}>
           return %r : tensor<{n}x{to}>
         }}"
    ));
    let input: Vec<u8> = cases.iter().flat_map(|(x, _)| x.clone()).collect();
    let result = run(&program, &[&input]).remove(0);
    for (found, (x, expected)) in result.chunks(to.size()).zip(&cases) {
        let mut bits = [0; 8];
        bits[..found.len()].copy_from_slice(found);
        assert_eq!(u64::from_le_bytes(bits), *expected, "{x:?} of {from} to {to}");
    }
}
