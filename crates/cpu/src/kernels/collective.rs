//! Collective operations: what processes do together. Also `replica_id`, `partition_id`, `send` and `recv`.
//!
//! All of them bring their operands to a meeting of their group, and each makes its result of what all brought.

use runahead_ir::{Channel, OpKind, ReplicaGroups, TensorType};
use runahead_runtime::Processes;

use super::shape::{bytes_of, operand, plain, product, result};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::ops::Scalar;
use crate::process::{Occasion, Parcel, Process, Route};
use crate::region::ScalarProgram;

/// What the members of a group make of what they brought.
#[derive(Debug)]
enum Exchange {
    /// All operands, one after the other along an axis.
    Gather { axis: usize },
    /// Corresponding elements combined by a body.
    Reduce(ScalarProgram),
    /// The same, for the first member; zeros for the others.
    ReduceToFirst(ScalarProgram),
    /// The combined elements, of which each member takes its part along an axis.
    ReduceScatter { body: ScalarProgram, axis: usize },
    /// The member's part of each operand along one axis, one after the other along another.
    AllToAll { split: usize, concatenate: usize },
    /// The operand of the first member.
    Broadcast,
    /// The operand of the process that sends to this one; zeros where none does.
    Permute,
}

/// A collective operation.
#[derive(Debug)]
struct Collective {
    operation: &'static str,
    channel: i64,
    exchange: Exchange,
    /// The processes of each group, in the group's order.
    groups: Vec<Vec<usize>>,
    operands: Vec<TensorType>,
    results: Vec<TensorType>,
}

/// A kernel for a collective operation.
pub(super) fn kernel(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let (operation, exchange, groups, channel) = match &site.op.kind {
        OpKind::AllGather { all_gather_dim, groups } => (
            "all_gather",
            Exchange::Gather { axis: *all_gather_dim },
            reducing(groups, site.options.processes)?,
            groups.channel,
        ),
        OpKind::AllReduce { groups } => (
            "all_reduce",
            Exchange::Reduce(body(site)?),
            reducing(groups, site.options.processes)?,
            groups.channel,
        ),
        OpKind::ReduceScatter { scatter_dimension, groups } => {
            let exchange = Exchange::ReduceScatter { body: body(site)?, axis: *scatter_dimension };
            ("reduce_scatter", exchange, reducing(groups, site.options.processes)?, groups.channel)
        }
        OpKind::AllToAll { split_dimension, concat_dimension, groups, .. } => {
            let exchange = Exchange::AllToAll { split: *split_dimension, concatenate: *concat_dimension };
            (
                "all_to_all",
                exchange,
                moving(&groups.groups, groups.channel, site.options.processes)?,
                groups.channel,
            )
        }
        OpKind::CollectiveBroadcast { groups } => {
            let members = moving(&groups.groups, groups.channel, site.options.processes)?;
            ("collective_broadcast", Exchange::Broadcast, members, groups.channel)
        }
        OpKind::CollectiveReduce { groups } => {
            let members = moving(&groups.groups, groups.channel, site.options.processes)?;
            ("collective_reduce", Exchange::ReduceToFirst(body(site)?), members, groups.channel)
        }
        OpKind::CollectivePermute { source_target_pairs, channel } => {
            let pairs: Vec<Vec<i64>> = source_target_pairs.iter().map(|&(a, b)| vec![a, b]).collect();
            let members = match pairs.is_empty() {
                true => Vec::new(),
                false => moving(&pairs, *channel, site.options.processes)?,
            };
            ("collective_permute", Exchange::Permute, members, *channel)
        }
        _ => return Err(Unsupported("is no collective operation".into())),
    };
    let types = |count: usize, of: fn(Site<'_>, usize) -> Result<&TensorType, Unsupported>| {
        (0..count).map(|i| of(site, i).cloned()).collect::<Result<Vec<_>, _>>()
    };
    let operands = types(site.op.operands.len(), operand)?;
    let results = types(site.op.results.len(), result)?;
    operands.iter().try_for_each(|ty| plain(ty).map(drop))?;
    let channel = channel.map_or(0, |channel| channel.id);
    let collective = Collective { operation, channel, exchange, groups, operands, results };
    collective.check_sizes()?;
    Ok(Box::new(collective))
}

fn body(site: Site<'_>) -> Result<ScalarProgram, Unsupported> {
    let region = site.op.regions.first().ok_or_else(|| Unsupported("without a body".into()))?;
    ScalarProgram::build(region, site.function)
}

/// The groups of operations that gather and reduce.
fn reducing(groups: &ReplicaGroups, processes: Processes) -> Result<Vec<Vec<usize>>, Unsupported> {
    let across = groups.channel.is_some_and(|channel| channel.id > 0);
    let Processes { replicas, partitions } = processes;
    let rows = match (groups.groups.is_empty(), groups.use_global_device_ids) {
        (false, _) => groups.groups.clone(),
        (true, true) => vec![(0..processes.count() as i64).collect()],
        (true, false) => vec![(0..replicas as i64).collect()],
    };
    if across && groups.use_global_device_ids {
        return rows.iter().map(|row| ids(row, processes.count(), "process")).collect();
    }
    let rows = rows.iter().map(|row| ids(row, replicas, "replica")).collect::<Result<Vec<_>, _>>()?;
    let place = |replica: &usize, partition: usize| replica * partitions + partition;
    Ok(if across {
        let all = |row: Vec<usize>| {
            (0..partitions)
                .flat_map(|partition| row.iter().map(move |r| place(r, partition)).collect::<Vec<_>>())
                .collect()
        };
        rows.into_iter().map(all).collect()
    } else {
        across_replicas(&rows, partitions)
    })
}

fn across_replicas(rows: &[Vec<usize>], partitions: usize) -> Vec<Vec<usize>> {
    let in_partition = |partition: usize| {
        rows.iter().map(move |row| row.iter().map(|replica| replica * partitions + partition).collect())
    };
    (0..partitions).flat_map(in_partition).collect()
}

/// The groups of operations that move data: of replicas, or with a channel of partitions.
fn moving(
    rows: &[Vec<i64>],
    channel: Option<Channel>,
    processes: Processes,
) -> Result<Vec<Vec<usize>>, Unsupported> {
    let Processes { replicas, partitions } = processes;
    let of_partitions = channel.is_some_and(|channel| channel.id > 0);
    let (limit, what) = if of_partitions { (partitions, "partition") } else { (replicas, "replica") };
    let all = [(0..limit as i64).collect()];
    let rows = if rows.is_empty() { &all[..] } else { rows };
    let rows = rows.iter().map(|row| ids(row, limit, what)).collect::<Result<Vec<_>, _>>()?;
    if !of_partitions {
        return Ok(across_replicas(&rows, partitions));
    }
    let in_replica =
        |replica: usize| rows.iter().map(move |row| row.iter().map(|p| replica * partitions + p).collect());
    Ok((0..replicas).flat_map(in_replica).collect())
}

/// The members that a row of a table of groups names; -1 fills a row up.
fn ids(row: &[i64], limit: usize, what: &str) -> Result<Vec<usize>, Unsupported> {
    let named = row.iter().filter(|&&id| id != -1);
    named
        .map(|&id| {
            usize::try_from(id).ok().filter(|&id| id < limit).ok_or_else(|| {
                Unsupported(format!("takes part with {what} {id}, but the program runs as {limit} {what}s"))
            })
        })
        .collect()
}

impl Collective {
    /// Whether results have the sizes that the groups make.
    fn check_sizes(&self) -> Result<(), Unsupported> {
        let sizes = self.groups.iter().map(Vec::len);
        for size in sizes {
            for (from, to) in self.operands.iter().zip(&self.results) {
                let (from_count, to_count) = (product(&from.dims), product(&to.dims));
                let fits = match &self.exchange {
                    Exchange::Gather { axis } => to.dims[*axis] == from.dims[*axis] * size,
                    Exchange::ReduceScatter { axis, .. } => to.dims[*axis] * size == from.dims[*axis],
                    Exchange::AllToAll { split, .. } => {
                        from.dims[*split].is_multiple_of(size) && from_count == to_count
                    }
                    _ => from_count == to_count,
                };
                if !fits {
                    return Err(Unsupported(format!(
                        "makes {to} of {from} among {size} processes, which does not fit"
                    )));
                }
            }
        }
        Ok(())
    }

    /// The groups that the process is in: one at most, or for a permutation one as source and one as target.
    fn groups_of(&self, id: usize) -> impl Iterator<Item = &Vec<usize>> {
        self.groups.iter().filter(move |group| group.contains(&id))
    }

    fn make(&self, process: &Process, members: &[usize], brought: &[Parcel], results: &mut [&mut [u8]]) {
        let me = members.iter().position(|&member| member == process.id()).unwrap_or(0);
        for (i, result) in results.iter_mut().enumerate() {
            let parts: Vec<&[u8]> = brought.iter().map(|parcel| &parcel[i][..]).collect();
            let (from, to) = (&self.operands[i], &self.results[i]);
            let size = from.element.size();
            match &self.exchange {
                Exchange::Gather { axis } => join(&parts, &from.dims, *axis, size, result),
                Exchange::Reduce(body) => combine(body, &parts, size, result),
                Exchange::ReduceToFirst(body) if me == 0 => combine(body, &parts, size, result),
                Exchange::ReduceToFirst(_) => {}
                Exchange::ReduceScatter { body, axis } => {
                    let mut all = vec![0; parts[0].len()];
                    combine(body, &parts, size, &mut all);
                    result.copy_from_slice(&part(&all, &from.dims, *axis, members.len(), me, size));
                }
                Exchange::AllToAll { split, concatenate } => {
                    let mine: Vec<Vec<u8>> =
                        parts.iter().map(|p| part(p, &from.dims, *split, members.len(), me, size)).collect();
                    let mut dims = from.dims.clone();
                    dims[*split] /= members.len();
                    let mine: Vec<&[u8]> = mine.iter().map(|p| &p[..]).collect();
                    join(&mine, &dims, *concatenate, size, result);
                }
                Exchange::Broadcast | Exchange::Permute => result.copy_from_slice(parts[0]),
            }
            debug_assert_eq!(Some(result.len()), to.byte_count());
        }
    }
}

impl Kernel for Collective {
    fn describe(&self) -> String {
        let shown: Vec<String> = self.operands.iter().map(ToString::to_string).collect();
        format!("{} {} in {} groups", self.operation, shown.join(", "), self.groups.len())
    }

    fn allocated_bytes(&self) -> usize {
        // What is brought, which others may still be looking at when the next is, and the parts of what others brought that
        // are taken out or combined.
        let brought = if matches!(self.exchange, Exchange::Permute) { 4 } else { 2 };
        bytes_of(&self.operands).saturating_mul(brought + 2)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        results.iter_mut().for_each(|result| result.fill(0));
        let receives = |members: &[usize]| match self.exchange {
            Exchange::Permute => members[1] == process.id(),
            _ => true,
        };
        for members in self.groups_of(process.id()) {
            let occasion =
                Occasion { operation: self.operation, channel: self.channel, members: members.clone() };
            let parcel = operands.iter().map(|operand| operand.bytes().to_vec()).collect();
            match process.meet(occasion, parcel) {
                Ok(brought) if receives(members) => self.make(process, members, &brought, results),
                Ok(_) => {}
                Err(reason) => process.fail(format!("stablehlo.{} {reason}", self.operation)),
            }
        }
    }
}

/// Tensors of one shape, one after the other along an axis.
fn join(parts: &[&[u8]], dims: &[usize], axis: usize, size: usize, to: &mut [u8]) {
    let run = product(&dims[axis..]) * size;
    if run == 0 {
        return;
    }
    for (row, to) in to.chunks_exact_mut(run * parts.len()).enumerate() {
        for (part, to) in parts.iter().zip(to.chunks_exact_mut(run)) {
            to.copy_from_slice(&part[row * run..][..run]);
        }
    }
}

/// One of so many equal parts of a tensor along an axis.
fn part(from: &[u8], dims: &[usize], axis: usize, count: usize, index: usize, size: usize) -> Vec<u8> {
    let run = product(&dims[axis..]) * size;
    if run == 0 {
        return Vec::new();
    }
    let piece = run / count;
    from.chunks_exact(run).flat_map(|row| row[index * piece..][..piece].to_vec()).collect()
}

/// Corresponding elements of all parts, combined from the first to the last.
fn combine(body: &ScalarProgram, parts: &[&[u8]], size: usize, to: &mut [u8]) {
    let mut machine = body.machine();
    for (i, to) in to.chunks_exact_mut(size).enumerate() {
        let mut elements = parts.iter().map(|part| Scalar::from_bytes(&part[i * size..][..size]));
        let first = elements.next().unwrap_or_default();
        let combined = elements.fold(first, |sum, element| machine.run(&[sum, element])[0]);
        to.copy_from_slice(combined.bytes(size));
    }
}

/// `replica_id` and `partition_id`.
#[derive(Debug)]
struct Identity {
    of_replica: bool,
}

/// A kernel that says which process runs it.
pub(super) fn identity(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    result(site, 0)?;
    Ok(Box::new(Identity { of_replica: site.op.kind == OpKind::ReplicaId }))
}

impl Kernel for Identity {
    fn describe(&self) -> String {
        if self.of_replica { "replica_id".into() } else { "partition_id".into() }
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, _: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let id = if self.of_replica { process.replica() } else { process.partition() };
        results[0].copy_from_slice(&(id as u32).to_le_bytes());
    }
}

/// `send` to another process, and `recv` from one.
#[derive(Debug)]
struct Message {
    channel: i64,
    sends: bool,
    /// Who sends and who receives, where the program says so.
    pairs: Option<Vec<(usize, usize)>>,
    /// What is sent, if it is.
    operands: Vec<TensorType>,
}

/// A kernel for a message on a channel between processes.
pub(super) fn message(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let (channel, host, pairs, sends) = match &site.op.kind {
        OpKind::Send { channel, is_host_transfer, source_target_pairs } => {
            (channel, *is_host_transfer, source_target_pairs, true)
        }
        OpKind::Recv { channel, is_host_transfer, source_target_pairs } => {
            (channel, *is_host_transfer, source_target_pairs, false)
        }
        _ => return Err(Unsupported("is no message".into())),
    };
    // Among processes, a transfer to the host is one to the process that receives from the host on the channel.
    if host && site.options.processes.count() == 1 {
        return Err(Unsupported(
            "is a transfer with the host, which the CPU has infeed and outfeed for; use stablehlo.infeed or \
             stablehlo.outfeed"
                .into(),
        ));
    }
    let pairs = match pairs {
        Some(pairs) if !pairs.is_empty() => Some(message_pairs(pairs, site.options.processes)?),
        _ => None,
    };
    let operands = match sends {
        true => (0..site.op.operands.len()).map(|i| operand(site, i).cloned()).collect::<Result<_, _>>()?,
        false => Vec::new(),
    };
    Ok(Box::new(Message { channel: channel.id, sends, pairs, operands }))
}

/// The processes that exchange messages. Channels are between partitions of one replica, where there are several.
fn message_pairs(pairs: &[(i64, i64)], processes: Processes) -> Result<Vec<(usize, usize)>, Unsupported> {
    let of_partitions = processes.partitions > 1;
    let rows: Vec<Vec<i64>> = pairs.iter().map(|&(source, target)| vec![source, target]).collect();
    let channel = of_partitions.then_some(Channel { id: 1, channel_type: 0 });
    Ok(moving(&rows, channel, processes)?.iter().map(|pair| (pair[0], pair[1])).collect())
}

impl Message {
    /// The routes of a process's messages: none where it is not among those that send, or receive.
    fn routes(&self, process: usize) -> Vec<Route> {
        let route = |between| Route { channel: self.channel, between };
        let is_mine =
            |&(source, target): &(usize, usize)| process == if self.sends { source } else { target };
        match &self.pairs {
            None => vec![route(None)],
            Some(pairs) => pairs.iter().copied().filter(is_mine).map(|pair| route(Some(pair))).collect(),
        }
    }
}

impl Kernel for Message {
    fn describe(&self) -> String {
        format!("{} on channel {}", if self.sends { "send" } else { "recv" }, self.channel)
    }

    fn allocated_bytes(&self) -> usize {
        // Each process that it is sent to is sent its own.
        bytes_of(&self.operands).saturating_mul(self.pairs.as_ref().map_or(1, Vec::len))
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let routes = self.routes(process.id());
        if self.sends {
            let parcel = || operands.iter().map(|operand| operand.bytes().to_vec()).collect();
            if let Err(reason) = routes.into_iter().try_for_each(|route| process.send(route, parcel())) {
                process.fail(format!("stablehlo.send {reason}"));
            }
            return;
        }
        // Who is sent nothing has zeros, as after a permutation.
        let Some(&route) = routes.first() else {
            return results.iter_mut().for_each(|result| result.fill(0));
        };
        let received = process.receive(route);
        let fits = |parcel: &Parcel| {
            parcel.len() == results.len()
                && parcel.iter().zip(results.iter()).all(|(p, r)| p.len() == r.len())
        };
        match received {
            Ok(parcel) if fits(&parcel) => {
                results.iter_mut().zip(parcel.iter()).for_each(|(result, part)| result.copy_from_slice(part));
            }
            other => {
                results.iter_mut().for_each(|result| result.fill(0));
                let reason = match other {
                    Ok(_) => {
                        format!("receives tensors of other sizes than it takes, on channel {}", self.channel)
                    }
                    Err(reason) => reason,
                };
                process.fail(format!("stablehlo.recv {reason}"));
            }
        }
    }
}
