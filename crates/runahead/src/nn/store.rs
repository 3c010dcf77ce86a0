//! Parameters by their names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
use runahead_ir::TensorType;
use runahead_runtime::Device;

use super::init::{Init, seed_for};
use super::mismatch::{IllShaped, Mismatch};
use super::source::Source;
use super::{Parameter, saving};
use crate::files::{ArrayFile, StoredArray};
use crate::ops::creation;
use crate::{AsyncTensor, Operand, Result, TensorError};

/// Parameters by their names, on one device: those that were made or given, and those of a file that are read when they
/// are asked for.
///
/// Models are built from its [`source`](Self::source). Clones are the same store.
///
/// ```
/// use runahead::nn::{Linear, Module, Store};
/// let device = runahead::device("cpu")?;
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("model.safetensors");
///
/// let fresh = Store::fresh(42, &device);
/// let model = Linear::new(3, 2, &fresh.source().pp("output"))?;
/// model.save(&path)?;
///
/// let stored = Store::open(&path, &device)?;
/// let same = stored.build(|source| Linear::new(3, 2, &source.pp("output")))?;
/// assert_eq!(same.weight().get().eval()?.to_vec::<f32>()?, model.weight().get().eval()?.to_vec::<f32>()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    device: Device,
    file: Option<(PathBuf, ArrayFile)>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What random numbers depend on, where parameters are made.
    seed: Option<u64>,
    held: BTreeMap<String, Parameter>,
    /// Names of the file's that are no longer there.
    removed: BTreeSet<String>,
}

/// What a layer asks for.
pub(super) struct Request {
    pub(super) name: String,
    pub(super) ty: TensorType,
    pub(super) role: Role,
}

/// What a parameter is for, and what it begins as where it is made.
pub(super) enum Role {
    Learned(Init),
    State(Init),
    /// The state of a generator of random numbers, which files need not have.
    Generator,
}

/// Why there is no such parameter.
pub(super) enum Lack {
    Missing,
    IllShaped(TensorType),
    Other(TensorError),
}

impl From<TensorError> for Lack {
    fn from(error: TensorError) -> Lack {
        Lack::Other(error)
    }
}

impl Store {
    fn with_file(file: Option<(PathBuf, ArrayFile)>, device: &Device) -> Store {
        Store(Arc::new(Inner { device: device.clone(), file, state: Mutex::default() }))
    }

    /// A store that makes what it is asked for; random numbers depend on the seed and the names.
    pub fn fresh(seed: u64, device: &Device) -> Store {
        Store::new(device).with_seed(seed)
    }

    /// A store of a file's arrays: `.safetensors`, several of them by their `.index.json`, or `.npz`. They are read when
    /// they are asked for, by tasks of their own, so that nothing waits for them before they are used.
    ///
    /// # Errors
    /// Where [`ArrayFile::open`] fails.
    pub fn open(path: impl AsRef<Path>, device: &Device) -> Result<Store> {
        let file = ArrayFile::open(&path)?;
        Ok(Store::with_file(Some((path.as_ref().to_owned(), file)), device))
    }

    /// A store of nothing but what it is given by [`push`](Self::push).
    pub fn new(device: &Device) -> Store {
        Store::with_file(None, device)
    }

    /// The same store, which from here on makes what it is asked for and lacks: what is added to a model that is adapted.
    pub fn with_seed(self, seed: u64) -> Store {
        self.0.state.lock().seed = Some(seed);
        self
    }

    /// The device that parameters are on.
    pub fn device(&self) -> &Device {
        &self.0.device
    }

    /// What models are built from.
    pub fn source(&self) -> Source {
        Source::new(self.clone(), None)
    }

    /// Builds a model of which the store has every parameter, and nothing else.
    ///
    /// # Errors
    /// Those of the function; then, where the store's names and shapes are not those that it asked for, one that names all
    /// that are missing, extra or ill-shaped.
    pub fn build<M>(&self, function: impl FnOnce(&Source) -> Result<M>) -> Result<M> {
        self.built(function, true)
    }

    /// Builds a model of which the store has every parameter, and perhaps others.
    ///
    /// # Errors
    /// As for [`build`](Self::build), save that there may be extra parameters.
    pub fn build_part<M>(&self, function: impl FnOnce(&Source) -> Result<M>) -> Result<M> {
        self.built(function, false)
    }

    fn built<M>(&self, function: impl FnOnce(&Source) -> Result<M>, whole: bool) -> Result<M> {
        let asked = Arc::new(Mutex::new(Asked::default()));
        let model = function(&Source::new(self.clone(), Some(Arc::clone(&asked))))?;
        let Asked { names, missing, ill_shaped } = std::mem::take(&mut *asked.lock());
        let extra = match whole {
            true => self.names().into_iter().filter(|name| !names.contains(name)).collect(),
            false => Vec::new(),
        };
        saving::settled(Mismatch { origin: self.to_string(), missing, extra, ill_shaped })?;
        Ok(model)
    }

    /// Whether there is a parameter of that name, or an array of the file.
    pub fn contains(&self, name: &str) -> bool {
        let state = self.0.state.lock();
        state.held.contains_key(name) || self.array(&state, name).is_some()
    }

    /// The names of what there is, in order.
    pub fn names(&self) -> Vec<String> {
        let state = self.0.state.lock();
        let mut names: BTreeSet<String> = state.held.keys().cloned().collect();
        if let Some((_, file)) = &self.0.file {
            names.extend(file.names().filter(|&name| !state.removed.contains(name)).map(str::to_owned));
        }
        names.into_iter().collect()
    }

    /// Gives a value a name: sets the parameter that has it, or adds one.
    ///
    /// # Errors
    /// Where there is a parameter of that name and another type.
    pub fn push(&self, name: &str, value: impl Operand) -> Result<()> {
        let mut state = self.0.state.lock();
        match state.held.get(name) {
            Some(parameter) => parameter.set(value),
            None => {
                let parameter = Parameter::new(name, value)?;
                state.removed.remove(name);
                state.held.insert(name.to_owned(), parameter);
                Ok(())
            }
        }
    }

    /// The value of that name, on its way.
    ///
    /// # Errors
    /// Where there is none, or it cannot be submitted.
    pub fn pull(&self, name: &str) -> Result<AsyncTensor> {
        let state = self.0.state.lock();
        if let Some(parameter) = state.held.get(name) {
            let value = parameter.get();
            drop(state);
            return value.eval_async();
        }
        match self.array(&state, name) {
            Some(array) => saving::read(array, array.ty().element, &self.0.device),
            None => {
                let message = format!("{self} holds no such parameter");
                Err(TensorError::invalid(message).within(name.to_owned(), Vec::new))
            }
        }
    }

    /// Removes what has that name, and tells whether there was anything. Models that have the parameter keep it.
    pub fn remove(&self, name: &str) -> bool {
        let mut state = self.0.state.lock();
        let in_file = self.array(&state, name).is_some();
        if in_file {
            state.removed.insert(name.to_owned());
        }
        state.held.remove(name).is_some() || in_file
    }

    /// Writes all that there is to a file, `.safetensors` or `.npz`; waits for the values.
    ///
    /// # Errors
    /// Where a value cannot be computed, or the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let all = self.names().into_iter().map(|name| {
            let held = self.0.state.lock().held.get(&name).cloned();
            held.map_or_else(|| Parameter::new(name.as_str(), self.pull(&name)?), Ok)
        });
        saving::save(&all.collect::<Result<Vec<_>>>()?, path.as_ref())
    }

    fn array(&self, state: &State, name: &str) -> Option<&StoredArray> {
        let (_, file) = self.0.file.as_ref().filter(|_| !state.removed.contains(name))?;
        file.get(name)
    }

    /// The parameter that a layer asks for: the one of that name, else one that is made or read.
    pub(super) fn request(&self, request: &Request) -> Result<Parameter, Lack> {
        let Request { name, ty, role } = request;
        let mut state = self.0.state.lock();
        if let Some(parameter) = state.held.get(name) {
            if parameter.ty() != ty {
                return Err(Lack::IllShaped(parameter.ty().clone()));
            }
            if !matches!(role, Role::Learned(_)) {
                // It was given, and only the layer knows what for.
                parameter.set_trainable(false);
            }
            return Ok(parameter.clone());
        }
        let device = &self.0.device;
        let value = match (state.seed, self.array(&state, name), role) {
            (_, Some(array), _) if !saving::fits(array.ty(), ty) => {
                return Err(Lack::IllShaped(array.ty().clone()));
            }
            (_, Some(array), _) => saving::read(array, ty.element, device)?,
            (Some(seed), None, Role::Learned(init) | Role::State(init)) => {
                init.tensor(ty, seed_for(seed, name), device)?
            }
            (seed, None, Role::Generator) => {
                let seed = seed_for(seed.unwrap_or(0), name);
                AsyncTensor::upload(&creation::key(seed)?, device)?
            }
            (_, None, _) => return Err(Lack::Missing),
        };
        let (trainable, optional) = (matches!(role, Role::Learned(_)), matches!(role, Role::Generator));
        let parameter = Parameter::of(name.as_str(), value, trainable, optional)?;
        state.held.insert(name.clone(), parameter.clone());
        Ok(parameter)
    }
}

/// What was asked for while a model was built.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) names: BTreeSet<String>,
    pub(super) missing: Vec<(String, TensorType)>,
    pub(super) ill_shaped: Vec<IllShaped>,
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.file {
            Some((path, _)) => write!(f, "{}", path.display()),
            None => f.write_str("the store"),
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({self}, {} names, on {})", self.names().len(), self.device())
    }
}
