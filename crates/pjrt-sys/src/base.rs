//! What every other structure holds: extensions, versions and named values.

use std::ffi::{c_char, c_int};

constants! {
    PJRT_Extension_Type: c_int {
        Gpu_Custom_Call = 0,
        Profiler = 1,
        Custom_Partitioner = 2,
        Stream = 3,
        Layouts = 4,
        FFI = 5,
        MemoryDescriptions = 6,
        Triton = 7,
        RawBuffer = 8,
        PhaseCompile = 9,
        Example = 10,
        Unknown = 11,
        CrossHostTransfers = 12,
        ExecutableMetadata = 13,
        Callback = 14,
        HostAllocator = 15,
    }
}

constants! {
    PJRT_NamedValue_Type: c_int {
        kString = 0,
        kInt64 = 1,
        kInt64List = 2,
        kFloat = 3,
        kBool = 4,
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union PJRT_NamedValue_Union {
    pub string_value: *const c_char,
    pub int64_value: i64,
    pub int64_array_value: *const i64,
    pub float_value: f32,
    pub bool_value: bool,
}

plain! {
    PJRT_Extension_Base {
        struct_size: usize,
        r#type: PJRT_Extension_Type,
        next: *mut PJRT_Extension_Base,
    }
}

structs! {
    PJRT_Api_Version {
        major_version: c_int,
        minor_version: c_int,
    }
    PJRT_NamedValue {
        name: *const c_char,
        name_size: usize,
        r#type: PJRT_NamedValue_Type,
        value: PJRT_NamedValue_Union,
        value_size: usize,
    }
}
