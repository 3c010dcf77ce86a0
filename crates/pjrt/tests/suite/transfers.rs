//! Data to devices and back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use runahead_ir::{ElementType, Literal, TensorType};
use runahead_pjrt::{Client, DeviceBuffer, HostUse};

use super::{bytes_of, device, floats, increment, module, values};

/// Values of a type, as many as there are bytes in a small pattern, all of them valid.
fn sample(element: ElementType, count: usize) -> Vec<u8> {
    let bytes = (0..count * element.size()).map(|i| (i * 37 + 11) as u8);
    match element {
        ElementType::Bool => bytes.map(|byte| byte & 1).collect(),
        ElementType::U2 | ElementType::U4 | ElementType::F4E2M1FN => {
            bytes.map(|byte| byte & ((1 << element.bits()) - 1)).collect()
        }
        ElementType::I2 | ElementType::I4 => {
            let shift = 8 - element.bits();
            bytes.map(|byte| ((byte << shift) as i8 >> shift) as u8).collect()
        }
        _ => bytes.collect(),
    }
}

pub(crate) fn every_type_goes_there_and_back(client: &Client) {
    let device = device(client, 0);
    let mut without = Vec::new();
    for element in ElementType::ALL {
        let sent = Literal::new(TensorType::new(element, [2, 3, 5]), sample(element, 30)).unwrap();
        let buffer = device.upload(&sent).unwrap();
        match buffer.to_host().wait() {
            Ok(back) => assert_eq!(back.to_dense(), sent.to_dense(), "{element}"),
            Err(error) => {
                assert!(error.to_string().contains("PJRT has no elements of type"), "{element}: {error}");
                without.push(element);
            }
        }
    }
    assert_eq!(without, [ElementType::F6E2M3FN, ElementType::F6E3M2FN]);
}

pub(crate) fn extreme_values_go_there_and_back(client: &Client) {
    let device = device(client, 0);
    let same = |element: ElementType, bytes: Vec<u8>| {
        let sent = Literal::new(TensorType::new(element, [bytes.len() / element.size()]), bytes).unwrap();
        let back = device.upload(&sent).unwrap().to_host();
        assert_eq!(*back.wait().unwrap(), sent);
    };
    same(ElementType::I64, [i64::MIN, -1, 0, i64::MAX].map(i64::to_le_bytes).concat());
    same(ElementType::U64, [0, 1 << 63, u64::MAX].map(u64::to_le_bytes).concat());
    let floats = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, f64::from_bits(1), f64::MAX];
    same(ElementType::F64, floats.map(f64::to_le_bytes).concat());
    let narrow = [f32::from_bits(0x7fc0_1234), f32::INFINITY, -0.0, f32::from_bits(1)];
    same(ElementType::F32, bytes_of(&narrow));
}

pub(crate) fn data_comes_row_major_from_other_layouts(client: &Client) {
    let device = device(client, 0);
    let turned = module(
        "turned",
        "(%x: tensor<2x3xf32> {mhlo.layout_mode = \"default\"}) -> (tensor<3x2xf32> {mhlo.layout_mode = \"{0,1}\"})",
        "%y = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
         return %y : tensor<3x2xf32>",
    );
    let program = device.compile(&turned).unwrap();
    let x =
        Literal::new(TensorType::new(ElementType::F32, [2, 3]), bytes_of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
    let x = device.upload(&x.unwrap()).unwrap();
    assert_eq!(values(&program.execute(&[&x]).unwrap()[0]), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
}

pub(crate) fn a_tensor_without_elements_and_a_scalar(client: &Client) {
    let device = device(client, 0);
    for dims in [vec![], vec![0], vec![3, 0, 2]] {
        let ty = TensorType::new(ElementType::F32, dims);
        let sent = Literal::new(ty.clone(), sample(ElementType::F32, ty.element_count().unwrap())).unwrap();
        let buffer = device.upload(&sent).unwrap();
        buffer.ready().wait().unwrap();
        assert_eq!(*buffer.to_host().wait().unwrap(), sent);
    }
    let splat = Literal::splat(TensorType::new(ElementType::F32, [3]), 7f32.to_le_bytes()).unwrap();
    assert_eq!(values(&device.upload(&splat).unwrap()), [7.0; 3]);
}

/// Memory that tells when it is let go of.
struct Watched(Vec<f32>, Arc<AtomicBool>);

impl AsRef<[u8]> for Watched {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: floats are bytes, and these live as long as the reference.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr().cast(), self.0.len() * 4) }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.fill(f32::NAN);
        self.1.store(true, Ordering::SeqCst);
    }
}

pub(crate) fn host_memory_is_kept_until_the_plugin_is_done_with_it(client: &Client) {
    const LEN: usize = 1 << 20;
    let ty = TensorType::new(ElementType::F32, [LEN]);
    for host_use in [HostUse::UntilCopied, HostUse::Shared] {
        let released = Arc::new(AtomicBool::new(false));
        let owner = Watched(vec![1.5; LEN], Arc::clone(&released));
        let (done, is_done) = std::sync::mpsc::channel();
        let buffer = DeviceBuffer::from_host(client, 0, &ty, owner, host_use, move || {
            done.send(()).unwrap();
        });
        let buffer = buffer.unwrap();
        let back = buffer.fetch(&ty);
        // Where it was let go of before it was copied, this shows.
        assert!(super::values_of(&back.wait().unwrap()).iter().all(|&value| value == 1.5));
        drop(buffer);
        is_done.recv().unwrap();
        assert!(released.load(Ordering::SeqCst));
    }
    // Bytes that do not fit are let go of at once.
    let released = Arc::new(AtomicBool::new(false));
    let owner = Watched(vec![1.5; 3], Arc::clone(&released));
    assert!(DeviceBuffer::from_host(client, 0, &ty, owner, HostUse::Shared, || {}).is_err());
    assert!(released.load(Ordering::SeqCst));
}

pub(crate) fn memory_that_is_adopted_is_seen(client: &Client) {
    let device = device(client, 0);
    let program = device.compile(&increment()).unwrap();
    let released = Arc::new(AtomicBool::new(false));
    let owner = Watched(vec![1.0, 2.0, 3.0, 4.0], Arc::clone(&released));
    let ty = floats(&[0.0; 4]).ty().clone();
    let x = device.adopt(ty, Box::new(owner)).unwrap();
    let y = program.execute(&[&x]).unwrap().remove(0);
    drop(x);
    assert_eq!(values(&y), [2.0, 3.0, 4.0, 5.0]);
    drop(y);
    device.synchronize().unwrap();
    let view = device.upload(&floats(&[1.0])).unwrap();
    assert!(view.view().unwrap().bytes().is_none_or(|bytes| bytes == bytes_of(&[1.0])));
}
