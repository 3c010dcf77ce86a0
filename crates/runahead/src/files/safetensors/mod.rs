//! `.safetensors` files: the length of a JSON header, the header, and the data of all arrays without gaps.
//!
//! The `safetensors` crate describes the header and its element types. The arrays' places are checked here, so that
//! an error can say which array is misplaced and where it should be, and so that each array is read from the file
//! straight into its own memory.

mod header;
mod mapped;
mod shards;

use std::borrow::Borrow;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

use ::safetensors::tensor::{Dtype, Metadata, TensorInfo};
use runahead_ir::{ElementType, Literal, TensorType};

use super::open::{fill, open, read_bytes};
use super::replace::replace;
use super::{Fault, FileError, Format, names, npy};
use header::{Entry, parse};
pub(super) use mapped::{Data, map};
pub(super) use shards::map_shards;

/// Reads the arrays of a `.safetensors` file, in the order of their data.
///
/// ```
/// use runahead::files::{read_safetensors, write_safetensors};
/// use runahead_ir::{ElementType, Literal, TensorType};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("weights.safetensors");
/// let weight = Literal::new(TensorType::new(ElementType::BF16, [1]), [0x80, 0x3f])?;
/// write_safetensors(&path, &[("weight", &weight)])?;
/// assert_eq!(read_safetensors(&path)?, [("weight".to_string(), weight)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the file cannot be read, is damaged, or holds elements of less than a byte.
pub fn read_safetensors(path: impl AsRef<Path>) -> Result<Vec<(String, Literal)>, FileError> {
    let path = path.as_ref();
    let Opened { mut reader, entries, .. } = open_checked(path)?;
    let mut arrays = Vec::with_capacity(entries.len());
    for entry in entries {
        let array =
            read_array(&mut reader, &entry).map_err(|fault| FileError::in_array(path, &entry.name, fault))?;
        arrays.push((entry.name, array));
    }
    Ok(arrays)
}

/// A file whose header was found to fit what is there, to be read from where its data begin.
struct Opened {
    reader: BufReader<File>,
    data_start: u64,
    /// In the order of their data.
    entries: Vec<Entry>,
}

fn open_checked(path: &Path) -> Result<Opened, FileError> {
    let failed = |fault| FileError::new(path, fault);
    let (file, length) = open(path).map_err(failed)?;
    let mut reader = BufReader::new(file);
    let header = read_header(&mut reader, length).map_err(failed)?;
    let data_start = START + header.len() as u64;

    let mut entries = parse(path, &header)?;
    // Empty arrays stand before the array that begins where they do.
    entries.sort_by_key(|entry| entry.info.data_offsets);
    let end = check_places(path, &entries, length - data_start)?;
    if data_start + end < length {
        return Err(failed(Fault::TrailingBytes { offset: data_start + end }));
    }
    Ok(Opened { reader, data_start, entries })
}

/// Writes named arrays to a `.safetensors` file, those of the widest elements first, then by name.
///
/// [`read_safetensors`] has an example.
///
/// # Errors
/// Where the file cannot be written, two arrays have the same name, a name is `__metadata__`, or the format has no
/// such element type (`complex<f64>`, and elements of less than a byte).
pub fn write_safetensors(
    path: impl AsRef<Path>,
    arrays: &[(impl AsRef<str>, impl Borrow<Literal>)],
) -> Result<(), FileError> {
    let path = path.as_ref();
    let mut arrays = names::checked(path, Format::Safetensors, arrays)?
        .into_iter()
        .map(|(name, array)| match dtype(array.ty().element) {
            Some(dtype) => Ok((name, dtype, array)),
            None => {
                let element = array.ty().element;
                let fault = Fault::UnsupportedElement { format: Format::Safetensors, element };
                Err(FileError::in_array(path, name, fault))
            }
        })
        .collect::<Result<Vec<_>, FileError>>()?;
    // Widest first keeps every array aligned to its elements.
    arrays.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));

    replace(path, |writer| {
        let failed = |fault| FileError::new(path, fault);
        let header = header_text(&arrays).map_err(failed)?;
        let mut put = |bytes: &[u8]| writer.write_all(bytes).map_err(|e| failed(Fault::io("write")(e)));
        put(&(header.len() as u64).to_le_bytes())?;
        put(&header)?;
        arrays.iter().try_for_each(|(_, _, array)| put(&array.to_dense()))
    })
}

/// Where the header begins: after its length.
const START: u64 = 8;

fn read_header(reader: &mut BufReader<File>, length: u64) -> Result<Vec<u8>, Fault> {
    let mut start = [0; START as usize + 1];
    let count = fill(reader, &mut start)?;
    if !matches!(Format::of_content(&start[..count]), None | Some(Format::Safetensors)) {
        return Err(Fault::wrong_magic(Format::Safetensors, &start[..count]));
    }
    if count < start.len() {
        // Even a file without arrays has a header of two bytes.
        return Err(Fault::TruncatedHeader { expected: START + 2, found: length });
    }
    if start[START as usize] != b'{' {
        return Err(Fault::wrong_magic(Format::Safetensors, &start));
    }
    let header_length = u64::from_le_bytes(std::array::from_fn(|index| start[index]));
    if header_length > length - START {
        let expected = START.saturating_add(header_length);
        return Err(Fault::TruncatedHeader { expected, found: length });
    }
    if header_length == 0 {
        return Err(Fault::bad_header(0, "it has no bytes, but an empty one has two: {}"));
    }
    let mut header = vec![b'{'];
    header.extend(read_bytes(reader, header_length - 1, length)?);
    Ok(header)
}

/// Checks that the arrays follow each other without gaps, each as long as its type, within `available` bytes of
/// data, and tells where the last one ends.
fn check_places(path: &Path, entries: &[Entry], available: u64) -> Result<u64, FileError> {
    let mut at = 0;
    for entry in entries {
        let failed = |fault| FileError::in_array(path, &entry.name, fault);
        let (begin, end) = (entry.info.data_offsets.0 as u64, entry.info.data_offsets.1 as u64);
        let ty = entry.ty().map_err(failed)?;
        let expected = ty.byte_count().ok_or_else(|| failed(npy::too_large(&ty)))? as u64;
        if begin != at || end < begin {
            return Err(failed(Fault::BadOffsets { begin, end, expected: at }));
        }
        if end - begin != expected {
            return Err(failed(Fault::SizeMismatch { ty: ty.to_string(), expected, found: end - begin }));
        }
        if end > available {
            return Err(failed(Fault::TruncatedData { expected, found: available.saturating_sub(begin) }));
        }
        at = end;
    }
    Ok(at)
}

fn read_array(reader: &mut BufReader<File>, entry: &Entry) -> Result<Literal, Fault> {
    let ty = entry.ty()?;
    let (begin, end) = entry.info.data_offsets;
    let count = (end - begin) as u64;
    let mut bytes = read_bytes(reader, count, count)?;
    if ty.element == ElementType::Bool {
        super::normalize_booleans(&mut bytes);
    }
    Literal::new(ty, bytes).map_err(|error| Fault::bad_header(START, error.to_string()))
}

fn header_text(arrays: &[(&str, Dtype, &Literal)]) -> Result<Vec<u8>, Fault> {
    let mut at = 0;
    let mut infos = Vec::with_capacity(arrays.len());
    for (name, dtype, array) in arrays {
        let end = at + array.ty().byte_count().unwrap_or(0);
        let info = TensorInfo { dtype: *dtype, shape: array.ty().dims.to_vec(), data_offsets: (at, end) };
        infos.push((name.to_string(), info));
        at = end;
    }
    let wrong = |problem: String| Fault::bad_header(START, problem);
    let metadata = Metadata::new(None, infos).map_err(|error| wrong(error.to_string()))?;
    let mut text = serde_json::to_vec(&metadata).map_err(|error| wrong(error.to_string()))?;
    // Data begin at a multiple of 8 bytes.
    text.resize(text.len().next_multiple_of(8), b' ');
    Ok(text)
}

/// Element types and the format's names for them. Its `F8_E4M3` is the type without infinities.
const TYPES: [(Dtype, ElementType); 19] = [
    (Dtype::BOOL, ElementType::Bool),
    (Dtype::U8, ElementType::U8),
    (Dtype::U16, ElementType::U16),
    (Dtype::U32, ElementType::U32),
    (Dtype::U64, ElementType::U64),
    (Dtype::I8, ElementType::I8),
    (Dtype::I16, ElementType::I16),
    (Dtype::I32, ElementType::I32),
    (Dtype::I64, ElementType::I64),
    (Dtype::F8_E4M3, ElementType::F8E4M3FN),
    (Dtype::F8_E5M2, ElementType::F8E5M2),
    (Dtype::F8_E8M0, ElementType::F8E8M0FNU),
    (Dtype::F8_E4M3FNUZ, ElementType::F8E4M3FNUZ),
    (Dtype::F8_E5M2FNUZ, ElementType::F8E5M2FNUZ),
    (Dtype::F16, ElementType::F16),
    (Dtype::BF16, ElementType::BF16),
    (Dtype::F32, ElementType::F32),
    (Dtype::F64, ElementType::F64),
    (Dtype::C64, ElementType::C64),
];

fn dtype(element: ElementType) -> Option<Dtype> {
    TYPES.iter().find(|(_, known)| *known == element).map(|(dtype, _)| *dtype)
}

/// Whether the format has such elements.
pub(super) fn holds(element: ElementType) -> bool {
    dtype(element).is_some()
}

impl Entry {
    fn ty(&self) -> Result<TensorType, Fault> {
        let dtype = self.info.dtype;
        let Some((_, element)) = TYPES.iter().find(|(known, _)| *known == dtype) else {
            let advice = "save the array with elements of at least a byte, such as F8_E4M3 or BF16";
            return Err(Fault::UnsupportedDtype { dtype: dtype.to_string(), advice });
        };
        Ok(TensorType::new(*element, self.info.shape.iter().copied()))
    }
}
