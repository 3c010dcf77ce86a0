use half::{bf16, f16};
use runahead_ir::{OpKind, Window};

use super::super::shape::for_each_index;
use super::super::testing::{Case, Random, cast};
use crate::element::Element;

fn shape(dims: &[usize], element: &str) -> String {
    let sizes: String = dims.iter().map(|d| format!("{d}x")).collect();
    format!("tensor<{sizes}{element}>")
}

/// A window over floats with a body of these lines, which end by returning.
fn reduce_window(dims: &[usize], to: &[usize], window: &Window, body: &str, element: &str) -> Case {
    let (from, to) = (shape(dims, element), shape(to, element));
    let ones = vec!["1"; dims.len()].join(", ");
    let attribute = if dims.is_empty() { "array<i64>".into() } else { format!("array<i64: {ones}>") };
    let mut case = Case::parse(&format!(
        r#"func.func @main(%x: {from}, %i: tensor<{element}>) -> {to} {{
            %r = "stablehlo.reduce_window"(%x, %i) <{{window_dimensions = {attribute}}}> ({{
            ^bb0(%a: tensor<{element}>, %b: tensor<{element}>):
              {body}
            }}) : ({from}, tensor<{element}>) -> {to}
            return %r : {to}
        }}"#,
        body = body.replace("f32", element),
    ));
    case.op.kind = OpKind::ReduceWindow(Box::new(window.clone()));
    case
}

const SUM: &str = "%r = stablehlo.add %a, %b : tensor<f32>\n stablehlo.return %r : tensor<f32>";
const LARGEST: &str = "%r = stablehlo.maximum %a, %b : tensor<f32>\n stablehlo.return %r : tensor<f32>";
/// A sum again, but not one that is recognised.
const OTHER: &str = "%s = stablehlo.negate %a : tensor<f32>\n %r = stablehlo.subtract %b, %s : tensor<f32>\n \
     stablehlo.return %r : tensor<f32>";

fn expected(dims: &[usize], x: &[f32], initial: f32, to: &[usize], w: &Window, largest: bool) -> Vec<f32> {
    let mut results = Vec::new();
    for_each_index(to, |index| {
        let mut result = initial;
        for_each_index(&w.dimensions, |tap| {
            let mut at = 0;
            for d in 0..dims.len() {
                let place =
                    (index[d] * w.strides[d] + tap[d] * w.window_dilations[d]) as i64 - w.padding[d].0;
                let dilation = w.base_dilations[d] as i64;
                if place < 0 || place % dilation != 0 || place / dilation >= dims[d] as i64 {
                    return;
                }
                at = at * dims[d] + (place / dilation) as usize;
            }
            result = if largest { result.max(x[at]) } else { result + x[at] };
        });
        results.push(result);
    });
    results
}

#[test]
fn any_window() {
    let mut random = Random::new(50);
    for round in 0..600 {
        let rank = random.below(5);
        let (mut dims, mut to) = (vec![], vec![]);
        let mut w = Window {
            dimensions: vec![],
            strides: vec![],
            base_dilations: vec![],
            window_dilations: vec![],
            padding: vec![],
        };
        let dilate = random.below(2);
        for _ in 0..rank {
            let trivial = random.below(3) == 0;
            let mut pick = |end: usize| if trivial { 1 } else { 1 + random.below(end) };
            let (window, stride, base, dilation) = (pick(3), pick(3), pick(1 + dilate), pick(1 + dilate));
            let size = random.below(7);
            let padding = if trivial { (0, 0) } else { (random.range(-2, 4), random.range(-2, 4)) };
            let dilated = if size == 0 { 0 } else { (size as i64 - 1) * base as i64 + 1 };
            let padded = dilated + padding.0 + padding.1;
            let reach = (window as i64 - 1) * dilation as i64 + 1;
            dims.push(size);
            to.push(if padded < reach { 0 } else { (padded - reach) as usize / stride + 1 });
            w.dimensions.push(window);
            w.strides.push(stride);
            w.base_dilations.push(base);
            w.window_dilations.push(dilation);
            w.padding.push(padding);
        }
        let x = random.floats(dims.iter().product());
        let (body, initial) = [(SUM, 0.0), (LARGEST, f32::NEG_INFINITY), (OTHER, 0.0)][round % 3];
        let expected = expected(&dims, &x, initial, &to, &w, body == LARGEST);
        let found = reduce_window(&dims, &to, &w, body, "f32").run_as::<f32, f32>(&[&x, &[initial]]);
        assert_eq!(found, expected, "round {round}: {dims:?} {w:?}");
    }
}

/// Halves pooled by windows along two axes, with runs of so many elements: sums of numbers that `f32` adds up exactly, and
/// extremes.
fn halves_pooled<T: Element>(
    element: &str,
    random: &mut Random,
    (sizes, run, window): ([usize; 2], usize, [usize; 2]),
    half: impl Fn(f32) -> T,
    value: impl Fn(T) -> f32,
) {
    let dims = [sizes[0], sizes[1], run];
    let w = Window {
        dimensions: vec![window[0], window[1], 1],
        strides: vec![1 + random.below(3), 1 + random.below(3), 1],
        base_dilations: vec![1; 3],
        window_dilations: vec![1 + random.below(2), 1 + random.below(3), 1],
        padding: vec![(random.range(-1, 3), 2), (random.range(-1, 3), 1), (0, 0)],
    };
    let positions = |axis: usize| {
        let (low, high) = w.padding[axis];
        let rest =
            sizes[axis] as i64 + low + high - 1 - ((window[axis] - 1) * w.window_dilations[axis]) as i64;
        if rest < 0 { 0 } else { rest as usize / w.strides[axis] + 1 }
    };
    let to = [positions(0), positions(1), run];
    let x: Vec<T> =
        (0..dims.iter().product()).map(|_| half((random.below(256) as f32 - 128.0) / 16.0)).collect();
    let wide: Vec<f32> = x.iter().map(|&x| value(x)).collect();
    for (body, initial) in [(SUM, 0.0625), (LARGEST, f32::NEG_INFINITY)] {
        let expected = expected(&dims, &wide, initial, &to, &w, body == LARGEST);
        let expected: Vec<T> = expected.into_iter().map(&half).collect();
        let case = reduce_window(&dims, &to, &w, body, element);
        let found = case.run_as::<T, T>(&[&x, &[half(initial)]]);
        assert_eq!(found, expected, "{element}: {dims:?} {w:?}");
    }
}

#[test]
fn halves_are_pooled_in_f32() {
    let mut random = Random::new(52);
    for case in [
        ([7, 9], 3, [2, 3]),
        ([5, 300], 1, [3, 5]),
        ([4, 5000], 1, [1, 3]),
        ([3, 9000], 1, [2, 4500]),
        ([6, 40], 100, [3, 3]),
        ([2, 7], 1500, [2, 2]),
        ([3, 4], 1024, [2, 2]),
        ([1, 90], 60, [1, 80]),
    ] {
        for _ in 0..4 {
            halves_pooled("bf16", &mut random, case, bf16::from_f32, bf16::to_f32);
            halves_pooled("f16", &mut random, case, f16::from_f32, f16::to_f32);
        }
    }
}

#[test]
fn scans_along_any_axis_both_ways() {
    let mut random = Random::new(51);
    for dims in [&[5][..], &[20, 7], &[3, 40], &[2, 30, 35], &[4, 1], &[17, 2, 3]] {
        for axis in 0..dims.len() {
            for reverse in [false, true] {
                for (body, initial) in [(SUM, 0.5), (LARGEST, 0.25), (OTHER, 0.5)] {
                    let before = dims[axis] as i64 - 1;
                    let mut w = Window {
                        dimensions: vec![1; dims.len()],
                        strides: vec![1; dims.len()],
                        base_dilations: vec![1; dims.len()],
                        window_dilations: vec![1; dims.len()],
                        padding: vec![(0, 0); dims.len()],
                    };
                    w.dimensions[axis] = dims[axis];
                    w.padding[axis] = if reverse { (0, before) } else { (before, 0) };
                    let x = random.floats(dims.iter().product());
                    let expected = expected(dims, &x, initial, dims, &w, body == LARGEST);
                    let found =
                        reduce_window(dims, dims, &w, body, "f32").run_as::<f32, f32>(&[&x, &[initial]]);
                    assert_eq!(found, expected, "{dims:?} along {axis}, reverse: {reverse}");
                }
            }
        }
    }
}

#[test]
fn several_inputs_are_reduced_at_once() {
    // The largest element of each window and its index, as programs look for it.
    let case = Case::parse(
        r#"func.func @main(%x: tensor<6xf32>, %i: tensor<6xi32>, %a: tensor<f32>, %b: tensor<i32>) -> (tensor<3xf32>, tensor<3xi32>) {
            %r:2 = "stablehlo.reduce_window"(%x, %i, %a, %b) <{window_dimensions = array<i64: 2>, window_strides = array<i64: 2>}> ({
            ^bb0(%p: tensor<f32>, %q: tensor<i32>, %s: tensor<f32>, %t: tensor<i32>):
              %g = stablehlo.compare GE, %p, %s : (tensor<f32>, tensor<f32>) -> tensor<i1>
              %v = stablehlo.select %g, %p, %s : tensor<i1>, tensor<f32>
              %w = stablehlo.select %g, %q, %t : tensor<i1>, tensor<i32>
              stablehlo.return %v, %w : tensor<f32>, tensor<i32>
            }) : (tensor<6xf32>, tensor<6xi32>, tensor<f32>, tensor<i32>) -> (tensor<3xf32>, tensor<3xi32>)
            return %r#0, %r#1 : tensor<3xf32>, tensor<3xi32>
        }"#,
    );
    let found = case.run(&[
        bytemuck::cast_slice(&[1.0f32, 2.0, 4.0, 3.0, 5.0, 5.0]),
        bytemuck::cast_slice(&[0i32, 1, 2, 3, 4, 5]),
        &f32::NEG_INFINITY.to_le_bytes(),
        &(-1i32).to_le_bytes(),
    ]);
    assert_eq!(cast::<f32>(&found[0]), [2.0, 4.0, 5.0]);
    assert_eq!(cast::<i32>(&found[1]), [1, 2, 4]);
}
