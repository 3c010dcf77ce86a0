//! Which cores there are, how they are grouped into NUMA nodes, and which worker goes where.

/// The nodes of the machine that have cores which the process may use, and those cores.
pub(super) struct Topology {
    nodes: Vec<Vec<usize>>,
}

/// Where a worker belongs.
#[derive(Debug, PartialEq)]
pub(super) struct Affinity {
    pub(super) node: usize,
    /// The cores that its thread is to keep to; none where it may go anywhere.
    pub(super) cores: Vec<usize>,
}

impl Topology {
    /// What the operating system says; one node of unknown cores where it says nothing.
    pub(super) fn of_machine() -> Topology {
        let allowed = allowed_cores();
        let mut nodes = node_lists()
            .into_iter()
            .map(|list| parse_list(&list).into_iter().filter(|core| allowed.contains(core)).collect())
            .filter(|cores: &Vec<usize>| !cores.is_empty())
            .collect::<Vec<_>>();
        if nodes.is_empty() {
            nodes.push(allowed);
        }
        Topology { nodes }
    }

    /// The same cores, split into that many groups; several groups share a core where there are fewer.
    pub(super) fn split(self, count: usize) -> Topology {
        let cores = self.nodes.concat();
        let group = |index: usize| {
            let (start, end) = (index * cores.len() / count, (index + 1) * cores.len() / count);
            cores[start..end.max(start + 1).min(cores.len())].to_vec()
        };
        Topology { nodes: (0..count).map(group).collect() }
    }

    pub(super) fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Where each of so many workers belongs: one node after the other gets one. Where there is but one node, only workers
    /// that are to be `pinned` keep to a core.
    pub(super) fn affinity(&self, workers: usize, pinned: bool) -> Vec<Affinity> {
        let home = |worker: usize| {
            let node = worker % self.nodes.len();
            let all = &self.nodes[node];
            let cores = match () {
                () if all.is_empty() => Vec::new(),
                () if pinned => vec![all[worker / self.nodes.len() % all.len()]],
                () if self.nodes.len() > 1 => all.clone(),
                () => Vec::new(),
            };
            Affinity { node, cores }
        };
        (0..workers).map(home).collect()
    }
}

/// Reads a list of the kernel's, such as `0-3,8`. What is not one is left out.
fn parse_list(list: &str) -> Vec<usize> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.parse::<usize>().ok()?, last.parse::<usize>().ok()?);
        // No machine has more: a number beyond that is not one of a core.
        (last < 1 << 16).then_some(first..=last)
    };
    list.trim().split(',').filter_map(range).flatten().collect()
}

#[cfg(all(target_os = "linux", not(miri)))]
fn node_lists() -> Vec<String> {
    let Ok(entries) = std::fs::read_dir("/sys/devices/system/node") else { return Vec::new() };
    let number = |name: &str| name.strip_prefix("node")?.parse::<usize>().ok();
    let mut nodes: Vec<_> = entries
        .flatten()
        .filter_map(|entry| Some((number(entry.file_name().to_str()?)?, entry.path().join("cpulist"))))
        .collect();
    nodes.sort();
    nodes.into_iter().filter_map(|(_, list)| std::fs::read_to_string(list).ok()).collect()
}

#[cfg(all(target_os = "linux", not(miri)))]
fn allowed_cores() -> Vec<usize> {
    use rustix::thread::{CpuSet, sched_getaffinity};
    let Ok(allowed) = sched_getaffinity(None) else { return Vec::new() };
    (0..CpuSet::MAX_CPU).filter(|&core| allowed.is_set(core)).collect()
}

/// Has the calling thread keep to these cores, where there are some. That it cannot is no reason not to work.
#[cfg(all(target_os = "linux", not(miri)))]
pub(super) fn keep_to(cores: &[usize]) {
    use rustix::thread::{CpuSet, sched_setaffinity};
    if cores.is_empty() {
        return;
    }
    let mut set = CpuSet::new();
    cores.iter().filter(|&&core| core < CpuSet::MAX_CPU).for_each(|&core| set.set(core));
    if let Err(error) = sched_setaffinity(None, &set) {
        tracing::warn!(%error, ?cores, "a worker could not be pinned");
    }
}

#[cfg(any(not(target_os = "linux"), miri))]
fn node_lists() -> Vec<String> {
    Vec::new()
}

#[cfg(any(not(target_os = "linux"), miri))]
fn allowed_cores() -> Vec<usize> {
    Vec::new()
}

#[cfg(any(not(target_os = "linux"), miri))]
pub(super) fn keep_to(_cores: &[usize]) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        assert_eq!(parse_list("0-3,8,10-11\n"), [0, 1, 2, 3, 8, 10, 11]);
        assert_eq!(parse_list(""), [0; 0]);
        assert_eq!(parse_list("x,2,3-,99999999999999999999,0-99999999"), [2]);
    }

    #[test]
    fn workers_are_spread_over_the_nodes() {
        let topology = Topology { nodes: vec![vec![0, 1], vec![8, 9]] };
        let affinity = topology.affinity(5, true);
        let places: Vec<_> = affinity.iter().map(|home| (home.node, home.cores[0])).collect();
        assert_eq!(places, [(0, 0), (1, 8), (0, 1), (1, 9), (0, 0)]);
        assert_eq!(topology.affinity(2, false)[1], Affinity { node: 1, cores: vec![8, 9] });
    }

    #[test]
    fn one_node_asks_for_nothing_unless_pinned() {
        let topology = Topology { nodes: vec![vec![0, 1]] };
        assert_eq!(topology.affinity(1, false), [Affinity { node: 0, cores: vec![] }]);
        assert_eq!(topology.affinity(1, true), [Affinity { node: 0, cores: vec![0] }]);
        let unknown = Topology { nodes: vec![vec![]] };
        assert_eq!(unknown.affinity(1, true), [Affinity { node: 0, cores: vec![] }]);
    }

    #[test]
    fn cores_are_split_into_groups() {
        let split = |cores: usize, count| Topology { nodes: vec![(0..cores).collect()] }.split(count).nodes;
        assert_eq!(split(4, 2), [[0, 1], [2, 3]]);
        assert_eq!(split(1, 2), [[0], [0]]);
        assert_eq!(split(0, 2), [[0; 0]; 2]);
    }
}
