//! Loading plugins.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use libloading::Library;
use parking_lot::Mutex;
use runahead_pjrt_sys::{PJRT_API_MAJOR, PJRT_Api};

use crate::Error;
use crate::args::{args, call};
use crate::value::{AttributeValue, attributes};

/// The oldest version of the interface that plugins may implement.
pub const OLDEST_MINOR: i32 = 54;

/// A PJRT plugin: a shared library that knows devices. It stays loaded until the process ends.
///
/// Copies are the same plugin.
#[derive(Clone, Copy)]
pub struct Plugin(&'static Inner);

struct Inner {
    path: PathBuf,
    /// The plugin's table as far as it goes; what lies beyond its end has no function here.
    table: PJRT_Api,
}

// SAFETY: the table is read only, the functions in it may be called from any thread by the interface's rules, and the
// chain of extensions is not followed.
unsafe impl Send for Inner {}
// SAFETY: as above.
unsafe impl Sync for Inner {}

/// Why a plugin cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The library cannot be loaded.
    #[error("{} cannot be loaded: {reason}", path.display())]
    Open {
        /// The library.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The library is none of a plugin.
    #[error("{} is no PJRT plugin: it exports no GetPjrtApi", path.display())]
    NotAPlugin {
        /// The library.
        path: PathBuf,
    },
    /// The library gives no table of functions, or not even a version.
    #[error("{} gives no table of functions: {reason}", path.display())]
    NoTable {
        /// The library.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The plugin implements a version of the interface that is not spoken here.
    #[error(
        "{} implements version {}.{} of the PJRT C API; versions from {PJRT_API_MAJOR}.{OLDEST_MINOR} on are supported",
        path.display(), version.0, version.1
    )]
    Version {
        /// The library.
        path: PathBuf,
        /// The version that it implements.
        version: (i32, i32),
    },
    /// The plugin failed to initialise itself.
    #[error("{} does not start: {error}", path.display())]
    Start {
        /// The library.
        path: PathBuf,
        /// What it says.
        error: Error,
    },
}

impl Plugin {
    /// Loads a plugin and has it initialise itself; the second time it is the same.
    ///
    /// ```
    /// use runahead_pjrt::Plugin;
    /// let error = Plugin::load("/nowhere/plugin.so").unwrap_err();
    /// assert!(error.to_string().starts_with("/nowhere/plugin.so cannot be loaded: "));
    /// ```
    ///
    /// # Errors
    /// Where there is no such library, it is no plugin, of another version, or does not start.
    pub fn load(path: impl AsRef<Path>) -> Result<Plugin, LoadError> {
        static LOADED: Mutex<Option<HashMap<PathBuf, Plugin>>> = Mutex::new(None);
        let given = path.as_ref();
        // The linker looks for names without a folder in places of its own.
        let path = given.canonicalize().unwrap_or_else(|_| given.to_owned());
        let mut loaded = LOADED.lock();
        let loaded = loaded.get_or_insert_default();
        if let Some(&plugin) = loaded.get(&path) {
            return Ok(plugin);
        }
        let table = open(&path)?;
        // SAFETY: a plugin's table stays as it is while the library is loaded, which is from here on always.
        let plugin = unsafe { Plugin::from_table(&path, table) }?;
        loaded.insert(path, plugin);
        Ok(plugin)
    }

    /// A plugin by its table, from wherever it came; `path` is what messages call it. The plugin is initialised.
    ///
    /// # Errors
    /// Where it is of another version, or does not start.
    ///
    /// # Safety
    /// The pointer is null, or there is a table of functions behind it, as long as it says, that do what the interface
    /// says, as long as the process lives.
    pub unsafe fn from_table(path: &Path, table: *const PJRT_Api) -> Result<Plugin, LoadError> {
        let path = path.to_owned();
        // SAFETY: as promised.
        let table = match unsafe { copied(table) } {
            Ok(table) => table,
            Err(reason) => return Err(LoadError::NoTable { path, reason }),
        };
        let version = (table.pjrt_api_version.major_version, table.pjrt_api_version.minor_version);
        if version.0 != PJRT_API_MAJOR || version.1 < OLDEST_MINOR {
            return Err(LoadError::Version { path, version });
        }
        let plugin = Plugin(Box::leak(Box::new(Inner { path, table })));
        if plugin.table().PJRT_Plugin_Initialize.is_some() {
            let mut args = args!(plugin, PJRT_Plugin_Initialize_Args {});
            // SAFETY: the function takes nothing.
            let started = unsafe { call!(plugin, PJRT_Plugin_Initialize, args) };
            started.map_err(|error| LoadError::Start { path: plugin.path().to_owned(), error })?;
        }
        Ok(plugin)
    }

    /// The library.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// The version of the PJRT C API that the plugin implements.
    pub fn api_version(&self) -> (i32, i32) {
        let version = self.0.table.pjrt_api_version;
        (version.major_version, version.minor_version)
    }

    /// What the plugin tells of itself, by name, the versions of StableHLO among it. Empty where it tells nothing.
    ///
    /// # Errors
    /// Where the plugin fails.
    pub fn attributes(&self) -> Result<Vec<(String, AttributeValue)>, Error> {
        if self.table().PJRT_Plugin_Attributes.is_none() {
            return Ok(Vec::new());
        }
        let mut args = args!(self, PJRT_Plugin_Attributes_Args {});
        // SAFETY: the attributes that it gives stay with the plugin.
        unsafe {
            call!(self, PJRT_Plugin_Attributes, args)?;
            Ok(attributes(args.attributes, args.num_attributes))
        }
    }

    #[inline(always)]
    pub(crate) fn table(&self) -> &'static PJRT_Api {
        &self.0.table
    }

    #[inline(always)]
    pub(crate) fn minor(&self) -> i32 {
        self.0.table.pjrt_api_version.minor_version
    }

    /// The library's name without folders, for messages.
    pub(crate) fn name(&self) -> String {
        self.path().file_name().unwrap_or_else(|| OsStr::new("the plugin")).to_string_lossy().into_owned()
    }

    #[cold]
    pub(crate) fn missing(&self, function: &'static str) -> Error {
        Error::Missing { function, plugin: self.name(), version: self.api_version() }
    }
}

/// Loads a library for good, and has it give its table.
fn open(path: &Path) -> Result<*const PJRT_Api, LoadError> {
    let unopened =
        |error: libloading::Error| LoadError::Open { path: path.to_owned(), reason: reason(&error) };
    // SAFETY: what a library does when it is loaded is its own business; who names one trusts it.
    let library = unsafe { Library::new(path) }.map_err(unopened)?;
    // SAFETY: every library that exports this name exports this function.
    let entry = unsafe { library.get::<unsafe extern "C" fn() -> *const PJRT_Api>(b"GetPjrtApi\0") };
    let Ok(entry) = entry.map(|entry| *entry) else {
        return Err(LoadError::NotAPlugin { path: path.to_owned() });
    };
    // Its threads never end, so it must not be unloaded.
    std::mem::forget(library);
    // SAFETY: it takes nothing.
    Ok(unsafe { entry() })
}

/// What the system says, which `libloading` keeps as the cause.
fn reason(error: &libloading::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => source.to_string(),
        None => error.to_string(),
    }
}

/// A copy of a table, as far as it goes.
///
/// # Safety
/// The pointer is null, or there is a table behind it, as long as it says.
unsafe fn copied(table: *const PJRT_Api) -> Result<PJRT_Api, String> {
    if table.is_null() {
        return Err("GetPjrtApi returned null".into());
    }
    // SAFETY: every table begins with its size.
    let size = unsafe { (&raw const (*table).struct_size).read() };
    let least = std::mem::offset_of!(PJRT_Api, PJRT_Error_Destroy);
    if size < least {
        return Err(format!("it says to have {size} bytes, fewer than the {least} that its version takes"));
    }
    let mut copy = PJRT_Api::new();
    // A function that the table has only a part of is none.
    let known = (size.min(PJRT_Api::STRUCT_SIZE) - least) / 8 * 8 + least;
    // SAFETY: there are so many bytes behind both pointers; a field of the table is a number, a pointer or an optional
    // function, of each of which what a plugin gives is a value.
    unsafe { std::ptr::copy_nonoverlapping(table.cast::<u8>(), (&raw mut copy).cast::<u8>(), known) };
    Ok(copy)
}

impl PartialEq for Plugin {
    fn eq(&self, other: &Plugin) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Plugin {}

impl fmt::Debug for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor) = self.api_version();
        write!(f, "Plugin({}, API {major}.{minor})", self.path().display())
    }
}
