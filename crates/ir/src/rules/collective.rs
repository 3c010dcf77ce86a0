//! Operations between the processes that run a program together.

use super::reduction::combiner;
use super::*;
use crate::ReplicaGroups;

/// Whether all processes are in one group each, counted from 0 without a gap.
fn check_all_in_groups(groups: &ReplicaGroups) -> Ruled<()> {
    check_groups(groups)?;
    let members: std::collections::HashSet<i64> =
        groups.groups.iter().flatten().copied().filter(|&m| m >= 0).collect();
    let missing = (0..members.len() as i64).find(|m| !members.contains(m));
    match missing {
        None => Ok(()),
        Some(missing) => {
            problem(format!("replica_groups lacks process {missing}; expected all, counted from 0"))
        }
    }
}

/// Whether each process is in one group at most.
fn check_groups(groups: &ReplicaGroups) -> Ruled<()> {
    let mut seen = std::collections::HashSet::new();
    for &member in groups.groups.iter().flatten() {
        ensure!(member >= -1, "replica_groups holds {member}; expected processes counted from 0");
        ensure!(
            member == -1 || seen.insert(member),
            "replica_groups holds {member} twice; expected each once"
        );
    }
    Ok(())
}

/// The number of processes in a group, where the program says so: not where groups name replicas, and all partitions of
/// those are in the group, as many as the program is run by.
fn group_size(groups: &ReplicaGroups) -> Option<usize> {
    let of_replicas = groups.channel.is_some_and(|channel| channel.id > 0) && !groups.use_global_device_ids;
    if of_replicas {
        return None;
    }
    groups.groups.first().map(Vec::len).filter(|&n| n > 0)
}

pub(super) fn same(groups: &ReplicaGroups, operands: &[&Type]) -> Ruled<Inferred> {
    check_groups(groups)?;
    Ok(Inferred::Types(all_tensors(operands)?.into_iter().map(|t| t.clone().into()).collect()))
}

/// An `all_reduce` of one operand by addition, said shorter.
pub(super) fn sum(groups: &ReplicaGroups, operands: &[&Type]) -> Ruled<Inferred> {
    arity(operands, 1)?;
    check_all_in_groups(groups)?;
    same(groups, operands)
}

pub(super) fn permute(pairs: &[(i64, i64)], operands: &[&Type]) -> Ruled<Inferred> {
    let (mut sources, mut targets) = (std::collections::HashSet::new(), std::collections::HashSet::new());
    for &(source, target) in pairs {
        ensure!(
            source >= 0 && target >= 0,
            "source_target_pairs holds ({source}, {target}); expected processes counted from 0"
        );
        ensure!(
            sources.insert(source) && targets.insert(target),
            "source_target_pairs holds ({source}, {target}) among others of one source or target; expected each once"
        );
    }
    Ok(Inferred::Types(all_tensors(operands)?.into_iter().map(|t| t.clone().into()).collect()))
}

pub(super) fn all_gather(dim: usize, groups: &ReplicaGroups, operands: &[&Type]) -> Ruled<Inferred> {
    check_all_in_groups(groups)?;
    let all = all_tensors(operands)?;
    all.iter().try_for_each(|x| check_axis("all_gather_dim", dim, x.rank()))?;
    let Some(processes) = group_size(groups) else { return Ok(Inferred::Open) };
    let grown = |x: &&TensorType| {
        let mut dims = x.dims.clone();
        if dims[dim] != DYNAMIC {
            dims[dim] = size("the result", dims[dim] as i128 * processes as i128)?;
        }
        Ok(Type::Tensor(x.with_dims(dims)))
    };
    Ok(Inferred::Types(all.iter().map(grown).collect::<Ruled<_>>()?))
}

/// Where the number of processes is not known: results that are whole multiples of the operands along one axis.
pub(super) fn check_all_gather(dim: usize, operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    check_pairs(operands, results, |x, result| {
        let (from, to) = (x.dims[dim], result.dims[dim]);
        let multiple = from == DYNAMIC || to == DYNAMIC || from == to || from != 0 && to % from == 0;
        let others = (0..x.rank()).all(|i| i == dim || same_size(x.dims[i], result.dims[i]));
        ensure!(multiple && others, "{x} is gathered to {result}; expected a multiple along axis {dim}");
        Ok(())
    })
}

pub(super) fn all_reduce(groups: &ReplicaGroups, operands: &[&Type], region: &Signature) -> Ruled<Inferred> {
    check_all_in_groups(groups)?;
    reduce(groups, operands, region)
}

pub(super) fn reduce(groups: &ReplicaGroups, operands: &[&Type], region: &Signature) -> Ruled<Inferred> {
    check_groups(groups)?;
    let all = all_tensors(operands)?;
    let combined = |x: &&TensorType| {
        let scalar = combiner(region, &[x])?.remove(0);
        Ok(Type::Tensor(scalar.with_dims(x.dims.iter().copied())))
    };
    Ok(Inferred::Types(all.iter().map(combined).collect::<Ruled<_>>()?))
}

pub(super) fn all_to_all(
    split: usize,
    concat: usize,
    count: usize,
    groups: &ReplicaGroups,
    operands: &[&Type],
) -> Ruled<Inferred> {
    check_all_in_groups(groups)?;
    ensure!(count >= 1, "split_count is 0; expected at least 1");
    let all = all_tensors(operands)?;
    let exchanged = |x: &&TensorType| {
        check_axis("split_dimension", split, x.rank())?;
        check_axis("concat_dimension", concat, x.rank())?;
        let mut dims = x.dims.clone();
        if dims[split] != DYNAMIC {
            ensure!(
                dims[split].is_multiple_of(count),
                "axis {split} of {x} is split in {count}; expected a multiple of {count}"
            );
            dims[split] /= count;
        }
        if dims[concat] != DYNAMIC {
            dims[concat] = size("the result", dims[concat] as i128 * count as i128)?;
        }
        Ok(Type::Tensor(x.with_dims(dims)))
    };
    Ok(Inferred::Types(all.iter().map(exchanged).collect::<Ruled<_>>()?))
}

pub(super) fn check_all_to_all(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    check_pairs(operands, results, |_, _| Ok(()))
}

pub(super) fn reduce_scatter(
    dim: usize,
    groups: &ReplicaGroups,
    operands: &[&Type],
    region: &Signature,
) -> Ruled<Inferred> {
    check_all_in_groups(groups)?;
    let [x] = tensors(operands)?;
    check_axis("scatter_dimension", dim, x.rank())?;
    let scalar = combiner(region, &[x])?.remove(0);
    let mut dims = x.dims.clone();
    let Some(processes) = group_size(groups) else {
        dims[dim] = DYNAMIC;
        return Inferred::one(scalar.with_dims(dims));
    };
    if dims[dim] != DYNAMIC {
        ensure!(
            dims[dim].is_multiple_of(processes),
            "axis {dim} of {x} is scattered to {processes} processes; expected a multiple of {processes}"
        );
        dims[dim] /= processes;
    }
    Inferred::one(scalar.with_dims(dims))
}

pub(super) fn check_reduce_scatter(dim: usize, operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let (x, result) = (tensor(operands, 0)?, one_result(results)?);
    let (from, to) = (x.dims[dim], result.dims[dim]);
    let divides = from == DYNAMIC || to == DYNAMIC || from == to || to != 0 && from.is_multiple_of(to);
    ensure!(divides, "{x} is scattered to {result}; expected a part along axis {dim}");
    Ok(())
}

/// Checks each operand with its result, both tensors of one rank and the same elements.
fn check_pairs(
    operands: &[&Type],
    results: &[&Type],
    check: impl Fn(&TensorType, &TensorType) -> Ruled<()>,
) -> Ruled<()> {
    ensure!(
        operands.len() == results.len(),
        "{} results are declared for {} operands; expected one for each",
        results.len(),
        operands.len()
    );
    for (x, result) in all_tensors(operands)?.into_iter().zip(all_tensors(results)?) {
        ensure!(
            x.element == result.element && x.rank() == result.rank(),
            "the operand is {x} and the result {result}; expected the same elements and rank"
        );
        check(x, result)?;
    }
    Ok(())
}
