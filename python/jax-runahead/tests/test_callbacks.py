"""Functions of the host that programs call."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.experimental import io_callback


def test_print(device, capfd):
    @jax.jit
    def function(x):
        jax.debug.print("x is {x}, twice {y}", x=x, y=2 * x)
        return x + 1

    function(jax.device_put(np.float32(3), device))
    jax.effects_barrier()
    assert "x is 3.0, twice 6.0" in capfd.readouterr().out


def test_pure_callback(device):
    @jax.jit
    def function(x):
        y = jax.pure_callback(lambda x: np.sort(x)[::-1], jax.ShapeDtypeStruct(x.shape, x.dtype), x * 2)
        return y + 1

    x = jax.device_put(np.array([1, 3, 2], np.float32), device)
    np.testing.assert_array_equal(np.asarray(function(x)), [7, 5, 3])


def test_several_results_and_types(device):
    shapes = (jax.ShapeDtypeStruct((2,), jnp.int32), jax.ShapeDtypeStruct((), jnp.bfloat16))

    def host(x):
        return np.asarray(x).astype(np.int32), np.asarray(x).sum().astype(jnp.bfloat16)

    found = jax.jit(lambda x: jax.pure_callback(host, shapes, x))(jax.device_put(np.array([1.5, 2.5], np.float32), device))
    np.testing.assert_array_equal(np.asarray(found[0]), [1, 2])
    assert float(found[1]) == 4


def test_ordered_effects(device):
    seen = []

    @jax.jit
    def function(x):
        for i in range(5):
            io_callback(lambda i, x: seen.append((int(i), float(x))), None, i, x * i, ordered=True)
        return x

    function(jax.device_put(np.float32(2), device))
    jax.effects_barrier()
    assert seen == [(i, 2.0 * i) for i in range(5)]


def test_in_a_loop(device):
    seen = []

    @jax.jit
    def function(x):
        def body(i, x):
            jax.debug.callback(lambda i: seen.append(int(i)), i)
            return x + 1

        return jax.lax.fori_loop(0, 4, body, x)

    assert float(function(jax.device_put(np.float32(0), device))) == 4
    jax.effects_barrier()
    assert sorted(seen) == [0, 1, 2, 3]


def test_a_failure_is_passed_on(device):
    def fail(x):
        raise ValueError("this is why")

    function = jax.jit(lambda x: jax.pure_callback(fail, jax.ShapeDtypeStruct((), jnp.float32), x))
    with pytest.raises(Exception, match="this is why"):
        jax.block_until_ready(function(jax.device_put(np.float32(3), device)))
    wrong = jax.jit(lambda x: jax.pure_callback(lambda x: np.zeros(3), jax.ShapeDtypeStruct((), jnp.float32), x))
    with pytest.raises(Exception, match="expected float32"):
        jax.block_until_ready(wrong(jax.device_put(np.float32(3), device)))
    # JAX keeps the effects of the last execution, which has failed.
    with pytest.raises(Exception, match="expected float32"):
        jax.effects_barrier()
