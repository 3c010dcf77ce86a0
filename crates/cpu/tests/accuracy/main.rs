//! How far functions are from the true values, in units in the last place, where `samples.bin` (made by `samples.py` from
//! more precise arithmetic) has them.
//!
//! All numbers of 16 bits, and every 20011th of 32, are compared with functions in double precision in the crate's own
//! tests (`ops/tests.rs`), which say where one is further off, and why. Here those functions are compared themselves, and
//! complex ones.

use std::collections::BTreeMap;

use runahead_cpu::{CompileOptions, compile};
use runahead_ir::{Binary, ElementType, FunctionBuilder, TensorType, Unary, float};
use runahead_runtime::AlignedBytes;

/// The most units that a function may be off, in each type; a complex number's as a whole.
const MOST: f64 = 3.0;

struct Function {
    name: String,
    operands: usize,
    parts: usize,
    rows: Vec<Vec<f64>>,
}

fn functions() -> Vec<Function> {
    let mut rest = &include_bytes!("samples.bin")[..];
    let mut take = |count: usize| {
        let (head, tail) = rest.split_at(count);
        rest = tail;
        head
    };
    let mut all = Vec::new();
    let total = include_bytes!("samples.bin").len();
    let mut used = 0;
    while used < total {
        let name = std::str::from_utf8(take(48)).expect("a name").trim_end().to_owned();
        let mut number = || u32::from_le_bytes(take(4).try_into().expect("four bytes")) as usize;
        let (operands, complex, count) = (number(), number(), number());
        let parts = 1 + complex;
        let width = operands * parts + 2 * parts;
        let mut double = || f64::from_le_bytes(take(8).try_into().expect("eight bytes"));
        let rows = (0..count).map(|_| (0..width).map(|_| double()).collect()).collect();
        used += 60 + 8 * width * count;
        all.push(Function { name, operands, parts, rows });
    }
    all
}

/// What the function gives for each row whose arguments are numbers of the type; `None` for others.
fn found(function: &Function, element: ElementType) -> Vec<Option<Vec<f64>>> {
    let part = element.real_part();
    let of = |row: &[f64]| row[..function.operands * function.parts].to_vec();
    let fits = |row: &[f64]| of(row).iter().all(|&x| float::decode(part, float::encode(part, x)) == x);
    let count = function.rows.len();
    let ty = TensorType::new(element, [count]);
    let mut b = FunctionBuilder::new("main", vec![ty; function.operands]);
    let operands: Vec<_> = (0..function.operands).map(|i| b.parameter(i)).collect();
    let result = match (Unary::from_name(&function.name), Binary::from_name(&function.name)) {
        (Some(op), _) => b.unary(op, operands[0]),
        (_, Some(op)) => b.binary(op, operands[0], operands[1]),
        _ => panic!("{} is no function", function.name),
    };
    let result = result.unwrap_or_else(|problem| panic!("{} on {element}: {problem}", function.name));
    let to = b.type_of(result).as_tensor().expect("a tensor").element;
    let program =
        compile(&b.finish(&[result]).into_module(), &CompileOptions::default()).expect("it compiles");
    let inputs: Vec<AlignedBytes> = (0..function.operands)
        .map(|i| {
            let numbers =
                function.rows.iter().flat_map(|row| row[i * function.parts..][..function.parts].to_vec());
            let bytes: Vec<u8> =
                numbers.flat_map(|x| float::encode(part, x).to_le_bytes()[..part.size()].to_vec()).collect();
            AlignedBytes::copy_of(&bytes).expect("memory")
        })
        .collect();
    let mut bytes = AlignedBytes::zeroed(count * to.size()).expect("memory");
    let mut arena = AlignedBytes::zeroed(program.arena_bytes()).expect("memory");
    program.run(&inputs.iter().map(|i| &i[..]).collect::<Vec<_>>(), &mut [&mut bytes], &mut arena);
    let to_part = to.real_part();
    let decode = |bytes: &[u8]| {
        let mut wide = [0; 8];
        wide[..bytes.len()].copy_from_slice(bytes);
        float::decode(to_part, u64::from_le_bytes(wide))
    };
    let results = bytes.chunks_exact(to.size());
    let results =
        results.map(|element| element.chunks_exact(to_part.size()).map(decode).collect::<Vec<f64>>());
    function.rows.iter().zip(results).map(|(row, result)| fits(row).then_some(result)).collect()
}

/// The distance of neighbouring numbers of a type around one of that size.
fn unit(part: ElementType, size: f64) -> f64 {
    let bits = float::encode(part, size.abs());
    let value = float::decode(part, bits);
    let next = float::decode(part, bits + 1);
    if next.is_finite() { next - value } else { value - float::decode(part, bits - 1) }
}

#[test]
fn functions_are_near_the_true_values() {
    let mut worst: BTreeMap<(String, &str), (f64, String)> = BTreeMap::new();
    for function in functions() {
        let types: &[ElementType] = match function.parts {
            1 => &[ElementType::F64, ElementType::F32],
            _ => &[ElementType::C128, ElementType::C64],
        };
        for &element in types {
            let part = element.real_part();
            let mut compared = 0;
            for (row, found) in function.rows.iter().zip(found(&function, element)) {
                let Some(found) = found else { continue };
                let (arguments, truth) = row.split_at(function.operands * function.parts);
                // The size that errors are measured by: a complex number's is that of its larger part.
                let size = truth.iter().step_by(2).fold(0.0f64, |size, x| size.max(x.abs()));
                let largest = float::decode(part, float::encode(part, f64::MAX.min(3.3e38)));
                let in_range = size.is_finite() && (part == ElementType::F64 || size < largest.min(6e4));
                if !in_range {
                    continue;
                }
                compared += 1;
                let off = |i: usize| ((found[i] - truth[2 * i]) - truth[2 * i + 1]).abs() / unit(part, size);
                let error = (0..found.len().min(function.parts)).map(off).fold(0.0, f64::max);
                let entry = worst.entry((function.name.clone(), element.name())).or_default();
                if error.is_nan() || error > entry.0 {
                    *entry = (error, format!("{arguments:?}: {found:?}, not {truth:?}"));
                }
            }
            assert!(compared >= 4, "{} on {element}: {compared} rows", function.name);
        }
    }
    let beyond: Vec<String> = worst
        .iter()
        .filter(|(_, (error, _))| error.is_nan() || *error > MOST)
        .map(|((name, ty), (error, place))| format!("{name} on {ty} is {error:.2} units off at {place}"))
        .collect();
    assert!(beyond.is_empty(), "{}", beyond.join("\n"));
}
