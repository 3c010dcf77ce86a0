"""JAX's persistent compilation cache, which it keeps for the platforms that it knows."""

import types

from jax._src import compilation_cache


def register(platform: str) -> None:
    """Has what is compiled for `platform` kept where `jax_compilation_cache_dir` says, as for the CPU.

    JAX asks once in a process, for whichever platform it compiles for first.
    """
    known = compilation_cache.is_cache_used

    def is_cache_used(backend):
        return known(types.SimpleNamespace(platform="cpu") if backend.platform == platform else backend)

    compilation_cache.is_cache_used = is_cache_used
