//! Several devices.

use runahead_pjrt::{Client, DeviceBuffer, Form, HostUse};

use super::{floats, module, values_of};

pub(crate) fn replicas_run_on_several_devices(client: &Client) {
    let ids: Vec<i32> = client.devices().iter().map(|device| device.id).collect();
    assert!(ids.len() >= 2 && ids[0] != ids[1], "{:?}", client.devices());
    let all = module(
        "all",
        "(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<ui32>)",
        "%y = \"stablehlo.all_reduce\"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
         ^bb0(%a: tensor<f32>, %b: tensor<f32>):
           %c = stablehlo.add %a, %b : tensor<f32>
           stablehlo.return %c : tensor<f32>
         }) : (tensor<4xf32>) -> tensor<4xf32>
         %r = stablehlo.replica_id : tensor<ui32>
         return %y, %r : tensor<4xf32>, tensor<ui32>",
    );
    let program = client.compile(&all, &[0, 1], &[], Form::default()).unwrap();
    assert_eq!((program.replicas(), program.outputs()), (2, 2));
    let upload = |device: usize, values: &[f32]| {
        let x = floats(values);
        DeviceBuffer::from_host(client, device, x.ty(), x.to_dense(), HostUse::UntilCopied, || {}).unwrap()
    };
    let (a, b) = (upload(0, &[1.0, 2.0, 3.0, 4.0]), upload(1, &[10.0, 20.0, 30.0, 40.0]));
    let execution = program.execute(&[&[&a], &[&b]]).unwrap();
    for (i, results) in execution.results.iter().enumerate() {
        let sums = results[0].fetch(floats(&[0.0; 4]).ty());
        assert_eq!(values_of(&sums.wait().unwrap()), [11.0, 22.0, 33.0, 44.0]);
        let scalar = runahead_ir::TensorType::scalar(runahead_ir::ElementType::U32);
        assert_eq!(results[1].fetch(&scalar).wait().unwrap().to_dense()[0] as usize, i);
    }
    for ended in execution.ended.into_iter().flatten() {
        ended.wait().unwrap();
        assert!(ended.is_ready().unwrap());
    }
}
