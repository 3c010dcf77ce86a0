//! Attention, and what goes with it.

use runahead_ir::ElementType;

use super::{
    add, broadcast, cast, concat, cos, creation, ge, matmul, multiply, narrow, reshape, select, sin, softmax,
    subtract, transpose,
};
use crate::{Exactly, Lazy, Operand, Output, Result, TensorError, operation};

/// Which keys a query may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Masking {
    /// All that the mask allows, where one is given.
    Mask,
    /// Of these, the ones no later than itself; the last query is as late as the last key.
    Causal,
}

/// `softmax(q kᵀ scale + mask) v` for queries, keys and values of shapes `[batch, heads, length, size]`.
///
/// Keys and values may have fewer heads, a divisor of the queries': each then serves as many heads of queries, side by
/// side. The mask is added to the products, or, where it is of booleans, keeps those where it is true; it is broadcast
/// to `[batch, heads, queries, keys]`. Without a scale it is one by the root of the size.
///
/// # Errors
/// Where shapes do not suit, or elements are no floats of one type.
pub fn scaled_dot_product_attention<Q: Operand, K: Operand, V: Operand, M: Operand>(
    queries: Q,
    keys: K,
    values: V,
    mask: Option<M>,
    masking: Masking,
    scale: Option<f64>,
) -> Result<Output<(Q, K, V, M)>> {
    let attributes = (masking, scale.map(Exactly));
    operation(
        "scaled_dot_product_attention",
        (queries, keys, values, mask),
        attributes,
        |(q, k, v, mask), (masking, scale)| {
            let (&[batch, heads, length, size], &[_, shared, count, _]) = (q.dims(), k.dims()) else {
                return Err(TensorError::invalid("expected four axes: batch, heads, length, size"));
            };
            if shared == 0 || heads % shared != 0 || v.dims()[..v.dims().len().min(3)] != k.dims()[..3] {
                let message = "the heads of keys and values must be as many, and divide those of queries";
                return Err(TensorError::invalid(message));
            }
            let (k, v) = (repeated(&k, heads / shared)?, repeated(&v, heads / shared)?);
            let scale = scale.map_or(1.0 / (size as f64).sqrt(), |scale| scale.0);
            let mut scores = multiply(matmul(&q, transpose(k, -1, -2)?)?, scale)?;
            let dims = [batch, heads, length, count];
            match mask {
                Some(mask) if mask.element() == ElementType::Bool => {
                    scores = select(broadcast(mask, dims)?, scores, f64::NEG_INFINITY)?;
                }
                Some(mask) => scores = add(scores, mask)?,
                None => {}
            }
            if *masking == Masking::Causal {
                // How late a query is beside a key.
                let late = add(
                    creation::iota(&[length, count], ElementType::I64, 0)?,
                    count as i64 - length as i64,
                )?;
                let seen = ge(late, creation::iota(&[length, count], ElementType::I64, 1)?)?;
                scores = select(seen, scores, f64::NEG_INFINITY)?;
            }
            matmul(softmax(scores, -1)?, v)
        },
    )
}

/// Each head so many times, side by side.
fn repeated(x: &Lazy, times: usize) -> Result<Lazy> {
    let [batch, heads, length, size] = x.dims() else {
        return Err(TensorError::invalid("expected four axes: batch, heads, length, size"));
    };
    if times == 1 {
        return Ok(x.clone());
    }
    let apart = reshape(x, [*batch, *heads, 1, *length, *size])?;
    let wide = broadcast(apart, [*batch, *heads, times, *length, *size])?;
    reshape(wide, [*batch, heads * times, *length, *size])
}

/// Rotary position embedding: pairs of elements of the last axis, the first half with the second, turned by angles of
/// the position along the axis before, `position · base^(-2i/size)` for pair `i`. Positions are counted from `first`.
///
/// # Errors
/// Where there are fewer than two axes, the last has an odd size, or elements are no floats.
pub fn rotary_embedding<X: Operand>(x: X, first: usize, base: f64) -> Result<Output<X>> {
    operation("rotary_embedding", x, (first, Exactly(base)), |x, (first, base)| {
        let Some(&[length, size]) = x.dims().last_chunk() else {
            return Err(TensorError::invalid("expected at least two axes, of positions and of elements"));
        };
        if size % 2 != 0 {
            return Err(TensorError::invalid(format!(
                "the last axis has {size} elements; expected an even number"
            )));
        }
        let half = size / 2;
        let element = ElementType::F32;
        let positions = add(creation::iota(&[length, half], element, 0)?, *first as i64)?;
        let pairs = creation::iota(&[length, half], element, 1)?;
        let frequency = super::exp(multiply(pairs, -2.0 * base.0.ln() / size as f64)?)?;
        let angles = multiply(positions, frequency)?;
        let (cosine, sine) = (cast(cos(&angles)?, x.element())?, cast(sin(&angles)?, x.element())?);
        let (low, high) = (narrow(&x, -1, 0, half)?, narrow(&x, -1, half, half)?);
        let turned_low = subtract(multiply(&low, &cosine)?, multiply(&high, &sine)?)?;
        let turned_high = add(multiply(&high, &cosine)?, multiply(&low, &sine)?)?;
        concat([turned_low, turned_high], -1)
    })
}

/// A product with a matrix that was adapted by one of low rank: `x w + scale (x a) b`.
///
/// # Errors
/// Where shapes do not suit, or elements are of several types.
pub fn lora<X: Operand, W: Operand, A: Operand, B: Operand>(
    x: X,
    weight: W,
    a: A,
    b: B,
    scale: f64,
) -> Result<Output<(X, W, A, B)>> {
    operation("lora", (x, weight, a, b), Exactly(scale), |(x, weight, a, b), scale| {
        let adapted = matmul(matmul(&x, a)?, b)?;
        add(matmul(x, weight)?, multiply(adapted, scale.0)?)
    })
}
