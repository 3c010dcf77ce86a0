//! Named arrays in files: `.npy`, `.npz` and `.safetensors`.
//!
//! [`read`] and [`write`](fn@write) choose the format by the file's ending; [`read_npy`], [`write_npz`] and their
//! siblings fix it. Arrays are [`Literal`]s: dense, row-major, little-endian.
//!
//! ```
//! use runahead::files;
//! use runahead_ir::{ElementType, Literal, TensorType};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("weights.npz");
//! let bias = Literal::new(TensorType::new(ElementType::U8, [3]), [1, 2, 3])?;
//!
//! files::write(&path, &[("bias", &bias)])?;
//! assert_eq!(files::read(&path)?, [("bias".to_string(), bias)]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a format can hold
//!
//! | | `.npy`, `.npz` | `.safetensors` |
//! |---|---|---|
//! | booleans, integers of 8 to 64 bits, `f16`, `f32`, `f64`, `complex<f32>` | yes | yes |
//! | `complex<f64>` | yes | no |
//! | `bf16`, `f8E4M3FN`, `f8E5M2`, `f8E4M3FNUZ`, `f8E5M2FNUZ`, `f8E8M0FNU` | no | yes |
//!
//! NumPy's big-endian and Fortran-ordered arrays are converted as they are read. A boolean is true where its byte is
//! not zero. Of a quantized array the stored integers are written: no format here has a place for scales.
//!
//! # Array by array
//!
//! [`ArrayFile`] opens a file, or several `.safetensors` files by their index, and reads an array when it is asked for.
//!
//! # Files that lie
//!
//! A file is checked before it is believed: a size that a header claims is compared with the bytes that are there
//! before memory is asked for, and compressed data are unpacked no further than their header says. A malformed file
//! ends in a [`FileError`] that says where it is wrong, never in a panic.
//!
//! # Files that are half written
//!
//! A file is written beside its target under another name, and renamed when it is whole. Whoever opens the target
//! finds the old file or the new one; after a failure the old one is still there, and nothing else.

mod error;
mod names;
mod npy;
mod npz;
mod open;
mod replace;
mod safetensors;
mod stored;

use std::borrow::Borrow;
use std::fmt;
use std::io::Write;
use std::path::Path;

use runahead_ir::Literal;

pub use error::{Fault, FileError};
pub use npy::{read_npy, write_npy};
pub use npz::{read_npz, write_npz};
pub use safetensors::{read_safetensors, write_safetensors};
pub use stored::{ArrayFile, StoredArray};

/// A format of files that hold arrays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// One array without a name, as `numpy.save` writes it.
    Npy,
    /// Named arrays in a zip archive, as `numpy.savez` and `numpy.savez_compressed` write them.
    Npz,
    /// Named arrays behind a JSON header.
    Safetensors,
}

impl Format {
    /// The format that a path's ending stands for, in upper or lower case.
    ///
    /// ```
    /// use runahead::files::Format;
    /// assert_eq!(Format::of("weights.NPZ")?, Format::Npz);
    /// assert!(Format::of("weights.txt").is_err());
    /// # Ok::<(), runahead::files::FileError>(())
    /// ```
    ///
    /// # Errors
    /// [`Fault::UnknownEnding`] where the path has another ending or none.
    pub fn of(path: impl AsRef<Path>) -> Result<Format, FileError> {
        let path = path.as_ref();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("npy") => Ok(Format::Npy),
            Some("npz") => Ok(Format::Npz),
            Some("safetensors") => Ok(Format::Safetensors),
            _ => Err(FileError::new(path, Fault::UnknownEnding)),
        }
    }

    /// The format that the first bytes of a file tell, where they do.
    fn of_content(start: &[u8]) -> Option<Format> {
        if start.starts_with(npy::MAGIC) {
            Some(Format::Npy)
        } else if npz::MAGICS.iter().any(|magic| start.starts_with(magic)) {
            Some(Format::Npz)
        } else if start.get(8) == Some(&b'{') {
            Some(Format::Safetensors)
        } else {
            None
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Npy => ".npy",
            Format::Npz => ".npz",
            Format::Safetensors => ".safetensors",
        })
    }
}

/// Reads every array of a file, in the order in which the file holds them.
///
/// The array of an `.npy` file goes by the file's name without its ending. The [module](self) has an example.
///
/// # Errors
/// Where the path has an unknown ending, or for a reason that [`read_npy`], [`read_npz`] or [`read_safetensors`] has.
pub fn read(path: impl AsRef<Path>) -> Result<Vec<(String, Literal)>, FileError> {
    let path = path.as_ref();
    match Format::of(path)? {
        Format::Npy => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok(vec![(name, read_npy(path)?)])
        }
        Format::Npz => read_npz(path),
        Format::Safetensors => read_safetensors(path),
    }
}

/// Writes arrays to a file, in the format that its ending stands for.
///
/// An `.npy` file takes exactly one array and drops its name. The [module](self) has an example.
///
/// # Errors
/// Where the path has an unknown ending, where an `.npy` file is asked to hold none or several arrays, or for a
/// reason that [`write_npy`], [`write_npz`] or [`write_safetensors`] has.
pub fn write(
    path: impl AsRef<Path>,
    arrays: &[(impl AsRef<str>, impl Borrow<Literal>)],
) -> Result<(), FileError> {
    let path = path.as_ref();
    match Format::of(path)? {
        Format::Npy => match arrays {
            [(_, array)] => write_npy(path, array.borrow()),
            _ => Err(FileError::new(path, Fault::NotOneArray { count: arrays.len() })),
        },
        Format::Npz => write_npz(path, arrays),
        Format::Safetensors => write_safetensors(path, arrays),
    }
}

/// Writes text to a file, beside it and renamed as arrays are.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("trace.json");
/// runahead::files::write_text(&path, "{}")?;
/// assert_eq!(std::fs::read_to_string(&path)?, "{}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the file cannot be written.
pub fn write_text(path: impl AsRef<Path>, text: &str) -> Result<(), FileError> {
    let path = path.as_ref();
    replace::replace(path, |file| {
        file.write_all(text.as_bytes()).map_err(|error| FileError::new(path, Fault::io("write")(error)))
    })
}

/// Makes every boolean 0 or 1: files may hold any byte for true.
fn normalize_booleans(bytes: &mut [u8]) {
    for byte in bytes {
        *byte = u8::from(*byte != 0);
    }
}
