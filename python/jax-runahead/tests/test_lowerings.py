"""What JAX lowers differently for each platform."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

X = np.arange(1, 4, dtype=np.float32)


def offers(**functions):
    return lambda x: lax.platform_dependent(x, **functions)


CHOICES = {
    "its own before the CPU's": (offers(cpu=jnp.sin, runahead=jnp.cos), np.cos),
    "the CPU's where there is nothing for all others": (offers(cpu=jnp.sin, tpu=jnp.cos), np.sin),
    "the CPU's, named last": (offers(tpu=jnp.cos, cuda=jnp.exp, cpu=jnp.sin), np.sin),
    "what is for all others": (offers(cpu=jnp.cos, default=jnp.sin), np.sin),
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_by_platform(name, device):
    function, expected = CHOICES[name]
    with jax.default_device(device):
        for form in (function, jax.jit(function), jax.vmap(function), jax.jit(jax.vmap(function))):
            np.testing.assert_allclose(np.asarray(form(X)), expected(X), rtol=1e-6)
        branch = jax.jit(lambda p, x: lax.cond(p, function, lambda x: x, x))
        np.testing.assert_allclose(np.asarray(branch(True, X)), expected(X), rtol=1e-6)
        np.testing.assert_array_equal(np.asarray(branch(False, X)), X)
        _, scanned = lax.scan(lambda carry, x: (carry, function(x)), 0.0, X)
        np.testing.assert_allclose(np.asarray(scanned), expected(X), rtol=1e-6)


def test_a_choice_that_offers_nothing(device):
    with jax.default_device(device), pytest.raises(NotImplementedError, match="platform"):
        jax.jit(offers(tpu=jnp.sin, cuda=jnp.cos))(X)
