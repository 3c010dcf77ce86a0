//! How the interface's functions are written down: the one place where a caller's structure is taken apart.

use std::any::Any;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};

use runahead_pjrt_sys::{PJRT_Error, PJRT_Error_Code};

use crate::error::{self, Fault};

/// Functions of the interface: `fn NAME(args: STRUCTURE, last) { … }`, where `last` is the last field that a caller has to
/// know; those behind it are zero where it does not. The body has `args` as a structure of its own, and gives
/// `Result<(), Fault>`; what it wrote comes to be in the caller's where it succeeded.
///
/// A structure that is null or too small is an error, and so is a panic.
macro_rules! entries {
    ($($(#[$meta:meta])* fn $name:ident($args:ident: $type:ident, $last:ident) $body:block)*) => { $(
        $(#[$meta])*
        pub(crate) unsafe extern "C" fn $name(args: *mut runahead_pjrt_sys::$type) -> *mut runahead_pjrt_sys::PJRT_Error {
            const LEAST: usize = std::mem::offset_of!(runahead_pjrt_sys::$type, $last)
                + runahead_pjrt_sys::size_of_field(|value: &runahead_pjrt_sys::$type| &value.$last);
            #[allow(unused_variables)]
            let body = |$args: &mut runahead_pjrt_sys::$type| -> Result<(), $crate::error::Fault> { $body };
            // SAFETY: the caller's structure, or null.
            unsafe { $crate::entry::call(stringify!($name), args, LEAST, body) }
        }
    )* };
}
pub(crate) use entries;

/// Calls a function on a copy of the caller's structure, and copies it back.
///
/// # Safety
/// `args` is null, or a structure of that type of which as many bytes are there as its first word says.
pub(crate) unsafe fn call<T: Copy>(
    name: &'static str,
    args: *mut T,
    least: usize,
    body: impl FnOnce(&mut T) -> Result<(), Fault>,
) -> *mut PJRT_Error {
    if args.is_null() || !args.is_aligned() {
        return Fault::invalid(format!("{name} was called without arguments")).into_raw();
    }
    // SAFETY: every structure begins with its size.
    let size = unsafe { args.cast::<usize>().read() };
    if size < least {
        let message = format!("{name} was given a structure of {size} bytes; expected at least {least}");
        return Fault::invalid(message).into_raw();
    }
    let known = size.min(size_of::<T>());
    let mut copy = MaybeUninit::<T>::zeroed();
    // SAFETY: both have that many bytes, the caller's by its own word; structures of the interface are made of numbers,
    // booleans and addresses, of all of which zero is one.
    let copy = unsafe {
        args.cast::<u8>().copy_to_nonoverlapping(copy.as_mut_ptr().cast(), known);
        copy.assume_init_mut()
    };
    let result =
        catch_unwind(AssertUnwindSafe(|| body(copy))).unwrap_or_else(|panic| Err(panicked(name, &*panic)));
    if result.is_ok() {
        // SAFETY: as above.
        unsafe { (&raw const *copy).cast::<u8>().copy_to_nonoverlapping(args.cast(), known) };
    }
    error::raw(result)
}

fn panicked(name: &str, panic: &(dyn Any + Send)) -> Fault {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("an unknown reason");
    Fault::new(PJRT_Error_Code::INTERNAL, format!("{name} panicked: {text}"))
}

/// A structure of the caller's that another points to, as far as the caller knows it; `None` where it is null.
///
/// # Safety
/// What is not null begins with its size, and is as long.
pub(crate) unsafe fn optional<T: Copy>(structure: *const T) -> Option<T> {
    if structure.is_null() || !structure.is_aligned() {
        return None;
    }
    let mut copy = MaybeUninit::<T>::zeroed();
    // SAFETY: it begins with its size, by the caller; zero is a value of each of its fields.
    unsafe {
        let known = structure.cast::<usize>().read().min(size_of::<T>());
        structure.cast::<u8>().copy_to_nonoverlapping(copy.as_mut_ptr().cast(), known);
        Some(copy.assume_init())
    }
}

/// As [`optional`], of a structure that the function writes to: what it wrote comes to be in the caller's, as far as the
/// caller knows it. `None` where it is null, or does not reach to the end of what the function needs, `least` bytes.
///
/// # Safety
/// As for [`optional`]; nobody else uses the structure meanwhile.
pub(crate) unsafe fn with_structure<T: Copy, R>(
    structure: *mut T,
    least: usize,
    f: impl FnOnce(&mut T) -> R,
) -> Option<R> {
    // SAFETY: the caller's.
    let mut copy = unsafe { optional(structure) }?;
    // SAFETY: it is not null, and begins with its size.
    let size = unsafe { structure.cast::<usize>().read() };
    if size < least {
        return None;
    }
    let result = f(&mut copy);
    let known = size.min(size_of::<T>());
    // SAFETY: both have that many bytes.
    unsafe { (&raw const copy).cast::<u8>().copy_to_nonoverlapping(structure.cast(), known) };
    Some(result)
}

/// A list of structures of the caller's, each as long as the caller knows it.
///
/// # Errors
/// Where it is null and not empty, or the first one's size is not one of such a structure.
///
/// # Safety
/// What is not null are that many structures of one size, with which the first one begins.
pub(crate) unsafe fn structures<T: Copy>(what: &str, start: *const T, len: usize) -> Result<Vec<T>, Fault> {
    if len == 0 {
        return Ok(Vec::new());
    }
    if start.is_null() || !start.is_aligned() {
        return Err(Fault::invalid(format!("{len} {what} are given, but not where")));
    }
    // SAFETY: it begins with its size.
    let size = unsafe { start.cast::<usize>().read() };
    let stride = size.checked_next_multiple_of(align_of::<T>()).filter(|_| size >= size_of::<usize>());
    let bytes =
        stride.and_then(|stride| stride.checked_mul(len)).filter(|&bytes| bytes <= isize::MAX as usize);
    let (Some(stride), Some(_)) = (stride, bytes) else {
        return Err(Fault::invalid(format!("{len} {what} of {size} bytes each are given")));
    };
    // SAFETY: there are as many, by the caller, one behind the other.
    Ok((0..len).filter_map(|i| unsafe { optional(start.byte_add(i * stride)) }).collect())
}

/// A list of the caller's.
///
/// # Errors
/// Where it is null and not empty.
///
/// # Safety
/// What is not null has that many elements, which stay for `'a`.
pub(crate) unsafe fn list<'a, T>(what: &str, start: *const T, len: usize) -> Result<&'a [T], Fault> {
    if len == 0 {
        return Ok(&[]);
    }
    if start.is_null() || !start.is_aligned() || len > isize::MAX as usize / size_of::<T>().max(1) {
        return Err(Fault::invalid(format!("{len} {what} are given, but not where")));
    }
    // SAFETY: not null, aligned, not too long; the rest by the caller.
    Ok(unsafe { std::slice::from_raw_parts(start, len) })
}

/// A text of the caller's.
///
/// # Errors
/// Where it is none.
///
/// # Safety
/// As for [`list`].
pub(crate) unsafe fn text<'a>(
    what: &str,
    start: *const std::ffi::c_char,
    len: usize,
) -> Result<&'a str, Fault> {
    // SAFETY: the caller's.
    let bytes = unsafe { list::<u8>(what, start.cast(), len) }?;
    std::str::from_utf8(bytes).map_err(|_| Fault::invalid(format!("{what} are no UTF-8 text")))
}

#[cfg(test)]
mod tests {
    use runahead_pjrt_sys::PJRT_NamedValue;

    use super::*;

    /// A structure as a caller of an older version has it: without its last field, and with nothing after it.
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Older {
        size: usize,
        extensions: usize,
        name: usize,
    }

    fn older(name: usize) -> Older {
        Older { size: size_of::<Older>(), extensions: 0, name }
    }

    #[test]
    fn structures_are_read_as_far_as_the_caller_has_them() {
        let given: Box<[Older]> = (1..=3).map(older).collect();
        // SAFETY: there are three, as long as they say.
        let read = unsafe { structures::<PJRT_NamedValue>("values", given.as_ptr().cast(), 3) }.unwrap();
        let names: Vec<usize> = read.iter().map(|value| value.name.addr()).collect();
        assert_eq!(names, [1, 2, 3]);
        assert!(read.iter().all(|value| value.name_size == 0 && value.value_size == 0));
        for size in [0, 7, usize::MAX] {
            let wrong = [Older { size, ..older(1) }];
            // SAFETY: a size that cannot be is not believed.
            assert!(unsafe { structures::<PJRT_NamedValue>("values", wrong.as_ptr().cast(), 1) }.is_err());
        }
        // SAFETY: null is allowed, where there are none.
        assert!(unsafe { structures::<PJRT_NamedValue>("values", std::ptr::null(), 0) }.unwrap().is_empty());
    }

    #[test]
    fn structures_are_written_as_far_as_the_caller_has_them() {
        let mut given = [older(1), older(2)];
        // SAFETY: the first is as long as it says.
        let written = unsafe {
            with_structure(given.as_mut_ptr().cast::<PJRT_NamedValue>(), 16, |value| {
                value.name = std::ptr::without_provenance(7);
                value.name_size = 99;
            })
        };
        assert_eq!(written, Some(()));
        assert_eq!((given[0].name, given[1].size, given[1].name), (7, size_of::<Older>(), 2));
        let least = std::mem::offset_of!(PJRT_NamedValue, name_size) + 8;
        // SAFETY: as above.
        let short = unsafe { with_structure(given.as_mut_ptr().cast::<PJRT_NamedValue>(), least, |_| ()) };
        assert_eq!(short, None);
    }
}
