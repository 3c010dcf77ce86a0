"""Children of the process, made by `fork`."""

import os

from jax._src import compiler, xla_bridge


def register(platform: str) -> None:
    """Has a child that was forked after a device of `platform` was used refuse to compile for it, at once.

    The plugin refuses all else there, but JAX's compiler waits for threads of its own before it asks the plugin.
    """
    known = compiler.backend_compile_and_load

    def refuse(backend, *args, **kwargs):
        if backend.platform == platform:
            raise RuntimeError(
                "this process was forked from one that used Runahead, and has none of its threads; start it anew instead, as "
                'multiprocessing.get_context("spawn") does, or fork before Runahead is used'
            )
        return known(backend, *args, **kwargs)

    def in_child():
        if xla_bridge.backends_are_initialized() and platform in xla_bridge.backends():
            compiler.backend_compile_and_load = refuse

    os.register_at_fork(after_in_child=in_child)
