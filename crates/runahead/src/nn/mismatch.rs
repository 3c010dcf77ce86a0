//! What is wrong with the names and shapes of parameters, all together.

use std::fmt;

use runahead_ir::TensorType;

/// So many of a kind are named in a message; all can be had by the methods.
const NAMED: usize = 20;

/// How parameters that are there differ from those that a model has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mismatch {
    pub(super) origin: String,
    pub(super) missing: Vec<(String, TensorType)>,
    pub(super) extra: Vec<String>,
    pub(super) ill_shaped: Vec<IllShaped>,
}

/// A parameter that is there in another shape, or with other elements, than the model has it.
#[derive(Clone, Debug, PartialEq)]
pub struct IllShaped {
    /// The parameter's name.
    pub name: String,
    /// What is there.
    pub found: TensorType,
    /// What the model has.
    pub expected: TensorType,
}

impl Mismatch {
    pub(super) fn of(origin: impl Into<String>) -> Mismatch {
        Mismatch { origin: origin.into(), ..Mismatch::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.ill_shaped.is_empty()
    }

    /// What the model has and is not there, with the types expected.
    pub fn missing(&self) -> &[(String, TensorType)] {
        &self.missing
    }

    /// What is there and the model does not have.
    pub fn extra(&self) -> &[String] {
        &self.extra
    }

    /// What is there in another shape or with other elements.
    pub fn ill_shaped(&self) -> &[IllShaped] {
        &self.ill_shaped
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not hold the model's parameters", self.origin)?;
        let missing = self.missing.iter().map(|(name, ty)| format!("missing: {name}, {ty}"));
        let ill_shaped = self.ill_shaped.iter().map(|IllShaped { name, found, expected }| {
            format!("ill-shaped: {name} is {found}; expected {expected}")
        });
        let extra = self.extra.iter().map(|name| format!("extra: {name}"));
        list(f, missing)?;
        list(f, ill_shaped)?;
        list(f, extra)
    }
}

fn list(f: &mut fmt::Formatter<'_>, lines: impl ExactSizeIterator<Item = String>) -> fmt::Result {
    let count = lines.len();
    for line in lines.take(NAMED) {
        write!(f, "\n  {line}")?;
    }
    if count > NAMED {
        write!(f, "\n  … and {} more", count - NAMED)?;
    }
    Ok(())
}

impl std::error::Error for Mismatch {}
