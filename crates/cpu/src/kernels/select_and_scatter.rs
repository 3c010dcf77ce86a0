//! `select_and_scatter`: each element of the source goes to the element that its window selects, as the gradient of a
//! pooling does.

use half::{bf16, f16};
use runahead_ir::{Binary, ComparisonDirection, ComparisonType, ElementType, OpKind, Region, Window};
use smallvec::SmallVec;

use super::copy::fill;
use super::parallel::{for_each_part_mut, parts_for_bytes, split_point};
use super::shape::{operand, plain, shown};
use super::window::{Moving, WindowAxis, window_axes};
use crate::element::{elements, elements_mut};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::ops::{Ordered, Ring, Scalar};
use crate::region::{ScalarMachine, ScalarProgram};

#[derive(Debug)]
struct SelectAndScatter {
    description: String,
    axes: SmallVec<[WindowAxis; 6]>,
    element: ElementType,
    method: Method,
}

#[derive(Debug)]
enum Method {
    /// The largest element is selected (the first of equal ones), and contributions are summed.
    Largest,
    Programs {
        select: ScalarProgram,
        scatter: ScalarProgram,
    },
}

pub(super) fn kernel(site: Site<'_>, window: &Window) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, source) = (operand(site, 0)?, operand(site, 1)?);
    let element = plain(from)?;
    let [select, scatter] = &site.op.regions[..] else {
        return Err(Unsupported("without its two bodies".into()));
    };
    let is_largest = selects_largest(select) && scatter.combiner() == Some(Binary::Add);
    let method = match is_largest && typed(element).is_some() {
        true => Method::Largest,
        false => Method::Programs {
            select: ScalarProgram::build(select, site.function)?,
            scatter: ScalarProgram::build(scatter, site.function)?,
        },
    };
    Ok(Box::new(SelectAndScatter {
        description: format!("select_and_scatter {} into {}", shown(&source.dims), shown(&from.dims)),
        axes: window_axes(window, &from.dims, &source.dims),
        element,
        method,
    }))
}

/// Whether a region returns whether its first parameter is at least its second.
fn selects_largest(select: &Region) -> bool {
    let ([a, b], [op], [returned]) = (&select.parameters[..], &select.ops[..], &select.returns[..]) else {
        return false;
    };
    let at_least = matches!(op.kind, OpKind::Compare { direction: ComparisonDirection::Ge, compare_type }
        if compare_type != Some(ComparisonType::TotalOrder));
    at_least && op.operands[..] == [*a, *b] && op.results[..] == [*returned]
}

impl Kernel for SelectAndScatter {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let (from, source, to) = (operands[0].bytes(), operands[1].bytes(), &mut *results[0]);
        if to.is_empty() {
            return;
        }
        let width = self.element.size();
        let initial = Scalar::from_bytes(operands[2].bytes());
        // Along an axis on which windows do not move, every index is by itself.
        let outer: usize =
            self.axes.iter().take_while(|axis| axis.is_trivial()).map(|axis| axis.input).product();
        let parts = parts_for_bytes(from.len() + source.len() + to.len()).min(outer);
        let share = |bytes: usize, part: usize| split_point(outer, parts, part) * (bytes / outer);
        let len = to.len();
        for_each_part_mut(to, parts, &|part| share(len, part), &|part, to| {
            fill(to, width, initial);
            let from = &from[share(len, part)..share(len, part + 1)];
            let source = &source[share(source.len(), part)..share(source.len(), part + 1)];
            match &self.method {
                Method::Largest => {
                    let run = typed(self.element).expect("checked when the kernel was built");
                    run(&self.axes, from, source, to);
                }
                Method::Programs { select, scatter } => {
                    let rule = Programs { width, from, select: select.machine(), scatter: scatter.machine() };
                    run(&self.axes, source.len() / width, Bytes { rule, source, to });
                }
            }
        });
    }
}

/// What selects and what combines.
trait Rule {
    /// Whether the selected element stays selected, given another.
    fn keeps(&mut self, selected: usize, other: usize) -> bool;
    /// Combines element `to` of the result with element `from` of the source.
    fn combine(&mut self, to: usize, from: usize);
}

struct Programs<'a> {
    width: usize,
    from: &'a [u8],
    select: ScalarMachine<'a>,
    scatter: ScalarMachine<'a>,
}

struct Bytes<'a> {
    rule: Programs<'a>,
    source: &'a [u8],
    to: &'a mut [u8],
}

impl Rule for Bytes<'_> {
    fn keeps(&mut self, selected: usize, other: usize) -> bool {
        let Programs { width, from, select, .. } = &mut self.rule;
        let at = |i: usize| Scalar::from_bytes(&from[i * *width..][..*width]);
        select.run(&[at(selected), at(other)])[0].get::<u8>() != 0
    }

    fn combine(&mut self, to: usize, from: usize) {
        let width = self.rule.width;
        let to = &mut self.to[to * width..][..width];
        let source = Scalar::from_bytes(&self.source[from * width..][..width]);
        let combined = self.rule.scatter.run(&[Scalar::from_bytes(to), source])[0];
        to.copy_from_slice(combined.bytes(width));
    }
}

struct Largest<'a, T> {
    from: &'a [T],
    source: &'a [T],
    to: &'a mut [T],
}

impl<T: Ordered + Ring> Rule for Largest<'_, T> {
    #[inline]
    fn keeps(&mut self, selected: usize, other: usize) -> bool {
        self.from[other].less_or_equal(self.from[selected])
    }

    #[inline]
    fn combine(&mut self, to: usize, from: usize) {
        self.to[to] = self.to[to].plus(self.source[from]);
    }
}

/// Selects the largest elements and sums what goes to them.
type Typed = fn(&[WindowAxis], &[u8], &[u8], &mut [u8]);

fn typed(element: ElementType) -> Option<Typed> {
    fn largest<T: Ordered + Ring>(axes: &[WindowAxis], from: &[u8], source: &[u8], to: &mut [u8]) {
        let (from, source, to) = (elements::<T>(from), elements::<T>(source), elements_mut::<T>(to));
        run(axes, source.len(), Largest { from, source, to });
    }
    Some(match element {
        ElementType::F16 => largest::<f16>,
        ElementType::BF16 => largest::<bf16>,
        ElementType::F32 => largest::<f32>,
        ElementType::F64 => largest::<f64>,
        ElementType::I32 => largest::<i32>,
        _ => return None,
    })
}

/// Goes through `count` elements of the source: a whole number of indices along the axes on which windows do not move,
/// counted from the first that this thread has.
fn run(axes: &[WindowAxis], count: usize, mut rule: impl Rule) {
    let mut window = Moving::at(axes, 0);
    for from in 0..count {
        let mut selected = None;
        window.for_each(|other| {
            selected = match selected {
                Some(selected) if rule.keeps(selected, other) => Some(selected),
                _ => Some(other),
            };
        });
        if let Some(to) = selected {
            rule.combine(to, from);
        }
        window.advance();
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::{OpKind, Window};

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random};

    fn shape(dims: &[usize]) -> String {
        let sizes: String = dims.iter().map(|d| format!("{d}x")).collect();
        format!("tensor<{sizes}f32>")
    }

    fn case(dims: &[usize], source: &[usize], window: &Window, direction: &str, combine: &str) -> Case {
        let (from, source) = (shape(dims), shape(source));
        let mut case = Case::parse(&format!(
            r#"func.func @main(%x: {from}, %s: {source}, %i: tensor<f32>) -> {from} {{
                %r = "stablehlo.select_and_scatter"(%x, %s, %i) <{{window_dimensions = array<i64: 1>}}> ({{
                ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                  %c = stablehlo.compare {direction}, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
                  stablehlo.return %c : tensor<i1>
                }}, {{
                ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                  %c = stablehlo.{combine} %a, %b : tensor<f32>
                  stablehlo.return %c : tensor<f32>
                }}) : ({from}, {source}, tensor<f32>) -> {from}
                return %r : {from}
            }}"#
        ));
        case.op.kind = OpKind::SelectAndScatter(Box::new(window.clone()));
        case
    }

    #[test]
    fn any_window_and_rule() {
        let mut random = Random::new(70);
        for round in 0..300 {
            let rank = random.below(5);
            let (mut dims, mut to) = (vec![], vec![]);
            let mut w = Window {
                dimensions: vec![],
                strides: vec![],
                base_dilations: vec![1; rank],
                window_dilations: vec![1; rank],
                padding: vec![],
            };
            for axis in 0..rank {
                let trivial = axis == 0 || random.below(3) == 0;
                let size = 1 + random.below(6);
                let window = if trivial { 1 } else { 1 + random.below(3) };
                let stride = if trivial { 1 } else { 1 + random.below(3) };
                let padding = if trivial { (0, 0) } else { (random.range(0, 3), random.range(0, 3)) };
                let padded = size as i64 + padding.0 + padding.1;
                dims.push(size);
                to.push(if padded < window as i64 { 0 } else { (padded as usize - window) / stride + 1 });
                w.dimensions.push(window);
                w.strides.push(stride);
                w.padding.push(padding);
            }
            let x: Vec<f32> = (0..dims.iter().product()).map(|_| random.range(-3, 4) as f32).collect();
            let source = random.floats(to.iter().product());
            let (direction, combine, initial) =
                [("GE", "add", 0.5), ("LE", "add", 0.0), ("GE", "maximum", -9.0)][round % 3];
            let mut expected = vec![initial; x.len()];
            let mut sources = source.iter();
            for_each_index(&to, |index| {
                let mut selected: Option<usize> = None;
                for_each_index(&w.dimensions, |tap| {
                    let mut at = 0;
                    for d in 0..rank {
                        let place = (index[d] * w.strides[d] + tap[d]) as i64 - w.padding[d].0;
                        if !(0..dims[d] as i64).contains(&place) {
                            return;
                        }
                        at = at * dims[d] + place as usize;
                    }
                    let keep = |old: usize| if direction == "GE" { x[old] >= x[at] } else { x[old] <= x[at] };
                    selected = selected.filter(|&old| keep(old)).or(Some(at));
                });
                let source = *sources.next().unwrap();
                if let Some(at) = selected {
                    let old = expected[at];
                    expected[at] = if combine == "add" { old + source } else { old.max(source) };
                }
            });
            let found =
                case(&dims, &to, &w, direction, combine).run_as::<f32, f32>(&[&x, &source, &[initial]]);
            assert_eq!(found, expected, "round {round}: {dims:?} {w:?}");
        }
    }
}
