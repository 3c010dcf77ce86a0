//! Runahead's own plugin: `RUNAHEAD_OWN_PLUGIN` is the path of its library.

mod suite;

use suite::plugin_suite;

plugin_suite!("RUNAHEAD_OWN_PLUGIN", &[("num_devices", 2)]);
