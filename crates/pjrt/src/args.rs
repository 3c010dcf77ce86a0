//! Structures of arguments, as large as the plugin expects them, and calls with them.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use crate::plugin::Plugin;

/// Room for a structure of arguments and for what later versions add to it.
const WORDS: usize = 32;

/// The last version of the interface whose structures this crate knows in full.
const KNOWN_MINOR: i32 = runahead_pjrt_sys::PJRT_API_MINOR;

/// A structure of arguments, followed by zeros.
///
/// A plugin refuses structures that are shorter than its own version's. So to a newer one they are said to be longer;
/// what it has added reads as zero, which by the interface's rules means that nothing is said there.
#[repr(C)]
pub(crate) struct Args<T> {
    words: [u64; WORDS],
    holds: PhantomData<T>,
}

impl<T> Args<T> {
    /// # Safety
    /// `T` begins with its `struct_size`, and zero is a value of each of its fields.
    #[inline(always)]
    pub(crate) unsafe fn new() -> Args<T> {
        const { assert!(size_of::<T>() + 32 <= WORDS * 8 && align_of::<T>() <= 8) };
        Args { words: [0; WORDS], holds: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        (&raw mut self.words).cast()
    }
}

impl<T> Deref for Args<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: there is room for a `T`, and all of it is initialised, by `new`'s promise to a value.
        unsafe { &*(&raw const self.words).cast() }
    }
}

impl<T> DerefMut for Args<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`.
        unsafe { &mut *self.as_mut_ptr() }
    }
}

impl Plugin {
    /// What to give as a structure's `struct_size`, where this crate knows it to be so large.
    #[inline(always)]
    pub(crate) fn struct_size(&self, known: usize) -> usize {
        if self.minor() <= KNOWN_MINOR { known } else { WORDS * 8 }
    }
}

/// `args!(plugin, PJRT_X_Args { field: value, … })`: a structure of arguments with those fields set.
macro_rules! args {
    ($plugin:expr, $type:ident { $($field:ident: $value:expr),* $(,)? }) => {{
        // SAFETY: a structure of the interface, of which zero is a value.
        let mut args = unsafe { $crate::args::Args::<runahead_pjrt_sys::$type>::new() };
        args.struct_size = $plugin.struct_size(runahead_pjrt_sys::$type::STRUCT_SIZE);
        $(args.$field = $value;)*
        args
    }};
}

/// `call!(plugin, PJRT_X, args)`: calls a function, where the plugin has it, and gives its error.
///
/// To be used in an `unsafe` block: the arguments must be what the interface asks for.
macro_rules! call {
    ($plugin:expr, $function:ident, $args:expr) => {
        match $plugin.table().$function {
            Some(function) => {
                let error = function($args.as_mut_ptr());
                $plugin.check(error, stringify!($function))
            }
            None => Err($plugin.missing(stringify!($function))),
        }
    };
}

pub(crate) use {args, call};
