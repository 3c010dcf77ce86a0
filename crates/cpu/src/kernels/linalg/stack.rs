//! Running a task on each matrix of a stack.

use std::fmt::Debug;

use num_complex::Complex;
use runahead_ir::{ElementType, TensorType};
use runahead_linalg::{Matrix, Number, Spectral};

use super::super::shape::{operand, plain, product, result, shown};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

/// What is done with the matrices at one place of all stacks.
pub(super) trait Task: Debug + Send + Sync + 'static {
    /// How often what it takes and gives at one place is in memory at the same time, at most, in double precision.
    fn copies(&self) -> usize {
        2
    }

    /// Does it for every place.
    fn run<T: Spectral>(&self, stacks: &mut Stacks<'_, '_>);
}

#[derive(Debug)]
struct Stacked<K> {
    name: &'static str,
    task: K,
    complex: bool,
    operands: Vec<TensorType>,
    results: Vec<TensorType>,
    batch: usize,
}

/// A kernel that does a task for each place in the axes before the last two of the first operand.
pub(super) fn kernel(
    site: Site<'_>,
    name: &'static str,
    element: ElementType,
    task: impl Task,
) -> Result<Box<dyn Kernel>, Unsupported> {
    let first = operand(site, 0)?;
    let Some(batch) = first.rank().checked_sub(2) else {
        return Err(Unsupported(format!("of {first}; expected matrices in the last two axes")));
    };
    batched(site, name, element, batch, task)
}

/// As [`kernel`], with so many axes that number the places.
pub(super) fn batched(
    site: Site<'_>,
    name: &'static str,
    element: ElementType,
    axes: usize,
    task: impl Task,
) -> Result<Box<dyn Kernel>, Unsupported> {
    let operands =
        (0..site.op.operands.len()).map(|i| operand(site, i).cloned()).collect::<Result<Vec<_>, _>>()?;
    let results =
        (0..site.op.results.len()).map(|i| result(site, i).cloned()).collect::<Result<Vec<_>, _>>()?;
    let places = &operands[0].dims[..axes];
    for ty in operands.iter().chain(&results) {
        plain(ty)?;
        if ty.dims.get(..axes) != Some(places) {
            return Err(Unsupported(format!(
                "of {} and {ty}; expected the same first {axes} axes",
                operands[0]
            )));
        }
    }
    let batch = product(places);
    Ok(Box::new(Stacked { name, task, complex: element.is_complex(), operands, results, batch }))
}

impl<K: Task> Kernel for Stacked<K> {
    fn describe(&self) -> String {
        format!("{} {}", self.name, shown(&self.operands[0].dims))
    }

    fn allocated_bytes(&self) -> usize {
        let at_one_place = |ty: &TensorType| product(&ty.dims).checked_div(self.batch).unwrap_or(0);
        let numbers = self.operands.iter().chain(&self.results).map(at_one_place);
        let number = if self.complex { size_of::<Complex<f64>>() } else { size_of::<f64>() };
        numbers.fold(0, usize::saturating_add).saturating_mul(self.task.copies() * number)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let operands: Vec<&[u8]> = operands.iter().map(|operand| operand.bytes()).collect();
        let mut stacks = Stacks {
            operands: &operands,
            operand_types: &self.operands,
            results,
            result_types: &self.results,
            batch: self.batch,
            place: 0,
        };
        if self.complex {
            self.task.run::<Complex<f64>>(&mut stacks)
        } else {
            self.task.run::<f64>(&mut stacks)
        }
    }
}

/// The matrices and vectors of all operands and results, at one place at a time.
pub(super) struct Stacks<'a, 'b> {
    operands: &'a [&'a [u8]],
    operand_types: &'a [TensorType],
    results: &'a mut [&'b mut [u8]],
    result_types: &'a [TensorType],
    batch: usize,
    place: usize,
}

impl Stacks<'_, '_> {
    /// Calls `body` for every place.
    pub(super) fn for_each(&mut self, mut body: impl FnMut(&mut Self)) {
        for place in 0..self.batch {
            self.place = place;
            body(self);
        }
    }

    /// The matrix of an operand.
    pub(super) fn read<T: Number>(&self, i: usize) -> Matrix<T> {
        let dims = &self.operand_types[i].dims;
        let [.., rows, columns] = dims[..] else { return Matrix::zeros(0, 0) };
        Matrix { rows, columns, data: self.read_all(i) }
    }

    /// All numbers of an operand.
    pub(super) fn read_all<T: Number>(&self, i: usize) -> Vec<T> {
        let element = self.operand_types[i].element;
        let piece = self.operands[i].len() / self.batch;
        let bytes = &self.operands[i][self.place * piece..][..piece];
        bytes.chunks_exact(element.size()).map(|bytes| number(element, bytes)).collect()
    }

    /// The integers of an operand.
    pub(super) fn read_integers(&self, i: usize) -> Vec<i32> {
        self.read_all::<f64>(i).into_iter().map(|x| x as i32).collect()
    }

    /// The rows and columns of a result.
    pub(super) fn result_shape(&self, i: usize) -> (usize, usize) {
        match self.result_types[i].dims[..] {
            [.., rows, columns] => (rows, columns),
            _ => (0, 0),
        }
    }

    /// Writes the matrix of a result.
    pub(super) fn write<T: Number>(&mut self, i: usize, matrix: &Matrix<T>) {
        self.write_all(i, &matrix.data);
    }

    /// Writes all numbers of a result.
    pub(super) fn write_all<T: Number>(&mut self, i: usize, values: &[T]) {
        let element = self.result_types[i].element;
        let piece = self.results[i].len() / self.batch;
        let bytes = &mut self.results[i][self.place * piece..][..piece];
        for (to, &value) in bytes.chunks_exact_mut(element.size()).zip(values) {
            write_number(element, value, to);
        }
    }

    /// Writes integers to a result.
    pub(super) fn write_integers(&mut self, i: usize, values: &[i32]) {
        let values: Vec<f64> = values.iter().map(|&value| value.into()).collect();
        self.write_all(i, &values);
    }

    /// Writes not-a-number everywhere in a result.
    pub(super) fn write_nan(&mut self, i: usize) {
        let count = self.results[i].len() / self.batch / self.result_types[i].element.size();
        self.write_all(i, &vec![Complex::new(f64::NAN, f64::NAN); count]);
    }
}

fn number<T: Number>(element: ElementType, bytes: &[u8]) -> T {
    let f32_at = |i: usize| f64::from(bytemuck::pod_read_unaligned::<f32>(&bytes[i..i + 4]));
    let f64_at = |i: usize| bytemuck::pod_read_unaligned::<f64>(&bytes[i..i + 8]);
    match element {
        ElementType::F32 => T::of(f32_at(0)),
        ElementType::F64 => T::of(f64_at(0)),
        ElementType::C64 => T::from_parts(f32_at(0), f32_at(4)),
        ElementType::C128 => T::from_parts(f64_at(0), f64_at(8)),
        _ => T::of(bytemuck::pod_read_unaligned::<i32>(&bytes[..4]).into()),
    }
}

fn write_number<T: Number>(element: ElementType, value: T, to: &mut [u8]) {
    let (re, im) = (value.real(), value.imaginary());
    match element {
        ElementType::F32 => to.copy_from_slice(&(re as f32).to_le_bytes()),
        ElementType::F64 => to.copy_from_slice(&re.to_le_bytes()),
        ElementType::C64 => {
            to[..4].copy_from_slice(&(re as f32).to_le_bytes());
            to[4..].copy_from_slice(&(im as f32).to_le_bytes());
        }
        ElementType::C128 => {
            to[..8].copy_from_slice(&re.to_le_bytes());
            to[8..].copy_from_slice(&im.to_le_bytes());
        }
        _ => to.copy_from_slice(&(re as i32).to_le_bytes()),
    }
}
