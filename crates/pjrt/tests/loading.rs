//! Libraries that are no plugins, and plugins of other versions: tables made here.

use std::ffi::{c_char, c_int};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_pjrt::{Client, Code, Error, LoadError, Plugin};
use runahead_pjrt_sys::*;

/// What an error of these tables is: a code and a text.
struct Fault(c_int, &'static str);

fn fail(code: c_int, text: &'static str) -> *mut PJRT_Error {
    Box::into_raw(Box::new(Fault(code, text))).cast()
}

unsafe extern "C" fn message(args: *mut PJRT_Error_Message_Args) {
    // SAFETY: errors come from `fail`.
    unsafe {
        let fault = &*(*args).error.cast::<Fault>();
        ((*args).message, (*args).message_size) = (fault.1.as_ptr().cast::<c_char>(), fault.1.len());
    }
}

unsafe extern "C" fn code(args: *mut PJRT_Error_GetCode_Args) -> *mut PJRT_Error {
    // SAFETY: as above.
    unsafe { (*args).code = PJRT_Error_Code((*(*args).error.cast::<Fault>()).0) };
    std::ptr::null_mut()
}

/// Errors that were given back.
static DESTROYED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn destroy(args: *mut PJRT_Error_Destroy_Args) {
    // SAFETY: as above, and each is given back once.
    drop(unsafe { Box::from_raw((*args).error.cast::<Fault>()) });
    DESTROYED.fetch_add(1, Ordering::SeqCst);
}

/// A table of that version with functions for errors only.
fn table(minor: c_int) -> PJRT_Api {
    let mut table = PJRT_Api::new();
    table.pjrt_api_version.minor_version = minor;
    table.PJRT_Error_Message = Some(message);
    table.PJRT_Error_GetCode = Some(code);
    table.PJRT_Error_Destroy = Some(destroy);
    table
}

fn load(table: &PJRT_Api) -> Result<Plugin, LoadError> {
    // SAFETY: the functions that are in it do what they should; those that end the process are never to be called.
    unsafe { Plugin::from_table(Path::new("fake.so"), table) }
}

#[test]
fn what_is_no_library_cannot_be_loaded() {
    let file = tempfile::Builder::new().suffix(".so").tempfile().unwrap();
    std::fs::write(file.path(), "text").unwrap();
    for path in [Path::new("/nowhere/at/all.so"), file.path()] {
        let error = Plugin::load(path).unwrap_err();
        assert!(matches!(error, LoadError::Open { .. }), "{error}");
        assert!(error.to_string().starts_with(&format!("{} cannot be loaded: ", path.display())), "{error}");
    }
}

#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn a_library_that_exports_no_table_is_no_plugin() {
    let error = Plugin::load("libc.so.6").unwrap_err();
    assert_eq!(error.to_string(), "libc.so.6 is no PJRT plugin: it exports no GetPjrtApi");
}

#[test]
fn tables_that_are_none_are_refused() {
    // SAFETY: null is allowed.
    let error = unsafe { Plugin::from_table(Path::new("fake.so"), std::ptr::null()) }.unwrap_err();
    assert_eq!(error.to_string(), "fake.so gives no table of functions: GetPjrtApi returned null");
    let mut short = table(81);
    short.struct_size = 16;
    let error = load(&short).unwrap_err().to_string();
    assert!(error.contains("it says to have 16 bytes, fewer than the 40 that its version takes"), "{error}");
}

#[test]
fn versions_that_are_not_spoken_are_refused() {
    let mut other = table(81);
    other.pjrt_api_version.major_version = 1;
    for (table, version) in [(other, "1.81"), (table(53), "0.53")] {
        let error = load(&table).unwrap_err().to_string();
        let expected = format!(
            "fake.so implements version {version} of the PJRT C API; versions from 0.54 on are supported"
        );
        assert_eq!(error, expected);
    }
    for minor in [54, 81, 112, 1000] {
        assert_eq!(load(&table(minor)).unwrap().api_version(), (0, minor));
    }
}

unsafe extern "C" fn does_not_start(_: *mut PJRT_Plugin_Initialize_Args) -> *mut PJRT_Error {
    fail(9, "No visible devices.")
}

#[test]
fn a_plugin_that_does_not_start_says_why() {
    let mut table = table(81);
    table.PJRT_Plugin_Initialize = Some(does_not_start);
    let before = DESTROYED.load(Ordering::SeqCst);
    let error = load(&table).unwrap_err();
    let expected = "fake.so does not start: FAILED_PRECONDITION: No visible devices. (from PJRT_Plugin_Initialize of \
                    fake.so)";
    assert_eq!(error.to_string(), expected);
    let LoadError::Start { error, .. } = error else { panic!("{error}") };
    assert_eq!(error.code(), Some(Code::FailedPrecondition));
    assert!(DESTROYED.load(Ordering::SeqCst) > before);
}

unsafe extern "C" fn never(_: *mut PJRT_Client_Create_Args) -> *mut PJRT_Error {
    std::process::abort()
}

#[test]
fn functions_that_a_plugin_lacks_are_errors() {
    let start = |table: &PJRT_Api| Client::new(load(table).unwrap(), &[]).unwrap_err();
    let without = table(60);
    let mut cut = table(60);
    // It is there in memory, but not by the table's own size, nor where that reaches into the middle of it.
    cut.PJRT_Client_Create = Some(never);
    let end = std::mem::offset_of!(PJRT_Api, PJRT_Client_Create);
    for size in [end, end + 4] {
        cut.struct_size = size;
        for table in [&without, &cut] {
            let error = start(table);
            assert!(matches!(error, Error::Missing { function: "PJRT_Client_Create", .. }), "{error}");
            assert_eq!(
                error.to_string(),
                "fake.so has no PJRT_Client_Create: it implements version 0.60 of the PJRT C API, or leaves that out; use a \
                 newer plugin"
            );
        }
    }
    assert_eq!(load(&without).unwrap().attributes(), Ok(Vec::new()));
}

unsafe extern "C" fn looks(args: *mut PJRT_Client_Create_Args) -> *mut PJRT_Error {
    // SAFETY: there are as many bytes as the structure says.
    let (size, rest) = unsafe {
        let size = (*args).struct_size;
        let known = PJRT_Client_Create_Args::STRUCT_SIZE.min(size);
        (size, std::slice::from_raw_parts(args.cast::<u8>().add(known), size - known))
    };
    match (size == PJRT_Client_Create_Args::STRUCT_SIZE, rest.iter().all(|&byte| byte == 0)) {
        (true, _) => fail(12, "as large as known"),
        (false, true) => fail(8, "larger, with zeros"),
        (false, false) => fail(13, "larger, with garbage"),
    }
}

#[test]
fn newer_plugins_find_zeros_where_they_have_more() {
    for (minor, code, text) in [
        (54, Code::Unimplemented, "as large as known"),
        (81, Code::Unimplemented, "as large as known"),
        (112, Code::ResourceExhausted, "larger, with zeros"),
    ] {
        let mut table = table(minor);
        table.PJRT_Client_Create = Some(looks);
        // A table that is longer than is known here is read as far as it is known.
        table.struct_size = PJRT_Api::STRUCT_SIZE;
        let error = Client::new(load(&table).unwrap(), &[]).unwrap_err();
        assert_eq!(error.code(), Some(code), "{error}");
        assert!(error.to_string().contains(text), "{error}");
    }
}

unsafe extern "C" fn odd(_: *mut PJRT_Client_Create_Args) -> *mut PJRT_Error {
    fail(99, "")
}

unsafe extern "C" fn nothing(_: *mut PJRT_Client_Create_Args) -> *mut PJRT_Error {
    std::ptr::null_mut()
}

#[test]
fn answers_that_make_no_sense_are_errors() {
    let mut table = table(81);
    table.PJRT_Client_Create = Some(odd);
    let error = Client::new(load(&table).unwrap(), &[]).unwrap_err();
    assert_eq!(
        (error.code(), &*error.to_string()),
        (Some(Code::Other(99)), "error code 99:  (from PJRT_Client_Create of fake.so)")
    );
    table.PJRT_Client_Create = Some(nothing);
    let error = Client::new(load(&table).unwrap(), &[]).unwrap_err();
    assert_eq!(error.to_string(), "fake.so gives no client");
}
