//! What the plugin tells of itself.

use std::ffi::c_char;

use runahead::ir::ArtifactVersion;
use runahead_pjrt_sys::*;

use crate::entry::entries;

/// Attributes that are there for good.
struct Attributes([PJRT_NamedValue; 2]);

// SAFETY: they point to statics, and nobody writes to them.
unsafe impl Sync for Attributes {}

/// A version: three numbers.
const fn version(name: &'static str, numbers: &'static [i64; 3]) -> PJRT_NamedValue {
    let mut value = PJRT_NamedValue::new();
    value.name = name.as_ptr().cast::<c_char>();
    value.name_size = name.len();
    value.r#type = PJRT_NamedValue_Type::kInt64List;
    value.value = PJRT_NamedValue_Union { int64_array_value: numbers.as_ptr() };
    value.value_size = numbers.len();
    value
}

/// A version as the interface has it.
const fn numbers(version: ArtifactVersion) -> [i64; 3] {
    [version.major as i64, version.minor as i64, version.patch as i64]
}

static CURRENT: [i64; 3] = numbers(ArtifactVersion::CURRENT);
static MINIMUM: [i64; 3] = numbers(ArtifactVersion::MINIMUM);

/// By these JAX knows in which version of StableHLO to hand over programs.
static ATTRIBUTES: Attributes = Attributes([
    version("stablehlo_current_version", &CURRENT),
    version("stablehlo_minimum_version", &MINIMUM),
]);

entries! {
    fn PJRT_Plugin_Initialize(args: PJRT_Plugin_Initialize_Args, extension_start) {
        Ok(())
    }

    fn PJRT_Plugin_Attributes(args: PJRT_Plugin_Attributes_Args, num_attributes) {
        args.attributes = ATTRIBUTES.0.as_ptr();
        args.num_attributes = ATTRIBUTES.0.len();
        Ok(())
    }
}
