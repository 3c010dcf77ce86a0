//! `CompileOptionsProto`, of XLA's `compile_options.proto`, as far as it is used: written out by hand.

use crate::proto::{put_bytes, put_number, put_varint};

/// The options to compile a program for devices, by their ids: a replica for each.
pub(crate) fn compile_options(devices: &[i32]) -> Vec<u8> {
    let [mut ids, mut computation, mut assignment, mut build, mut options] = [const { Vec::new() }; 5];
    let count = devices.len() as u64;
    devices.iter().for_each(|&device| put_varint(&mut ids, i64::from(device) as u64));
    put_bytes(&mut computation, 1, &ids); // replica_device_ids, packed
    put_number(&mut assignment, 1, count); // replica_count
    put_number(&mut assignment, 2, 1); // computation_count
    put_bytes(&mut assignment, 3, &computation); // computation_devices
    put_number(&mut build, 1, -1i64 as u64); // device_ordinal: as the assignment says
    put_number(&mut build, 4, count); // num_replicas
    put_number(&mut build, 5, 1); // num_partitions
    put_bytes(&mut build, 9, &assignment); // device_assignment
    put_bytes(&mut options, 3, &build); // executable_build_options
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_as_protoc_encodes_them() {
        let expected = [
            &[0x1a, 27][..],
            &[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
            &[0x20, 2, 0x28, 1],
            &[0x4a, 10, 0x08, 2, 0x10, 1, 0x1a, 4, 0x0a, 2, 0, 3],
        ];
        assert_eq!(compile_options(&[0, 3]), expected.concat());
        // A number of more than seven bits.
        assert_eq!(compile_options(&[300])[25..], [0x0a, 2, 0xac, 0x02]);
    }
}
