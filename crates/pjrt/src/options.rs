//! `CompileOptionsProto`, of XLA's `compile_options.proto`, as far as it is used: written out by hand.

/// A message of protocol buffers, as it is built.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// A field that is a number.
    fn number(&mut self, field: u64, value: i64) -> &mut Message {
        self.varint(field << 3);
        self.varint(value as u64);
        self
    }

    /// A field that is a message.
    fn message(&mut self, field: u64, value: &Message) -> &mut Message {
        self.varint(field << 3 | 2);
        self.varint(value.0.len() as u64);
        self.0.extend_from_slice(&value.0);
        self
    }
}

/// The options to compile a program for devices, by their ids: a replica for each.
pub(crate) fn compile_options(devices: &[i32]) -> Vec<u8> {
    let mut ids = Message::default();
    devices.iter().for_each(|&device| ids.varint(i64::from(device) as u64));
    let mut computation = Message::default();
    computation.message(1, &ids); // replica_device_ids, packed
    let mut assignment = Message::default();
    assignment
        .number(1, devices.len() as i64) // replica_count
        .number(2, 1) // computation_count
        .message(3, &computation); // computation_devices
    let mut build = Message::default();
    build
        .number(1, -1) // device_ordinal: as the assignment says
        .number(4, devices.len() as i64) // num_replicas
        .number(5, 1) // num_partitions
        .message(9, &assignment); // device_assignment
    let mut options = Message::default();
    options.message(3, &build); // executable_build_options
    options.0
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
