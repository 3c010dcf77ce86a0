//! Random programs of elementwise operations, broadcasts, views and reductions, compared with the plain evaluator.

use std::fmt::Write;

use runahead_ir::parse;

use super::reference::evaluate;
use crate::testing::{Random, cast, compiled, run};

/// A program under construction. Its values have some of the axes of one space, in order.
struct Writer {
    space: Vec<usize>,
    text: String,
    /// The axes of each value.
    values: Vec<Vec<usize>>,
}

impl Writer {
    fn ty(&self, axes: &[usize]) -> String {
        let sizes: String = axes.iter().map(|&axis| format!("{}x", self.space[axis])).collect();
        format!("tensor<{sizes}f32>")
    }

    fn add(&mut self, axes: Vec<usize>, line: &str) -> usize {
        writeln!(self.text, "%v{} = {line}", self.values.len()).unwrap();
        self.values.push(axes);
        self.values.len() - 1
    }

    /// The value under more axes.
    fn spread(&mut self, value: usize, axes: &[usize]) -> usize {
        let own = self.values[value].clone();
        if own == axes {
            return value;
        }
        let places: Vec<String> =
            own.iter().map(|axis| axes.iter().position(|a| a == axis).unwrap().to_string()).collect();
        let (from, to) = (self.ty(&own), self.ty(axes));
        // Now and then by way of a shape with axes of size 1, as programs from JAX have it.
        if value.is_multiple_of(2) && own.len() < axes.len() {
            let ones: String = axes
                .iter()
                .map(|a| if own.contains(a) { format!("{}x", self.space[*a]) } else { "1x".into() })
                .collect();
            let ones = format!("tensor<{ones}f32>");
            let all: Vec<String> = (0..axes.len()).map(|i| i.to_string()).collect();
            let line = format!(
                "stablehlo.broadcast_in_dim %v{value}, dims = [{}] : ({from}) -> {ones}",
                places.join(", ")
            );
            let narrow = self.values.len();
            writeln!(self.text, "%n{narrow} = {line}").unwrap();
            let line = format!(
                "stablehlo.broadcast_in_dim %n{narrow}, dims = [{}] : ({ones}) -> {to}",
                all.join(", ")
            );
            return self.add(axes.to_vec(), &line);
        }
        let line = format!(
            "stablehlo.broadcast_in_dim %v{value}, dims = [{}] : ({from}) -> {to}",
            places.join(", ")
        );
        self.add(axes.to_vec(), &line)
    }

    fn step(&mut self, random: &mut Random) {
        let value = random.below(self.values.len());
        let axes = self.values[value].clone();
        let ty = self.ty(&axes);
        match random.below(8) {
            0 => {
                let op = ["negate", "abs", "tanh", "logistic"][random.below(4)];
                self.add(axes, &format!("stablehlo.{op} %v{value} : {ty}"));
            }
            1..=4 => {
                let other = random.below(self.values.len());
                let mut all = axes;
                all.extend(&self.values[other]);
                all.sort_unstable();
                all.dedup();
                let (a, b) = (self.spread(value, &all), self.spread(other, &all));
                let op = ["add", "subtract", "maximum", "minimum"][random.below(4)];
                let ty = self.ty(&all);
                self.add(all, &format!("stablehlo.{op} %v{a}, %v{b} : {ty}"));
            }
            5 | 6 if !axes.is_empty() => {
                let reduced: Vec<usize> = (0..axes.len()).filter(|_| random.below(2) == 0).collect();
                let kept: Vec<usize> =
                    (0..axes.len()).filter(|i| !reduced.contains(i)).map(|i| axes[i]).collect();
                let (op, initial) =
                    [("add", "0.5"), ("maximum", "0xFF800000"), ("minimum", "1.0"), ("add", "0.0")]
                        [random.below(4)];
                let initial = self.add(vec![], &format!("stablehlo.constant dense<{initial}> : tensor<f32>"));
                let over: Vec<String> = reduced.iter().map(|i| i.to_string()).collect();
                let to = self.ty(&kept);
                let line = format!(
                    "stablehlo.reduce(%v{value} init: %v{initial}) applies stablehlo.{op} across dimensions = [{}] : ({ty}, tensor<f32>) -> {to}",
                    over.join(", ")
                );
                let sum = self.add(kept.clone(), &line);
                // Sums are brought back to size, so that what follows stays in range.
                self.add(kept, &format!("stablehlo.tanh %v{sum} : {to}"));
            }
            _ => {
                let constant = self.add(vec![], "stablehlo.constant dense<0.75> : tensor<f32>");
                let constant = self.spread(constant, &axes);
                self.add(axes, &format!("stablehlo.multiply %v{value}, %v{constant} : {ty}"));
            }
        }
    }
}

#[test]
fn random_programs_compute_what_they_say() {
    let sizes = [1, 2, 3, 5, 17, 64, 70, 300];
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut space: Vec<usize> =
            (0..1 + random.below(3)).map(|_| sizes[random.below(sizes.len())]).collect();
        if seed % 25 == 7 {
            space[0] = 0;
        }
        if seed % 10 == 3 {
            // Long rows, or many.
            space = if random.below(2) == 0 { vec![3, 5000] } else { vec![5000, 3] };
        }
        while space.iter().product::<usize>() > 40_000 {
            space.pop();
        }
        let mut writer = Writer { space: space.clone(), text: String::new(), values: Vec::new() };
        let parameters: Vec<Vec<usize>> = (0..1 + random.below(3))
            .map(|i| (0..space.len()).filter(|_| i == 0 || random.below(2) == 0).collect())
            .collect();
        writer.values.extend(parameters.iter().cloned());
        for _ in 0..4 + random.below(20) {
            writer.step(&mut random);
        }
        let returned: Vec<usize> =
            (0..1 + random.below(3)).map(|_| writer.values.len() - 1 - random.below(4)).collect();
        let types = |values: &[usize]| {
            let types: Vec<String> = values.iter().map(|&v| writer.ty(&writer.values[v])).collect();
            types.join(", ")
        };
        let names: Vec<String> = returned.iter().map(|v| format!("%v{v}")).collect();
        let arguments: Vec<String> =
            (0..parameters.len()).map(|i| format!("%v{i}: {}", writer.ty(&parameters[i]))).collect();
        let text = format!(
            "func.func @main({}) -> ({}) {{\n{}return {} : {}\n}}",
            arguments.join(", "),
            types(&returned),
            writer.text,
            names.join(", "),
            types(&returned)
        );
        check(seed, &text, &mut random);
    }
}

fn check(seed: u64, text: &str, random: &mut Random) {
    let program = compiled(text);
    let inputs: Vec<Vec<f32>> =
        program.parameters().iter().map(|p| random.floats(p.ty.element_count().unwrap())).collect();
    let wide: Vec<Vec<f64>> = inputs.iter().map(|i| i.iter().map(|&x| f64::from(x)).collect()).collect();
    let expected = evaluate(parse("test", text).unwrap().main().unwrap(), &wide);
    let bytes: Vec<&[u8]> = inputs.iter().map(|i| bytemuck::cast_slice(i)).collect();
    for (r, (found, expected)) in run(&program, &bytes).iter().zip(&expected).enumerate() {
        let found = cast::<f32>(found);
        assert_eq!(found.len(), expected.len());
        for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
            let close = f64::from(found) == expected
                || (f64::from(found) - expected).abs() <= 2e-5 * expected.abs().max(1.0);
            assert!(close, "seed {seed}: result {r}[{i}] is {found}, not {expected}\n{text}");
        }
    }
}
