//! The targets of `custom_call` by which JAX calls LAPACK on the CPU: `lapack_dgetrf_ffi` and its relatives.
//!
//! The letter before the routine's name is for the elements: `s`, `d`, `c`, `z`. Operands and results are those of JAX's
//! calls; where LAPACK has a packed form, it is the same here, with the same signs.
//!
//! Two targets are Runahead's own, for elements of any of these types, and have derivatives: `runahead.lu`, which gives the
//! factors as `getrf` does and the rows' permutation, and `runahead.qr`, which gives both factors.

use num_complex::Complex;
use runahead_ir::ElementType;
use runahead_linalg::{
    self as linalg, Matrix, Spectral, Transpose, Triangle, cholesky, left_of, lu, normalize,
    solve_triangular, solve_tridiagonal, solve_tridiagonal_perturbed,
};

use super::super::shape::{operand, result};
use super::stack::{self, Stacks, Task};
use crate::custom_call::CallSite;
use crate::kernel::{Kernel, Site, Unsupported};

/// A routine, with the options of its call.
#[derive(Clone, Copy, Debug)]
enum Routine {
    Getrf,
    Lu,
    Geqrf,
    Geqp3,
    Orgqr,
    Qr,
    Ormqr { left: bool, transpose: bool },
    Potrf { lower: bool },
    Trsm { left: bool, triangle: Triangle },
    Syevd { lower: bool, vectors: bool },
    Gesdd { vectors: Vectors },
    Geev { left: bool, right: bool },
    Gees { vectors: bool },
    Gehrd { low: usize, high: usize },
    Sytrd { lower: bool },
    Gtsv { perturbed: bool },
}

/// Which singular vectors are asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Vectors {
    All,
    Some,
    None,
}

/// The routines' names for real and complex elements, how many operands and results each has, and its options.
type Row = (&'static str, &'static str, usize, usize, fn(&CallSite<'_>) -> Result<Routine, Unsupported>);

const ROUTINES: &[Row] = &[
    ("getrf", "getrf", 1, 3, |_| Ok(Routine::Getrf)),
    ("geqrf", "geqrf", 1, 2, |_| Ok(Routine::Geqrf)),
    ("geqp3", "geqp3", 2, 3, |_| Ok(Routine::Geqp3)),
    ("orgqr", "ungqr", 2, 1, |_| Ok(Routine::Orgqr)),
    ("ormqr", "unmqr", 3, 1, |call| {
        Ok(Routine::Ormqr { left: flag(call, "left")?, transpose: flag(call, "transpose")? })
    }),
    ("potrf", "potrf", 1, 2, |call| Ok(Routine::Potrf { lower: letter(call, "uplo", "LU")? == 'L' })),
    ("trsm", "trsm", 2, 1, |call| {
        let transpose = match letter(call, "trans_x", "NTC")? {
            'N' => Transpose::None,
            'T' => Transpose::Plain,
            _ => Transpose::Conjugate,
        };
        let lower = letter(call, "uplo", "LU")? == 'L';
        let triangle = Triangle { lower, unit_diagonal: letter(call, "diag", "UN")? == 'U', transpose };
        Ok(Routine::Trsm { left: letter(call, "side", "LR")? == 'L', triangle })
    }),
    ("syevd", "heevd", 1, 3, |call| {
        let lower = letter(call, "uplo", "LU")? == 'L';
        Ok(Routine::Syevd { lower, vectors: letter(call, "mode", "VN")? == 'V' })
    }),
    ("gesdd", "gesdd", 1, 5, gesdd),
    ("gesvd", "gesvd", 1, 5, gesdd),
    ("geev", "geev", 1, 0, |call| {
        let (left, right) = (letter(call, "compute_left", "VN")?, letter(call, "compute_right", "VN")?);
        Ok(Routine::Geev { left: left == 'V', right: right == 'V' })
    }),
    ("gees", "gees", 1, 0, |call| {
        // To sort the eigenvalues takes a function of the caller's.
        letter(call, "sort", "N")?;
        Ok(Routine::Gees { vectors: letter(call, "mode", "VN")? == 'V' })
    }),
    ("gehrd", "gehrd", 1, 3, |call| {
        let (low, high) = (integer(call, "low")?, integer(call, "high")?);
        Ok(Routine::Gehrd { low: low as usize, high: high as usize })
    }),
    ("sytrd", "hetrd", 1, 5, |call| Ok(Routine::Sytrd { lower: letter(call, "uplo", "LU")? == 'L' })),
    ("gtsv", "gtsv", 4, 5, |_| Ok(Routine::Gtsv { perturbed: false })),
];

/// Targets whose names do not say what the elements are, as `ROUTINES`: Runahead's own, and one of JAX's.
const NAMED: &[Row] = &[
    ("runahead.lu", "", 1, 2, |_| Ok(Routine::Lu)),
    ("runahead.qr", "", 1, 2, |_| Ok(Routine::Qr)),
    ("tridiagonal_solve_perturbed_ffi", "", 4, 1, |_| Ok(Routine::Gtsv { perturbed: true })),
];

/// Singular values; by which algorithm is left to us.
fn gesdd(call: &CallSite<'_>) -> Result<Routine, Unsupported> {
    let vectors = match letter(call, "mode", "ASN")? {
        'A' => Vectors::All,
        'S' => Vectors::Some,
        _ => Vectors::None,
    };
    Ok(Routine::Gesdd { vectors })
}

/// The kernel of a target; `None` where it is none of these.
pub(crate) fn kernel(site: Site<'_>, call: &CallSite<'_>) -> Option<Result<Box<dyn Kernel>, Unsupported>> {
    use ElementType::{C64, C128, F32, F64};
    if let Some(row) = NAMED.iter().find(|row| row.0 == call.target) {
        let element =
            call.operands.first().map(|ty| ty.element).filter(|e| [F32, F64, C64, C128].contains(e));
        return Some(build(site, call, element.unwrap_or(F32), row));
    }
    let name = call.target.strip_prefix("lapack_")?.strip_suffix("_ffi")?;
    let (letter, routine) = name.split_at_checked(1)?;
    let element = match letter {
        "s" => F32,
        "d" => F64,
        "c" => C64,
        "z" => C128,
        _ => return None,
    };
    let row = ROUTINES.iter().find(|row| routine == if element.is_complex() { row.1 } else { row.0 })?;
    Some(build(site, call, element, row))
}

fn build(
    site: Site<'_>,
    call: &CallSite<'_>,
    element: ElementType,
    row: &Row,
) -> Result<Box<dyn Kernel>, Unsupported> {
    let &(name, _, operands, results, options) = row;
    // The eigenvalues of real matrices come in two parts.
    let results = match name {
        "geev" => 5 - usize::from(element.is_complex()),
        "gees" => 6 - usize::from(element.is_complex()),
        _ => results,
    };
    if site.op.operands.len() != operands || site.op.results.len() != results {
        return Err(Unsupported(format!(
            "@{} with {} operands and {} results; expected {operands} and {results}",
            call.target,
            site.op.operands.len(),
            site.op.results.len()
        )));
    }
    let first = operand(site, 0)?;
    if first.element != element {
        return Err(Unsupported(format!("@{} of {first}; expected elements of {element}", call.target)));
    }
    let routine = options(call)?;
    let axes = first.rank().checked_sub(if matches!(routine, Routine::Gtsv { .. }) { 1 } else { 2 });
    let axes = axes.ok_or_else(|| Unsupported(format!("@{} of {first}; expected matrices", call.target)))?;
    let rows_and_columns = first.dims.get(axes..).unwrap_or_default();
    let square = matches!(rows_and_columns, [n, m] if n == m);
    let needs_square = matches!(
        routine,
        Routine::Potrf { .. }
            | Routine::Trsm { .. }
            | Routine::Syevd { .. }
            | Routine::Geev { .. }
            | Routine::Gees { .. }
            | Routine::Gehrd { .. }
            | Routine::Sytrd { .. }
    );
    if needs_square && !square {
        return Err(Unsupported(format!("@{} of {first}; expected square matrices", call.target)));
    }
    check_shapes(site, call, &routine, axes)?;
    stack::batched(site, name, element, axes, routine)
}

/// Whether the other operands and the results have the shapes that belong to the routine and its first operand.
fn check_shapes(
    site: Site<'_>,
    call: &CallSite<'_>,
    routine: &Routine,
    axes: usize,
) -> Result<(), Unsupported> {
    let core = |dims: &[usize]| dims.get(axes..).unwrap_or_default().to_vec();
    let a = core(&operand(site, 0)?.dims);
    let (m, n) = (a[0], a.get(1).copied().unwrap_or(1));
    let k = m.min(n);
    let (operands, results): (Vec<Vec<usize>>, Vec<Vec<usize>>) = match routine {
        Routine::Getrf => (vec![], vec![vec![m, n], vec![k], vec![]]),
        Routine::Lu => (vec![], vec![vec![m, n], vec![m]]),
        Routine::Qr => (vec![], vec![vec![m, k], vec![k, n]]),
        Routine::Geqrf => (vec![], vec![vec![m, n], vec![k]]),
        Routine::Geqp3 => (vec![vec![n]], vec![vec![m, n], vec![n], vec![k]]),
        Routine::Orgqr => {
            let taus = core(&operand(site, 1)?.dims);
            if !matches!(taus[..], [count] if count <= n && n <= m) {
                return Err(Unsupported(format!("@{} of {m}x{n} with {taus:?} reflections", call.target)));
            }
            (vec![taus], vec![vec![m, n]])
        }
        Routine::Ormqr { left, .. } => {
            let (taus, c) = (core(&operand(site, 1)?.dims), core(&operand(site, 2)?.dims));
            let long = c.get(usize::from(!left)).copied();
            if c.len() != 2 || long != Some(m) || !matches!(taus[..], [count] if count <= k) {
                return Err(Unsupported(format!("@{} of {m}x{n} reflections and {c:?}", call.target)));
            }
            (vec![taus, c.clone()], vec![c])
        }
        Routine::Potrf { .. } => (vec![], vec![vec![n, n], vec![]]),
        Routine::Trsm { left, .. } => {
            let b = core(&operand(site, 1)?.dims);
            if b.len() != 2 || b[usize::from(!left)] != n {
                return Err(Unsupported(format!("@{} with {m}x{n} and {b:?}", call.target)));
            }
            (vec![b.clone()], vec![b])
        }
        Routine::Syevd { .. } => (vec![], vec![vec![n, n], vec![n], vec![]]),
        Routine::Gesdd { .. } => {
            // Where no vectors are asked for, what there is of them does not count.
            let (u, v) = (core(&result(site, 2)?.dims), core(&result(site, 3)?.dims));
            let fits =
                |dims: &[usize], full: usize| dims == [full, full] || dims == [full, k] || dims == [k, full];
            if !fits(&u, m) || !fits(&v, n) {
                return Err(Unsupported(format!("@{} of {m}x{n} to {u:?} and {v:?}", call.target)));
            }
            (vec![], vec![vec![m, n], vec![k], u, v, vec![]])
        }
        Routine::Geev { .. } => {
            let values = site.op.results.len() - 3;
            let mut results = vec![vec![n]; values];
            results.extend([vec![n, n], vec![n, n], vec![]]);
            (vec![], results)
        }
        Routine::Gees { .. } => {
            let values = site.op.results.len() - 4;
            let mut results = vec![vec![n, n]; 2];
            results.extend(vec![vec![n]; values]);
            results.extend([vec![], vec![]]);
            (vec![], results)
        }
        Routine::Gehrd { .. } => (vec![], vec![vec![n, n], vec![n.saturating_sub(1)], vec![]]),
        Routine::Sytrd { .. } => {
            let off = n.saturating_sub(1);
            (vec![], vec![vec![n, n], vec![n], vec![off], vec![off], vec![]])
        }
        Routine::Gtsv { perturbed } => {
            let b = core(&operand(site, 3)?.dims);
            if b.len() != 2 || b[0] != m {
                return Err(Unsupported(format!("@{} of {m} rows and {b:?}", call.target)));
            }
            let results = match perturbed {
                true => vec![b.clone()],
                false => vec![vec![m], vec![m], vec![m], b.clone(), vec![]],
            };
            (vec![vec![m], vec![m], b], results)
        }
    };
    for (i, expected) in operands.iter().enumerate() {
        let found = operand(site, i + 1)?;
        if core(&found.dims) != *expected {
            return Err(Unsupported(format!(
                "@{} with operand {} of {found}; expected its last axes to be {expected:?}",
                call.target,
                i + 1
            )));
        }
    }
    for (i, expected) in results.iter().enumerate() {
        let found = result(site, i)?;
        if core(&found.dims) != *expected {
            return Err(Unsupported(format!(
                "@{} with result {i} of {found}; expected its last axes to be {expected:?}",
                call.target
            )));
        }
    }
    Ok(())
}

impl Task for Routine {
    fn copies(&self) -> usize {
        use Routine::*;
        match self {
            // What is iterated on, its transformations, and the space of the iteration.
            Syevd { .. } | Gesdd { .. } | Geev { .. } | Gees { .. } | Gehrd { .. } | Sytrd { .. } => 5,
            _ => 2,
        }
    }

    fn run<T: Spectral>(&self, stacks: &mut Stacks<'_, '_>) {
        stacks.for_each(|at| match *self {
            Routine::Getrf => {
                let mut a: Matrix<T> = at.read(0);
                let (pivots, info) = lu(&mut a);
                at.write(0, &a);
                at.write_integers(1, &pivots);
                at.write_integers(2, &[info as i32]);
            }
            Routine::Lu => {
                let mut a: Matrix<T> = at.read(0);
                let (pivots, _) = lu(&mut a);
                let mut order: Vec<i32> = (0..a.rows as i32).collect();
                for (row, &pivot) in pivots.iter().enumerate() {
                    order.swap(row, pivot as usize - 1);
                }
                at.write(0, &a);
                at.write_integers(1, &order);
            }
            Routine::Qr => {
                let mut packed: Matrix<T> = at.read(0);
                let taus = linalg::qr(&mut packed);
                let (rank, columns) = (packed.rows.min(packed.columns), packed.columns);
                let reflections = Matrix::from_fn(packed.rows, rank, |i, j| packed[(i, j)]);
                at.write(0, &linalg::product_of_reflections::<T>(&reflections, &taus));
                let upper = |i, j| if i <= j { packed[(i, j)] } else { T::zero() };
                at.write(1, &Matrix::from_fn(rank, columns, upper));
            }
            Routine::Geqrf => {
                let mut a: Matrix<T> = at.read(0);
                let taus = linalg::qr(&mut a);
                at.write(0, &a);
                at.write_all(1, &taus);
            }
            Routine::Geqp3 => {
                let mut a: Matrix<T> = at.read(0);
                let mut order = at.read_integers(1);
                let taus = linalg::pivoted_qr(&mut a, &mut order);
                at.write(0, &a);
                at.write_integers(1, &order);
                at.write_all(2, &taus);
            }
            Routine::Orgqr => {
                let q = linalg::product_of_reflections::<T>(&at.read(0), &at.read_all(1));
                at.write(0, &q);
            }
            Routine::Ormqr { left, transpose } => {
                let mut c: Matrix<T> = at.read(2);
                linalg::multiply_by_reflections(&at.read(0), &at.read_all(1), &mut c, left, transpose);
                at.write(0, &c);
            }
            Routine::Potrf { lower } => {
                let mut a: Matrix<T> = at.read(0);
                let info = cholesky(&mut a, lower);
                at.write(0, &a);
                at.write_integers(1, &[info as i32]);
            }
            Routine::Trsm { left, triangle } => {
                let mut b: Matrix<T> = at.read(1);
                solve_triangular(&at.read(0), &mut b, triangle, left);
                at.write(0, &b);
            }
            Routine::Syevd { lower, vectors } => eigen_of_symmetric::<T>(at, lower, vectors),
            Routine::Gesdd { vectors } => singular_values::<T>(at, vectors),
            Routine::Geev { left, right } => eigen::<T>(at, left, right),
            Routine::Gees { vectors } => schur::<T>(at, vectors),
            Routine::Gehrd { low, high } => {
                let mut a: Matrix<T> = at.read(0);
                let taus = linalg::hessenberg(&mut a, low, high);
                at.write(0, &a);
                at.write_all(1, &taus);
                at.write_integers(2, &[0]);
            }
            Routine::Sytrd { lower } => {
                let (packed, diagonal, off, taus) = linalg::tridiagonal::<T>(&at.read(0), lower);
                at.write(0, &packed);
                at.write_all(1, &diagonal);
                at.write_all(2, &off);
                at.write_all(3, &taus);
                at.write_integers(4, &[0]);
            }
            Routine::Gtsv { perturbed } => {
                // JAX's lower diagonal begins with an element that does not count, its upper one ends with one.
                let (mut lower, mut diagonal, mut upper): (Vec<T>, Vec<T>, Vec<T>) =
                    (at.read_all(0), at.read_all(1), at.read_all(2));
                let mut b: Matrix<T> = at.read(3);
                let n = diagonal.len();
                let below = &mut lower[1.min(n)..];
                if perturbed {
                    // What does not count may be anything.
                    let above = n.saturating_sub(1);
                    solve_tridiagonal_perturbed(below, &mut diagonal, &mut upper[..above], &mut b);
                    at.write(0, &b);
                    return;
                }
                let info = solve_tridiagonal(below, &mut diagonal, &mut upper, &mut b);
                at.write_all(0, &lower);
                at.write_all(1, &diagonal);
                at.write_all(2, &upper);
                at.write(3, &b);
                at.write_integers(4, &[info as i32]);
            }
        });
    }
}

fn eigen_of_symmetric<T: Spectral>(at: &mut Stacks<'_, '_>, lower: bool, vectors: bool) {
    let a: Matrix<T> = at.read(0);
    let found = T::self_adjoint(&a, lower);
    match &found {
        Some((values, found)) => {
            at.write(0, if vectors { found } else { &a });
            at.write_all(1, values);
        }
        None => (0..2).for_each(|i| at.write_nan(i)),
    }
    at.write_integers(2, &[i32::from(found.is_none())]);
}

fn singular_values<T: Spectral>(at: &mut Stacks<'_, '_>, vectors: Vectors) {
    let a: Matrix<T> = at.read(0);
    let found = T::singular(&a, vectors == Vectors::All);
    at.write(0, &a);
    match &found {
        Some((left, values, right)) => {
            at.write_all(1, values);
            for (i, part) in [(2, left), (3, right)] {
                let (rows, columns) = at.result_shape(i);
                let asked = vectors != Vectors::None && (part.rows, part.columns) == (rows, columns);
                let nothing = Matrix::zeros(rows, columns);
                at.write(i, if asked { part } else { &nothing });
            }
        }
        None => (1..4).for_each(|i| at.write_nan(i)),
    }
    at.write_integers(4, &[i32::from(found.is_none())]);
}

fn eigen<T: Spectral>(at: &mut Stacks<'_, '_>, left: bool, right: bool) {
    let a: Matrix<T> = at.read(0);
    let n = a.rows;
    let values_at = if T::IS_COMPLEX { 1 } else { 2 };
    let found = T::general(&a).map(|(values, mut vectors)| {
        normalize(&mut vectors);
        (values, vectors)
    });
    match &found {
        Some((values, vectors)) => {
            write_eigenvalues::<T>(at, 0, values);
            let none = Matrix::<Complex<f64>>::zeros(n, n);
            let lefts = if left { left_of(vectors) } else { Some(none.clone()) };
            match lefts {
                Some(lefts) => at.write(values_at, &lefts),
                None => at.write_nan(values_at),
            }
            at.write(values_at + 1, if right { vectors } else { &none });
        }
        None => (0..values_at + 2).for_each(|i| at.write_nan(i)),
    }
    at.write_integers(values_at + 2, &[i32::from(found.is_none())]);
}

/// Writes eigenvalues, from a result on: of real matrices their real and their imaginary parts apart.
fn write_eigenvalues<T: Spectral>(at: &mut Stacks<'_, '_>, result: usize, values: &[Complex<f64>]) {
    if T::IS_COMPLEX {
        at.write_all(result, values);
    } else {
        at.write_all(result, &values.iter().map(|x| x.re).collect::<Vec<_>>());
        at.write_all(result + 1, &values.iter().map(|x| x.im).collect::<Vec<_>>());
    }
}

fn schur<T: Spectral>(at: &mut Stacks<'_, '_>, vectors: bool) {
    let a: Matrix<T> = at.read(0);
    let found = T::schur(&a);
    let selected_at = if T::IS_COMPLEX { 3 } else { 4 };
    match &found {
        Some(form) => {
            at.write(0, &form.t);
            at.write(1, if vectors { &form.z } else { &a });
            write_eigenvalues::<T>(at, 2, &form.values);
        }
        None => (0..selected_at).for_each(|i| at.write_nan(i)),
    }
    // Nothing is sorted, so none is selected.
    at.write_integers(selected_at, &[0]);
    at.write_integers(selected_at + 1, &[i32::from(found.is_none())]);
}

/// An option that LAPACK names by a letter.
fn letter(call: &CallSite<'_>, name: &str, choices: &str) -> Result<char, Unsupported> {
    let found = integer(call, name)?;
    let letter = u8::try_from(found).ok().map(char::from).filter(|letter| choices.contains(*letter));
    letter.ok_or_else(|| {
        Unsupported(format!(
            "@{} with {name} = {found}; expected the code of one of `{choices}`",
            call.target
        ))
    })
}

fn integer(call: &CallSite<'_>, name: &str) -> Result<i64, Unsupported> {
    let found = call.integer(name).filter(|&found| found >= 0);
    found.ok_or_else(|| Unsupported(format!("@{} without the option {name}, an integer", call.target)))
}

fn flag(call: &CallSite<'_>, name: &str) -> Result<bool, Unsupported> {
    call.flag(name)
        .ok_or_else(|| Unsupported(format!("@{} without the option {name}, true or false", call.target)))
}
