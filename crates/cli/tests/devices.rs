//! `runahead devices`.

mod common;

use common::{assert_refused, command, stdout_of};

#[test]
fn the_cpu_is_there() {
    let text = stdout_of(["devices"]);
    assert!(text.starts_with("cpu:0\n  threads  "), "{text}");
    assert!(text.contains("\n  vectors  ") && text.contains("\n  memory   "), "{text}");
    assert!(text.contains("cpu:1") && text.contains("--device cpu:1"), "{text}");
}

#[test]
fn the_environment_says_how_many_threads_there_are() {
    let output = command(["devices"]).env("RUNAHEAD_THREADS", "3").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("cpu:0\n  threads  3 "), "{text}");
}

#[test]
fn plugins_are_listed_with_what_they_say() {
    let text = |plugins: &str| {
        let mut command = command(["devices"]);
        let command = command.env_remove("VIRTUAL_ENV").env_remove("CONDA_PREFIX");
        let output = command.env("RUNAHEAD_PJRT_PLUGINS", plugins).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(text("").contains("no PJRT plugin is installed"));
    let listed = text("mine=/nowhere/plugin.so");
    assert!(
        listed.contains("\nmine\n") && listed.contains("/nowhere/plugin.so cannot be loaded"),
        "{listed}"
    );
    if let Ok(path) = std::env::var("RUNAHEAD_XLA_CPU_PLUGIN") {
        let listed = text(&format!("xla-cpu={path}"));
        assert!(listed.contains("\nxla-cpu\n") && listed.contains("API      0.81"), "{listed}");
        assert!(listed.contains("CpuDevice(id=0) (cpu)"), "{listed}");
    }
}

#[test]
fn a_device_that_is_not_there_is_refused() {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs/types.mlir");
    assert_refused(["run", program, "--device", "abacus"], &["\"abacus\"", "cpu:N", "pjrt:PATH"]);
    assert_refused(["run", program, "--device", "pjrt:/nowhere.so:1"], &["/nowhere.so cannot be loaded"]);
}
