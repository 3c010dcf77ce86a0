//! Steps over values, before memory is planned: what [`lower`](super::lower) makes of a graph and
//! [`place`](super::place) finds memory for.
//!
//! Control flow is structured, and each value has one definition. What joins values of different paths stands in
//! *parallel copies*, in which all sources are read before any target is written: at the entry of a loop and at the end
//! of its body, at the end of each branch, and at the end of the program.
//!
//! Each point of the program has a [`Tick`]. Ticks follow the order of the text: a loop's condition comes before its
//! body, and the branches of a choice come one after another.

use std::collections::HashMap;

use runahead_ir::{ElementType, Literal};
use runahead_runtime::{ALIGNMENT, AlignedBytes};

use super::graph::{Graph, Val};
use crate::kernel::{InPlace, Kernel};
use crate::native::StepForm;

/// A point of a program.
pub(super) type Tick = usize;

/// A value that is in memory while it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Cell(pub(super) usize);

/// Some bytes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) cell: Cell,
    pub(super) start: usize,
    pub(super) len: usize,
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What a step or a parallel copy computes.
    Computed,
    /// A parameter of the program.
    Parameter(usize),
    /// A constant, and where in the memory of the constants it begins.
    Constant(usize),
    /// What the program returns, in the memory that it is given for it.
    Result(usize),
}

/// All cells of a program.
#[derive(Debug, Default)]
pub(super) struct Cells {
    cells: Vec<CellInfo>,
    /// The cell of each value of the graph that is in memory.
    of: HashMap<Val, Cell>,
    /// The constants that are in memory, and where. They are written out when all is known to fit.
    constants: Vec<(usize, Literal)>,
    constant_bytes: usize,
}

#[derive(Clone, Copy, Debug)]
struct CellInfo {
    bytes: usize,
    kind: Kind,
    /// The value of the graph that it holds; none for scratch, results and what copies go by way of.
    val: Option<Val>,
}

/// A program as steps over cells.
pub(super) struct Draft {
    pub(super) cells: Cells,
    pub(super) parameters: Vec<Cell>,
    pub(super) steps: Vec<Step>,
    /// For each result what it is copied from, at `end`.
    pub(super) returns: Vec<Copy>,
    pub(super) end: Tick,
}

/// A step of a [`Draft`].
pub(super) enum Step {
    Run(Run),
    While(While),
    Choose(Choose),
}

/// A kernel on values.
pub(super) struct Run {
    pub(super) tick: Tick,
    pub(super) kernel: Box<dyn Kernel>,
    pub(super) form: Option<Box<StepForm>>,
    pub(super) operands: Vec<Part>,
    pub(super) results: Vec<Cell>,
    pub(super) scratch: Option<Cell>,
    /// Which operands may be in the memory of which results, as the kernel says.
    pub(super) in_place: Vec<InPlace>,
}

/// A loop: `entry`, then the condition; while the predicate holds, the body, `back` and the condition again.
pub(super) struct While {
    /// The initial values are copied to the parameters.
    pub(super) entry: Tick,
    pub(super) condition: Vec<Step>,
    /// The predicate is read.
    pub(super) test: Tick,
    pub(super) predicate: Part,
    pub(super) body: Vec<Step>,
    /// The next values are copied to the parameters.
    pub(super) back: Tick,
    /// What the parameters hold when the condition fails becomes the results.
    pub(super) exit: Tick,
    pub(super) carried: Vec<Carried>,
}

/// What a loop carries from one turn to the next. The result and the parameter are always in the same memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    pub(super) initial: Part,
    pub(super) parameter: Cell,
    pub(super) next: Part,
    pub(super) result: Cell,
}

impl While {
    /// The copies at the loop's entry.
    pub(super) fn entry_copies(&self) -> Vec<Copy> {
        self.carried.iter().map(|c| Copy { from: c.initial, to: c.parameter }).collect()
    }

    /// The copies at the end of the body.
    pub(super) fn back_copies(&self) -> Vec<Copy> {
        self.carried.iter().map(|c| Copy { from: c.next, to: c.parameter }).collect()
    }
}

/// A choice among branches.
pub(super) struct Choose {
    /// The index is read.
    pub(super) start: Tick,
    pub(super) index: Part,
    pub(super) index_type: ElementType,
    pub(super) branches: Vec<Branch>,
    pub(super) exit: Tick,
    pub(super) results: Vec<Cell>,
}

/// A branch of a [`Choose`].
pub(super) struct Branch {
    pub(super) start: Tick,
    pub(super) steps: Vec<Step>,
    /// What it returns is copied to the choice's results.
    pub(super) end: Tick,
    pub(super) returns: Vec<Copy>,
}

/// A copy, one of several that take place at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    pub(super) from: Part,
    pub(super) to: Cell,
}

impl Cells {
    /// A cell that holds no value of the graph.
    pub(super) fn add(&mut self, bytes: usize, kind: Kind) -> Cell {
        self.cells.push(CellInfo { bytes, kind, val: None });
        Cell(self.cells.len() - 1)
    }

    /// The cell of a value of the graph, which has none yet.
    pub(super) fn define(&mut self, graph: &Graph, val: Val, kind: Kind) -> Cell {
        let cell = self.add(graph.bytes(val), kind);
        self.cells[cell.0].val = Some(val);
        self.of.insert(val, cell);
        cell
    }

    /// Where a value is: a constant gets its cell when it is first asked for. `None` for a value that nothing computed.
    pub(super) fn part(&mut self, graph: &Graph, val: Val) -> Option<Part> {
        let (root, start) = graph.storage(val);
        let cell = match self.of.get(&root) {
            Some(&cell) => cell,
            None => {
                let literal = graph.info(root).literal.as_ref()?;
                let at = self.constant_bytes.checked_next_multiple_of(ALIGNMENT).unwrap_or(usize::MAX);
                self.constant_bytes = at.saturating_add(graph.bytes(root));
                self.constants.push((at, literal.clone()));
                self.define(graph, root, Kind::Constant(at))
            }
        };
        Some(Part { cell, start, len: graph.bytes(val) })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = Cell> + use<> {
        (0..self.cells.len()).map(Cell)
    }

    /// The size of a cell.
    pub(super) fn bytes(&self, cell: Cell) -> usize {
        self.cells[cell.0].bytes
    }

    /// What a cell is.
    pub(super) fn kind(&self, cell: Cell) -> Kind {
        self.cells[cell.0].kind
    }

    /// The value of the graph that a cell holds.
    pub(super) fn val(&self, cell: Cell) -> Option<Val> {
        self.cells[cell.0].val
    }

    /// All of a cell.
    pub(super) fn whole(&self, cell: Cell) -> Part {
        Part { cell, start: 0, len: self.bytes(cell) }
    }

    /// Bytes of constants.
    pub(super) fn constant_bytes(&self) -> usize {
        self.constant_bytes
    }

    /// The memory of the constants; `None` where it cannot be had.
    pub(super) fn constants(&self) -> Option<AlignedBytes> {
        let mut memory = AlignedBytes::zeroed(self.constant_bytes)?;
        for (at, literal) in &self.constants {
            let bytes = literal.ty().byte_count()?;
            literal.write_to(&mut memory[*at..at + bytes]);
        }
        Some(memory)
    }
}
