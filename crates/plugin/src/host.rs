//! Data from the host and to it.

use runahead::asynchronous::task;
use runahead::ir::MAX_RANK;
use runahead::pjrt::element::{is_narrow, normalize};
use runahead::{AlignedBytes, Device, HostView, Literal, TensorType, Viewing};
use runahead_pjrt_sys::*;

use crate::buffer::{self, Buffer};
use crate::client;
use crate::element;
use crate::entry::{self, entries};
use crate::error::Fault;
use crate::event::{Completion, Event};
use crate::fork;
use crate::handle;
use crate::layout;

/// So many bytes are copied within the call: a task would cost more.
const INLINE_BYTES: usize = 64 << 10;

/// Memory of the caller's, until it is dropped: then the caller is told.
struct Lent {
    start: *const u8,
    len: usize,
    done: Option<Completion>,
}

// SAFETY: the caller lets any thread read it until it is told.
unsafe impl Send for Lent {}
// SAFETY: as above.
unsafe impl Sync for Lent {}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: the caller's memory, there until `done` says otherwise.
        unsafe { std::slice::from_raw_parts(self.start, self.len) }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            done.complete(Ok(()));
        }
    }
}

/// Memory of the plugin's own.
struct Copied(AlignedBytes);

impl AsRef<[u8]> for Copied {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The type of a tensor that a caller describes.
///
/// # Safety
/// What is not null has that many elements.
pub(crate) unsafe fn tensor_type(
    element: PJRT_Buffer_Type,
    dims: *const i64,
    rank: usize,
) -> Result<TensorType, Fault> {
    if rank > MAX_RANK {
        return Err(Fault::invalid(format!("a tensor of {rank} axes; expected at most {MAX_RANK}")));
    }
    // SAFETY: the caller's.
    let dims = unsafe { entry::list("dimensions", dims, rank) }?;
    let known = dims.iter().map(|&dim| usize::try_from(dim)).collect::<Result<Vec<_>, _>>();
    let known = known.map_err(|_| Fault::invalid(format!("a tensor of the dimensions {dims:?}")))?;
    let ty = TensorType::new(element::from_raw(element)?, known);
    match ty.byte_count() {
        Some(bytes) if bytes <= isize::MAX as usize => Ok(ty),
        _ => Err(Fault::invalid(format!("a {ty} is larger than any memory"))),
    }
}

/// A tensor made of bytes that nobody else has.
fn adopt(device: &Device, ty: TensorType, bytes: AlignedBytes) -> Result<runahead::Buffer, Fault> {
    let exhausted =
        |error: runahead::AdoptError| Fault::new(PJRT_Error_Code::RESOURCE_EXHAUSTED, error.to_string());
    device.adopt(ty, Box::new(Copied(bytes))).map_err(exhausted)
}

fn no_memory(ty: &TensorType) -> Fault {
    Fault::new(PJRT_Error_Code::RESOURCE_EXHAUSTED, format!("there is no memory for a {ty}"))
}

/// A tensor on a device, of the caller's row-major memory; and when the caller may do with that what it likes.
///
/// # Safety
/// The memory is there and does not change as the semantics say.
unsafe fn upload(
    device: &Device,
    ty: TensorType,
    start: *const u8,
    semantics: PJRT_HostBufferSemantics,
) -> Result<(runahead::Buffer, Event), Fault> {
    let len = ty.byte_count().unwrap_or(0);
    let stays = semantics == PJRT_HostBufferSemantics::kImmutableZeroCopy
        || semantics == PJRT_HostBufferSemantics::kMutableZeroCopy;
    let is_lent = semantics != PJRT_HostBufferSemantics::kImmutableOnlyDuringCall;
    if stays
        && len > 0
        && !is_narrow(ty.element)
        && device.is_host()
        && start.addr().is_multiple_of(runahead::ADOPTED_ALIGNMENT)
    {
        let (event, done) = Event::pending();
        let lent = Lent { start, len, done: Some(done) };
        let buffer = device.adopt(ty, Box::new(lent)).map_err(|error| Fault::invalid(error.to_string()))?;
        return Ok((buffer, event));
    }
    if is_lent && len > INLINE_BYTES {
        let (event, done) = Event::pending();
        let lent = Lent { start, len, done: Some(done) };
        let element = ty.element;
        let copy = move |memory: &mut [u8]| {
            memory.copy_from_slice(lent.as_ref());
            normalize(element, memory);
            Ok::<(), Fault>(())
        };
        return Ok((device.upload_from(ty, copy)?, event));
    }
    // SAFETY: the caller's memory, during the call.
    let bytes = if len == 0 { &[] } else { unsafe { std::slice::from_raw_parts(start, len) } };
    let mut copy = AlignedBytes::copy_of(bytes).ok_or_else(|| no_memory(&ty))?;
    normalize(ty.element, &mut copy);
    Ok((adopt(device, ty, copy)?, Event::happened()))
}

/// Memory of the caller's that is to be written.
struct Target {
    start: *mut u8,
    strides: Option<layout::Strides>,
}

// SAFETY: the caller leaves it alone until it is told.
unsafe impl Send for Target {}

impl Target {
    /// Writes a tensor's row-major bytes.
    ///
    /// # Safety
    /// There is memory for them.
    unsafe fn write(&self, ty: &TensorType, bytes: &[u8]) {
        match &self.strides {
            // SAFETY: by the caller.
            None => unsafe { self.start.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) },
            Some(strides) => {
                // SAFETY: by the caller; the bytes are a tensor of that type.
                unsafe { layout::copy(ty, bytes.as_ptr(), &layout::row_major(ty), self.start, strides) };
            }
        }
    }
}

/// Has `write` done with a tensor's bytes when they are there: at once, where they are and are few.
fn download(tensor: &runahead::Buffer, write: impl FnOnce(&[u8]) + Send + 'static) -> Result<Event, Fault> {
    let viewing = tensor.viewing();
    let few = tensor.ty().byte_count().is_some_and(|bytes| bytes <= INLINE_BYTES);
    if few && viewing.is_ready() {
        let view = tensor.view()?;
        if let Some(bytes) = view.bytes() {
            write(bytes);
            return Ok(Event::happened());
        }
    }
    let (event, completion) = Event::pending();
    let tensor = tensor.clone();
    task("download").spawn(async move {
        let result = written(viewing, &tensor, write).await;
        completion.complete(result.map_err(Fault::from));
        Ok::<(), Fault>(())
    });
    Ok(event)
}

async fn written(
    viewing: Viewing,
    tensor: &runahead::Buffer,
    write: impl FnOnce(&[u8]),
) -> Result<(), runahead::asynchronous::Error> {
    let view: HostView = viewing.await?;
    match view.bytes() {
        Some(bytes) => write(bytes),
        None => {
            let host = tensor.to_host();
            let literal: Literal = host.read().await?.clone();
            write(&literal.to_dense());
        }
    }
    Ok(())
}

entries! {
    fn PJRT_Client_BufferFromHostBuffer(args: PJRT_Client_BufferFromHostBuffer_Args, buffer) {
        fork::check()?;
        // SAFETY: the caller's client.
        let shared = unsafe { client::shared(args.client) }?;
        // SAFETY: the caller's list.
        let ty = unsafe { tensor_type(args.r#type, args.dims, args.num_dims) }?;
        // SAFETY: the caller's device and memory.
        let index = unsafe { shared.index_of_place(args.device, args.memory) }?;
        // SAFETY: the caller's layout and list.
        let (wanted, strides) = unsafe {
            let strides = layout::of_list(&ty, args.byte_strides, args.num_byte_strides)?;
            (layout::of_layout(&ty, args.device_layout)?, strides)
        };
        if wanted.is_some_and(|wanted| !layout::is_row_major(&ty, &wanted)) {
            return Err(Fault::unimplemented("buffers are row-major on the device; ask for no other layout"));
        }
        if args.data.is_null() && ty.byte_count() != Some(0) {
            return Err(Fault::invalid(format!("there is no data for a {ty}")));
        }
        if !(0..=3).contains(&args.host_buffer_semantics.0) {
            return Err(Fault::invalid(format!("there are no {:?}", args.host_buffer_semantics)));
        }
        let device = &shared.devices[index];
        let (tensor, done) = match strides.filter(|strides| !layout::is_row_major(&ty, strides)) {
            // SAFETY: the caller's data, as described.
            None => unsafe { upload(device, ty, args.data.cast(), args.host_buffer_semantics) }?,
            Some(strides) => {
                let bytes = AlignedBytes::zeroed(ty.byte_count().unwrap_or(0));
                let mut bytes = bytes.ok_or_else(|| no_memory(&ty))?;
                // SAFETY: the caller's data, as described, and as many bytes as there are.
                unsafe {
                    layout::copy(&ty, args.data.cast(), &strides, bytes.as_mut_ptr(), &layout::row_major(&ty));
                }
                normalize(ty.element, &mut bytes);
                (adopt(device, ty, bytes)?, Event::happened())
            }
        };
        args.buffer = handle::create(Buffer::new(shared, index, tensor)?);
        args.done_with_host_buffer = handle::create(done);
        Ok(())
    }

    /// A view of memory on the device, which is the host's.
    fn PJRT_Client_CreateViewOfDeviceBuffer(args: PJRT_Client_CreateViewOfDeviceBuffer_Args, buffer) {
        // SAFETY: the caller's client.
        let shared = unsafe { client::shared(args.client) }?;
        // SAFETY: the caller's list.
        let ty = unsafe { tensor_type(args.element_type, args.dims, args.num_dims) }?;
        // SAFETY: the caller's device and memory.
        let index = unsafe { shared.index_of_place(args.device, args.memory) }?;
        // SAFETY: the caller's layout.
        let wanted = unsafe { layout::of_layout(&ty, args.layout) }?;
        if wanted.is_some_and(|wanted| !layout::is_row_major(&ty, &wanted)) {
            return Err(Fault::unimplemented("a view of memory that is not row-major"));
        }
        if args.device_buffer_ptr.is_null() && ty.byte_count() != Some(0) {
            return Err(Fault::invalid(format!("there is no data for a {ty}")));
        }
        let start = args.device_buffer_ptr.cast_const().cast();
        // SAFETY: the caller's data, which stays until the caller is told.
        let (tensor, done) =
            unsafe { upload(&shared.devices[index], ty, start, PJRT_HostBufferSemantics::kImmutableZeroCopy) }?;
        if let Some(callback) = args.on_delete_callback {
            let (pointer, argument) = (args.device_buffer_ptr.addr(), args.on_delete_callback_arg.addr());
            done.then(move || {
                let at = std::ptr::with_exposed_provenance_mut;
                // SAFETY: the caller's function, called once, with what it asked for.
                unsafe { callback(at(pointer), at(argument)) };
            });
        }
        args.buffer = handle::create(Buffer::new(shared, index, tensor)?);
        Ok(())
    }

    /// Copies to the caller's memory; says how much that has to be where there is none.
    fn PJRT_Buffer_ToHostBuffer(args: PJRT_Buffer_ToHostBuffer_Args, event) {
        fork::check()?;
        // SAFETY: the caller's buffer.
        let buffer = unsafe { buffer::get(args.src) }?;
        let bytes = buffer.ty.byte_count().unwrap_or(0);
        if args.dst.is_null() {
            args.dst_size = bytes;
            return Ok(());
        }
        if args.dst_size < bytes {
            let (found, ty) = (args.dst_size, &buffer.ty);
            return Err(Fault::invalid(format!("{found} bytes for a {ty}, which has {bytes}")));
        }
        // SAFETY: the caller's layout.
        let strides = unsafe { layout::of_layout(&buffer.ty, args.host_layout) }?;
        let strides = strides.filter(|strides| !layout::is_row_major(&buffer.ty, strides));
        let (target, ty) = (Target { start: args.dst.cast(), strides }, buffer.ty.clone());
        let event = download(&buffer.tensor()?, move |bytes| {
            let target = target;
            // SAFETY: the caller's memory, of which there is enough, until the event has happened.
            unsafe { target.write(&ty, bytes) };
        })?;
        args.event = handle::create(event);
        Ok(())
    }

    /// Copies some of a buffer's bytes to the caller's memory.
    fn PJRT_Buffer_CopyRawToHost(args: PJRT_Buffer_CopyRawToHost_Args, event) {
        fork::check()?;
        // SAFETY: the caller's buffer.
        let buffer = unsafe { buffer::get(args.buffer) }?;
        let start = usize::try_from(args.offset).ok();
        let range = start.zip(usize::try_from(args.transfer_size).ok());
        let range = range.and_then(|(start, len)| Some(start..start.checked_add(len)?));
        let range = range.filter(|range| buffer.ty.byte_count().is_some_and(|bytes| range.end <= bytes));
        let range = range.ok_or_else(|| {
            let (at, len) = (args.offset, args.transfer_size);
            Fault::invalid(format!("{len} bytes at {at} of a {}", buffer.ty))
        })?;
        if args.dst.is_null() && !range.is_empty() {
            return Err(Fault::invalid("there is no memory to copy to"));
        }
        let target = Target { start: args.dst.cast(), strides: None };
        let ty = buffer.ty.clone();
        let event = download(&buffer.tensor()?, move |bytes| {
            let target = target;
            // SAFETY: the caller's memory, of which there is enough, until the event has happened.
            unsafe { target.write(&ty, &bytes[range]) };
        })?;
        args.event = handle::create(event);
        Ok(())
    }
}
