//! Attributes that the crate keeps as text, taken apart where VHLO has them in parts.

use crate::Type;
use crate::text::parse_type;

/// How exact a result has to be.
pub(super) struct Accuracy {
    pub(super) absolute: f64,
    pub(super) relative: f64,
    pub(super) ulps: i64,
    pub(super) mode: String,
}

/// `#stablehlo.result_accuracy<atol = 1.0, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>`.
pub(super) fn accuracy(text: &str) -> Option<Accuracy> {
    let inner = text.strip_prefix("#stablehlo.result_accuracy<")?.strip_suffix('>')?;
    let mut accuracy = Accuracy { absolute: 0.0, relative: 0.0, ulps: 0, mode: String::new() };
    for field in inner.split(',') {
        let (name, value) = field.split_once('=')?;
        let value = value.trim();
        match name.trim() {
            "atol" => accuracy.absolute = value.parse().ok()?,
            "rtol" => accuracy.relative = value.parse().ok()?,
            "ulps" => accuracy.ulps = value.parse().ok()?,
            "mode" => accuracy.mode = value.rsplit_once('<')?.1.strip_suffix('>')?.trim().to_string(),
            _ => return None,
        }
    }
    Some(accuracy)
}

/// `#stablehlo.bounds<3, ?>`.
pub(super) fn bounds(text: &str) -> Option<Vec<i64>> {
    let inner = text.strip_prefix("#stablehlo.bounds<")?.strip_suffix('>')?;
    inner
        .split(',')
        .map(|bound| match bound.trim() {
            "?" => Some(i64::MIN),
            bound => bound.parse().ok(),
        })
        .collect()
}

/// `dense<[1, 0]> : tensor<2xindex>`: an order of axes.
pub(super) fn indices(text: &str) -> Option<Vec<i64>> {
    let (values, ty) = text.strip_prefix("dense<")?.split_once("> : tensor<")?;
    let count: usize = ty.strip_suffix("xindex>")?.parse().ok()?;
    let values: Vec<i64> = match values.strip_prefix('[').and_then(|values| values.strip_suffix(']')) {
        Some(list) => list.split(',').map(|value| value.trim().parse().ok()).collect::<Option<_>>()?,
        None if values.is_empty() => Vec::new(),
        // One value for all, of which there are no more than a tensor has axes.
        None if count <= crate::MAX_RANK => vec![values.trim().parse().ok()?; count],
        None => return None,
    };
    (values.len() == count).then_some(values)
}

/// The algorithm of a product.
pub(super) struct Algorithm {
    pub(super) lhs_precision_type: Type,
    pub(super) rhs_precision_type: Type,
    pub(super) accumulation_type: Type,
    pub(super) lhs_component_count: i64,
    pub(super) rhs_component_count: i64,
    pub(super) num_primitive_operations: i64,
    pub(super) allow_imprecise_accumulation: bool,
}

/// `#stablehlo.dot_algorithm<lhs_precision_type = tf32, …>`.
pub(super) fn algorithm(text: &str) -> Option<Algorithm> {
    let inner = text.strip_prefix("#stablehlo.dot_algorithm<")?.strip_suffix('>')?;
    let field = |name: &str| {
        inner.split(',').find_map(|field| {
            let (key, value) = field.split_once('=')?;
            (key.trim() == name).then(|| value.trim())
        })
    };
    let ty = |name| parse_type(field(name)?).ok();
    let count = |name| field(name)?.parse().ok();
    Some(Algorithm {
        lhs_precision_type: ty("lhs_precision_type")?,
        rhs_precision_type: ty("rhs_precision_type")?,
        accumulation_type: ty("accumulation_type")?,
        lhs_component_count: count("lhs_component_count")?,
        rhs_component_count: count("rhs_component_count")?,
        num_primitive_operations: count("num_primitive_operations")?,
        allow_imprecise_accumulation: field("allow_imprecise_accumulation")? == "true",
    })
}
