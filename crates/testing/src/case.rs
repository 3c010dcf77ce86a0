//! A program with its arguments.

use runahead_ir::{Function, Module, TensorType};

use crate::evaluate::{Evaluation, MOST_WORK, Tensor, evaluate};

/// A program, what it is run on, and which of that it may overwrite.
#[derive(Clone, Debug)]
pub struct Case {
    /// The program.
    pub module: Module,
    /// The bytes of each argument.
    pub arguments: Vec<Vec<u8>>,
    /// The arguments that are given for keeps.
    pub donated: Vec<usize>,
}

impl Case {
    /// The main function.
    ///
    /// # Panics
    /// Where there is none.
    pub fn main(&self) -> &Function {
        self.module.main().expect("a case has a main function")
    }

    /// The types of the arguments.
    ///
    /// # Panics
    /// Where one is no tensor.
    pub fn types(&self) -> Vec<TensorType> {
        self.main()
            .parameter_types()
            .map(|ty| ty.as_tensor().expect("arguments are tensors").clone())
            .collect()
    }

    /// What the program gives; none where that is much work.
    pub fn evaluate(&self) -> Option<Evaluation> {
        let types = self.types();
        let tensors = types.iter().zip(&self.arguments).map(|(ty, bytes)| Tensor::decode(ty, bytes));
        evaluate(&self.module, tensors.collect(), MOST_WORK)
    }
}
