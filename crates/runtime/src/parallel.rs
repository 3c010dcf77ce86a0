//! Programs that several devices execute together.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use runahead_ir::Module;

use crate::backend::{CompileError, CompiledParallel, Processes, Signature};
use crate::buffer::Buffer;
use crate::device::Device;
use crate::executable::{ExecuteError, check, own_bytes, sum};
use crate::forms::{Forms, Found, in_order};
use crate::submission::{Places, Wanted, check_aliases, check_gone};

/// A program compiled for several processes, each on a device of its own, which meet in collective operations. Clones are
/// the same program.
#[derive(Clone)]
pub struct ParallelExecutable(Arc<Inner>);

struct Inner {
    devices: Vec<Device>,
    module: Module,
    processes: Processes,
    forms: Forms<Box<dyn CompiledParallel>>,
    /// How many executions were submitted, whatever was donated to them.
    submitted: AtomicU64,
}

impl ParallelExecutable {
    /// Compiles a program for as many devices of one backend as there are processes, replica after replica and in each
    /// partition after partition, and for executions to which those of the arguments will be donated.
    ///
    /// # Errors
    /// Where the program is not valid or has what the backend does not support, or there are other devices than that.
    pub fn new(
        devices: Vec<Device>,
        module: &Module,
        processes: Processes,
        donated: &[usize],
    ) -> Result<ParallelExecutable, CompileError> {
        let platform = devices.first().map(Device::platform);
        if devices.len() != processes.count()
            || devices.iter().any(|device| Some(device.platform()) != platform)
        {
            let (found, expected) = (devices.len(), processes.count());
            return Err(CompileError(format!(
                "{found} devices for {expected} processes; give as many devices of one platform"
            )));
        }
        let compile = |donated: &[usize]| devices[0].backend().compile_parallel(module, donated, processes);
        let forms = Forms::new(donated, compile)?;
        Ok(ParallelExecutable(Arc::new(Inner {
            devices,
            module: module.clone(),
            processes,
            forms,
            submitted: AtomicU64::new(0),
        })))
    }

    /// What each process takes and gives, and what it needs.
    pub fn signature(&self) -> &Signature {
        self.0.forms.first().signature()
    }

    /// The devices, process after process.
    pub fn devices(&self) -> &[Device] {
        &self.0.devices
    }

    /// Executes the program on the arguments of each process, of which those are donated; returns the results of each at
    /// once, as buffers that are on their way. It begins when all arguments of all processes are there.
    ///
    /// # Errors
    /// Where the arguments are not what the program takes, or a device's budget can never suffice.
    pub fn execute(
        &self,
        arguments: &[&[&Buffer]],
        donated: &[usize],
    ) -> Result<Vec<Vec<Buffer>>, ExecuteError> {
        let donated = &in_order(donated.to_vec());
        let compiled = self.form(donated)?;
        let signature = compiled.signature();
        let program = &signature.name;
        let name = |i: usize| signature.parameter_name(i);
        if arguments.len() != self.0.devices.len() {
            let (expected, found) = (self.0.devices.len() * signature.parameters.len(), arguments.len());
            return Err(ExecuteError::ArgumentCount { program: Arc::clone(program), expected, found });
        }
        for (device, arguments) in self.0.devices.iter().zip(arguments) {
            check(signature, device, arguments)?;
            check_gone(program, &name, arguments)?;
            check_aliases(program, &name, arguments, donated)?;
        }
        let (own, temporary) = (own_bytes(signature), signature.temporary_bytes);
        let charged = self.0.devices.iter().map(|device| device.ledger().launch(sum(&own), temporary));
        let charged = charged.collect::<Result<Vec<_>, _>>();
        let charged =
            charged.map_err(|source| ExecuteError::Budget { program: Arc::clone(program), source })?;
        let number = self.0.submitted.fetch_add(1, Ordering::Relaxed);
        let (mut launches, mut given) = (Vec::new(), Vec::new());
        let results = &signature.results;
        let wanted = self.0.devices.iter().zip(arguments);
        let wanted = wanted.map(|(device, &arguments)| Wanted { device, arguments, donated, results });
        let wanted: Vec<_> = wanted.collect();
        let taken = Places::take_all(program, &name, &wanted)?;
        for ((wanted, (places, results)), charged) in wanted.iter().zip(taken).zip(charged) {
            launches.push(places.prepare(&own, charged, number, wanted.device.context()));
            given.push(results);
        }
        compiled.execute(launches);
        Ok(given)
    }

    /// The program for executions that are given these arguments for keeps; it is compiled where there is none yet.
    fn form(&self, donated: &[usize]) -> Result<Found<'_, Box<dyn CompiledParallel>>, CompileError> {
        let Inner { devices, module, processes, forms, .. } = &*self.0;
        forms.get(donated, |donated| devices[0].backend().compile_parallel(module, donated, *processes))
    }
}

impl std::fmt::Debug for ParallelExecutable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ParallelExecutable({} on {:?})", self.signature().name, self.0.devices)
    }
}
