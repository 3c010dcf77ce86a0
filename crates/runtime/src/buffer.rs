//! Tensors on a device.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, OnceLock, Weak};
use std::task::{Poll, ready};

use runahead_async::{Async, Error, ReadBuffer, ReadGuard, Reading, WriteBuffer, Writing, task};
use runahead_ir::{Literal, TensorType};

use crate::backend::Contents;
use crate::device::{Device, bytes_of};

/// Downloads of no more bytes than this are done in the call, where the data is there.
const LITTLE_BYTES: usize = 4096;

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
    origin: Origin,
}

/// How a buffer was made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// For what is to be computed or copied.
    Pending,
    /// With its data.
    There,
    /// To stand for a value of what is captured.
    Captured,
}

/// Why a buffer's data cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gone {
    /// Its memory was given to a program for keeps.
    #[error(
        "the {ty} was donated to {to}, which uses its memory again; donate what is not needed any more, or a copy"
    )]
    Donated {
        /// The type of the buffer, and its name where it has one.
        ty: String,
        /// The program that it was donated to.
        to: Arc<str>,
    },
    /// It stands for what there will be when what is captured is replayed.
    #[error("the {ty} stands for a value of what is captured, and has no data; have it returned, and replay")]
    Captured {
        /// The type of the buffer.
        ty: String,
    },
}

impl Buffer {
    pub(crate) fn new(device: Device, ty: TensorType) -> Buffer {
        Buffer::with(device, ty, Async::new(), Origin::Pending)
    }

    /// A buffer whose memory is there.
    pub(crate) fn there(device: Device, ty: TensorType, contents: Contents) -> Buffer {
        let origin = if contents.is_there() { Origin::There } else { Origin::Pending };
        Buffer::with(device, ty, Async::from(contents), origin)
    }

    /// A buffer that stands for a value of what is captured.
    pub(crate) fn captured(device: Device, ty: TensorType) -> Buffer {
        Buffer::with(device, ty, Async::new(), Origin::Captured)
    }

    fn with(device: Device, ty: TensorType, contents: Async<Contents>, origin: Origin) -> Buffer {
        let (name, donated_to) = Default::default();
        Buffer(Arc::new(Inner { device, ty, contents, name, donated_to, origin }))
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
        self.0.is_ready()
    }

    /// Whether the data is there, and can be had. It never waits.
    pub fn is_there(&self) -> bool {
        let is_there = || self.try_read().is_some_and(|contents| contents.is_there());
        self.gone().is_none() && (self.0.origin == Origin::There || is_there())
    }

    /// The event that the data is there.
    pub fn ready(&self) -> Event {
        let contents = self.contents_or_gone();
        let data_may_lag = self.0.device.backend().has_queues();
        Event(Stage::Memory { contents, data_may_lag })
    }

    /// Copies the data to the host; returns at once.
    pub fn to_host(&self) -> Async<Literal> {
        if let Some(gone) = self.gone() {
            return failed(gone);
        }
        if let Some(little) = self.little() {
            return Async::from(little);
        }
        let host = Async::new();
        let from = self.0.contents.read();
        let context = self.0.device.context();
        self.0.device.backend().download(self.0.ty.clone(), from, host.write(), context);
        host
    }

    /// The data where it is little, there, and in the host's memory: a task would cost more than the copy.
    fn little(&self) -> Option<Literal> {
        if bytes_of(&self.0.ty) > LITTLE_BYTES {
            return None;
        }
        let (device, contents) = (&self.0.device, self.try_read()?);
        let bytes = device.backend().host_bytes(&contents)?;
        let copy = || Literal::new(self.0.ty.clone(), bytes).ok();
        match device.recorder() {
            Some(recorder) => recorder.record_transfer("download", copy),
            None => copy(),
        }
    }

    /// Waits for the data and looks at it where it is. The buffer's memory stays while the view lives: who it is donated to
    /// waits.
    ///
    /// # Errors
    /// Where what was to compute the data failed, or it cannot be had any more.
    #[track_caller]
    pub fn view(&self) -> Result<HostView, Error> {
        let contents = self.contents_or_gone().wait()?;
        if let Some(there) = contents.there() {
            there.wait()?.release();
        }
        Ok(HostView { contents, device: self.0.device.clone() })
    }

    /// As [`view`](Self::view), for who does not wait: takes the place in line at once, and is to be awaited.
    pub fn viewing(&self) -> Viewing {
        let contents = self.contents_or_gone();
        Viewing { ready: self.ready(), contents, device: self.0.device.clone() }
    }

    /// The place in line of who reads the contents, which fails where they cannot be had.
    fn contents_or_gone(&self) -> ReadBuffer<Contents> {
        match self.gone() {
            None => self.0.contents.read(),
            Some(gone) => failed(gone).read(),
        }
    }

    /// Why the data cannot be had, where that is so: the buffer was donated.
    #[inline]
    pub fn gone(&self) -> Option<Gone> {
        match self.0.origin == Origin::Captured || self.0.donated_to.get().is_some() {
            true => self.why_gone(),
            false => None,
        }
    }

    #[cold]
    fn why_gone(&self) -> Option<Gone> {
        if self.0.origin == Origin::Captured {
            return Some(Gone::Captured { ty: self.described() });
        }
        self.0.donated_to.get().map(|to| Gone::Donated { ty: self.described(), to: Arc::clone(to) })
    }

    fn described(&self) -> String {
        match self.name() {
            Some(name) => format!("{} {name}", self.0.ty),
            None => self.0.ty.to_string(),
        }
    }

    /// Where the buffer is, which tells buffers apart while they live.
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// A read of the contents that is to be acquired with others.
    pub(crate) fn reading(&self) -> Reading<'_, Contents> {
        self.0.contents.reading()
    }

    /// A write of the contents that is to be acquired with others.
    pub(crate) fn writing(&self) -> Writing<'_, Contents> {
        self.0.contents.writing()
    }

    /// The contents, where they are there; else no place in line is taken.
    pub(crate) fn try_read(&self) -> Option<ReadGuard<Contents>> {
        self.0.contents.try_read()?.ok()
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
    fn is_ready(&self) -> bool {
        let data_may_lag = self.device.backend().has_queues();
        // Where it failed there is nothing to wait for.
        self.contents.is_ready()
            && (!data_may_lag || self.contents.wait().map_or(true, |contents| contents.is_there()))
    }

    /// A named buffer that is alive, for a report: none where its memory is another's by now.
    pub(crate) fn named(this: &Weak<Inner>) -> Option<(Arc<str>, TensorType, usize, bool)> {
        let inner = this.upgrade().filter(|inner| inner.donated_to.get().is_none())?;
        let ready = inner.is_ready();
        Some((inner.name.get()?.clone(), inner.ty.clone(), bytes_of(&inner.ty), ready))
    }
}

/// A value that will never be there.
fn failed<T: Send + Sync + 'static>(why: Gone) -> Async<T> {
    let value = Async::new();
    task("use").dispatch(value.write(), move |_| Err::<(), _>(why));
    value
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.gone() {
            Some(Gone::Donated { .. }) => "donated",
            Some(Gone::Captured { .. }) => "captured",
            None if self.is_ready() => "ready",
            None => "pending",
        };
        write!(f, "Buffer({} on {}, {state})", self.described(), self.0.device)
    }
}

/// The data of a buffer, where it is.
pub struct HostView {
    contents: ReadGuard<Contents>,
    device: Device,
}

impl HostView {
    /// The bytes, row-major, aligned to [`ADOPTED_ALIGNMENT`](crate::ADOPTED_ALIGNMENT) at least; `None` where they are not in
    /// the host's memory.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.device.backend().host_bytes(&self.contents)
    }
}

/// A view that is on its way; from [`Buffer::viewing`].
pub struct Viewing {
    ready: Event,
    contents: ReadBuffer<Contents>,
    device: Device,
}

impl Viewing {
    /// Whether awaiting would give the view at once.
    pub fn is_ready(&self) -> bool {
        self.ready.is_ready()
    }

    /// Blocks until the data is there.
    ///
    /// # Errors
    /// Where what was to compute the data failed, or it cannot be had any more.
    #[track_caller]
    pub fn wait(self) -> Result<HostView, Error> {
        self.ready.wait()?;
        Ok(HostView { contents: self.contents.wait()?, device: self.device })
    }
}

impl IntoFuture for Viewing {
    type Output = Result<HostView, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            self.ready.await?;
            Ok(HostView { contents: self.contents.await?, device: self.device })
        })
    }
}

/// Something that will have happened: ask, wait or await.
pub struct Event(Stage);

/// What an event waits for.
enum Stage {
    /// That the memory is there; then its data is asked for, where that may come later.
    Memory { contents: ReadBuffer<Contents>, data_may_lag: bool },
    /// That the data is.
    Data(ReadBuffer<()>),
}

impl Event {
    /// Whether it has happened.
    pub fn is_ready(&self) -> bool {
        match &self.0 {
            Stage::Memory { contents, data_may_lag } => {
                let is_there = || contents.clone().wait().map_or(true, |contents| contents.is_there());
                contents.is_ready() && (!data_may_lag || is_there())
            }
            Stage::Data(data) => data.is_ready(),
        }
    }

    /// Blocks until it has happened.
    ///
    /// # Errors
    /// Where what was to make it happen failed.
    #[track_caller]
    pub fn wait(self) -> Result<(), Error> {
        let data = match self.0 {
            Stage::Memory { contents, .. } => contents.wait()?.there(),
            Stage::Data(data) => Some(data),
        };
        data.map_or(Ok(()), |data| data.wait().map(drop))
    }
}

impl Future for Event {
    type Output = Result<(), Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        if let Stage::Memory { contents, .. } = &mut self.0 {
            match ready!(Pin::new(contents).poll(context))?.there() {
                None => return Poll::Ready(Ok(())),
                Some(data) => self.0 = Stage::Data(data),
            }
        }
        let Stage::Data(data) = &mut self.0 else { return Poll::Ready(Ok(())) };
        Pin::new(data).poll(context).map(|read| read.map(drop))
    }
}
