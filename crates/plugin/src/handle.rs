//! Handles: what the caller knows of an object is its address.
//!
//! An object lives in a slot that begins with a mark. The mark says of what kind the object is and whether it lives; it
//! is looked at before anything else is. Slots are never given back to the system, but used again for objects of the
//! same kind, so that the mark of an object that was destroyed can still be read: a call with such a handle is an error,
//! not a crash, until the slot is used again. What is no handle at all can only be told from one where it is null or
//! misaligned.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::error::Fault;

/// What a slot's mark says of an object that was destroyed.
const DESTROYED: usize = 0;

/// So many slots are allocated at once.
const CHUNK: usize = 32;

/// A kind of object that callers hold handles of.
pub(crate) trait Object: Send + Sync + Sized + 'static {
    /// How the interface calls it.
    type Raw;
    /// What to call it in messages.
    const NAME: &'static str;
    /// Its slots.
    fn slots() -> &'static Slots<Self>;
}

/// Implements [`Object`].
macro_rules! object {
    ($type:ty as $raw:ident) => {
        impl $crate::handle::Object for $type {
            type Raw = runahead_pjrt_sys::$raw;
            const NAME: &'static str = stringify!($raw);
            fn slots() -> &'static $crate::handle::Slots<$type> {
                static SLOTS: $crate::handle::Slots<$type> = $crate::handle::Slots::new();
                &SLOTS
            }
        }
    };
}
pub(crate) use object;

#[repr(C)]
struct Slot<T> {
    mark: AtomicUsize,
    value: UnsafeCell<MaybeUninit<T>>,
}

/// The slots of a kind that are free.
pub(crate) struct Slots<T>(Mutex<Vec<Free<T>>>);

/// A slot without an object.
struct Free<T>(NonNull<Slot<T>>);

// SAFETY: a free slot is nobody else's, and holds nothing.
unsafe impl<T> Send for Free<T> {}

impl<T: Object> Slots<T> {
    pub(crate) const fn new() -> Slots<T> {
        Slots(Mutex::new(Vec::new()))
    }

    /// What the mark of a living object of this kind is: no two kinds have the same.
    fn living(&'static self) -> usize {
        (&raw const *self).addr()
    }

    fn take(&'static self) -> NonNull<Slot<T>> {
        let mut free = self.0.lock();
        if let Some(slot) = free.pop() {
            return slot.0;
        }
        let new =
            || Slot { mark: AtomicUsize::new(DESTROYED), value: UnsafeCell::new(MaybeUninit::uninit()) };
        let chunk: &'static mut [Slot<T>] = Box::leak((0..CHUNK).map(|_| new()).collect());
        let mut slots = chunk.iter_mut().map(NonNull::from);
        let first = slots.next().expect("a chunk has slots");
        free.extend(slots.map(Free));
        first
    }
}

/// Makes an object; its handle is the caller's, to be destroyed.
pub(crate) fn create<T: Object>(value: T) -> *mut T::Raw {
    let slot = T::slots().take();
    // SAFETY: the slot is free and was taken, so nobody else looks beyond its mark.
    unsafe {
        (*slot.as_ref().value.get()).write(value);
        slot.as_ref().mark.store(T::slots().living(), Ordering::Release);
    }
    slot.as_ptr().cast()
}

fn slot<'a, T: Object>(handle: *mut T::Raw) -> Result<&'a Slot<T>, Fault> {
    let slot: *mut Slot<T> = handle.cast();
    if slot.is_null() {
        return Err(Fault::invalid(format!("the {} is null", T::NAME)));
    }
    if !slot.is_aligned() {
        return Err(Fault::invalid(format!("{slot:p} is no {}", T::NAME)));
    }
    // SAFETY: the interface's contract: it is a handle of this kind, living or destroyed; slots stay for ever, and beyond
    // the mark is only looked at what lives.
    Ok(unsafe { &*slot })
}

/// The object of a handle.
///
/// # Errors
/// Where there is none: the handle is null, or its object was destroyed.
///
/// # Safety
/// Nobody destroys the object while `'a` lasts. What is not null was a handle of this kind once.
pub(crate) unsafe fn get<'a, T: Object>(handle: *mut T::Raw) -> Result<&'a T, Fault> {
    let slot = slot::<T>(handle)?;
    if slot.mark.load(Ordering::Acquire) != T::slots().living() {
        return Err(gone::<T>());
    }
    // SAFETY: it lives, by its mark, and does so for `'a`, by the caller.
    Ok(unsafe { (*slot.value.get()).assume_init_ref() })
}

/// Takes an object out of its handle, which is destroyed.
///
/// # Errors
/// Where there is none.
///
/// # Safety
/// What is not null was a handle of this kind once, and nobody looks at its object any more.
pub(crate) unsafe fn destroy<T: Object>(handle: *mut T::Raw) -> Result<T, Fault> {
    let slot = slot::<T>(handle)?;
    let living = T::slots().living();
    if slot.mark.compare_exchange(living, DESTROYED, Ordering::AcqRel, Ordering::Relaxed).is_err() {
        return Err(gone::<T>());
    }
    // SAFETY: it lived, and whoever changes the mark is the only one that takes it.
    let value = unsafe { (*slot.value.get()).assume_init_read() };
    T::slots().0.lock().push(Free(NonNull::from(slot)));
    Ok(value)
}

fn gone<T: Object>() -> Fault {
    Fault::invalid(format!("the {} was destroyed, or is none", T::NAME))
}

/// A handle that is kept beside others' objects.
#[repr(transparent)]
pub(crate) struct Handle<T: Object>(*mut T::Raw);

// SAFETY: an address; what it leads to is looked at by `get`, whose caller promises what that needs.
unsafe impl<T: Object> Send for Handle<T> {}
// SAFETY: as above.
unsafe impl<T: Object> Sync for Handle<T> {}

impl<T: Object> Handle<T> {
    pub(crate) fn new(raw: *mut T::Raw) -> Handle<T> {
        Handle(raw)
    }

    pub(crate) fn raw(&self) -> *mut T::Raw {
        self.0
    }
}

impl<T: Object> Clone for Handle<T> {
    fn clone(&self) -> Handle<T> {
        *self
    }
}

impl<T: Object> Copy for Handle<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing(#[allow(dead_code)] Box<u32>);
    object!(Thing as PJRT_Event);

    #[test]
    fn what_was_destroyed_is_an_error() {
        let handle = create(Thing(Box::new(7)));
        // SAFETY: a handle; nobody else has it.
        unsafe {
            assert_eq!(*get::<Thing>(handle).unwrap().0, 7);
            assert_eq!(*destroy::<Thing>(handle).unwrap().0, 7);
            assert!(get::<Thing>(handle).is_err());
            assert!(destroy::<Thing>(handle).is_err());
            assert!(get::<Thing>(std::ptr::null_mut()).is_err());
            assert!(get::<Thing>(std::ptr::without_provenance_mut(17)).is_err());
        }
    }
}
