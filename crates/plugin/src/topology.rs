//! Topologies: a client's devices, as they are described.

use std::ffi::c_char;
use std::sync::Arc;

use crate::client::{PLATFORM, Shared, VERSION, list_of};
use crate::entry::entries;
use crate::handle::{self, object};

/// The devices of a client. It is the client's, and goes with it.
pub(crate) struct Topology(Arc<Shared>);

object!(Topology as PJRT_TopologyDescription);

impl Topology {
    pub(crate) fn of(shared: Arc<Shared>) -> Topology {
        Topology(shared)
    }
}

entries! {
    /// Does nothing: topologies are their clients'.
    fn PJRT_TopologyDescription_Destroy(args: PJRT_TopologyDescription_Destroy_Args, topology) {
        // SAFETY: the caller's topology.
        unsafe { handle::get::<Topology>(args.topology) }.map(drop)
    }

    fn PJRT_TopologyDescription_PlatformName(args: PJRT_TopologyDescription_PlatformName_Args, platform_name_size) {
        // SAFETY: the caller's topology.
        unsafe { handle::get::<Topology>(args.topology.cast_mut()) }?;
        args.platform_name = PLATFORM.as_ptr().cast::<c_char>();
        args.platform_name_size = PLATFORM.len();
        Ok(())
    }

    fn PJRT_TopologyDescription_PlatformVersion(args: PJRT_TopologyDescription_PlatformVersion_Args, platform_version_size) {
        // SAFETY: the caller's topology.
        unsafe { handle::get::<Topology>(args.topology) }?;
        args.platform_version = VERSION.as_ptr().cast::<c_char>();
        args.platform_version_size = VERSION.len();
        Ok(())
    }

    fn PJRT_TopologyDescription_GetDeviceDescriptions(args: PJRT_TopologyDescription_GetDeviceDescriptions_Args, num_descriptions) {
        // SAFETY: the caller's topology.
        let descriptions = unsafe { handle::get::<Topology>(args.topology.cast_mut()) }?.0.descriptions();
        args.descriptions = list_of(descriptions);
        args.num_descriptions = descriptions.len();
        Ok(())
    }

    fn PJRT_TopologyDescription_Attributes(args: PJRT_TopologyDescription_Attributes_Args, num_attributes) {
        // SAFETY: the caller's topology.
        unsafe { handle::get::<Topology>(args.topology) }?;
        args.attributes = std::ptr::null();
        args.num_attributes = 0;
        Ok(())
    }
}
