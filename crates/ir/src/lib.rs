//! StableHLO programs as data: read, checked, built, rewritten and printed.
//!
//! A [`Module`] is a list of [`Function`]s. A function is a [`Region`] of operations in the order in which they run;
//! each [`Op`] names the [`ValueId`]s that it takes and defines, and says by its [`OpKind`] what it does. The operations
//! are StableHLO's, with those of the CHLO dialect that JAX emits, calls, and the checks of self-checking programs.
//! Nothing is hidden behind traits: a pass is a function that matches on data.
//!
//! ```
//! use runahead_ir::{ElementType, OpKind, parse, passes, verify};
//!
//! let mut module = parse(
//!     "relu.mlir",
//!     "module @jit_f {
//!        func.func public @main(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
//!          %0 = call @relu(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xf32>
//!          return %0 : tensor<2x3xf32>
//!        }
//!        func.func private @relu(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
//!          %cst = stablehlo.constant dense<0.0> : tensor<f32>
//!          %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
//!          %1 = stablehlo.maximum %arg0, %0 : tensor<2x3xf32>
//!          return %1 : tensor<2x3xf32>
//!        }
//!      }",
//! )?;
//! verify(&module).expect("a valid program");
//! passes::inline_calls(&mut module, 1_000_000)?;
//! passes::fold(&mut module.functions[0]);
//! passes::dce(&mut module.functions[0]);
//!
//! let main = module.main().expect("there is a main function");
//! let zeros = &main.body.ops[0];
//! assert!(matches!(&zeros.kind, OpKind::Constant(value) if value.as_splat().is_some()));
//! assert_eq!(main.type_of(zeros.results[0]).as_tensor().unwrap().element, ElementType::F32);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way through
//!
//! ```text
//!   text ──parse─────────────┐                          ┌──Display── text
//!   bytecode ──read_bytecode─┼── generic ── Module ─────┼──write_artifact── portable artifacts
//!   builder ─────────────────┘              │    ▲      └── a backend's compiler
//!                                        verify  passes
//!                                           └─ rules ─┘
//! ```
//!
//! - [`parse`] and [`parse_sections`] read text as JAX and `stablehlo-opt` print it, pretty or quoted. A [`ParseError`]
//!   shows the place and says what was expected. No text makes them panic, overflow the stack, or ask for more memory
//!   than a small multiple of the text.
//! - [`read_bytecode`] reads MLIR bytecode and portable artifacts, the form in which JAX ships programs, and gives the same
//!   module as the program's text; [`write_artifact`] writes them. [`read`] takes either form. Of bytes no more is believed
//!   than of text.
//! - [`generic`] is where readers and writers meet: a name and a dictionary of attributes on one side, an [`OpKind`] on
//!   the other. A reader of another format ends there too.
//! - [`FunctionBuilder`] builds functions in code.
//! - [`verify`] is the contract with what comes after: a module that it accepts can be compiled without looking at
//!   any size, axis or index again. [`infer`] gives the types of an operation's results; verifier and builder share it.
//! - [`differentiate`] gives a function's derivative, forwards and backwards, as a function.
//! - [`passes`] inline calls, drop what is not used, merge what is done twice, and simplify what shapes alone tell.
//! - A module's `Display` is canonical text, which reads back to the same program ([`Module::same_program`]).
//!
//! # What this crate does not know
//!
//! Devices, buffers, threads and time; how an operation is computed. It does no input or output: a [`Source`] is a
//! name and a text, or what bytecode says of where its operations came from. It evaluates nothing: what it folds, it
//! folds by shape.

mod attribute;
mod builder;
mod bytecode;
mod calls;
mod compare;
pub mod differentiate;
mod effects;
pub mod float;
pub mod generic;
mod literal;
mod module;
mod native;
mod neutral;
mod op;
pub mod passes;
mod rules;
mod source;
mod text;
mod types;
mod verify;

pub use attribute::{Attribute, Attributes};
pub use builder::{Built, FunctionBuilder};
pub use bytecode::{
    ArtifactVersion, BytecodeError, ReadError, WriteError, is_bytecode, read, read_bytecode, read_sections,
    write_artifact,
};
pub use literal::{Literal, LiteralError};
pub use module::{Function, Location, Mesh, Module, Op, Region, ValueId, Values, Visibility};
pub use native::Native;
pub use op::*;
pub use rules::{Inferred, Problem, Signature, check_open, infer};
pub use source::{Position, Source};
pub use text::{ParseError, parse, parse_sections};
pub use types::{DYNAMIC, Dims, ElementType, MAX_RANK, Quantization, TensorType, Type};
pub use verify::{VerifyError, verify};
