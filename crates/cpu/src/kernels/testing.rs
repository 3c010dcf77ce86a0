//! What the kernels' tests share: operations built by hand, memory full of rubbish, random numbers.

use std::cell::Cell;

use runahead_ir::{
    Attributes, ElementType, Function, Location, Op, OpKind, Region, TensorType, Type, ValueId, Values,
};
use runahead_runtime::AlignedBytes;

use super::kernel_for;
use crate::element::Element;
use crate::kernel::{Kernel, Operand, Site};

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

/// Numbers that look random and are the same each time.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        // A 64-bit linear congruential generator, whose high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) ^ (self.0 << 29)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        ((self.next() as u32 as u64 * end as u64) >> 32) as usize
    }

    pub(super) fn range(&mut self, start: i64, end: i64) -> i64 {
        start + self.below((end - start) as usize) as i64
    }

    /// A multiple of 1/64 in [-2, 2): sums and products of a few of them are exact in `f32`.
    pub(super) fn float(&mut self) -> f32 {
        (self.below(256) as f32 - 128.0) / 64.0
    }

    pub(super) fn floats(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.float()).collect()
    }

    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
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
        let processes = crate::process::Processes::default();
        kernel_for(Site { op: &self.op, function: &self.function, module: &module, processes })
            .expect("the operation has a kernel")
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

/// The elements that the bytes hold.
pub(super) fn cast<T: Element>(bytes: &[u8]) -> Vec<T> {
    bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned).collect()
}

pub(super) fn run_kernel(
    kernel: &dyn Kernel,
    operands: &[&[u8]],
    result_sizes: &[usize],
    in_place: bool,
) -> Vec<Vec<u8>> {
    let rubbish = |size: usize| {
        let mut bytes = AlignedBytes::zeroed(size).unwrap();
        bytes.fill(0xFF);
        bytes
    };
    let operands: Vec<AlignedBytes> = operands.iter().map(|o| AlignedBytes::copy_of(o).unwrap()).collect();
    let mut results: Vec<AlignedBytes> = result_sizes.iter().map(|&size| rubbish(size)).collect();
    let mut scratch = rubbish(kernel.scratch_bytes());
    let mut places: Vec<Operand<'_>> = operands.iter().map(|o| Operand::Bytes(o)).collect();
    if in_place {
        for pair in kernel.in_place() {
            results[pair.result].copy_from_slice(&operands[pair.operand]);
            places[pair.operand] = Operand::InResult(pair.result);
        }
    }
    let mut slices: Vec<&mut [u8]> = results.iter_mut().map(|r| &mut r[..]).collect();
    kernel.run(&places, &mut slices, &mut scratch);
    results.iter().map(|r| r.to_vec()).collect()
}
