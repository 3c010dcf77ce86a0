//! The data of a file that is mapped into memory, so that arrays are read from it when they are needed, by any thread.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use memmap2::{Mmap, MmapOptions};
use parking_lot::Mutex;
use runahead_ir::ElementType;

use super::{Opened, open_checked};
use crate::files::stored::{Place, StoredArray};
use crate::files::{Fault, FileError, normalize_booleans};

/// The data of all arrays of a file.
#[derive(Debug)]
pub(in crate::files) struct Data {
    start: u64,
    bytes: Bytes,
}

#[derive(Debug)]
enum Bytes {
    Mapped(Mmap),
    /// Where a file cannot be mapped: on some network file systems, and where addresses are spent.
    Read(Mutex<File>),
}

/// Opens a file, checks its header against what is there, and maps its data.
///
/// # Errors
/// As for [`read_safetensors`](super::read_safetensors), save that what cannot be read is found when it is.
pub(in crate::files) fn map(path: &Path) -> Result<Vec<(String, StoredArray)>, FileError> {
    let Opened { reader, data_start, entries } = open_checked(path)?;
    let file = reader.into_inner();
    // SAFETY: the bytes must not change while they are borrowed from the map. They are borrowed only to be copied, in
    // `Data::read`, and nothing is concluded from them before or after, so that a program that writes to the file
    // meanwhile spoils the copy and nothing else. A file that is cut short meanwhile ends the process by a signal, as it
    // does whoever maps files; files that are replaced, as this crate's are, keep their old data as long as they are
    // mapped.
    let mapped = unsafe { MmapOptions::new().map(&file) };
    let bytes = mapped.map_or_else(|_| Bytes::Read(Mutex::new(file)), Bytes::Mapped);
    let (data, path) = (Arc::new(Data { start: data_start, bytes }), Arc::<Path>::from(path));
    let arrays = entries.into_iter().map(|entry| {
        let ty = entry.ty().map_err(|fault| FileError::in_array(&path, &entry.name, fault))?;
        let place = Place::Mapped { data: Arc::clone(&data), begin: entry.info.data_offsets.0 as u64 };
        let array = StoredArray { path: Arc::clone(&path), name: entry.name.as_str().into(), ty, place };
        Ok((entry.name, array))
    });
    arrays.collect()
}

impl Data {
    /// Copies an array's data from where they begin.
    pub(in crate::files) fn read(
        &self,
        begin: u64,
        element: ElementType,
        memory: &mut [u8],
    ) -> Result<(), Fault> {
        let (from, count) = (self.start + begin, memory.len() as u64);
        match &self.bytes {
            Bytes::Mapped(map) => {
                let mapped = usize::try_from(from).ok().and_then(|from| map.get(from..from + memory.len()));
                let found = (map.len() as u64).saturating_sub(from);
                memory.copy_from_slice(mapped.ok_or(Fault::TruncatedData { expected: count, found })?);
            }
            Bytes::Read(file) => {
                let mut file = file.lock();
                let read = file.seek(SeekFrom::Start(from)).and_then(|_| file.read_exact(memory));
                read.map_err(Fault::io("read"))?;
            }
        }
        if element == ElementType::Bool {
            normalize_booleans(memory);
        }
        Ok(())
    }
}
