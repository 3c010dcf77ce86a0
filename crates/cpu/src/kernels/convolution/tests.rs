use half::bf16;
use num_complex::Complex;
use runahead_ir::{Convolution, ElementType, OpKind};

use super::super::shape::for_each_index;
use super::super::testing::{Case, Random, cast, ty};

/// A convolution with the shapes of its operands and its result.
struct Conv {
    kind: Convolution,
    input: Vec<usize>,
    kernel: Vec<usize>,
    to: Vec<usize>,
}

/// Puts sizes for each role at random axes; gives the shape and the axis of each role.
fn placed(random: &mut Random, sizes: &[usize], shuffled: bool) -> (Vec<usize>, Vec<usize>) {
    let mut axes: Vec<usize> = (0..sizes.len()).collect();
    if shuffled {
        random.shuffle(&mut axes);
    }
    let mut dims = vec![0; sizes.len()];
    axes.iter().zip(sizes).for_each(|(&axis, &size)| dims[axis] = size);
    (dims, axes)
}

impl Conv {
    fn random(random: &mut Random, shuffled: bool) -> Conv {
        let rank = random.below(4);
        let (feature_groups, batch_groups) =
            [(1, 1), (1, 1), (1 + random.below(3), 1), (1, 1 + random.below(3))][random.below(4)];
        let batch = batch_groups * (1 + random.below(2));
        let channels = [1, 1, 2, 3][random.below(4)];
        let features = feature_groups * batch_groups * (1 + random.below(3));
        let (mut input, mut kernel, mut output) = (vec![], vec![], vec![]);
        let mut c = Convolution {
            input_batch_dimension: 0,
            input_feature_dimension: 0,
            input_spatial_dimensions: vec![],
            kernel_input_feature_dimension: 0,
            kernel_output_feature_dimension: 0,
            kernel_spatial_dimensions: vec![],
            output_batch_dimension: 0,
            output_feature_dimension: 0,
            output_spatial_dimensions: vec![],
            window_strides: vec![],
            padding: vec![],
            lhs_dilation: vec![],
            rhs_dilation: vec![],
            window_reversal: vec![],
            feature_group_count: feature_groups,
            batch_group_count: batch_groups,
            precision: vec![],
        };
        for _ in 0..rank {
            let (size, window) = (random.below(8), 1 + random.below(3));
            let (stride, lhs, rhs) = (1 + random.below(2), 1 + random.below(2), 1 + random.below(2));
            let padding = (random.range(-2, 4), random.range(-2, 4));
            let dilated = (size as i64 - 1).max(-1) * lhs as i64 + i64::from(size > 0);
            let dilated = if size == 0 { 0 } else { dilated };
            let padded = dilated + padding.0 + padding.1;
            let reach = (window as i64 - 1) * rhs as i64 + 1;
            let places = if padded < reach { 0 } else { (padded - reach) / stride as i64 + 1 };
            input.push(size);
            kernel.push(window);
            output.push(places as usize);
            c.window_strides.push(stride);
            c.padding.push(padding);
            c.lhs_dilation.push(lhs);
            c.rhs_dilation.push(rhs);
            c.window_reversal.push(random.below(3) == 0);
        }
        input.extend([batch, channels * feature_groups]);
        kernel.extend([channels, features]);
        output.extend([batch / batch_groups, features]);
        if !shuffled {
            // Batch first.
            input[..=rank].rotate_right(1);
            output[..=rank].rotate_right(1);
        }
        let (input, i) = placed(random, &input, shuffled);
        let (kernel, k) = placed(random, &kernel, shuffled);
        let (to, o) = placed(random, &output, shuffled);
        let space = |axes: &[usize]| if shuffled { axes[..rank].to_vec() } else { axes[1..=rank].to_vec() };
        let batch_at = if shuffled { rank } else { 0 };
        c.input_spatial_dimensions = space(&i);
        c.input_batch_dimension = i[batch_at];
        c.input_feature_dimension = i[rank + 1];
        c.kernel_spatial_dimensions = k[..rank].to_vec();
        c.kernel_input_feature_dimension = k[rank];
        c.kernel_output_feature_dimension = k[rank + 1];
        c.output_spatial_dimensions = space(&o);
        c.output_batch_dimension = o[batch_at];
        c.output_feature_dimension = o[rank + 1];
        Conv { kind: c, input, kernel, to }
    }

    fn case(&self, element: ElementType) -> Case {
        let kind = OpKind::Convolution(Box::new(self.kind.clone()));
        Case::new(kind, &[ty(element, &self.input), ty(element, &self.kernel)], &[ty(element, &self.to)])
    }

    /// The sum over the window for each element of the result, by the specification's formula.
    fn expected<T: Copy, R>(
        &self,
        x: &[T],
        y: &[T],
        sum: impl Fn(&mut dyn Iterator<Item = (T, T)>) -> R,
    ) -> Vec<R> {
        let c = &self.kind;
        let at = |dims: &[usize], index: &[usize]| index.iter().zip(dims).fold(0, |at, (i, d)| at * d + i);
        let rank = c.window_strides.len();
        let window: Vec<usize> = c.kernel_spatial_dimensions.iter().map(|&a| self.kernel[a]).collect();
        let channels = self.kernel[c.kernel_input_feature_dimension];
        let features = self.kernel[c.kernel_output_feature_dimension];
        let batch = self.to[c.output_batch_dimension];
        let mut results = Vec::new();
        for_each_index(&self.to, |index| {
            let feature = index[c.output_feature_dimension];
            let feature_group = feature / (features / c.feature_group_count);
            let batch_group = feature / (features / c.batch_group_count);
            let mut terms = Vec::new();
            for_each_index(&window, |tap| {
                let (mut i, mut k) = (vec![0; rank + 2], vec![0; rank + 2]);
                i[c.input_batch_dimension] = index[c.output_batch_dimension]
                    + if c.batch_group_count > 1 { batch_group * batch } else { 0 };
                k[c.kernel_output_feature_dimension] = feature;
                for d in 0..rank {
                    let position = index[c.output_spatial_dimensions[d]] * c.window_strides[d];
                    let place = (position + tap[d] * c.rhs_dilation[d]) as i64 - c.padding[d].0;
                    let dilation = c.lhs_dilation[d] as i64;
                    let size = self.input[c.input_spatial_dimensions[d]] as i64;
                    if place < 0 || place % dilation != 0 || place / dilation >= size {
                        return;
                    }
                    i[c.input_spatial_dimensions[d]] = (place / dilation) as usize;
                    let reversed = c.window_reversal[d];
                    k[c.kernel_spatial_dimensions[d]] =
                        if reversed { window[d] - 1 - tap[d] } else { tap[d] };
                }
                for channel in 0..channels {
                    i[c.input_feature_dimension] = feature_group * channels + channel;
                    k[c.kernel_input_feature_dimension] = channel;
                    terms.push((x[at(&self.input, &i)], y[at(&self.kernel, &k)]));
                }
            });
            results.push(sum(&mut terms.into_iter()));
        });
        results
    }
}

#[test]
fn any_window_and_any_order_of_axes() {
    let mut random = Random::new(30);
    for round in 0..600 {
        let conv = Conv::random(&mut random, round % 2 == 0);
        let x = random.floats(conv.input.iter().product());
        let y = random.floats(conv.kernel.iter().product());
        let expected = conv.expected(&x, &y, |terms| terms.map(|(x, y)| x * y).sum::<f32>());
        let found = conv.case(ElementType::F32).run_as::<f32, f32>(&[&x, &y]);
        assert_eq!(found, expected, "round {round}: {:?} {:?} {:?}", conv.input, conv.kernel, conv.kind);
    }
}

#[test]
fn other_types() {
    let mut random = Random::new(31);
    for _ in 0..40 {
        let conv = Conv::random(&mut random, true);
        let (i, k) = (conv.input.iter().product::<usize>(), conv.kernel.iter().product::<usize>());
        let (x, y) = (random.bytes(i), random.bytes(k));
        let expected = conv.expected(&cast::<i8>(&x), &cast::<i8>(&y), |terms| {
            terms.fold(0i8, |sum, (x, y)| sum.wrapping_add(x.wrapping_mul(y)))
        });
        assert_eq!(cast::<i8>(&conv.case(ElementType::I8).run(&[&x, &y])[0]), expected);

        let mut complex = |n: usize| -> Vec<Complex<f64>> {
            (0..n).map(|_| Complex::new(random.float().into(), random.float().into())).collect()
        };
        let (x, y) = (complex(i), complex(k));
        let expected = conv.expected(&x, &y, |terms| terms.map(|(x, y)| x * y).sum::<Complex<f64>>());
        assert_eq!(conv.case(ElementType::C128).run_as::<_, Complex<f64>>(&[&x, &y]), expected);

        let mut halves = |n: usize| -> Vec<bf16> { (0..n).map(|_| bf16::from_f32(random.float())).collect() };
        let (x, y) = (halves(i), halves(k));
        let expected = conv.expected(&x, &y, |terms| {
            bf16::from_f32(terms.map(|(x, y)| x.to_f32() * y.to_f32()).sum::<f32>())
        });
        assert_eq!(conv.case(ElementType::BF16).run_as::<_, bf16>(&[&x, &y]), expected);
    }
}

#[test]
fn many_tiles() {
    let mut random = Random::new(32);
    for (channels, features, groups) in [(16, 24, 1), (8, 8, 8), (4, 8, 4), (3, 16, 1)] {
        let conv = Conv {
            kind: Convolution {
                input_batch_dimension: 0,
                input_feature_dimension: 3,
                input_spatial_dimensions: vec![1, 2],
                kernel_input_feature_dimension: 2,
                kernel_output_feature_dimension: 3,
                kernel_spatial_dimensions: vec![0, 1],
                output_batch_dimension: 0,
                output_feature_dimension: 3,
                output_spatial_dimensions: vec![1, 2],
                window_strides: vec![1, 2],
                padding: vec![(1, 1), (1, 0)],
                lhs_dilation: vec![1, 1],
                rhs_dilation: vec![1, 1],
                window_reversal: vec![false, false],
                feature_group_count: groups,
                batch_group_count: 1,
                precision: vec![],
            },
            input: vec![3, 40, 30, channels],
            kernel: vec![3, 3, channels / groups, features],
            to: vec![3, 40, 15, features],
        };
        let x = random.floats(conv.input.iter().product());
        let y = random.floats(conv.kernel.iter().product());
        let expected = conv.expected(&x, &y, |terms| terms.map(|(x, y)| x * y).sum::<f32>());
        assert!(conv.case(ElementType::F32).run_as::<f32, f32>(&[&x, &y]) == expected);
    }
}
