"""Buffers: to the device and back, their memory, donation."""

import gc
import resource

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import pytest

TYPES = (
    "bool int8 int16 int32 uint8 uint16 uint32 float16 float32 complex64 bfloat16 float8_e4m3fn float8_e5m2 int4 uint4 "
    "float8_e4m3fnuz float8_e5m2fnuz float8_e4m3b11fnuz float8_e4m3 float8_e3m4 float8_e8m0fnu float4_e2m1fn int2 uint2"
).split()


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("shape", [(), (3,), (4, 0), (2, 3, 5), (7, 300, 80)])
def test_there_and_back(device, name, shape):
    dtype = getattr(ml_dtypes, name, None) or np.dtype(name)
    given = np.random.default_rng(0).integers(0, 2, shape).astype(dtype)
    there = jax.device_put(given, device)
    assert there.dtype == given.dtype and there.shape == shape
    np.testing.assert_array_equal(np.asarray(there).astype(np.complex64), given.astype(np.complex64))


@pytest.mark.parametrize("name", ["int64", "uint64", "float64", "complex128"])
def test_wide_types(device, name):
    with jax.enable_x64(True):
        given = np.array([[1, 2, 3], [250, 7, 2**52]], name)
        there = jax.device_put(given, device)
        np.testing.assert_array_equal(np.asarray(there), given)
        np.testing.assert_array_equal(np.asarray(there + there), 2 * given)


def test_the_full_range_of_integers(device):
    with jax.enable_x64(True):
        for dtype in (np.int64, np.uint64):
            ends = np.array([np.iinfo(dtype).min, np.iinfo(dtype).max], dtype)
            np.testing.assert_array_equal(np.asarray(jax.device_put(ends, device)), ends)


def test_layouts_of_the_host(device):
    given = np.arange(60, dtype=np.float32).reshape(3, 4, 5)
    for view in (given.T, given[::2], given[:, ::-1], given[..., 1:3], np.asfortranarray(given), given[:, :, 0]):
        np.testing.assert_array_equal(np.asarray(jax.device_put(view, device)), view)


def test_numpy_sees_the_memory_itself(device):
    x = jax.device_put(np.arange(1000, dtype=np.float32), device) + 1
    first, second = np.asarray(x), np.asarray(x)
    assert first.ctypes.data == second.ctypes.data == x.unsafe_buffer_pointer()
    expected = first.copy()
    x.delete()
    del x
    gc.collect()
    np.testing.assert_array_equal(first, expected)


def test_memory_of_the_host_is_taken_as_it_is(device):
    aligned = np.zeros(1 << 16, np.uint8)
    start = -aligned.ctypes.data % 64
    given = aligned[start : start + 4096].view(np.float32)
    there = jax.device_put(given, device, may_alias=True)
    assert there.unsafe_buffer_pointer() == given.ctypes.data


def test_donated_memory_is_used_again(device):
    step = jax.jit(lambda x: x + 1, donate_argnums=0)
    x = step(jax.device_put(np.zeros(5000, np.float32), device))
    at = x.unsafe_buffer_pointer()
    for _ in range(3):
        given, x = x, step(x)
        assert given.is_deleted()
        assert x.unsafe_buffer_pointer() == at
    assert float(x[0]) == 4


def test_what_was_donated_is_gone(device):
    x = jax.device_put(np.ones(10, np.float32), device) * 1
    jax.jit(lambda x: x + 1, donate_argnums=0)(x)
    with pytest.raises(RuntimeError, match="deleted"):
        x + 1
    x = jax.device_put(np.ones(10, np.float32), device) * 1
    with pytest.raises(Exception, match="donate"):
        jax.block_until_ready(jax.jit(lambda x, y: x + y, donate_argnums=(0, 1))(x, x))


def test_donating_what_numpy_looks_at(device):
    x = jax.device_put(np.ones(1000, np.float32), device) * 2
    seen = np.asarray(x)
    y = jax.jit(lambda x: x * 3, donate_argnums=0)(x)
    assert float(y.sum()) == 6000  # done without waiting for whoever looks
    np.testing.assert_array_equal(seen, np.full(1000, 2, np.float32))
    assert x.is_deleted()


def test_donation_of_some(device):
    step = jax.jit(lambda a, b: (a + b, a - b), donate_argnums=1)
    a, b = jnp.ones(8, device=device), jnp.full(8, 2.0, device=device)
    total, difference = step(a, b)
    assert not a.is_deleted() and b.is_deleted()
    assert float(total[0]) == 3 and float(difference[0]) == -1


def test_a_chain_of_donations_that_nobody_waits_for(device):
    step = jax.jit(lambda x: jnp.sin(x) + 1, donate_argnums=0)
    for _ in range(10):
        x = jax.device_put(np.ones((300, 300), np.float32), device)
        for _ in range(20):
            x = step(x)
        del x


def test_between_devices(devices):
    x = jax.device_put(np.arange(10.0, dtype=np.float32), devices[0]) * 2
    y = jax.device_put(x, devices[3])
    assert y.devices() == {devices[3]}
    np.testing.assert_array_equal(np.asarray(y + 1), np.arange(10) * 2 + 1)
    z = jax.device_put(y, jax.devices("cpu")[0])
    np.testing.assert_array_equal(np.asarray(jax.device_put(z + x.sum().item(), devices[1])), np.arange(10) * 2 + 90)


def test_devices_of_a_program(devices):
    for device in devices:
        x = jax.device_put(np.float32(3), device)
        assert jax.jit(lambda x: x * x)(x).devices() == {device}
    with pytest.raises(ValueError, match="incompatible devices"):
        jax.jit(lambda x, y: x + y)(jax.device_put(1.0, devices[0]), jax.device_put(1.0, devices[1]))


def test_memory_statistics(device):
    gc.collect()
    before = device.memory_stats()["bytes_in_use"]
    x = jax.block_until_ready(jax.device_put(np.zeros((1000, 1000), np.float32), device) + 1)
    assert device.memory_stats()["bytes_in_use"] - before >= x.nbytes
    del x
    gc.collect()
    assert device.memory_stats()["bytes_in_use"] <= before


def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def test_many_small_executions_and_buffers(device):
    step = jax.jit(lambda x: x * 0.5 + 1)
    x = jax.device_put(np.ones(16, np.float32), device)

    def rounds(count):
        y = x
        for i in range(count):
            y = step(y)
            jax.device_put(np.full(16, i, np.float32), device)
        return jax.block_until_ready(y)

    rounds(2000)
    live, before = device.memory_stats()["bytes_in_use"], resident()
    y = rounds(10_000)
    np.testing.assert_allclose(np.asarray(y), 2)
    del y
    assert resident() - before < 4 << 20
    assert device.memory_stats()["bytes_in_use"] <= live


def test_many_uploads_of_some_size(device):
    given = np.ones(1 << 18, np.float32)

    def rounds(count):
        for _ in range(count):
            jax.block_until_ready(jax.device_put(given.copy(), device) + 1)

    rounds(50)
    before = resident()
    rounds(200)
    assert resident() - before < 16 << 20
