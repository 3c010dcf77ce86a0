//! Custom calls: operations that a program only names, and that whoever runs it supplies.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use parking_lot::RwLock;
use runahead_ir::{Attribute, Attributes, CustomCall, TensorType};

/// A custom call as it stands in a program.
#[derive(Clone, Debug)]
pub struct CallSite<'a> {
    /// The name of what is called.
    pub target: &'a str,
    /// The types of the operands; of each, the shape is known.
    pub operands: Vec<&'a TensorType>,
    /// The types of the results.
    pub results: Vec<&'a TensorType>,
    /// The call's `backend_config`: a string or a dictionary.
    pub config: Option<&'a Attribute>,
    /// All other attributes of the call.
    pub attributes: &'a Attributes,
}

impl CallSite<'_> {
    /// The entry of that name in the call's configuration.
    pub fn option(&self, name: &str) -> Option<&Attribute> {
        CustomCall::option(self.config, self.attributes, name)
    }

    /// An integer in the call's configuration.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.option(name)? {
            Attribute::Integer(value, _) => i64::try_from(*value).ok(),
            _ => None,
        }
    }

    /// A boolean in the call's configuration.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.option(name)? {
            Attribute::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

/// What a custom call does: from the bytes of its operands, row-major and little-endian, to those of its results, which
/// hold anything at first. It runs on a worker thread, at any time and several times at once; an error fails the
/// execution.
pub type CustomFunction = Box<dyn Fn(&[&[u8]], &mut [&mut [u8]]) -> Result<(), String> + Send + Sync>;

type Builder = Arc<dyn Fn(&CallSite<'_>) -> Result<CustomFunction, String> + Send + Sync>;

static REGISTRY: LazyLock<RwLock<HashMap<String, Builder>>> = LazyLock::new(RwLock::default);

/// Has custom calls of that target compiled by `build`, from now on and for the whole process.
///
/// `build` is given the call with its types, and gives the function that does it, or the reason why there is none for
/// such a call.
///
/// ```
/// use runahead_cpu::{CompileOptions, compile, register_custom_call};
/// use runahead_runtime::AlignedBytes;
///
/// register_custom_call("halve", |call| {
///     if call.operands.len() != 1 || call.operands[0] != call.results[0] {
///         return Err("takes one tensor and gives one of the same type".into());
///     }
///     Ok(Box::new(|operands, results| {
///         for (to, from) in results[0].chunks_exact_mut(4).zip(operands[0].chunks_exact(4)) {
///             let x = f32::from_le_bytes(from.try_into().expect("four bytes"));
///             to.copy_from_slice(&(x / 2.0).to_le_bytes());
///         }
///         Ok(())
///     }))
/// });
/// let text = "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
///     %y = stablehlo.custom_call @halve(%x) : (tensor<2xf32>) -> tensor<2xf32>
///     return %y : tensor<2xf32>
/// }";
/// let program = compile(&runahead_ir::parse("halve", text)?, &CompileOptions::default())?;
/// let x = AlignedBytes::copy_of(&[3.0f32, -1.0].map(f32::to_le_bytes).concat()).unwrap();
/// let mut y = AlignedBytes::zeroed(8).unwrap();
/// let mut arena = AlignedBytes::zeroed(program.arena_bytes()).unwrap();
/// program.run(&[&x], &mut [&mut y], &mut arena);
/// assert_eq!(*y, [1.5f32, -0.5].map(f32::to_le_bytes).concat()[..]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn register_custom_call(
    target: impl Into<String>,
    build: impl Fn(&CallSite<'_>) -> Result<CustomFunction, String> + Send + Sync + 'static,
) {
    REGISTRY.write().insert(target.into(), Arc::new(build));
}

/// What a registered target does for a call; `None` where the target is not registered.
pub(crate) fn registered(call: &CallSite<'_>) -> Option<Result<CustomFunction, String>> {
    let build = REGISTRY.read().get(call.target).cloned()?;
    Some(build(call))
}
