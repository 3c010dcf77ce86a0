//! Replacing a file as a whole, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Fault, FileError};

/// Writes a file by `write` beside `path`, and renames it to `path` when all went well.
///
/// The rename makes the file appear whole to every other process. That it also outlives a power cut is left to the
/// file system, which is much faster.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let failed = |error| FileError::new(path, Fault::io("write")(error));
    let target = Target::find(path).map_err(|fault| FileError::new(path, fault))?;
    let file = target.create_beside().map_err(failed)?;

    let mut writer = BufWriter::with_capacity(1 << 18, file.as_file());
    write(&mut writer)?;
    writer.flush().map_err(failed)?;
    drop(writer);

    file.persist(&target.path).map_err(|error| failed(error.error))?;
    Ok(())
}

struct Target {
    path: PathBuf,
    permissions: Option<fs::Permissions>,
}

impl Target {
    /// Follows links, so that a link stays one and the file that it leads to is replaced.
    fn find(path: &Path) -> Result<Target, Fault> {
        if path.file_name().is_none() {
            return Err(Fault::NotAFile);
        }
        match fs::metadata(path) {
            // Renaming over a device or a pipe would remove it.
            Ok(metadata) if !metadata.is_file() => Err(Fault::NotAFile),
            Ok(metadata) => {
                let path = fs::canonicalize(path).map_err(Fault::io("write"))?;
                Ok(Target { path, permissions: Some(metadata.permissions()) })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Target { path: path.to_owned(), permissions: None })
            }
            Err(error) => Err(Fault::io("write")(error)),
        }
    }

    /// A new file in the same folder, readable by whom the target is, or by whom any new file would be.
    fn create_beside(&self) -> io::Result<NamedTempFile> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".runahead-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
        if let Some(permissions) = &self.permissions {
            file.as_file().set_permissions(permissions.clone())?;
        }
        Ok(file)
    }
}
