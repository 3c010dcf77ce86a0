//! Buffers of a plugin's devices, and transfers to and from them.

use std::fmt;
use std::ptr::NonNull;
use std::sync::{Arc, OnceLock};

use runahead_async::Async;
use runahead_ir::{Literal, TensorType};
use runahead_pjrt_sys::{
    PJRT_Buffer, PJRT_Buffer_MemoryLayout, PJRT_Buffer_MemoryLayout_Tiled, PJRT_Buffer_MemoryLayout_Type,
    PJRT_Buffer_MemoryLayout_Union, PJRT_HostBufferSemantics,
};
use smallvec::SmallVec;

use crate::Error;
use crate::args::{args, call};
use crate::client::Client;
use crate::element;
use crate::error::slice;
use crate::event::Event;

/// A tensor on a plugin's device. It exists before its data does; see [`ready`](Self::ready).
pub struct DeviceBuffer {
    client: Client,
    raw: NonNull<PJRT_Buffer>,
    /// Made when somebody asks.
    ready: OnceLock<Async<()>>,
}

// SAFETY: by the interface's rules a buffer's functions may be called from any thread, and from several at once.
unsafe impl Send for DeviceBuffer {}
// SAFETY: as above.
unsafe impl Sync for DeviceBuffer {}

/// For how long a plugin may use the host's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostUse {
    /// Until the data is on the device.
    UntilCopied,
    /// As long as the buffer lives, where the device computes in the host's memory; else until the data is there. It is
    /// read only.
    Shared,
}

impl DeviceBuffer {
    /// # Safety
    /// The pointer is a buffer of the client's that nobody else has.
    #[inline]
    pub(crate) unsafe fn new(client: Client, raw: NonNull<PJRT_Buffer>) -> DeviceBuffer {
        DeviceBuffer { client, raw, ready: OnceLock::new() }
    }

    /// Brings data to a device, by its position among the client's; returns at once. The data's owner is kept until the
    /// plugin is done with it, and `done` called then.
    ///
    /// # Errors
    /// Where the plugin fails, or there are not as many bytes as the type has.
    pub fn from_host<O: AsRef<[u8]> + Send + 'static>(
        client: &Client,
        device: usize,
        ty: &TensorType,
        owner: O,
        host_use: HostUse,
        done: impl FnOnce() + Send + 'static,
    ) -> Result<DeviceBuffer, Error> {
        let plugin = client.plugin();
        let element = element::to_plugin(ty)?;
        let device = client.raw_device(device)?;
        // Where it is does not change when the box is moved; the bytes may be in it.
        let owner = Box::new(owner);
        let bytes = (*owner).as_ref();
        if ty.byte_count() != Some(bytes.len()) {
            return Err(Error::Unsupported(format!("{} bytes are no {ty}", bytes.len())));
        }
        let dims: SmallVec<[i64; 6]> = ty.dims.iter().map(|&size| size as i64).collect();
        let mut args = args!(
            plugin,
            PJRT_Client_BufferFromHostBuffer_Args {
                client: client.raw(),
                data: bytes.as_ptr().cast(),
                r#type: element,
                dims: dims.as_ptr(),
                num_dims: dims.len(),
                host_buffer_semantics: match host_use {
                    HostUse::UntilCopied => PJRT_HostBufferSemantics::kImmutableUntilTransferCompletes,
                    HostUse::Shared => PJRT_HostBufferSemantics::kImmutableZeroCopy,
                },
                device: device,
            }
        );
        // SAFETY: the client and the device are alive; there are as many bytes as dimensions and type say, and they
        // stay where they are and as they are until the event, which comes when the plugin is done with them.
        unsafe { call!(plugin, PJRT_Client_BufferFromHostBuffer, args) }?;
        // SAFETY: the plugin gave the event for keeps.
        match unsafe { Event::new(plugin, args.done_with_host_buffer) } {
            Some(event) => event.then_with(owner, move |_, owner| {
                drop(owner);
                done();
            }),
            None => {
                // Without an event, nobody knows for how long the device computes in the host's memory.
                if host_use == HostUse::Shared {
                    std::mem::forget(owner);
                }
                done();
            }
        }
        let raw = NonNull::new(args.buffer);
        let raw = raw.ok_or_else(|| Error::Unsupported(format!("{} gives no buffer", plugin.name())))?;
        // SAFETY: the plugin gave the buffer for keeps.
        Ok(unsafe { DeviceBuffer::new(client.clone(), raw) })
    }

    /// Brings the data to the host, row-major; `then` is called when it is there.
    ///
    /// # Errors
    /// Where the plugin fails at once; what goes wrong later is given to `then`.
    pub fn to_host(
        &self,
        ty: &TensorType,
        then: impl FnOnce(Result<Literal, Error>) + Send + 'static,
    ) -> Result<(), Error> {
        let plugin = self.client.plugin();
        let size = ty.byte_count().ok_or_else(|| {
            Error::Unsupported(format!("a {ty} cannot be brought to the host: its size is not known"))
        })?;
        // Plugins need not heed the layout that is asked for; so one that is another anyway is undone here.
        let other = (ty.rank() > 1).then(|| self.minor_to_major(ty.rank())).flatten();
        let minor_to_major: Order = (0..ty.rank() as i64).rev().collect();
        let mut tiled = PJRT_Buffer_MemoryLayout_Tiled::new();
        tiled.minor_to_major = minor_to_major.as_ptr();
        tiled.minor_to_major_size = minor_to_major.len();
        let mut layout = PJRT_Buffer_MemoryLayout::new();
        layout.layout = PJRT_Buffer_MemoryLayout_Union { tiled };
        layout.r#type = PJRT_Buffer_MemoryLayout_Type::Tiled;
        // SAFETY: zero is a byte.
        let mut bytes = unsafe { Arc::<[u8]>::new_zeroed_slice(size).assume_init() };
        let start = Arc::get_mut(&mut bytes).map_or(std::ptr::null_mut(), |bytes| bytes.as_mut_ptr());
        let mut args = args!(
            plugin,
            PJRT_Buffer_ToHostBuffer_Args {
                src: self.raw(),
                host_layout: if other.is_some() { std::ptr::null_mut() } else { &raw mut layout },
                dst: start.cast(),
                dst_size: size,
            }
        );
        // SAFETY: the buffer is alive; there is memory of that size, which nobody looks at before the event.
        unsafe { call!(plugin, PJRT_Buffer_ToHostBuffer, args) }?;
        let ty = ty.clone();
        let arrived = move |outcome: Result<(), Error>, bytes: Option<Arc<[u8]>>| {
            then(outcome.and_then(|()| {
                let mut bytes = bytes.unwrap_or_default();
                element::normalize(ty.element, Arc::get_mut(&mut bytes).unwrap_or_default());
                let bytes = match other {
                    Some(order) => row_major(&bytes, &ty, &order).into(),
                    None => bytes,
                };
                Literal::new(ty, bytes).map_err(|error| Error::Unsupported(error.to_string()))
            }))
        };
        // SAFETY: the plugin gave the event for keeps.
        match unsafe { Event::new(plugin, args.event) } {
            Some(event) => event.then_with(bytes, arrived),
            None => arrived(Ok(()), Some(bytes)),
        }
        Ok(())
    }

    /// The order of the axes in memory, the one whose elements are beside each other first; none where that is row-major,
    /// or where the plugin does not tell.
    fn minor_to_major(&self, rank: usize) -> Option<Order> {
        let plugin = self.client.plugin();
        let mut args = args!(plugin, PJRT_Buffer_GetMemoryLayout_Args { buffer: self.raw() });
        // SAFETY: the buffer is alive, and the layout that it points to with it; its type says which field is set.
        let order: Order = unsafe {
            call!(plugin, PJRT_Buffer_GetMemoryLayout, args).ok()?;
            if args.layout.r#type != PJRT_Buffer_MemoryLayout_Type::Tiled {
                return None;
            }
            let tiled = args.layout.layout.tiled;
            slice(tiled.minor_to_major, tiled.minor_to_major_size).into()
        };
        let mut sorted = order.clone();
        sorted.sort_unstable();
        let is_order = sorted.len() == rank && sorted.iter().zip(0..).all(|(axis, at)| *axis == at);
        (is_order && !order.is_sorted_by(|a, b| a > b)).then_some(order)
    }

    /// The data on its way to the host.
    pub fn fetch(&self, ty: &TensorType) -> Async<Literal> {
        let promise = runahead_async::Promise::new();
        let value = promise.value();
        let promise = Arc::new(parking_lot::Mutex::new(Some(promise)));
        let settle = {
            let promise = Arc::clone(&promise);
            move |outcome: Result<Literal, Error>| match (promise.lock().take(), outcome) {
                (Some(promise), Ok(literal)) => promise.set(literal),
                (Some(promise), Err(error)) => promise.fail(error),
                (None, _) => {}
            }
        };
        if let Err(error) = self.to_host(ty, settle)
            && let Some(promise) = promise.lock().take()
        {
            promise.fail(error);
        }
        value
    }

    /// The event that the data is there.
    ///
    /// # Errors
    /// Where the plugin fails to give one.
    pub fn event(&self) -> Result<Option<Event>, Error> {
        let plugin = self.client.plugin();
        let mut args = args!(plugin, PJRT_Buffer_ReadyEvent_Args { buffer: self.raw() });
        // SAFETY: the buffer is alive; the plugin gives the event for keeps.
        unsafe {
            call!(plugin, PJRT_Buffer_ReadyEvent, args)?;
            Ok(Event::new(plugin, args.event))
        }
    }

    /// Is there when the data is, or failed as what was to compute the data did.
    pub fn ready(&self) -> &Async<()> {
        self.ready.get_or_init(|| match self.event() {
            Ok(Some(event)) => event.into_async(),
            Ok(None) => Async::from(()),
            Err(error) => {
                let promise = runahead_async::Promise::new();
                let value = promise.value();
                promise.fail(error);
                value
            }
        })
    }

    /// Whether the data is there, or will not come.
    pub fn is_ready(&self) -> bool {
        match self.ready.get() {
            Some(ready) => ready.is_ready(),
            None => match self.event() {
                Ok(Some(event)) => event.is_ready().unwrap_or(true),
                _ => true,
            },
        }
    }

    /// Whether the memory is not the buffer's any more: it was donated.
    ///
    /// # Errors
    /// Where the plugin fails to tell.
    pub fn is_deleted(&self) -> Result<bool, Error> {
        let plugin = self.client.plugin();
        let mut args = args!(plugin, PJRT_Buffer_IsDeleted_Args { buffer: self.raw() });
        // SAFETY: the buffer is alive.
        unsafe { call!(plugin, PJRT_Buffer_IsDeleted, args) }?;
        Ok(args.is_deleted)
    }

    /// The bytes that it takes on the device.
    ///
    /// # Errors
    /// Where the plugin does not tell.
    pub fn device_bytes(&self) -> Result<usize, Error> {
        let plugin = self.client.plugin();
        let mut args = args!(plugin, PJRT_Buffer_OnDeviceSizeInBytes_Args { buffer: self.raw() });
        // SAFETY: the buffer is alive.
        unsafe { call!(plugin, PJRT_Buffer_OnDeviceSizeInBytes, args) }?;
        Ok(args.on_device_size_in_bytes)
    }

    /// The client whose buffer it is.
    pub fn client(&self) -> &Client {
        &self.client
    }

    #[inline]
    pub(crate) fn raw(&self) -> *mut PJRT_Buffer {
        self.raw.as_ptr()
    }
}

/// Axes, in an order.
type Order = SmallVec<[i64; 6]>;

/// Elements that lie in memory by another order of the axes, row-major.
fn row_major(bytes: &[u8], ty: &TensorType, minor_to_major: &[i64]) -> Vec<u8> {
    let size = ty.element.size();
    let mut strides = vec![0; ty.rank()];
    let mut stride = size;
    for &axis in minor_to_major {
        strides[axis as usize] = stride;
        stride *= ty.dims[axis as usize];
    }
    let mut index = vec![0; ty.rank()];
    let mut out = Vec::with_capacity(bytes.len());
    while out.len() < bytes.len() {
        let at: usize = index.iter().zip(&strides).map(|(i, stride)| i * stride).sum();
        out.extend_from_slice(&bytes[at..at + size]);
        for axis in (0..ty.rank()).rev() {
            index[axis] += 1;
            if index[axis] < ty.dims[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    out
}

impl Drop for DeviceBuffer {
    fn drop(&mut self) {
        let plugin = self.client.plugin();
        let mut args = args!(plugin, PJRT_Buffer_Destroy_Args { buffer: self.raw() });
        // SAFETY: nobody else has the buffer; what uses its memory holds on to that by itself.
        drop(unsafe { call!(plugin, PJRT_Buffer_Destroy, args) });
    }
}

impl fmt::Debug for DeviceBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_ready() { "ready" } else { "pending" };
        write!(f, "DeviceBuffer({state} by {:?})", self.client.plugin())
    }
}
