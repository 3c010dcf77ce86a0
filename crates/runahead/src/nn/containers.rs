//! Modules of modules.

use std::fmt;
use std::ops::Deref;

use super::{Module, Parameter, Phase};
use crate::{Lazy, Result};

/// A layer of whatever kind, from one tensor to one.
pub type Layer = Box<dyn Module<Input = Lazy, Output = Lazy>>;

/// Layers one after the other.
///
/// ```
/// use runahead::nn::{Linear, Module, Sequential, Store};
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let source = Store::fresh(1, &device).source();
/// let model = Sequential::new()
///     .with(Linear::new(4, 8, &source.pp(0))?)
///     .with_fn(ops::relu)
///     .with(Linear::new(8, 2, &source.pp(1))?);
/// let x = ops::randn([3, 4], ElementType::F32, 1, &device)?;
/// assert_eq!(model.call(&x)?.dims(), [3, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Sequential {
    layers: Vec<Layer>,
}

impl Sequential {
    /// No layers: what is given comes out.
    pub fn new() -> Sequential {
        Sequential::default()
    }

    /// The same, with one more layer behind.
    pub fn with(mut self, layer: impl Module<Input = Lazy, Output = Lazy> + 'static) -> Sequential {
        self.layers.push(Box::new(layer));
        self
    }

    /// The same, with a function without parameters behind.
    pub fn with_fn(self, function: impl Fn(Lazy) -> Result<Lazy> + Send + Sync + 'static) -> Sequential {
        self.with(Function(function))
    }
}

/// The layers.
impl Deref for Sequential {
    type Target = [Layer];

    fn deref(&self) -> &[Layer] {
        &self.layers
    }
}

impl Module for Sequential {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
        self.layers.iter().try_fold(x, |x, layer| layer.forward(x, phase))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.layers.iter().for_each(|layer| layer.visit(visit));
    }
}

impl fmt::Debug for Sequential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sequential({} layers)", self.layers.len())
    }
}

struct Function<F>(F);

impl<F: Fn(Lazy) -> Result<Lazy> + Send + Sync> Module for Function<F> {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        (self.0)(x)
    }

    fn visit(&self, _: &mut dyn FnMut(&Parameter)) {}
}

/// Modules of one type that a model applies as it likes; its parameters are theirs.
///
/// ```
/// use runahead::nn::{Linear, Module, ModuleList, Phase, Store};
/// use runahead::{Lazy, ops};
/// let source = Store::fresh(1, &runahead::device("cpu")?).source();
/// let layers = ModuleList::build(3, |i| Linear::new(4, 4, &source.pp("layers").pp(i)))?;
/// assert_eq!(layers.len(), 3);
/// let forward = |x: Lazy| layers.iter().try_fold(x, |x, layer| {
///     ops::add(&x, layer.forward(x.clone(), Phase::Inference)?)
/// });
/// # let _ = forward;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ModuleList<M = Layer> {
    modules: Vec<M>,
}

impl<M: Module> ModuleList<M> {
    /// So many modules, each made of its number.
    ///
    /// # Errors
    /// Those of the function.
    pub fn build(count: usize, function: impl FnMut(usize) -> Result<M>) -> Result<ModuleList<M>> {
        Ok(ModuleList { modules: (0..count).map(function).collect::<Result<_>>()? })
    }

    /// Shows the parameters of all.
    pub fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.modules.iter().for_each(|module| module.visit(visit));
    }
}

impl<M> FromIterator<M> for ModuleList<M> {
    fn from_iter<I: IntoIterator<Item = M>>(modules: I) -> ModuleList<M> {
        ModuleList { modules: modules.into_iter().collect() }
    }
}

/// The modules.
impl<M> Deref for ModuleList<M> {
    type Target = [M];

    fn deref(&self) -> &[M] {
        &self.modules
    }
}
