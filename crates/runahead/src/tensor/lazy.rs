//! Recorded programs.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use runahead_ir::{
    Binary, ElementType, Inferred, Literal, OpKind, Signature, TensorType, Type, check_open, infer,
};
use runahead_runtime::{Buffer, Device};
use smallvec::SmallVec;

use super::HashMap;
use super::error::{Result, TensorError};
use super::form::{Body, Form, Operation, Ref, Step};

/// A tensor that is not computed before it is asked for: the operations that lead to it are recorded, and compiled as
/// one program.
///
/// Its type is known at once. Clones are the same value. A `Lazy` that was evaluated keeps its value and lets go of what
/// led to it.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[1f32, 2.0, 3.0], [3], &runahead::device("cpu")?)?;
/// let y = ops::exp(ops::negate(x.lazy())?)?; // nothing is computed
/// assert_eq!(y.ty().to_string(), "tensor<3xf32>");
/// let y = y.eval()?; // one fused loop
/// assert!((y.to_vec::<f32>()?[0] - (-1f32).exp()).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Lazy {
    node: Arc<Node>,
    index: usize,
}

/// A recorded operation.
struct Node {
    /// Nodes are counted through, so that operands have smaller numbers.
    number: u64,
    kind: Kind,
    /// What the operation is applied to; nothing once all of its results are there.
    operands: Mutex<SmallVec<[Lazy; 2]>>,
    results: SmallVec<[NodeResult; 1]>,
    device: Option<Device>,
}

enum Kind {
    /// Data on a device.
    Buffer,
    /// The same, given for keeps to the program that it becomes an argument of.
    Donated,
    /// The argument of a function that is being traced.
    Parameter,
    Operation(Arc<Operation>),
}

struct NodeResult {
    ty: TensorType,
    buffer: OnceLock<Buffer>,
}

impl NodeResult {
    fn new(ty: TensorType) -> NodeResult {
        NodeResult { ty, buffer: OnceLock::new() }
    }
}

/// A long recording must not be dropped recursively.
impl Drop for Node {
    fn drop(&mut self) {
        let mut rest = std::mem::take(self.operands.get_mut());
        while let Some(lazy) = rest.pop() {
            if let Some(mut node) = Arc::into_inner(lazy.node) {
                rest.extend(std::mem::take(node.operands.get_mut()));
            }
        }
    }
}

fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Lazy {
    fn leaf(kind: Kind, ty: TensorType, device: Option<Device>) -> Lazy {
        let results = SmallVec::from_iter([NodeResult::new(ty)]);
        let node = Node { number: next_number(), kind, operands: Mutex::default(), results, device };
        Lazy { node: Arc::new(node), index: 0 }
    }

    /// Data on a device, there or on its way.
    pub(crate) fn buffer(buffer: Buffer) -> Lazy {
        let lazy = Lazy::leaf(Kind::Buffer, buffer.ty().clone(), Some(buffer.device().clone()));
        lazy.keep(buffer);
        lazy
    }

    /// Data on a device that is given for keeps.
    pub(crate) fn donated(buffer: Buffer) -> Lazy {
        let lazy = Lazy::leaf(Kind::Donated, buffer.ty().clone(), Some(buffer.device().clone()));
        lazy.keep(buffer);
        lazy
    }

    /// Whether it is data that is given for keeps.
    pub(crate) fn is_donated(&self) -> bool {
        matches!(self.node.kind, Kind::Donated)
    }

    /// What stands for an argument while a function is traced.
    pub(crate) fn parameter(ty: TensorType) -> Lazy {
        Lazy::leaf(Kind::Parameter, ty, None)
    }

    /// A constant.
    pub fn constant(value: Literal) -> Lazy {
        let results = SmallVec::from_iter([value.ty().clone()]);
        Lazy::add(OpKind::Constant(value), Vec::new(), results, SmallVec::new(), None).remove(0)
    }

    /// The type, known before the value is.
    pub fn ty(&self) -> &TensorType {
        &self.node.results[self.index].ty
    }

    /// The type of an element.
    pub fn element(&self) -> ElementType {
        self.ty().element
    }

    /// The sizes of the axes.
    pub fn dims(&self) -> &[usize] {
        &self.ty().dims
    }

    /// The device of what this is computed from; none where that is constants alone.
    pub fn device(&self) -> Option<&Device> {
        self.node.device.as_ref()
    }

    /// Whether the value was computed before, or submitted.
    pub fn is_evaluated(&self) -> bool {
        self.kept().is_some()
    }

    /// The value, where it was computed before.
    pub(crate) fn kept(&self) -> Option<&Buffer> {
        self.node.results[self.index].buffer.get()
    }

    /// Keeps the value, and lets go of what led to it.
    pub(crate) fn keep(&self, buffer: Buffer) {
        let _ = self.node.results[self.index].buffer.set(buffer);
        if self.node.results.iter().all(|result| result.buffer.get().is_some()) {
            // Dropped after the lock is released: it may be much.
            let operands = std::mem::take(&mut *self.node.operands.lock());
            drop(operands);
        }
    }

    /// Records an operation whose operands settle the types of its results.
    ///
    /// # Errors
    /// Where operands do not suit the operation, or are on several devices.
    pub fn record(kind: OpKind, operands: &[&Lazy]) -> Result<Vec<Lazy>> {
        Lazy::record_with(kind, operands, Vec::new())
    }

    /// As [`record`](Self::record), for operations with regions.
    ///
    /// # Errors
    /// As for [`record`](Self::record).
    pub fn record_with(kind: OpKind, operands: &[&Lazy], regions: Vec<Traced>) -> Result<Vec<Lazy>> {
        let types: Vec<Type> = operands.iter().map(|operand| operand.ty().clone().into()).collect();
        let signatures: Vec<Signature> = regions.iter().map(Traced::signature).collect();
        let results = match infer(&kind, &types.iter().collect::<Vec<_>>(), &signatures)? {
            Inferred::Types(types) => types,
            Inferred::Shape(ty) => vec![ty.into()],
            Inferred::Open => {
                let message = format!("{} does not settle its results' types", kind.name());
                return Err(TensorError::invalid(message));
            }
        };
        let tensors = results.iter().map(|ty| ty.as_tensor().cloned());
        let Some(results) = tensors.collect::<Option<SmallVec<_>>>() else {
            return Err(TensorError::invalid(format!("{} gives what is no tensor", kind.name())));
        };
        Lazy::checked(kind, operands, results, regions)
    }

    /// Records an operation whose result has a type that its operands do not settle.
    ///
    /// # Errors
    /// As for [`record`](Self::record), and where the result cannot have that type.
    pub fn record_as(kind: OpKind, operands: &[&Lazy], result: TensorType) -> Result<Lazy> {
        Ok(Lazy::record_all(kind, operands, [result])?.remove(0))
    }

    /// Records an operation whose results have types that its operands do not settle.
    ///
    /// # Errors
    /// As for [`record_as`](Self::record_as).
    pub fn record_all(
        kind: OpKind,
        operands: &[&Lazy],
        results: impl IntoIterator<Item = TensorType>,
    ) -> Result<Vec<Lazy>> {
        let results: SmallVec<[TensorType; 1]> = results.into_iter().collect();
        if let Some(ty) = results.iter().find(|ty| ty.byte_count().is_none()) {
            return Err(TensorError::invalid(format!("{ty} has no size that fits in memory")));
        }
        let types = |tensors: &mut dyn Iterator<Item = &TensorType>| -> Vec<Type> {
            tensors.map(|ty| ty.clone().into()).collect()
        };
        let (given, wanted) = (types(&mut operands.iter().map(|o| o.ty())), types(&mut results.iter()));
        check_open(&kind, &given.iter().collect::<Vec<_>>(), &wanted.iter().collect::<Vec<_>>())?;
        Lazy::checked(kind, operands, results, Vec::new())
    }

    /// Records an operation that keeps to the rules.
    pub(super) fn checked(
        kind: OpKind,
        operands: &[&Lazy],
        results: SmallVec<[TensorType; 1]>,
        regions: Vec<Traced>,
    ) -> Result<Vec<Lazy>> {
        let mut operands: SmallVec<[Lazy; 2]> = operands.iter().map(|&operand| operand.clone()).collect();
        let mut bodies = Vec::with_capacity(regions.len());
        for Traced { body, captured } in regions {
            operands.extend(captured);
            bodies.push(body);
        }
        let mut devices = operands.iter().filter_map(Lazy::device);
        let device = devices.next().cloned();
        if let Some(first) = &device
            && let Some(second) = devices.find(|&other| other != first)
        {
            let (first, second) = (first.to_string(), second.to_string());
            return Err(TensorError::Devices { operation: "operation", first, second });
        }
        Ok(Lazy::add(kind, bodies, results, operands, device))
    }

    fn add(
        kind: OpKind,
        regions: Vec<Arc<Body>>,
        results: SmallVec<[TensorType; 1]>,
        operands: SmallVec<[Lazy; 2]>,
        device: Option<Device>,
    ) -> Vec<Lazy> {
        let node = Arc::new(Node {
            number: next_number(),
            operands: Mutex::new(operands),
            results: results.iter().cloned().map(NodeResult::new).collect(),
            kind: Kind::Operation(Arc::new(Operation { kind, regions, results })),
            device,
        });
        (0..node.results.len()).map(|index| Lazy { node: Arc::clone(&node), index }).collect()
    }

    /// Whether this is data, or the argument of a function that is being traced.
    pub(crate) fn is_leaf(&self) -> bool {
        self.kept().is_some() || !matches!(self.node.kind, Kind::Operation(_))
    }

    /// Whether this was recorded before another.
    pub(crate) fn is_older_than(&self, other: &Lazy) -> bool {
        self.node.number < other.node.number
    }

    fn id(&self) -> (*const Node, usize) {
        (Arc::as_ptr(&self.node), self.index)
    }

    fn is_constant(&self) -> bool {
        matches!(&self.node.kind, Kind::Operation(operation) if matches!(operation.kind, OpKind::Constant(_)))
    }
}

impl fmt::Debug for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.kept().is_some() { "evaluated" } else { "recorded" };
        write!(f, "Lazy({}, {state})", self.ty())
    }
}

/// A function of tensors, traced: the region of an operation.
#[derive(Debug)]
pub struct Traced {
    body: Arc<Body>,
    captured: Vec<Lazy>,
}

impl Traced {
    /// Traces a function on arguments of those types. What it uses beside them is captured.
    ///
    /// # Errors
    /// Those of the function.
    pub fn new(
        parameters: impl IntoIterator<Item = TensorType>,
        function: impl FnOnce(&[Lazy]) -> Result<Vec<Lazy>>,
    ) -> Result<Traced> {
        let oldest = next_number();
        let parameters: Vec<Lazy> = parameters.into_iter().map(Lazy::parameter).collect();
        let results = function(&parameters)?;
        let mut known = HashMap::default();
        let (form, captured) = form(&results, &parameters, &mut |lazy| {
            !lazy.is_constant() && !depends(lazy, oldest, &parameters, &mut known)
        })?;
        Ok(Traced { body: Arc::new(Body { form, parameters: parameters.len() }), captured })
    }

    /// The operation on two elements of a type: what reductions combine them by. It is traced once.
    ///
    /// # Errors
    /// Where the operation is not defined on them.
    pub(crate) fn binary(op: Binary, element: ElementType) -> Result<Traced> {
        type Known = Mutex<HashMap<(Binary, ElementType), Arc<Body>>>;
        static KNOWN: OnceLock<Known> = OnceLock::new();
        let known = KNOWN.get_or_init(Known::default);
        let body = known.lock().get(&(op, element)).cloned();
        if let Some(body) = body {
            return Ok(Traced { body, captured: Vec::new() });
        }
        let scalar = TensorType::scalar(element);
        let traced =
            Traced::new([scalar.clone(), scalar], |p| Lazy::record(OpKind::Binary(op), &[&p[0], &p[1]]))?;
        known.lock().insert((op, element), Arc::clone(&traced.body));
        Ok(traced)
    }

    fn signature(&self) -> Signature {
        let parameters = self.body.form.inputs[..self.body.parameters].iter().cloned().map(Type::from);
        Signature { parameters: parameters.collect(), returns: self.body.form.result_types() }
    }
}

impl Form {
    fn result_types(&self) -> Vec<Type> {
        let types: Vec<&TensorType> = self.steps.iter().flat_map(|step| &step.operation.results).collect();
        let type_of = |at: &Ref| match *at {
            Ref::Input(i) => self.inputs[i as usize].clone(),
            Ref::Result(i) => types[i as usize].clone(),
        };
        self.results.iter().map(|at| type_of(at).into()).collect()
    }
}

/// Whether a value is computed from any of the parameters, none of which is older than `oldest`.
fn depends(lazy: &Lazy, oldest: u64, parameters: &[Lazy], known: &mut HashMap<*const Node, bool>) -> bool {
    let mut open = vec![(lazy.clone(), false)];
    while let Some((lazy, seen)) = open.pop() {
        let key = lazy.id().0;
        if known.contains_key(&key) {
            continue;
        }
        if lazy.node.number < oldest || lazy.kept().is_some() {
            known.insert(key, false);
        } else if parameters.iter().any(|parameter| parameter.id().0 == key) {
            known.insert(key, true);
        } else {
            let operands = lazy.node.operands.lock().clone();
            if seen {
                known.insert(key, operands.iter().any(|operand| known.get(&operand.id().0) == Some(&true)));
            } else {
                open.push((lazy.clone(), true));
                open.extend(operands.into_iter().map(|operand| (operand, false)));
            }
        }
    }
    known[&lazy.id().0]
}

/// The form of a recording: its inputs are the parameters, then the leaves, which are given back in their order.
///
/// # Errors
/// Where the recording has a parameter that is none of those given, nor a leaf.
pub(crate) fn form(
    roots: &[Lazy],
    parameters: &[Lazy],
    is_leaf: &mut dyn FnMut(&Lazy) -> bool,
) -> Result<(Form, Vec<Lazy>)> {
    let mut numbered: HashMap<(*const Node, usize), Ref> = HashMap::default();
    for (i, parameter) in parameters.iter().enumerate() {
        numbered.insert(parameter.id(), Ref::Input(i as u32));
    }
    let mut inputs: Vec<TensorType> = parameters.iter().map(|parameter| parameter.ty().clone()).collect();
    let (mut leaves, mut steps, mut values) = (Vec::new(), Vec::new(), 0);
    let mut open: Vec<(Lazy, Option<SmallVec<[Lazy; 2]>>)> =
        roots.iter().rev().map(|root| (root.clone(), None)).collect();
    while let Some((lazy, operands)) = open.pop() {
        if numbered.contains_key(&lazy.id()) {
            continue;
        }
        if operands.is_none() && is_leaf(&lazy) {
            numbered.insert(lazy.id(), Ref::Input(inputs.len() as u32));
            inputs.push(lazy.ty().clone());
            leaves.push(lazy);
            continue;
        }
        let Kind::Operation(operation) = &lazy.node.kind else {
            return Err(TensorError::Traced { ty: lazy.ty().to_string() });
        };
        let Some(operands) = operands else {
            let operands = lazy.node.operands.lock().clone();
            if operands.is_empty() && !lazy.is_constant() && lazy.kept().is_some() {
                // Another thread kept the value since `is_leaf` looked.
                open.push((lazy, None));
                continue;
            }
            let unseen = operands.iter().filter(|operand| !numbered.contains_key(&operand.id())).cloned();
            let unseen: SmallVec<[Lazy; 2]> = unseen.collect();
            open.push((lazy.clone(), Some(operands)));
            open.extend(unseen.into_iter().rev().map(|operand| (operand, None)));
            continue;
        };
        for index in 0..lazy.node.results.len() {
            numbered.entry((lazy.id().0, index)).or_insert(Ref::Result(values));
            values += 1;
        }
        let operands = operands.iter().map(|operand| numbered[&operand.id()]).collect();
        steps.push(Step { operation: Arc::clone(operation), operands });
    }
    let results = roots.iter().map(|root| numbered[&root.id()]).collect();
    Ok((Form { inputs, steps, results }, leaves))
}
