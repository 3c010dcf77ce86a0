//! Layers that go along a sequence.

use super::linear::affine;
use super::module::in_layer;
use super::{Init, Module, Parameter, Phase, Source};
use crate::{Lazy, Result, TensorError, ops};

/// The matrices of a recurrent layer: of inputs and of the state, each with a bias, for so many gates one below the other.
#[derive(Clone, Debug)]
struct Gates {
    kind: &'static str,
    path: String,
    hidden: usize,
    input_weight: Parameter,
    state_weight: Parameter,
    input_bias: Parameter,
    state_bias: Parameter,
}

impl Gates {
    fn new(kind: &'static str, gates: usize, inputs: usize, hidden: usize, source: &Source) -> Result<Gates> {
        let init = Init::bias(hidden);
        let rows = gates.saturating_mul(hidden);
        Ok(Gates {
            kind,
            path: source.path().to_owned(),
            hidden,
            input_weight: source.get_with([rows, inputs], "weight_ih_l0", init)?,
            state_weight: source.get_with([rows, hidden], "weight_hh_l0", init)?,
            input_bias: source.get_with([rows], "bias_ih_l0", init)?,
            state_bias: source.get_with([rows], "bias_hh_l0", init)?,
        })
    }

    /// Goes along a sequence. `step` is given what inputs and state make for the gates, and the states, and gives the next
    /// ones, of which the first is the output.
    fn along(
        &self,
        x: &Lazy,
        states: Vec<Lazy>,
        step: impl FnOnce(&[Lazy], &[Lazy], &[Lazy]) -> Result<Vec<Lazy>>,
    ) -> Result<Vec<Lazy>> {
        let operands: Vec<&Lazy> = std::iter::once(x).chain(&states).collect();
        in_layer(self.kind, &self.path, &operands, || {
            let &[batch, length, _] = x.dims() else {
                let message = format!("the input is {}; expected axes of batch, length and size", x.ty());
                return Err(TensorError::invalid(message));
            };
            for state in &states {
                if state.dims() != [batch, self.hidden] {
                    let message =
                        format!("a state is {}; expected the shape {:?}", state.ty(), [batch, self.hidden]);
                    return Err(TensorError::invalid(message));
                }
            }
            let gates = self.input_weight.dims()[0] / self.hidden.max(1);
            // What inputs make for the gates is one product for the whole sequence.
            let from_inputs = affine(x, &self.input_weight, Some(&self.input_bias))?;
            let outputs = ops::zeros([batch, length, self.hidden], x.element(), crate::Recording)?;
            let mut carried = states.clone();
            carried.push(outputs);
            if length == 0 {
                // There is no input of which a body could take a part.
                return Ok(carried);
            }
            ops::for_loop(length, carried, |round, carried| {
                let (outputs, states) = carried.split_last().expect("outputs are carried");
                let from_inputs = ops::chunk(ops::at(&from_inputs, round, 1)?, gates, -1)?;
                let from_state = affine(&states[0], &self.state_weight, Some(&self.state_bias))?;
                let mut next = step(&from_inputs, &ops::chunk(from_state, gates, -1)?, states)?;
                next.push(ops::with_at(outputs, &next[0], round, 1)?);
                Ok(next)
            })
        })
    }

    /// The state that sequences begin with where none is given.
    fn initial(&self, x: &Lazy) -> Result<Lazy> {
        ops::zeros([x.dims().first().copied().unwrap_or(0), self.hidden], x.element(), crate::Recording)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        [&self.input_weight, &self.state_weight, &self.input_bias, &self.state_bias]
            .into_iter()
            .for_each(visit);
    }
}

/// A gated recurrent unit along the axis of length of `[batch, length, inputs]`, from a state of zeros; gives
/// `[batch, length, hidden]`. [`with_state`](Self::with_state) takes and gives the state too.
///
/// Parameters are PyTorch's: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0` and `bias_hh_l0`, of the gates reset, update and
/// new.
///
/// ```
/// use runahead::nn::{Gru, Module, Store};
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let gru = Gru::new(3, 8, &Store::fresh(1, &device).source())?;
/// let x = ops::randn([2, 10, 3], ElementType::F32, 1, &device)?;
/// assert_eq!(gru.call(&x)?.dims(), [2, 10, 8]);
/// let state = ops::zeros([2, 8], ElementType::F32, &device)?;
/// let (outputs, state) = gru.with_state().call((&x, &state))?;
/// assert_eq!((outputs.dims(), state.dims()), (&[2, 10, 8][..], &[2, 8][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gru(Gates);

impl Gru {
    /// A unit with so many inputs and hidden elements.
    ///
    /// # Errors
    /// Where the source has no parameters of those shapes.
    pub fn new(inputs: usize, hidden: usize, source: &Source) -> Result<Gru> {
        Ok(Gru(Gates::new("gru", 3, inputs, hidden, source)?))
    }

    /// The unit as a module that takes a sequence and a state, and gives outputs and the last state.
    pub fn with_state(&self) -> WithState<'_, Gru> {
        WithState(self)
    }

    fn run(&self, x: &Lazy, state: Lazy) -> Result<(Lazy, Lazy)> {
        let mut results = self.0.along(x, vec![state], |from_input, from_state, states| {
            let reset = ops::sigmoid(ops::add(&from_input[0], &from_state[0])?)?;
            let update = ops::sigmoid(ops::add(&from_input[1], &from_state[1])?)?;
            let new = ops::tanh(ops::add(&from_input[2], ops::multiply(reset, &from_state[2])?)?)?;
            // (1 - update) new + update state
            let change = ops::multiply(update, ops::subtract(&states[0], &new)?)?;
            Ok(vec![ops::add(new, change)?])
        })?;
        let state = results.remove(0);
        Ok((results.remove(0), state))
    }
}

impl Module for Gru {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        Ok(self.run(&x, self.0.initial(&x)?)?.0)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.0.visit(visit);
    }
}

/// A long short-term memory along the axis of length of `[batch, length, inputs]`, from states of zeros; gives
/// `[batch, length, hidden]`. [`with_state`](Self::with_state) takes and gives the hidden state and the cell's too.
///
/// Parameters are PyTorch's: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0` and `bias_hh_l0`, of the gates input, forget, cell
/// and output.
///
/// ```
/// use runahead::nn::{Lstm, Module, Store};
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let lstm = Lstm::new(3, 8, &Store::fresh(1, &device).source())?;
/// let x = ops::randn([2, 10, 3], ElementType::F32, 1, &device)?;
/// assert_eq!(lstm.call(&x)?.dims(), [2, 10, 8]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lstm(Gates);

impl Lstm {
    /// A memory with so many inputs and hidden elements.
    ///
    /// # Errors
    /// Where the source has no parameters of those shapes.
    pub fn new(inputs: usize, hidden: usize, source: &Source) -> Result<Lstm> {
        Ok(Lstm(Gates::new("lstm", 4, inputs, hidden, source)?))
    }

    /// The memory as a module that takes a sequence, a hidden state and a cell's, and gives outputs and the last states.
    pub fn with_state(&self) -> WithState<'_, Lstm> {
        WithState(self)
    }

    fn run(&self, x: &Lazy, hidden: Lazy, cell: Lazy) -> Result<(Lazy, Lazy, Lazy)> {
        let mut results = self.0.along(x, vec![hidden, cell], |from_input, from_state, states| {
            let gate = |i: usize| ops::add(&from_input[i], &from_state[i]);
            let (input, forget) = (ops::sigmoid(gate(0)?)?, ops::sigmoid(gate(1)?)?);
            let (new, output) = (ops::tanh(gate(2)?)?, ops::sigmoid(gate(3)?)?);
            let cell = ops::add(ops::multiply(forget, &states[1])?, ops::multiply(input, new)?)?;
            Ok(vec![ops::multiply(output, ops::tanh(&cell)?)?, cell])
        })?;
        let (hidden, cell) = (results.remove(0), results.remove(0));
        Ok((results.remove(0), hidden, cell))
    }
}

impl Module for Lstm {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        Ok(self.run(&x, self.0.initial(&x)?, self.0.initial(&x)?)?.0)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.0.visit(visit);
    }
}

/// A recurrent layer that takes and gives its state.
#[derive(Clone, Copy, Debug)]
pub struct WithState<'a, M>(&'a M);

impl Module for WithState<'_, Gru> {
    type Input = (Lazy, Lazy);
    type Output = (Lazy, Lazy);

    fn forward(&self, (x, state): (Lazy, Lazy), _: Phase) -> Result<(Lazy, Lazy)> {
        self.0.run(&x, state)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.0.visit(visit);
    }
}

impl Module for WithState<'_, Lstm> {
    type Input = (Lazy, Lazy, Lazy);
    type Output = (Lazy, Lazy, Lazy);

    fn forward(&self, (x, hidden, cell): (Lazy, Lazy, Lazy), _: Phase) -> Result<(Lazy, Lazy, Lazy)> {
        self.0.run(&x, hidden, cell)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.0.visit(visit);
    }
}
