//! Whether every place that is read or written is among the bytes that it says it is among.
//!
//! Each index has a range: a loop's counter that of its turns; a sum, a product, a maximum or a minimum what follows from
//! the ranges of its operands; and inside of an `If` on `index < limit` (without signs) the index is from 0 up to the limit.
//! Anything else may be any number. What cannot be shown so is refused.

use std::collections::HashMap;

use runahead_ir::{Binary, ComparisonDirection, ElementType};

use super::{Argument, Bytes, Loops, Operation, Place, Statement, Value};

/// The numbers from the first to the last.
type Range = (i128, i128);

const ANY: Range = (i64::MIN as i128, i64::MAX as i128);

/// Finds a place that may lie outside of what it is said to be among: what is wrong with it.
///
/// # Errors
/// The place, and where it may lie.
pub fn check(loops: &Loops) -> Result<(), String> {
    Checker { loops, ranges: HashMap::new(), unsigned: HashMap::new(), below: HashMap::new() }
        .list(&loops.statements)
}

struct Checker<'a> {
    loops: &'a Loops,
    ranges: HashMap<Value, Range>,
    /// Values that are others without their sign.
    unsigned: HashMap<Value, Value>,
    /// Booleans that say that a value, without its sign, is less than a number.
    below: HashMap<Value, (Value, i128)>,
}

impl Checker<'_> {
    fn range(&self, argument: Argument) -> Range {
        match argument {
            Argument::Constant(constant) => {
                constant.as_index().map_or(ANY, |index| (index.into(), index.into()))
            }
            Argument::Value(value) => self.ranges.get(&value).copied().unwrap_or(ANY),
        }
    }

    fn list(&mut self, statements: &[Statement]) -> Result<(), String> {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement) -> Result<(), String> {
        match statement {
            Statement::Compute { value, operation, arguments } => {
                self.compute(*value, *operation, arguments);
                Ok(())
            }
            Statement::Read { from, .. } => self.place(from),
            Statement::Write { to, .. } => self.place(to),
            Statement::For { index, count, body, .. } => {
                if *count == 0 {
                    return Ok(());
                }
                self.ranges.insert(*index, (0, *count as i128 - 1));
                self.list(body)
            }
            Statement::If { condition, then } => {
                let Argument::Value(condition) = condition else { return self.list(then) };
                let Some(&(value, limit)) = self.below.get(condition) else { return self.list(then) };
                if limit <= 0 {
                    return Ok(());
                }
                let (low, high) = self.range(Argument::Value(value));
                let before = self.ranges.insert(value, (low.max(0), high.min(limit - 1)));
                let checked = self.list(then);
                self.ranges.insert(value, before.unwrap_or(ANY));
                checked
            }
            other => other.bodies().into_iter().try_for_each(|body| self.list(body)),
        }
    }

    fn compute(&mut self, value: Value, operation: Operation, arguments: &[Argument]) {
        let element = self.loops.types[value.0 as usize];
        match (operation, arguments) {
            (Operation::BitcastConvert, &[Argument::Value(of)]) if element == ElementType::U64 => {
                self.unsigned.insert(value, of);
            }
            (
                Operation::Compare { direction: ComparisonDirection::Lt, compare_type: None },
                &[Argument::Value(a), Argument::Constant(limit)],
            ) if limit.element == ElementType::U64 => {
                if let Some(&of) = self.unsigned.get(&a) {
                    self.below.insert(value, (of, limit.bits() as i128));
                }
            }
            (Operation::Binary(by), &[a, b]) if element == ElementType::I64 => {
                let (a, b) = (self.range(a), self.range(b));
                let range = match by {
                    Binary::Add => (a.0 + b.0, a.1 + b.1),
                    Binary::Subtract => (a.0 - b.1, a.1 - b.0),
                    Binary::Maximum => (a.0.max(b.0), a.1.max(b.1)),
                    Binary::Minimum => (a.0.min(b.0), a.1.min(b.1)),
                    _ => ANY,
                };
                // What wraps around may be any number.
                let fits = range.0 >= ANY.0 && range.1 <= ANY.1;
                self.ranges.insert(value, if fits { range } else { ANY });
            }
            _ => {}
        }
    }

    fn place(&self, place: &Place) -> Result<(), String> {
        let (mut low, mut high) = (i128::from(place.start), i128::from(place.start));
        for &(value, step) in &place.terms {
            let (first, last) = self.range(Argument::Value(value));
            let ends = [first * i128::from(step), last * i128::from(step)];
            low += ends[0].min(ends[1]);
            high += ends[0].max(ends[1]);
        }
        let Bytes { start, len } = place.within;
        let inside = low >= start as i128 && high + place.element.size() as i128 <= (start + len) as i128;
        match inside {
            true => Ok(()),
            false => Err(format!(
                "an element of {} between bytes {low} and {high} of memory {}, where {start} to {} are meant",
                place.element,
                place.memory,
                start + len
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::TensorType;

    use super::super::{Tensor, Writer};
    use super::*;

    fn tensor(dims: &[usize]) -> Tensor {
        Tensor::new(0, 64, &TensorType::new(ElementType::F32, dims.iter().copied()))
    }

    fn read_at(write: impl Fn(&mut Writer, Argument) -> Argument) -> Result<(), String> {
        let (from, to) = (tensor(&[10]), Tensor::new(1, 0, &TensorType::new(ElementType::F32, [4])));
        let indices = Tensor::new(2, 0, &TensorType::new(ElementType::I64, [4]));
        let mut writer = Writer::default();
        writer.nest(&[4], &mut |writer, index| {
            let named = writer.read(indices.at(index));
            let at = write(writer, named);
            let value = writer.read(from.at(&[at]));
            writer.write(to.at(index), value);
        });
        check(&writer.finish())
    }

    #[test]
    fn an_index_that_is_read_must_be_bounded() {
        assert!(read_at(|_, named| named).is_err());
        assert!(read_at(|writer, named| writer.clamp(named, 9)).is_ok());
        assert!(read_at(|writer, named| writer.clamp(named, 10)).is_err());
        let shifted = |by: i64| {
            read_at(move |writer, named| {
                let bounded = writer.clamp(named, 7);
                writer.index(Binary::Add, bounded, Argument::index(by))
            })
        };
        assert!(shifted(2).is_ok() && shifted(3).is_err() && shifted(-1).is_err());
    }

    #[test]
    fn a_condition_bounds_what_is_inside_alone() {
        let reads = |limit: i64, outside: bool| {
            let (from, indices) = (tensor(&[10]), Tensor::new(2, 0, &TensorType::scalar(ElementType::I64)));
            let mut writer = Writer::default();
            let named = writer.read(indices.at(&[]));
            let below = writer.is_below(named, limit);
            writer.when(below, |writer| {
                let value = writer.read(from.at(&[named]));
                writer.write(from.at(&[named]), value);
            });
            if outside {
                writer.read(from.at(&[named]));
            }
            check(&writer.finish())
        };
        assert!(reads(10, false).is_ok() && reads(11, false).is_err() && reads(10, true).is_err());
    }

    #[test]
    fn nothing_is_read_of_nothing() {
        let empty = tensor(&[0, 3]);
        let mut writer = Writer::default();
        writer.nest(&[0, 3], &mut |writer, index| {
            writer.read(empty.at(index));
        });
        assert!(check(&writer.finish()).is_ok());
        let mut writer = Writer::default();
        writer.nest(&[3], &mut |writer, index| {
            writer.read(empty.at(&[Argument::index(0), index[0]]));
        });
        assert!(check(&writer.finish()).is_err());
    }
}
