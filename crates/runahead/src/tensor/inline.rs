//! Functions of the intermediate representation, recorded as part of something larger.

use runahead_ir::{Attribute, Function, Op, OpKind, Region, TensorType, Type, ValueId};
use smallvec::SmallVec;

use super::HashMap;
use super::error::{Result, TensorError};
use super::lazy::{Lazy, Traced};

impl Lazy {
    /// Records what a function does, applied to operands of the types of its parameters.
    ///
    /// The function has no calls: [`runahead_ir::passes::inline_calls`] leaves none. It is one that
    /// [`runahead_ir::verify`] accepts.
    ///
    /// ```
    /// use runahead::Lazy;
    /// let module = runahead_ir::parse(
    ///     "double.mlir",
    ///     "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
    ///        %y = stablehlo.add %x, %x : tensor<2xf32>
    ///        return %y : tensor<2xf32>
    ///      }",
    /// )?;
    /// let x = runahead::Tensor::from_slice(&[1f32, 2.0], [2], &runahead::device("cpu")?)?;
    /// let y = Lazy::inline(&module.functions[0], &[x.lazy()])?.remove(0);
    /// assert_eq!(y.eval()?.to_vec::<f32>()?, [2.0, 4.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where there are not as many operands as the function has parameters, one has another type, operands are on several
    /// devices, or the function has what is not recorded: calls, tokens and tuples.
    pub fn inline(function: &Function, operands: &[Lazy]) -> Result<Vec<Lazy>> {
        let parameters = &function.body.parameters;
        if parameters.len() != operands.len() {
            return Err(TensorError::invalid(format!(
                "{} operands are given to @{}; expected {}",
                operands.len(),
                function.name,
                parameters.len()
            )));
        }
        let mut values = HashMap::with_capacity_and_hasher(function.values.len(), Default::default());
        for (i, (&parameter, operand)) in parameters.iter().zip(operands).enumerate() {
            let expected = tensor(function, parameter)?;
            if expected != operand.ty() {
                return Err(TensorError::invalid(format!(
                    "operand {i} of @{} is {}; expected {expected}",
                    function.name,
                    operand.ty()
                )));
            }
            values.insert(parameter, operand.clone());
        }
        region(function, &function.body, &mut values)
    }
}

/// The values that a region returns, where those that it uses are known.
fn region(function: &Function, body: &Region, values: &mut HashMap<ValueId, Lazy>) -> Result<Vec<Lazy>> {
    for op in &body.ops {
        record(function, op, values)?;
    }
    Ok(body.returns.iter().map(|value| values[value].clone()).collect())
}

fn record(function: &Function, op: &Op, values: &mut HashMap<ValueId, Lazy>) -> Result<()> {
    if let OpKind::Call { .. } | OpKind::Composite { .. } = op.kind {
        let message = format!("@{} has {}; inline calls first", function.name, op.kind.name());
        return Err(TensorError::invalid(message));
    }
    let results: SmallVec<[TensorType; 1]> =
        op.results.iter().map(|&value| tensor(function, value).cloned()).collect::<Result<_>>()?;
    let regions = op.regions.iter().map(|inner| {
        let types: Vec<TensorType> =
            inner.parameters.iter().map(|&value| tensor(function, value).cloned()).collect::<Result<_>>()?;
        Traced::new(types, |parameters| {
            values.extend(inner.parameters.iter().copied().zip(parameters.iter().cloned()));
            region(function, inner, values)
        })
    });
    let regions = regions.collect::<Result<Vec<_>>>()?;
    let operands: Vec<&Lazy> = op.operands.iter().map(|value| &values[value]).collect();
    let recorded = Lazy::checked(kind(op), &operands, results, regions)?;
    values.extend(op.results.iter().copied().zip(recorded));
    Ok(())
}

/// What the operation does. Its attributes are not recorded; the one that says what a `custom_call` does becomes the
/// call's own.
fn kind(op: &Op) -> OpKind {
    let mut kind = op.kind.clone();
    if let (OpKind::CustomCall(call), Some(config)) = (&mut kind, op.attributes.get("mhlo.backend_config"))
        && !matches!(call.backend_config, Some(Attribute::Dictionary(_)))
    {
        call.backend_config = Some(config.clone());
    }
    kind
}

fn tensor(function: &Function, value: ValueId) -> Result<&TensorType> {
    match function.type_of(value) {
        Type::Tensor(ty) => Ok(ty),
        other => {
            let message = format!("@{} has a value of type {other}; expected tensors alone", function.name);
            Err(TensorError::invalid(message))
        }
    }
}
