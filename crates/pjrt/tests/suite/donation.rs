//! Arguments that are given for keeps.

use runahead_pjrt::{Client, DeviceBuffer, Form, HostUse};
use runahead_runtime::ExecuteError;

use super::{device, floats, increment, module, values, values_of};

pub(crate) fn what_is_donated_cannot_be_used(client: &Client) {
    let device = device(client, 0);
    let program = device.compile_donating(&increment(), &[0]).unwrap();
    assert_eq!(program.signature().parameters[0].result, Some(0));
    let x = device.upload(&floats(&[1.0, 2.0, 3.0, 4.0])).unwrap();
    let before = x.to_host();
    let y = program.submission(&[&x]).donating(&[0]).submit().unwrap().remove(0);
    assert_eq!(values_of(&before.wait().unwrap()), [1.0, 2.0, 3.0, 4.0]);
    let error = program.execute(&[&x]).unwrap_err();
    assert!(matches!(error, ExecuteError::Gone { .. }), "{error}");
    assert!(error.to_string().contains("was donated to increment"), "{error}");
    assert!(x.to_host().wait().unwrap_err().to_string().contains("was donated to increment"));
    assert!(program.submission(&[&x]).donating(&[0]).submit().is_err());
    // What is not donated stays, though the program could take it.
    let z = program.execute(&[&y]).unwrap().remove(0);
    assert_eq!((values(&y), values(&z)), (vec![2.0, 3.0, 4.0, 5.0], vec![3.0, 4.0, 5.0, 6.0]));

    let sum = module(
        "sum",
        "(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32>",
        "%z = stablehlo.add %x, %y : tensor<4xf32>
         return %z : tensor<4xf32>",
    );
    let sum = device.compile(&sum).unwrap();
    let error = sum.submission(&[&y, &y]).donating(&[0]).submit().unwrap_err();
    assert!(matches!(error, ExecuteError::DonatedTwice { .. }), "{error}");
    let w = sum.submission(&[&y, &z]).donating(&[1]).submit().unwrap().remove(0);
    assert_eq!((values(&w), values(&y)), (vec![5.0, 7.0, 9.0, 11.0], vec![2.0, 3.0, 4.0, 5.0]));
}

pub(crate) fn donated_memory_is_deleted_and_other_memory_is_not(client: &Client) {
    let literal = floats(&[1.0, 2.0, 3.0, 4.0]);
    let upload = || {
        let bytes = literal.to_dense();
        DeviceBuffer::from_host(client, 0, literal.ty(), bytes, HostUse::UntilCopied, || {}).unwrap()
    };
    for (donated, form) in [(true, Form::Artifact), (true, Form::Text), (false, Form::Artifact)] {
        let program = client.compile(&increment(), &[0], if donated { &[0] } else { &[] }, form).unwrap();
        let x = upload();
        let y = program.execute(&[&[&x]]).unwrap().results.remove(0).remove(0);
        assert_eq!(values_of(&y.fetch(literal.ty()).wait().unwrap()), [2.0, 3.0, 4.0, 5.0]);
        assert_eq!(x.is_deleted().unwrap(), donated);
        if donated {
            let error = program.execute(&[&[&x]]).map(|_| ()).unwrap_err();
            assert!(error.code().is_some(), "{error}");
        }
    }
}

pub(crate) fn a_donated_chain_may_be_dropped_before_it_ran(client: &Client) {
    let device = device(client, 0);
    let program = device.compile_donating(&increment(), &[0]).unwrap();
    let mut x = device.upload(&floats(&[0.0; 4])).unwrap();
    for _ in 0..20 {
        x = program.submission(&[&x]).donating(&[0]).submit().unwrap().remove(0);
    }
    drop(x);
    device.synchronize().unwrap();
    assert_eq!(device.memory_use().live, 0);
}
