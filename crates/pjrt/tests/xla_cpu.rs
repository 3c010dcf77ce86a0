//! XLA's plugin for CPUs: `RUNAHEAD_XLA_CPU_PLUGIN` is the path of its library.

mod suite;

use suite::plugin_suite;

plugin_suite!("RUNAHEAD_XLA_CPU_PLUGIN", &[("cpu_device_count", 2)]);
