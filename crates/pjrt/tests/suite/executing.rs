//! Programs, compiled and executed.

use std::sync::Arc;
use std::sync::mpsc;

use runahead_pjrt::{Client, DeviceBuffer, Form, HostUse};
use runahead_runtime::{Lane, Recorder};

use super::{device, floats, increment, module, values, values_of};

pub(crate) fn a_chain_is_submitted_before_it_is_computed(client: &Client) {
    let device = device(client, 0);
    let program = device.compile(&increment()).unwrap();
    let mut x = device.upload(&floats(&[0.0, 1.0, 2.0, 3.0])).unwrap();
    for _ in 0..20 {
        x = program.execute(&[&x]).unwrap().remove(0);
    }
    let first = x.to_host();
    x.ready().wait().unwrap();
    assert!(x.is_ready() && x.ready().is_ready());
    assert_eq!(values(&x), [20.0, 21.0, 22.0, 23.0]);
    assert_eq!(*first.wait().unwrap(), *x.to_host().wait().unwrap());
    device.synchronize().unwrap();
    assert_eq!(device.memory_use().temporary, 0);
    drop((x, first));
    assert_eq!(device.memory_use().live, 0);
}

pub(crate) fn what_is_computed_from_values_on_their_way_arrives(client: &Client) {
    let device = device(client, 0);
    let program = device.compile(&increment()).unwrap();
    let (go, goes) = mpsc::channel::<()>();
    let ty = program.signature().parameters[0].ty.clone();
    let x = device.upload_from(ty, move |memory| {
        goes.recv()?;
        memory.fill(0);
        Ok::<_, mpsc::RecvError>(())
    });
    let x = x.unwrap();
    let y = program.execute(&[&program.execute(&[&x]).unwrap()[0]]).unwrap().remove(0);
    let host = y.to_host();
    assert!(!x.is_ready() && !y.is_ready() && !host.is_ready());
    go.send(()).unwrap();
    assert_eq!(values_of(&host.wait().unwrap()), [2.0; 4]);
    y.ready().wait().unwrap();
}

pub(crate) fn programs_without_arguments_and_with_several_results(client: &Client) {
    let device = device(client, 0);
    let none = module(
        "constants",
        "() -> (tensor<2xf32>, tensor<0x3xf32>)",
        "%a = stablehlo.constant dense<[1.5, -2.0]> : tensor<2xf32>
         %b = stablehlo.constant dense<> : tensor<0x3xf32>
         return %a, %b : tensor<2xf32>, tensor<0x3xf32>",
    );
    let program = device.compile(&none).unwrap();
    let results = program.execute(&[]).unwrap();
    assert_eq!(values(&results[0]), [1.5, -2.0]);
    assert_eq!((&results[1].ty().dims[..], values(&results[1])), (&[0, 3][..], vec![]));

    // The only function need not be called main.
    let both = runahead_ir::parse(
        "both.mlir",
        "func.func @both(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
           %y = stablehlo.negate %x : tensor<4xf32>
           return %y, %x, %y : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
         }",
    );
    let program = device.compile(&both.unwrap()).unwrap();
    let x = device.upload(&floats(&[1.0, 2.0, 3.0, 4.0])).unwrap();
    let results = program.execute(&[&x]).unwrap();
    let results: Vec<_> = results.iter().map(values).collect();
    assert_eq!(results, [[-1.0, -2.0, -3.0, -4.0], [1.0, 2.0, 3.0, 4.0], [-1.0, -2.0, -3.0, -4.0]]);
}

pub(crate) fn programs_are_given_as_text_and_as_bytecode(client: &Client) {
    for form in [Form::Artifact, Form::Text] {
        let device = client.device("plugin", 0, form).unwrap();
        let program = device.compile(&increment()).unwrap();
        let x = device.upload(&floats(&[0.5; 4])).unwrap();
        assert_eq!(values(&program.execute(&[&x]).unwrap()[0]), [1.5; 4]);
    }
}

pub(crate) fn programs_are_serialised_and_reloaded(client: &Client) {
    let program = client.compile(&increment(), &[0], &[], Form::default()).unwrap();
    let bytes = program.serialize().unwrap();
    assert!(!bytes.is_empty());
    let again = client.deserialize(&bytes).unwrap();
    assert_eq!((again.replicas(), again.outputs()), (1, 1));
    let (x, done) = (floats(&[0.0, 0.5, 1.0, 2.0]), || {});
    let x = DeviceBuffer::from_host(client, 0, x.ty(), x.to_dense(), HostUse::UntilCopied, done).unwrap();
    let fetched = |program: &runahead_pjrt::LoadedExecutable| {
        let mut execution = program.execute(&[&[&x]]).unwrap();
        let y = execution.results.remove(0).remove(0);
        values_of(&y.fetch(floats(&[0.0; 4]).ty()).wait().unwrap())
    };
    assert_eq!(fetched(&program), [1.0, 1.5, 2.0, 3.0]);
    assert_eq!(fetched(&again), [1.0, 1.5, 2.0, 3.0]);
    assert!(client.deserialize(b"this is no program").is_err());
}

pub(crate) fn several_threads_execute_one_program(client: &Client) {
    let device = device(client, 0);
    let program = device.compile(&increment()).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (program, device) = (&program, &device);
            scope.spawn(move || {
                let mut x = device.upload(&floats(&[thread as f32; 4])).unwrap();
                for _ in 0..200 {
                    x = program.execute(&[&x]).unwrap().remove(0);
                }
                assert_eq!(values(&x), [thread as f32 + 200.0; 4]);
            });
        }
    });
}

pub(crate) fn what_ran_when_is_noted(client: &Client) {
    let device = device(client, 0);
    let program = device.compile(&increment()).unwrap();
    let recorder = Arc::new(Recorder::new());
    device.set_recorder(Some(Arc::clone(&recorder)));
    let x = device.upload(&floats(&[0.0; 4])).unwrap();
    values(&program.execute(&[&x]).unwrap()[0]);
    device.synchronize().unwrap();
    let mut noted: Vec<_> = recorder.spans().into_iter().map(|span| (span.lane, span.name)).collect();
    noted.sort();
    let name = || device.name().into();
    let expected = [
        (Lane::Device(name()), "increment"),
        (Lane::Transfers(name()), "download"),
        (Lane::Transfers(name()), "upload"),
    ];
    assert_eq!(noted, expected.map(|(lane, what)| (lane, what.into())));
}
