"""JAX's own test cases of its primitives, as they come with it, on Runahead and on JAX's CPU backend.

Some cases of each primitive are run; with RUNAHEAD_ALL_HARNESSES=1 all of them are.
"""

import os

import jax
import numpy as np
import pytest
from comparing import assert_close, wide
from jax._src.internal_test_util import test_harnesses

# So many cases of each primitive, spread over all that there are.
CASES = None if os.environ.get("RUNAHEAD_ALL_HARNESSES") else 2

# The relative error that results may have, by the type of their elements. Others are of a few bits.
TOLERANCES = {
    "float64": 1e-12,
    "complex128": 1e-12,
    "float32": 2e-5,
    "complex64": 2e-5,
    "float16": 5e-3,
    "bfloat16": 4e-2,
}

# Whose vectors are determined up to a factor of absolute value 1.
UP_TO_PHASE = ("svd", "eigh")


def is_determined(harness):
    """Whether the results are: not the order of equal elements or of eigenvalues, nor a base of a null space."""
    name, group = harness.fullname, harness.group_name
    has_null_space = group == "svd" and "fullmatrices_True" in name
    return not (has_null_space or "isstable_False" in name or group in ("approx_top_k", "eig"))


def chosen():
    groups = {}
    for harness in filter(is_determined, test_harnesses.all_harnesses):
        groups.setdefault(harness.group_name, []).append(harness)
    for group in groups.values():
        count = min(CASES or len(group), len(group))
        for i in range(count):
            yield group[i * len(group) // count]


def run(harness, device):
    arguments = harness.dyn_args_maker(np.random.RandomState(0))
    with jax.enable_x64(True), jax.default_device(device):
        results = jax.jit(harness.dyn_fun)(*[jax.device_put(argument, device) for argument in arguments])
        return [np.asarray(result) for result in jax.tree.leaves(results)]


def assert_alike(found, expected, up_to_phase):
    """Compares results whose errors are relative to the largest of their elements."""
    assert found.dtype == expected.dtype
    tolerance = TOLERANCES.get(expected.dtype.name, 0.3)
    if up_to_phase:
        found, expected, tolerance = np.abs(found), np.abs(expected), tolerance * 100
    magnitudes = np.abs(wide(expected))
    largest = magnitudes.max(where=np.isfinite(magnitudes), initial=0.0)
    assert_close(found, expected, tolerance, tolerance * largest)


@pytest.mark.parametrize("harness", chosen(), ids=lambda harness: harness.fullname[:120])
def test_cases_of_primitives_give_what_they_give_on_the_cpu_backend(harness, cpu, device):
    try:
        expected = run(harness, cpu)
    except Exception as error:
        pytest.skip(f"JAX's CPU backend does not run it: {str(error).splitlines()[0][:120]}")
    found = run(harness, device)
    assert len(found) == len(expected)
    for expected, found in zip(expected, found, strict=True):
        assert_alike(found, expected, harness.group_name in UP_TO_PHASE)
