"""Every program gives on Runahead what it gives on JAX's own CPU backend."""

import contextlib

import jax
import numpy as np
import pytest
from programs import CASES


def run(case, device):
    with jax.default_device(device):
        arguments = jax.device_put(case.arguments, device)
        return jax.jit(case.function)(*arguments)


def close(found, expected, rtol, atol):
    assert found.dtype == expected.dtype
    assert found.shape == expected.shape
    found, expected = np.asarray(found), np.asarray(expected)
    if found.dtype.kind in "biu" and found.dtype.itemsize > 0 and found.dtype.names is None:
        np.testing.assert_array_equal(found, expected)
    else:
        wide = np.complex128 if found.dtype.kind == "c" else np.float64
        np.testing.assert_allclose(found.astype(wide), expected.astype(wide), rtol=rtol, atol=atol)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_program(case, cpu, device):
    with jax.enable_x64(True) if case.x64 else contextlib.nullcontext():
        expected, found = run(case, cpu), run(case, device)
        assert jax.tree.structure(found) == jax.tree.structure(expected)
        for found, expected in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
            assert found.devices() == {device}
            close(found, expected, case.rtol, case.atol)


def test_there_are_enough():
    assert len(CASES) >= 150
