//! Windows.

use super::*;

/// The sums of windows.
pub(super) fn sums(l: &mut Linearizer<'_>, x: ValueId, window: Window) -> Differentiated<ValueId> {
    let scalar = l.ty(x).with_dims([]);
    let zero = l.zeros(&scalar)?;
    windowed(l, Binary::Add, x, zero, window)
}

/// A size with steps between its elements.
pub(super) fn dilated(size: usize, dilation: usize) -> i64 {
    if size == 0 { 0 } else { ((size - 1) * dilation + 1) as i64 }
}

/// The padding with which windows over what windows gave find each element again; the sizes are dilated ones, `low` is the
/// padding before the elements.
pub(super) fn padding_back(window: i64, input: i64, output: i64, low: i64) -> (i64, i64) {
    let before = window - low - 1;
    (before, input + window - 1 - output - before)
}

/// The transpose of sums of windows: each element's sum over the windows that it is in.
pub(super) fn spread(
    l: &mut Linearizer<'_>,
    cotangent: ValueId,
    window: &Window,
    ty: &TensorType,
) -> Differentiated<ValueId> {
    let out = l.ty(cotangent);
    let padding = (0..ty.rank()).map(|i| {
        let reach = dilated(window.dimensions[i], window.window_dilations[i]);
        let input = dilated(ty.dims[i], window.base_dilations[i]);
        let output = dilated(out.dims[i], window.strides[i]);
        padding_back(reach, input, output, window.padding[i].0)
    });
    let transposed = Window {
        dimensions: window.dimensions.clone(),
        strides: window.base_dilations.clone(),
        base_dilations: window.strides.clone(),
        window_dilations: window.window_dilations.clone(),
        padding: padding.collect(),
    };
    sums(l, cotangent, transposed)
}

/// From each window the tangent where the key is greatest, the first of equal ones.
pub(super) fn take_greatest(
    l: &mut Linearizer<'_>,
    keys: ValueId,
    tangent: ValueId,
    window: &Window,
) -> Differentiated<ValueId> {
    let (key, value) = (l.ty(keys).with_dims([]), l.ty(tangent).with_dims([]));
    let least = Binary::Maximum.neutral(key.element).expect("floats have a least");
    let initial = [l.builder.splat(key.clone(), &least)?, l.zeros(&value)?];
    let types: [Type; 4] = [key.clone().into(), value.clone().into(), key.into(), value.into()];
    let region = l.builder.region(types, |b, p| {
        let first = b.compare(ComparisonDirection::Ge, p[0], p[2])?;
        Ok(vec![b.select(first, p[0], p[2])?, b.select(first, p[1], p[3])?])
    })?;
    let kind = OpKind::ReduceWindow(Box::new(window.clone()));
    Ok(l.builder.inferred(kind, &[keys, tangent, initial[0], initial[1]], vec![region])?[1])
}

/// To the place in each window where the key is greatest, the window's cotangent.
pub(super) fn put_greatest(
    l: &mut Linearizer<'_>,
    keys: ValueId,
    cotangent: ValueId,
    window: &Window,
    ty: &TensorType,
) -> Differentiated<ValueId> {
    let scalar = ty.with_dims([]);
    let zero = l.zeros(&scalar)?;
    let select = l.builder.region([scalar.clone().into(), scalar.clone().into()], |b, p| {
        Ok(vec![b.compare(ComparisonDirection::Ge, p[0], p[1])?])
    })?;
    let add = l.builder.combining(Binary::Add, scalar)?;
    let kind = OpKind::SelectAndScatter(Box::new(window.clone()));
    Ok(l.builder.inferred(kind, &[keys, cotangent, zero], vec![select, add])?[0])
}
