use runahead_ir::{OpKind, ScatterDimensions};

use super::super::shape::for_each_index;
use super::super::testing::{Case, Random, cast};

const ADD: &str = "%r = stablehlo.add %a, %b : tensor<f32>\n stablehlo.return %r : tensor<f32>";
const ASSIGN: &str = "stablehlo.return %b : tensor<f32>";
const LARGEST: &str = "%r = stablehlo.maximum %a, %b : tensor<f32>\n stablehlo.return %r : tensor<f32>";
const BACK_FROM: &str = "%r = stablehlo.subtract %b, %a : tensor<f32>\n stablehlo.return %r : tensor<f32>";

fn shape(dims: &[usize], element: &str) -> String {
    let sizes: String = dims.iter().map(|d| format!("{d}x")).collect();
    format!("tensor<{sizes}{element}>")
}

/// A scatter of floats with that body.
fn scatter(dims: &[usize], indices: &[usize], updates: &[usize], d: &ScatterDimensions, body: &str) -> Case {
    let (to, indices, updates) = (shape(dims, "f32"), shape(indices, "i32"), shape(updates, "f32"));
    let mut case = Case::parse(&format!(
        r#"func.func @main(%x: {to}, %i: {indices}, %u: {updates}) -> {to} {{
            %r = "stablehlo.scatter"(%x, %i, %u) <{{scatter_dimension_numbers = #stablehlo.scatter<>}}> ({{
            ^bb0(%a: tensor<f32>, %b: tensor<f32>):
              {body}
            }}) : ({to}, {indices}, {updates}) -> {to}
            return %r : {to}
        }}"#
    ));
    let OpKind::Scatter { dimension_numbers, .. } = &mut case.op.kind else {
        unreachable!("a scatter was read")
    };
    *dimension_numbers = d.clone();
    case
}

fn combined(body: &str, old: f32, new: f32) -> f32 {
    match body {
        ADD => old + new,
        ASSIGN => new,
        LARGEST => old.max(new),
        _ => new - old,
    }
}

/// Update by update in the order of places. A window that is not all inside updates nothing.
fn expected(
    (dims, x): (&[usize], &[f32]),
    (starts, indices): (&[usize], &[i32]),
    (update_dims, updates): (&[usize], &[f32]),
    d: &ScatterDimensions,
    body: &str,
) -> Vec<f32> {
    let at = |dims: &[usize], index: &[usize]| index.iter().zip(dims).fold(0, |at, (i, d)| at * d + i);
    let mut results = x.to_vec();
    let scatter_axes: Vec<usize> =
        (0..update_dims.len()).filter(|axis| !d.update_window_dims.contains(axis)).collect();
    let sizes = |axes: &[usize]| -> Vec<usize> { axes.iter().map(|&a| update_dims[a]).collect() };
    for_each_index(&sizes(&scatter_axes), |place| {
        let mut pairs: Vec<(Vec<i64>, usize)> = Vec::new();
        for_each_index(&sizes(&d.update_window_dims), |window| {
            let mut update = vec![0; update_dims.len()];
            scatter_axes.iter().zip(place).for_each(|(&a, &i)| update[a] = i);
            d.update_window_dims.iter().zip(window).for_each(|(&a, &i)| update[a] = i);
            let mut window = window.iter();
            let to: Vec<i64> = (0..dims.len())
                .map(|axis| {
                    if let Some(i) = d.input_batching_dims.iter().position(|&a| a == axis) {
                        let b = d.scatter_indices_batching_dims[i];
                        return place[b - usize::from(b >= d.index_vector_dim)] as i64;
                    }
                    let start =
                        d.scatter_dims_to_operand_dims.iter().position(|&a| a == axis).map_or(0, |c| {
                            let mut index = place.to_vec();
                            if d.index_vector_dim < starts.len() {
                                index.insert(d.index_vector_dim, c);
                            }
                            indices[at(starts, &index)].into()
                        });
                    let inserted = d.inserted_window_dims.contains(&axis);
                    start + if inserted { 0 } else { *window.next().unwrap() as i64 }
                })
                .collect();
            pairs.push((to, at(update_dims, &update)));
        });
        let inside = |to: &[i64]| to.iter().zip(dims).all(|(&i, &d)| (0..d as i64).contains(&i));
        if pairs.iter().all(|(to, _)| inside(to)) {
            for (to, from) in pairs {
                let to: Vec<usize> = to.iter().map(|&i| i as usize).collect();
                let to = at(dims, &to);
                results[to] = combined(body, results[to], updates[from]);
            }
        }
    });
    results
}

#[test]
fn any_dimension_numbers_and_bodies() {
    let mut random = Random::new(40);
    for round in 0..400 {
        let rank = 1 + random.below(4);
        let batching = random.below(3).min(rank - 1);
        let mut axes: Vec<usize> = (0..rank).collect();
        random.shuffle(&mut axes);
        let (batching_dims, rest) = axes.split_at(batching);
        let mut input_batching_dims = batching_dims.to_vec();
        input_batching_dims.sort_unstable();
        let dims: Vec<usize> = (0..rank).map(|_| 1 + random.below(5)).collect();
        let mut inserted: Vec<usize> = rest.iter().copied().filter(|_| random.below(2) == 0).collect();
        inserted.sort_unstable();
        let to_operand: Vec<usize> = rest.iter().copied().filter(|_| random.below(3) > 0).collect();

        let mut places: Vec<usize> = input_batching_dims.iter().map(|&a| dims[a]).collect();
        places.extend((0..random.below(3)).map(|_| random.below(6)));
        let mut order: Vec<usize> = (0..places.len()).collect();
        random.shuffle(&mut order);
        let places: Vec<usize> = order.iter().map(|&i| places[i]).collect();
        let index_vector_dim = random.below(places.len() + 1);
        let mut starts = places.clone();
        starts.insert(index_vector_dim, to_operand.len());
        let scatter_indices_batching_dims: Vec<usize> = (0..batching)
            .map(|i| order.iter().position(|&o| o == i).unwrap())
            .map(|at| at + usize::from(at >= index_vector_dim))
            .collect();

        let skipped = |a: &usize| inserted.contains(a) || input_batching_dims.contains(a);
        let window: Vec<usize> =
            (0..rank).filter(|a| !skipped(a)).map(|a| random.below(dims[a] + 1)).collect();
        let mut update_window_dims: Vec<usize> = (0..places.len() + window.len()).collect();
        if random.below(3) == 0 {
            update_window_dims.drain(..places.len());
        } else {
            random.shuffle(&mut update_window_dims);
            update_window_dims.truncate(window.len());
            update_window_dims.sort_unstable();
        }
        let (mut p, mut w) = (places.iter(), window.iter());
        let update_dims: Vec<usize> = (0..places.len() + window.len())
            .map(|a| *if update_window_dims.contains(&a) { w.next() } else { p.next() }.unwrap())
            .collect();

        let x = random.floats(dims.iter().product());
        let updates = random.floats(update_dims.iter().product());
        let indices: Vec<i32> = (0..starts.iter().product()).map(|_| random.range(-2, 7) as i32).collect();
        let d = ScatterDimensions {
            update_window_dims,
            inserted_window_dims: inserted,
            input_batching_dims,
            scatter_indices_batching_dims,
            scatter_dims_to_operand_dims: to_operand,
            index_vector_dim,
        };
        let body = [ADD, ASSIGN, LARGEST, BACK_FROM][round % 4];
        let case = scatter(&dims, &starts, &update_dims, &d, body);
        let found = case.run(&[
            bytemuck::cast_slice(&x),
            bytemuck::cast_slice(&indices),
            bytemuck::cast_slice(&updates),
        ]);
        let expected = expected((&dims, &x), (&starts, &indices), (&update_dims, &updates), &d, body);
        assert_eq!(cast::<f32>(&found[0]), expected, "round {round}: {dims:?} {update_dims:?} {d:?}");
    }
}

#[test]
fn rows_of_a_table_are_added_in_order() {
    let mut random = Random::new(41);
    let d = ScatterDimensions {
        update_window_dims: vec![1],
        inserted_window_dims: vec![0],
        scatter_dims_to_operand_dims: vec![0],
        index_vector_dim: 1,
        ..ScatterDimensions::default()
    };
    let (x, updates) = (random.floats(50 * 24), random.floats(400 * 24));
    let indices: Vec<i32> = (0..400).map(|_| random.range(-3, 53) as i32).collect();
    for body in [ADD, BACK_FROM, ASSIGN] {
        let case = scatter(&[50, 24], &[400, 1], &[400, 24], &d, body);
        let found = case.run(&[
            bytemuck::cast_slice(&x),
            bytemuck::cast_slice(&indices),
            bytemuck::cast_slice(&updates),
        ]);
        let expected = expected((&[50, 24], &x), (&[400, 1], &indices), (&[400, 24], &updates), &d, body);
        assert_eq!(cast::<f32>(&found[0]), expected);
    }
}

#[test]
fn several_operands_are_combined_at_once() {
    let case = Case::parse(
        r#"func.func @main(%x: tensor<3xi32>, %y: tensor<3xf64>, %i: tensor<4x1xi64>, %u: tensor<4xi32>, %v: tensor<4xf64>) -> (tensor<3xi32>, tensor<3xf64>) {
            %r:2 = "stablehlo.scatter"(%x, %y, %i, %u, %v) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
            ^bb0(%a: tensor<i32>, %b: tensor<f64>, %c: tensor<i32>, %d: tensor<f64>):
              %s = stablehlo.add %a, %c : tensor<i32>
              %p = stablehlo.multiply %b, %d : tensor<f64>
              stablehlo.return %s, %p : tensor<i32>, tensor<f64>
            }) : (tensor<3xi32>, tensor<3xf64>, tensor<4x1xi64>, tensor<4xi32>, tensor<4xf64>) -> (tensor<3xi32>, tensor<3xf64>)
            return %r#0, %r#1 : tensor<3xi32>, tensor<3xf64>
        }"#,
    );
    let found = case.run(&[
        bytemuck::cast_slice(&[1i32, 2, 3]),
        bytemuck::cast_slice(&[1.0f64, 2.0, 3.0]),
        bytemuck::cast_slice(&[2i64, 0, 2, 9]),
        bytemuck::cast_slice(&[10i32, 20, 30, 40]),
        bytemuck::cast_slice(&[2.0f64, 3.0, 5.0, 7.0]),
    ]);
    assert_eq!(cast::<i32>(&found[0]), [21, 2, 43]);
    assert_eq!(cast::<f64>(&found[1]), [3.0, 2.0, 30.0]);
    assert_eq!(case.kernel().in_place().len(), 2);
}
