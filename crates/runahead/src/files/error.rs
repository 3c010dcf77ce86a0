//! What can be wrong with a file of arrays.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use runahead_ir::ElementType;

use super::Format;

/// Why a file could not be read or written: the file, the array where one is concerned, and the fault.
#[derive(Debug)]
pub struct FileError {
    path: PathBuf,
    array: Option<String>,
    fault: Box<Fault>,
}

impl FileError {
    pub(super) fn new(path: &Path, fault: Fault) -> FileError {
        FileError { path: path.to_owned(), array: None, fault: Box::new(fault) }
    }

    pub(super) fn in_array(path: &Path, array: impl Into<String>, fault: Fault) -> FileError {
        FileError { path: path.to_owned(), array: Some(array.into()), fault: Box::new(fault) }
    }

    /// The file that was to be read or written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The array in which the fault lies, where it lies in one array of several.
    pub fn array(&self) -> Option<&str> {
        self.array.as_deref()
    }

    /// What is wrong.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        if let Some(array) = &self.array {
            write!(f, "array {:?}: ", shortened(array))?;
        }
        self.fault.fmt(f)
    }
}

impl std::error::Error for FileError {}

/// What is wrong with a file. Offsets count bytes from the start of the file; in an `.npz` file, from the start of
/// the array's entry.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// There is nothing at this path.
    #[error("there is no such file; check the folder and the spelling")]
    NotFound,
    /// The path leads to a folder, a pipe or a device.
    #[error("this is not a regular file; give the path of a file")]
    NotAFile,
    /// The operating system refused.
    #[error("cannot {doing}: {error}")]
    Io {
        /// What was to be done, as in "read".
        doing: &'static str,
        /// The operating system's reason.
        error: io::Error,
    },
    /// The ending names no format.
    #[error("the name does not tell the format; let it end in .npy, .npz or .safetensors")]
    UnknownEnding,

    /// The file has no bytes.
    #[error("the file is empty; write it again")]
    Empty,
    /// The file does not begin as its format does.
    #[error("this is no {expected} file: it begins with the bytes {}; {}", hex(.start), match .looks_like {
        Some(format) => format!("it looks like {format}, so let its name end so"),
        None => "check that the path is right and the file whole".to_string(),
    })]
    WrongMagic {
        /// The format that was asked for.
        expected: Format,
        /// The first bytes of the file, eight at most.
        start: Vec<u8>,
        /// The format that the file seems to have.
        looks_like: Option<Format>,
    },
    /// The `.npy` format has a version that came after this reader.
    #[error(
        "the .npy format's version {major}.{minor} is unknown; save the array as version 1.0, 2.0 or 3.0"
    )]
    UnknownVersion {
        /// The version's first number.
        major: u8,
        /// The version's second number.
        minor: u8,
    },
    /// The file ends within its header.
    #[error(
        "the header ends at byte {expected}, but there are only {found} bytes; the file was cut short: copy or write it again"
    )]
    TruncatedHeader {
        /// The offset at which the header should end.
        expected: u64,
        /// The bytes that are there.
        found: u64,
    },
    /// The header cannot be understood.
    #[error("the header is wrong at byte {offset}: {problem}; write the file again")]
    BadHeader {
        /// Where in the file.
        offset: u64,
        /// What is there, and what should be.
        problem: String,
    },
    /// The file ends within an array's data.
    #[error(
        "the data take {expected} bytes, but there are only {found}; the file was cut short, or its header is wrong: copy or write it again"
    )]
    TruncatedData {
        /// Bytes that the data should take.
        expected: u64,
        /// The bytes that are there.
        found: u64,
    },
    /// The file goes on where it should end.
    #[error(
        "the data end at byte {offset}, but the file goes on; it is damaged, or holds more than one array: write it again"
    )]
    TrailingBytes {
        /// The offset at which the file should end.
        offset: u64,
    },
    /// The shape stands for more bytes than a machine can address.
    #[error(
        "an array of the shape {dims} takes more bytes than a machine can address; the header is wrong: write the file again"
    )]
    TooLarge {
        /// The sizes of the axes, as in `2x3`.
        dims: String,
    },
    /// There is not enough memory for the array.
    #[error("there is not enough memory for {bytes} bytes; free memory, or split the array")]
    OutOfMemory {
        /// The bytes asked for.
        bytes: u64,
    },

    /// The file's element type has no counterpart here.
    #[error("elements of type {dtype} are not supported; {advice}")]
    UnsupportedDtype {
        /// The type as the file spells it.
        dtype: String,
        /// What to do about it.
        advice: &'static str,
    },
    /// The format has no place for the element type.
    #[error("a {format} file cannot hold {element}; {}", elsewhere(*.format, *.element))]
    UnsupportedElement {
        /// The format asked for.
        format: Format,
        /// The array's element type.
        element: ElementType,
    },
    /// The array has more axes than NumPy allows.
    #[error("the array has {rank} axes, but NumPy allows no more than {}; reshape it", super::npy::MAX_RANK)]
    TooManyAxes {
        /// The number of axes.
        rank: usize,
    },

    /// The `.npz` archive is damaged.
    #[error("the zip archive is damaged: {problem}; copy or write the file again")]
    BadArchive {
        /// What is wrong with it.
        problem: String,
    },
    /// An entry of an `.npz` archive is no array.
    #[error("the archive's entry {entry:?} is no array; let the archive hold only .npy files")]
    NotAnArray {
        /// The entry's name.
        entry: String,
    },
    /// An array's place in a `.safetensors` file overlaps another array's, or leaves a gap before it.
    #[error(
        "the header puts the data at bytes {begin} to {end} of the data, but they must begin at byte {expected}, where the array before ends; write the file again"
    )]
    BadOffsets {
        /// Where the header lets the data begin.
        begin: u64,
        /// Where it lets them end.
        end: u64,
        /// Where they must begin.
        expected: u64,
    },
    /// An array's place in a `.safetensors` file is not as large as its shape says.
    #[error("the header gives the data {found} bytes, but {ty} takes {expected}; write the file again")]
    SizeMismatch {
        /// The array's type.
        ty: String,
        /// Bytes that the type takes.
        expected: u64,
        /// Bytes that the header gives.
        found: u64,
    },

    /// The index of several files cannot be understood.
    #[error("the index is wrong: {problem}; write it again")]
    BadIndex {
        /// What is there, and what should be.
        problem: String,
    },
    /// The index of several files names one outside its own folder.
    #[error(
        "the index says that it is in the file {:?}; expected one in the index's folder or below, by a relative name",
        shortened(.file)
    )]
    ShardElsewhere {
        /// The file's name as the index has it.
        file: String,
    },
    /// A file does not hold what the index says.
    #[error("the index says that it is in the file {:?}, which does not hold it; write the files again", shortened(.file))]
    NotInShard {
        /// The file's name as the index has it.
        file: String,
    },
    /// An array is no longer what it was when the file was opened.
    #[error("it is no longer {was}, as it was when the file was opened; open the file again")]
    Changed {
        /// The array's type when the file was opened.
        was: String,
    },

    /// Two arrays have the same name.
    #[error("two arrays have the same name; give every array its own")]
    DuplicateName,
    /// The format cannot hold an array of this name.
    #[error(
        "a {format} file cannot hold an array of this name; choose another of at most {} bytes",
        super::names::MAX_LENGTH
    )]
    UnusableName {
        /// The format asked for.
        format: Format,
    },
    /// An `.npy` file was to hold none or several arrays.
    #[error("an .npy file holds one array, not {count}; write .npz or .safetensors")]
    NotOneArray {
        /// The number of arrays that were given.
        count: usize,
    },
}

impl Fault {
    pub(super) fn io(doing: &'static str) -> impl Fn(io::Error) -> Fault {
        move |error| match error.kind() {
            io::ErrorKind::NotFound => Fault::NotFound,
            _ => Fault::Io { doing, error },
        }
    }

    pub(super) fn wrong_magic(expected: Format, start: &[u8]) -> Fault {
        let looks_like = Format::of_content(start).filter(|&format| format != expected);
        Fault::WrongMagic { expected, start: start[..start.len().min(8)].to_vec(), looks_like }
    }

    pub(super) fn bad_header(offset: u64, problem: impl Into<String>) -> Fault {
        Fault::BadHeader { offset, problem: problem.into() }
    }
}

/// Text from a file, cut to what a message has room for.
pub(super) fn shortened(text: &str) -> String {
    const ROOM: usize = 60;
    match text.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What to do with elements that a format has no place for.
fn elsewhere(format: Format, element: ElementType) -> &'static str {
    match format {
        Format::Safetensors if super::npy::holds(element) => "convert the array, or write .npz",
        Format::Npy | Format::Npz if super::safetensors::holds(element) => {
            "convert the array, or write .safetensors"
        }
        _ => "convert the array",
    }
}

fn hex(bytes: &[u8]) -> String {
    let parts: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    parts.join(" ")
}
