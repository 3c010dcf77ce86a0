//! What results are to be.

use std::path::Path;

use runahead::{Literal, Signature, files};

use crate::compare::{Difference, difference};
use crate::error::CliError;
use crate::inputs::misfit;
use crate::text::table;

/// Reads what each result is to be, from arrays named `out0`, `out1`, …
///
/// # Errors
/// Where the file cannot be read, or does not hold exactly one array of its type for every result.
pub(super) fn read(path: &Path, signature: &Signature) -> Result<Vec<Literal>, CliError> {
    let mut expected: Vec<Option<Literal>> = vec![None; signature.results.len()];
    let mut problems = Vec::new();
    for (name, value) in files::read(path)? {
        let position = name.strip_prefix("out").and_then(|position| position.parse::<usize>().ok());
        let Some(position) = position.filter(|&position| position < expected.len()) else {
            problems.push(format!("array {name:?}: there is no result of that name; leave it out"));
            continue;
        };
        if let Some(problem) = misfit(&signature.results[position], value.ty()) {
            problems.push(format!("array {name:?}: the result {problem}"));
        }
        if expected[position].replace(value).is_some() {
            problems.push(format!("array {name:?}: out{position} is there twice; leave one out"));
        }
    }
    for (i, value) in expected.iter().enumerate() {
        if value.is_none() {
            problems.push(format!("array \"out{i}\" is missing; add it"));
        }
    }
    if problems.is_empty() {
        return Ok(expected.into_iter().flatten().collect());
    }
    let rows = signature.results.iter().enumerate().map(|(i, ty)| vec![format!("out{i}"), ty.to_string()]);
    let results = table(&rows.collect::<Vec<_>>(), &[]).join("\n");
    let problems = problems.join("\n  ");
    Err(CliError::in_file(
        path,
        format!("the file does not fit the program's results:\n  {problems}\nthe program gives:\n{results}"),
    ))
}

/// By how much each result differs.
pub(super) fn differences(results: &[Literal], expected: &[Literal]) -> Vec<Difference> {
    results.iter().zip(expected).map(|(got, expected)| difference(got, expected)).collect()
}
