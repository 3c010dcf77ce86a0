"""Runahead as a device of JAX.

Installed, this package is found by JAX itself: `JAX_PLATFORMS=runahead python script.py` runs a script on it, and
`jax.devices("runahead")` gives its devices beside others. Environment variables say how many there are and where the
library is:

- `RUNAHEAD_NUM_DEVICES`: the number of virtual devices, 1 where it is not set;
- `RUNAHEAD_PLUGIN_LIBRARY`: the plugin's library, where it is not the one that was installed.
"""

import os
import pathlib

__all__ = ["initialize", "library_path", "PLATFORM"]

PLATFORM = "runahead"

# Below that of JAX's own platforms: it is used where it is asked for.
_PRIORITY = -1


def library_path() -> str:
    """The plugin's library: what is exported from it is the PJRT C API."""
    given = os.environ.get("RUNAHEAD_PLUGIN_LIBRARY")
    if given:
        return given
    here = pathlib.Path(__file__).parent
    for pattern in ("**/*runahead_plugin*", "**/*native*"):
        for found in sorted(here.glob(pattern)):
            if found.suffix in (".so", ".dylib", ".dll", ".pyd"):
                return str(found)
    raise FileNotFoundError(
        f"there is no library of the plugin in {here}; install the package, or name the library by "
        "RUNAHEAD_PLUGIN_LIBRARY"
    )


_initialized = False


def initialize() -> None:
    """Makes the platform known to JAX, which calls this for every plugin that is installed."""
    global _initialized
    if _initialized:
        return
    _initialized = True
    from jax._src import xla_bridge

    from jax_runahead import caches, callbacks, forks, lowerings

    path = library_path()
    xla_bridge.register_plugin(PLATFORM, priority=_PRIORITY, library_path=path)
    lowerings.register(PLATFORM)
    caches.register(PLATFORM)
    callbacks.register(PLATFORM, path)
    forks.register(PLATFORM)
