//! Loops.

use runahead_ir::{ComparisonDirection, ElementType, OpKind, TensorType};

use super::elementwise::{compare, record};
use super::{axes, creation, unsqueeze};
use crate::{Lazy, Result, TensorError, Traced, ops};

/// Records a loop of so many rounds. Its body is called once, with the number of the round, an `i32` counted from 0, and
/// the values carried from one round to the next, and gives the next ones, of the same types. It may use what is around
/// it.
///
/// ```
/// use runahead::{Lazy, Operations, Tensor, ops};
/// let x = Tensor::from_slice(&[2f32], [1], &runahead::device("cpu")?)?.lazy();
/// let powers = ops::for_loop(5, vec![x.clone()], |_, carried| Ok(vec![carried[0].multiply(&x)?]))?;
/// assert_eq!(powers[0].eval()?.to_vec::<f32>()?, [64.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Those of the body; where it gives other types than it was given, or there are more rounds than an `i32` counts.
pub fn for_loop(
    rounds: usize,
    carried: Vec<Lazy>,
    body: impl FnOnce(&Lazy, &[Lazy]) -> Result<Vec<Lazy>>,
) -> Result<Vec<Lazy>> {
    let looped = || {
        let rounds = i32::try_from(rounds)
            .map_err(|_| TensorError::invalid(format!("{rounds} rounds are more than can be counted")))?;
        let counter = TensorType::scalar(ElementType::I32);
        let number = |value: i32| creation::splat(&[], ElementType::I32, &value.to_le_bytes());
        let types = || [counter.clone()].into_iter().chain(carried.iter().map(|value| value.ty().clone()));
        let condition = Traced::new(types(), |parameters| {
            Ok(vec![compare(ComparisonDirection::Lt, &parameters[0], &number(rounds)?)?])
        })?;
        let body = Traced::new(types(), |parameters| {
            let results = body(&parameters[0], &parameters[1..])?;
            let given: Vec<&TensorType> = results.iter().map(Lazy::ty).collect();
            if !given.iter().copied().eq(carried.iter().map(Lazy::ty)) {
                let list = |types: &mut dyn Iterator<Item = &TensorType>| {
                    types.map(|ty| ty.to_string()).collect::<Vec<_>>().join(", ")
                };
                let (given, taken) = (list(&mut given.into_iter()), list(&mut carried.iter().map(Lazy::ty)));
                return Err(TensorError::invalid(format!("the body gives {given}; expected {taken}")));
            }
            Ok([vec![ops::add(&parameters[0], 1)?], results].concat())
        })?;
        let from = number(0)?;
        let operands: Vec<&Lazy> = std::iter::once(&from).chain(&carried).collect();
        let mut results = Lazy::record_with(OpKind::While, &operands, vec![condition, body])?;
        results.remove(0);
        Ok(results)
    };
    looped().map_err(|error: TensorError| {
        error.within("for_loop", || carried.iter().map(|value| value.ty().to_string()).collect())
    })
}

/// Records the part of `x` at an index along an axis, without that axis. The index is a recorded scalar, as that of a
/// loop's round; outside, it is moved to the nearest end.
///
/// # Errors
/// Where there is no such axis, it is empty, or the index is no integer.
pub fn at(x: &Lazy, index: &Lazy, axis: isize) -> Result<Lazy> {
    let part = || {
        let axis = axes::axis(x, axis)?;
        let mut sizes = x.dims().to_vec();
        sizes[axis] = 1;
        let kept: Vec<usize> = (0..sizes.len()).filter(|&other| other != axis).map(|i| sizes[i]).collect();
        let mut operands = vec![x];
        let zero = creation::splat(&[], index.element(), &vec![0; index.element().size()])?;
        operands.extend((0..sizes.len()).map(|other| if other == axis { index } else { &zero }));
        ops::reshape(record(OpKind::DynamicSlice { sizes }, &operands)?, kept)
    };
    part()
        .map_err(|error: TensorError| error.within("at", || vec![x.ty().to_string(), index.ty().to_string()]))
}

/// Records `x` with another part at an index along an axis, where [`at`] would find it.
///
/// # Errors
/// As for [`at`], and where the part has another type than that has there.
pub fn with_at(x: &Lazy, part: &Lazy, index: &Lazy, axis: isize) -> Result<Lazy> {
    let replaced = || {
        let axis = axes::axis(x, axis)?;
        let zero = creation::splat(&[], index.element(), &vec![0; index.element().size()])?;
        let part = unsqueeze(part, axis as isize)?;
        if part.dims().iter().zip(x.dims()).enumerate().any(|(i, (a, b))| i != axis && a != b) {
            let message = format!("{} is no part of {} along axis {axis}", part.ty(), x.ty());
            return Err(TensorError::invalid(message));
        }
        let mut operands = vec![x, &part];
        operands.extend((0..x.dims().len()).map(|other| if other == axis { index } else { &zero }));
        record(OpKind::DynamicUpdateSlice, &operands)
    };
    replaced().map_err(|error: TensorError| {
        error.within("with_at", || [x, part, index].map(|value| value.ty().to_string()).to_vec())
    })
}
