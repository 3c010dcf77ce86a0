//! Operations that are short for others: `einsum`, `torch_index_select`, and CHLO's operations
//! that broadcast their operands.

use runahead_ir::{
    Attribute, Attributes, Binary, ComparisonDirection, DotDimensions, ElementType, GatherDimensions, Op,
    OpKind, TensorType, Type, Unary, ValueId, generic,
};

use super::writer::{Writer, Written};
use super::{approx_top_k, ragged_dot, wide};

/// Writes out an operation that is short for others; `None` for one that is not.
pub(super) fn written_out(
    w: &mut Writer<'_>,
    op: &Op,
    operands: &[ValueId],
    results: &[TensorType],
) -> Written<Option<Vec<ValueId>>> {
    let value = match &op.kind {
        OpKind::Einsum { config } => einsum(w, config, operands, &results[0])?,
        OpKind::UnaryEinsum { config } => einsum(w, config, operands, &results[0])?,
        OpKind::TorchIndexSelect { dim, batch_dims } => {
            index_select(w, *dim, *batch_dims, operands, results[0].clone())
        }
        OpKind::CrossReplicaSum { groups } => {
            let types: Vec<TensorType> = operands.iter().map(|&v| w.ty(v).clone()).collect();
            let body = w.sum_body(&types[0].with_dims([]))?;
            let kind = OpKind::AllReduce { groups: groups.clone() };
            return w.combined(kind, operands, types, vec![body]).map(Some);
        }
        OpKind::RaggedDot { dimension_numbers, .. } => {
            ragged_dot::written_out(w, dimension_numbers, operands, &results[0])?
        }
        OpKind::Binary(Binary::ChloMulhi) => high_product(w, operands)?,
        OpKind::CustomCall(call) if *call.target == *approx_top_k::TARGET => {
            return approx_top_k::written_out(w, op, call, operands, results).map(Some);
        }
        OpKind::CustomCall(call) => return renamed(w, &call.target, op, operands, results),
        OpKind::Chlo(name) => return chlo(w, name, op, operands, results),
        _ => return Ok(None),
    };
    Ok(Some(vec![value]))
}

/// An operand of an einsum, and the letter of each of its axes.
struct Labelled {
    value: ValueId,
    labels: Vec<u8>,
}

impl Labelled {
    fn axis(&self, label: u8) -> Option<usize> {
        self.labels.iter().position(|&l| l == label)
    }

    fn axes(&self, labels: &[u8]) -> Vec<usize> {
        labels.iter().filter_map(|&label| self.axis(label)).collect()
    }

    /// Of axes with the same letter, the diagonal.
    fn diagonal(mut self, w: &mut Writer<'_>) -> Written<Labelled> {
        while let Some((second, first)) = self
            .labels
            .iter()
            .enumerate()
            .find_map(|(i, &l)| self.labels[..i].iter().position(|&k| k == l).map(|f| (i, f)))
        {
            let ty = w.ty(self.value).clone();
            let indices = TensorType::new(ElementType::I64, ty.dims.iter().copied());
            let rows = w.one(OpKind::Iota { dimension: first }, &[], indices.clone());
            let columns = w.one(OpKind::Iota { dimension: second }, &[], indices);
            let kind = OpKind::Compare { direction: ComparisonDirection::Eq, compare_type: None };
            let on =
                w.one(kind, &[rows, columns], TensorType::new(ElementType::Bool, ty.dims.iter().copied()));
            let zero = w.splat(ty.clone(), 0.0)?;
            let kept = w.one(OpKind::Select, &[on, self.value, zero], ty);
            self.value = w.sum(kept, &[second])?;
            self.labels.remove(second);
        }
        Ok(self)
    }

    /// The sum over the axes whose letters are not wanted.
    fn summed(mut self, w: &mut Writer<'_>, wanted: impl Fn(u8) -> bool) -> Written<Labelled> {
        let dropped: Vec<usize> = (0..self.labels.len()).filter(|&i| !wanted(self.labels[i])).collect();
        if !dropped.is_empty() {
            self.value = w.sum(self.value, &dropped)?;
            self.labels.retain(|&label| wanted(label));
        }
        Ok(self)
    }
}

fn einsum(w: &mut Writer<'_>, config: &str, operands: &[ValueId], to: &TensorType) -> Written<ValueId> {
    let config: String = config.chars().filter(|c| !c.is_whitespace()).collect();
    let (inputs, output) = config.split_once("->").unwrap_or((&config, ""));
    let output = output.as_bytes();
    if (1..output.len()).any(|i| output[..i].contains(&output[i])) {
        return Err(w.error(format!("has a result that names an axis twice, `{config}`")));
    }
    let mut parts = Vec::new();
    for (labels, &value) in inputs.split(',').zip(operands) {
        let element = wide::element(w.ty(value).element);
        let value = wide::converted(w, value, element)?;
        parts.push(Labelled { value, labels: labels.bytes().collect() }.diagonal(w)?);
    }
    let joined = match (parts.pop(), parts.pop()) {
        (Some(only), None) => only.summed(w, |label| output.contains(&label))?,
        (Some(rhs), Some(lhs)) => {
            let lhs = lhs.summed(w, |label| output.contains(&label) || rhs.axis(label).is_some())?;
            let rhs = rhs.summed(w, |label| output.contains(&label) || lhs.axis(label).is_some())?;
            product(w, &lhs, &rhs, output)
        }
        _ => return Err(w.error("needs an operand")),
    };
    let permutation = joined.axes(output);
    let ordered = w.transpose(joined.value, &permutation);
    wide::converted(w, ordered, to.element)
}

/// The product of two operands, summed over the letters that they share and the result does not have.
fn product(w: &mut Writer<'_>, lhs: &Labelled, rhs: &Labelled, output: &[u8]) -> Labelled {
    let shared = |in_output: bool| -> Vec<u8> {
        let both = lhs.labels.iter().copied().filter(|&l| rhs.axis(l).is_some());
        both.filter(|l| output.contains(l) == in_output).collect()
    };
    let (batch, contracted) = (shared(true), shared(false));
    let free = |side: &Labelled, other: &Labelled| -> Vec<u8> {
        side.labels.iter().copied().filter(|&l| other.axis(l).is_none()).collect()
    };
    let labels = [batch.clone(), free(lhs, rhs), free(rhs, lhs)].concat();
    let size = |&label: &u8| match lhs.axis(label) {
        Some(axis) => w.ty(lhs.value).dims[axis],
        None => w.ty(rhs.value).dims[rhs.axis(label).unwrap_or(0)],
    };
    let ty = TensorType::new(w.ty(lhs.value).element, labels.iter().map(size));
    let dimension_numbers = DotDimensions {
        lhs_batching: lhs.axes(&batch),
        rhs_batching: rhs.axes(&batch),
        lhs_contracting: lhs.axes(&contracted),
        rhs_contracting: rhs.axes(&contracted),
    };
    let kind = OpKind::DotGeneral { dimension_numbers, precision: Vec::new(), algorithm: None };
    Labelled { value: w.one(kind, &[lhs.value, rhs.value], ty), labels }
}

fn index_select(
    w: &mut Writer<'_>,
    dim: usize,
    batch_dims: usize,
    operands: &[ValueId],
    to: TensorType,
) -> ValueId {
    let (from, index) = (w.ty(operands[0]).clone(), w.ty(operands[1]).clone());
    let batch: Vec<usize> = (0..batch_dims).collect();
    let chosen = index.rank() - batch_dims;
    let sizes = from
        .dims
        .iter()
        .enumerate()
        .map(|(i, &size)| if i < batch_dims || i == dim { 1.min(size) } else { size });
    let slice_sizes: Vec<usize> = sizes.collect();
    let dimension_numbers = GatherDimensions {
        offset_dims: (batch_dims..dim).chain(dim + chosen..to.rank()).collect(),
        collapsed_slice_dims: vec![dim],
        operand_batching_dims: batch.clone(),
        start_indices_batching_dims: batch,
        start_index_map: vec![dim],
        index_vector_dim: index.rank(),
    };
    let kind = OpKind::Gather { dimension_numbers, slice_sizes, indices_are_sorted: false };
    w.one(kind, operands, to)
}

/// CHLO's operations in the form of custom calls, as older exporters write them: `mhlo.erf` and its like.
fn renamed(
    w: &mut Writer<'_>,
    target: &str,
    op: &Op,
    operands: &[ValueId],
    results: &[TensorType],
) -> Written<Option<Vec<ValueId>>> {
    let Some(name) = target.strip_prefix("mhlo.").or_else(|| target.strip_prefix("chlo.")) else {
        return Ok(None);
    };
    let attributes = match op.attributes.get("mhlo.attributes") {
        Some(Attribute::Dictionary(attributes)) => attributes.clone(),
        _ => Attributes::default(),
    };
    let largest = !matches!(attributes.get("largest"), Some(Attribute::Bool(false)));
    let mut plain = op.clone();
    plain.attributes = Attributes::default();
    plain.kind = match (name, operands.len()) {
        ("topk", 1) if largest => match attributes.get("k") {
            Some(Attribute::Integer(k, _)) => match usize::try_from(*k) {
                Ok(k) => OpKind::TopK { k },
                Err(_) => return Ok(None),
            },
            _ => return Ok(None),
        },
        (name, 1) => match Unary::from_name(&format!("chlo.{name}")) {
            Some(unary) => OpKind::Unary(unary),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let computed = wide::computed(w, &plain, operands, results)?;
    Ok(Some(computed.unwrap_or_else(|| w.emit(plain.kind.clone(), operands, results.to_vec(), Vec::new()))))
}

/// The upper half of the bits of a product of integers.
fn high_product(w: &mut Writer<'_>, operands: &[ValueId]) -> Written<ValueId> {
    let ty = w.ty(operands[0]).clone();
    let (element, bits) = (ty.element, ty.element.bits());
    let signed = element.is_signed_integer();
    if bits < 64 {
        let wide = if signed { ElementType::I64 } else { ElementType::U64 };
        let shift = if signed { Binary::ShiftRightArithmetic } else { Binary::ShiftRightLogical };
        let (a, b) = (wide::converted(w, operands[0], wide)?, wide::converted(w, operands[1], wide)?);
        let product = w.binary(Binary::Multiply, a, b);
        let by = w.splat(w.ty(product).clone(), bits as f64)?;
        let high = w.binary(shift, product, by);
        return wide::converted(w, high, element);
    }
    let unsigned = TensorType { element: ElementType::U64, ..ty.clone() };
    let half = w.splat(unsigned.clone(), 32.0)?;
    let low = w.splat(unsigned, f64::from(u32::MAX))?;
    let [a, b] = [operands[0], operands[1]].map(|x| w.convert(x, ElementType::U64));
    let halves =
        |w: &mut Writer<'_>, x| (w.binary(Binary::ShiftRightLogical, x, half), w.binary(Binary::And, x, low));
    let ((a1, a0), (b1, b0)) = (halves(w, a), halves(w, b));
    let product = |w: &mut Writer<'_>, x, y| {
        let product = w.binary(Binary::Multiply, x, y);
        halves(w, product)
    };
    let (ends, (left, left_low), (right, right_low)) =
        (product(w, a0, b0).0, product(w, a1, b0), product(w, a0, b1));
    let middle = w.binary(Binary::Add, left_low, right_low);
    let middle = w.binary(Binary::Add, middle, ends);
    let carry = w.binary(Binary::ShiftRightLogical, middle, half);
    let mut high = w.binary(Binary::Multiply, a1, b1);
    for part in [left, right, carry] {
        high = w.binary(Binary::Add, high, part);
    }
    let mut high = w.convert(high, element);
    if signed {
        // A negative number is 2^64 more when its bits are taken for an unsigned one.
        let zero = w.splat(ty.clone(), 0.0)?;
        for (x, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
            let kind = OpKind::Compare { direction: ComparisonDirection::Lt, compare_type: None };
            let negative =
                w.one(kind, &[x, zero], TensorType::new(ElementType::Bool, ty.dims.iter().copied()));
            let extra = w.one(OpKind::Select, &[negative, other, zero], ty.clone());
            high = w.binary(Binary::Subtract, high, extra);
        }
    }
    Ok(high)
}

/// CHLO's operations that are not StableHLO's with another name.
fn chlo(
    w: &mut Writer<'_>,
    name: &str,
    op: &Op,
    operands: &[ValueId],
    results: &[TensorType],
) -> Written<Option<Vec<ValueId>>> {
    let value = match name {
        "chlo.constant" => match op.attributes.get("value") {
            Some(Attribute::Dense(literal)) => w.constant(literal.clone()),
            _ => return Err(w.error("needs the attribute `value`, a literal `dense<…>`")),
        },
        "chlo.constant_like" => {
            let value = match op.attributes.get("value") {
                Some(Attribute::Float(value, _)) => *value,
                Some(Attribute::Integer(value, _)) => *value as f64,
                _ => return Err(w.error("needs the attribute `value`, a number")),
            };
            let ty = results[0].with_dims(w.ty(operands[0]).dims.iter().copied());
            w.splat(ty, value)?
        }
        "chlo.dynamic_reshape" | "chlo.reshape_dynamic" => {
            let mut same = op.clone();
            same.kind = OpKind::DynamicReshape;
            return super::dynamic::settled(w, &same, operands, results);
        }
        _ => match name.strip_prefix("chlo.broadcast_") {
            Some(elementwise) => return broadcasting(w, elementwise, op, operands, results),
            None => return Ok(None),
        },
    };
    Ok(Some(vec![value]))
}

/// An elementwise operation on operands that are first broadcast to one shape: axes are matched from the last one on, or
/// as `broadcast_dimensions` says.
fn broadcasting(
    w: &mut Writer<'_>,
    elementwise: &str,
    op: &Op,
    operands: &[ValueId],
    results: &[TensorType],
) -> Written<Option<Vec<ValueId>>> {
    let dialect = match elementwise {
        "next_after" | "polygamma" | "zeta" => "chlo",
        _ => "stablehlo",
    };
    let name = format!("{dialect}.{elementwise}");
    let mut attributes: Attributes = op.attributes.clone();
    let dimensions = match attributes.remove("broadcast_dimensions") {
        Some(Attribute::DenseIntegers(axes, _)) => Some(axes.iter().map(|&a| a as usize).collect::<Vec<_>>()),
        _ => None,
    };
    let types: Vec<Type> = operands.iter().map(|&v| w.ty(v).clone().into()).collect();
    let kind = generic::kind_from_attributes(&name, attributes, &types.iter().collect::<Vec<_>>());
    let (kind, _) = kind.map_err(|error| w.error(error.to_string()))?;
    if matches!(kind, OpKind::Unknown { .. } | OpKind::Chlo(_)) {
        return Ok(None);
    }
    let rank = types.iter().filter_map(Type::as_tensor).map(TensorType::rank).max().unwrap_or(0);
    let mut dims = vec![1usize; rank];
    let mut mapped = Vec::new();
    for &operand in operands {
        let ty = w.ty(operand);
        let axes: Vec<usize> = match &dimensions {
            Some(axes) if ty.rank() < rank && axes.len() == ty.rank() => axes.clone(),
            _ => (rank - ty.rank()..rank).collect(),
        };
        for (&axis, &size) in axes.iter().zip(&ty.dims) {
            let fits = axis < rank && (size == 1 || dims[axis] == 1 || dims[axis] == size);
            if !fits {
                return Err(
                    w.error(format!("has operands whose shapes do not broadcast to one, among them {ty}"))
                );
            }
            dims[axis] = if dims[axis] == 1 { size } else { dims[axis] };
        }
        mapped.push(axes);
    }
    let spread: Vec<ValueId> =
        operands.iter().zip(&mapped).map(|(&operand, axes)| w.broadcast(operand, &dims, axes)).collect();
    let ty = results[0].with_dims(dims.iter().copied());
    let mut plain = op.clone();
    (plain.kind, plain.attributes) = (kind, Attributes::default());
    let computed = wide::computed(w, &plain, &spread, std::slice::from_ref(&ty))?;
    Ok(Some(computed.unwrap_or_else(|| vec![w.one(plain.kind.clone(), &spread, ty)])))
}
