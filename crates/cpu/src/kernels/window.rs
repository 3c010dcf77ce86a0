//! Windows that move over a tensor: which element lies under which part of a window.

use std::ops::Range;

use runahead_ir::Window;
use smallvec::SmallVec;

use super::shape::{Strides, row_major};

/// One axis of the space that a window moves in.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowAxis {
    pub(super) input: usize,
    pub(super) window: usize,
    pub(super) output: usize,
    pub(super) stride: usize,
    /// Padding before the first element; negative to skip some.
    pub(super) low: i64,
    /// Distances between neighbouring elements of the input, and of the window.
    pub(super) input_dilation: usize,
    pub(super) window_dilation: usize,
}

impl WindowAxis {
    /// An axis of one element, for what has no axes.
    pub(super) fn unit() -> WindowAxis {
        WindowAxis {
            input: 1,
            window: 1,
            output: 1,
            stride: 1,
            low: 0,
            input_dilation: 1,
            window_dilation: 1,
        }
    }

    /// The input's element under element `tap` of the window at `position`, if there is one.
    pub(super) fn source(&self, position: usize, tap: usize) -> Option<usize> {
        let at = (position * self.stride + tap * self.window_dilation) as i64 - self.low;
        let dilation = self.input_dilation as i64;
        let inside = at >= 0 && (dilation == 1 || at % dilation == 0) && at / dilation < self.input as i64;
        inside.then_some((at / dilation) as usize)
    }

    /// Whether neighbouring elements of the window lie on neighbouring elements of the input.
    pub(super) fn is_dense(&self) -> bool {
        self.input_dilation == 1 && (self.window_dilation == 1 || self.window <= 1)
    }

    /// The positions at which element `tap` of the window lies on an element of the input, and the element under the
    /// first of them; for inputs that are not dilated, where the elements under them are `stride` apart.
    pub(super) fn positions(&self, tap: usize) -> (Range<usize>, usize) {
        let offset = (tap * self.window_dilation) as i64 - self.low;
        let stride = self.stride as i64;
        // The least positions at which the element is not before the input, and at which it is behind it.
        let not_before =
            |at: i64| ((at - offset + stride - 1).div_euclid(stride)).clamp(0, self.output as i64);
        let (first, end) = (not_before(0), not_before(self.input as i64));
        (first as usize..end as usize, (first * stride + offset).max(0) as usize)
    }

    /// The elements of the window that may lie on elements of the input at some of these positions; for inputs that are not
    /// dilated.
    pub(super) fn taps_over(&self, positions: Range<usize>) -> Range<usize> {
        let dilation = self.window_dilation as i64;
        let least = |offset: i64| (offset + dilation - 1).div_euclid(dilation).clamp(0, self.window as i64);
        let last = positions.end.saturating_sub(1);
        let first = least(self.low - (last * self.stride) as i64);
        let end = least(self.input as i64 + self.low - (positions.start * self.stride) as i64);
        first as usize..end.max(first) as usize
    }

    /// The elements of the window at a position that lie on elements of the input.
    pub(super) fn taps(&self, position: usize) -> Taps {
        if self.is_trivial() {
            return Taps { count: 1, source: position, step: 1 };
        }
        if self.input_dilation == 1 {
            let inside = self.taps_over(position..position + 1);
            let source = (position * self.stride + inside.start * self.window_dilation) as i64 - self.low;
            return Taps { count: inside.len(), source: source.max(0) as usize, step: self.window_dilation };
        }
        self.dilated_taps(position)
    }

    /// As [`taps`](Self::taps), of a dilated input: of the window's elements every so many-th lies on an element.
    fn dilated_taps(&self, position: usize) -> Taps {
        let (dilation, window_dilation) = (self.input_dilation as i128, self.window_dilation as i128);
        // Element `tap` lies `tap * window_dilation - missing` behind the first element of the input.
        let missing = i128::from(self.low) - (position * self.stride) as i128;
        let (common, inverse) = inverse(window_dilation, dilation);
        let none = Taps { count: 0, source: 0, step: 1 };
        if missing.rem_euclid(common) != 0 {
            return none;
        }
        let every = dilation / common;
        let one_of_them = (missing / common).rem_euclid(every) * inverse.rem_euclid(every) % every;
        let least = |offset: i128| (offset + window_dilation - 1).div_euclid(window_dilation);
        let lowest = least(missing).max(0);
        let first = lowest + (one_of_them - lowest).rem_euclid(every);
        let end = least((self.input as i128 - 1) * dilation + 1 + missing).min(self.window as i128);
        if first >= end {
            return none;
        }
        Taps {
            count: ((end - first + every - 1) / every) as usize,
            source: ((first * window_dilation - missing) / dilation) as usize,
            step: (window_dilation / common) as usize,
        }
    }

    /// Whether the axis is left as it is.
    pub(super) fn is_trivial(&self) -> bool {
        self.window == 1
            && self.stride == 1
            && self.low == 0
            && self.input_dilation == 1
            && self.input == self.output
    }
}

/// Elements of a window that lie on elements of the input, in order: how many there are, which element of the input the
/// first lies on, and how many further the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taps {
    pub(super) count: usize,
    pub(super) source: usize,
    pub(super) step: usize,
}

/// The greatest common divisor of two positive numbers, and what the first is to be multiplied by to be it, but for multiples
/// of the second.
fn inverse(a: i128, b: i128) -> (i128, i128) {
    let (mut old, mut new) = ((a, 1), (b, 0));
    while new.0 != 0 {
        let quotient = old.0 / new.0;
        (old, new) = (new, (old.0 - quotient * new.0, old.1 - quotient * new.1));
    }
    old
}

/// A window at one position after the other, in row-major order.
pub(super) struct Moving<'a> {
    axes: &'a [WindowAxis],
    strides: Strides,
    position: SmallVec<[usize; 6]>,
    taps: SmallVec<[Taps; 6]>,
}

impl<'a> Moving<'a> {
    /// A window at position number `number` of all.
    pub(super) fn at(axes: &'a [WindowAxis], mut number: usize) -> Moving<'a> {
        let sizes: SmallVec<[usize; 6]> = axes.iter().map(|axis| axis.input).collect();
        let mut position: SmallVec<[usize; 6]> = axes.iter().map(|_| 0).collect();
        for (at, axis) in position.iter_mut().zip(axes).rev() {
            *at = number % axis.output.max(1);
            number /= axis.output.max(1);
        }
        let taps = axes.iter().zip(&position).map(|(axis, &at)| axis.taps(at)).collect();
        Moving { axes, strides: row_major(&sizes), position, taps }
    }

    /// Goes to the next position; behind the last comes the first.
    pub(super) fn advance(&mut self) {
        for (i, axis) in self.axes.iter().enumerate().rev() {
            let at = &mut self.position[i];
            *at = if *at + 1 < axis.output { *at + 1 } else { 0 };
            let is_first = *at == 0;
            self.taps[i] = axis.taps(*at);
            if !is_first {
                break;
            }
        }
    }

    /// Calls `body` with the number of each element of the input that lies under the window, in the window's order.
    #[inline]
    pub(super) fn for_each(&self, mut body: impl FnMut(usize)) {
        let mut at = 0;
        // Axes along which there are several: how many, and how far apart.
        let mut several: SmallVec<[(usize, usize); 6]> = SmallVec::new();
        for (taps, &stride) in self.taps.iter().zip(&self.strides) {
            let stride = stride as usize;
            match taps.count {
                0 => return,
                1 => {}
                count => several.push((count, taps.step * stride)),
            }
            at += taps.source * stride;
        }
        let (count, step) = several.pop().unwrap_or((1, 0));
        let mut index: SmallVec<[usize; 6]> = SmallVec::from_elem(0, several.len());
        loop {
            (0..count).for_each(|i| body(at + i * step));
            let mut axis = several.len();
            loop {
                if axis == 0 {
                    return;
                }
                axis -= 1;
                let (count, step) = several[axis];
                index[axis] += 1;
                if index[axis] < count {
                    at += step;
                    break;
                }
                index[axis] = 0;
                at -= (count - 1) * step;
            }
        }
    }
}

/// The axes of a window over a tensor of these sizes.
pub(super) fn window_axes(window: &Window, input: &[usize], output: &[usize]) -> SmallVec<[WindowAxis; 6]> {
    let axis = |i: usize| WindowAxis {
        input: input[i],
        window: window.dimensions[i],
        output: output[i],
        stride: window.strides[i],
        low: window.padding[i].0,
        input_dilation: window.base_dilations[i],
        window_dilation: window.window_dilations[i],
    };
    (0..input.len()).map(axis).collect()
}

/// The number of the input's line under line `line` of the window at `place`, if there is one.
pub(super) fn line_under(axes: &[WindowAxis], place: &[usize], mut line: usize) -> Option<usize> {
    let (mut number, mut lines) = (0, 1);
    for (axis, &at) in axes.iter().zip(place).rev() {
        number += axis.source(at, line % axis.window)? * lines;
        line /= axis.window;
        lines *= axis.input;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Random;
    use super::*;

    /// The elements under the window by [`WindowAxis::source`], one after the other.
    fn one_by_one(axis: &WindowAxis, position: usize) -> Vec<usize> {
        (0..axis.window).filter_map(|tap| axis.source(position, tap)).collect()
    }

    #[test]
    fn taps_are_those_that_lie_on_elements() {
        let mut random = Random::new(31);
        for round in 0..20_000 {
            let axis = WindowAxis {
                input: random.below(6),
                window: random.below(8),
                output: 6,
                stride: 1 + random.below(4),
                low: random.range(-4, 12),
                input_dilation: 1 + random.below(if round % 2 == 0 { 1 } else { 7 }),
                window_dilation: 1 + random.below(5),
            };
            for position in 0..axis.output {
                let Taps { count, source, step } = axis.taps(position);
                let found: Vec<usize> = (0..count).map(|i| source + i * step).collect();
                assert_eq!(found, one_by_one(&axis, position), "{axis:?} at {position}");
            }
        }
    }

    #[test]
    fn windows_of_any_size_are_gone_through_in_as_many_steps_as_there_are_elements() {
        const FAR: usize = 1 << 58;
        let axis = |low: i64, input_dilation, window_dilation| WindowAxis {
            input: 4,
            window: FAR / window_dilation,
            output: 1,
            stride: FAR,
            low,
            input_dilation,
            window_dilation,
        };
        let low = FAR as i64 / 2;
        assert_eq!(axis(low, 1, 1).taps(0), Taps { count: 4, source: 0, step: 1 });
        assert_eq!(axis(low, 1, 2).taps(0), Taps { count: 2, source: 0, step: 2 });
        assert_eq!(axis(low, 1 << 40, 1).taps(0), Taps { count: 4, source: 0, step: 1 });
        // Of every three elements one.
        assert_eq!(axis(low, 1 << 40, 3).taps(0), Taps { count: 1, source: 1, step: 3 });
        let axes = [axis(low, 1, 1), axis(low, 1 << 40, 1), WindowAxis::unit()];
        let mut found = Vec::new();
        Moving::at(&axes, 0).for_each(|at| found.push(at));
        assert_eq!(found, (0..16).collect::<Vec<_>>());
    }

    #[test]
    fn a_moving_window_passes_all_positions_in_order() {
        let axis =
            |input, window, output, low| WindowAxis { input, window, output, low, ..WindowAxis::unit() };
        let axes = [axis(3, 2, 4, 1), axis(1, 1, 1, 0), axis(4, 3, 4, 1)];
        let mut moving = Moving::at(&axes, 0);
        for number in 0..16 {
            let position = [number / 4, 0, number % 4];
            let mut expected = Vec::new();
            for tap in 0..6 {
                let of = [tap / 3, 0, tap % 3];
                let at: Option<Vec<usize>> = (0..3).map(|i| axes[i].source(position[i], of[i])).collect();
                expected.extend(at.map(|at| at[0] * 4 + at[2]));
            }
            for window in [&moving, &Moving::at(&axes, number)] {
                let mut found = Vec::new();
                window.for_each(|at| found.push(at));
                assert_eq!(found, expected, "position {position:?}");
            }
            moving.advance();
        }
    }
}
