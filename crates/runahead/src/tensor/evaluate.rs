//! From recordings to values: compiled once for each form, and kept.

use std::hash::Hash;
use std::sync::OnceLock;

use quick_cache::Equivalent;
use quick_cache::sync::Cache;
use runahead_runtime::{Buffer, Device, Executable};

use super::error::Result;
use super::form::Form;
use super::lazy::{Lazy, form};

/// So many compiled programs are kept; those used least are dropped first.
pub(crate) const PROGRAMS_KEPT: usize = 1024;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    device: String,
    form: Form,
}

#[derive(Hash)]
struct KeyRef<'a> {
    device: &'a str,
    form: &'a Form,
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.device == key.device && *self.form == key.form
    }
}

/// The program of a form, compiled for a device; `name` is what traces and messages call it.
pub(crate) fn compile(name: &str, form: &Form, device: &Device) -> Result<Executable> {
    let mut module = form.to_function("main").into_module();
    module.name = Some(name.into());
    Ok(device.compile(&module)?)
}

/// Submits what is needed for the values, as one program, and gives them on their way.
///
/// # Errors
/// Where a value stands for an argument of a function that is being traced, or the program cannot be compiled or
/// submitted.
pub(crate) fn evaluate(roots: &[Lazy]) -> Result<Vec<Buffer>> {
    static PROGRAMS: OnceLock<Cache<Key, Executable>> = OnceLock::new();
    let open: Vec<Lazy> = roots.iter().filter(|root| root.kept().is_none()).cloned().collect();
    if !open.is_empty() {
        let (form, leaves) = form(&open, &[], &mut |lazy| lazy.kept().is_some())?;
        let buffers: Vec<&Buffer> =
            leaves.iter().map(|leaf| leaf.kept().expect("a leaf has a value")).collect();
        let device = match open.iter().find_map(Lazy::device) {
            Some(device) => device.clone(),
            None => crate::device("cpu")?,
        };
        let programs = PROGRAMS.get_or_init(|| Cache::new(PROGRAMS_KEPT));
        let program = match programs.get(&KeyRef { device: device.name(), form: &form }) {
            Some(program) => program,
            None => {
                let program = compile("lazy", &form, &device)?;
                programs.insert(Key { device: device.name().to_owned(), form }, program.clone());
                program
            }
        };
        for (lazy, buffer) in open.iter().zip(program.execute(&buffers)?) {
            lazy.keep(buffer);
        }
    }
    Ok(roots.iter().map(|root| root.kept().expect("it was evaluated").clone()).collect())
}
