//! How structures, handles, constants and the table are written down.

/// Whether a structure, by its own `struct_size`, reaches to the end of a field.
///
/// `has_field!(value, Type, field)`, where `value` is a `&Type` or a `Type`; returns a `bool`.
#[macro_export]
macro_rules! has_field {
    ($value:expr, $type:ty, $field:ident) => {
        ($value).struct_size
            >= std::mem::offset_of!($type, $field) + $crate::size_of_field(|value: &$type| &value.$field)
    };
}

/// Structures that begin with their size and a chain of extensions.
macro_rules! structs {
    ($($name:ident { $($field:ident: $type:ty,)* })*) => { $(
        #[repr(C)]
        #[derive(Clone, Copy)]
        pub struct $name {
            pub struct_size: usize,
            pub extension_start: *mut $crate::PJRT_Extension_Base,
            $(pub $field: $type,)*
        }

        impl $name {
            /// The size that this crate knows, in bytes: up to the end of the last field, without padding after it.
            pub const STRUCT_SIZE: usize = {
                let ends: &[usize] = &[
                    16,
                    $(std::mem::offset_of!($name, $field) + std::mem::size_of::<$type>(),)*
                ];
                ends[ends.len() - 1]
            };

            /// One with every field zero but its size.
            #[allow(clippy::new_without_default)]
            pub const fn new() -> Self {
                // SAFETY: each field is a number, a boolean, a raw pointer, an `Option` of a function, or made of
                // these; zero is a value of each.
                let mut zero: Self = unsafe { std::mem::zeroed() };
                zero.struct_size = Self::STRUCT_SIZE;
                zero
            }
        }
    )* };
}

/// Structures without a size of their own, or without a chain of extensions.
macro_rules! plain {
    ($($name:ident { $($field:ident: $type:ty,)* })*) => { $(
        #[repr(C)]
        #[derive(Clone, Copy)]
        pub struct $name {
            $(pub $field: $type,)*
        }
    )* };
}

/// What is only known by its address.
macro_rules! opaque {
    ($($name:ident;)*) => { $(
        #[repr(C)]
        pub struct $name {
            _private: [u8; 0],
            _not_send: std::marker::PhantomData<(*mut u8, std::marker::PhantomPinned)>,
        }
    )* };
}

/// An enumeration of C: any number can come from the other side, so it is a number with named values.
macro_rules! constants {
    ($name:ident: $type:ty { $($constant:ident = $value:expr,)* }) => {
        #[repr(transparent)]
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(pub $type);

        impl $name {
            $(pub const $constant: Self = Self($value);)*
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match *self {
                    $(Self::$constant => f.write_str(stringify!($constant)),)*
                    Self(other) => write!(f, "{}({other})", stringify!($name)),
                }
            }
        }
    };
}

/// The table of functions.
macro_rules! table {
    ($($name:ident($args:ty) $(-> $result:ty)?;)*) => {
        /// The table that a plugin's `GetPjrtApi` returns.
        #[repr(C)]
        #[derive(Clone, Copy)]
        pub struct PJRT_Api {
            pub struct_size: usize,
            pub extension_start: *mut PJRT_Extension_Base,
            pub pjrt_api_version: PJRT_Api_Version,
            $(pub $name: Option<unsafe extern "C" fn(args: *mut $args) $(-> $result)?>,)*
        }

        impl PJRT_Api {
            /// The size of the table that this crate knows, in bytes.
            pub const STRUCT_SIZE: usize = std::mem::size_of::<Self>();

            /// A table of this crate's version without functions.
            pub const fn new() -> Self {
                let mut version = PJRT_Api_Version::new();
                version.major_version = $crate::PJRT_API_MAJOR;
                version.minor_version = $crate::PJRT_API_MINOR;
                Self {
                    struct_size: Self::STRUCT_SIZE,
                    extension_start: std::ptr::null_mut(),
                    pjrt_api_version: version,
                    $($name: None,)*
                }
            }
        }

        impl Default for PJRT_Api {
            fn default() -> Self {
                Self::new()
            }
        }
    };
}
