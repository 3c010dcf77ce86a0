//! `.npz` files: a zip archive of `.npy` files.

use std::borrow::Borrow;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use runahead_ir::Literal;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::open::{fill, open};
use super::replace::replace;
use super::stored::{Place, StoredArray};
use super::{Fault, FileError, Format, names, npy};

/// How a zip archive begins: with an entry, or with the end where there is none.
pub(super) const MAGICS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Reads the arrays of an `.npz` file, stored or compressed, in the order in which the archive lists them.
///
/// ```
/// use runahead::files::{read_npz, write_npz};
/// use runahead_ir::{ElementType, Literal, TensorType};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("pair.npz");
/// let x = Literal::new(TensorType::new(ElementType::I8, [2]), [1, 2])?;
/// let y = Literal::new(TensorType::scalar(ElementType::Bool), [1])?;
/// write_npz(&path, &[("x", &x), ("y", &y)])?;
/// assert_eq!(read_npz(&path)?, [("x".to_string(), x), ("y".to_string(), y)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the file cannot be read, is damaged, holds something else than arrays, or holds an array that
/// [`read_npy`](super::read_npy) would refuse.
pub fn read_npz(path: impl AsRef<Path>) -> Result<Vec<(String, Literal)>, FileError> {
    let path = path.as_ref();
    let failed = |fault| FileError::new(path, fault);
    let (mut archive, length) = open_archive(path).map_err(failed)?;
    let mut arrays = Vec::new();
    for index in 0..archive.len() {
        let (name, size) = entry(&archive, index).map_err(failed)?;
        let array = read_entry(&mut archive, index, size, length)
            .map_err(|fault| FileError::in_array(path, &name, fault))?;
        arrays.push((name, array));
    }
    Ok(arrays)
}

/// Writes named arrays to an `.npz` file, uncompressed, as `numpy.savez` does.
///
/// [`read_npz`] has an example.
///
/// # Errors
/// Where the file cannot be written, two arrays have the same name, or an array cannot be held by
/// [an `.npy` file](super::write_npy).
pub fn write_npz(
    path: impl AsRef<Path>,
    arrays: &[(impl AsRef<str>, impl Borrow<Literal>)],
) -> Result<(), FileError> {
    let path = path.as_ref();
    let arrays = names::checked(path, Format::Npz, arrays)?;
    replace(path, |writer| {
        let mut archive = ZipWriter::new(writer);
        for (name, array) in arrays {
            write_entry(&mut archive, name, array).map_err(|fault| FileError::in_array(path, name, fault))?;
        }
        archive.finish().map_err(|error| FileError::new(path, archive_fault("write", error)))?;
        Ok(())
    })
}

/// The arrays of a file, of which only the headers are read.
pub(super) fn stored(path: &Path) -> Result<Vec<(String, StoredArray)>, FileError> {
    let (mut archive, _) = open_archive(path).map_err(|fault| FileError::new(path, fault))?;
    let mut arrays = Vec::new();
    for index in 0..archive.len() {
        let (name, size) = entry(&archive, index).map_err(|fault| FileError::new(path, fault))?;
        let in_array = |fault| FileError::in_array(path, &name, fault);
        let opened = archive.by_index(index).map_err(|error| archive_fault("read", error));
        let ty = opened.and_then(|mut opened| npy::read_type(&mut opened, size)).map_err(damaged);
        let ty = ty.map_err(in_array)?;
        let array = StoredArray { path: path.into(), name: (*name).into(), ty, place: Place::Entry(index) };
        arrays.push((name, array));
    }
    Ok(arrays)
}

/// Reads the array in the entry of that number.
pub(super) fn read_one(path: &Path, index: usize) -> Result<Literal, Fault> {
    let (mut archive, length) = open_archive(path)?;
    let (_, size) = entry(&archive, index)?;
    read_entry(&mut archive, index, size, length)
}

type Archive = ZipArchive<BufReader<File>>;

fn open_archive(path: &Path) -> Result<(Archive, u64), Fault> {
    let (file, length) = open(path)?;
    let mut reader = BufReader::new(file);
    let mut start = [0; 9];
    let count = fill(&mut reader, &mut start)?;
    if !MAGICS.iter().any(|magic| start.starts_with(magic)) {
        return Err(Fault::wrong_magic(Format::Npz, &start[..count]));
    }
    let damaged = |error| archive_fault("read", error);
    let mut archive = ZipArchive::new(reader).map_err(damaged)?;
    if archive.has_duplicate_names() {
        return Err(Fault::DuplicateName);
    }
    // Entries that share their bytes let a small archive unpack to an enormous one.
    if archive.has_overlapping_entries().map_err(damaged)? {
        return Err(Fault::BadArchive { problem: "its entries overlap".to_string() });
    }
    Ok((archive, length))
}

/// The name of the array in an entry, and the size that the archive claims for it.
fn entry(archive: &Archive, index: usize) -> Result<(String, u64), Fault> {
    let damaged = |error| archive_fault("read", error);
    let entry = archive.by_index_data(index).map_err(damaged)?;
    let file = entry.name().map_err(damaged)?;
    match file.strip_suffix(".npy") {
        Some(name) => Ok((name.to_owned(), entry.size())),
        None => Err(Fault::NotAnArray { entry: super::error::shortened(&file) }),
    }
}

fn read_entry(archive: &mut Archive, index: usize, size: u64, archive_length: u64) -> Result<Literal, Fault> {
    let mut entry = archive.by_index(index).map_err(|error| archive_fault("read", error))?;
    npy::read_from(&mut entry, size, archive_length).map_err(damaged)
}

/// The decompressor and the checksum report what they find as errors of reading.
fn damaged(fault: Fault) -> Fault {
    match fault {
        Fault::Io { error, .. } if error.raw_os_error().is_none() => {
            Fault::BadArchive { problem: error.to_string() }
        }
        fault => fault,
    }
}

fn write_entry<W: std::io::Write + std::io::Seek>(
    archive: &mut ZipWriter<W>,
    name: &str,
    array: &Literal,
) -> Result<(), Fault> {
    // The header takes less than 4 KiB; an entry of 4 GiB or more needs wider fields for its size.
    let size = array.ty().byte_count().unwrap_or(0) as u64 + 4096;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .large_file(size > u64::from(u32::MAX));
    archive.start_file(format!("{name}.npy"), options).map_err(|error| archive_fault("write", error))?;
    npy::write_to(archive, array)
}

fn archive_fault(doing: &'static str, error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) if error.raw_os_error().is_some() => Fault::io(doing)(error),
        ZipError::Io(error) => Fault::BadArchive { problem: error.to_string() },
        error => Fault::BadArchive { problem: error.to_string() },
    }
}
