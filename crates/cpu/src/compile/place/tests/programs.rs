//! Programs of loops and branches, drawn at random: what is carried may be any value of the right type.

use std::fmt::Write;

use crate::testing::Random;

/// The types of values, of two sizes.
const TYPES: [&str; 3] = ["tensor<i32>", "tensor<20xi32>", "tensor<4x5xi32>"];

/// A function of a few parameters.
pub(super) fn program(random: &mut Random) -> String {
    let mut writer = Writer { random, text: String::new(), values: Vec::new(), next: 0, budget: 40 };
    let mut parameters = Vec::new();
    for _ in 0..1 + writer.random.below(4) {
        let ty = writer.random.below(TYPES.len());
        let value = writer.fresh(ty);
        parameters.push(format!("{}: {}", value.name, TYPES[value.ty]));
        writer.values.push(value);
    }
    let steps = 3 + writer.random.below(10);
    writer.steps(steps, 0);
    let returns: Vec<Value> = (0..1 + writer.random.below(5)).map(|_| writer.any()).collect();
    let (names, types) = listed(&returns);
    format!(
        "func.func @main({}) -> ({types}) {{\n{}  return {names} : {types}\n}}",
        parameters.join(", "),
        writer.text
    )
}

#[derive(Clone, PartialEq)]
struct Value {
    name: String,
    ty: usize,
}

fn listed(values: &[Value]) -> (String, String) {
    let names: Vec<&str> = values.iter().map(|value| &*value.name).collect();
    let types: Vec<&str> = values.iter().map(|value| TYPES[value.ty]).collect();
    (names.join(", "), types.join(", "))
}

struct Writer<'a> {
    random: &'a mut Random,
    text: String,
    /// The values that are visible here.
    values: Vec<Value>,
    next: usize,
    /// How many more steps there may be.
    budget: usize,
}

impl Writer<'_> {
    fn fresh(&mut self, ty: usize) -> Value {
        self.next += 1;
        Value { name: format!("%v{}", self.next), ty }
    }

    /// A value of any type, recent ones more often.
    fn any(&mut self) -> Value {
        let back = self.random.below(self.values.len()).min(self.random.below(self.values.len()));
        self.values[self.values.len() - 1 - back].clone()
    }

    /// A value of a type: one that there is, or a constant.
    fn of(&mut self, ty: usize) -> Value {
        let fitting: Vec<Value> = self.values.iter().filter(|value| value.ty == ty).cloned().collect();
        if fitting.is_empty() || self.random.below(8) == 0 {
            let value = self.fresh(ty);
            let number = self.random.below(5) as i64 - 2;
            writeln!(self.text, "  {} = stablehlo.constant dense<{number}> : {}", value.name, TYPES[ty])
                .unwrap();
            return value;
        }
        let back = self.random.below(fitting.len()).min(self.random.below(fitting.len()));
        fitting[fitting.len() - 1 - back].clone()
    }

    fn add(&mut self, ty: usize, operation: &str) -> Value {
        let value = self.fresh(ty);
        writeln!(self.text, "  {} = {operation}", value.name).unwrap();
        self.values.push(value.clone());
        value
    }

    fn steps(&mut self, count: usize, depth: usize) {
        for _ in 0..count {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.step(depth);
        }
    }

    fn step(&mut self, depth: usize) {
        match self.random.below(if depth < 3 { 14 } else { 11 }) {
            0..=4 => {
                let a = self.any();
                let b = self.of(a.ty);
                let op = ["add", "subtract", "multiply", "maximum", "xor"][self.random.below(5)];
                self.add(a.ty, &format!("stablehlo.{op} {}, {} : {}", a.name, b.name, TYPES[a.ty]));
            }
            5 => {
                let a = self.any();
                self.add(a.ty, &format!("stablehlo.negate {} : {}", a.name, TYPES[a.ty]));
            }
            6 => {
                // A kernel that can work in place.
                let (a, i) = (self.of(1), self.of(0));
                let part = self.of(1);
                let cut = self.next + 1;
                self.next += 1;
                writeln!(
                    self.text,
                    "  %c{cut} = stablehlo.slice {} [3:7] : (tensor<20xi32>) -> tensor<4xi32>",
                    part.name
                )
                .unwrap();
                self.add(
                    1,
                    &format!(
                        "stablehlo.dynamic_update_slice {}, %c{cut}, {} : (tensor<20xi32>, tensor<4xi32>, tensor<i32>) -> tensor<20xi32>",
                        a.name, i.name
                    ),
                );
            }
            7 => {
                // Views: what is seen is another value's memory.
                let (from, to) = if self.random.below(2) == 0 { (1, 2) } else { (2, 1) };
                let a = self.of(from);
                self.add(to, &format!("stablehlo.reshape {} : ({}) -> {}", a.name, TYPES[from], TYPES[to]));
            }
            8 => {
                // A kernel that cannot.
                let a = self.of(1);
                self.add(1, &format!("stablehlo.reverse {}, dims = [0] : tensor<20xi32>", a.name));
            }
            9 => {
                let a = self.of(1);
                let zero = self.fresh(0);
                writeln!(self.text, "  {} = stablehlo.constant dense<0> : tensor<i32>", zero.name).unwrap();
                self.add(
                    0,
                    &format!(
                        "stablehlo.reduce({} init: {}) applies stablehlo.add across dimensions = [0] : (tensor<20xi32>, tensor<i32>) -> tensor<i32>",
                        a.name, zero.name
                    ),
                );
            }
            10 => {
                let a = self.of(0);
                self.add(
                    1,
                    &format!(
                        "stablehlo.broadcast_in_dim {}, dims = [] : (tensor<i32>) -> tensor<20xi32>",
                        a.name
                    ),
                );
            }
            11 | 12 => self.repeat(depth),
            _ => self.choose(depth),
        }
    }

    fn repeat(&mut self, depth: usize) {
        let outside = self.values.len();
        let count = 1 + self.random.below(4);
        let mut initial = vec![self.of(0)];
        initial.extend((0..count).map(|_| self.any()));
        // A counter that begins anywhere is cut to a few turns.
        let turns = self.random.below(4);
        let start = self.fresh(0);
        writeln!(self.text, "  {} = stablehlo.constant dense<0> : tensor<i32>", start.name).unwrap();
        initial[0] = start;
        let parameters: Vec<Value> = initial.iter().map(|value| self.fresh(value.ty)).collect();
        let results: Vec<Value> = initial.iter().map(|value| self.fresh(value.ty)).collect();
        let (initial_names, types) = listed(&initial);
        let arguments: Vec<String> =
            parameters.iter().map(|p| format!("{}: {}", p.name, TYPES[p.ty])).collect();
        let head = self.next;
        writeln!(
            self.text,
            "  %r{head}:{} = \"stablehlo.while\"({initial_names}) ({{\n  ^bb0({}):",
            initial.len(),
            arguments.join(", ")
        )
        .unwrap();
        self.values.extend(parameters.iter().cloned());
        let limit = self.fresh(0);
        writeln!(self.text, "  {} = stablehlo.constant dense<{turns}> : tensor<i32>", limit.name).unwrap();
        let some = self.random.below(3);
        let before = self.values.len();
        self.steps(some, 3);
        let more = self.fresh(0).name;
        writeln!(
            self.text,
            "  {more} = stablehlo.compare LT, {}, {} : (tensor<i32>, tensor<i32>) -> tensor<i1>",
            parameters[0].name, limit.name
        )
        .unwrap();
        let mut predicate = more;
        if self.random.below(3) == 0 {
            // The loop may end before, by what it carries.
            let (a, b) = (self.of(0), self.of(0));
            let (other, both) = (self.fresh(0).name, self.fresh(0).name);
            writeln!(
                self.text,
                "  {other} = stablehlo.compare NE, {}, {} : (tensor<i32>, tensor<i32>) -> tensor<i1>\n  {both} = stablehlo.and {predicate}, {other} : tensor<i1>",
                a.name, b.name
            )
            .unwrap();
            predicate = both;
        }
        self.values.truncate(before);
        writeln!(self.text, "  stablehlo.return {predicate} : tensor<i1>\n  }}, {{").unwrap();
        writeln!(self.text, "  ^bb0({}):", arguments.join(", ")).unwrap();
        let steps = 1 + self.random.below(5);
        self.steps(steps, depth + 1);
        let one = self.fresh(0);
        writeln!(self.text, "  {} = stablehlo.constant dense<1> : tensor<i32>", one.name).unwrap();
        let counted = self.fresh(0);
        writeln!(
            self.text,
            "  {} = stablehlo.add {}, {} : tensor<i32>",
            counted.name, parameters[0].name, one.name
        )
        .unwrap();
        let mut next = vec![counted];
        for parameter in &parameters[1..] {
            // Its own, another one of the loop's, something from outside or what was computed.
            next.push(match self.random.below(4) {
                0 => {
                    let same: Vec<&Value> = parameters.iter().filter(|p| p.ty == parameter.ty).collect();
                    same[self.random.below(same.len())].clone()
                }
                _ => self.of(parameter.ty),
            });
        }
        let (next_names, _) = listed(&next);
        writeln!(self.text, "  stablehlo.return {next_names} : {types}\n  }}) : ({types}) -> ({types})")
            .unwrap();
        self.values.truncate(outside);
        for (i, result) in results.into_iter().enumerate() {
            // As values with names of their own, so that every use is of one kind.
            self.values.push(Value { name: format!("%r{head}#{i}"), ..result });
        }
    }

    fn choose(&mut self, depth: usize) {
        let outside = self.values.len();
        let types: Vec<usize> = (0..1 + self.random.below(3)).map(|_| self.any().ty).collect();
        let index = self.of(0);
        let branches = 1 + self.random.below(3);
        self.next += 1;
        let head = self.next;
        writeln!(self.text, "  %r{head}:{} = \"stablehlo.case\"({}) (", types.len(), index.name).unwrap();
        let listed_types: Vec<&str> = types.iter().map(|&ty| TYPES[ty]).collect();
        let listed_types = listed_types.join(", ");
        for branch in 0..branches {
            writeln!(self.text, "  {}{{", if branch > 0 { ", " } else { "" }).unwrap();
            let steps = self.random.below(4);
            self.steps(steps, depth + 1);
            let returns: Vec<Value> = types.iter().map(|&ty| self.of(ty)).collect();
            writeln!(self.text, "  stablehlo.return {} : {listed_types}\n  }}", listed(&returns).0).unwrap();
            self.values.truncate(outside);
        }
        writeln!(self.text, "  ) : (tensor<i32>) -> ({listed_types})").unwrap();
        for (i, ty) in types.into_iter().enumerate() {
            self.values.push(Value { name: format!("%r{head}#{i}"), ty });
        }
    }
}
