//! The table of operations by types.

use std::process::ExitCode;

use runahead::{Coverage, Support};
use serde::Serialize;

use crate::error::CliError;
use crate::output::Output;
use crate::text::table;

/// An operation as JSON.
#[derive(Serialize)]
struct Row<'a> {
    operation: &'a str,
    supported: Vec<&'a str>,
    unsupported: Vec<&'a str>,
    /// Why it is supported on no type.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// Shows which operations are supported on which types.
///
/// # Errors
/// Where the output cannot be written.
pub(super) fn show(json: bool) -> Result<ExitCode, CliError> {
    let (types, operations) = (runahead::coverage_types(), runahead::coverage());
    let of = |row: &Coverage, wanted: fn(&Support) -> bool| -> Vec<&'static str> {
        types.iter().zip(&row.support).filter(|(_, support)| wanted(support)).map(|(ty, _)| *ty).collect()
    };
    let supported = |row: &Coverage| of(row, |s| *s == Support::Supported);
    let unsupported = |row: &Coverage| of(row, |s| matches!(s, Support::Unsupported(_)));
    let mut output = Output::new();
    if json {
        for row in &operations {
            let (supported, unsupported) = (supported(row), unsupported(row));
            output.line(json_of(&Row { operation: &row.operation, supported, unsupported, reason: None }))?;
        }
        for &(operation, reason) in runahead::UNSUPPORTED_OPERATIONS {
            let (supported, unsupported) = (Vec::new(), types.clone());
            output.line(json_of(&Row { operation, supported, unsupported, reason: Some(reason) }))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    output.line(
        "Operations by types: + supported, - not supported, blank where the operation is not defined.",
    )?;
    output.line("")?;
    // The types' names stand upright, so that columns are narrow.
    let tallest = types.iter().map(|ty| ty.chars().count()).max().unwrap_or(0);
    let mut rows: Vec<Vec<String>> = (0..tallest)
        .map(|line: usize| {
            let letter = |ty: &&str| {
                let blank = tallest - ty.chars().count();
                line.checked_sub(blank).and_then(|i| ty.chars().nth(i)).unwrap_or(' ').to_string()
            };
            let letters: String = types.iter().map(letter).collect::<Vec<_>>().join(" ");
            vec![String::new(), letters]
        })
        .collect();
    for row in &operations {
        let mark = |support: &Support| match support {
            Support::Supported => "+",
            Support::Unsupported(_) => "-",
            Support::Undefined => " ",
        };
        rows.push(vec![row.operation.clone(), row.support.iter().map(mark).collect::<Vec<_>>().join(" ")]);
    }
    table(&rows, &[]).into_iter().try_for_each(|line| output.line(line))?;
    output.line("")?;
    let count = |dialect: &str| operations.iter().filter(|row| row.operation.starts_with(dialect)).count();
    let cells: usize = operations.iter().map(|row| supported(row).len()).sum();
    let missing: Vec<String> = operations
        .iter()
        .flat_map(|row| unsupported(row).into_iter().map(|ty| format!("{} on {ty}", row.operation)))
        .collect();
    output.line(format!(
        "{} operations of StableHLO and {} of CHLO: {cells} of {} pairs of operation and type are supported",
        count("stablehlo."),
        count("chlo."),
        cells + missing.len()
    ))?;
    missing.iter().try_for_each(|missing| output.line(format!("not supported: {missing}")))?;
    for (operation, reason) in runahead::UNSUPPORTED_OPERATIONS {
        output.line(format!("not supported: {operation} on any type: it {reason}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn json_of(row: &Row<'_>) -> String {
    serde_json::to_string(row).unwrap_or_else(|error| unreachable!("a row is plain data: {error}"))
}
