//! Tokens that a program takes and gives.
//!
//! JAX orders effects of one execution after those of another by a token that the one gives and the other takes. Buffers
//! hold no tokens, so they stand for them as tensors without elements: who takes one waits for who gives it.

use runahead::ir::{Literal, Location, Module, Op, OpKind, Type};
use runahead::{ElementType, TensorType};

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
    for (value, ty) in main.body.returns.iter_mut().zip(&mut main.result_types) {
        if *ty == Type::Token
            && let Ok(nothing) = Literal::new(stand_in(), Vec::new())
        {
            *ty = stand_in().into();
            *value = main.values.add(ty.clone());
            main.body.ops.push(op(OpKind::Constant(nothing), *value));
        }
    }
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
    }
}
