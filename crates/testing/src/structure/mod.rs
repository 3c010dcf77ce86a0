//! Programs of which the structure is random, and not the operations alone.
//!
//! A program has a few types, so that operations find operands and values find several readers. Loops, branches and calls
//! hand values on in every way there is: as they are, exchanged, doubled, as views, from outside, as constants.

mod branches;
mod carry;
mod regions;
mod scalars;
mod steps;

use std::collections::HashSet;

use runahead_ir::{Attribute, ElementType, Function, Module, TensorType, Type, ValueId, Visibility};

use crate::case::Case;
use crate::choices::{Choices, random_bytes};
use crate::generate::Generator;
use crate::palette::Palette;
use crate::values::{Draw, elements};

/// The program of a seed, with its arguments.
pub fn case(seed: u64) -> Case {
    let bytes = random_bytes(seed ^ 0x5EED_0000_0000, 1 << 14);
    let mut choices = Choices::new(&bytes);
    let module = module(&mut choices);
    let main = module.main().expect("it was made");
    let types: Vec<TensorType> =
        main.parameter_types().map(|ty| ty.as_tensor().expect("parameters are tensors").clone()).collect();
    let arguments = types
        .iter()
        .map(|ty| {
            let draw = choices.weighted(&[(8, Draw::Whole), (2, Draw::Small), (1, Draw::Any)]);
            elements(ty, choices.below(1 << 16) as u64, draw)
        })
        .collect();
    let all = choices.once_in(4);
    let donated = (0..types.len()).filter(|_| all || choices.once_in(2)).collect();
    Case { module, arguments, donated }
}

/// A private function that programs may call.
#[derive(Clone)]
pub(crate) struct Callee {
    name: String,
    parameters: Vec<TensorType>,
    results: Vec<Type>,
}

fn module(choices: &mut Choices<'_>) -> Module {
    let palette = Palette::new(choices);
    let mut callees: Vec<Callee> = Vec::new();
    let mut functions: Vec<Function> = Vec::new();
    for i in 0..choices.one_of(&[0, 0, 0, 1, 2]) {
        let function = callee(choices, &palette, format!("f{i}"), &callees);
        let tensor = |ty: &Type| ty.as_tensor().expect("parameters are tensors").clone();
        callees.push(Callee {
            name: function.name.to_string(),
            parameters: function.parameter_types().map(tensor).collect(),
            results: function.result_types.clone(),
        });
        functions.push(function);
    }
    let mut g = generator(choices, palette, callees);
    for _ in 0..1 + g.choices.below(4) {
        let ty = g.palette_type();
        g.input(ty);
    }
    let large = g.palette.as_ref().is_some_and(Palette::is_large);
    let operations = match g.choices.below(64) {
        // More than a fused loop takes.
        0 => 150 + g.choices.below(100),
        _ if large => 4 + g.choices.below(10),
        _ => 5 + g.choices.below(76),
    };
    g.budget = operations;
    if operations >= 150 {
        g.chain(operations);
    }
    while g.budget > 0 {
        g.step();
    }
    let returns = g.results();
    *choices = std::mem::replace(&mut g.choices, Choices::new(&[]));
    let values = g.values.clone();
    let mut main = g.function(&returns);
    return_unused(choices, &mut main, &values);
    wishes(choices, &mut main);
    let mut module = main.into_module();
    module.functions.extend(functions);
    module
}

fn generator<'a>(choices: &mut Choices<'a>, palette: Palette, callees: Vec<Callee>) -> Generator<'a> {
    let mut g = Generator::new(&[], 200);
    g.choices = std::mem::replace(choices, Choices::new(&[]));
    g.palette = Some(palette);
    g.callees = callees;
    g.orderless = true;
    g
}

fn callee(choices: &mut Choices<'_>, palette: &Palette, name: String, callees: &[Callee]) -> Function {
    let mut g = generator(choices, palette.clone(), callees.to_vec());
    for _ in 0..1 + g.choices.below(3) {
        let ty = g.palette_type();
        g.input(ty);
    }
    g.budget = 2 + g.choices.below(6);
    // No new parameters while it is built: each call would need values for them.
    g.depth = 1;
    while g.budget > 0 {
        g.step();
    }
    let returns = g.results();
    *choices = std::mem::replace(&mut g.choices, Choices::new(&[]));
    let mut function = g.function(&returns);
    function.name = name.into();
    function.visibility = Some(Visibility::Private);
    function
}

/// The most results that a function gives because nothing else uses them.
const MOST_UNUSED: usize = 12;

/// Returns most of what no operation uses: else what it was computed from is not computed.
fn return_unused(choices: &mut Choices<'_>, main: &mut Function, values: &[ValueId]) {
    let mut used: HashSet<ValueId> = main.body.returns.iter().copied().collect();
    main.for_each_op(|op| {
        used.extend(op.operands.iter().copied());
        op.regions.iter().for_each(|region| used.extend(region.returns.iter().copied()));
    });
    let unused = values.iter().copied().filter(|value| !used.contains(value));
    let tensors = unused.filter(|&value| main.type_of(value).as_tensor().is_some());
    let returned: Vec<ValueId> = tensors.filter(|_| !choices.once_in(4)).take(MOST_UNUSED).collect();
    main.result_types.extend(returned.iter().map(|&value| main.values[value].clone()));
    main.result_attributes.extend(returned.iter().map(|_| Default::default()));
    main.body.returns.extend(returned);
}

/// Says of some parameters which result is to take their memory.
fn wishes(choices: &mut Choices<'_>, main: &mut Function) {
    if !choices.once_in(3) {
        return;
    }
    let types: Vec<Type> = main.parameter_types().cloned().collect();
    let mut free: Vec<usize> = (0..main.result_types.len()).collect();
    for (ty, attributes) in types.iter().zip(&mut main.parameter_attributes) {
        if let Some(at) = free.iter().position(|&result| main.result_types[result] == *ty)
            && choices.once_in(2)
        {
            let result = free.remove(at) as i64;
            let ty = TensorType::scalar(ElementType::I32).into();
            attributes.set("tf.aliasing_output", Attribute::Integer(result.into(), ty));
        }
    }
}

impl Generator<'_> {
    /// What the function returns: the last values, older ones, parameters, some twice, and views of them.
    fn results(&mut self) -> Vec<ValueId> {
        let tensors: Vec<ValueId> =
            self.values.iter().copied().filter(|&v| self.tensor(v).is_some()).collect();
        let mut returns: Vec<ValueId> = Vec::new();
        let last = tensors.len().saturating_sub(1 + self.choices.below(6));
        for &value in tensors[last..].iter().rev() {
            returns.push(value);
        }
        for _ in 0..self.choices.below(4) {
            returns.push(self.choices.one_of(&tensors));
        }
        if self.choices.once_in(4) {
            returns.push(self.choices.one_of(&returns.clone()));
        }
        if self.choices.once_in(4) {
            let of = self.choices.one_of(&returns.clone());
            returns.push(self.view(of));
        }
        if self.choices.once_in(6) {
            // A parameter as it is, where there is one.
            returns.push(tensors[0]);
        }
        if self.choices.once_in(2) {
            let order = self.choices.permutation(returns.len());
            returns = order.into_iter().map(|i| returns[i]).collect();
        }
        returns
    }
}
