//! One more operation of a program: which, and on what.

use runahead_ir::{Binary, Built, OpKind, TensorType, Unary, ValueId};

use crate::families::{FAMILIES, Make, none};
use crate::generate::Generator;
use crate::palette::Palette;

/// How deep loops and branches stand in each other.
const DEEPEST: usize = 3;

/// Functions of one element, of which the exact ones are chosen more often.
const UNARY: &[(usize, Unary)] = {
    use Unary::*;
    &[
        (6, Negate),
        (4, Abs),
        (2, Sign),
        (2, Floor),
        (1, Ceil),
        (2, Not),
        (2, ChloSquare),
        (1, RoundNearestAfz),
        (1, RoundNearestEven),
        (1, IsFinite),
        (1, PopulationCount),
        (1, CountLeadingZeros),
        (1, Sqrt),
        (1, Real),
        (1, Imag),
        (1, ChloConj),
        (1, Tanh),
        (1, Exponential),
        (1, Sine),
        (1, Logistic),
    ]
};

const BINARY: &[(usize, Binary)] = {
    use Binary::*;
    &[
        (8, Add),
        (6, Subtract),
        (4, Multiply),
        (4, Maximum),
        (4, Minimum),
        (2, And),
        (2, Or),
        (2, Xor),
        (1, Divide),
        (1, Remainder),
        (1, ShiftLeft),
        (1, ShiftRightLogical),
        (1, ShiftRightArithmetic),
        (1, Complex),
        (1, Atan2),
        (1, Power),
    ]
};

/// Families by how often they are chosen; the others are chosen now and then.
const OFTEN: &[(usize, &str)] = &[
    (4, "select"),
    (2, "clamp"),
    (4, "compare"),
    (3, "convert"),
    (2, "iota"),
    (4, "broadcast_in_dim"),
    (5, "reshape"),
    (5, "transpose"),
    (2, "reverse"),
    (3, "concatenate"),
    (5, "slice"),
    (3, "pad"),
    (4, "dynamic_slice"),
    (6, "dynamic_update_slice"),
    (4, "gather"),
    (3, "scatter"),
    (3, "dot_general"),
    (1, "dot"),
    (1, "convolution"),
    (6, "reduce"),
    (2, "reduce_window"),
    (1, "select_and_scatter"),
    (1, "map"),
    (2, "sort"),
    (1, "top_k"),
    (1, "optimization_barrier"),
    (1, "tuple"),
    (1, "constant"),
];

/// Of what they give, each run gives something else, or it takes as long as it likes.
const NEVER: &[&str] = &["rng", "while", "if", "case"];

/// Families whose work goes with the number of elements.
const CHEAP: &[&str] = &[
    "select",
    "clamp",
    "compare",
    "convert",
    "iota",
    "broadcast_in_dim",
    "reshape",
    "transpose",
    "reverse",
    "concatenate",
    "slice",
    "pad",
    "dynamic_slice",
    "dynamic_update_slice",
    "reduce",
    "constant",
];

pub(super) fn family(name: &str) -> Make {
    FAMILIES.iter().find(|(known, _)| *known == name).expect("a family of that name").1
}

impl Generator<'_> {
    /// Adds an operation or a structure of some.
    pub(crate) fn step(&mut self) {
        self.budget = self.budget.saturating_sub(1);
        if self.choices.is_empty() {
            self.budget = 0;
        }
        let large = self.palette.as_ref().is_some_and(Palette::is_large);
        // The deeper, the less often.
        let nests = self.depth < DEEPEST && self.choices.below(self.depth + 1) == 0;
        let result = match self.choices.below(32) {
            0..=5 => self.simple_unary(),
            6..=12 => self.simple_binary(),
            13 | 14 if nests => self.while_loop(),
            15 | 16 if nests => self.branches(),
            17 if !self.callees.is_empty() => self.call(),
            18 | 19 if !large => self.regional(),
            20 if !large => {
                let (name, make) = self.choices.one_of(FAMILIES);
                if NEVER.contains(&name) { none() } else { make(self) }
            }
            21 => {
                let of = self.any();
                Ok(vec![self.view(of)])
            }
            _ => {
                let name = self.choices.weighted(OFTEN);
                if large && !CHEAP.contains(&name) { self.simple_binary() } else { family(name)(self) }
            }
        };
        if let Ok(results) = result {
            self.values.extend(results);
        }
    }

    /// Adds many operations on elements, one after the other.
    pub(super) fn chain(&mut self, operations: usize) {
        let ty = self.palette_type();
        let mut last = self.typed_operand(ty.clone());
        for _ in 0..operations {
            self.budget = self.budget.saturating_sub(1);
            let op = self.choices.one_of(&[
                Binary::Maximum,
                Binary::Minimum,
                Binary::Add,
                Binary::Subtract,
                Binary::Xor,
                Binary::Or,
            ]);
            let other = self.typed_operand(ty.clone());
            if let Ok(next) = self.builder.binary(op, last, other) {
                last = next;
                self.values.push(last);
            }
        }
    }

    pub(super) fn simple_unary(&mut self) -> Built<Vec<ValueId>> {
        let x = self.any();
        for _ in 0..3 {
            let op = self.choices.weighted(UNARY);
            if let Ok(result) = self.builder.unary(op, x) {
                return Ok(vec![result]);
            }
        }
        none()
    }

    pub(super) fn simple_binary(&mut self) -> Built<Vec<ValueId>> {
        let x = self.any();
        let Some(ty) = self.tensor(x).cloned() else { return none() };
        let y = self.typed_operand(ty);
        let (x, y) = if self.choices.once_in(2) { (x, y) } else { (y, x) };
        for _ in 0..3 {
            let op = self.choices.weighted(BINARY);
            if let Ok(result) = self.builder.binary(op, x, y) {
                return Ok(vec![result]);
            }
        }
        none()
    }

    /// A value of the same elements, or some of them: what a compiler need not copy.
    pub(super) fn view(&mut self, of: ValueId) -> ValueId {
        let dims = self.dims_of(of);
        let viewed = match self.choices.below(4) {
            0 => {
                let permutation = self.choices.permutation(dims.len());
                self.builder.transpose(of, &permutation)
            }
            1 => {
                let start: Vec<usize> = dims.iter().map(|&size| self.choices.below(size + 1)).collect();
                let limit: Vec<usize> = dims
                    .iter()
                    .zip(&start)
                    .map(|(&size, &from)| from + self.choices.below(size - from + 1))
                    .collect();
                self.builder.slice(of, &start, &limit, &vec![1; dims.len()])
            }
            2 => {
                let sizes: Vec<usize> = [2].into_iter().chain(dims.iter().copied()).collect();
                self.builder.broadcast_in_dim(of, &sizes, &(1..sizes.len()).collect::<Vec<_>>())
            }
            _ => {
                let count = dims.iter().product();
                let flat = if self.choices.once_in(2) { vec![count] } else { vec![1, count, 1] };
                self.builder.reshape(of, &flat)
            }
        };
        viewed.unwrap_or(of)
    }

    /// A value of the same type that is a view, and back again.
    pub(super) fn view_of_same_type(&mut self, of: ValueId) -> ValueId {
        let Some(ty) = self.tensor(of).cloned() else { return of };
        let dims = ty.dims.to_vec();
        let viewed = match self.choices.below(4) {
            0 => {
                // Axes of the same size exchanged.
                let mut permutation: Vec<usize> = (0..dims.len()).collect();
                for i in 1..dims.len() {
                    let j = self.choices.below(i);
                    if dims[i] == dims[j] {
                        permutation.swap(i, j);
                    }
                }
                self.builder.transpose(of, &permutation)
            }
            1 => {
                let flat = self.builder.reshape(of, &[dims.iter().product()]);
                flat.and_then(|flat| self.builder.reshape(flat, &dims))
            }
            2 => {
                // The middle of something larger.
                let twice = match dims.len() {
                    0 => return of,
                    rank => {
                        let axis = self.choices.below(rank);
                        self.builder.concatenate(&[of, of], axis).map(|both| (both, axis))
                    }
                };
                twice.and_then(|(both, axis)| {
                    let mut start = vec![0; dims.len()];
                    start[axis] = self.choices.below(dims[axis] + 1);
                    let limit: Vec<usize> = start.iter().zip(&dims).map(|(a, b)| a + b).collect();
                    self.builder.slice(both, &start, &limit, &vec![1; dims.len()])
                })
            }
            _ => {
                let start = vec![0; dims.len()];
                self.builder.slice(of, &start, &dims, &vec![1; dims.len()])
            }
        };
        viewed.unwrap_or(of)
    }

    fn call(&mut self) -> Built<Vec<ValueId>> {
        let at = self.choices.below(self.callees.len());
        let callee = self.callees[at].clone();
        let operands: Vec<ValueId> =
            callee.parameters.iter().map(|ty: &TensorType| self.typed_operand(ty.clone())).collect();
        let kind = OpKind::Call { callee: callee.name.as_str().into() };
        Ok(self.builder.op(kind, &operands, callee.results.clone(), Vec::new()).to_vec())
    }
}
