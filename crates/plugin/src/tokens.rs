//! Tokens that a program takes and gives.
//!
//! JAX orders effects of one execution after those of another by a token that the one gives and the other takes. Buffers
//! hold no tokens, so they stand for them as tensors without elements: who takes one waits for who gives it, whether or not
//! that one fails, as a token is no data of its.

use runahead::ir::{Attribute, Literal, Location, Module, Op, OpKind, Type};
use runahead::{BudgetExceeded, Device, ElementType, TensorType};

use crate::error::Fault;

/// By this JAX says that something is a token, also of what stands for one.
const IS_TOKEN: &str = "jax.token";

/// What stands for a token.
fn stand_in() -> TensorType {
    TensorType::new(ElementType::Bool, [0])
}

/// Has a program's main function take and give tensors without elements in place of tokens.
pub(crate) fn replace(module: &mut Module) {
    let Some(name) = module.main().map(|main| main.name.clone()) else { return };
    let Some(main) = module.functions.iter_mut().find(|function| function.name == name) else { return };
    let op = |kind: OpKind, result| Op {
        kind,
        operands: Default::default(),
        results: [result].into(),
        regions: Vec::new(),
        attributes: Default::default(),
        location: Location::UNKNOWN,
    };
    let mut created = Vec::new();
    for parameter in &mut main.body.parameters {
        if main.values[*parameter] == Type::Token {
            created.push(op(OpKind::CreateToken, *parameter));
            *parameter = main.values.add(stand_in().into());
        }
    }
    main.body.ops.splice(0..0, created);
    for (i, (value, ty)) in main.body.returns.iter_mut().zip(&mut main.result_types).enumerate() {
        if *ty == Type::Token
            && let Ok(nothing) = Literal::new(stand_in(), Vec::new())
        {
            *ty = stand_in().into();
            *value = main.values.add(ty.clone());
            main.body.ops.push(op(OpKind::Constant(nothing), *value));
            main.result_attributes[i].set(IS_TOKEN, Attribute::Bool(true));
        }
    }
}

/// The results of a program that stand for tokens.
pub(crate) fn of(module: &Module) -> Vec<usize> {
    let Some(main) = module.main() else { return Vec::new() };
    let is_token = |i: &usize| {
        let says = main.result_attributes.get(*i).and_then(|attributes| attributes.get(IS_TOKEN));
        matches!(says, Some(Attribute::Bool(true))) && main.result_types[*i] == stand_in().into()
    };
    (0..main.result_types.len()).filter(is_token).collect()
}

/// What an execution gives for a token in place of the tensor that it writes: one that is there when that is, or has failed.
pub(crate) fn given_after(device: &Device, written: &runahead::Buffer) -> Result<runahead::Buffer, Fault> {
    let ended = written.ready();
    let ended = Box::pin(async move {
        // The failure is found at the execution's results.
        let _ = ended.await;
    });
    Ok(device.upload_when(stand_in(), ended, |_: &mut [u8]| Ok::<(), BudgetExceeded>(()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_through_a_program() {
        let text =
            "func.func @main(%t: !stablehlo.token, %x: tensor<f32>) -> (!stablehlo.token, tensor<f32>) {
          %u = \"stablehlo.after_all\"(%t) : (!stablehlo.token) -> !stablehlo.token
          return %u, %x : !stablehlo.token, tensor<f32>
        }";
        let mut module = runahead::ir::parse("tokens", text).unwrap();
        replace(&mut module);
        runahead::ir::verify(&module).unwrap();
        let main = module.main().unwrap();
        let types: Vec<String> =
            main.parameter_types().chain(&main.result_types).map(|ty| ty.to_string()).collect();
        assert_eq!(types, ["tensor<0xi1>", "tensor<f32>", "tensor<0xi1>", "tensor<f32>"]);
        assert_eq!(of(&module), [0]);
    }
}
