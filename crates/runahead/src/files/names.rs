//! The names that arrays may have in a file of several.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::path::Path;

use runahead_ir::Literal;

use super::{Fault, FileError, Format};

/// The longest name in bytes. A zip archive counts a name's bytes, `.npy` included, in 16 bits.
pub(super) const MAX_LENGTH: usize = 60_000;

/// A key that the safetensors format keeps for itself.
pub(super) const METADATA: &str = "__metadata__";

/// The arrays with their names, once the names are known to be different and fit for the format.
pub(super) fn checked<'a>(
    path: &Path,
    format: Format,
    arrays: &'a [(impl AsRef<str>, impl Borrow<Literal>)],
) -> Result<Vec<(&'a str, &'a Literal)>, FileError> {
    let mut seen = HashSet::new();
    let mut checked = Vec::with_capacity(arrays.len());
    for (name, array) in arrays {
        let name = name.as_ref();
        if name.len() > MAX_LENGTH || format == Format::Safetensors && name == METADATA {
            return Err(FileError::in_array(path, name, Fault::UnusableName { format }));
        }
        if !seen.insert(name) {
            return Err(FileError::in_array(path, name, Fault::DuplicateName));
        }
        checked.push((name, array.borrow()));
    }
    Ok(checked)
}
