//! A case as a program that takes no arguments and checks itself: the form that `runahead check` runs.

use runahead_ir::{
    Check, CustomCall, ElementType, FunctionBuilder, Literal, Module, OpKind, TensorType, Type, ValueId,
    Visibility, float, parse,
};

use crate::Case;
use crate::evaluate::{Number, Tensor};

/// What the case's main function is called in the program.
const PROGRAM: &str = "program";

/// What the line about arguments that are given for keeps begins with.
const DONATED: &str = "// donated: ";

/// The case as a program that checks itself, with its arguments as constants; what is not settled is not checked.
///
/// # Panics
/// Where results are no tensors.
pub fn program(case: &Case, expected: &[Tensor]) -> Module {
    let mut module = case.module.clone();
    let main = module.functions.iter().position(|f| &*f.name == "main").unwrap_or(0);
    let (types, results) = (case.types(), module.functions[main].result_types.clone());
    module.functions[main].name = PROGRAM.into();
    module.functions[main].visibility = Some(Visibility::Private);
    module.functions[main].parameter_attributes.iter_mut().for_each(|a| *a = Default::default());

    let mut b = FunctionBuilder::new("main", [] as [Type; 0]);
    let arguments: Vec<ValueId> = types
        .iter()
        .zip(&case.arguments)
        .map(|(ty, bytes)| {
            b.constant(Literal::new(ty.clone(), bytes.clone()).expect("an argument of its type"))
        })
        .collect();
    let got = b.op(OpKind::Call { callee: PROGRAM.into() }, &arguments, results, Vec::new());
    for (&got, expected) in got.iter().zip(expected) {
        check(&mut b, got, expected);
    }
    let mut function = b.finish(&[]);
    function.visibility = Some(Visibility::Public);
    module.functions.insert(0, function);
    module
}

/// A line of comment that says which arguments are given for keeps, for [`read`]; nothing where none is.
pub fn donated_line(case: &Case) -> String {
    let donated: Vec<String> = case.donated.iter().map(ToString::to_string).collect();
    if donated.is_empty() { String::new() } else { format!("{DONATED}{}\n", donated.join(", ")) }
}

/// The case of a text that [`program`] and [`donated_line`] made.
///
/// # Errors
/// Where the text is no program, or none of that form.
pub fn read(name: &str, text: &str) -> Result<Case, String> {
    let mut module = parse(name, text).map_err(|error| error.to_string())?;
    let line = text.lines().find_map(|line| line.strip_prefix(DONATED)).unwrap_or_default();
    let donated = line.split(", ").filter_map(|number| number.parse().ok()).collect();
    let main = module.functions.iter().position(|f| &*f.name == "main").ok_or("it has no @main")?;
    let main = module.functions.remove(main);
    let call =
        main.body.ops.iter().find(|op| matches!(&op.kind, OpKind::Call { callee } if &**callee == PROGRAM));
    let call = call.ok_or("@main does not call @program")?;
    let argument = |value: &ValueId| {
        main.body.ops.iter().find_map(|op| match &op.kind {
            OpKind::Constant(literal) if op.results[..] == [*value] => Some(literal.to_dense().to_vec()),
            _ => None,
        })
    };
    let arguments: Option<Vec<Vec<u8>>> = call.operands.iter().map(argument).collect();
    let arguments = arguments.ok_or("an argument of @program is no constant")?;
    let program = module.functions.iter_mut().find(|f| &*f.name == PROGRAM).ok_or("there is no @program")?;
    program.name = "main".into();
    program.visibility = Some(Visibility::Public);
    Ok(Case { module, arguments, donated })
}

fn check(b: &mut FunctionBuilder, got: ValueId, expected: &Tensor) {
    let is_number = |n: &Number| !matches!(n, Number::Real(x) if x.is_nan());
    let exact =
        |n: &Number| matches!(n, Number::Integer(_) | Number::Real(_) | Number::Complex(_)) && is_number(n);
    let near = |n: &Number| matches!(n, Number::Near(..) | Number::NearComplex(..)) && n.error().is_finite();
    let want = literal(expected);
    if expected.numbers.is_empty() || expected.numbers.iter().any(exact) {
        let want_value = b.constant(want.clone());
        let got = masked(b, got, want_value, expected, &exact);
        let call = CustomCall {
            target: "check.expect_eq".into(),
            has_side_effect: true,
            backend_config: None,
            api_version: 1,
            called_computations: Vec::new(),
            output_operand_aliases: Vec::new(),
        };
        b.op(OpKind::CustomCall(Box::new(call)), &[got, want_value], [], Vec::new());
    }
    if expected.numbers.iter().any(near) {
        let want_value = b.constant(want.clone());
        let got = masked(b, got, want_value, expected, &near);
        let errors = expected.numbers.iter().filter(|n| near(n)).map(|n| n.error());
        let tolerance = Some(errors.fold(0.0, f64::max));
        b.op(OpKind::Check(Check::ExpectAlmostEqConst { value: want, tolerance }), &[got], [], Vec::new());
    }
}

/// What was got, with what was wanted in its place where that is not to be checked.
fn masked(
    b: &mut FunctionBuilder,
    got: ValueId,
    want: ValueId,
    expected: &Tensor,
    checked: &dyn Fn(&Number) -> bool,
) -> ValueId {
    if expected.numbers.iter().all(checked) {
        return got;
    }
    let mask = TensorType::new(ElementType::Bool, expected.ty.dims.iter().copied());
    let bytes: Vec<u8> = expected.numbers.iter().map(|n| u8::from(checked(n))).collect();
    let mask = b.constant(Literal::new(mask, bytes).expect("a byte for each element"));
    b.select(mask, got, want).expect("one type")
}

fn literal(expected: &Tensor) -> Literal {
    let element = expected.ty.element;
    let part = element.real_part();
    let real = |x: f64| match part.is_float() {
        true => float::encode(part, x).to_le_bytes()[..part.size()].to_vec(),
        false => (x as i64).to_le_bytes()[..part.size()].to_vec(),
    };
    let bytes = expected.numbers.iter().flat_map(|&number| match number {
        Number::Integer(value) => value.to_le_bytes()[..element.size()].to_vec(),
        Number::Real(x) | Number::Near(x, _) => real(x),
        Number::Complex(z) | Number::NearComplex(z, _) => [real(z.re), real(z.im)].concat(),
        Number::Any => vec![0; element.size()],
    });
    Literal::new(expected.ty.clone(), bytes.collect::<Vec<u8>>()).expect("an element for each number")
}
