//! Windows of an input, laid out as the rows of a matrix.

use runahead_ir::Dims;
use smallvec::SmallVec;

use super::super::dot_general::Multiply;
use super::super::shape::product;
use super::super::window::{WindowAxis, line_under};

/// The windows of an input with axes batch, space, channels.
#[derive(Clone, Debug)]
pub(super) struct Patches {
    pub(super) axes: SmallVec<[WindowAxis; 3]>,
    /// Channels of the input, and those that a window takes.
    pub(super) all_channels: usize,
    pub(super) channels: usize,
}

impl Patches {
    /// Elements of one window.
    pub(super) fn len(&self) -> usize {
        product(&self.axes.iter().map(|a| a.window).chain([self.channels]).collect::<Dims>())
    }

    /// Elements of one input of the batch.
    pub(super) fn input_len(&self) -> usize {
        product(&self.axes.iter().map(|a| a.input).chain([self.all_channels]).collect::<Dims>())
    }

    /// Windows of one input of the batch.
    pub(super) fn output_len(&self) -> usize {
        product(&self.axes.iter().map(|a| a.output).collect::<Dims>())
    }

    /// Whether the windows, laid out, are the input.
    pub(super) fn is_identity(&self) -> bool {
        self.channels == self.all_channels
            && self.axes.iter().all(|a| {
                a.window == 1 && a.stride == 1 && a.low == 0 && a.input_dilation == 1 && a.input == a.output
            })
    }

    /// The number in the batch and the place in space of a window.
    pub(super) fn place(&self, mut window: usize) -> (usize, SmallVec<[usize; 3]>) {
        let mut place: SmallVec<[usize; 3]> = self.axes.iter().map(|_| 0).collect();
        for (at, axis) in place.iter_mut().zip(&self.axes).rev() {
            *at = window % axis.output;
            window /= axis.output;
        }
        (window, place)
    }

    /// Writes the windows from number `first` on, one after the other, as many as there is room for. The channels
    /// that they take begin `start` elements into the input.
    pub(super) fn lay_out<T: Multiply>(&self, input: &[T], start: usize, first: usize, to: &mut [T]) {
        let (mut batch, mut place) = self.place(first);
        for patch in to.chunks_exact_mut(self.len()) {
            self.lay_out_one(input, start + batch * self.input_len(), &place, patch);
            let mut axis = place.len();
            loop {
                if axis == 0 {
                    batch += 1;
                    break;
                }
                axis -= 1;
                place[axis] += 1;
                if place[axis] < self.axes[axis].output {
                    break;
                }
                place[axis] = 0;
            }
        }
    }

    fn lay_out_one<T: Multiply>(&self, input: &[T], start: usize, place: &[usize], patch: &mut [T]) {
        let Some((row, outer)) = self.axes.split_last() else {
            return patch.copy_from_slice(&input[start..start + self.channels]);
        };
        let (&at, outer_place) = place.split_last().expect("as many places as axes");
        for (line, patch) in patch.chunks_exact_mut(row.window * self.channels).enumerate() {
            match line_under(outer, outer_place, line) {
                None => patch.fill(T::zeroed()),
                Some(line) => {
                    let start = start + line * row.input * self.all_channels;
                    // An axis of no elements has lines all the same, which begin nowhere.
                    let line = input.get(start..).unwrap_or_default();
                    if self.channels == self.all_channels && row.is_dense() {
                        self.copy_line(row, at, line, patch);
                    } else {
                        self.gather_line(row, at, line, patch);
                    }
                }
            }
        }
    }

    /// A line of the window that is one run of the input, but for what hangs over its ends.
    fn copy_line<T: Multiply>(&self, row: &WindowAxis, at: usize, line: &[T], patch: &mut [T]) {
        let first = (at * row.stride) as i64 - row.low;
        let before = (-first).clamp(0, row.window as i64) as usize;
        let end = (row.input as i64 - first).clamp(before as i64, row.window as i64) as usize;
        let from = (first + before as i64).max(0) as usize * self.channels;
        let (before, end) = (before * self.channels, end * self.channels);
        patch[..before].fill(T::zeroed());
        patch[end..].fill(T::zeroed());
        if before < end {
            patch[before..end].copy_from_slice(&line[from..from + end - before]);
        }
    }

    fn gather_line<T: Multiply>(&self, row: &WindowAxis, at: usize, line: &[T], patch: &mut [T]) {
        for (tap, patch) in patch.chunks_exact_mut(self.channels).enumerate() {
            match row.source(at, tap) {
                None => patch.fill(T::zeroed()),
                Some(at) => patch.copy_from_slice(&line[at * self.all_channels..][..self.channels]),
            }
        }
    }
}
