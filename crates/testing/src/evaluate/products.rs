//! Products, and what reads and writes at places that are values.

use num_complex::Complex64;
use runahead_ir::{
    Convolution, DotDimensions, ElementType, GatherDimensions, ScatterDimensions, TensorType, Window,
};

use super::number::Number::{self, Any, Complex, Integer, NearComplex, Real};
use super::number::{Tensor, epsilon, indices, largest, product_error, tiny};

/// A sum of products, in any order.
struct Sum {
    integer: i128,
    number: Complex64,
    open: bool,
    /// The sum of the terms' sizes.
    weight: f64,
    /// How far off the sum of the terms may be.
    error: f64,
    terms: usize,
    /// Of which power of two every term is a multiple; zero where there is none that is known.
    unit: f64,
    /// Whether the numbers have two parts.
    is_complex: bool,
}

impl Sum {
    fn new() -> Sum {
        Sum {
            integer: 0,
            number: Complex64::ZERO,
            open: false,
            weight: 0.0,
            error: 0.0,
            terms: 0,
            unit: f64::INFINITY,
            is_complex: false,
        }
    }

    fn add(&mut self, a: Number, b: Number) {
        match (a, b) {
            (Integer(a), Integer(b)) => self.integer = self.integer.wrapping_add(a.wrapping_mul(b)),
            _ => match (a.complex(), b.complex()) {
                (Some(x), Some(y)) => {
                    self.number += x * y;
                    self.weight += x.norm() * y.norm();
                    self.terms += 1;
                    if x != Complex64::ZERO && y != Complex64::ZERO || a.error() > 0.0 || b.error() > 0.0 {
                        self.unit = self.unit.min(a.unit() * b.unit());
                    }
                    self.is_complex |= matches!(a, Complex(_) | NearComplex(..));
                    self.error += product_error((x.norm(), a.error()), (y.norm(), b.error()));
                }
                _ => self.open = true,
            },
        }
    }

    fn result(self, ty: &TensorType) -> Number {
        use runahead_ir::ElementType::Bool;
        let number = match ty.element {
            _ if self.open => return Any,
            Bool => Integer((self.integer != 0).into()),
            element if element.is_complex() => Complex(self.number),
            element if element.is_float() => Real(self.number.re),
            _ => Integer(self.integer),
        };
        let order = order_error(ty.element, self.weight, self.unit, self.terms);
        let mut error = self.error + order;
        if !error.is_finite() {
            return Any;
        }
        let part = ty.element.real_part();
        if part.is_float() && self.unit < tiny(part) {
            // Each product is rounded where it is below the normal numbers.
            let each = if self.is_complex { 2 } else { 1 };
            error += (each * self.terms) as f64 * tiny(part);
        }
        number.off_by(error).rounded(ty.element)
    }
}

/// How far off a sum of terms may be by the order in which it is taken and the precision in which it is held: not at all
/// where every partial sum is a number of that precision.
pub(super) fn order_error(element: ElementType, weight: f64, unit: f64, terms: usize) -> f64 {
    let part = element.real_part();
    if !part.is_float() || weight == 0.0 {
        return 0.0;
    }
    let epsilon = epsilon(part);
    if unit >= tiny(part) && weight / unit <= 2.0 / epsilon && weight < 0.5 * largest(part) {
        return 0.0;
    }
    if weight >= 0.9 * largest(part) {
        f64::INFINITY
    } else {
        epsilon * weight * (terms as f64).sqrt().max(8.0)
    }
}

pub(super) fn dot_general(d: &DotDimensions, a: &Tensor, b: &Tensor, to: &TensorType) -> Tensor {
    let own = |rank: usize, batching: &[usize], contracting: &[usize]| -> Vec<usize> {
        (0..rank).filter(|axis| !batching.contains(axis) && !contracting.contains(axis)).collect()
    };
    let lhs_own = own(a.ty.rank(), &d.lhs_batching, &d.lhs_contracting);
    let rhs_own = own(b.ty.rank(), &d.rhs_batching, &d.rhs_contracting);
    let contracted: Vec<usize> = d.lhs_contracting.iter().map(|&axis| a.ty.dims[axis]).collect();
    let number = |at: Vec<usize>| {
        let (batch, rest) = at.split_at(d.lhs_batching.len());
        let (left, right) = rest.split_at(lhs_own.len());
        let index =
            |rank, batching: &[usize], own: &[usize], at: &[usize], contracting: &[usize], k: &[usize]| {
                let mut index = vec![0; rank];
                batching.iter().zip(batch).for_each(|(&axis, &i)| index[axis] = i);
                own.iter().zip(at).for_each(|(&axis, &i)| index[axis] = i);
                contracting.iter().zip(k).for_each(|(&axis, &i)| index[axis] = i);
                index
            };
        let mut sum = Sum::new();
        for k in indices(&contracted) {
            let i = index(a.ty.rank(), &d.lhs_batching, &lhs_own, left, &d.lhs_contracting, &k);
            let j = index(b.ty.rank(), &d.rhs_batching, &rhs_own, right, &d.rhs_contracting, &k);
            sum.add(a.at(&i), b.at(&j));
        }
        sum.result(to)
    };
    Tensor::new(to.clone(), indices(&to.dims).map(number).collect())
}

pub(super) fn convolution(c: &Convolution, x: &Tensor, kernel: &Tensor, to: &TensorType) -> Tensor {
    let spatial = c.input_spatial_dimensions.len();
    let window: Vec<usize> = c.kernel_spatial_dimensions.iter().map(|&axis| kernel.ty.dims[axis]).collect();
    let features = kernel.ty.dims[c.kernel_input_feature_dimension];
    let outputs = to.dims[c.output_feature_dimension];
    let batch = to.dims[c.output_batch_dimension];
    let number = |at: Vec<usize>| {
        let output = at[c.output_feature_dimension];
        let feature_group = output / (outputs / c.feature_group_count).max(1);
        let batch_group = output / (outputs / c.batch_group_count).max(1);
        let mut sum = Sum::new();
        for tap in indices(&window) {
            let mut inside = true;
            let (mut i, mut j) = (vec![0; spatial + 2], vec![0; spatial + 2]);
            for axis in 0..spatial {
                let t = if c.window_reversal[axis] { window[axis] - 1 - tap[axis] } else { tap[axis] };
                j[c.kernel_spatial_dimensions[axis]] = t;
                let place = (at[c.output_spatial_dimensions[axis]] * c.window_strides[axis]
                    + tap[axis] * c.rhs_dilation[axis]) as i64
                    - c.padding[axis].0;
                let dilation = c.lhs_dilation[axis] as i64;
                let input = c.input_spatial_dimensions[axis];
                if place < 0 || place % dilation != 0 || place / dilation >= x.ty.dims[input] as i64 {
                    inside = false;
                } else {
                    i[input] = (place / dilation) as usize;
                }
            }
            i[c.input_batch_dimension] = at[c.output_batch_dimension] + batch_group * batch;
            j[c.kernel_output_feature_dimension] = output;
            for feature in 0..features {
                i[c.input_feature_dimension] = feature + feature_group * features;
                j[c.kernel_input_feature_dimension] = feature;
                match inside {
                    true => sum.add(x.at(&i), kernel.at(&j)),
                    // Whether the zeros around are multiplied shows in what is infinite or not a number.
                    false => sum.open |= !kernel.at(&j).is_finite(),
                }
            }
        }
        sum.result(to)
    };
    Tensor::new(to.clone(), indices(&to.dims).map(number).collect())
}

/// The index of the element under a tap of a window; none where there is padding.
pub(super) fn under(window: &Window, at: &[usize], tap: &[usize], dims: &[usize]) -> Option<Vec<usize>> {
    (0..dims.len())
        .map(|i| {
            let place = (at[i] * window.strides[i] + tap[i] * window.window_dilations[i]) as i64
                - window.padding[i].0;
            let dilation = window.base_dilations[i] as i64;
            let inside = place >= 0 && place % dilation == 0 && place / dilation < dims[i] as i64;
            inside.then_some((place / dilation) as usize)
        })
        .collect()
}

/// The index vector at a place.
fn vector(
    indices: &Tensor,
    place: &[usize],
    index_vector_dim: usize,
    components: usize,
) -> Option<Vec<i128>> {
    (0..components)
        .map(|component| {
            let mut index = place.to_vec();
            if index_vector_dim < indices.ty.rank() {
                index.insert(index_vector_dim, component);
            }
            indices.at(&index).integer()
        })
        .collect()
}

pub(super) fn gather(
    d: &GatherDimensions,
    sizes: &[usize],
    x: &Tensor,
    starts: &Tensor,
    dims: &[usize],
) -> Vec<Number> {
    let rank = x.ty.rank();
    let kept: Vec<usize> = (0..rank)
        .filter(|axis| !d.collapsed_slice_dims.contains(axis) && !d.operand_batching_dims.contains(axis))
        .collect();
    let number = |at: Vec<usize>| {
        let place: Vec<usize> =
            (0..at.len()).filter(|axis| !d.offset_dims.contains(axis)).map(|axis| at[axis]).collect();
        let Some(start) = vector(starts, &place, d.index_vector_dim, d.start_index_map.len()) else {
            return Any;
        };
        let mut index = vec![0; rank];
        for (&axis, &start) in d.start_index_map.iter().zip(&start) {
            index[axis] = start.clamp(0, (x.ty.dims[axis] - sizes[axis]) as i128) as usize;
        }
        for (&axis, &of) in d.operand_batching_dims.iter().zip(&d.start_indices_batching_dims) {
            index[axis] = place[of - usize::from(of > d.index_vector_dim)];
        }
        for (&axis, &offset) in kept.iter().zip(&d.offset_dims) {
            index[axis] += at[offset];
        }
        // A slice without elements has none to give.
        let inside = index.iter().zip(&x.ty.dims).all(|(i, size)| i < size) && !sizes.contains(&0);
        if inside { x.at(&index) } else { Any }
    };
    indices(dims).map(number).collect()
}

/// Pairs of places in the tensor and in the updates, in order. A window of which a part is outside gives none.
pub(super) fn scatter(
    d: &ScatterDimensions,
    x: &Tensor,
    starts: &Tensor,
    updates: &Tensor,
) -> Option<Vec<(usize, usize)>> {
    let rank = x.ty.rank();
    let kept: Vec<usize> = (0..rank)
        .filter(|axis| !d.inserted_window_dims.contains(axis) && !d.input_batching_dims.contains(axis))
        .collect();
    // How far windows reach along each axis.
    let mut reach = vec![1; rank];
    for (&axis, &of) in kept.iter().zip(&d.update_window_dims) {
        reach[axis] = updates.ty.dims[of] as i128;
    }
    let mut pairs = Vec::new();
    for (from, at) in indices(&updates.ty.dims).enumerate() {
        let place: Vec<usize> =
            (0..at.len()).filter(|axis| !d.update_window_dims.contains(axis)).map(|axis| at[axis]).collect();
        let start = vector(starts, &place, d.index_vector_dim, d.scatter_dims_to_operand_dims.len())?;
        let mut index = vec![0i128; rank];
        for (&axis, &start) in d.scatter_dims_to_operand_dims.iter().zip(&start) {
            index[axis] = start;
        }
        for (&axis, &of) in d.input_batching_dims.iter().zip(&d.scatter_indices_batching_dims) {
            index[axis] = place[of - usize::from(of > d.index_vector_dim)] as i128;
        }
        let sizes = x.ty.dims.iter().zip(&reach);
        let inside = index.iter().zip(sizes).all(|(&i, (&size, reach))| i >= 0 && i + reach <= size as i128);
        for (&axis, &offset) in kept.iter().zip(&d.update_window_dims) {
            index[axis] += at[offset] as i128;
        }
        if inside {
            let index: Vec<usize> = index.iter().map(|&i| i as usize).collect();
            pairs.push((super::number::linear(&x.ty.dims, &index), from));
        }
    }
    Some(pairs)
}
