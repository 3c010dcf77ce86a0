//! What a model learns or keeps.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use crate::tensor::recorded;
use crate::{ElementType, Lazy, Operand, Result, TensorError};
use runahead_ir::TensorType;

/// A named tensor that a model has: a cell whose value is there, on its way or recorded, and can be replaced by another
/// of the same type.
///
/// Clones are the same parameter, so layers that share one (tied weights) see each other's changes. One that is trainable
/// is changed by optimisers; another is state, as running statistics are, or was frozen. Its memory is called by its name
/// in a [`memory_report`](crate::memory_report).
///
/// ```
/// use runahead::{Operations, Tensor, nn::Parameter};
/// let device = runahead::device("cpu")?;
/// let scale = Parameter::new("scale", Tensor::from_slice(&[1f32, 2.0], [2], &device)?)?;
/// scale.set(scale.get().multiply(3)?)?; // recorded
/// assert_eq!(scale.get().eval()?.to_vec::<f32>()?, [3.0, 6.0]);
/// let error = scale.set(Tensor::from_slice(&[1f32], [1], &device)?).unwrap_err();
/// assert_eq!(error.to_string(), "scale: it is tensor<2xf32>, and cannot be set to tensor<1xf32>");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Parameter(Arc<Cell>);

struct Cell {
    name: Arc<str>,
    ty: TensorType,
    value: Mutex<Lazy>,
    trainable: AtomicBool,
    /// Whether a file that lacks it leaves it as it is.
    optional: bool,
}

impl Parameter {
    /// A parameter that optimisers change, from a tensor in any mode.
    ///
    /// # Errors
    /// Where a plain number is given that is none of a tensor's.
    pub fn new(name: impl Into<Arc<str>>, value: impl Operand) -> Result<Parameter> {
        Parameter::of(name, value, true, false)
    }

    /// A parameter that optimisers leave as it is: running statistics, the state of random numbers.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn state(name: impl Into<Arc<str>>, value: impl Operand) -> Result<Parameter> {
        Parameter::of(name, value, false, false)
    }

    pub(crate) fn of(
        name: impl Into<Arc<str>>,
        value: impl Operand,
        trainable: bool,
        optional: bool,
    ) -> Result<Parameter> {
        let value = recorded(&[value.input()])?.remove(0);
        let (name, ty, trainable) = (name.into(), value.ty().clone(), AtomicBool::new(trainable));
        label(&name, &value);
        let parameter = Parameter(Arc::new(Cell { name, ty, value: Mutex::new(value), trainable, optional }));
        parameter.name_memory();
        Ok(parameter)
    }

    /// Lets reports of memory call the value by the parameter's name, where it is on a device or on its way to one.
    pub(crate) fn name_memory(&self) {
        if let Some(buffer) = self.0.value.lock().kept() {
            buffer.set_name(Arc::clone(&self.0.name));
        }
    }

    /// The full name, by which it is saved and loaded.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The type, which never changes.
    pub fn ty(&self) -> &TensorType {
        &self.0.ty
    }

    /// The type of an element.
    pub fn element(&self) -> ElementType {
        self.0.ty.element
    }

    /// The sizes of the axes.
    pub fn dims(&self) -> &[usize] {
        &self.0.ty.dims
    }

    /// Whether optimisers change it.
    pub fn is_trainable(&self) -> bool {
        self.0.trainable.load(Ordering::Relaxed)
    }

    /// Lets optimisers change it, or freezes it.
    pub fn set_trainable(&self, trainable: bool) {
        self.0.trainable.store(trainable, Ordering::Relaxed);
    }

    pub(crate) fn is_optional(&self) -> bool {
        self.0.optional
    }

    /// The value, to be computed with.
    pub fn get(&self) -> Lazy {
        let value = self.0.value.lock().clone();
        label(&self.0.name, &value);
        value
    }

    /// Replaces the value by another, in any mode.
    ///
    /// # Errors
    /// Where it has another type.
    pub fn set(&self, value: impl Operand) -> Result<()> {
        self.update(|_| Ok((recorded(&[value.input()])?.remove(0), ())))
    }

    /// Replaces the value by what is recorded from it, and gives what else the function gives; nobody else sees or sets
    /// the value meanwhile.
    ///
    /// # Errors
    /// Those of the function, and where the new value has another type.
    pub fn update<R>(&self, function: impl FnOnce(&Lazy) -> Result<(Lazy, R)>) -> Result<R> {
        let mut value = self.0.value.lock();
        let (new, result) = function(&value)?;
        if *new.ty() != self.0.ty {
            let message = format!("it is {}, and cannot be set to {}", self.0.ty, new.ty());
            return Err(TensorError::invalid(message).within(self.0.name.to_string(), Vec::new));
        }
        label(&self.0.name, &new);
        let old = std::mem::replace(&mut *value, new);
        drop(value);
        self.name_memory();
        // What led to the old value may be much.
        drop(old);
        Ok(result)
    }
}

/// Names a value that is computed or on its way, so that a report of what memory is used for tells what it is.
fn label(name: &Arc<str>, value: &Lazy) {
    if let Some(buffer) = value.kept().filter(|buffer| buffer.name().is_none()) {
        buffer.set_name(Arc::clone(name));
    }
}

/// Parameters are equal when they are the same.
impl PartialEq for Parameter {
    fn eq(&self, other: &Parameter) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Parameter {}

impl std::hash::Hash for Parameter {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// Shows name and type; never waits.
impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_trainable() { "" } else { ", not trainable" };
        write!(f, "Parameter({}: {}{kind})", self.0.name, self.0.ty)
    }
}
