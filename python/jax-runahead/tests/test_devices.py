"""Programs that several devices execute together."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jax.experimental import io_callback
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


# Programs on spread arrays: a function, how its arguments are spread, and how its result then is where that is settled.
SPREAD = {
    "elementwise": (lambda x: jnp.sin(x) * x + 1, [("a",)], ("a",)),
    "elementwise over both": (lambda x, y: x + y, [("a", "b"), ("a", "b")], ("a", "b")),
    "spread differently": (lambda x, y: x - y, [("a",), (None, "b")], None),
    "beside a whole": (lambda x, y: x * y, [("a",), ()], ("a",)),
    "handed on": (lambda x: x, [("b", "a")], ("b", "a")),
    "contraction": (lambda x: x @ x.T, [("a", "b")], None),
    "reduction": (lambda x: x.sum(0), [("a",)], None),
    "element": (lambda x: x[1], [("a", "b")], None),
    "sorted": (lambda x: jnp.sort(x, axis=0), [("a",)], None),
    "cumulative": (lambda x: jnp.cumsum(x, axis=1), [(None, ("b", "a"))], None),
    "random": (lambda x: x + jax.random.normal(jax.random.key(0), x.shape), [("a",)], ("a",)),
    "in a loop": (lambda x: lax.fori_loop(0, 3, lambda i, x: jnp.roll(x, i, 0) + x, x), [("a",)], None),
    "in a branch": (lambda x: lax.cond(x[0, 0] > 0, lambda x: x.T @ x, lambda x: -x.T @ x, x), [("a",)], None),
    "gradient": (jax.grad(lambda x: (jnp.tanh(x @ x.T) ** 2).sum()), [("a", "b")], None),
    "two along one axis": (lambda x: x * 2, [(("a", "b"),)], (("a", "b"),)),
    "whole": (lambda x: x * 2, [()], ()),
}


@pytest.mark.parametrize("name", SPREAD)
def test_programs_on_spread_arrays(name, devices):
    """Their values are those of one device, and what they give can be used as what was given to them."""
    function, axes, given = SPREAD[name]
    mesh = Mesh(np.array(devices).reshape(2, 2), ("a", "b"))
    arrays = [X + i for i in range(len(axes))]
    expected = np.asarray(jax.jit(function)(*(jax.device_put(x, devices[0]) for x in arrays)))
    found = jax.jit(function)(*(spread(mesh, x, *each) for x, each in zip(arrays, axes, strict=True)))
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-5, atol=1e-5)
    assert found.sharding.device_set == set(devices)
    if given is not None:
        assert found.sharding.is_equivalent_to(NamedSharding(mesh, P(*given)), found.ndim)
    again = jax.jit(lambda x: x + 1)(found)
    np.testing.assert_allclose(np.asarray(again), expected + 1, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(np.asarray(found[0]), expected[0], rtol=1e-5, atol=1e-5)
    assert str(found) == str(np.asarray(found))


@pytest.mark.parametrize("axes", [(), ("a",), (None, "b"), ("b", "a"), (("a", "b"),), (None, ("b", "a"))])
def test_results_are_spread_as_asked(axes, devices):
    mesh = Mesh(np.array(devices)[[2, 0, 3, 1]].reshape(2, 2), ("a", "b"))
    wanted = NamedSharding(mesh, P(*axes))
    by_result = jax.jit(lambda x: x.T @ x, out_shardings=wanted)
    constrained = jax.jit(lambda x: lax.with_sharding_constraint(x.T @ x, wanted))
    for function in (by_result, constrained):
        found = function(spread(mesh, X, "a"))
        assert found.sharding.is_equivalent_to(wanted, 2)
        np.testing.assert_allclose(np.asarray(found), X.T @ X, rtol=1e-5, atol=1e-5)


def test_the_same_program_spread_in_two_ways(devices):
    mesh = Mesh(np.array(devices), ("i",))
    for axes in [("i",), (), (None, "i"), ("i",)]:
        found = jax.jit(lambda x: x * 3, out_shardings=NamedSharding(mesh, P(*axes)))(spread(mesh, X))
        assert found.sharding.is_equivalent_to(NamedSharding(mesh, P(*axes)), 2)
        np.testing.assert_array_equal(np.asarray(found), X * 3)


def test_shard_map_within_other_computations(devices):
    mesh = Mesh(np.array(devices).reshape(2, 2), ("a", "b"))
    total = jax.shard_map(lambda x: lax.psum(x, "a"), mesh=mesh, in_specs=P("a", "b"), out_specs=P(None, "b"))
    expected = X[:2] + X[2:]
    for given in [(), ("a",), ("a", "b"), ("b",)]:
        x = spread(mesh, X, *given)
        found = jax.jit(total)(x)
        assert found.sharding.is_equivalent_to(NamedSharding(mesh, P(None, "b")), 2)
        np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-6)
        around = jax.jit(lambda x: total(jnp.flip(x, 1)).sum() + total(x * 2).mean())
        np.testing.assert_allclose(float(around(x)), expected.sum() + 2 * expected.mean(), rtol=1e-5)
    looped = jax.jit(lambda x: lax.fori_loop(0, 3, lambda _, x: jnp.concatenate([total(x)] * 2) / 2, x))
    once = np.concatenate([expected] * 2) / 2
    np.testing.assert_allclose(np.asarray(looped(spread(mesh, X, "b"))), once, rtol=1e-6)


def test_shard_map_over_some_of_the_axes(devices):
    mesh = jax.make_mesh((2, 2), ("a", "b"), devices=devices, axis_types=(jax.sharding.AxisType.Auto,) * 2)
    part = jax.shard_map(lambda x: lax.psum(x, "a") * 2, mesh=mesh, in_specs=P("a"), out_specs=P(), axis_names={"a"})
    found = jax.jit(part)(spread(mesh, X, "a", "b"))
    np.testing.assert_allclose(np.asarray(found), (X[:2] + X[2:]) * 2, rtol=1e-6)


def test_a_donated_part_that_no_result_can_use_stays(devices):
    mesh = Mesh(np.array(devices), ("i",))
    # Nothing is said of how the results are spread: here elementwise ones are as the arguments, others are whole.
    programs = {
        "no result is as long": (lambda x, y: x @ x.T, [False, False]),
        "one result": (lambda x, y: x * 2 + y, [True, False]),
        "a result of another type": (lambda x, y: (x > 0).astype(np.int32) + y.astype(np.int32), [True, False]),
        "two results": (lambda x, y: (x + y, x - y), [True, True]),
        "one result as long, one not": (lambda x, y: (x + y, x[:2]), [True, False]),
    }
    for name, (function, gone) in programs.items():
        given = spread(mesh, X, "i"), spread(mesh, X + 1, "i")
        found = jax.jit(function, donate_argnums=(0, 1))(*given)
        for found, expected in zip(jax.tree.leaves(found), jax.tree.leaves(function(X, X + 1)), strict=True):
            np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=1e-5, atol=1e-6, err_msg=name)
        assert [x.is_deleted() for x in given] == gone, name
        for x, is_gone, expected in zip(given, gone, (X, X + 1), strict=True):
            if not is_gone:
                np.testing.assert_array_equal(np.asarray(x), expected, err_msg=name)


PRODUCTS_AND_REDUCTIONS = {
    "product": (lambda x, y: x @ y.T, ("a", None)),
    "product, added up along what is spread": (lambda x, y: x.T @ y, (None, "b")),
    "product with the right one spread": (lambda x, y: jnp.ones((3, 4)) @ x, (None, "b")),
    "products in a batch": (lambda x, y: jnp.einsum("ij,ik->ijk", x, y), ("a", "b", None)),
    "sum": (lambda x, y: x.sum(0), ("b",)),
    "sum of all": (lambda x, y: (x * y).sum(), ()),
    "mean along two": (lambda x, y: (x - x.mean(1, keepdims=True)) * y, ("a", "b")),
    "largest and least": (lambda x, y: x.max(1) - y.min(1), ("a",)),
    "of truths": (lambda x, y: (x > 0).any(0) & (y > -2).all(0), ("b",)),
    "product of all": (lambda x, y: x.prod(0) + y.prod(), (None,)),
    "with an initial value": (lambda x, y: x.sum(0, initial=2.0) + lax.reduce(y, 3.0, lax.add, (0,)), ("b",)),
    "index of the largest": (lambda x, y: x.argmax(1) + y.argmin(1), (None,)),
    "gradient": (jax.grad(lambda x, y: (jnp.tanh(x @ y.T) ** 2).sum()), None),
    "in a loop": (lambda x, y: lax.fori_loop(0, 3, lambda _, x: x - 0.1 * (x @ x.T) @ y, x), None),
}


@pytest.mark.parametrize("name", PRODUCTS_AND_REDUCTIONS)
def test_products_and_reductions_of_parts(name, devices):
    function, axes = PRODUCTS_AND_REDUCTIONS[name]
    mesh = Mesh(np.array(devices).reshape(2, 2), ("a", "b"))
    y = np.random.default_rng(1).normal(size=X.shape).astype(np.float32)
    expected = np.asarray(jax.jit(function, backend="cpu")(X, y))
    for given in [("a", "b"), (("a", "b"), None), ()]:
        for other in [("a", "b"), ()]:
            found = jax.jit(function)(spread(mesh, X, *given), spread(mesh, y, *other))
            np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-5, atol=1e-5)
            if axes is not None and given == other == ("a", "b"):
                assert found.sharding.is_equivalent_to(NamedSharding(mesh, P(*axes)), found.ndim)


def test_what_pmap_gives_is_used_on(devices):
    doubled = jax.pmap(lambda x: x * 2, devices=devices)(X)
    np.testing.assert_allclose(np.asarray(jax.jit(lambda x: x @ x.T)(doubled)), 4 * X @ X.T, rtol=1e-5)
    np.testing.assert_array_equal(np.asarray(doubled[2]), X[2] * 2)


def test_a_function_of_the_host_is_called_once(devices):
    mesh = Mesh(np.array(devices), ("i",))
    seen = []

    def host(x):
        seen.append(np.asarray(x).copy())
        return np.asarray(x) * 10

    call = jax.jit(lambda x: jax.pure_callback(host, jax.ShapeDtypeStruct(X.shape, X.dtype), x) + 1)
    np.testing.assert_allclose(np.asarray(call(spread(mesh, X, "i"))), X * 10 + 1, rtol=1e-6)
    assert len(seen) == 1 and np.array_equal(seen[0], X)
    ordered = jax.jit(lambda x: (io_callback(lambda x: seen.append(x), None, x.sum(), ordered=True), x)[1])
    ordered(spread(mesh, X, "i"))
    jax.effects_barrier()
    assert len(seen) == 2


def test_a_serialised_program_knows_how_it_is_spread(devices):
    from jax.experimental import serialize_executable

    mesh = Mesh(np.array(devices), ("i",))
    x = spread(mesh, X, "i")
    compiled = jax.jit(lambda x: x * 2 - x.sum()).lower(x).compile()
    written = serialize_executable.serialize(compiled)
    loaded = serialize_executable.deserialize_and_load(*written, backend="runahead", execution_devices=devices)
    np.testing.assert_allclose(np.asarray(loaded(x)), X * 2 - X.sum(), rtol=1e-5, atol=1e-5)
