//! Machine code of a part of a plan, and calling it.
//!
//! What makes calling it sound is what makes [`run`](crate::run) sound: the code touches what the steps of the plan touch,
//! whose places the compiler checked, at indices that the steps' loops stay within; it runs where these steps would, and
//! calls kernels by the same function that would run them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use cranelift_jit::JITModule;

use crate::plan::{Action, Step};

/// The type of the code: given its [`Context`], the starts of the memories and, for code that does a part of its outermost
/// loop, from which index to which.
type Entry = unsafe extern "C" fn(*const Context<'_>, *const *mut u8, i64, i64);

/// Memory with code in it, which is freed when this is dropped.
pub(super) struct Function {
    /// Taken when this is dropped.
    module: Option<JITModule>,
    entry: Entry,
}

impl Function {
    /// Code that was finished.
    ///
    /// # Safety
    /// `entry` is a function of the module with the parameters of [`Entry`], which calls the module's [`functions`](super::functions)
    /// alone.
    pub(super) unsafe fn new(module: JITModule, entry: *const u8) -> Function {
        // SAFETY: as the caller makes sure.
        let entry = unsafe { std::mem::transmute::<*const u8, Entry>(entry) };
        Function { module: Some(module), entry }
    }
}

impl Function {
    /// Runs code that calls no steps and has no loops without a known end, on memories that begin there.
    ///
    /// # Safety
    /// The memories are what the code was made for, and nobody else uses what is written meanwhile; other threads may run
    /// other turns of the outermost loop.
    pub(super) unsafe fn run(&self, memories: &[*mut u8], from: usize, to: usize) {
        // SAFETY: as the caller makes sure; such code does not look at its context.
        unsafe { (self.entry)(std::ptr::null(), memories.as_ptr(), from as i64, to as i64) };
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        if let Some(module) = self.module.take() {
            // SAFETY: the code runs only while this is borrowed, and nobody else has a pointer to it.
            unsafe { module.free_memory() };
        }
    }
}

// SAFETY: code is only read once it is finished, and the module is not used again but to free it.
unsafe impl Send for Function {}
// SAFETY: as above.
unsafe impl Sync for Function {}

/// A part of a plan as code, with what it calls and what it was made from.
pub(crate) struct Native {
    function: Function,
    /// Steps that the code calls, by their number.
    calls: Vec<Arc<Step>>,
    /// The action that the code does.
    pub(crate) action: Action,
}

impl std::fmt::Debug for Native {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Native of {:?}", self.action)
    }
}

/// What a part of a plan runs in: what the code calls back.
pub(crate) trait Machine {
    /// Runs a step.
    fn step(&self, step: &Step);
    /// Whether the run is to end before it is done.
    fn is_to_end(&self) -> bool;
}

/// What the code is given, to hand on to the functions that it calls.
pub(super) struct Context<'a> {
    machine: &'a dyn Machine,
    native: &'a Native,
    /// What a step panicked with.
    panic: std::cell::Cell<Option<Box<dyn Any + Send>>>,
}

impl Native {
    pub(super) fn new(function: Function, calls: Vec<Arc<Step>>, action: Action) -> Native {
        Native { function, calls, action }
    }

    /// Runs the code on memories that begin there.
    ///
    /// # Safety
    /// The memories are those of the plan that the code was made from, in the order of [`Homes`](super::region::Homes), and
    /// nobody else uses them meanwhile.
    ///
    /// # Panics
    /// Where a step does.
    pub(crate) unsafe fn run(&self, machine: &dyn Machine, memories: &[*mut u8]) {
        let context = Context { machine, native: self, panic: std::cell::Cell::new(None) };
        // SAFETY: as the caller makes sure.
        unsafe { (self.function.entry)(&raw const context, memories.as_ptr(), 0, 0) };
        if let Some(panic) = context.panic.take() {
            resume_unwind(panic);
        }
    }
}

/// Runs a step for code; gives 1 where the code is to end at once.
///
/// # Safety
/// The context is what the code was given, and the number that of one of its steps.
pub(super) unsafe extern "C" fn call_step(context: *const Context<'_>, number: u64) -> u32 {
    // SAFETY: as the caller makes sure.
    let context = unsafe { &*context };
    // A panic does not go through code that does not know of panics.
    let run = AssertUnwindSafe(|| context.machine.step(&context.native.calls[number as usize]));
    match catch_unwind(run) {
        Ok(()) => 0,
        Err(panic) => {
            context.panic.set(Some(panic));
            1
        }
    }
}

/// Whether the run is to end, for code: 1 where it is.
///
/// # Safety
/// The context is what the code was given.
pub(super) unsafe extern "C" fn is_to_end(context: *const Context<'_>) -> u32 {
    // SAFETY: as the caller makes sure.
    let context = unsafe { &*context };
    match catch_unwind(AssertUnwindSafe(|| context.machine.is_to_end())) {
        Ok(end) => u32::from(end),
        Err(panic) => {
            context.panic.set(Some(panic));
            1
        }
    }
}
