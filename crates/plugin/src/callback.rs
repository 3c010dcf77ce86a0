//! Functions of the host that programs call: by a number, which the caller's own function is asked with.
//!
//! The interface has no way for this that is open to plugins. The Python package registers one function by
//! [`RunaheadSetHostCallback`], and writes custom calls of [`TARGET`] into programs; they may be called by any worker, and
//! several at once.
//!
//! Nothing is known of what such a function does: it may wait for another execution, so the worker that calls it leaves its
//! place to another thread. Where it fails, so does its execution; and as nobody may ever look at that one's results, the
//! failure is kept until somebody asks for it.

use std::sync::Once;

use parking_lot::{Condvar, Mutex};
use runahead::asynchronous::blocking;
use runahead::ir::{Module, Op, OpKind, Region};
use runahead::{CustomFunction, register_custom_call};

use crate::fork;

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

/// The host's function, and how many are in it.
static CALLBACK: Mutex<(Option<HostCallback>, usize)> = Mutex::new((None, 0));
/// Nobody is in the function any more.
static LEFT: Condvar = Condvar::new();

/// Why the first function failed that did since the last time that somebody asked.
static FAILURE: Mutex<Option<String>> = Mutex::new(None);

/// The devices of all clients there were: what may still call the host.
static DEVICES: Mutex<Vec<runahead::Device>> = Mutex::new(Vec::new());

/// Has custom calls of `runahead_python_callback` done by a function of the host's, or by none any more where it is null.
/// Returns when nobody is in the function before it.
#[unsafe(no_mangle)]
pub extern "C" fn RunaheadSetHostCallback(callback: Option<HostCallback>) {
    // In a copy of the process nobody is there to leave it.
    let others = !fork::is_child();
    let mut current = CALLBACK.lock();
    current.0 = callback;
    while others && current.1 > 0 {
        LEFT.wait(&mut current);
    }
}

/// Waits until all devices have ended what they were given to do before.
#[unsafe(no_mangle)]
pub extern "C" fn RunaheadAwaitDevices() {
    if fork::is_child() {
        return;
    }
    let devices = DEVICES.lock().clone();
    for device in devices {
        // Where something can never end there is nothing to wait for either.
        let _ = device.synchronize();
    }
}

/// Writes why the first function of the host failed that did since this was called last to memory for `REASON_BYTES` (4 KiB); gives
/// the length, 0 where none failed.
///
/// # Safety
/// There is room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn RunaheadTakeHostFailure(reason: *mut u8) -> usize {
    let Some(kept) = FAILURE.lock().take() else { return 0 };
    let kept = &kept.as_bytes()[..kept.len().min(REASON_BYTES)];
    // SAFETY: the caller's memory, of which there is enough.
    unsafe { reason.copy_from_nonoverlapping(kept.as_ptr(), kept.len()) };
    kept.len()
}

/// Makes the target known, once for the process, and what devices there are.
pub(crate) fn register(devices: &[runahead::Device]) {
    let mut known = DEVICES.lock();
    for device in devices {
        if !known.iter().any(|known| known.name() == device.name()) {
            known.push(device.clone());
        }
    }
    drop(known);
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

/// Whether an operation calls a function of the host.
pub(crate) fn is_call(op: &Op) -> bool {
    matches!(&op.kind, OpKind::CustomCall(call) if &*call.target == TARGET)
}

/// Whether a program calls functions of the host.
pub(crate) fn is_called_by(module: &Module) -> bool {
    fn calls(region: &Region) -> bool {
        region.ops.iter().any(|op| is_call(op) || op.regions.iter().any(calls))
    }
    module.functions.iter().any(|function| calls(&function.body))
}

fn run(number: u64, operands: &[&[u8]], results: &mut [&mut [u8]]) -> Result<(), String> {
    let done = blocking(|| call(number, operands, results));
    if let Err(reason) = &done {
        FAILURE.lock().get_or_insert_with(|| reason.clone());
    }
    done
}

/// The host's function while somebody is in it.
struct Entered(HostCallback);

impl Entered {
    fn new() -> Option<Entered> {
        let mut current = CALLBACK.lock();
        let callback = current.0?;
        current.1 += 1;
        Some(Entered(callback))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut current = CALLBACK.lock();
        current.1 -= 1;
        if current.1 == 0 {
            LEFT.notify_all();
        }
    }
}

fn call(number: u64, operands: &[&[u8]], results: &mut [&mut [u8]]) -> Result<(), String> {
    let Some(callback) = Entered::new() else {
        return Err("there is nobody to call a function of the host: the Python package is not initialised, or Python \
                    has ended"
            .into());
    };
    let operands: Vec<*const u8> = operands.iter().map(|operand| operand.as_ptr()).collect();
    let results: Vec<*mut u8> = results.iter_mut().map(|result| result.as_mut_ptr()).collect();
    let mut reason = vec![0u8; REASON_BYTES];
    // SAFETY: the host's function, on memory that is there during the call, of the sizes that the program's types say.
    let len = unsafe {
        (callback.0)(
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
