//! Buffers: a device's tensors, there or on their way.

use std::ffi::c_void;
use std::sync::Arc;

use parking_lot::Mutex;
use runahead::{HostView, TensorType};
use runahead_pjrt_sys::*;
use smallvec::SmallVec;

use crate::client::Shared;
use crate::element;
use crate::entry::entries;
use crate::error::Fault;
use crate::event::Event;
use crate::fork;
use crate::handle::{self, object};

/// A buffer as a caller has it.
pub(crate) struct Buffer {
    pub(crate) shared: Arc<Shared>,
    /// The index of its device.
    pub(crate) device: usize,
    pub(crate) ty: TensorType,
    raw_type: PJRT_Buffer_Type,
    dims: SmallVec<[i64; 4]>,
    state: Mutex<State>,
}

object!(Buffer as PJRT_Buffer);

struct State {
    /// None once it was deleted or donated.
    buffer: Option<runahead::Buffer>,
    /// How many others look at the memory.
    references: usize,
    /// What holds the memory while they do.
    view: Option<HostView>,
}

impl Buffer {
    pub(crate) fn new(
        shared: &Arc<Shared>,
        device: usize,
        buffer: runahead::Buffer,
    ) -> Result<Buffer, Fault> {
        let raw_type = element::to_raw(buffer.ty().element)?;
        Ok(Buffer::of_type(raw_type, shared, device, buffer))
    }

    /// As [`new`](Self::new), of a tensor whose elements' type has been looked up.
    pub(crate) fn of_type(
        raw_type: PJRT_Buffer_Type,
        shared: &Arc<Shared>,
        device: usize,
        buffer: runahead::Buffer,
    ) -> Buffer {
        let ty = buffer.ty().clone();
        let dims = ty.dims.iter().map(|&dim| dim as i64).collect();
        let state = Mutex::new(State { buffer: Some(buffer), references: 0, view: None });
        Buffer { shared: Arc::clone(shared), device, ty, raw_type, dims, state }
    }

    /// The tensor.
    pub(crate) fn tensor(&self) -> Result<runahead::Buffer, Fault> {
        self.state.lock().buffer.clone().ok_or_else(|| self.deleted())
    }

    /// The tensor, and whether somebody looks at its memory, who must not see it change.
    pub(crate) fn argument(&self) -> Result<(runahead::Buffer, bool), Fault> {
        let state = self.state.lock();
        let buffer = state.buffer.clone().ok_or_else(|| self.deleted())?;
        Ok((buffer, state.references > 0))
    }

    fn deleted(&self) -> Fault {
        Fault::invalid(format!("a buffer of {} has been deleted or donated", self.ty))
    }

    /// Gives the tensor up; who looks at the memory keeps it.
    pub(crate) fn delete(&self) {
        let buffer = self.state.lock().buffer.take();
        drop(buffer);
    }

    fn is_deleted(&self) -> bool {
        self.state.lock().buffer.as_ref().is_none_or(|buffer| buffer.gone().is_some())
    }

    /// Where the data is, when it is there; in the memory of the host.
    fn address(&self) -> Result<*const u8, Fault> {
        let tensor = {
            let state = self.state.lock();
            if let Some(bytes) = state.view.as_ref().and_then(HostView::bytes) {
                return Ok(bytes.as_ptr());
            }
            state.buffer.clone().ok_or_else(|| self.deleted())?
        };
        if !tensor.is_ready() {
            fork::check()?;
        }
        let view = tensor.view()?;
        let address = view.bytes().map(<[u8]>::as_ptr);
        let address =
            address.ok_or_else(|| Fault::unimplemented("the buffer is not in the host's memory"))?;
        let mut state = self.state.lock();
        if state.references > 0 {
            state.view.get_or_insert(view);
        }
        Ok(address)
    }
}

/// A caller's buffer.
///
/// # Safety
/// As for [`handle::get`].
pub(crate) unsafe fn get<'a>(buffer: *mut PJRT_Buffer) -> Result<&'a Buffer, Fault> {
    // SAFETY: the caller's.
    unsafe { handle::get::<Buffer>(buffer) }
}

/// Copies a tensor to another device, when it is there.
fn copy_to(buffer: &Buffer, device: usize) -> Result<*mut PJRT_Buffer, Fault> {
    fork::check()?;
    let (from, to) = (buffer.tensor()?, &buffer.shared.devices[device]);
    let viewing = from.viewing();
    let copy = to.upload_from(buffer.ty.clone(), move |memory: &mut [u8]| {
        let view = viewing.wait()?;
        match view.bytes() {
            Some(bytes) => memory.copy_from_slice(bytes),
            None => from.to_host().wait()?.write_to(memory),
        }
        Ok::<(), runahead::asynchronous::Error>(())
    })?;
    Ok(handle::create(Buffer::new(&buffer.shared, device, copy)?))
}

entries! {
    fn PJRT_Buffer_Destroy(args: PJRT_Buffer_Destroy_Args, buffer) {
        // SAFETY: the caller's buffer.
        unsafe { handle::destroy::<Buffer>(args.buffer) }.map(drop)
    }

    fn PJRT_Buffer_ElementType(args: PJRT_Buffer_ElementType_Args, r#type) {
        // SAFETY: the caller's buffer.
        args.r#type = unsafe { get(args.buffer) }?.raw_type;
        Ok(())
    }

    fn PJRT_Buffer_Dimensions(args: PJRT_Buffer_Dimensions_Args, num_dims) {
        // SAFETY: the caller's buffer.
        let dims = &unsafe { get(args.buffer) }?.dims;
        args.dims = dims.as_ptr();
        args.num_dims = dims.len();
        Ok(())
    }

    fn PJRT_Buffer_UnpaddedDimensions(args: PJRT_Buffer_UnpaddedDimensions_Args, num_dims) {
        // SAFETY: the caller's buffer.
        let dims = &unsafe { get(args.buffer) }?.dims;
        args.unpadded_dims = dims.as_ptr();
        args.num_dims = dims.len();
        Ok(())
    }

    /// None: shapes are known.
    fn PJRT_Buffer_DynamicDimensionIndices(args: PJRT_Buffer_DynamicDimensionIndices_Args, num_dynamic_dims) {
        // SAFETY: the caller's buffer.
        unsafe { get(args.buffer) }?;
        args.dynamic_dim_indices = std::ptr::null();
        args.num_dynamic_dims = 0;
        Ok(())
    }

    /// Row-major.
    fn PJRT_Buffer_GetMemoryLayout(args: PJRT_Buffer_GetMemoryLayout_Args, layout) {
        // SAFETY: the caller's buffer.
        let rank = unsafe { get(args.buffer) }?.dims.len();
        let order = MINOR_TO_MAJOR.get(MOST_AXES.saturating_sub(rank)..);
        let order = order.filter(|order| order.len() == rank);
        let order = order.ok_or_else(|| Fault::unimplemented(format!("the layout of {rank} axes")))?;
        let mut tiled = PJRT_Buffer_MemoryLayout_Tiled::new();
        tiled.minor_to_major = order.as_ptr();
        tiled.minor_to_major_size = rank;
        args.layout = PJRT_Buffer_MemoryLayout::new();
        args.layout.r#type = PJRT_Buffer_MemoryLayout_Type::Tiled;
        args.layout.layout.tiled = tiled;
        Ok(())
    }

    fn PJRT_Buffer_OnDeviceSizeInBytes(args: PJRT_Buffer_OnDeviceSizeInBytes_Args, on_device_size_in_bytes) {
        // SAFETY: the caller's buffer.
        let buffer = unsafe { get(args.buffer) }?;
        args.on_device_size_in_bytes = buffer.ty.byte_count().unwrap_or(0);
        Ok(())
    }

    fn PJRT_Buffer_Device(args: PJRT_Buffer_Device_Args, device) {
        // SAFETY: the caller's buffer.
        let buffer = unsafe { get(args.buffer) }?;
        args.device = buffer.shared.device(buffer.device).raw();
        Ok(())
    }

    fn PJRT_Buffer_Memory(args: PJRT_Buffer_Memory_Args, memory) {
        // SAFETY: the caller's buffer.
        let buffer = unsafe { get(args.buffer) }?;
        args.memory = buffer.shared.memory(buffer.device).raw();
        Ok(())
    }

    fn PJRT_Buffer_Delete(args: PJRT_Buffer_Delete_Args, buffer) {
        // SAFETY: the caller's buffer.
        unsafe { get(args.buffer) }?.delete();
        Ok(())
    }

    fn PJRT_Buffer_IsDeleted(args: PJRT_Buffer_IsDeleted_Args, is_deleted) {
        // SAFETY: the caller's buffer.
        args.is_deleted = unsafe { get(args.buffer) }?.is_deleted();
        Ok(())
    }

    fn PJRT_Buffer_CopyToDevice(args: PJRT_Buffer_CopyToDevice_Args, dst_buffer) {
        // SAFETY: the caller's buffer and device.
        let buffer = unsafe { get(args.buffer) }?;
        // SAFETY: as above.
        let device = unsafe { buffer.shared.index_of(args.dst_device) }?;
        args.dst_buffer = copy_to(buffer, device)?;
        Ok(())
    }

    fn PJRT_Buffer_CopyToMemory(args: PJRT_Buffer_CopyToMemory_Args, dst_buffer) {
        // SAFETY: the caller's buffer and memory.
        let buffer = unsafe { get(args.buffer) }?;
        // SAFETY: as above.
        let device = unsafe { buffer.shared.index_of_memory(args.dst_memory) }?;
        args.dst_buffer = copy_to(buffer, device)?;
        Ok(())
    }

    fn PJRT_Buffer_IsOnCpu(args: PJRT_Buffer_IsOnCpu_Args, is_on_cpu) {
        // SAFETY: the caller's buffer.
        let buffer = unsafe { get(args.buffer) }?;
        args.is_on_cpu = buffer.shared.devices[buffer.device].is_host();
        Ok(())
    }

    fn PJRT_Buffer_ReadyEvent(args: PJRT_Buffer_ReadyEvent_Args, event) {
        // SAFETY: the caller's buffer.
        let ready = unsafe { get(args.buffer) }?.tensor()?.ready();
        args.event = handle::create(Event::of(ready));
        Ok(())
    }

    /// Where the data is; waits until it is there.
    fn PJRT_Buffer_UnsafePointer(args: PJRT_Buffer_UnsafePointer_Args, buffer_pointer) {
        // SAFETY: the caller's buffer.
        args.buffer_pointer = unsafe { get(args.buffer) }?.address()?.addr();
        Ok(())
    }

    fn PJRT_Buffer_IncreaseExternalReferenceCount(args: PJRT_Buffer_IncreaseExternalReferenceCount_Args, buffer) {
        // SAFETY: the caller's buffer.
        let buffer = unsafe { get(args.buffer) }?;
        let mut state = buffer.state.lock();
        if state.buffer.is_none() {
            return Err(buffer.deleted());
        }
        state.references += 1;
        Ok(())
    }

    fn PJRT_Buffer_DecreaseExternalReferenceCount(args: PJRT_Buffer_DecreaseExternalReferenceCount_Args, buffer) {
        // SAFETY: the caller's buffer.
        let buffer = unsafe { get(args.buffer) }?;
        let mut state = buffer.state.lock();
        let Some(references) = state.references.checked_sub(1) else {
            return Err(Fault::invalid("nobody holds an external reference to the buffer"));
        };
        state.references = references;
        if references == 0 {
            let view = state.view.take();
            drop(state);
            drop(view);
        }
        Ok(())
    }

    /// Where the data is, for who holds an external reference; waits until it is there.
    fn PJRT_Buffer_OpaqueDeviceMemoryDataPointer(args: PJRT_Buffer_OpaqueDeviceMemoryDataPointer_Args, device_memory_ptr) {
        // SAFETY: the caller's buffer.
        args.device_memory_ptr = unsafe { get(args.buffer) }?.address()?.cast_mut().cast::<c_void>();
        Ok(())
    }
}

/// The most axes whose layout is told.
const MOST_AXES: usize = 64;

/// The axes from the last to the first; those of fewer axes are its end.
static MINOR_TO_MAJOR: [i64; MOST_AXES] = {
    let mut order = [0; MOST_AXES];
    let mut i = 0;
    while i < MOST_AXES {
        order[i] = (MOST_AXES - 1 - i) as i64;
        i += 1;
    }
    order
};
