//! A backend over the PJRT C API.
mod args;
mod backend;
#[doc(hidden)]
pub mod bare;
mod buffer;
mod client;
mod element;
mod error;
mod event;
mod executable;
mod installed;
mod options;
mod plugin;
mod program;
mod value;

pub use buffer::{DeviceBuffer, HostUse};
pub use client::{Client, DeviceInfo, MemoryStats};
pub use error::{Code, Error};
pub use event::Event;
pub use executable::{Execution, LoadedExecutable, ProgramStats};
pub use installed::{InstalledPlugin, PLUGINS_VARIABLE, installed_plugins};
pub use plugin::{LoadError, OLDEST_MINOR, Plugin};
pub use program::Form;
pub use value::Attribute;
