//! Operations that run regions, and those that only hand values on.

use super::*;
use crate::Check;

pub(super) fn token(ty: &Type) -> Ruled<()> {
    ensure!(*ty == Type::Token, "an operand is {ty}; expected !stablehlo.token");
    Ok(())
}

fn agree_all(a: &[Type], b: &[&Type]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agrees(a, b, false))
}

/// Types separated by commas, for a message.
pub(crate) fn list<'t>(types: impl IntoIterator<Item = &'t Type>) -> String {
    let types: Vec<String> = types.into_iter().map(Type::to_string).collect();
    if types.is_empty() { "nothing".into() } else { types.join(", ") }
}

pub(super) fn while_loop(operands: &[&Type], condition: &Signature, body: &Signature) -> Ruled<Inferred> {
    let expected = || list(operands.iter().copied());
    for (what, region) in [("condition", condition), ("body", body)] {
        ensure!(
            agree_all(&region.parameters, operands),
            "the {what}'s parameters are {}; expected those of the loop: {}",
            list(&region.parameters),
            expected()
        );
    }
    let predicate = Type::Tensor(TensorType::scalar(ElementType::Bool));
    ensure!(
        condition.returns == [predicate],
        "the condition returns {}; expected tensor<i1>",
        list(&condition.returns)
    );
    ensure!(
        agree_all(&body.returns, operands),
        "the body returns {}; expected the types of the loop: {}",
        list(&body.returns),
        expected()
    );
    Ok(Inferred::Types(operands.iter().map(|&t| t.clone()).collect()))
}

/// `if` and `case`: a scalar that selects, and branches that take nothing and return the same.
pub(super) fn branches(operands: &[&Type], regions: &[Signature], element: ElementType) -> Ruled<Inferred> {
    let [selector] = tensors(operands)?;
    ensure!(
        *selector == TensorType::scalar(element),
        "the operand is {selector}; expected {}",
        TensorType::scalar(element)
    );
    let first = &regions[0].returns;
    for (i, region) in regions.iter().enumerate() {
        ensure!(
            region.parameters.is_empty(),
            "branch {i} has parameters; expected none: a branch uses what is defined around it"
        );
        ensure!(
            agree_all(&region.returns, &first.iter().collect::<Vec<_>>()),
            "branch {i} returns {}; expected what the first returns: {}",
            list(&region.returns),
            list(first)
        );
    }
    // A size that one branch leaves open is open in the result.
    let mut types = first.clone();
    for region in &regions[1..] {
        for (ours, theirs) in types.iter_mut().zip(&region.returns) {
            if let (Type::Tensor(ours), Type::Tensor(theirs)) = (ours, theirs) {
                ours.dims.iter_mut().zip(&theirs.dims).for_each(|(a, b)| *a = (*a).max(*b));
            }
        }
    }
    Ok(Inferred::Types(types))
}

pub(super) fn get_tuple_element(index: usize, operands: &[&Type]) -> Ruled<Inferred> {
    arity(operands, 1)?;
    match operands[0] {
        Type::Tuple(parts) if index < parts.len() => Inferred::one(parts[index].clone()),
        Type::Tuple(parts) => problem(format!("index is {index}; expected one below {}", parts.len())),
        other => problem(format!("the operand is {other}; expected a tuple")),
    }
}

pub(super) fn check(check: &Check, operands: &[&Type]) -> Ruled<Inferred> {
    match check {
        Check::ExpectEqConst(value) | Check::ExpectAlmostEqConst { value, .. } => {
            arity(operands, 1)?;
            let (got, want) = (tensor(operands, 0)?, value.ty());
            ensure!(
                same_dims(&got.dims, &want.dims) && same_element(got, want),
                "the operand is {got} and the constant {want}; expected one type"
            );
        }
        Check::ExpectSerializedEq { .. } => arity(operands, 1)?,
        _ => {
            let [a, b] = tensors(operands)?;
            ensure!(
                same_dims(&a.dims, &b.dims) && same_element(a, b),
                "the operands are {a} and {b}; expected operands of one type"
            );
        }
    }
    Ok(Inferred::Types(Vec::new()))
}
