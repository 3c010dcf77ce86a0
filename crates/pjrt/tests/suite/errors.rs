//! What goes wrong.

use runahead_ir::{TensorType, parse};
use runahead_pjrt::{Client, DeviceBuffer, Form, HostUse};

use super::{device, floats, increment, values};

pub(crate) fn a_program_that_is_none_is_an_error(client: &Client) {
    let device = device(client, 0);
    // Our own rules find this one.
    let wrong = parse(
        "wrong.mlir",
        "func.func @main(%x: tensor<4xf32>) -> tensor<3xf32> {
           %y = \"stablehlo.negate\"(%x) : (tensor<4xf32>) -> tensor<3xf32>
           return %y : tensor<3xf32>
         }",
    );
    let error = device.compile(&wrong.unwrap()).unwrap_err().to_string();
    assert!(error.contains("wrong.mlir:2"), "{error}");
    // This one only the plugin can know.
    let unknown = parse(
        "unknown.mlir",
        "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
           %y = stablehlo.custom_call @nobody_knows_this(%x) : (tensor<4xf32>) -> tensor<4xf32>
           return %y : tensor<4xf32>
         }",
    );
    for form in [Form::Artifact, Form::Text] {
        let compiled = client.compile(unknown.as_ref().unwrap(), &[0], &[], form);
        let error = compiled.map(|_| ()).unwrap_err();
        assert!(error.code().is_some() && error.to_string().contains("nobody_knows_this"), "{error}");
    }
    let none = parse("none.mlir", "module @none {}").unwrap();
    assert!(device.compile(&none).unwrap_err().to_string().contains("@main"));
}

pub(crate) fn arguments_that_do_not_fit_are_errors(client: &Client) {
    let (here, there) = (device(client, 0), device(client, 1));
    let program = here.compile(&increment()).unwrap();
    let error = program.execute(&[]).unwrap_err().to_string();
    assert_eq!(error, "increment takes 1 arguments, but 0 were given");
    let x = here.upload(&floats(&[0.0; 3])).unwrap();
    let error = program.execute(&[&x]).unwrap_err().to_string();
    assert_eq!(error, "increment takes a tensor<4xf32> as arg0, but a tensor<3xf32> was given");
    let x = there.upload(&floats(&[0.0; 4])).unwrap();
    let error = program.execute(&[&x]).unwrap_err().to_string();
    assert_eq!(error, "increment was compiled for device plugin:0, but arg0 is on device plugin:1");
    // By the plugin's functions alone, it is the plugin that says no.
    let program = client.compile(&increment(), &[0], &[], Form::default()).unwrap();
    assert!(program.execute(&[&[]]).map(|_| ()).unwrap_err().code().is_some());
    assert!(program.execute(&[&[], &[]]).map(|_| ()).unwrap_err().to_string().contains("runs on 1 devices"));
}

pub(crate) fn a_source_that_fails_fails_what_is_computed_from_it(client: &Client) {
    let device = device(client, 0);
    let program = device.compile_donating(&increment(), &[0]).unwrap();
    let ty = program.signature().parameters[0].ty.clone();
    let x = device.upload_from(ty, |_| Err("the disk is gone")).unwrap();
    let y = program.execute(&[&x]).unwrap().remove(0);
    let z = program.submission(&[&y]).donating(&[0]).submit().unwrap().remove(0);
    for error in [z.to_host().wait().unwrap_err(), z.ready().wait().unwrap_err()] {
        assert!(error.to_string().contains("the disk is gone"), "{error}");
    }
    assert!(z.is_ready());
    device.synchronize().unwrap();
}

pub(crate) fn a_budget_holds(client: &Client) {
    let device = device(client, 0);
    device.set_budget(Some(20));
    let _kept = device.upload(&floats(&[0.0; 4])).unwrap();
    let error = device.upload(&floats(&[0.0; 4])).unwrap_err();
    assert_eq!((error.needed, error.live, error.budget), (16, 16, 20));
    device.set_budget(None);
    assert_eq!(values(&device.upload(&floats(&[1.0])).unwrap()), [1.0]);
}

pub(crate) fn a_device_that_is_not_there_is_an_error(client: &Client) {
    let count = client.devices().len();
    let error = client.device("plugin", count, Form::default()).map(|_| ()).unwrap_err().to_string();
    assert!(error.starts_with(&format!("there is no device {count}; ")), "{error}");
    assert!(client.compile(&increment(), &[count], &[], Form::default()).is_err());
}

pub(crate) fn a_type_of_no_size_is_an_error(client: &Client) {
    let x = floats(&[1.0; 4]);
    let buffer =
        DeviceBuffer::from_host(client, 0, x.ty(), x.to_dense(), HostUse::UntilCopied, || {}).unwrap();
    let dynamic = TensorType { dims: [runahead_ir::DYNAMIC].into_iter().collect(), ..x.ty().clone() };
    let huge = TensorType { dims: [usize::MAX / 2, 3].into_iter().collect(), ..x.ty().clone() };
    for ty in [dynamic, huge] {
        let error = buffer.to_host(&ty, |_| unreachable!("nothing is brought")).unwrap_err().to_string();
        assert!(error.contains("its size is not known"), "{error}");
        let error = buffer.fetch(&ty).wait().unwrap_err().to_string();
        assert!(error.contains("its size is not known"), "{error}");
    }
    // The buffer can still be read as what it is.
    assert_eq!(buffer.fetch(x.ty()).wait().unwrap().to_dense(), x.to_dense());
}
