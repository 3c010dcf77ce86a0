//! Comparing results with labels.

use runahead::{ElementType, Literal};

use super::report::Accuracy;

/// How many rows of `scores` have their largest score at the row's label.
///
/// # Errors
/// Where the labels are not one integer for each row of scores.
pub(crate) fn accuracy(scores: &Literal, labels: &Literal) -> Result<Accuracy, String> {
    let labels_type = labels.ty();
    let (rows, classes) = match scores.ty().dims[..] {
        [rows, classes] if classes > 0 => (rows, classes),
        _ => {
            return Err(format!(
                "labels are compared with a first result of scores, a row for each item and a column for each class, \
                 but the first result is a {}",
                scores.ty()
            ));
        }
    };
    let wanted = integers(labels).filter(|_| labels_type.dims[..] == [rows]).ok_or_else(|| {
        format!("the labels are a {labels_type}; give one integer for each of the {rows} items")
    })?;
    let scores =
        reals(scores).ok_or_else(|| format!("scores of type {} have no order", scores.ty().element))?;
    let right = scores.chunks_exact(classes).zip(&wanted).filter(|(row, label)| {
        // The first of equals, and a NaN above all, as argmax goes in NumPy and JAX.
        let best = row
            .iter()
            .enumerate()
            .fold(0, |best, (i, &score)| if row[best] >= score || row[best].is_nan() { best } else { i });
        best as i128 == **label
    });
    Ok(Accuracy { right: right.count(), of: rows })
}

fn integers(literal: &Literal) -> Option<Vec<i128>> {
    use ElementType::*;
    fn widened<T: runahead::ir::Native + Into<i128>>(literal: &Literal) -> Option<Vec<i128>> {
        Some(literal.to_elements::<T>()?.into_iter().map(Into::into).collect())
    }
    match literal.ty().element {
        I8 => widened::<i8>(literal),
        I16 => widened::<i16>(literal),
        I32 => widened::<i32>(literal),
        I64 => widened::<i64>(literal),
        U8 => widened::<u8>(literal),
        U16 => widened::<u16>(literal),
        U32 => widened::<u32>(literal),
        U64 => widened::<u64>(literal),
        _ => None,
    }
}

fn reals(literal: &Literal) -> Option<Vec<f64>> {
    use ElementType::*;
    match literal.ty().element {
        F32 => Some(literal.to_elements::<f32>()?.into_iter().map(f64::from).collect()),
        F64 => literal.to_elements::<f64>(),
        BF16 => Some(literal.to_elements::<half::bf16>()?.into_iter().map(f64::from).collect()),
        F16 => Some(literal.to_elements::<half::f16>()?.into_iter().map(f64::from).collect()),
        _ => Some(integers(literal)?.into_iter().map(|x| x as f64).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_largest_scores_counts() {
        let scores = Literal::from_elements([3, 2], &[0.5f32, 0.5, f32::NAN, 9.0, -2.0, -1.0]).unwrap();
        let labels = Literal::from_elements([3], &[0u8, 0, 0]).unwrap();
        let Accuracy { right, of } = accuracy(&scores, &labels).unwrap();
        assert_eq!((right, of), (2, 3));
    }

    #[test]
    fn labels_that_do_not_fit_are_refused() {
        let scores = Literal::from_elements([2, 2], &[0f32; 4]).unwrap();
        for labels in [
            Literal::from_elements([3], &[0i32; 3]).unwrap(),
            Literal::from_elements([2], &[0f32; 2]).unwrap(),
            Literal::from_elements([2, 1], &[0i64; 2]).unwrap(),
        ] {
            assert!(accuracy(&scores, &labels).is_err());
        }
        let flat = Literal::from_elements([2], &[0f32; 2]).unwrap();
        assert!(accuracy(&flat, &Literal::from_elements([2], &[0i32; 2]).unwrap()).is_err());
    }
}
