//! Values that are put together of parts of others: concatenations, what padding surrounds, and slices of such. So a tensor
//! that is rolled or shifted is read where it is.

use runahead_ir::{Dims, OpKind};

use super::graph::{Graph, Piece, Val};
use super::view::View;

/// Pieces of a value, at most: reading looks for the one that an element is in.
const MOST: usize = 9;

/// The pieces of an operation's result of that shape, if it is put together.
pub(super) fn of(graph: &Graph, kind: &OpKind, operands: &[Val], to: &[usize]) -> Option<Vec<Piece>> {
    let pieces = match kind {
        OpKind::Concatenate { dimension } => concatenated(graph, *dimension, operands),
        OpKind::Slice { start, strides, .. } if strides.iter().all(|&step| step == 1) => {
            graph.info(operands[0]).pieces.as_ref()?;
            sliced(graph, operands[0], start, to)
        }
        OpKind::Pad { low, interior, .. } if interior.iter().all(|&size| size == 0) => {
            padded(graph, operands, low, to)?
        }
        _ => return None,
    };
    let pieces: Vec<Piece> = pieces.into_iter().filter(|piece| !is_empty(piece)).collect();
    // One element has no axes to find a piece by, and none has no pieces.
    let elements = to.iter().product::<usize>();
    (pieces.len() <= MOST && elements > 1).then_some(pieces)
}

fn is_empty(piece: &Piece) -> bool {
    piece.low.iter().zip(&piece.high).any(|(low, high)| low >= high)
}

/// The pieces of a value: itself where it is not put together.
fn pieces_of(graph: &Graph, val: Val) -> Vec<Piece> {
    let info = graph.info(val);
    match &info.pieces {
        Some(pieces) => pieces.to_vec(),
        None => {
            let low: Dims = info.ty.dims.iter().map(|_| 0).collect();
            vec![Piece { low, high: info.ty.dims.clone(), view: info.view.clone() }]
        }
    }
}

fn concatenated(graph: &Graph, dimension: usize, operands: &[Val]) -> Vec<Piece> {
    let mut before = 0;
    let mut all = Vec::new();
    for &operand in operands {
        for mut piece in pieces_of(graph, operand) {
            piece.low[dimension] += before;
            piece.high[dimension] += before;
            all.push(piece);
        }
        before += graph.dims(operand)[dimension];
    }
    all
}

fn sliced(graph: &Graph, from: Val, start: &[usize], to: &[usize]) -> Vec<Piece> {
    let mut all = pieces_of(graph, from);
    for piece in &mut all {
        for axis in 0..to.len() {
            let (low, high) = (piece.low[axis], piece.high[axis]);
            let (new_low, new_high) = (low.max(start[axis]), high.min(start[axis] + to[axis]));
            if new_low >= new_high {
                // Nothing of it is left.
                piece.high[axis] = piece.low[axis];
                continue;
            }
            piece.view.offset += (new_low - low) * piece.view.strides[axis];
            piece.low[axis] = new_low - start[axis];
            piece.high[axis] = new_high - start[axis];
        }
    }
    all
}

fn padded(graph: &Graph, operands: &[Val], low: &[i64], to: &[usize]) -> Option<Vec<Piece>> {
    let (from, value) = (operands[0], graph.info(operands[1]));
    let before: Dims = low.iter().map(|&size| usize::try_from(size)).collect::<Result<_, _>>().ok()?;
    let size = graph.dims(from);
    if (0..to.len()).any(|axis| before[axis] + size[axis] > to[axis]) {
        return None;
    }
    let mut all = pieces_of(graph, from);
    for piece in &mut all {
        for axis in 0..to.len() {
            piece.low[axis] += before[axis];
            piece.high[axis] += before[axis];
        }
    }
    // What is left of the result before and after along each axis, within the operand's extent along the axes before.
    let (mut inner_low, mut inner_high): (Dims, Dims) = (to.iter().map(|_| 0).collect(), to.into());
    for axis in 0..to.len() {
        for (first, end) in [(0, before[axis]), (before[axis] + size[axis], to[axis])] {
            if first < end {
                let (mut low, mut high) = (inner_low.clone(), inner_high.clone());
                (low[axis], high[axis]) = (first, end);
                let view = View { strides: to.iter().map(|_| 0).collect(), ..value.view.clone() };
                all.push(Piece { low, high, view });
            }
        }
        (inner_low[axis], inner_high[axis]) = (before[axis], before[axis] + size[axis]);
    }
    Some(all)
}
