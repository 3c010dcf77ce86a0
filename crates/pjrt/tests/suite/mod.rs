//! What every plugin has to do, whichever it is.
//!
//! `plugin_suite!(variable, options)` makes tests of it, which drive the plugin that the environment variable names.

mod donation;
mod errors;
mod executing;
mod memory;
mod replicas;
mod transfers;

pub(crate) use donation::*;
pub(crate) use errors::*;
pub(crate) use executing::*;
pub(crate) use memory::*;
pub(crate) use replicas::*;
pub(crate) use transfers::*;

use std::env;
use std::sync::{Mutex, OnceLock};

use runahead_ir::{ElementType, Literal, Module, TensorType, parse};
use runahead_pjrt::{AttributeValue, Client, Form, Plugin};
use runahead_runtime::{Buffer, Device};

/// The variables that must name plugins: where one does not, that is an error.
const REQUIRED: &str = "RUNAHEAD_REQUIRE_PLUGINS";

/// Makes the tests, for the plugin in a variable, with options that give it two devices.
macro_rules! plugin_suite {
    ($variable:literal, $options:expr) => {
        plugin_suite! { @ $variable, $options,
            a_chain_is_submitted_before_it_is_computed
            what_is_computed_from_values_on_their_way_arrives
            programs_without_arguments_and_with_several_results
            programs_are_given_as_text_and_as_bytecode
            programs_are_serialised_and_reloaded
            several_threads_execute_one_program
            what_ran_when_is_noted
            every_type_goes_there_and_back
            extreme_values_go_there_and_back
            data_comes_row_major_from_other_layouts
            a_tensor_without_elements_and_a_scalar
            host_memory_is_kept_until_the_plugin_is_done_with_it
            memory_that_is_adopted_is_seen
            what_is_donated_cannot_be_used
            donated_memory_is_deleted_and_other_memory_is_not
            a_donated_chain_may_be_dropped_before_it_ran
            a_program_that_is_none_is_an_error
            arguments_that_do_not_fit_are_errors
            a_type_of_no_size_is_an_error
            a_source_that_fails_fails_what_is_computed_from_it
            a_budget_holds
            a_device_that_is_not_there_is_an_error
            replicas_run_on_several_devices
            uploads_do_not_grow_memory
            long_chains_do_not_leak
        }
    };
    (@ $variable:literal, $options:expr, $($name:ident)*) => { $(
        #[test]
        fn $name() {
            if let Some(client) = suite::client($variable, $options) {
                suite::$name(&client);
            }
        }
    )* };
}

pub(crate) use plugin_suite;

/// The plugin's client, one for all tests; none, with a line that says so, where no plugin is named.
pub(crate) fn client(variable: &str, options: &[(&str, i64)]) -> Option<Client> {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    let Some(path) = env::var_os(variable) else {
        let required =
            env::var(REQUIRED).is_ok_and(|variables| variables.split(' ').any(|one| one == variable));
        assert!(!required, "{variable} names no plugin, though {REQUIRED} says so");
        println!("left out: {variable} names no plugin");
        return None;
    };
    let start = || {
        let options: Vec<_> =
            options.iter().map(|&(name, value)| (name.to_owned(), AttributeValue::Integer(value))).collect();
        Client::new(Plugin::load(path).unwrap(), &options).unwrap()
    };
    Some(CLIENT.get_or_init(start).clone())
}

/// A device of the plugin's.
fn device(client: &Client, number: usize) -> Device {
    client.device("plugin", number, Form::default()).unwrap()
}

/// A module of one function, given what stands between its braces.
fn module(name: &str, signature: &str, body: &str) -> Module {
    parse("test.mlir", format!("module @{name} {{ func.func public @main{signature} {{ {body} }} }}"))
        .unwrap()
}

/// Adds 1 to each of four numbers.
fn increment() -> Module {
    module(
        "increment",
        "(%x: tensor<4xf32>) -> tensor<4xf32>",
        "%c = stablehlo.constant dense<1.0> : tensor<4xf32>
         %y = stablehlo.add %x, %c : tensor<4xf32>
         return %y : tensor<4xf32>",
    )
}

fn bytes_of(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn floats(values: &[f32]) -> Literal {
    Literal::new(TensorType::new(ElementType::F32, [values.len()]), bytes_of(values)).unwrap()
}

fn values_of(literal: &Literal) -> Vec<f32> {
    let bytes = literal.to_dense();
    bytes.chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect()
}

fn values(buffer: &Buffer) -> Vec<f32> {
    values_of(&buffer.to_host().wait().unwrap())
}

/// Tests that look at the memory of the process must not run beside each other.
static ALONE: Mutex<()> = Mutex::new(());
