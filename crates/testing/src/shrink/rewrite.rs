//! Smaller sizes and simpler types: by replacing them in the program's text, which is read again.

use std::collections::BTreeSet;

use runahead_ir::{ElementType, TensorType, float, parse};

use crate::Case;
use crate::evaluate::{Number, Tensor};

/// What might stand for what.
pub(super) fn proposals(case: &Case) -> Vec<(String, String)> {
    let text = case.module.to_string();
    let mut found = Vec::new();
    let words: BTreeSet<&str> = tokens(&text).map(|(start, end)| &text[start..end]).collect();
    for word in &words {
        match word.parse::<usize>() {
            Ok(size) if size > 1 => {
                let smaller = [1, 2, size / 2, size - 1];
                let smaller: BTreeSet<usize> = smaller.into_iter().filter(|&s| s < size).collect();
                found.extend(smaller.into_iter().map(|s| (word.to_string(), s.to_string())));
            }
            Ok(_) => (),
            Err(_) => {
                if let Some(element) = ElementType::from_name(word) {
                    let simpler = [ElementType::Bool, ElementType::I32, ElementType::F32];
                    let simpler = simpler.into_iter().take_while(|&s| s != element);
                    found.extend(simpler.map(|s| (word.to_string(), s.name().to_owned())));
                }
            }
        }
    }
    found
}

/// The numbers and words of a text that are not parts of names.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let before = start.checked_sub(1).map_or(b' ', |i| bytes[i]);
            let digits = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
            let named = matches!(before, b'%' | b'#' | b'@' | b'_' | b'.' | b'"' | b'-')
                || before.is_ascii_alphanumeric() && before != b'x';
            if digits > 0 {
                at += digits;
                let after = bytes.get(at).copied().unwrap_or(b' ');
                if !named
                    && !matches!(after, b'.' | b'e')
                    && (after == b'x' || !after.is_ascii_alphanumeric())
                {
                    return Some((start, at));
                }
                continue;
            }
            if bytes[start].is_ascii_alphabetic() && bytes[start] != b'x' {
                let word = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                at += word;
                if matches!(before, b'<' | b'x') && bytes.get(at) == Some(&b'>') {
                    return Some((start, at));
                }
                continue;
            }
            at += 1;
        }
        None
    })
}

/// The case with one word for another; none where that is no program.
pub(super) fn rewritten(case: &Case, from: &str, to: &str) -> Option<Case> {
    let text = case.module.to_string();
    let (mut new, mut last) = (String::new(), 0);
    for (start, end) in tokens(&text) {
        new.push_str(&text[last..start]);
        new.push_str(if &text[start..end] == from { to } else { &text[start..end] });
        last = end;
    }
    new.push_str(&text[last..]);
    let module = parse("smaller", new).ok()?;
    let types = case.types();
    let mut result = Case { module, ..case.clone() };
    let plain = |ty: &runahead_ir::Type| ty.as_tensor().is_some();
    if !result.main().parameter_types().all(plain) || result.main().body.parameters.len() != types.len() {
        return None;
    }
    let arguments = types.iter().zip(&case.arguments).zip(result.types());
    result.arguments =
        arguments.map(|((ty, bytes), new)| reencoded(ty, bytes, &new)).collect::<Option<_>>()?;
    Some(result)
}

/// The same numbers, as many as a type has, in that type.
fn reencoded(ty: &TensorType, bytes: &[u8], to: &TensorType) -> Option<Vec<u8>> {
    if ty == to {
        return Some(bytes.to_vec());
    }
    let tensor = Tensor::decode(ty, bytes);
    let number = |i: usize| match tensor.numbers.get(i % tensor.numbers.len().max(1)) {
        Some(Number::Integer(value)) => *value as f64,
        Some(Number::Real(value)) => *value,
        Some(Number::Complex(value)) => value.re,
        _ => 0.0,
    };
    let encoded = |i| match to.element {
        ElementType::Bool => vec![u8::from(number(i) != 0.0)],
        element => float::element_bytes(element, number(i)),
    };
    Some((0..to.element_count()?).flat_map(encoded).collect())
}
