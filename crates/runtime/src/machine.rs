//! How much memory the machine has for this process.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// What a machine is taken to have that does not say: 16 GiB.
const UNKNOWN: usize = 16 << 30;

/// Bytes of memory that this process can have: the machine's physical memory, or less where a control group that the
/// process is in, or its limit on address space (`ulimit -v`), allows less. Where the system does not tell (it does on
/// Linux), 16 GiB.
///
/// It is read once. The CPU's devices have it as their budget ([`Device::set_budget`](crate::Device::set_budget)) until
/// they are given another, and programs compiled for them as the most that any of their values, their constants and their
/// working memory may have.
pub fn machine_memory() -> usize {
    static BYTES: OnceLock<usize> = OnceLock::new();
    *BYTES.get_or_init(|| least_limit(Path::new("/")))
}

/// The least of the limits that the files below a root tell of.
fn least_limit(root: &Path) -> usize {
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    let physical = kibibytes(&read("proc/meminfo"), "MemTotal:");
    let address_space = address_space(&read("proc/self/limits"));
    let groups = read("proc/self/cgroup");
    let groups = groups.lines().filter_map(group_of).flat_map(|(folder, file, group)| {
        let mut limits = Vec::new();
        // A group is held to the limits of those that it is in, too.
        for group in Path::new(group).ancestors() {
            let group = group.strip_prefix("/").unwrap_or(group);
            let file = root.join(folder).join(group).join(file);
            limits.extend(fs::read_to_string(file).ok().and_then(|text| text.trim().parse::<usize>().ok()));
        }
        limits
    });
    physical.into_iter().chain(address_space).chain(groups).min().unwrap_or(UNKNOWN)
}

/// The folder of the groups, the file with a group's limit, and the group, that a line of `/proc/self/cgroup` tells of, where
/// it is about memory: `0::/group` in the second version, `4:memory:/group` in the first.
fn group_of(line: &str) -> Option<(&'static str, &'static str, &str)> {
    let (_, rest) = line.split_once(':')?;
    let (controllers, group) = rest.split_once(':')?;
    match controllers {
        "" => Some(("sys/fs/cgroup", "memory.max", group)),
        _ if controllers.split(',').any(|controller| controller == "memory") => {
            Some(("sys/fs/cgroup/memory", "memory.limit_in_bytes", group))
        }
        _ => None,
    }
}

/// The bytes of an entry of `/proc/meminfo`, which says kibibytes.
fn kibibytes(text: &str, name: &str) -> Option<usize> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse::<usize>().ok()?.checked_mul(1024)
}

/// The limit in force of `/proc/self/limits` on address space, where there is one.
fn address_space(text: &str) -> Option<usize> {
    let line = text.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder for a test, without what was there.
    fn root(name: &str) -> std::path::PathBuf {
        let root = std::env::temp_dir().join(format!("runahead-machine-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        root
    }

    fn write(root: &Path, file: &str, text: &str) {
        let file = root.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    #[test]
    fn the_least_limit_counts() {
        let root = root("least");
        assert_eq!(least_limit(&root), UNKNOWN);
        write(&root, "proc/meminfo", "MemTotal:       24565964 kB\nMemFree:          100 kB\n");
        assert_eq!(least_limit(&root), 24_565_964 << 10);
        let limits = |soft: &str| {
            format!("Limit  Soft Limit  Hard Limit  Units\nMax address space  {soft}  x  bytes\n")
        };
        write(&root, "proc/self/limits", &limits("unlimited"));
        assert_eq!(least_limit(&root), 24_565_964 << 10);
        // Of the second version, with the limit on the group around; of the first, on the group itself.
        write(&root, "proc/self/cgroup", "0::/outer/inner\n");
        write(&root, "sys/fs/cgroup/outer/memory.max", "9000000\n");
        write(&root, "sys/fs/cgroup/outer/inner/memory.max", "max\n");
        assert_eq!(least_limit(&root), 9_000_000);
        write(&root, "proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/inner\n");
        write(&root, "sys/fs/cgroup/memory/inner/memory.limit_in_bytes", "8000000\n");
        assert_eq!(least_limit(&root), 8_000_000);
        write(&root, "proc/self/limits", &limits("7000000"));
        assert_eq!(least_limit(&root), 7_000_000);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn this_machine_has_memory() {
        assert!(machine_memory() > 1 << 20);
    }
}
