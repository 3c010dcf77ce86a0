//! Where layers get their parameters from.

use std::fmt::Display;
use std::sync::Arc;

use parking_lot::Mutex;
use runahead_ir::{Literal, TensorType};
use runahead_runtime::Device;

use super::init::Init;
use super::mismatch::{IllShaped, Mismatch};
use super::store::{Asked, Lack, Request, Role, Store};
use super::{Parameter, saving};
use crate::{ElementType, Lazy, Result, TensorError};

/// A part of a [`Store`]'s names, from which a layer gets its parameters: those below a path, as in
/// `encoder.layers.0.weight`.
///
/// ```
/// use runahead::nn::{Init, Store};
/// let store = Store::fresh(42, &runahead::device("cpu")?);
/// let source = store.source().pp("encoder").pp(0);
/// let weight = source.get([4, 3], "weight")?;
/// assert_eq!(weight.name(), "encoder.0.weight");
/// let scale = source.get_with([4], "scale", Init::Ones)?;
/// assert_eq!(scale.get().eval()?.to_vec::<f32>()?, [1.0; 4]);
/// // The same name is the same parameter.
/// assert_eq!(source.get([4, 3], "weight")?, weight);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Source {
    store: Store,
    path: String,
    element: ElementType,
    /// What was asked for, where a model is built as a whole: what is not there is then told at the end.
    asked: Option<Arc<Mutex<Asked>>>,
}

impl Source {
    pub(super) fn new(store: Store, asked: Option<Arc<Mutex<Asked>>>) -> Source {
        Source { store, path: String::new(), element: ElementType::F32, asked }
    }

    /// The part one step further down the path.
    pub fn pp(&self, step: impl Display) -> Source {
        Source { path: self.full(&step.to_string()), ..self.clone() }
    }

    /// The path so far, as in `encoder.0`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The device that parameters are on.
    pub fn device(&self) -> &Device {
        self.store.device()
    }

    /// The type of parameters' elements: `f32` where nothing else was said. Floats of files are cast to it.
    pub fn element(&self) -> ElementType {
        self.element
    }

    /// The same part, with parameters of other elements.
    pub fn with_element(&self, element: ElementType) -> Source {
        Source { element, ..self.clone() }
    }

    fn full(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Whether there is a parameter of that name, or an array of the store's file.
    pub fn contains(&self, name: &str) -> bool {
        self.store.contains(&self.full(name))
    }

    /// The parameter of that name. Where it is made, one of two or more axes begins as [`Init::KaimingUniform`] has it,
    /// another as zeros.
    ///
    /// # Errors
    /// Where there is none, or it has another shape; in [`Store::build`], this is told when all is built.
    pub fn get(&self, dims: impl AsRef<[usize]>, name: &str) -> Result<Parameter> {
        let init = Init::default_for(dims.as_ref());
        self.get_with(dims, name, init)
    }

    /// As [`get`](Self::get); where the parameter is made, it begins as said.
    ///
    /// # Errors
    /// As for [`get`](Self::get).
    pub fn get_with(&self, dims: impl AsRef<[usize]>, name: &str, init: Init) -> Result<Parameter> {
        self.request(self.element, dims.as_ref(), name, Role::Learned(init))
    }

    /// As [`get_with`](Self::get_with), for what optimisers leave as it is.
    ///
    /// # Errors
    /// As for [`get`](Self::get).
    pub fn state(&self, dims: impl AsRef<[usize]>, name: &str, init: Init) -> Result<Parameter> {
        self.request(self.element, dims.as_ref(), name, Role::State(init))
    }

    /// The state of a generator of random numbers, two `u64`. A file need not have it: then it begins as that of a fresh
    /// store of seed 0 does.
    ///
    /// # Errors
    /// Where the file has something else of that name.
    pub fn generator(&self, name: &str) -> Result<Parameter> {
        self.request(ElementType::U64, &[2], name, Role::Generator)
    }

    fn request(&self, element: ElementType, dims: &[usize], name: &str, role: Role) -> Result<Parameter> {
        let request =
            Request { name: self.full(name), ty: TensorType::new(element, dims.iter().copied()), role };
        let found = self.store.request(&request);
        let Request { name, ty, .. } = request;
        let mut mismatch = Mismatch::of(self.store.to_string());
        if let Some(asked) = &self.asked {
            asked.lock().names.insert(name.clone());
        }
        match found {
            Ok(parameter) => return Ok(parameter),
            Err(Lack::Other(TensorError::Invalid { mut operations, operands, message })) => {
                operations.insert(0, name.into());
                return Err(TensorError::Invalid { operations, operands, message });
            }
            Err(Lack::Other(error)) => return Err(error),
            Err(Lack::Missing) => mismatch.missing.push((name.clone(), ty.clone())),
            Err(Lack::IllShaped(found)) => {
                let (name, expected) = (name.clone(), ty.clone());
                mismatch.ill_shaped.push(IllShaped { name, found, expected });
            }
        }
        let Some(asked) = &self.asked else {
            saving::settled(mismatch)?;
            unreachable!("there is a mismatch");
        };
        let mut asked = asked.lock();
        asked.missing.append(&mut mismatch.missing);
        asked.ill_shaped.append(&mut mismatch.ill_shaped);
        // Stands for it until all is built, and the model is given up.
        let zero = Literal::splat(ty.clone(), vec![0; ty.element.size()])?;
        Parameter::new(name, Lazy::constant(zero))
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({:?} of {})", self.path, self.store)
    }
}
