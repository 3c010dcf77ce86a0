//! Compile options: how many processes run a program, and on which devices.

use runahead::Processes;
use runahead::pjrt::proto::{self, Field};

use crate::error::Fault;
use crate::overrides;

/// The part of XLA's `CompileOptionsProto` that means something here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    pub(crate) processes: Processes,
    /// The devices by number, replica after replica and in each partition after partition; none where the caller leaves
    /// them open.
    pub(crate) devices: Option<Vec<usize>>,
    /// The program may be executed on other devices than these.
    pub(crate) portable: bool,
}

/// There are so many processes at most.
const MAX_PROCESSES: u64 = 1024;

impl Options {
    /// Reads a `CompileOptionsProto`.
    pub(crate) fn read(message: &[u8]) -> Result<Options, Fault> {
        let mut options = Options::default();
        for field in proto::fields(message) {
            match field? {
                (3, Field::Bytes(build)) => options.read_build(build)?,
                (4, Field::Number(portable)) => options.portable = portable != 0,
                (7, Field::Bytes(entry)) => overrides::check(entry)?,
                _ => {}
            }
        }
        if let Some(devices) = &options.devices
            && devices.len() != options.processes.count()
        {
            let (found, expected) = (devices.len(), options.processes.count());
            return Err(Fault::invalid(format!("{found} devices are assigned to {expected} processes")));
        }
        Ok(options)
    }

    /// Reads an `ExecutableBuildOptionsProto`.
    fn read_build(&mut self, message: &[u8]) -> Result<(), Fault> {
        let count = |number: u64| match number {
            0 => Ok(1),
            1..=MAX_PROCESSES => Ok(number as usize),
            _ => Err(Fault::invalid(format!("{number} processes; expected at most {MAX_PROCESSES}"))),
        };
        for field in proto::fields(message) {
            match field? {
                (4, Field::Number(replicas)) => self.processes.replicas = count(replicas)?,
                (5, Field::Number(partitions)) => self.processes.partitions = count(partitions)?,
                (9, Field::Bytes(assignment)) => self.devices = Some(read_assignment(assignment)?),
                _ => {}
            }
        }
        if self.processes.count() as u64 > MAX_PROCESSES {
            return Err(Fault::invalid(format!("more than {MAX_PROCESSES} processes")));
        }
        Ok(())
    }

    /// A `CompileOptionsProto`.
    pub(crate) fn write(&self) -> Vec<u8> {
        let (mut build, mut message) = (Vec::new(), Vec::new());
        proto::put_number(&mut build, 4, self.processes.replicas as u64);
        proto::put_number(&mut build, 5, self.processes.partitions as u64);
        if let Some(devices) = &self.devices {
            proto::put_bytes(&mut build, 9, &write_assignment(self.processes, devices));
        }
        proto::put_bytes(&mut message, 3, &build);
        proto::put_number(&mut message, 4, self.portable.into());
        message
    }
}

/// Reads a `DeviceAssignmentProto`: for each partition the devices of the replicas.
fn read_assignment(message: &[u8]) -> Result<Vec<usize>, Fault> {
    let mut partitions: Vec<Vec<u64>> = Vec::new();
    for field in proto::fields(message) {
        let (3, Field::Bytes(partition)) = field? else { continue };
        let mut replicas = Vec::new();
        for field in proto::fields(partition) {
            match field? {
                (1, Field::Number(device)) => replicas.push(device),
                (1, Field::Bytes(devices)) => replicas.extend(proto::packed(devices)?),
                _ => {}
            }
        }
        partitions.push(replicas);
    }
    let replicas = partitions.first().map_or(0, Vec::len);
    if partitions.iter().any(|partition| partition.len() != replicas) {
        return Err(Fault::invalid(
            "a device assignment whose partitions have different numbers of replicas",
        ));
    }
    let device = |number: u64| {
        usize::try_from(number).map_err(|_| Fault::invalid(format!("there is no device {number}")))
    };
    (0..replicas).flat_map(|r| partitions.iter().map(move |partition| device(partition[r]))).collect()
}

/// A `DeviceAssignmentProto`, as loaded executables give it.
pub(crate) fn write_assignment(processes: Processes, devices: &[usize]) -> Vec<u8> {
    let Processes { replicas, partitions } = processes;
    let mut message = Vec::new();
    proto::put_number(&mut message, 1, replicas as u64);
    proto::put_number(&mut message, 2, partitions as u64);
    for partition in 0..partitions {
        let (mut ids, mut computation) = (Vec::new(), Vec::new());
        for replica in 0..replicas {
            proto::put_varint(&mut ids, devices[replica * partitions + partition] as u64);
        }
        proto::put_bytes(&mut computation, 1, &ids);
        proto::put_bytes(&mut message, 3, &computation);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_jaxlib_writes_is_read() {
        // `CompileOptions` of jaxlib 0.10.2 with two partitions on the devices 4 and 5, shortened by its debug options.
        let build =
            b"\x20\x01\x28\x02\x30\x01J\x0e\x08\x01\x10\x02\x1a\x03\n\x01\x04\x1a\x03\n\x01\x05b\x01\x00";
        let mut message = vec![0x1a, build.len() as u8];
        message.extend_from_slice(build);
        message.extend_from_slice(b" \x01");
        let options = Options::read(&message).unwrap();
        assert_eq!(
            options,
            Options {
                processes: Processes { replicas: 1, partitions: 2 },
                devices: Some(vec![4, 5]),
                portable: true
            }
        );
        assert_eq!(Options::read(&options.write()).unwrap(), options);
        assert_eq!(Options::read(b"").unwrap(), Options::default());
        assert!(Options::read(b"\x1a\x7f").is_err());
    }
}
