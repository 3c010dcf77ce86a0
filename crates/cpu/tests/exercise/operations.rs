//! How each family of operations is drawn.

use runahead_ir::{
    Binary, Built, ComparisonType, Convolution, DotDimensions, ElementType, FftType, GatherDimensions,
    Literal, OpKind, Precision, Quantization, RngAlgorithm, RngDistribution, ScatterDimensions, TensorType,
    TriangularTranspose, Type, Unary, ValueId, Window,
};

use super::generate::Generator;
use super::values::{Draw, elements};

/// Adds an operation; gives its results.
pub type Make = fn(&mut Generator<'_>) -> Built<Vec<ValueId>>;

/// Every family, by a name that stands for it in messages.
pub const FAMILIES: &[(&str, Make)] = &[
    ("unary", unary),
    ("binary", binary),
    ("convert", convert),
    ("quantize", quantize),
    ("select", select),
    ("clamp", clamp),
    ("compare", compare),
    ("reduce_precision", reduce_precision),
    ("bitcast_convert", bitcast_convert),
    ("constant", constant),
    ("iota", iota),
    ("broadcast_in_dim", broadcast_in_dim),
    ("broadcast", broadcast),
    ("reshape", reshape),
    ("transpose", transpose),
    ("reverse", reverse),
    ("concatenate", concatenate),
    ("slice", slice),
    ("pad", pad),
    ("dynamic_slice", dynamic_slice),
    ("dynamic_update_slice", dynamic_update_slice),
    ("gather", gather),
    ("scatter", scatter),
    ("torch_index_select", torch_index_select),
    ("get_dimension_size", get_dimension_size),
    ("dot", dot),
    ("dot_general", dot_general),
    ("convolution", convolution),
    ("reduce", reduce),
    ("reduce_window", reduce_window),
    ("select_and_scatter", select_and_scatter),
    ("map", map),
    ("sort", sort),
    ("top_k", top_k),
    ("batch_norm", batch_norm),
    ("cholesky", cholesky),
    ("triangular_solve", triangular_solve),
    ("fft", fft),
    ("rng", rng),
    ("rng_bit_generator", rng_bit_generator),
    ("while", while_loop),
    ("if", if_else),
    ("case", case),
    ("optimization_barrier", optimization_barrier),
    ("tuple", tuple),
    ("dynamic", dynamic),
];

fn none<T>() -> Built<T> {
    // The rules have no public way to make a problem; this asks them for one.
    let mut builder = runahead_ir::FunctionBuilder::new("", [TensorType::scalar(ElementType::F32)]);
    let scalar = builder.parameter(0);
    Err(builder.transpose(scalar, &[0]).expect_err("a scalar has no axes"))
}

fn one(g: &mut Generator<'_>, kind: OpKind, operands: &[ValueId]) -> Built<Vec<ValueId>> {
    Ok(g.builder.inferred(kind, operands, Vec::new())?.to_vec())
}

fn typed(g: &mut Generator<'_>, kind: OpKind, operands: &[ValueId], ty: TensorType) -> Built<Vec<ValueId>> {
    Ok(vec![g.builder.typed(kind, operands, ty)?])
}

// Elementwise.

fn unary(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let op = g.choices.one_of(Unary::ALL);
    let x = g.any();
    match g.builder.unary(op, x) {
        Ok(result) => Ok(vec![result]),
        // Most functions are of floats.
        Err(_) => {
            let (element, dims) = (g.float(), g.shape());
            let x = g.operand(element, &dims);
            Ok(vec![g.builder.unary(op, x)?])
        }
    }
}

fn binary(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let op = g.choices.one_of(Binary::ALL);
    let x = g.any();
    let apply = |g: &mut Generator<'_>, x: ValueId| {
        let Some(ty) = g.tensor(x).cloned() else { return none() };
        let y = g.typed_operand(ty);
        Ok(vec![g.builder.binary(op, x, y)?])
    };
    apply(g, x).or_else(|_| {
        let (element, dims) = (g.float(), g.shape());
        let x = g.operand(element, &dims);
        apply(g, x)
    })
}

fn convert(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (x, to) = (g.any(), g.element());
    Ok(vec![g.builder.convert(x, to)?])
}

fn quantize(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use ElementType::*;
    let dims = g.shape();
    let x = g.operand(F32, &dims);
    let storage = g.choices.one_of(&[I8, U8, I16, I4, U4, I32]);
    let bits = storage.bits() as u32;
    let (min, max) = match storage.is_signed_integer() {
        true => (-(1i64 << (bits - 1)), (1i64 << (bits - 1)) - 1),
        false => (0, (1i64 << bits) - 1),
    };
    let axis = (!dims.is_empty() && g.choices.once_in(2)).then(|| g.choices.below(dims.len()));
    let count = axis.map_or(1, |axis| dims[axis]);
    let scales = (0..count).map(|_| f64::from(g.choices.one_of(&[0.5f32, 0.25, 1.0, 0.1]))).collect();
    let zero_points = (0..count).map(|_| g.choices.below(4) as i64).collect();
    let quantization =
        Quantization { expressed: F32, storage_min: min, storage_max: max, axis, scales, zero_points };
    let mut ty = TensorType::new(storage, dims);
    ty.quantization = Some(std::sync::Arc::new(quantization));
    let q = g.builder.typed(OpKind::Unary(Unary::UniformQuantize), &[x], ty)?;
    let mut last = q;
    if g.choices.once_in(2) {
        let op = g.choices.one_of(&[Binary::Add, Binary::Multiply, Binary::Maximum, Binary::Subtract]);
        let ty = g.tensor(q).cloned().expect("a tensor");
        last = g.builder.typed(OpKind::Binary(op), &[q, q], ty)?;
    }
    one(g, OpKind::Unary(Unary::UniformDequantize), &[last])
}

fn select(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let ty = g.tensor(x).cloned().expect("a tensor");
    let y = g.typed_operand(ty.clone());
    let shape = if g.choices.once_in(4) { Vec::new() } else { ty.dims.to_vec() };
    let p = g.operand(ElementType::Bool, &shape);
    Ok(vec![g.builder.select(p, x, y)?])
}

fn clamp(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let ty = g.tensor(x).cloned().expect("a tensor");
    let scalar = ty.with_dims([]);
    let low =
        if g.choices.once_in(2) { g.typed_operand(scalar.clone()) } else { g.typed_operand(ty.clone()) };
    let high = if g.choices.once_in(2) { g.typed_operand(scalar) } else { g.typed_operand(ty) };
    one(g, OpKind::Clamp, &[low, x, high])
}

fn compare(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let ty = g.tensor(x).cloned().expect("a tensor");
    let element = ty.element;
    let y = g.typed_operand(ty);
    if element.is_float() && g.choices.once_in(2) {
        use runahead_ir::ComparisonDirection::*;
        let direction = g.choices.one_of(&[Lt, Gt, Le, Ge, Eq, Ne]);
        let kind = OpKind::Compare { direction, compare_type: Some(ComparisonType::TotalOrder) };
        return one(g, kind, &[x, y]);
    }
    Ok(vec![g.compare(x, y)?])
}

fn reduce_precision(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let (exponent_bits, mantissa_bits) = (1 + g.choices.below(15) as u32, g.choices.below(60) as u32);
    one(g, OpKind::ReducePrecision { exponent_bits, mantissa_bits }, &[x])
}

fn bitcast_convert(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (x, to) = (g.any(), g.element());
    let mut dims = g.dims_of(x);
    let (from_bits, to_bits) = (g.element_of(x).bits(), to.bits());
    if from_bits > to_bits {
        dims.push(from_bits / to_bits);
    } else if from_bits < to_bits {
        dims.pop();
    }
    typed(g, OpKind::BitcastConvert, &[x], TensorType::new(to, dims))
}

fn constant(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, dims, seed) = (g.element(), g.shape(), g.choices.below(256) as u64);
    let ty = TensorType::new(element, dims);
    if g.choices.once_in(2) {
        let value = elements(&TensorType::scalar(element), seed, Draw::Any);
        return Ok(vec![g.builder.splat(ty, &value)?]);
    }
    let bytes = elements(&ty, seed, Draw::Any);
    let Ok(literal) = Literal::new(ty, bytes) else { return none() };
    Ok(vec![g.builder.constant(literal)])
}

// Shapes.

fn iota(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, dims) = (g.element(), g.shape());
    let dimension = g.choices.below(dims.len());
    Ok(vec![g.builder.iota(TensorType::new(element, dims), dimension)?])
}

fn broadcast_in_dim(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let to = g.shape();
    let order = g.choices.permutation(to.len());
    let axes: Vec<usize> = order.into_iter().take(g.choices.below(to.len() + 1)).collect();
    let axes = if g.choices.once_in(3) {
        axes
    } else {
        let mut axes = axes;
        axes.sort_unstable();
        axes
    };
    let from: Vec<usize> = axes.iter().map(|&axis| if g.choices.once_in(4) { 1 } else { to[axis] }).collect();
    let element = g.element();
    let x = g.operand(element, &from);
    Ok(vec![g.builder.broadcast_in_dim(x, &to, &axes)?])
}

fn broadcast(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(3);
    let (element, dims, sizes) = (g.element(), g.dims(rank), vec![g.choices.below(4); g.choices.below(3)]);
    let x = g.operand(element, &dims);
    one(g, OpKind::Broadcast { sizes }, &[x])
}

fn reshape(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let mut dims = g.dims_of(x);
    for _ in 0..g.choices.below(4) {
        let at = g.choices.below(dims.len() + 1);
        match g.choices.below(3) {
            0 => dims.insert(at, 1),
            1 if at + 1 < dims.len() => {
                let joined = dims.remove(at) * dims[at];
                dims[at] = joined;
            }
            _ if at < dims.len() => {
                let parts = g.choices.one_of(&[2, 3, 4, 8]);
                if dims[at].is_multiple_of(parts) && dims[at] > 0 {
                    dims[at] /= parts;
                    dims.insert(at, parts);
                }
            }
            _ => (),
        }
    }
    Ok(vec![g.builder.reshape(x, &dims)?])
}

fn transpose(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let rank = g.dims_of(x).len();
    let permutation = g.choices.permutation(rank);
    Ok(vec![g.builder.transpose(x, &permutation)?])
}

fn reverse(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let rank = g.dims_of(x).len();
    let dimensions = g.choices.some_below(rank);
    one(g, OpKind::Reverse { dimensions }, &[x])
}

fn concatenate(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(4);
    let (element, dims) = (g.element(), g.dims(rank));
    let dimension = g.choices.below(rank);
    let mut parts = Vec::new();
    for _ in 0..1 + g.choices.below(4) {
        let mut part = dims.clone();
        part[dimension] = g.choices.one_of(&[dims[dimension], 1, 2, 0, 3]);
        parts.push(g.operand(element, &part));
    }
    Ok(vec![g.builder.concatenate(&parts, dimension)?])
}

fn slice(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let (mut start, mut limit, mut strides) = (Vec::new(), Vec::new(), Vec::new());
    for size in g.dims_of(x) {
        let from = g.choices.below(size + 1);
        start.push(from);
        limit.push(from + g.choices.below(size - from + 1));
        strides.push(1 + g.choices.below(4));
    }
    Ok(vec![g.builder.slice(x, &start, &limit, &strides)?])
}

fn pad(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let (mut low, mut high, mut interior) = (Vec::new(), Vec::new(), Vec::new());
    for _ in g.dims_of(x) {
        low.push(g.choices.below(6) as i64 - 2);
        high.push(g.choices.below(6) as i64 - 2);
        interior.push([0, 0, 0, 1, 2][g.choices.below(5)]);
    }
    let scalar = g.tensor(x).expect("a tensor").with_dims([]);
    let value = g.typed_operand(scalar);
    one(g, OpKind::Pad { low, high, interior }, &[x, value])
}

// Indexing.

fn starts(g: &mut Generator<'_>, rank: usize) -> Vec<ValueId> {
    let element = g.index();
    (0..rank).map(|_| g.operand(element, &[])).collect()
}

fn dynamic_slice(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dims = g.dims_of(x);
    let sizes = dims.iter().map(|&size| g.choices.below(size + 1)).collect();
    let mut operands = vec![x];
    operands.extend(starts(g, dims.len()));
    one(g, OpKind::DynamicSlice { sizes }, &operands)
}

fn dynamic_update_slice(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dims = g.dims_of(x);
    let sizes: Vec<usize> = dims.iter().map(|&size| g.choices.below(size + 1)).collect();
    let element = g.element_of(x);
    let mut operands = vec![x, g.operand(element, &sizes)];
    operands.extend(starts(g, dims.len()));
    one(g, OpKind::DynamicUpdateSlice, &operands)
}

/// How index vectors address a tensor: the parts that gather and scatter share.
struct Addressing {
    x: ValueId,
    dims: Vec<usize>,
    indices: ValueId,
    index_vector_dim: usize,
    map: Vec<usize>,
    /// Axes of the tensor that have no axis in the window.
    without: Vec<usize>,
    batching: Vec<usize>,
    indices_batching: Vec<usize>,
    /// The sizes of the window along each axis of the tensor.
    window: Vec<usize>,
    /// The shape of the indices without the axis of the vectors.
    places: Vec<usize>,
}

fn addressing(g: &mut Generator<'_>) -> Addressing {
    let rank = 1 + g.choices.below(4);
    let (x, _, dims) = g.of_rank(rank);
    let order = g.choices.permutation(rank);
    let batching: Vec<usize> = order
        .iter()
        .copied()
        .take(if g.choices.once_in(3) { 1 } else { 0 })
        .filter(|&a| dims[a] > 0)
        .collect();
    let free: Vec<usize> = order.into_iter().filter(|axis| !batching.contains(axis)).collect();
    let map: Vec<usize> = free.iter().copied().take(g.choices.below(free.len() + 1)).collect();
    let mut without: Vec<usize> = free.iter().copied().filter(|_| g.choices.once_in(2)).collect();
    without.sort_unstable();
    let window: Vec<usize> = (0..rank)
        .map(|axis| match without.contains(&axis) || batching.contains(&axis) {
            true => dims[axis].min(1),
            false => match g.choices.once_in(2) {
                true => dims[axis],
                false => g.choices.below(dims[axis] + 1),
            },
        })
        .collect();
    let place_rank = g.choices.below(3);
    let mut places: Vec<usize> = (0..place_rank).map(|_| g.choices.one_of(&[1, 2, 3, 5, 0, 16])).collect();
    let mut indices_batching = Vec::new();
    for &axis in &batching {
        indices_batching.push(places.len());
        places.push(dims[axis]);
    }
    let index_vector_dim = g.choices.below(places.len() + 1);
    let mut shape = places.clone();
    // Where there is one component, the axis may be left out.
    if map.len() != 1 || index_vector_dim != places.len() || g.choices.once_in(2) {
        shape.insert(index_vector_dim, map.len());
        indices_batching.iter_mut().for_each(|axis| *axis += usize::from(*axis >= index_vector_dim));
    }
    let element = g.index();
    let indices = g.operand(element, &shape);
    Addressing {
        x,
        dims,
        indices,
        index_vector_dim,
        map,
        without,
        batching,
        indices_batching,
        window,
        places,
    }
}

/// Some axes of a result for windows, in order, and the shape with the window's and the places' sizes put together.
fn joined(g: &mut Generator<'_>, window: &[usize], places: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let rank = window.len() + places.len();
    let mut axes = g.choices.permutation(rank);
    axes.truncate(window.len());
    axes.sort_unstable();
    let (mut window, mut places) = (window.iter(), places.iter());
    let dims = (0..rank)
        .map(|axis| *if axes.contains(&axis) { window.next() } else { places.next() }.expect("as many"))
        .collect();
    (axes, dims)
}

fn gather(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let a = addressing(g);
    let kept: Vec<usize> = (0..a.dims.len())
        .filter(|axis| !a.without.contains(axis) && !a.batching.contains(axis))
        .map(|axis| a.window[axis])
        .collect();
    let (offset_dims, _) = joined(g, &kept, &a.places);
    let dimension_numbers = GatherDimensions {
        offset_dims,
        collapsed_slice_dims: a.without,
        operand_batching_dims: a.batching,
        start_indices_batching_dims: a.indices_batching,
        start_index_map: a.map,
        index_vector_dim: a.index_vector_dim,
    };
    let kind = OpKind::Gather { dimension_numbers, slice_sizes: a.window, indices_are_sorted: false };
    one(g, kind, &[a.x, a.indices])
}

fn scatter(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let a = addressing(g);
    let kept: Vec<usize> = (0..a.dims.len())
        .filter(|axis| !a.without.contains(axis) && !a.batching.contains(axis))
        .map(|axis| a.window[axis])
        .collect();
    let (update_window_dims, dims) = joined(g, &kept, &a.places);
    let element = g.element_of(a.x);
    let updates = g.operand(element, &dims);
    let body = g.combiner(&[element])?;
    let dimension_numbers = ScatterDimensions {
        update_window_dims,
        inserted_window_dims: a.without,
        input_batching_dims: a.batching,
        scatter_indices_batching_dims: a.indices_batching,
        scatter_dims_to_operand_dims: a.map,
        index_vector_dim: a.index_vector_dim,
    };
    let kind = OpKind::Scatter { dimension_numbers, indices_are_sorted: false, unique_indices: false };
    Ok(g.builder.inferred(kind, &[a.x, a.indices, updates], vec![body])?.to_vec())
}

fn torch_index_select(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (x, _, dims) = g.of_rank(rank);
    let dim = g.choices.below(rank);
    let batch_dims = g.choices.below(dim + 1);
    let mut shape = dims[..batch_dims].to_vec();
    shape.push(g.choices.below(5));
    let element = g.index();
    let indices = g.operand(element, &shape);
    one(g, OpKind::TorchIndexSelect { dim, batch_dims }, &[x, indices])
}

fn get_dimension_size(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dimension = g.choices.below(g.dims_of(x).len());
    one(g, OpKind::GetDimensionSize { dimension }, &[x])
}

// Contractions.

fn precision() -> Vec<Precision> {
    vec![Precision::Default; 2]
}

fn dot(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let sizes = g.dims(3);
    let element = g.element();
    let lhs = if g.choices.once_in(2) { vec![sizes[1]] } else { vec![sizes[0], sizes[1]] };
    let rhs = if g.choices.once_in(2) { vec![sizes[1]] } else { vec![sizes[1], sizes[2]] };
    let (a, b) = (g.operand(element, &lhs), g.operand(element, &rhs));
    let dims: Vec<usize> = lhs[..lhs.len() - 1].iter().chain(&rhs[1..]).copied().collect();
    typed(g, OpKind::Dot { precision: precision() }, &[a, b], TensorType::new(element, dims))
}

fn dot_general(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    // Each axis is batched, contracted, or one side's own.
    let rank = 1 + g.choices.below(5);
    let sizes = g.dims(rank);
    let (mut lhs, mut rhs) = (Vec::new(), Vec::new());
    for axis in 0..rank {
        let role = g.choices.below(4);
        if role != 2 {
            lhs.push((axis, role));
        }
        if role != 3 {
            rhs.push((axis, role));
        }
    }
    for side in [&mut lhs, &mut rhs] {
        let order = g.choices.permutation(side.len());
        *side = order.into_iter().map(|i| side[i]).collect();
    }
    let place = |side: &[(usize, usize)], axis| side.iter().position(|&(a, _)| a == axis);
    let mut numbers = DotDimensions::default();
    for (at, &(axis, role)) in lhs.iter().enumerate() {
        let Some(other) = place(&rhs, axis) else { continue };
        let (left, right) = match role {
            0 => (&mut numbers.lhs_contracting, &mut numbers.rhs_contracting),
            _ => (&mut numbers.lhs_batching, &mut numbers.rhs_batching),
        };
        left.push(at);
        right.push(other);
    }
    let element = g.element();
    let shape =
        |side: &[(usize, usize)]| -> Vec<usize> { side.iter().map(|&(axis, _)| sizes[axis]).collect() };
    let (a, b) = (g.operand(element, &shape(&lhs)), g.operand(element, &shape(&rhs)));
    Ok(vec![g.builder.dot_general(a, b, numbers)?])
}

fn convolution(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let spatial = g.choices.one_of(&[1, 2, 2, 0, 3]);
    let (groups, batches) = g.choices.one_of(&[(1, 1), (1, 1), (2, 1), (1, 2), (3, 1)]);
    let batch = g.choices.one_of(&[1, 2, 0, 3]) * batches;
    let features = g.choices.one_of(&[1, 2, 3, 0, 8]);
    let outputs = g.choices.one_of(&[1, 2, 3, 0, 8]) * groups * batches;
    let mut c = Convolution {
        input_batch_dimension: 0,
        input_feature_dimension: 0,
        input_spatial_dimensions: Vec::new(),
        kernel_input_feature_dimension: 0,
        kernel_output_feature_dimension: 0,
        kernel_spatial_dimensions: Vec::new(),
        output_batch_dimension: 0,
        output_feature_dimension: 0,
        output_spatial_dimensions: Vec::new(),
        window_strides: Vec::new(),
        padding: Vec::new(),
        lhs_dilation: Vec::new(),
        rhs_dilation: Vec::new(),
        window_reversal: Vec::new(),
        feature_group_count: groups,
        batch_group_count: batches,
        precision: precision(),
    };
    let orders: [Vec<usize>; 3] = [(); 3].map(|()| match g.choices.once_in(2) {
        true => g.choices.permutation(spatial + 2),
        false => [vec![0, spatial + 1], (1..=spatial).collect()].concat(),
    });
    let mut layouts = orders.into_iter();
    let mut layout = || {
        let order = layouts.next().expect("three");
        (order[0], order[1], order[2..].to_vec())
    };
    (c.input_batch_dimension, c.input_feature_dimension, c.input_spatial_dimensions) = layout();
    (c.kernel_input_feature_dimension, c.kernel_output_feature_dimension, c.kernel_spatial_dimensions) =
        layout();
    (c.output_batch_dimension, c.output_feature_dimension, c.output_spatial_dimensions) = layout();
    let (mut lhs, mut rhs) = (vec![0; spatial + 2], vec![0; spatial + 2]);
    lhs[c.input_batch_dimension] = batch;
    lhs[c.input_feature_dimension] = features * groups;
    rhs[c.kernel_input_feature_dimension] = features;
    rhs[c.kernel_output_feature_dimension] = outputs;
    for i in 0..spatial {
        lhs[c.input_spatial_dimensions[i]] = g.choices.one_of(&[3, 5, 1, 8, 0, 2, 11]);
        rhs[c.kernel_spatial_dimensions[i]] = g.choices.one_of(&[1, 3, 2, 0, 5]);
        c.window_strides.push(g.choices.one_of(&[1, 2, 3]));
        c.padding.push((g.choices.below(5) as i64 - 1, g.choices.below(5) as i64 - 1));
        c.lhs_dilation.push(g.choices.one_of(&[1, 1, 2, 3]));
        c.rhs_dilation.push(g.choices.one_of(&[1, 1, 2, 3]));
        c.window_reversal.push(g.choices.once_in(4));
    }
    let element = g.element();
    let (x, kernel) = (g.operand(element, &lhs), g.operand(element, &rhs));
    let kind = OpKind::Convolution(Box::new(c));
    let operands = [g.builder.type_of(x).clone(), g.builder.type_of(kernel).clone()];
    match runahead_ir::infer(&kind, &[&operands[0], &operands[1]], &[])? {
        runahead_ir::Inferred::Shape(ty) => typed(g, kind, &[x, kernel], ty),
        _ => none(),
    }
}

// Regions over elements.

fn inputs(g: &mut Generator<'_>, rank: usize) -> (Vec<ValueId>, Vec<ElementType>, Vec<usize>) {
    let dims = g.dims(rank);
    let count = g.choices.one_of(&[1, 1, 2, 3]);
    let elements: Vec<ElementType> = (0..count).map(|_| g.element()).collect();
    let inputs = elements.iter().map(|&element| g.operand(element, &dims)).collect();
    (inputs, elements, dims)
}

/// Initial values: where orders must not matter, those that change nothing.
fn initial(
    g: &mut Generator<'_>,
    elements: &[ElementType],
    region: &runahead_ir::Region,
) -> Built<Vec<ValueId>> {
    let mut values = Vec::new();
    for (&element, op) in elements.iter().zip(&region.ops) {
        values.push(match op.kind {
            OpKind::Binary(op) if g.orderless => match op.neutral(element) {
                Some(bytes) => g.builder.splat(TensorType::scalar(element), &bytes)?,
                None => return none(),
            },
            _ => g.operand(element, &[]),
        });
    }
    Ok(values)
}

fn reduce(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(5);
    let (mut operands, elements, _) = inputs(g, rank);
    let dimensions = g.choices.some_below(rank);
    let body = g.combiner(&elements)?;
    operands.extend(initial(g, &elements, &body)?);
    Ok(g.builder.inferred(OpKind::Reduce { dimensions }, &operands, vec![body])?.to_vec())
}

fn window(g: &mut Generator<'_>, rank: usize, dilated: bool) -> Window {
    let mut w = Window {
        dimensions: Vec::new(),
        strides: Vec::new(),
        base_dilations: Vec::new(),
        window_dilations: Vec::new(),
        padding: Vec::new(),
    };
    for _ in 0..rank {
        w.dimensions.push(g.choices.one_of(&[1, 2, 3, 1, 5, 17]));
        w.strides.push(g.choices.one_of(&[1, 1, 2, 3]));
        w.base_dilations.push(if dilated { g.choices.one_of(&[1, 1, 1, 2]) } else { 1 });
        w.window_dilations.push(if dilated { g.choices.one_of(&[1, 1, 1, 2]) } else { 1 });
        w.padding.push((g.choices.one_of(&[0, 1, -1, 2, 16]), g.choices.one_of(&[0, 1, -1, 2])));
    }
    w
}

fn reduce_window(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(4);
    let (mut operands, elements, _) = inputs(g, rank);
    let window = window(g, rank, true);
    let body = g.combiner(&elements)?;
    operands.extend(initial(g, &elements, &body)?);
    Ok(g.builder.inferred(OpKind::ReduceWindow(Box::new(window)), &operands, vec![body])?.to_vec())
}

fn select_and_scatter(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (x, element, dims) = g.of_rank(rank);
    let mut window = window(g, rank, false);
    window.padding.iter_mut().for_each(|p| *p = (p.0.max(0), p.1.max(0)));
    let size = |i: usize| {
        let padded = dims[i] as i64 + window.padding[i].0 + window.padding[i].1;
        let steps = (padded - window.dimensions[i] as i64).div_euclid(window.strides[i] as i64) + 1;
        steps.max(0) as usize
    };
    let source: Vec<usize> = (0..rank).map(size).collect();
    let source = g.operand(element, &source);
    let scalar: Type = TensorType::scalar(element).into();
    let select =
        g.region(vec![scalar.clone(), scalar], |g, values| Ok(vec![g.compare(values[0], values[1])?]))?;
    let scatter = g.combiner(&[element])?;
    let initial = initial(g, &[element], &scatter)?[0];
    let kind = OpKind::SelectAndScatter(Box::new(window));
    Ok(g.builder.inferred(kind, &[x, source, initial], vec![select, scatter])?.to_vec())
}

fn map(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(4);
    let (operands, elements, _) = inputs(g, rank);
    let scalars = elements.iter().map(|&e| TensorType::scalar(e).into()).collect();
    let body = g.region(scalars, |g, values| Ok(vec![g.scalar_expression(values[0])?]))?;
    let dimensions = (0..rank).collect();
    Ok(g.builder.inferred(OpKind::Map { dimensions }, &operands, vec![body])?.to_vec())
}

fn sort(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (operands, elements, _) = inputs(g, rank);
    let dimension = g.choices.below(rank);
    let scalars =
        elements.iter().flat_map(|&e| [TensorType::scalar(e).into(), TensorType::scalar(e).into()]).collect();
    let ordered = !elements[0].is_complex();
    let comparator = g.region(scalars, |g, values| {
        if g.orderless && !ordered {
            return none();
        }
        if g.orderless {
            use runahead_ir::ComparisonDirection::*;
            let direction = g.choices.one_of(&[Lt, Gt]);
            return Ok(vec![g.builder.compare(direction, values[0], values[1])?]);
        }
        Ok(vec![g.compare(values[0], values[1])?])
    })?;
    let is_stable = g.orderless || g.choices.once_in(2);
    Ok(g.builder.inferred(OpKind::Sort { dimension, is_stable }, &operands, vec![comparator])?.to_vec())
}

fn top_k(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (x, _, dims) = g.of_rank(rank);
    let k = g.choices.below(dims[rank - 1] + 1);
    one(g, OpKind::TopK { k }, &[x])
}

// Numerics.

fn batch_norm(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(4);
    let (element, dims) = (g.float(), g.dims(rank));
    let feature_index = g.choices.below(rank);
    let x = g.operand(element, &dims);
    let mut vector = || g.operand(element, &dims[feature_index..=feature_index]);
    let vectors = [vector(), vector(), vector(), vector()];
    let epsilon = 0.001;
    match g.choices.below(3) {
        0 => {
            let operands = [x, vectors[0], vectors[1], vectors[2], vectors[3]];
            one(g, OpKind::BatchNormInference { epsilon, feature_index }, &operands)
        }
        1 => one(g, OpKind::BatchNormTraining { epsilon, feature_index }, &[x, vectors[0], vectors[1]]),
        _ => {
            let y = g.operand(element, &dims);
            one(
                g,
                OpKind::BatchNormGrad { epsilon, feature_index },
                &[x, vectors[0], vectors[1], vectors[2], y],
            )
        }
    }
}

fn matrices(g: &mut Generator<'_>) -> (ElementType, Vec<usize>, usize) {
    let rank = g.choices.below(2);
    let batch = (0..rank).map(|_| g.choices.one_of(&[1, 2, 3, 0])).collect();
    (g.float(), batch, g.choices.one_of(&[2, 3, 1, 0, 5, 8]))
}

fn cholesky(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, batch, n) = matrices(g);
    let x = g.operand(element, &[&batch[..], &[n, n]].concat());
    let lower = g.choices.once_in(2);
    one(g, OpKind::Cholesky { lower }, &[x])
}

fn triangular_solve(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use TriangularTranspose::*;
    let (element, batch, n) = matrices(g);
    let other = g.choices.one_of(&[1, 2, 0, 4]);
    let left_side = g.choices.once_in(2);
    let a = g.operand(element, &[&batch[..], &[n, n]].concat());
    let sides = if left_side { [n, other] } else { [other, n] };
    let b = g.operand(element, &[&batch[..], &sides].concat());
    let kind = OpKind::TriangularSolve {
        left_side,
        lower: g.choices.once_in(2),
        unit_diagonal: g.choices.once_in(2),
        transpose_a: g.choices.one_of(&[NoTranspose, Transpose, Adjoint]),
    };
    one(g, kind, &[a, b])
}

fn fft(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use ElementType::*;
    let fft_type = g.choices.one_of(&[FftType::Fft, FftType::Ifft, FftType::Rfft, FftType::Irfft]);
    let rank = 1 + g.choices.below(3);
    let mut dims = g.dims(rank);
    let count = 1 + g.choices.below(rank.min(3));
    let length: Vec<usize> = match fft_type {
        FftType::Irfft => {
            let mut length = dims[rank - count..].to_vec();
            let last = dims[rank - 1];
            length[count - 1] = 2 * last.saturating_sub(1) + g.choices.below(2);
            length
        }
        _ => dims[rank - count..].to_vec(),
    };
    if fft_type == FftType::Irfft {
        dims[rank - 1] = length[count - 1] / 2 + 1;
    }
    let element = if fft_type == FftType::Rfft {
        g.choices.one_of(&[F32, F64])
    } else {
        g.choices.one_of(&[C64, C128])
    };
    let x = g.operand(element, &dims);
    one(g, OpKind::Fft { fft_type, length }, &[x])
}

fn rng(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, shape) = (g.element(), g.shape());
    let (a, b) = (g.operand(element, &[]), g.operand(element, &[]));
    let sizes: Vec<i64> = shape.iter().map(|&size| size as i64).collect();
    let dims = g.vector(ElementType::I64, &sizes);
    let distribution = g.choices.one_of(&[RngDistribution::Uniform, RngDistribution::Normal]);
    typed(g, OpKind::Rng { distribution }, &[a, b, dims], TensorType::new(element, shape))
}

fn rng_bit_generator(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use ElementType::*;
    let algorithm = g.choices.one_of(&[RngAlgorithm::ThreeFry, RngAlgorithm::Philox, RngAlgorithm::Default]);
    let words = if algorithm == RngAlgorithm::ThreeFry { 2 } else { 2 + g.choices.below(2) };
    let state = g.operand(U64, &[words]);
    let (element, shape) = (g.choices.one_of(&[U32, U64, U8, U16, I32, F32]), g.shape());
    let kind = OpKind::RngBitGenerator { algorithm };
    let types: [Type; 2] = [TensorType::new(U64, [words]).into(), TensorType::new(element, shape).into()];
    Ok(g.builder.op(kind, &[state], types, Vec::new()).to_vec())
}

// Control.

fn while_loop(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let mut carried = vec![g.operand(ElementType::I32, &[])];
    for _ in 0..g.choices.below(3) {
        carried.push(g.any());
    }
    let types: Vec<Type> = carried.iter().map(|&v| g.builder.type_of(v).clone()).collect();
    let condition = g.region(types.clone(), |g, values| {
        let limit = g.operand(ElementType::I32, &[]);
        Ok(vec![g.compare(values[0], limit)?])
    })?;
    let body_types = types.clone();
    let body = g.region(types, |g, values| {
        let operations = g.choices.below(4);
        let step = g.vector(ElementType::I32, &[1]);
        let step = g.builder.reshape(step, &[])?;
        let next = g.builder.binary(Binary::Add, values[0], step)?;
        g.body(values, operations);
        let mut returns = vec![next];
        returns.extend(body_types[1..].iter().map(|ty| g.result(ty)));
        Ok(returns)
    })?;
    Ok(g.builder.inferred(OpKind::While, &carried, vec![condition, body])?.to_vec())
}

fn branches(g: &mut Generator<'_>, count: usize) -> Built<Vec<runahead_ir::Region>> {
    let values = [g.any(), g.any()];
    let types = values.map(|v| g.builder.type_of(v).clone());
    (0..count)
        .map(|_| {
            g.region(Vec::new(), |g, _| {
                let operations = g.choices.below(4);
                g.body(&[], operations);
                Ok(types.iter().map(|ty| g.result(ty)).collect())
            })
        })
        .collect()
}

fn if_else(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let predicate = g.operand(ElementType::Bool, &[]);
    let regions = branches(g, 2)?;
    Ok(g.builder.inferred(OpKind::If, &[predicate], regions)?.to_vec())
}

fn case(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let index = g.operand(ElementType::I32, &[]);
    let count = 1 + g.choices.below(3);
    let regions = branches(g, count)?;
    Ok(g.builder.inferred(OpKind::Case, &[index], regions)?.to_vec())
}

fn optimization_barrier(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let values = [g.any(), g.any()];
    one(g, OpKind::OptimizationBarrier, &values)
}

fn tuple(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let values = [g.any(), g.any()];
    let tuple = one(g, OpKind::Tuple, &values)?;
    let index = g.choices.below(2);
    one(g, OpKind::GetTupleElement { index }, &tuple)
}

/// Operations whose shapes are operands, given as constants.
fn dynamic(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dims = g.dims_of(x);
    let sizes: Vec<i64> = dims.iter().map(|&size| size as i64).collect();
    let element = g.choices.one_of(&[ElementType::I64, ElementType::I32]);
    let ty = g.tensor(x).cloned().expect("a tensor");
    let unknown = ty.with_dims(dims.iter().map(|_| runahead_ir::DYNAMIC));
    let ty = if g.choices.once_in(2) { unknown } else { ty };
    let dynamic = match g.choices.below(3) {
        0 => {
            let shape = g.vector(element, &sizes);
            g.builder.typed(OpKind::DynamicReshape, &[x, shape], ty)?
        }
        1 => {
            let shape = g.vector(element, &sizes);
            let kind = OpKind::DynamicBroadcastInDim {
                dimensions: (0..dims.len()).collect(),
                known_expanding: None,
                known_nonexpanding: None,
            };
            g.builder.typed(kind, &[x, shape], ty)?
        }
        _ => {
            let zeros = vec![0; dims.len()];
            let ones = vec![1; dims.len()];
            let operands =
                [x, g.vector(element, &zeros), g.vector(element, &sizes), g.vector(element, &ones)];
            g.builder.typed(OpKind::RealDynamicSlice, &operands, ty)?
        }
    };
    // Back to a known shape.
    let shape = g.vector(element, &sizes);
    let ty = g.tensor(dynamic).expect("a tensor").with_dims(dims);
    typed(g, OpKind::DynamicReshape, &[dynamic, shape], ty)
}
