//! Parameters to files and back.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use runahead_ir::{ElementType, TensorType};
use runahead_runtime::Device;

use super::mismatch::{IllShaped, Mismatch};
use super::{Parameter, mismatch};
use crate::files::{self, ArrayFile, StoredArray};
use crate::{AsyncTensor, Lazy, Result, TensorError, ops};

/// Writes parameters by their names; waits for their values.
pub(crate) fn save(parameters: &[Parameter], path: &Path) -> Result<()> {
    let values: Vec<Lazy> = parameters.iter().map(Parameter::get).collect();
    let tensors = Lazy::eval_all_async(&values)?;
    // All copies are under way before the first is waited for.
    let copies: Vec<_> = tensors.iter().map(AsyncTensor::to_host_async).collect();
    let literals = copies.iter().map(|copy| Ok(copy.wait()?.clone())).collect::<Result<Vec<_>>>()?;
    let arrays: Vec<_> = parameters.iter().map(Parameter::name).zip(literals).collect();
    Ok(files::write(path, &arrays)?)
}

/// Sets parameters to what a file has for their names, on its way.
pub(crate) fn load(parameters: &[Parameter], path: &Path) -> Result<()> {
    let file = ArrayFile::open(path)?;
    let mut mismatch = Mismatch::of(path.display().to_string());
    let mut extra: BTreeMap<&str, ()> = file.names().map(|name| (name, ())).collect();
    let mut found = Vec::new();
    for parameter in parameters {
        extra.remove(parameter.name());
        match file.get(parameter.name()) {
            Some(array) if fits(array.ty(), parameter.ty()) => found.push((parameter, array)),
            Some(array) => mismatch.ill_shaped.push(IllShaped {
                name: parameter.name().to_owned(),
                found: array.ty().clone(),
                expected: parameter.ty().clone(),
            }),
            None if parameter.is_optional() => {}
            None => mismatch.missing.push((parameter.name().to_owned(), parameter.ty().clone())),
        }
    }
    mismatch.extra = extra.into_keys().map(str::to_owned).collect();
    settled(mismatch)?;
    let values = found.into_iter().map(|(parameter, array)| {
        let device = match parameter.get().device() {
            Some(device) => device.clone(),
            None => crate::device("cpu")?,
        };
        Ok((parameter, read(array, parameter.element(), &device)?))
    });
    for (parameter, value) in values.collect::<Result<Vec<_>>>()? {
        parameter.set(value)?;
    }
    Ok(())
}

/// Fails where there is a mismatch.
pub(super) fn settled(mismatch: mismatch::Mismatch) -> Result<()> {
    if mismatch.is_empty() { Ok(()) } else { Err(TensorError::Parameters(Arc::new(mismatch))) }
}

/// Whether an array can be had as a parameter of that type: floats are cast to one another.
pub(super) fn fits(found: &TensorType, expected: &TensorType) -> bool {
    let floats = found.element.is_float() && expected.element.is_float();
    found.dims == expected.dims && (found.element == expected.element || floats)
}

/// An array of a file, as elements of a type, on its way to a device.
pub(super) fn read(array: &StoredArray, element: ElementType, device: &Device) -> Result<AsyncTensor> {
    let source = array.clone();
    let buffer = device.upload_from(array.ty().clone(), move |memory| source.read_to(memory))?;
    let tensor = AsyncTensor::from_buffer(buffer);
    if tensor.element() == element { Ok(tensor) } else { ops::cast(tensor, element) }
}
