//! Feeding a program block after block, with several blocks in flight.

use std::collections::VecDeque;
use std::sync::Arc;

use runahead_async::{Async, Error};
use runahead_ir::{Literal, LiteralError, TensorType};
use runahead_runtime::{BudgetExceeded, Buffer, Executable, ExecuteError, Lane, Recorder};

/// Feeds a program an array in blocks along its leading axis, and puts the results together again.
///
/// While the device computes one block, the host prepares the next ones and collects those before: at most
/// [`in_flight`](Self::in_flight) blocks are under way at once, so memory stays bounded however long the array is. The
/// last block is filled up with zeros, and what comes of those is cut off.
///
/// ```
/// use runahead::{ElementType, Literal, Program, Stream, TensorType};
/// let program = Program::from_text(
///     "double.mlir",
///     "func.func @main(%x: tensor<4xi32>) -> tensor<4xi32> {
///        %y = stablehlo.add %x, %x : tensor<4xi32>
///        return %y : tensor<4xi32>
///      }",
/// )?;
/// let double = program.compile(&runahead::device("cpu")?)?;
/// let numbers: Vec<u8> = (0..10i32).flat_map(i32::to_le_bytes).collect();
/// let numbers = Literal::new(TensorType::new(ElementType::I32, [10]), numbers)?;
/// let results = Stream::new(&double, vec![None])?.in_flight(2).run(&numbers, |_| {})?;
/// assert_eq!(results[0].ty().to_string(), "tensor<10xi32>");
/// assert_eq!(results[0].to_dense()[36..], 18i32.to_le_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Stream<'a> {
    program: &'a Executable,
    /// The arguments that every block is given; `None` for the one that is streamed.
    fixed: Vec<Option<Buffer>>,
    streamed: usize,
    in_flight: usize,
    synchronous: bool,
    recorder: Option<Arc<Recorder>>,
}

/// Why a program could not be fed.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// Not exactly one argument was left open.
    #[error("one argument is streamed and all others are given; {open} of {parameters} were left open")]
    OpenArguments {
        /// How many were left open.
        open: usize,
        /// How many the program takes.
        parameters: usize,
    },
    /// The array cannot be cut into blocks of the argument's type.
    #[error(
        "a {array} cannot be cut into blocks for {argument}, which is a {block}: all but the first size, and the \
         element type, must be the same"
    )]
    Shape {
        /// The array's type.
        array: String,
        /// The argument's name.
        argument: String,
        /// The argument's type.
        block: String,
    },
    /// A block could not be submitted.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// A block could not be transferred.
    #[error(transparent)]
    Budget(#[from] BudgetExceeded),
    /// A block failed.
    #[error("block {block}: {error}")]
    Failed {
        /// The block's number, counted from 0.
        block: usize,
        /// Its error.
        error: Error,
    },
    /// The results together have no size that fits in memory.
    #[error(transparent)]
    TooLarge(#[from] LiteralError),
}

/// A block that is under way.
struct Block {
    results: Vec<Async<Literal>>,
    /// How many of its rows are real, not filled up.
    rows: usize,
}

/// The results of all blocks so far, one after another.
struct Collected {
    bytes: Vec<u8>,
    ty: TensorType,
    /// Whether the result has a row for each row of the block; one that has not is kept once for each block.
    by_row: bool,
}

impl<'a> Stream<'a> {
    /// A stream into a program: `fixed` holds the arguments that do not change, and `None` for the one that is streamed.
    ///
    /// # Errors
    /// Where not exactly one argument is `None`, or it has no leading axis to cut along.
    pub fn new(program: &'a Executable, fixed: Vec<Option<Buffer>>) -> Result<Stream<'a>, StreamError> {
        let parameters = program.signature().parameters.len();
        let open = fixed.iter().filter(|argument| argument.is_none()).count();
        match fixed.iter().position(Option::is_none) {
            Some(streamed) if open == 1 && fixed.len() == parameters => {
                Ok(Stream { program, fixed, streamed, in_flight: 4, synchronous: false, recorder: None })
            }
            _ => Err(StreamError::OpenArguments { open, parameters }),
        }
    }

    /// How many blocks may be under way at once, at least one; 4 unless said otherwise.
    pub fn in_flight(mut self, blocks: usize) -> Stream<'a> {
        self.in_flight = blocks.max(1);
        self
    }

    /// Waits after every step, as a program would that knows nothing of running ahead: for comparison.
    pub fn synchronous(mut self) -> Stream<'a> {
        self.synchronous = true;
        self
    }

    /// Notes what the host does, and when.
    pub fn recorder(mut self, recorder: Arc<Recorder>) -> Stream<'a> {
        self.recorder = Some(recorder);
        self
    }

    /// Feeds an array to the program; returns what came of it, a result for each of the program's.
    ///
    /// A result with a row for each row of the block has one for each row of the array. Any other result is kept once
    /// for each block, along a new leading axis. `done` is told of each block that is done, with its number of rows.
    ///
    /// # Errors
    /// Where the array cannot be cut into blocks of the argument's type, or a block fails; blocks that are under way
    /// then are not waited for.
    pub fn run(&self, array: &Literal, mut done: impl FnMut(usize)) -> Result<Vec<Literal>, StreamError> {
        let block_type = self.program.signature().parameters[self.streamed].ty.clone();
        let rows = match (array.ty().dims.split_first(), block_type.dims.split_first()) {
            (Some((_, row)), Some((&rows, block_row)))
                if row == block_row && array.ty().element == block_type.element && rows > 0 =>
            {
                rows
            }
            _ => {
                return Err(StreamError::Shape {
                    array: array.ty().to_string(),
                    argument: self.program.signature().parameter_name(self.streamed),
                    block: block_type.to_string(),
                });
            }
        };
        let total = array.ty().dims[0];
        let blocks = total.div_ceil(rows);
        let mut collected =
            self.program.signature().results.iter().map(|ty| Collected::new(ty, rows)).collect();
        let dense = array.to_dense();
        let mut under_way: VecDeque<Block> = VecDeque::new();
        let mut next_done = 0;
        for block in 0..blocks {
            let count = rows.min(total - block * rows);
            let input = self.host("prepare", || cut(&dense, &block_type, block, total))?;
            under_way.push_back(self.submit(block, &input, count)?);
            if under_way.len() >= self.in_flight || self.synchronous {
                done(self.collect(next_done, under_way.pop_front(), &mut collected)?);
                next_done += 1;
            }
        }
        while !under_way.is_empty() {
            done(self.collect(next_done, under_way.pop_front(), &mut collected)?);
            next_done += 1;
        }
        collected.into_iter().map(|result| result.finish(blocks, total)).collect()
    }

    /// Sends a block on its way.
    fn submit(&self, block: usize, input: &Literal, rows: usize) -> Result<Block, StreamError> {
        let failed = |error| StreamError::Failed { block, error };
        let buffer = self.program.device().upload(input)?;
        if self.synchronous {
            buffer.ready().wait().map_err(failed)?;
        }
        let arguments: Vec<&Buffer> =
            self.fixed.iter().map(|argument| argument.as_ref().unwrap_or(&buffer)).collect();
        let results = self.program.execute(&arguments)?;
        if self.synchronous {
            for result in &results {
                result.ready().wait().map_err(failed)?;
            }
        }
        Ok(Block { results: results.iter().map(Buffer::to_host).collect(), rows })
    }

    /// Waits for a block and keeps its results; returns its number of rows.
    fn collect(
        &self,
        number: usize,
        block: Option<Block>,
        collected: &mut Vec<Collected>,
    ) -> Result<usize, StreamError> {
        let Some(block) = block else { return Ok(0) };
        for (result, collected) in block.results.iter().zip(collected) {
            let result = result.wait().map_err(|error| StreamError::Failed { block: number, error })?;
            self.host("collect", || collected.add(&result, block.rows));
        }
        Ok(block.rows)
    }

    fn host<R>(&self, name: &'static str, work: impl FnOnce() -> R) -> R {
        match &self.recorder {
            Some(recorder) => recorder.record(Lane::Host, name, work),
            None => work(),
        }
    }
}

/// A block of an array, filled up with zeros.
fn cut(dense: &[u8], block: &TensorType, number: usize, total: usize) -> Result<Literal, LiteralError> {
    let block_bytes = block.byte_count().ok_or_else(|| LiteralError::NoSize { ty: block.to_string() })?;
    let row_bytes = dense.len().checked_div(total).unwrap_or(0);
    let start = number * block.dims[0] * row_bytes;
    let end = dense.len().min(start + block_bytes);
    let mut bytes = Vec::with_capacity(block_bytes);
    bytes.extend_from_slice(&dense[start..end]);
    bytes.resize(block_bytes, 0);
    Literal::new(block.clone(), bytes)
}

impl Collected {
    fn new(ty: &TensorType, rows: usize) -> Collected {
        Collected { bytes: Vec::new(), ty: ty.clone(), by_row: ty.dims.first() == Some(&rows) }
    }

    fn add(&mut self, block: &Literal, rows: usize) {
        let bytes = block.to_dense();
        let kept = if self.by_row { bytes.len() / self.ty.dims[0] * rows } else { bytes.len() };
        self.bytes.extend_from_slice(&bytes[..kept]);
    }

    fn finish(self, blocks: usize, total: usize) -> Result<Literal, StreamError> {
        let (leading, row) =
            if self.by_row { (total, &self.ty.dims[1..]) } else { (blocks, &self.ty.dims[..]) };
        let dims = std::iter::once(leading).chain(row.iter().copied());
        Ok(Literal::new(self.ty.with_dims(dims), self.bytes)?)
    }
}
