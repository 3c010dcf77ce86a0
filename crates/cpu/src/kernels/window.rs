//! Windows that move over a tensor: which element lies under which part of a window.

use std::ops::Range;

use runahead_ir::Window;
use smallvec::SmallVec;

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

    /// Whether the axis is left as it is.
    pub(super) fn is_trivial(&self) -> bool {
        self.window == 1
            && self.stride == 1
            && self.low == 0
            && self.input_dilation == 1
            && self.input == self.output
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
