//! Programs, compiled once for each content.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use runahead::ir::{self, ArtifactVersion, Attribute, Attributes, Module, Type};
use runahead::{Executable, ParallelExecutable, Processes, Signature, TensorType};
use runahead_pjrt_sys::PJRT_Error_Code;

use crate::error::Fault;
use crate::options::Options;
use crate::partition::{self, Cut};
use crate::{callback, settle, tokens};

/// So many bytes of programs are kept that nobody has any more, by what they take as bytecode or text.
const KEPT_BYTES: u64 = 256 << 20;

/// The compiled programs of a client, by content.
pub(crate) struct Programs(Cache<Fingerprint, Arc<Program>, ByBytes>);

/// What tells programs apart: a hash of what they do and of how many processes do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprint(u128);

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Fingerprint {
    /// FNV-1a, which is the same everywhere and for ever.
    fn of(parts: &[&[u8]]) -> Fingerprint {
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
        for part in parts {
            let len = (part.len() as u64).to_le_bytes();
            for &byte in len.iter().chain(*part) {
                hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
            }
        }
        Fingerprint(hash)
    }
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Fingerprint, Arc<Program>> for ByBytes {
    fn weight(&self, _: &Fingerprint, program: &Arc<Program>) -> u64 {
        program.bytes as u64 + 1024
    }
}

/// A program that is compiled for at least one device, or for one set of devices where it has several processes.
pub(crate) struct Program {
    pub(crate) module: Module,
    /// What one device does, where that is another program.
    local: Option<Cut>,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) processes: Processes,
    /// The arguments that it may be given for keeps.
    pub(crate) donatable: Vec<usize>,
    /// The results that stand for tokens.
    pub(crate) tokens: Vec<usize>,
    /// Whether it calls functions of the host.
    pub(crate) calls_host: bool,
    signature: OnceLock<Signature>,
    /// What the program takes in its written form.
    bytes: usize,
    single: Mutex<HashMap<usize, Executable>>,
    parallel: Mutex<HashMap<Vec<usize>, ParallelExecutable>>,
}

impl Programs {
    pub(crate) fn new() -> Programs {
        Programs(Cache::with_weighter(256, KEPT_BYTES, ByBytes))
    }

    /// The compiled form of a program, in any format that is read, for that many processes; compiled where there is none,
    /// for the devices that are assigned to these.
    pub(crate) fn compile(
        &self,
        devices: &[runahead::Device],
        code: &[u8],
        options: &Options,
        assigned: &[usize],
    ) -> Result<Arc<Program>, Fault> {
        let mut module = ir::read("program", code).map_err(|error| Fault::invalid(error.to_string()))?;
        tokens::replace(&mut module);
        settle::settle(&mut module);
        let processes = options.processes;
        // Where it was written does not tell it apart.
        let source = module.source.take();
        let written = write(&module, processes);
        module.source = source;
        let counts = [processes.replicas as u64, processes.partitions as u64].map(u64::to_le_bytes);
        let fingerprint = Fingerprint::of(&[&written, counts.as_flattened()]);
        let program = self.0.get_or_insert_with(&fingerprint, || {
            let local = match processes.partitions {
                1 => None,
                partitions => Some(partition::cut(&module, partitions)?),
            };
            let program = Program {
                donatable: donatable(local.as_ref().map_or(&module, |local| &local.module)),
                tokens: tokens::of(&module),
                calls_host: callback::is_called_by(&module),
                local,
                fingerprint,
                processes,
                bytes: written.len(),
                signature: OnceLock::new(),
                single: Mutex::default(),
                parallel: Mutex::default(),
                module,
            };
            let signature = match processes.count() {
                1 => program.on(devices, assigned[0])?.signature().clone(),
                _ => program.on_all(devices, assigned)?.signature().clone(),
            };
            let _ = program.signature.set(signature);
            Ok::<_, Fault>(Arc::new(program))
        })?;
        Ok(program)
    }
}

impl Program {
    /// What each process takes and gives.
    pub(crate) fn signature(&self) -> &Signature {
        self.signature.get().expect("it is set when the program is made")
    }

    /// The program for the devices of all its processes; compiled where it was not for these yet.
    pub(crate) fn on_all(
        &self,
        devices: &[runahead::Device],
        assigned: &[usize],
    ) -> Result<ParallelExecutable, Fault> {
        let mut parallel = self.parallel.lock();
        if let Some(executable) = parallel.get(assigned) {
            return Ok(executable.clone());
        }
        let chosen = assigned.iter().map(|&index| devices[index].clone()).collect();
        let module = self.local.as_ref().map_or(&self.module, |local| &local.module);
        let executable = ParallelExecutable::new(chosen, module, self.processes, &self.donatable)?;
        parallel.insert(assigned.to_vec(), executable.clone());
        Ok(executable)
    }

    /// The program of one process for a device; compiled where it was not for that yet.
    pub(crate) fn on(&self, devices: &[runahead::Device], index: usize) -> Result<Executable, Fault> {
        let mut executables = self.single.lock();
        if let Some(executable) = executables.get(&index) {
            return Ok(executable.clone());
        }
        let device = devices.get(index).ok_or_else(|| {
            Fault::new(
                PJRT_Error_Code::NOT_FOUND,
                format!("there is no device {index}; there are {}", devices.len()),
            )
        })?;
        let executable = device.compile_donating(&self.module, &self.donatable)?;
        executables.insert(index, executable.clone());
        Ok(executable)
    }

    /// The program for who wants to know what became of it: what each device does, and how its arguments and results are
    /// spread, as XLA says it.
    pub(crate) fn shown(&self) -> Vec<u8> {
        let Some(local) = &self.local else { return self.written() };
        let mut module = local.module.clone();
        let text = |text: String| Attribute::String(text.into());
        let arguments = local.arguments.iter().map(|spread| text(spread.clone())).collect::<Vec<_>>();
        let results = match &local.results[..] {
            [one] => one.clone(),
            several => format!("{{{}}}", several.join(", ")),
        };
        let results = (!local.results.is_empty()).then_some(results);
        module.attributes.set("mhlo.spmd_parameters_shardings", Attribute::Array(arguments));
        if let Some(results) = results {
            module.attributes.set("mhlo.spmd_output_sharding", text(results));
        }
        write(&module, Processes::default())
    }

    /// The program in a form from which it can be compiled again.
    pub(crate) fn written(&self) -> Vec<u8> {
        write(&self.module, self.processes)
    }
}

/// A program's portable artifact; its text where it has what artifacts cannot hold, as they cannot how tensors are spread
/// over partitions.
fn write(module: &Module, processes: Processes) -> Vec<u8> {
    let artifact = (processes.partitions <= 1).then(|| ir::write_artifact(module, ArtifactVersion::CURRENT));
    artifact.and_then(Result::ok).unwrap_or_else(|| module.to_string().into_bytes())
}

/// The arguments that the program of a device says it may be given for keeps. One that is not said to become a certain result is
/// so only where a result can take its memory, which is as long: any other stays its owner's, who may go on using it.
fn donatable(module: &Module) -> Vec<usize> {
    let Some(main) = module.main() else { return Vec::new() };
    let bytes = |ty: &Type| ty.as_tensor().and_then(TensorType::byte_count);
    let result_of = |attributes: &Attributes| match attributes.get("tf.aliasing_output") {
        Some(&Attribute::Integer(result, _)) => usize::try_from(result).ok(),
        _ => None,
    };
    let mut free: Vec<Option<usize>> = main.result_types.iter().map(bytes).collect();
    for result in main.parameter_attributes.iter().filter_map(result_of) {
        if let Some(bytes) = free.get_mut(result) {
            *bytes = None;
        }
    }
    let says = |attribute: Option<&Attribute>| !matches!(attribute, None | Some(Attribute::Bool(false)));
    let parameters = main.parameter_types().zip(&main.parameter_attributes).enumerate();
    let given = parameters.filter(|(_, (ty, attributes))| {
        if says(attributes.get("tf.aliasing_output")) {
            return true;
        }
        let fits = |free: &Option<usize>| free.is_some() && *free == bytes(ty);
        let taken = says(attributes.get("jax.buffer_donor")).then(|| free.iter_mut().find(|free| fits(free)));
        taken.flatten().is_some_and(|free| free.take().is_some())
    });
    given.map(|(i, _)| i).collect()
}
