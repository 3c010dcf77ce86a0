//! Taking the checks out of a program.

use std::sync::Arc;

use runahead::ir::{
    Attributes, Check as Dialect, ElementType, Function, Location, Module, Op, OpKind, Region, ValueId,
    passes,
};
use runahead::{Literal, TensorType};

use crate::compare::Rule;

/// The most operations that a program may have when its calls are inlined.
const MOST_OPERATIONS: usize = 1_000_000;

/// How far apart floats may be that `check.expect_almost_eq_const` and its like compare, unless they say.
const DIALECT_TOLERANCE: f64 = 1e-4;

/// A check that was taken out of a program.
#[derive(Debug)]
pub(super) struct Check {
    /// What the program calls it.
    pub(super) name: String,
    /// Where it stood.
    pub(super) location: Location,
    /// Which of the program's results is checked.
    pub(super) got: usize,
    pub(super) expected: Expected,
    pub(super) rule: Rule,
}

/// What a check compares with.
#[derive(Debug)]
pub(super) enum Expected {
    /// Another of the program's results.
    Result(usize),
    /// What the probe of that name was given, as so many before it.
    Seen {
        probe: Arc<str>,
        iteration: usize,
    },
    Constant(Literal),
}

/// Why a program's checks cannot be taken out: the place and the reason.
#[derive(Debug)]
pub(super) struct Unsuitable {
    pub(super) location: Location,
    pub(super) reason: String,
}

/// Takes the checks out of a program's main function and makes what they compare further results of it.
///
/// What a check itself gives, whether it holds, becomes the constant true.
///
/// # Errors
/// Where the program takes arguments or has no check, or where a check cannot be taken out or is not known.
pub(super) fn take_out(module: &mut Module) -> Result<Vec<Check>, Unsuitable> {
    let unsuitable = |location, reason: String| Err(Unsuitable { location, reason });
    if let Err(error) = passes::inline_calls(module, MOST_OPERATIONS) {
        return unsuitable(Location::UNKNOWN, error.to_string());
    }
    let name = module.main().map(|main| Arc::clone(&main.name));
    let Some(main) = module.functions.iter_mut().find(|f| Some(&f.name) == name.as_ref()) else {
        return unsuitable(Location::UNKNOWN, "the program has no main function".to_owned());
    };
    let parameters = main.body.parameters.len();
    if parameters > 0 {
        let reason = format!("the program takes {parameters} arguments; one that checks itself takes none");
        return unsuitable(main.location, reason);
    }
    let mut checks = Vec::new();
    for op in std::mem::take(&mut main.body.ops) {
        if let Some(inner) = op.regions.iter().find_map(nested_check) {
            let reason = format!(
                "{} stands inside {}, where it is not checked; let the check follow {}",
                inner.kind.name(),
                op.kind.name(),
                op.kind.name(),
            );
            return unsuitable(inner.location, reason);
        }
        if !is_check(&op) {
            main.body.ops.push(op);
            continue;
        }
        checks.push(take(main, &op)?);
        main.body.ops.extend(verdicts(main, &op));
    }
    if checks.is_empty() {
        let reason = "the program checks nothing; let it call @check.expect_eq or another check";
        return unsuitable(main.location, reason.to_owned());
    }
    Ok(checks)
}

fn is_check(op: &Op) -> bool {
    match &op.kind {
        OpKind::Check(_) => true,
        OpKind::CustomCall(call) => call.target.starts_with("check."),
        _ => false,
    }
}

/// A check in a region or in one inside it.
fn nested_check(region: &Region) -> Option<&Op> {
    let mut regions = vec![region];
    while let Some(region) = regions.pop() {
        if let Some(check) = region.ops.iter().find(|op| is_check(op)) {
            return Some(check);
        }
        regions.extend(region.ops.iter().flat_map(|op| &op.regions));
    }
    None
}

/// What a check compares, with what, and how.
fn take(main: &mut Function, op: &Op) -> Result<Check, Unsuitable> {
    let name = match &op.kind {
        OpKind::CustomCall(call) => format!("{} @{}", op.kind.name(), call.target),
        kind => kind.name().to_owned(),
    };
    let unsuitable = |reason: String| Unsuitable { location: op.location, reason };
    let (rule, constant) = rule(&op.kind).map_err(|reason| unsuitable(format!("{name} {reason}")))?;
    let (got, expected) = match (constant, &op.operands[..]) {
        (Some(constant), &[got]) => (add_result(main, got), Expected::Constant(constant)),
        (None, &[got])
            if let OpKind::Check(Dialect::ExpectSerializedEq { probe_id, iteration }) = &op.kind =>
        {
            let (probe, iteration) = (Arc::clone(probe_id), *iteration as usize);
            (add_result(main, got), Expected::Seen { probe, iteration })
        }
        (None, &[got, expected]) => (add_result(main, got), Expected::Result(add_result(main, expected))),
        (_, operands) => {
            return Err(unsuitable(format!("{name} does not take {} operands", operands.len())));
        }
    };
    Ok(Check { name, location: op.location, got, expected, rule })
}

/// How a check compares, and the constant where it compares with one; or what is wrong with it.
fn rule(kind: &OpKind) -> Result<(Rule, Option<Literal>), String> {
    let almost = |tolerance: &Option<f64>| Rule::Within(tolerance.unwrap_or(DIALECT_TOLERANCE));
    Ok(match kind {
        OpKind::CustomCall(call) => match &*call.target {
            "check.expect_eq" => (Rule::Identical, None),
            "check.expect_close" => (Rule::Ulps { min: 0, max: 3 }, None),
            "check.expect_almost_eq" => (Rule::Within(1e-3), None),
            "check.eq" => (Rule::Within(1e-4), None),
            _ => {
                let known = "check.expect_eq, check.expect_close, check.expect_almost_eq or check.eq";
                return Err(format!("is no known check; expected {known}"));
            }
        },
        OpKind::Check(check) => match check {
            Dialect::ExpectEq => (Rule::Identical, None),
            Dialect::ExpectEqConst(value) => (Rule::Identical, Some(value.clone())),
            Dialect::ExpectAlmostEq { tolerance } => (almost(tolerance), None),
            Dialect::ExpectAlmostEqConst { value, tolerance } => (almost(tolerance), Some(value.clone())),
            Dialect::ExpectClose { min_ulp_difference, max_ulp_difference } => {
                let (min, max) = (min_ulp_difference.unwrap_or(0), max_ulp_difference.unwrap_or(3));
                (Rule::Ulps { min, max }, None)
            }
            // With what a probe saw.
            Dialect::ExpectSerializedEq { .. } => (Rule::Identical, None),
        },
        _ => return Err("is no check".to_owned()),
    })
}

/// Makes a value one more result; gives its position among them.
fn add_result(main: &mut Function, value: ValueId) -> usize {
    main.result_types.push(main.values[value].clone());
    main.result_attributes.push(Attributes::default());
    main.body.returns.push(value);
    main.body.returns.len() - 1
}

/// Operations that define what a check gave, as true.
fn verdicts(main: &Function, op: &Op) -> Vec<Op> {
    let verdict = |&result: &ValueId| {
        let ty: &TensorType = main.values[result].as_tensor()?;
        // Where a check gives something else, its value stays undefined, and the program is refused as invalid.
        let value = Literal::splat(ty.clone(), [1]).ok().filter(|_| ty.element == ElementType::Bool)?;
        Some(Op {
            kind: OpKind::Constant(value),
            operands: Default::default(),
            results: [result].into_iter().collect(),
            regions: Vec::new(),
            attributes: Attributes::default(),
            location: op.location,
        })
    };
    op.results.iter().filter_map(verdict).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(body: &str) -> Module {
        let text = format!(
            "func.func @main() -> tensor<i1> {{
               %a = stablehlo.constant dense<1.0> : tensor<f32>
               %t = stablehlo.constant dense<true> : tensor<i1>
               {body}
               return %t : tensor<i1>
             }}"
        );
        runahead::ir::parse("a.mlir", text).unwrap()
    }

    fn refusal(body: &str) -> String {
        take_out(&mut module(body)).unwrap_err().reason
    }

    #[test]
    fn operands_become_results() {
        let mut module = module(
            "%ok = stablehlo.custom_call @check.eq(%a, %a) : (tensor<f32>, tensor<f32>) -> tensor<i1>
             \"check.expect_eq_const\"(%ok) <{value = dense<true> : tensor<i1>}> : (tensor<i1>) -> ()",
        );
        let checks = take_out(&mut module).unwrap();
        assert_eq!(runahead::ir::verify(&module), Ok(()));
        let main = module.main().unwrap();
        assert_eq!(main.result_types.len(), 4);
        assert!(main.body.ops.iter().all(|op| matches!(op.kind, OpKind::Constant(_))));
        assert_eq!(checks[0].name, "stablehlo.custom_call @check.eq");
        assert_eq!(checks[0].rule, Rule::Within(1e-4));
        assert!(matches!((checks[0].got, &checks[0].expected), (1, Expected::Result(2))));
        assert!(matches!((checks[1].got, &checks[1].expected), (3, Expected::Constant(_))));
    }

    #[test]
    fn the_bounds_of_a_check_are_its_own() {
        let mut module = module(
            "check.expect_close %a, %a, max_ulp_difference = 10, min_ulp_difference = 2 : tensor<f32>, tensor<f32>
             \"check.expect_almost_eq\"(%a, %a) <{tolerance = 0.5 : f64}> : (tensor<f32>, tensor<f32>) -> ()
             \"check.expect_almost_eq\"(%a, %a) : (tensor<f32>, tensor<f32>) -> ()",
        );
        let rules: Vec<Rule> = take_out(&mut module).unwrap().iter().map(|check| check.rule).collect();
        assert_eq!(rules, [Rule::Ulps { min: 2, max: 10 }, Rule::Within(0.5), Rule::Within(1e-4)]);
    }

    #[test]
    fn what_cannot_be_taken_out_is_named() {
        assert_eq!(refusal(""), "the program checks nothing; let it call @check.expect_eq or another check");
        let unknown = refusal("stablehlo.custom_call @check.round(%a) : (tensor<f32>) -> ()");
        assert!(unknown.starts_with("stablehlo.custom_call @check.round is no known check"), "{unknown}");
        let one = refusal("stablehlo.custom_call @check.expect_eq(%a) : (tensor<f32>) -> ()");
        assert_eq!(one, "stablehlo.custom_call @check.expect_eq does not take 1 operands");
        let inside = refusal(
            "\"stablehlo.if\"(%t) ({
               stablehlo.custom_call @check.expect_eq(%a, %a) : (tensor<f32>, tensor<f32>) -> ()
               stablehlo.return
             }, { stablehlo.return }) : (tensor<i1>) -> ()",
        );
        assert_eq!(
            inside,
            "stablehlo.custom_call stands inside stablehlo.if, where it is not checked; let the check follow stablehlo.if"
        );
    }

    #[test]
    fn arguments_are_refused() {
        let text = "func.func @main(%a: tensor<f32>) { return }";
        let refused = take_out(&mut runahead::ir::parse("a.mlir", text).unwrap()).unwrap_err();
        assert_eq!(refused.reason, "the program takes 1 arguments; one that checks itself takes none");
        assert_eq!(refused.location.offset(), Some(0));
    }
}
