//! Functions of the host that programs call: by a number, which the caller's own function is asked with.
//!
//! The interface has no way for this that is open to plugins. The Python package registers one function by
//! [`RunaheadSetHostCallback`], and writes custom calls of [`TARGET`] into programs; they may be called by any worker, and
//! several at once.

use std::mem::transmute;
use std::sync::Once;
use std::sync::atomic::{AtomicPtr, Ordering};

use runahead::{CustomFunction, register_custom_call};

/// What programs call.
const TARGET: &str = "runahead_python_callback";

/// The longest reason of a failure that is passed on, in bytes.
const REASON_BYTES: usize = 4096;

/// Calls the function of that number on the memory of operands and results; gives the length of the reason why it failed,
/// which it has written to the memory at the end, or 0.
type HostCallback = unsafe extern "C" fn(
    number: u64,
    operands: *const *const u8,
    operand_count: usize,
    results: *const *mut u8,
    result_count: usize,
    reason: *mut u8,
    room: usize,
) -> usize;

static CALLBACK: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());

/// Has custom calls of `runahead_python_callback` done by a function of the host's, or by none any more where it is null.
#[unsafe(no_mangle)]
pub extern "C" fn RunaheadSetHostCallback(callback: Option<HostCallback>) {
    let callback = callback.map_or(std::ptr::null_mut(), |callback| callback as *mut ());
    CALLBACK.store(callback, Ordering::Release);
}

/// Makes the target known, once for the process.
pub(crate) fn register() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        register_custom_call(TARGET, |call| {
            let number = call.integer("index").and_then(|index| u64::try_from(index).ok());
            let number = number.ok_or("without the option `index`, a number")?;
            Ok(Box::new(move |operands: &[&[u8]], results: &mut [&mut [u8]]| run(number, operands, results))
                as CustomFunction)
        });
    });
}

fn run(number: u64, operands: &[&[u8]], results: &mut [&mut [u8]]) -> Result<(), String> {
    let callback = CALLBACK.load(Ordering::Acquire);
    if callback.is_null() {
        return Err("there is nobody to do it: the Python package is not initialised".into());
    }
    // SAFETY: what is not null is a function of this type.
    let callback: HostCallback = unsafe { transmute(callback) };
    let operands: Vec<*const u8> = operands.iter().map(|operand| operand.as_ptr()).collect();
    let results: Vec<*mut u8> = results.iter_mut().map(|result| result.as_mut_ptr()).collect();
    let mut reason = vec![0u8; REASON_BYTES];
    // SAFETY: the host's function, on memory that is there during the call, of the sizes that the program's types say.
    let len = unsafe {
        callback(
            number,
            operands.as_ptr(),
            operands.len(),
            results.as_ptr(),
            results.len(),
            reason.as_mut_ptr(),
            reason.len(),
        )
    };
    match reason.get(..len) {
        Some([]) => Ok(()),
        reason => Err(String::from_utf8_lossy(reason.unwrap_or_default()).into_owned()),
    }
}
