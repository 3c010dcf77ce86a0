//! Finding programs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::CliError;

/// The files given, and the `.mlir` and `.mlirbc` files of the folders given and of those below, sorted.
///
/// A link to a folder is followed where it is given, not where it is found, so that no circle is.
///
/// # Errors
/// Where there is nothing at a path, or no program in a folder.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| {
            CliError::in_file(path, format!("{error}; give a program or a folder of programs"))
        })?;
        if !metadata.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        collect(path, &mut files)?;
        if files.len() == before {
            return Err(CliError::in_file(
                path,
                "the folder has no .mlir or .mlirbc file; give a folder of programs",
            ));
        }
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), CliError> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let failed = |error| CliError::in_file(&folder, format!("the folder cannot be read: {error}"));
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "mlir" || ending == "mlirbc") {
                found.push(path);
            }
        }
    }
    found.sort();
    files.append(&mut found);
    Ok(())
}
