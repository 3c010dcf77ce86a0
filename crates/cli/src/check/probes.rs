//! What the probes of a program see.
//!
//! A probe gives what it is given. To see it, wherever it stands and however often it is reached, it becomes a call of a
//! function of the host's, which keeps its operand's bytes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, Once, PoisonError};

use runahead::ir::{Attribute, CustomCall, Module, OpKind, Region};
use runahead::{Literal, TensorType, register_custom_call};

/// How the calls are named, and what of them says which program's probe of which name it is.
const TARGET: &str = "interpreter.probe";
const PROGRAM: &str = "program";
const NAME: &str = "probe_id";

/// The bytes that each probe was given, by program and name.
type Seen = HashMap<(u64, Arc<str>), Vec<Box<[u8]>>>;

static SEEN: LazyLock<Mutex<Seen>> = LazyLock::new(Mutex::default);

/// The probes of a program; what they saw is forgotten with it.
pub(super) struct Probes {
    program: u64,
    names: Vec<Arc<str>>,
}

impl Probes {
    /// Has all probes of a program keep what they are given.
    pub(super) fn watch(module: &mut Module) -> Probes {
        static PROGRAMS: AtomicU64 = AtomicU64::new(0);
        static REGISTERED: Once = Once::new();
        REGISTERED.call_once(register);
        let mut probes = Probes { program: PROGRAMS.fetch_add(1, Ordering::Relaxed), names: Vec::new() };
        module.functions.iter_mut().for_each(|function| probes.watch_region(&mut function.body));
        probes
    }

    fn watch_region(&mut self, region: &mut Region) {
        for op in &mut region.ops {
            op.regions.iter_mut().for_each(|region| self.watch_region(region));
            let is_probe = matches!(&op.kind, OpKind::Unknown { name } if &**name == TARGET);
            let Some(Attribute::String(name)) = op.attributes.get(NAME).filter(|_| is_probe) else {
                continue;
            };
            self.names.push(Arc::clone(name));
            op.attributes.set(PROGRAM, Attribute::String(self.program.to_string().into()));
            op.kind = OpKind::CustomCall(Box::new(CustomCall {
                target: TARGET.into(),
                has_side_effect: true,
                backend_config: None,
                api_version: 4,
                called_computations: Vec::new(),
                output_operand_aliases: Vec::new(),
            }));
        }
    }

    /// What a probe saw after so many others; the reason where that is nothing of the type.
    pub(super) fn seen(&self, name: &Arc<str>, iteration: usize, ty: &TensorType) -> Result<Literal, String> {
        let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        let all = seen.get(&(self.program, Arc::clone(name))).map_or(&[][..], Vec::as_slice);
        let Some(bytes) = all.get(iteration) else {
            let known = if self.names.contains(name) { "the probe" } else { "no probe" };
            return Err(format!(
                "{known} `{name}` has seen {} values; expected {} or more",
                all.len(),
                iteration + 1
            ));
        };
        Literal::new(ty.clone(), &bytes[..])
            .map_err(|error| format!("the probe `{name}` saw another type: {error}"))
    }
}

impl Drop for Probes {
    fn drop(&mut self) {
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        self.names.drain(..).for_each(|name| drop(seen.remove(&(self.program, name))));
    }
}

fn register() {
    register_custom_call(TARGET, |call| {
        let text = |attribute| match call.attributes.get(attribute) {
            Some(Attribute::String(text)) => Some(text),
            _ => None,
        };
        let program = text(PROGRAM).and_then(|program| program.parse().ok());
        let (Some(program), Some(name)) = (program, text(NAME)) else {
            return Err("lacks the name of a probe".into());
        };
        if call.operands.len() != 1 || call.operands != call.results {
            return Err("takes one tensor and gives it".into());
        }
        let key = (program, Arc::clone(name));
        Ok(Box::new(move |operands, results| {
            results[0].copy_from_slice(operands[0]);
            let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry(key.clone()).or_default().push(operands[0].into());
            Ok(())
        }))
    });
}
