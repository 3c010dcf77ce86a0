//! The best alignment of two proteins (Needleman and Wunsch 1970), by tiles along a wavefront.
//!
//! Each cell of the table needs the one above, the one to the left and the one between. So each tile reads three
//! others; the tiles on a diagonal run at once, without anybody having said so. The result is compared with the table
//! filled row by row.
//!
//! The proteins are the alpha and the beta chain of human haemoglobin, UniProtKB P69905 and P68871 (CC BY 4.0).
//!
//! ```sh
//! cargo run --release -p runahead-async --example alignment
//! ```

use runahead_async::{Async, Error, compute};

const ALPHA: &[u8] =
    b"MVLSPADKTNVKAAWGKVGAHAGEYGAEALERMFLSFPTTKTYFPHFDLSHGSAQVKGHGKKVADALTNAVAHVDDMPNALSALSD\
    LHAHKLRVDPVNFKLLSHCLLVTLAAHLPAEFTPAVHASLDKFLASVSTVLTSKYR";
const BETA: &[u8] =
    b"MVHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPWTQRFFESFGDLSTPDAVMGNPKVKAHGKKVLGAFSDGLAHLDNLKGTFA\
    TLSELHCDKLHVDPENFRLLGNVLVCVLAHHFGKEFTPPVQAAYQKVVAGVANALAHKYH";

const MATCH: i32 = 2;
const MISMATCH: i32 = -1;
const GAP: i32 = -2;

/// Rows and columns of a tile.
const SIZE: usize = 16;

/// The scores of a part of the table, row by row, with the row above and the column to the left.
struct Tile {
    columns: usize,
    scores: Vec<i32>,
}

impl Tile {
    fn rows(&self) -> usize {
        self.scores.len() / self.columns
    }

    fn at(&self, row: usize, column: usize) -> i32 {
        self.scores[row * self.columns + column]
    }
}

/// The score of a cell, from those above, to the left and between, and the letters that meet there.
fn score(above: i32, left: i32, between: i32, a: u8, b: u8) -> i32 {
    let pair = between + if a == b { MATCH } else { MISMATCH };
    pair.max(above + GAP).max(left + GAP)
}

/// A tile of the table: the letters `a` down, `b` across, and what comes before them.
fn tile(a: &[u8], b: &[u8], first_row: &[i32], first_column: &[i32]) -> Tile {
    let columns = b.len() + 1;
    let mut scores = first_row.to_vec();
    for (row, &letter) in a.iter().enumerate() {
        scores.push(first_column[row + 1]);
        for (column, &other) in b.iter().enumerate() {
            let here = (row + 1) * columns + column + 1;
            let (above, left, between) =
                (scores[here - columns], scores[here - 1], scores[here - columns - 1]);
            scores.push(score(above, left, between, letter, other));
        }
    }
    Tile { columns, scores }
}

/// The table in tiles, each a value that waits for its neighbours.
fn table(a: &'static [u8], b: &'static [u8]) -> Vec<Vec<Async<Tile>>> {
    let mut rows: Vec<Vec<Async<Tile>>> = Vec::new();
    for (i, a) in a.chunks(SIZE).enumerate() {
        let mut row: Vec<Async<Tile>> = Vec::new();
        for (j, b) in b.chunks(SIZE).enumerate() {
            let above = rows.last().map(|above| above[j].read());
            let left = row.last().map(|left| left.read());
            row.push(compute((above, left), move |(above, left)| {
                // The edges of the table are gaps only.
                let gaps = |start: usize, count: usize| (0..=count).map(move |k| (start + k) as i32 * GAP);
                let first_row: Vec<i32> = match above {
                    Some(above) => (0..above.columns).map(|k| above.at(above.rows() - 1, k)).collect(),
                    None => gaps(j * SIZE, b.len()).collect(),
                };
                let first_column: Vec<i32> = match left {
                    Some(left) => (0..left.rows()).map(|k| left.at(k, left.columns - 1)).collect(),
                    None => gaps(i * SIZE, a.len()).collect(),
                };
                tile(a, b, &first_row, &first_column)
            }));
        }
        rows.push(row);
    }
    rows
}

/// The same, row by row.
fn table_directly(a: &[u8], b: &[u8]) -> Tile {
    let edge = |count: usize| (0..=count).map(|k| k as i32 * GAP).collect::<Vec<_>>();
    tile(a, b, &edge(b.len()), &edge(a.len()))
}

/// The two with gaps, found from the end of the table back.
fn trace(table: &Tile, a: &[u8], b: &[u8]) -> (String, String) {
    let (mut row, mut column) = (a.len(), b.len());
    let (mut with_gaps, mut other) = (String::new(), String::new());
    while row > 0 || column > 0 {
        let here = table.at(row, column);
        let up = row > 0 && here == table.at(row - 1, column) + GAP;
        let across = !up && column > 0 && here == table.at(row, column - 1) + GAP;
        row -= usize::from(!across);
        column -= usize::from(!up);
        with_gaps.push(if across { '-' } else { a[row].into() });
        other.push(if up { '-' } else { b[column].into() });
    }
    (with_gaps.chars().rev().collect(), other.chars().rev().collect())
}

fn main() -> Result<(), Error> {
    let tiles = table(ALPHA, BETA);
    let expected = table_directly(ALPHA, BETA);
    for (i, row) in tiles.iter().enumerate() {
        for (j, tile) in row.iter().enumerate() {
            let tile = tile.wait()?;
            for (k, score) in tile.scores.iter().enumerate() {
                let (row, column) = (i * SIZE + k / tile.columns, j * SIZE + k % tile.columns);
                assert_eq!(*score, expected.at(row, column), "row {row}, column {column}");
            }
        }
    }

    let (alpha, beta) = trace(&expected, ALPHA, BETA);
    let same = alpha.bytes().zip(beta.bytes()).filter(|(a, b)| a == b).count();
    let letters = |text: &str| text.bytes().filter(|letter| *letter != b'-').collect::<Vec<_>>();
    assert_eq!((letters(&alpha), letters(&beta)), (ALPHA.to_vec(), BETA.to_vec()));
    for start in (0..alpha.len()).step_by(60) {
        let end = alpha.len().min(start + 60);
        println!("{}\n{}\n", &alpha[start..end], &beta[start..end]);
    }
    println!("score {}, {same} of {} letters the same", expected.at(ALPHA.len(), BETA.len()), alpha.len());
    Ok(())
}
