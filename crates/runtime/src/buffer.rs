//! Tensors on a device.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, OnceLock, Weak};

use runahead_async::{Async, Error, ReadBuffer, WriteBuffer, task};
use runahead_ir::{Literal, TensorType};

use crate::backend::Contents;
use crate::device::{Device, bytes_of};

/// A tensor on a device, there or on its way. Its type and device are known at once.
///
/// Clones are the same buffer.
#[derive(Clone)]
pub struct Buffer(Arc<Inner>);

pub(crate) struct Inner {
    device: Device,
    ty: TensorType,
    contents: Async<Contents>,
    name: OnceLock<Arc<str>>,
    /// The program that took the memory.
    donated_to: OnceLock<Arc<str>>,
}

/// The buffer's memory was given to a program for keeps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the {ty} was donated to {to}, which uses its memory again; donate what is not needed any more, or a copy of it")]
pub struct Donated {
    /// The type of the buffer, and its name where it has one.
    pub ty: String,
    /// The program that it was donated to.
    pub to: Arc<str>,
}

impl Buffer {
    pub(crate) fn new(device: Device, ty: TensorType) -> Buffer {
        let (name, donated_to) = Default::default();
        Buffer(Arc::new(Inner { device, ty, contents: Async::new(), name, donated_to }))
    }

    /// The buffer's type.
    pub fn ty(&self) -> &TensorType {
        &self.0.ty
    }

    /// The device that the buffer is on.
    pub fn device(&self) -> &Device {
        &self.0.device
    }

    /// Whether both are the same buffer.
    pub fn is_same(&self, other: &Buffer) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Gives the buffer a name, by which [`Device::memory_report`] lists it. The first name stays.
    pub fn set_name(&self, name: impl Into<Arc<str>>) {
        if self.0.name.set(name.into()).is_ok() {
            self.0.device.register(Arc::downgrade(&self.0));
        }
    }

    /// The name that the buffer was given.
    pub fn name(&self) -> Option<&str> {
        self.0.name.get().map(|name| &**name)
    }

    /// Whether the data is there, or will not come because what was to compute it failed.
    pub fn is_ready(&self) -> bool {
        self.0.contents.is_ready()
    }

    /// The event that the data is there.
    pub fn ready(&self) -> Event {
        match self.donated() {
            None => Event(self.0.contents.read()),
            Some(donated) => Event(failed(donated).read()),
        }
    }

    /// Copies the data to the host; returns at once.
    pub fn to_host(&self) -> Async<Literal> {
        if let Some(donated) = self.donated() {
            return failed(donated);
        }
        let host = Async::new();
        let from = self.0.contents.read();
        let context = self.0.device.context();
        self.0.device.backend().download(self.0.ty.clone(), from, host.write(), context);
        host
    }

    /// That the buffer was donated, where it was: its data cannot be had any more.
    pub fn donated(&self) -> Option<Donated> {
        self.0.donated_to.get().map(|to| Donated { ty: self.described(), to: Arc::clone(to) })
    }

    fn described(&self) -> String {
        match self.name() {
            Some(name) => format!("{} {name}", self.0.ty),
            None => self.0.ty.to_string(),
        }
    }

    pub(crate) fn read(&self) -> ReadBuffer<Contents> {
        self.0.contents.read()
    }

    pub(crate) fn write(&self) -> WriteBuffer<Contents> {
        self.0.contents.write()
    }

    /// Notes that the buffer is donated; the caller has made sure that it was not before.
    pub(crate) fn donate(&self, to: &Arc<str>) {
        let _ = self.0.donated_to.set(Arc::clone(to));
    }
}

impl Inner {
    /// A named buffer that is alive, for a report: none where its memory is another's by now.
    pub(crate) fn named(this: &Weak<Inner>) -> Option<(Arc<str>, TensorType, usize, bool)> {
        let inner = this.upgrade().filter(|inner| inner.donated_to.get().is_none())?;
        let ready = inner.contents.is_ready();
        Some((inner.name.get()?.clone(), inner.ty.clone(), bytes_of(&inner.ty), ready))
    }
}

/// A value that will never be there.
fn failed<T: Send + Sync + 'static>(why: Donated) -> Async<T> {
    let value = Async::new();
    task("use after donation").dispatch(value.write(), move |_| Err::<(), _>(why));
    value
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match (self.donated().is_some(), self.is_ready()) {
            (true, _) => "donated",
            (false, true) => "ready",
            (false, false) => "pending",
        };
        write!(f, "Buffer({} on {}, {state})", self.described(), self.0.device)
    }
}

/// Something that will have happened: ask, wait or await.
pub struct Event(ReadBuffer<Contents>);

impl Event {
    /// Whether it has happened.
    pub fn is_ready(&self) -> bool {
        self.0.is_ready()
    }

    /// Blocks until it has happened.
    ///
    /// # Errors
    /// Where what was to make it happen failed.
    #[track_caller]
    pub fn wait(self) -> Result<(), Error> {
        self.0.wait().map(drop)
    }
}

impl Future for Event {
    type Output = Result<(), Error>;

    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|read| read.map(drop))
    }
}
