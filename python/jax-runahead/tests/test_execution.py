"""Executions: asynchronous, from many threads, with errors, serialised, inspected."""

import concurrent.futures
import os
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax


def test_submitting_does_not_wait(device):
    slow = jax.jit(lambda x: lax.fori_loop(0, 300, lambda _, x: jnp.tanh(x @ x), x))
    x = jax.device_put(np.eye(200, dtype=np.float32), device)
    jax.block_until_ready(slow(x))
    results = [slow(x) for _ in range(3)]
    pending = [result.is_ready() for result in results]
    last = slow(results[-1])
    assert not all(pending)
    jax.block_until_ready((results, last))
    assert all(result.is_ready() for result in results)


def test_threads_calling_at_once(device):
    x = jax.device_put(np.arange(64, dtype=np.float32), device)

    def work(seed):
        step = jax.jit(lambda x: jnp.sin(x) * seed)
        total = 0.0
        for _ in range(50):
            total += float(step(x).sum())
        return total

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    one = float(np.sin(np.arange(64, dtype=np.float32)).sum())
    np.testing.assert_allclose(found, [50 * seed * one for seed in range(8)], rtol=1e-3, atol=1e-3)


def test_the_same_program_from_many_threads(device):
    step = jax.jit(lambda x: x @ x.T)
    x = jax.device_put(np.random.default_rng(0).normal(size=(50, 50)).astype(np.float32), device)
    expected = np.asarray(step(x))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: np.asarray(step(x)), range(100)):
            np.testing.assert_array_equal(found, expected)


def test_what_does_not_compile_says_why(device):
    bad = jax.ffi.ffi_call("no_such_target", jax.ShapeDtypeStruct((), jnp.float32))
    with pytest.raises(Exception, match="no_such_target"):
        jax.jit(bad)(jax.device_put(1.0, device))


def test_ahead_of_time(device):
    compiled = jax.jit(lambda x: x @ x + 1).lower(jax.device_put(np.eye(4, dtype=np.float32), device)).compile()
    assert compiled.cost_analysis()["flops"] >= 2 * 4**3
    memory = compiled.memory_analysis()
    assert memory.argument_size_in_bytes == 64 and memory.output_size_in_bytes == 64
    np.testing.assert_array_equal(np.asarray(compiled(jnp.eye(4, device=device))), np.eye(4) + 1)


def test_serialised_and_loaded_again(device):
    from jax.experimental import serialize_executable

    x = jax.device_put(np.arange(5, dtype=np.float32), device)
    compiled = jax.jit(lambda x: {"y": jnp.cumsum(x) * 2}).lower(x).compile()
    written = serialize_executable.serialize(compiled)
    loaded = serialize_executable.deserialize_and_load(*written, backend="runahead", execution_devices=[device])
    np.testing.assert_array_equal(np.asarray(loaded(x)["y"]), np.cumsum(np.arange(5)) * 2)


def test_exported_programs(device):
    exported = jax.export.export(jax.jit(lambda x: jnp.sort(x)[::-1]), platforms=["runahead"])(jnp.ones(6))
    assert exported.platforms == ("runahead",)
    x = jax.device_put(np.array([3, 1, 2, 9, 7, 5], np.float32), device)
    np.testing.assert_array_equal(np.asarray(exported.call(x)), [9, 7, 5, 3, 2, 1])


def test_profiler(device, tmp_path):
    with jax.profiler.trace(str(tmp_path)):
        jax.block_until_ready(jax.jit(lambda x: x * 2)(jax.device_put(np.ones(10, np.float32), device)))
    assert any(tmp_path.rglob("*.xplane.pb"))


def test_by_the_environment_alone():
    script = (
        "import jax, jax.numpy as jnp; d = jax.devices(); "
        "print(d[0].platform, len(d), float(jax.jit(lambda x: x.sum())(jnp.arange(5.0))), d[0].device_kind)"
    )
    environment = os.environ | {"JAX_PLATFORMS": "runahead", "RUNAHEAD_NUM_DEVICES": "3"}
    prelude = f"import sys; sys.path[:0] = {sys.path!r}; import jax_runahead; jax_runahead.initialize(); "
    done = subprocess.run([sys.executable, "-c", prelude + script], env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["runahead", "3", "10.0", "Runahead", "cpu"], done.stderr
