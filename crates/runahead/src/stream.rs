//! Feeding a program block after block, with several blocks in flight.

use std::collections::VecDeque;
use std::sync::Arc;

use runahead_async::{Async, Error};
use runahead_ir::{Literal, LiteralError, TensorType};
use runahead_runtime::{BudgetExceeded, Buffer, Executable, ExecuteError, Lane, Recorder};

/// Feeds a program arrays in blocks along their leading axis, and puts the results together again.
///
/// While the device computes one block, the host prepares the next ones and collects those before: at most
/// [`in_flight`](Self::in_flight) blocks are under way at once, so memory stays bounded however long the arrays are.
/// The last block is filled up with zeros, and what comes of those is cut off.
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
/// let results = Stream::new(&double, vec![None])?.in_flight(2).run(&[numbers], |_| {})?;
/// assert_eq!(results[0].ty().to_string(), "tensor<10xi32>");
/// assert_eq!(results[0].to_dense()[36..], 18i32.to_le_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Stream<'a> {
    program: &'a Executable,
    /// The arguments that every block is given; `None` for those that are streamed.
    fixed: Vec<Option<Buffer>>,
    /// The types of the blocks, and the arguments that they are for.
    streamed: Vec<(TensorType, String)>,
    /// How many rows a block has.
    rows: usize,
    in_flight: usize,
    synchronous: bool,
    recorder: Option<Arc<Recorder>>,
}

/// Why a program could not be fed.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The arguments given are not as many as the program takes.
    #[error("the program takes {expected} arguments, given or streamed, but there are {found}")]
    ArgumentCount {
        /// How many the program takes.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The arguments to be streamed have no leading axis in common.
    #[error(
        "what is streamed is cut along its leading axis, so each argument needs one, of the same size for all and not \
         zero; they are {blocks}"
    )]
    LeadingAxis {
        /// The arguments' names and types.
        blocks: String,
    },
    /// There are not as many arrays as arguments to be streamed, or they differ in length.
    #[error("{expected} arrays of one length are to be streamed, but they are {found}")]
    Arrays {
        /// How many arguments are streamed.
        expected: usize,
        /// The arrays' types.
        found: String,
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
    /// A stream into a program: `fixed` holds the arguments that do not change, and `None` for those that are streamed.
    ///
    /// # Errors
    /// Where these are not the program's arguments, or those to be streamed have no leading axis in common, also
    /// because there are none.
    pub fn new(program: &'a Executable, fixed: Vec<Option<Buffer>>) -> Result<Stream<'a>, StreamError> {
        let parameters = &program.signature().parameters;
        if fixed.len() != parameters.len() {
            return Err(StreamError::ArgumentCount { expected: parameters.len(), found: fixed.len() });
        }
        let open = (0..fixed.len()).filter(|&i| fixed[i].is_none());
        let streamed: Vec<(TensorType, String)> =
            open.map(|i| (parameters[i].ty.clone(), program.signature().parameter_name(i))).collect();
        let rows = streamed.first().and_then(|(ty, _)| ty.dims.first().copied()).unwrap_or(0);
        if rows == 0 || streamed.iter().any(|(ty, _)| ty.dims.first() != Some(&rows)) {
            let blocks = streamed.iter().map(|(ty, name)| format!("{name}: {ty}"));
            return Err(StreamError::LeadingAxis { blocks: blocks.collect::<Vec<_>>().join(", ") });
        }
        Ok(Stream { program, fixed, streamed, rows, in_flight: 4, synchronous: false, recorder: None })
    }

    /// How many rows a block has.
    pub fn rows(&self) -> usize {
        self.rows
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

    /// Feeds arrays to the program, one for each streamed argument, in the arguments' order; returns what came of them,
    /// an array for each of the program's results.
    ///
    /// A result with a row for each row of the block has one for each row of the arrays. Any other result is kept once
    /// for each block, along a new leading axis. `done` is told of each block that is done, with its number of rows.
    ///
    /// # Errors
    /// Where the arrays cannot be cut into blocks of the arguments' types, or a block fails; blocks that are under way
    /// then are not waited for.
    pub fn run(&self, arrays: &[Literal], mut done: impl FnMut(usize)) -> Result<Vec<Literal>, StreamError> {
        let total = self.check(arrays)?;
        let arrays: Vec<Arc<[u8]>> = arrays.iter().map(Literal::to_dense).collect();
        let blocks = total.div_ceil(self.rows);
        let results = &self.program.signature().results;
        let mut collected: Vec<Collected> = results.iter().map(|ty| Collected::new(ty, self.rows)).collect();
        let mut under_way: VecDeque<Block> = VecDeque::new();
        let limit = if self.synchronous { 1 } else { self.in_flight };
        let mut submitted = 0;
        for finished in 0..blocks {
            while submitted < blocks && under_way.len() < limit {
                under_way.push_back(self.submit(submitted, &arrays, total)?);
                submitted += 1;
            }
            let Some(block) = under_way.pop_front() else { break };
            self.collect(finished, &block, &mut collected)?;
            done(block.rows);
        }
        collected.into_iter().map(|result| result.finish(blocks, total)).collect()
    }

    /// The arrays' length, where they can be streamed.
    fn check(&self, arrays: &[Literal]) -> Result<usize, StreamError> {
        for (array, (block, argument)) in arrays.iter().zip(&self.streamed) {
            let (array, row) = (array.ty(), &block.dims[1..]);
            if array.rank() == 0 || &array.dims[1..] != row || array.element != block.element {
                let (array, argument, block) = (array.to_string(), argument.clone(), block.to_string());
                return Err(StreamError::Shape { array, argument, block });
            }
        }
        let lengths: Vec<usize> = arrays.iter().map(|array| array.ty().dims[0]).collect();
        if arrays.len() != self.streamed.len() || lengths.iter().any(|&length| length != lengths[0]) {
            let types: Vec<_> = arrays.iter().map(|array| array.ty().to_string()).collect();
            return Err(StreamError::Arrays { expected: self.streamed.len(), found: types.join(", ") });
        }
        Ok(lengths[0])
    }

    /// Prepares a block and sends it on its way.
    fn submit(&self, number: usize, arrays: &[Arc<[u8]>], total: usize) -> Result<Block, StreamError> {
        let failed = |error| StreamError::Failed { block: number, error };
        let rows = self.rows.min(total - number * self.rows);
        let inputs = self.host("prepare", || {
            let arrays = arrays.iter().zip(&self.streamed);
            arrays.map(|(array, (block, _))| cut(array, block, number, total)).collect::<Result<Vec<_>, _>>()
        })?;
        let buffers =
            inputs.iter().map(|input| self.program.device().upload(input)).collect::<Result<Vec<_>, _>>()?;
        if self.synchronous {
            buffers.iter().try_for_each(|buffer| buffer.ready().wait()).map_err(failed)?;
        }
        let mut streamed = buffers.iter();
        let arguments: Option<Vec<&Buffer>> =
            self.fixed.iter().map(|argument| argument.as_ref().or_else(|| streamed.next())).collect();
        let results = self.program.execute(&arguments.unwrap_or_default())?;
        if self.synchronous {
            results.iter().try_for_each(|result| result.ready().wait()).map_err(failed)?;
        }
        Ok(Block { results: results.iter().map(Buffer::to_host).collect(), rows })
    }

    /// Waits for a block and keeps its results.
    fn collect(&self, number: usize, block: &Block, collected: &mut [Collected]) -> Result<(), StreamError> {
        for (result, collected) in block.results.iter().zip(collected) {
            let result = result.wait().map_err(|error| StreamError::Failed { block: number, error })?;
            self.host("collect", || collected.add(&result, block.rows));
        }
        Ok(())
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
