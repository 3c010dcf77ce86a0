"""Programs that several devices execute together."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jax.sharding import Mesh, NamedSharding
from jax.sharding import PartitionSpec as P

X = np.random.default_rng(0).normal(size=(4, 8)).astype(np.float32)

COLLECTIVES = {
    "psum": lambda x: lax.psum(x, "i"),
    "pmean_pmax": lambda x: (lax.pmean(x, "i"), lax.pmax(x, "i"), lax.pmin(x, "i")),
    "all_gather": lambda x: lax.all_gather(x, "i"),
    "all_to_all": lambda x: lax.all_to_all(x.reshape(4, 2), "i", 0, 0),
    "ppermute": lambda x: lax.ppermute(x, "i", [(i, (i + 1) % 4) for i in range(4)]),
    "psum_scatter": lambda x: lax.psum_scatter(x, "i", tiled=True),
    "axis_index": lambda x: x * lax.axis_index("i"),
    "none": lambda x: jnp.sin(x) + 1,
    "grad": jax.grad(lambda x: (lax.psum(x, "i") ** 2).sum()),
    "in_a_loop": lambda x: lax.fori_loop(0, 3, lambda _, x: lax.pmean(jnp.sin(x), "i") + x, x),
}


@pytest.mark.parametrize("name", COLLECTIVES)
def test_pmap(name, devices):
    function = COLLECTIVES[name]
    found = jax.pmap(function, axis_name="i", devices=devices)(X)
    expected = jax.pmap(function, axis_name="i", devices=jax.devices("cpu"))(X)
    for found, expected in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=1e-5, atol=1e-5)


@functools.partial(jax.pmap, axis_name="i", donate_argnums=0, backend="runahead")
def train(weights, x, y):
    loss, slope = jax.value_and_grad(lambda w: ((x @ w - y) ** 2).mean())(weights)
    return weights - 0.1 * lax.pmean(slope, "i"), lax.pmean(loss, "i")


def test_training_over_devices(devices):
    generator = np.random.default_rng(1)
    true = generator.normal(size=(5,)).astype(np.float32)
    x = generator.normal(size=(4, 16, 5)).astype(np.float32)
    weights = np.zeros((4, 5), np.float32)
    for _ in range(60):
        weights, loss = train(weights, x, x @ true)
    # An element of a spread array would be a program over devices.
    assert np.asarray(loss)[0] < 1e-3
    np.testing.assert_allclose(np.asarray(weights), np.broadcast_to(true, (4, 5)), atol=0.05)


def spread(mesh, x, *axes):
    return jax.device_put(x, NamedSharding(mesh, P(*axes)))


def test_shard_map(devices):
    mesh = Mesh(np.array(devices).reshape(2, 2), ("a", "b"))
    x = spread(mesh, X, "a", "b")
    specs = {"mesh": mesh, "in_specs": P("a", "b"), "out_specs": P("a", None)}
    rows = jax.shard_map(lambda x: lax.psum(x, "b"), **specs)
    rows = jax.jit(rows, out_shardings=NamedSharding(mesh, P("a", None)))
    np.testing.assert_allclose(np.asarray(rows(x)), X[:, :4] + X[:, 4:], rtol=1e-5)


def test_whole_tensors_on_several_devices(devices):
    mesh = Mesh(np.array(devices), ("i",))
    x = spread(mesh, X)
    product = jax.jit(lambda x: jnp.tanh(x) @ x.T, out_shardings=NamedSharding(mesh, P()))
    np.testing.assert_allclose(np.asarray(product(x)), np.tanh(X) @ X.T, rtol=1e-4, atol=1e-5)


def test_what_has_to_be_partitioned_is_refused(devices):
    mesh = Mesh(np.array(devices), ("i",))
    with pytest.raises(Exception, match="would have to be partitioned"):
        jax.block_until_ready(jax.jit(lambda x: x @ x.T)(spread(mesh, X, "i")))
