//! Operations that run a region over elements.

use runahead_ir::{Binary, ElementType, Op, OpKind, Region, ScatterDimensions, TensorType, Unary, Window};

use super::Scope;
use super::fold::{Held, fold};
use super::number::Number::{self, Any};
use super::number::{Tensor, indices, linear};
use super::products::{self, order_error};

/// What an operation is given that reduces tensors from initial values.
struct Reduction<'a> {
    inputs: &'a [Tensor],
    first: Vec<Number>,
    types: Vec<TensorType>,
}

impl Scope<'_> {
    fn reduction<'a>(&self, op: &Op, operands: &'a [Tensor]) -> Reduction<'a> {
        let (inputs, initial) = operands.split_at(operands.len() / 2);
        Reduction { inputs, first: initial.iter().map(Tensor::scalar).collect(), types: self.types(op) }
    }

    /// The types of an operation's results.
    fn types(&self, op: &Op) -> Vec<TensorType> {
        op.results.iter().map(|&result| self.ty(result)).collect()
    }

    /// The operation that a region of two scalars is, and the type that it is computed in.
    pub(super) fn combiner(&self, region: &Region) -> Option<(Binary, ElementType)> {
        Some((region.combiner()?, self.ty(region.parameters[0]).element))
    }

    pub(super) fn reduce(
        &mut self,
        op: &Op,
        dimensions: &[usize],
        operands: &[Tensor],
    ) -> Option<Vec<Tensor>> {
        let Reduction { inputs, first, types } = self.reduction(op, operands);
        if dimensions.is_empty() {
            // Each element is all that there is to combine.
            let numbers: Vec<Vec<Number>> =
                (0..inputs[0].numbers.len()).map(|i| inputs.iter().map(|x| x.numbers[i]).collect()).collect();
            return Some(transposed(&types, &numbers));
        }
        let mut groups: Vec<Vec<Vec<Number>>> = vec![Vec::new(); types[0].dims.iter().product()];
        for (i, at) in indices(&inputs[0].ty.dims).enumerate() {
            let kept: Vec<usize> =
                (0..at.len()).filter(|axis| !dimensions.contains(axis)).map(|axis| at[axis]).collect();
            groups[linear(&types[0].dims, &kept)].push(inputs.iter().map(|x| x.numbers[i]).collect());
        }
        let results: Option<Vec<Vec<Number>>> =
            groups.iter().map(|group| self.combined(&op.regions[0], Held::Wide, &first, group)).collect();
        Some(transposed(&types, &results?))
    }

    pub(super) fn reduce_window(
        &mut self,
        op: &Op,
        window: &Window,
        operands: &[Tensor],
    ) -> Option<Vec<Tensor>> {
        let Reduction { inputs, first, types } = self.reduction(op, operands);
        // Short cumulative sums are rounded one by one.
        let dims = &inputs[0].ty.dims;
        let cumulative = (0..dims.len()).any(|axis| {
            let (low, high) = window.padding[axis];
            window.dimensions[axis] == dims[axis] && low + high + 1 == dims[axis] as i64
        });
        let short = cumulative && window.dimensions.iter().product::<usize>() <= 8;
        let held = if short { Held::Own } else { Held::Wide };
        let mut results = Vec::new();
        for at in indices(&types[0].dims) {
            let item = |tap: Vec<usize>| -> Vec<Number> {
                let under = products::under(window, &at, &tap, &inputs[0].ty.dims);
                // Where nothing is under the window, there is the initial value.
                let number =
                    |(x, &first): (&Tensor, &Number)| under.as_ref().map_or(first, |index| x.at(index));
                inputs.iter().zip(&first).map(number).collect()
            };
            let items: Vec<Vec<Number>> = indices(&window.dimensions).map(item).collect();
            results.push(self.combined(&op.regions[0], held, &first, &items)?);
        }
        Some(transposed(&types, &results))
    }

    pub(super) fn select_and_scatter(
        &mut self,
        op: &Op,
        window: &Window,
        operands: &[Tensor],
    ) -> Option<Vec<Tensor>> {
        let [x, source, initial] = operands else { return None };
        let mut items: Vec<Vec<Vec<Number>>> = vec![Vec::new(); x.numbers.len()];
        for (from, at) in indices(&source.ty.dims).enumerate() {
            let mut selected: Option<Vec<usize>> = None;
            for tap in indices(&window.dimensions) {
                let Some(place) = products::under(window, &at, &tap, &x.ty.dims) else { continue };
                let stays = match &selected {
                    None => false,
                    Some(best) => {
                        let stays = self.scalars(&op.regions[0], &[x.at(best), x.at(&place)])?[0];
                        stays.integer()? == 1
                    }
                };
                if !stays {
                    selected = Some(place);
                }
            }
            if let Some(place) = selected {
                items[linear(&x.ty.dims, &place)].push(vec![source.numbers[from]]);
            }
        }
        let first = vec![initial.scalar()];
        let results: Option<Vec<Vec<Number>>> =
            items.iter().map(|items| self.in_any_order(&op.regions[1], Held::Wide, &first, items)).collect();
        Some(transposed(std::slice::from_ref(&x.ty), &results?))
    }

    pub(super) fn scatter(
        &mut self,
        op: &Op,
        dimension_numbers: &ScatterDimensions,
        operands: &[Tensor],
    ) -> Option<Vec<Tensor>> {
        let count = operands.len() / 2;
        let (inputs, updates) = (&operands[..count], &operands[count + 1..]);
        let mut items: Vec<Vec<Vec<Number>>> = vec![Vec::new(); inputs[0].numbers.len()];
        for (to, from) in products::scatter(dimension_numbers, &inputs[0], &operands[count], &updates[0])? {
            items[to].push(updates.iter().map(|x| x.numbers[from]).collect());
        }
        // The updates of two places are rounded one by one.
        let held = if items.iter().all(|items| items.len() <= 2) { Held::Own } else { Held::Wide };
        let mut results = Vec::new();
        for (i, items) in items.iter().enumerate() {
            let first: Vec<Number> = inputs.iter().map(|x| x.numbers[i]).collect();
            results.push(self.in_any_order(&op.regions[0], held, &first, items)?);
        }
        Some(transposed(&self.types(op), &results))
    }

    /// What a region makes of an initial value for each input and items, in order.
    fn combined(
        &mut self,
        region: &Region,
        held: Held,
        first: &[Number],
        items: &[Vec<Number>],
    ) -> Option<Vec<Number>> {
        self.spend(items.len() as u64)?;
        if let (Some((op, element)), &[first]) = (self.combiner(region), first) {
            return Some(vec![fold(op, element, held, first, items.iter().map(|item| item[0]))]);
        }
        let mut result = self.converted_to(region, first);
        for item in items {
            let arguments: Vec<Number> = result.iter().chain(item).copied().collect();
            result = self.scalars(region, &arguments)?;
        }
        // Comparisons order what is not a number nowhere: then grouping matters.
        let compares = region.ops.iter().any(|op| matches!(op.kind, OpKind::Compare { .. }));
        if compares && items.len() > 1 && items.iter().flatten().chain(first).any(Number::is_nan) {
            return Some(vec![Any; region.returns.len()]);
        }
        let rounding = self.rounding(region);
        let number = |(i, &number): (usize, &Number)| {
            let element = self.ty(region.returns[i]).element;
            match rounding {
                Rounding::None => number,
                // Sums of halves are held in a wider type, where each is rounded here.
                Rounding::OfSums if items.len() > 1 && element.is_float() && element.size() < 4 => {
                    match sums_its_own(region, i) {
                        true => fold(Binary::Add, element, held, first[i], items.iter().map(|item| item[i])),
                        false => Any,
                    }
                }
                Rounding::OfSums => {
                    let terms = || items.iter().map(|item| item[i]).chain([first[i]]);
                    let weight: f64 = terms().map(Number::size).sum();
                    let unit = terms().map(Number::unit).fold(f64::INFINITY, f64::min);
                    let error = order_error(element, weight, unit, items.len());
                    if error.is_finite() { number.off_by(error) } else { Any }
                }
                Rounding::OfAny if items.len() > 1 => Any,
                Rounding::OfAny => number,
            }
        };
        Some(result.iter().enumerate().map(number).collect())
    }

    /// The same, where the specification leaves the order of items open.
    fn in_any_order(
        &mut self,
        region: &Region,
        held: Held,
        first: &[Number],
        items: &[Vec<Number>],
    ) -> Option<Vec<Number>> {
        if items.is_empty() {
            return Some(first.iter().zip(&region.returns).map(|(n, _)| *n).collect());
        }
        let result = self.combined(region, held, first, items)?;
        if items.len() < 2 || region.combiner().is_some() {
            return Some(result);
        }
        let reversed: Vec<Vec<Number>> = items.iter().rev().cloned().collect();
        let other = self.combined(region, held, first, &reversed)?;
        Some(result.into_iter().zip(other).map(|(a, b)| if a == b { a } else { Any }).collect())
    }

    fn converted_to(&self, region: &Region, numbers: &[Number]) -> Vec<Number> {
        let element = |i: usize| self.ty(region.parameters[i]).element;
        numbers.iter().enumerate().map(|(i, number)| number.converted(element(i))).collect()
    }

    /// What of a region's results depends on order by rounding.
    fn rounding(&self, region: &Region) -> Rounding {
        let mut rounding = Rounding::None;
        for op in &region.ops {
            let of_numbers = op.results.iter().any(|&result| {
                let element = self.ty(result).element;
                element.is_float() || element.is_complex()
            });
            let own = match op.kind {
                _ if !of_numbers => Rounding::None,
                OpKind::Binary(Binary::Maximum | Binary::Minimum) | OpKind::Select | OpKind::Constant(_) => {
                    Rounding::None
                }
                OpKind::Unary(Unary::Negate | Unary::Abs) => Rounding::None,
                OpKind::Binary(Binary::Add | Binary::Subtract) => Rounding::OfSums,
                _ => Rounding::OfAny,
            };
            rounding = rounding.max(own);
        }
        rounding
    }

    pub(super) fn sort(
        &mut self,
        op: &Op,
        dimension: usize,
        is_stable: bool,
        operands: &[Tensor],
    ) -> Option<Vec<Tensor>> {
        // What is not a number has no place in the order.
        if operands.iter().flat_map(|x| x.numbers.iter()).any(Number::is_nan) {
            return None;
        }
        let dims = operands[0].ty.dims.to_vec();
        let mut results: Vec<Vec<Number>> = operands.iter().map(|x| x.numbers.to_vec()).collect();
        let mut rows = dims.clone();
        rows[dimension] = rows[dimension].min(1);
        for row in indices(&rows) {
            let place = |i: usize| {
                let mut index = row.clone();
                index[dimension] = i;
                linear(&dims, &index)
            };
            let places: Vec<usize> = (0..dims[dimension]).map(place).collect();
            let mut before = |a: usize, b: usize| {
                let pair = |x: &Tensor| [x.numbers[places[a]], x.numbers[places[b]]];
                let arguments: Vec<Number> = operands.iter().flat_map(pair).collect();
                self.scalars(&op.regions[0], &arguments)?[0].integer()
            };
            // Each comes before the first that it is to come before: stable.
            let mut order: Vec<usize> = Vec::new();
            for i in 0..places.len() {
                let (mut low, mut high) = (0, order.len());
                while low < high {
                    let middle = (low + high) / 2;
                    if before(i, order[middle])? == 1 { high = middle } else { low = middle + 1 }
                }
                order.insert(low, i);
            }
            let mut open = vec![false; order.len()];
            for at in 1..order.len() {
                let (a, b) = (order[at - 1], order[at]);
                let same = operands.iter().all(|x| x.numbers[places[a]] == x.numbers[places[b]]);
                if !is_stable && !same && before(a, b)? == 0 {
                    (open[at - 1], open[at]) = (true, true);
                }
            }
            for (result, operand) in results.iter_mut().zip(operands) {
                for (i, &from) in order.iter().enumerate() {
                    result[places[i]] = if open[i] { Any } else { operand.numbers[places[from]] };
                }
            }
        }
        Some(results.into_iter().zip(operands).map(|(n, x)| Tensor::new(x.ty.clone(), n)).collect())
    }
}

/// What of a region's results depends on the order of a reduction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rounding {
    None,
    OfSums,
    OfAny,
}

/// A tensor of each result, from the results of each element.
fn transposed(types: &[TensorType], results: &[Vec<Number>]) -> Vec<Tensor> {
    let of = |(i, ty): (usize, &TensorType)| {
        let number = |numbers: &Vec<Number>| numbers[i].converted(ty.element);
        Tensor::new(ty.clone(), results.iter().map(number).collect())
    };
    types.iter().enumerate().map(of).collect()
}

/// Whether a region of several results gives there the sum of that result's own two arguments.
fn sums_its_own(region: &Region, i: usize) -> bool {
    let count = region.returns.len();
    let own = [region.parameters[i], region.parameters[count + i]];
    region.ops.iter().any(|op| {
        op.kind == OpKind::Binary(Binary::Add) && op.results[0] == region.returns[i] && op.operands[..] == own
    })
}
