"""Every program gives on Runahead what it gives on JAX's own CPU backend."""

import contextlib

import jax
import pytest
from comparing import assert_close
from programs import CASES


def run(case, device):
    with jax.default_device(device):
        arguments = jax.device_put(case.arguments, device)
        return jax.jit(case.function)(*arguments)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_program(case, cpu, device):
    with jax.enable_x64(True) if case.x64 else contextlib.nullcontext():
        expected, found = run(case, cpu), run(case, device)
        assert jax.tree.structure(found) == jax.tree.structure(expected)
        for found, expected in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
            assert found.devices() == {device}
            assert_close(found, expected, case.rtol, case.atol)


def test_there_are_enough():
    assert len(CASES) >= 150
