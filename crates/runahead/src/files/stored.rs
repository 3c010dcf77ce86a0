//! Files that are opened, and read array by array.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use runahead_ir::{Literal, TensorType};

use super::{Fault, FileError, Format, npz, read_npy, safetensors};

/// Named arrays in a file, or in several with an index: names and types are known, data are read when they are asked for,
/// by any thread.
///
/// `.safetensors` files are mapped into memory. Do not write to one while it is open: replace it, as
/// [`write`](fn@super::write) does.
///
/// ```
/// use runahead::files::{self, ArrayFile};
/// use runahead_ir::Literal;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("weights.safetensors");
/// let bias = Literal::from_elements([2], &[1f32, 2.0])?;
/// files::write(&path, &[("bias", &bias)])?;
/// let file = ArrayFile::open(&path)?;
/// let array = file.get("bias").unwrap();
/// assert_eq!(array.ty().to_string(), "tensor<2xf32>");
/// assert_eq!(array.read()?, bias);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ArrayFile {
    arrays: BTreeMap<String, StoredArray>,
}

/// An array of an [`ArrayFile`].
#[derive(Clone, Debug)]
pub struct StoredArray {
    pub(super) path: Arc<Path>,
    pub(super) name: Arc<str>,
    pub(super) ty: TensorType,
    pub(super) place: Place,
}

/// Where an array's data are.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Mapped {
        data: Arc<safetensors::Data>,
        begin: u64,
    },
    /// The entry of that number of an archive.
    Entry(usize),
    Read(Literal),
}

impl ArrayFile {
    /// Opens a `.safetensors`, `.npz` or `.npy` file, or several `.safetensors` files by their index, whose name ends in
    /// `.index.json`.
    ///
    /// # Errors
    /// Where the path has another ending; where a file cannot be read, or its headers are wrong or do not fit what is
    /// there; where an index names a file outside its folder, or one that does not hold what the index says.
    pub fn open(path: impl AsRef<Path>) -> Result<ArrayFile, FileError> {
        let path = path.as_ref();
        let is_index = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".index.json"));
        let arrays = if is_index {
            safetensors::map_shards(path)?
        } else {
            match Format::of(path)? {
                Format::Safetensors => safetensors::map(path)?,
                Format::Npz => npz::stored(path)?,
                Format::Npy => {
                    let (literal, name) = (read_npy(path)?, path.file_stem().unwrap_or_default());
                    let name = name.to_string_lossy();
                    let (ty, place) = (literal.ty().clone(), Place::Read(literal));
                    let array = StoredArray { path: path.into(), name: (*name).into(), ty, place };
                    vec![(name.into_owned(), array)]
                }
            }
        };
        Ok(ArrayFile { arrays: arrays.into_iter().collect() })
    }

    /// The array of that name.
    pub fn get(&self, name: &str) -> Option<&StoredArray> {
        self.arrays.get(name)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.arrays.keys().map(String::as_str)
    }
}

impl StoredArray {
    /// The type.
    pub fn ty(&self) -> &TensorType {
        &self.ty
    }

    /// Reads the data, row-major and little-endian, to memory of their size.
    ///
    /// # Errors
    /// Where they cannot be read, or are no longer what they were when the file was opened.
    ///
    /// # Panics
    /// Where the memory has another size than the type.
    pub fn read_to(&self, memory: &mut [u8]) -> Result<(), FileError> {
        assert_eq!(Some(memory.len()), self.ty.byte_count(), "memory for {}", self.ty);
        let failed = |fault| FileError::in_array(&self.path, &*self.name, fault);
        match &self.place {
            Place::Mapped { data, begin } => data.read(*begin, self.ty.element, memory).map_err(failed),
            Place::Read(literal) => {
                literal.write_to(memory);
                Ok(())
            }
            Place::Entry(index) => {
                let literal = npz::read_one(&self.path, *index).map_err(failed)?;
                if *literal.ty() != self.ty {
                    return Err(failed(Fault::Changed { was: self.ty.to_string() }));
                }
                literal.write_to(memory);
                Ok(())
            }
        }
    }

    /// Reads the array.
    ///
    /// # Errors
    /// As for [`read_to`](Self::read_to), and where there is not enough memory.
    pub fn read(&self) -> Result<Literal, FileError> {
        let failed = |fault| FileError::in_array(&self.path, &*self.name, fault);
        let count = self.ty.byte_count().unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let reserved = bytes.try_reserve_exact(count);
        reserved.map_err(|_| failed(Fault::OutOfMemory { bytes: count as u64 }))?;
        bytes.resize(count, 0);
        self.read_to(&mut bytes)?;
        Literal::new(self.ty.clone(), bytes).map_err(|error| failed(Fault::bad_header(0, error.to_string())))
    }
}
