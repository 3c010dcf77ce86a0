"""What callers may ask of the compiler, and of devices."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.experimental.shard_alike import shard_alike


@pytest.mark.parametrize(
    "options, reason",
    [
        ({"invalid_key": "no"}, "No such compile option: 'invalid_key'"),
        ({"xla_embed_ir_in_executable": "invalid_value"}, "is not a valid bool value"),
        ({"xla_embed_ir_in_executable": 3}, "is not a valid bool value"),
        ({"xla_gpu_autotune_level": "x"}, "is not a valid int32 value"),
        ({"xla_gpu_autotune_level": 2.5}, "is not a valid int32 value"),
        ({"xla_gpu_pgle_accuracy_checker": "no"}, "is not a valid enum value"),
        ({"xla_dump_to": 3}, "is not a valid string value"),
    ],
)
def test_options_that_are_none(device, options, reason):
    x = jax.device_put(1.0, device)
    with pytest.raises(Exception, match=reason):
        jax.jit(lambda x: x + 1, compiler_options=options)(x)
    # JAX's CPU backend refuses them too.
    with pytest.raises(Exception, match=reason):
        jax.jit(lambda x: x + 1, compiler_options=options)(jax.device_put(1.0, jax.devices("cpu")[0]))


def test_options_of_xla_are_taken(device):
    options = {"xla_embed_ir_in_executable": True, "xla_gpu_autotune_level": 4, "xla_disable_hlo_passes": "a,b"}
    assert jax.jit(lambda x: x + 1, compiler_options=options)(jax.device_put(1.0, device)) == 2


def test_statistics_of_memory_hold_what_is_known(device):
    x = jax.device_put(np.ones(1000, np.float32), device)
    found = device.memory_stats()
    assert found["bytes_in_use"] >= x.nbytes and found["peak_bytes_in_use"] >= found["bytes_in_use"]
    assert found["bytes_limit"] > found["peak_bytes_in_use"]
    # Of all else nothing is known, which JAX shows as 0 or -1.
    known = ("bytes_in_use", "peak_bytes_in_use", "bytes_limit")
    others = {name: value for name, value in found.items() if name not in known}
    assert all(value in (0, -1) for value in others.values()), others


def test_values_that_are_only_marked(device):
    x = jax.device_put(np.arange(4, dtype=np.float32), device)

    @jax.jit
    def function(x):
        jax.lax.dce_sink(x * 2)
        y, z = shard_alike(x, x + 1)
        return jax.lax.cond(x[0] > 1, lambda: y, lambda: (jax.lax.dce_sink(z, prevent_mlir_dce=True), z)[1])

    np.testing.assert_array_equal(function(x), [1, 2, 3, 4])
    jax.block_until_ready(jnp.sum(function(x)))
