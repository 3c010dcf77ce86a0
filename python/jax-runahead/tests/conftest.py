"""JAX's own CPU backend and Runahead's devices beside each other in one process."""

import os
import pathlib
import sys

# Before JAX is imported: several devices, and 64-bit types where a test asks for them.
os.environ.setdefault("RUNAHEAD_NUM_DEVICES", "4")
os.environ.setdefault("JAX_NUM_CPU_DEVICES", "4")
os.environ["JAX_PLATFORMS"] = "cpu,runahead"

# The package beside this folder, where it is not installed.
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

import jax  # noqa: E402
import pytest  # noqa: E402

import jax_runahead  # noqa: E402

jax_runahead.initialize()


@pytest.fixture(scope="session")
def cpu():
    return jax.devices("cpu")[0]


@pytest.fixture(scope="session")
def device():
    return jax.devices("runahead")[0]


@pytest.fixture(scope="session")
def devices():
    return jax.devices("runahead")
