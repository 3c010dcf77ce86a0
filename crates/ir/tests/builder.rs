//! Building functions without text.

use runahead_ir::{
    Binary, ComparisonDirection, DotDimensions, ElementType, FunctionBuilder, Literal, Module, OpKind,
    TensorType, Unary, parse, verify,
};

fn f32s(dims: impl IntoIterator<Item = usize>) -> TensorType {
    TensorType::new(ElementType::F32, dims)
}

/// Checks that what was built verifies and prints as the program that a text says.
#[track_caller]
fn check(module: &Module, text: &str) {
    verify(module).unwrap_or_else(|errors| panic!("{}\n{module}", errors[0]));
    let expected = parse("expected", text).unwrap();
    assert!(module.same_program(&expected), "{module}");
}

#[test]
fn a_dense_layer() {
    let mut b = FunctionBuilder::new("main", [f32s([8, 4]), f32s([4, 3]), f32s([3])]);
    let [x, w, bias] = [0, 1, 2].map(|i| b.parameter(i));
    b.name_parameter(1, "weights");
    let product = b.matmul(x, w).unwrap();
    let bias = b.broadcast_in_dim(bias, &[8, 3], &[1]).unwrap();
    let sum = b.binary(Binary::Add, product, bias).unwrap();
    let y = b.unary(Unary::Tanh, sum).unwrap();
    check(
        &b.finish(&[y]).into_module(),
        "module { func.func public @main(%x: tensor<8x4xf32>, %w: tensor<4x3xf32> loc(\"weights\"), %b: tensor<3xf32>) -> \
         tensor<8x3xf32> {
           %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : \
         (tensor<8x4xf32>, tensor<4x3xf32>) -> tensor<8x3xf32>
           %1 = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<3xf32>) -> tensor<8x3xf32>
           %2 = stablehlo.add %0, %1 : tensor<8x3xf32>
           %3 = stablehlo.tanh %2 : tensor<8x3xf32>
           return %3 : tensor<8x3xf32>
         } }",
    );
}

#[test]
fn shapes_and_reductions() {
    let mut b = FunctionBuilder::new("main", [f32s([2, 3, 4])]);
    let x = b.parameter(0);
    let t = b.transpose(x, &[2, 0, 1]).unwrap();
    let r = b.reshape(t, &[8, 3]).unwrap();
    let s = b.slice(r, &[0, 1], &[8, 3], &[3, 1]).unwrap();
    let c = b.concatenate(&[s, s], 0).unwrap();
    let i = b.iota(TensorType::new(ElementType::I32, [6, 2]), 1).unwrap();
    let f = b.convert(i, ElementType::F32).unwrap();
    let p = b.compare(ComparisonDirection::Lt, c, f).unwrap();
    let z = b.select(p, c, f).unwrap();
    let m = b.reduce(Binary::Maximum, z, &[0, 1]).unwrap();
    check(
        &b.finish(&[m]).into_module(),
        "func.func public @main(%x: tensor<2x3x4xf32>) -> tensor<f32> {
           %0 = stablehlo.transpose %x, dims = [2, 0, 1] : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
           %1 = stablehlo.reshape %0 : (tensor<4x2x3xf32>) -> tensor<8x3xf32>
           %2 = stablehlo.slice %1 [0:8:3, 1:3] : (tensor<8x3xf32>) -> tensor<3x2xf32>
           %3 = stablehlo.concatenate %2, %2, dim = 0 : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<6x2xf32>
           %4 = stablehlo.iota dim = 1 : tensor<6x2xi32>
           %5 = stablehlo.convert %4 : (tensor<6x2xi32>) -> tensor<6x2xf32>
           %6 = stablehlo.compare LT, %3, %5, FLOAT : (tensor<6x2xf32>, tensor<6x2xf32>) -> tensor<6x2xi1>
           %7 = stablehlo.select %6, %3, %5 : tensor<6x2xi1>, tensor<6x2xf32>
           %8 = stablehlo.constant dense<0xFF800000> : tensor<f32>
           %9 = stablehlo.reduce(%7 init: %8) applies stablehlo.maximum across dimensions = [0, 1] : (tensor<6x2xf32>, \
         tensor<f32>) -> tensor<f32>
           return %9 : tensor<f32>
         }",
    );
}

#[test]
fn a_loop_and_a_call() {
    let mut helper = FunctionBuilder::new("double", [f32s([])]);
    let x = helper.parameter(0);
    let doubled = helper.binary(Binary::Add, x, x).unwrap();
    let helper = helper.finish(&[doubled]);

    let mut b = FunctionBuilder::new("main", [f32s([]), f32s([])]);
    let [start, limit] = [b.parameter(0), b.parameter(1)];
    let results = b
        .while_loop(
            &[start],
            |b, p| b.compare(ComparisonDirection::Lt, p[0], limit),
            |b, p| Ok(b.call(&helper, &[p[0]]).to_vec()),
        )
        .unwrap();
    let module = Module { functions: vec![b.finish(&results), helper], ..Module::default() };
    check(
        &module,
        "func.func public @main(%a: tensor<f32>, %n: tensor<f32>) -> tensor<f32> {
           %0 = stablehlo.while(%x = %a) : tensor<f32>
           cond {
             %1 = stablehlo.compare LT, %x, %n, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
             stablehlo.return %1 : tensor<i1>
           } do {
             %1 = func.call @double(%x) : (tensor<f32>) -> tensor<f32>
             stablehlo.return %1 : tensor<f32>
           }
           return %0 : tensor<f32>
         }
         func.func public @double(%x: tensor<f32>) -> tensor<f32> {
           %0 = stablehlo.add %x, %x : tensor<f32>
           return %0 : tensor<f32>
         }",
    );
}

#[test]
fn broken_rules_add_nothing() {
    let mut b = FunctionBuilder::new("main", [f32s([2, 3]), f32s([3])]);
    let [x, v] = [b.parameter(0), b.parameter(1)];
    let says = |problem: runahead_ir::Problem, text: &str| {
        assert!(problem.to_string().contains(text), "{problem}");
    };
    says(b.binary(Binary::Add, x, v).unwrap_err(), "expected operands of one type");
    says(b.reshape(x, &[5]).unwrap_err(), "expected as many elements");
    says(b.transpose(x, &[0, 0]).unwrap_err(), "holds 0 twice");
    says(b.matmul(x, x).unwrap_err(), "expected one size");
    says(
        b.dot_general(x, v, DotDimensions { lhs_batching: vec![7], ..Default::default() }).unwrap_err(),
        "is 7",
    );
    says(b.unary(Unary::Convert, x).unwrap_err(), "does not settle");
    says(b.inferred(OpKind::Reshape, &[x], Vec::new()).unwrap_err(), "does not settle");
    says(b.splat(f32s([2]), &[0; 3]).unwrap_err(), "takes 4 bytes");
    says(b.reduce(Binary::Divide, x, &[0]).unwrap_err(), "no neutral value");
    says(b.iota(f32s([]), 0).unwrap_err(), "below the rank 0");
    let c = b.constant(Literal::splat(f32s([2, 3]), 1f32.to_le_bytes()).unwrap());
    let y = b.binary(Binary::Multiply, x, c).unwrap();
    let function = b.finish(&[y]);
    assert_eq!(function.body.ops.len(), 2);
    verify(&function.into_module()).unwrap();
}
