//! A backend over the PJRT C API: the devices of XLA, and of whoever else makes a plugin, loaded at run time.
//!
//! A *plugin* is a shared library that exports one function, `GetPjrtApi`, which gives a table of functions: XLA's for CPUs
//! and for CUDA, those of TPUs, Runahead's own. [`Plugin::load`] opens one, [`Client::new`] starts its devices, and
//! [`Client::device`] makes of one of them a device of the runtime's, on which programs, tensors and modules run as on any
//! other:
//!
//! ```no_run
//! use runahead_pjrt::{Client, Form, AttributeValue, Plugin};
//!
//! let plugin = Plugin::load("xla_cpu_pjrt.so")?;
//! let client = Client::new(plugin, &[("cpu_device_count".into(), AttributeValue::Integer(2))])?;
//! let device = client.device("xla-cpu", 0, Form::default())?;
//! # fn run(device: runahead_runtime::Device, module: runahead_ir::Module, x: runahead_runtime::Buffer)
//! #     -> Result<(), Box<dyn std::error::Error>> {
//! let program = device.compile(&module)?;
//! let y = program.execute(&[&x])?; // returns at once
//! # Ok(()) }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How the host stays ahead
//!
//! A plugin's buffer exists before its data does, and an execution may be given buffers that are yet to be computed: the
//! plugin has queues of its own, and orders the work by its data. So nothing here waits, and nothing is left to a task that
//! need not be: whoever submits an execution hands it to the plugin in the call, in program order, as soon as the buffers
//! that it takes *exist*. A task submits it only where one does not, since a task is to fill it from a file, for instance.
//! That makes a buffer of the runtime's known twice: its memory is there when the plugin has the execution, its data when
//! the plugin says so ([`DeviceMemory::there`](runahead_runtime::DeviceMemory::there)). The event for that is asked for
//! when somebody wants to know, so that a value which only feeds the next execution costs none.
//!
//! What the runtime holds for an execution (its place in the budget, what [`synchronize`] waits for) is held until the
//! plugin's event that it is complete; where it is when the call returns, as with small programs on a CPU, it is let go of
//! there, without a callback. An [`Event`] becomes an asynchronous value with its error, by the plugin's own callback: no
//! thread waits for it.
//!
//! # Memory
//!
//! The host's memory is lent, not copied, where the plugin allows it: its owner is kept until the plugin says that it is
//! done with it ([`DeviceBuffer::from_host`]). What is donated is taken out of its buffer, and the program says which result
//! takes its memory; from then on the runtime refuses to use it, before the plugin would.
//!
//! # Programs
//!
//! go to the plugin as portable artifacts of the version of StableHLO that it says to understand, which is the form that
//! keeps its meaning from version to version; where it says none, or an operation is too new for that version, as text
//! ([`Form`]). The options of the compiler, a protocol buffer, are written by hand.
//!
//! # Versions
//!
//! Plugins from version 0.54 of the interface on are taken. Their table is read as far as its own size goes; a function
//! beyond that, or one that is left out, is an [`Error::Missing`] when it is needed. Structures are as large as the plugin
//! expects: what newer ones have added is zero, which means that nothing is said there.
//!
//! # Through the rooms
//!
//! - `plugin` loads libraries and copies tables, `args` has structures of arguments and calls with them, `error` what comes
//!   back; `installed` finds the plugins of Python environments.
//! - `client`, `buffer`, `executable`, `event` and `value` are what the interface's objects are here: each owns one, and is
//!   `Send` and `Sync`, as the interface allows. All are useful without the runtime, for replicas on several devices and for
//!   programs that are serialised.
//! - `program`, `options` and `element` say things as plugins understand them, `proto` is the wire format of options; the
//!   plugin that Runahead is itself says things by the same.
//! - `backend` joins it to the runtime.
//!
//! # What must hold
//!
//! A plugin is trusted to do what the interface says: it is code in this process. That it says no is an error with its code
//! and its text, never a panic. A client lives as long as any of its buffers and programs, and is not ended by a thread of
//! its own. Libraries stay loaded, as their threads never end.
//!
//! [`synchronize`]: runahead_runtime::Device::synchronize

mod args;
mod backend;
#[doc(hidden)]
pub mod bare;
mod buffer;
mod client;
#[doc(hidden)]
pub mod element;
mod error;
mod event;
mod executable;
mod installed;
mod options;
mod plugin;
mod program;
#[doc(hidden)]
pub mod proto;
mod value;

pub use buffer::{DeviceBuffer, HostUse};
pub use client::{Client, DeviceInfo, MemoryStats};
pub use error::{Code, Error};
pub use event::Event;
pub use executable::{Execution, LoadedExecutable, ProgramStats};
pub use installed::{InstalledPlugin, PLUGINS_VARIABLE, installed_plugins};
pub use plugin::{LoadError, OLDEST_MINOR, Plugin};
pub use program::Form;
pub use value::AttributeValue;
