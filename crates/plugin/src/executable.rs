//! What there is to know of a compiled program.

use std::ffi::c_char;
use std::sync::Arc;

use runahead::TensorType;
use runahead_pjrt_sys::*;

use crate::client;
use crate::cost;
use crate::element;
use crate::entry::{self, entries};
use crate::error::Fault;
use crate::handle::{self, object};
use crate::loaded::Loaded;
use crate::memory;
use crate::options::Options;
use crate::program::Program;

/// A compiled program as a caller has it.
pub(crate) struct Executable {
    program: Arc<Program>,
    options: Options,
    fingerprint: String,
    output_types: Box<[PJRT_Buffer_Type]>,
    /// The dimensions of all results, one after the other.
    output_dims: Box<[i64]>,
    output_ranks: Box<[usize]>,
    memory_kinds: Box<[Text]>,
    memory_kind_sizes: Box<[usize]>,
    costs: Box<[Cost]>,
}

object!(Executable as PJRT_Executable);

/// A text that is there for good.
#[repr(transparent)]
struct Text(*const c_char);

/// A cost by name, with a static text for that.
#[repr(transparent)]
struct Cost(PJRT_NamedValue);

// SAFETY: the address of a static text.
unsafe impl Send for Text {}
// SAFETY: as above.
unsafe impl Sync for Text {}
// SAFETY: it holds a number and the address of a static text.
unsafe impl Send for Cost {}
// SAFETY: as above.
unsafe impl Sync for Cost {}

impl Executable {
    pub(crate) fn new(program: &Arc<Program>, options: &Options) -> Result<Executable, Fault> {
        let results = &program.signature().results;
        let types = results.iter().map(|ty| element::to_raw(ty.element)).collect::<Result<_, _>>()?;
        let costs = cost::of(program).into_iter().map(|(name, value)| {
            let mut cost = PJRT_NamedValue::new();
            cost.name = name.as_ptr().cast::<c_char>();
            cost.name_size = name.len();
            cost.r#type = PJRT_NamedValue_Type::kFloat;
            cost.value = PJRT_NamedValue_Union { float_value: value as f32 };
            cost.value_size = 1;
            Cost(cost)
        });
        Ok(Executable {
            fingerprint: program.fingerprint.to_string(),
            output_types: types,
            output_dims: results.iter().flat_map(|ty| ty.dims.iter().map(|&dim| dim as i64)).collect(),
            output_ranks: results.iter().map(TensorType::rank).collect(),
            memory_kinds: results.iter().map(|_| Text(memory::KIND.as_ptr().cast())).collect(),
            memory_kind_sizes: results.iter().map(|_| memory::KIND.len()).collect(),
            costs: costs.collect(),
            program: Arc::clone(program),
            options: options.clone(),
        })
    }
}

/// A program and its options as a file has them.
const MAGIC: &[u8] = b"RUNAHEAD EXECUTABLE 1\n";

/// A serialised executable, which the caller looks at.
struct Serialized(#[allow(dead_code)] Vec<u8>);

/// Frees what [`PJRT_Executable_Serialize`] gave.
unsafe extern "C" fn free_serialized(serialized: *mut PJRT_SerializedExecutable) {
    if !serialized.is_null() {
        // SAFETY: the caller's, from `Box::into_raw`, given back once.
        drop(unsafe { Box::from_raw(serialized.cast::<Serialized>()) });
    }
}

fn total(types: impl Iterator<Item = usize>) -> i64 {
    i64::try_from(types.fold(0, usize::saturating_add)).unwrap_or(i64::MAX)
}

entries! {
    fn PJRT_Executable_Destroy(args: PJRT_Executable_Destroy_Args, executable) {
        // SAFETY: the caller's executable.
        unsafe { handle::destroy::<Executable>(args.executable) }.map(drop)
    }

    fn PJRT_Executable_Name(args: PJRT_Executable_Name_Args, executable_name_size) {
        // SAFETY: the caller's executable.
        let name = &unsafe { handle::get::<Executable>(args.executable) }?.program.signature().name;
        args.executable_name = name.as_ptr().cast::<c_char>();
        args.executable_name_size = name.len();
        Ok(())
    }

    fn PJRT_Executable_NumReplicas(args: PJRT_Executable_NumReplicas_Args, num_replicas) {
        // SAFETY: the caller's executable.
        args.num_replicas = unsafe { handle::get::<Executable>(args.executable) }?.program.processes.replicas;
        Ok(())
    }

    fn PJRT_Executable_NumPartitions(args: PJRT_Executable_NumPartitions_Args, num_partitions) {
        // SAFETY: the caller's executable.
        args.num_partitions = unsafe { handle::get::<Executable>(args.executable) }?.program.processes.partitions;
        Ok(())
    }

    fn PJRT_Executable_NumOutputs(args: PJRT_Executable_NumOutputs_Args, num_outputs) {
        // SAFETY: the caller's executable.
        args.num_outputs = unsafe { handle::get::<Executable>(args.executable) }?.output_types.len();
        Ok(())
    }

    /// What the program keeps: its constants.
    fn PJRT_Executable_SizeOfGeneratedCodeInBytes(args: PJRT_Executable_SizeOfGeneratedCodeInBytes_Args, size_in_bytes) {
        // SAFETY: the caller's executable.
        let program = &unsafe { handle::get::<Executable>(args.executable) }?.program;
        args.size_in_bytes = total([program.signature().constant_bytes].into_iter());
        Ok(())
    }

    fn PJRT_Executable_Fingerprint(args: PJRT_Executable_Fingerprint_Args, executable_fingerprint_size) {
        // SAFETY: the caller's executable.
        let fingerprint = &unsafe { handle::get::<Executable>(args.executable) }?.fingerprint;
        args.executable_fingerprint = fingerprint.as_ptr().cast::<c_char>();
        args.executable_fingerprint_size = fingerprint.len();
        Ok(())
    }

    fn PJRT_Executable_GetCostAnalysis(args: PJRT_Executable_GetCostAnalysis_Args, properties) {
        // SAFETY: the caller's executable.
        let costs = &unsafe { handle::get::<Executable>(args.executable) }?.costs;
        args.num_properties = costs.len();
        args.properties = costs.as_ptr().cast();
        Ok(())
    }

    fn PJRT_Executable_GetCompiledMemoryStats(args: PJRT_Executable_GetCompiledMemoryStats_Args, temp_size_in_bytes) {
        // SAFETY: the caller's executable.
        let signature = unsafe { handle::get::<Executable>(args.executable) }?.program.signature();
        let bytes = |ty: &TensorType| ty.byte_count().unwrap_or(0);
        let shared = signature.parameters.iter().filter_map(|parameter| parameter.result);
        args.generated_code_size_in_bytes = total([signature.constant_bytes].into_iter());
        args.argument_size_in_bytes = total(signature.parameters.iter().map(|parameter| bytes(&parameter.ty)));
        args.output_size_in_bytes = total(signature.results.iter().map(bytes));
        args.alias_size_in_bytes = total(shared.map(|result| bytes(&signature.results[result])));
        args.temp_size_in_bytes = total([signature.temporary_bytes].into_iter());
        let all = [args.argument_size_in_bytes, args.output_size_in_bytes, args.temp_size_in_bytes];
        args.host_generated_code_size_in_bytes = 0;
        args.host_argument_size_in_bytes = 0;
        args.host_output_size_in_bytes = 0;
        args.host_alias_size_in_bytes = 0;
        args.host_temp_size_in_bytes = 0;
        args.peak_memory_in_bytes =
            all.into_iter().fold(0, i64::saturating_add).saturating_sub(args.alias_size_in_bytes);
        Ok(())
    }

    fn PJRT_Executable_OutputElementTypes(args: PJRT_Executable_OutputElementTypes_Args, num_output_types) {
        // SAFETY: the caller's executable.
        let types = &unsafe { handle::get::<Executable>(args.executable) }?.output_types;
        args.output_types = types.as_ptr().cast_mut();
        args.num_output_types = types.len();
        Ok(())
    }

    fn PJRT_Executable_OutputDimensions(args: PJRT_Executable_OutputDimensions_Args, dim_sizes) {
        // SAFETY: the caller's executable.
        let executable = unsafe { handle::get::<Executable>(args.executable) }?;
        args.num_outputs = executable.output_ranks.len();
        args.dims = executable.output_dims.as_ptr();
        args.dim_sizes = executable.output_ranks.as_ptr();
        Ok(())
    }

    fn PJRT_Executable_OutputMemoryKinds(args: PJRT_Executable_OutputMemoryKinds_Args, memory_kind_sizes) {
        // SAFETY: the caller's executable.
        let executable = unsafe { handle::get::<Executable>(args.executable) }?;
        args.num_outputs = executable.memory_kinds.len();
        args.memory_kinds = executable.memory_kinds.as_ptr().cast();
        args.memory_kind_sizes = executable.memory_kind_sizes.as_ptr();
        Ok(())
    }

    /// The program itself, as StableHLO: the first call says how long it is, the second fills the caller's memory.
    fn PJRT_Executable_OptimizedProgram(args: PJRT_Executable_OptimizedProgram_Args, program) {
        // SAFETY: the caller's executable.
        let executable = unsafe { handle::get::<Executable>(args.executable) }?;
        let code = executable.program.shown();
        const FORMAT: &str = "mlir";
        let show = |program: &mut PJRT_Program| {
            program.format = FORMAT.as_ptr().cast();
            program.format_size = FORMAT.len();
            if program.code.is_null() {
                program.code_size = code.len();
                return Ok(());
            }
            if program.code_size < code.len() {
                let found = program.code_size;
                return Err(Fault::invalid(format!("{found} bytes for a program of {}", code.len())));
            }
            // SAFETY: the caller's memory, of which there is enough.
            unsafe { program.code.cast::<u8>().copy_from_nonoverlapping(code.as_ptr(), code.len()) };
            program.code_size = code.len();
            Ok(())
        };
        // SAFETY: the caller's structure, or null.
        unsafe { entry::with_structure(args.program, PJRT_Program::STRUCT_SIZE, show) }
            .ok_or_else(|| Fault::invalid("there is no structure for the program"))?
    }

    /// The program and how many processes run it.
    fn PJRT_Executable_Serialize(args: PJRT_Executable_Serialize_Args, serialized_executable_deleter) {
        // SAFETY: the caller's executable.
        let executable = unsafe { handle::get::<Executable>(args.executable.cast_mut()) }?;
        let options = executable.options.write();
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(options.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&options);
        bytes.extend_from_slice(&executable.program.written());
        let serialized = Box::new(Serialized(bytes));
        args.serialized_bytes = serialized.0.as_ptr().cast();
        args.serialized_bytes_size = serialized.0.len();
        args.serialized_executable = Box::into_raw(serialized).cast();
        args.serialized_executable_deleter = Some(free_serialized);
        Ok(())
    }

    fn PJRT_Executable_DeserializeAndLoad(args: PJRT_Executable_DeserializeAndLoad_Args, loaded_executable) {
        // SAFETY: the caller's client.
        let shared = unsafe { client::shared(args.client) }?;
        let (start, len) = (args.serialized_executable, args.serialized_executable_size);
        // SAFETY: the caller's bytes.
        let bytes = unsafe { entry::list::<u8>("bytes", start.cast(), len) }?;
        let parts = bytes.strip_prefix(MAGIC).and_then(|rest| {
            let (len, rest) = rest.split_first_chunk::<8>()?;
            rest.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?)
        });
        let (options, code) =
            parts.ok_or_else(|| Fault::invalid("this is no executable that Runahead serialised"))?;
        let (start, len) =
            (args.overridden_serialized_compile_options, args.overridden_serialized_compile_options_size);
        // SAFETY: the caller's bytes.
        let overridden = unsafe { entry::list::<u8>("bytes of options", start.cast(), len) }?;
        let options = Options::read(if overridden.is_empty() { options } else { overridden })?;
        args.loaded_executable = handle::create(Loaded::compile(shared, code, options)?);
        Ok(())
    }
}
