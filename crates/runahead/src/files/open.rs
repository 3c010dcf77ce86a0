//! Opening files and reading no more of them than is there.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::Fault;

/// Opens a regular file that is not empty, and tells its length.
pub(super) fn open(path: &Path) -> Result<(File, u64), Fault> {
    // Opening a pipe would wait for whoever writes to it, so look before.
    if !fs::metadata(path).map_err(Fault::io("read"))?.is_file() {
        return Err(Fault::NotAFile);
    }
    let file = File::open(path).map_err(Fault::io("read"))?;
    let length = file.metadata().map_err(Fault::io("read"))?.len();
    if length == 0 {
        return Err(Fault::Empty);
    }
    Ok((file, length))
}

/// Fills `buffer` as far as the reader goes, and tells how far.
pub(super) fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> Result<usize, Fault> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Fault::io("read")(error)),
        }
    }
    Ok(filled)
}

/// Reads exactly `count` bytes.
///
/// Memory for at most `sure` bytes is asked for beforehand; past them it grows with what really arrives.
pub(super) fn read_bytes(reader: &mut impl Read, count: u64, sure: u64) -> Result<Vec<u8>, Fault> {
    let out_of_memory = || Fault::OutOfMemory { bytes: count };
    let mut bytes = Vec::new();
    let beforehand = usize::try_from(count.min(sure)).map_err(|_| out_of_memory())?;
    bytes.try_reserve_exact(beforehand).map_err(|_| out_of_memory())?;
    reader.take(count).read_to_end(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::OutOfMemory => out_of_memory(),
        _ => Fault::io("read")(error),
    })?;
    if (bytes.len() as u64) < count {
        return Err(Fault::TruncatedData { expected: count, found: bytes.len() as u64 });
    }
    Ok(bytes)
}
