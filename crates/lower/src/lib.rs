//! From StableHLO to what a device runs, as far as no device has a say in it.
//!
//! [`loops`] is the form of everything that computes element by element: scalar operations in nests of loops, with reads
//! and writes at computed places of memories. [`forms`] writes operations of StableHLO in it. What a backend makes of the
//! loops, it decides itself: the CPU compiles them to machine code.
//!
//! ```
//! use runahead_ir::{Binary, ElementType, TensorType};
//! use runahead_lower::loops::{Operation, Tensor, Writer};
//!
//! // y[i] = x[i] + x[i], for both in memories of their own.
//! let ty = TensorType::new(ElementType::F32, [8]);
//! let [x, y] = [0, 1].map(|memory| Tensor::new(memory, 0, &ty));
//! let mut writer = Writer::default();
//! writer.nest(&[8], &mut |writer, index| {
//!     let element = writer.read(x.at(index));
//!     let sum = writer.compute(Operation::Binary(Binary::Add), &[element, element], ElementType::F32);
//!     writer.write(y.at(index), sum);
//! });
//! assert_eq!(writer.finish().statements.len(), 1);
//! ```
pub mod forms;
pub mod loops;
