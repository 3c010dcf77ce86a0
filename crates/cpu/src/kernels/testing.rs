//! What the kernels' tests share: operations built by hand.

use std::cell::Cell;

use runahead_ir::{
    Attributes, ElementType, Function, Location, Op, OpKind, Region, TensorType, Type, ValueId, Values,
};
use runahead_runtime::AlignedBytes;

use super::kernel_for;
use crate::element::Element;
use crate::kernel::{Kernel, Operand, Site};
use crate::testing::rubbish;
pub(super) use crate::testing::{Random, cast};

thread_local! {
    static PARTS: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The most parts that [`Case::run`] splits work into.
pub(super) const MOST_PARTS: usize = 7;

/// How many parts work is split into, where a test says so.
pub(super) fn forced_parts() -> Option<usize> {
    PARTS.get()
}

/// Runs `body` with all work split into that many parts.
pub(super) fn with_parts<R>(parts: usize, body: impl FnOnce() -> R) -> R {
    PARTS.set(Some(parts));
    let result = body();
    PARTS.set(None);
    result
}

/// An operation with operands and results of known types.
pub(super) struct Case {
    pub(super) op: Op,
    pub(super) function: Function,
}

pub(super) fn ty(element: ElementType, dims: &[usize]) -> TensorType {
    TensorType::new(element, dims.iter().copied())
}

pub(super) fn f32s(dims: &[usize]) -> TensorType {
    ty(ElementType::F32, dims)
}

impl Case {
    pub(super) fn new(kind: OpKind, operands: &[TensorType], results: &[TensorType]) -> Case {
        let mut values = Values::default();
        let mut add = |ty: &TensorType| values.add(Type::Tensor(ty.clone()));
        let operands: Vec<ValueId> = operands.iter().map(&mut add).collect();
        let results: Vec<ValueId> = results.iter().map(&mut add).collect();
        let op = Op {
            kind,
            operands: operands.clone().into(),
            results: results.into(),
            regions: Vec::new(),
            attributes: Attributes::default(),
            location: Location::UNKNOWN,
        };
        let function = Function {
            name: "main".into(),
            visibility: None,
            parameter_names: Vec::new(),
            parameter_attributes: Vec::new(),
            result_types: Vec::new(),
            result_attributes: Vec::new(),
            attributes: Attributes::default(),
            body: Region { parameters: operands, ..Region::default() },
            values,
            location: Location::UNKNOWN,
        };
        Case { op, function }
    }

    /// The first operation of the only function of a program.
    pub(super) fn parse(program: &str) -> Case {
        let module = runahead_ir::parse("test", program).unwrap_or_else(|error| panic!("{error}"));
        let function = module.functions.into_iter().next().expect("a function");
        let op = function.body.ops.iter().find(|op| !op.operands.is_empty()).expect("an operation").clone();
        Case { op, function }
    }

    pub(super) fn kernel(&self) -> Box<dyn Kernel> {
        let module = runahead_ir::Module::default();
        let options = crate::compile::CompileOptions::default();
        let site = Site { op: &self.op, function: &self.function, module: &module, options: &options };
        let mut kernel = kernel_for(site).expect("the operation has a kernel");
        kernel.make_tables();
        kernel
    }

    /// Runs the kernel in every way there is (split into parts or not, in place or not) and returns the results,
    /// which must be the same each time.
    pub(super) fn run(&self, operands: &[&[u8]]) -> Vec<Vec<u8>> {
        let kernel = self.kernel();
        assert!(!kernel.describe().is_empty());
        let sizes: Vec<usize> = self
            .op
            .results
            .iter()
            .map(|&r| self.function.type_of(r).as_tensor().unwrap().byte_count().unwrap())
            .collect();
        let expected = run_kernel(&*kernel, operands, &sizes, false);
        for parts in [1, 2, MOST_PARTS] {
            for in_place in [false, true] {
                let found = with_parts(parts, || run_kernel(&*kernel, operands, &sizes, in_place));
                for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
                    let place = found.iter().zip(expected).position(|(f, e)| f != e);
                    assert!(
                        place.is_none(),
                        "{parts} parts, in place: {in_place}: result {i} differs at {place:?}"
                    );
                }
            }
        }
        expected
    }

    /// Runs the kernel on operands of one type and returns the only result.
    pub(super) fn run_as<T: Element, R: Element>(&self, operands: &[&[T]]) -> Vec<R> {
        let operands: Vec<&[u8]> = operands.iter().map(|o| bytemuck::cast_slice(o)).collect();
        cast(&self.run(&operands)[0])
    }
}

pub(super) fn run_kernel(
    kernel: &dyn Kernel,
    operands: &[&[u8]],
    result_sizes: &[usize],
    in_place: bool,
) -> Vec<Vec<u8>> {
    let operands: Vec<AlignedBytes> = operands.iter().map(|o| AlignedBytes::copy_of(o).unwrap()).collect();
    let mut results: Vec<AlignedBytes> = result_sizes.iter().map(|&size| rubbish(size)).collect();
    let mut scratch = rubbish(kernel.scratch_bytes());
    let mut places: Vec<Operand<'_>> = operands.iter().map(|o| Operand::Bytes(o)).collect();
    if in_place {
        let mut taken = vec![false; results.len()];
        for pair in kernel.in_place() {
            let alone = matches!(places[pair.operand], Operand::Bytes(_));
            if alone && !std::mem::replace(&mut taken[pair.result], true) {
                results[pair.result].copy_from_slice(&operands[pair.operand]);
                places[pair.operand] = Operand::InResult(pair.result);
            }
        }
    }
    let mut slices: Vec<&mut [u8]> = results.iter_mut().map(|r| &mut r[..]).collect();
    kernel.run(&places, &mut slices, &mut scratch);
    results.iter().map(|r| r.to_vec()).collect()
}
