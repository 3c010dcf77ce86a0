//! Batch normalization, by the specification's formulas.

use runahead_ir::{Binary, ElementType, OpKind, TensorType, Unary, ValueId};

use super::quantized::{dequantized, quantized};
use super::wide;
use super::writer::{Writer, Written};

/// Writes out a batch normalization; `None` for another operation.
pub(super) fn written_out(
    w: &mut Writer<'_>,
    kind: &OpKind,
    operands: &[ValueId],
) -> Written<Option<Vec<ValueId>>> {
    let (epsilon, feature) = match kind {
        OpKind::BatchNormInference { epsilon, feature_index }
        | OpKind::BatchNormTraining { epsilon, feature_index }
        | OpKind::BatchNormGrad { epsilon, feature_index } => (f64::from(*epsilon), *feature_index),
        _ => return Ok(None),
    };
    let declared: Vec<TensorType> = operands.iter().map(|&v| w.ty(v).clone()).collect();
    let mut wide = Vec::new();
    for &operand in operands {
        let numbers = dequantized(w, operand)?;
        let from = w.ty(numbers).element;
        let to = if from == ElementType::F64 { from } else { ElementType::F32 };
        wide.push(wide::converted(w, numbers, to)?);
    }
    let x = wide[0];
    let dims = w.ty(x).dims.clone();
    let norm = Norm {
        others: (0..dims.len()).filter(|&axis| axis != feature).collect(),
        count: dims
            .iter()
            .enumerate()
            .filter(|(axis, _)| *axis != feature)
            .map(|(_, &size)| size as f64)
            .product(),
        dims: dims.to_vec(),
        feature,
        epsilon,
    };
    let results = match kind {
        OpKind::BatchNormInference { .. } => {
            vec![(norm.normalized(w, x, wide[1], wide[2], wide[3], wide[4])?, 0)]
        }
        OpKind::BatchNormTraining { .. } => {
            let mean = norm.mean(w, x)?;
            let wide_mean = norm.spread(w, mean);
            let centered = w.binary(Binary::Subtract, x, wide_mean);
            let squares = w.binary(Binary::Multiply, centered, centered);
            let variance = norm.mean(w, squares)?;
            let normalized = norm.normalized(w, x, wide[1], wide[2], mean, variance)?;
            vec![(normalized, 0), (mean, 1), (variance, 1)]
        }
        _ => {
            let [by_x, by_scale, by_offset] = norm.gradients(w, &wide)?;
            vec![(by_x, 0), (by_scale, 1), (by_offset, 1)]
        }
    };
    let mut narrow = Vec::new();
    for (value, like) in results {
        let to = &declared[like];
        narrow.push(match to.quantization {
            Some(_) => quantized(w, value, to)?,
            None => wide::converted(w, value, to.element)?,
        });
    }
    Ok(Some(narrow))
}

struct Norm {
    dims: Vec<usize>,
    feature: usize,
    /// The axes that are averaged over, and how many elements they have.
    others: Vec<usize>,
    count: f64,
    epsilon: f64,
}

impl Norm {
    /// A value for each feature, repeated along the other axes.
    fn spread(&self, w: &mut Writer<'_>, per_feature: ValueId) -> ValueId {
        w.broadcast(per_feature, &self.dims, &[self.feature])
    }

    fn mean(&self, w: &mut Writer<'_>, x: ValueId) -> Written<ValueId> {
        let total = w.sum(x, &self.others)?;
        let ty = w.ty(total).clone();
        let count = w.splat(ty, self.count)?;
        Ok(w.binary(Binary::Divide, total, count))
    }

    /// The variance, spread, with epsilon added.
    fn divisor(&self, w: &mut Writer<'_>, variance: ValueId) -> Written<ValueId> {
        let variance = self.spread(w, variance);
        let ty = w.ty(variance).clone();
        let epsilon = w.splat(ty, self.epsilon)?;
        Ok(w.binary(Binary::Add, variance, epsilon))
    }

    fn normalized(
        &self,
        w: &mut Writer<'_>,
        x: ValueId,
        scale: ValueId,
        offset: ValueId,
        mean: ValueId,
        variance: ValueId,
    ) -> Written<ValueId> {
        let [scale, offset, mean] = [scale, offset, mean].map(|value| self.spread(w, value));
        let centered = w.binary(Binary::Subtract, x, mean);
        let divisor = self.divisor(w, variance)?;
        let deviation = w.unary(Unary::Sqrt, divisor);
        let normalized = w.binary(Binary::Divide, centered, deviation);
        let scaled = w.binary(Binary::Multiply, normalized, scale);
        Ok(w.binary(Binary::Add, scaled, offset))
    }

    /// The gradients by the operand, the scale and the offset.
    fn gradients(&self, w: &mut Writer<'_>, operands: &[ValueId]) -> Written<[ValueId; 3]> {
        let &[x, scale, mean, variance, gradient] = operands else {
            return Err(w.error("needs five operands"));
        };
        let [scale, mean] = [scale, mean].map(|value| self.spread(w, value));
        let centered = w.binary(Binary::Subtract, x, mean);
        let divisor = self.divisor(w, variance)?;
        let deviation = w.unary(Unary::Sqrt, divisor);
        let normalized = w.binary(Binary::Divide, centered, deviation);
        let ty = w.ty(x).clone();
        let count = w.splat(ty, self.count)?;

        let by_offset = w.sum(gradient, &self.others)?;
        let along = w.binary(Binary::Multiply, gradient, centered);
        let along = w.sum(along, &self.others)?;
        let weighted = w.binary(Binary::Multiply, gradient, normalized);
        let by_scale = w.sum(weighted, &self.others)?;

        let [total, along] = [by_offset, along].map(|value| self.spread(w, value));
        let along = w.binary(Binary::Multiply, along, centered);
        let along = w.binary(Binary::Divide, along, divisor);
        let own = w.binary(Binary::Multiply, gradient, count);
        let own = w.binary(Binary::Subtract, own, total);
        let own = w.binary(Binary::Subtract, own, along);
        let factor = w.binary(Binary::Divide, scale, deviation);
        let factor = w.binary(Binary::Divide, factor, count);
        let by_x = w.binary(Binary::Multiply, factor, own);
        Ok([by_x, by_scale, by_offset])
    }
}
