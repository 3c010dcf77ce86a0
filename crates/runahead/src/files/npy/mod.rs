//! `.npy` files: one array behind a short header.
//!
//! The header is read here rather than by a crate. `npyz` and `ndarray-npy` both parse it as a Python literal of any
//! depth, recursively, so that a header of nested brackets overflows the stack and ends the process; `npyz` also
//! reserves as much memory as the header's length field asks for, up to 4 GiB.

mod dtype;
mod header;
mod layout;

use std::io::{BufReader, Read, Write};
use std::path::Path;

use runahead_ir::{ElementType, Literal, TensorType};

use super::open::{fill, open, read_bytes};
use super::replace::replace;
use super::{Fault, FileError};
pub(super) use header::MAGIC;

/// The most axes that an array in NumPy can have.
pub(super) const MAX_RANK: usize = 64;

/// Reads the array of an `.npy` file.
///
/// ```
/// use runahead::files::{read_npy, write_npy};
/// use runahead_ir::{ElementType, Literal, TensorType};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("labels.npy");
/// let labels = Literal::new(TensorType::new(ElementType::U8, [2, 2]), [1, 2, 3, 4])?;
/// write_npy(&path, &labels)?;
/// assert_eq!(read_npy(&path)?, labels);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the file cannot be read, is damaged, or holds elements of a type that has no counterpart here: strings,
/// dates, Python objects, structures, `float128`, and `bfloat16` or `float8`, whose names NumPy does not save.
pub fn read_npy(path: impl AsRef<Path>) -> Result<Literal, FileError> {
    let path = path.as_ref();
    let read = || {
        let (file, length) = open(path)?;
        read_from(&mut BufReader::new(file), length, length)
    };
    read().map_err(|fault| FileError::new(path, fault))
}

/// Writes an array to an `.npy` file, as NumPy would.
///
/// [`read_npy`] has an example.
///
/// # Errors
/// Where the file cannot be written, or where NumPy has no such element type or not as many axes.
pub fn write_npy(path: impl AsRef<Path>, array: &Literal) -> Result<(), FileError> {
    let path = path.as_ref();
    replace(path, |writer| write_to(writer, array).map_err(|fault| FileError::new(path, fault)))
}

/// Reads an array from a stream that claims to be `length` bytes long, of which `sure` are known to be there.
pub(super) fn read_from(reader: &mut impl Read, length: u64, sure: u64) -> Result<Literal, Fault> {
    let (header, ty, end) = read_header(reader, length)?;
    let expected = end - header.end;
    let stored = read_bytes(reader, expected, sure)?;
    // The length was a claim; and an archive compares checksums only when it is read to its end.
    if fill(reader, &mut [0])? != 0 {
        return Err(Fault::TrailingBytes { offset: end });
    }
    let bytes = layout::to_row_major(stored, &ty, header.dtype.big_endian, header.fortran_order)?;
    Literal::new(ty, bytes).map_err(|error| Fault::bad_header(0, error.to_string()))
}

/// Reads the type of the array in a stream that claims to be `length` bytes long.
pub(super) fn read_type(reader: &mut impl Read, length: u64) -> Result<TensorType, Fault> {
    Ok(read_header(reader, length)?.1)
}

/// Reads the header of a stream that claims to be `length` bytes long, with the type and the end of the data, which is
/// the stream's.
fn read_header(reader: &mut impl Read, length: u64) -> Result<(header::Header, TensorType, u64), Fault> {
    let header = header::read(reader, length)?;
    let ty = TensorType::new(header.dtype.element, header.dims.iter().copied());
    let expected = ty.byte_count().ok_or_else(|| too_large(&ty))? as u64;
    let found = length - header.end;
    if found < expected {
        return Err(Fault::TruncatedData { expected, found });
    }
    let end = header.end + expected;
    if found > expected {
        return Err(Fault::TrailingBytes { offset: end });
    }
    Ok((header, ty, end))
}

/// Writes an array as `.npy` data.
pub(super) fn write_to(writer: &mut impl Write, array: &Literal) -> Result<(), Fault> {
    writer.write_all(&header::text(array.ty())?).map_err(Fault::io("write"))?;
    writer.write_all(&array.to_dense()).map_err(Fault::io("write"))
}

/// Whether NumPy has such elements.
pub(super) fn holds(element: ElementType) -> bool {
    dtype::Dtype::name(element).is_some()
}

/// The fault of a shape whose bytes cannot be counted.
pub(super) fn too_large(ty: &TensorType) -> Fault {
    let dims: Vec<String> = ty.dims.iter().map(usize::to_string).collect();
    Fault::TooLarge { dims: super::error::shortened(&dims.join("x")) }
}
