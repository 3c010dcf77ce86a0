"""Makes the programs whose derivatives are compared with JAX's: `python make.py`, with jax 0.10.2.

For each case there is a program `CASE.mlir`, and in `programs.npz` there are its inputs (`CASE/in0`, …), tangents of those
that are of floats (`CASE/along0`, …), the outputs' tangents that follow (`CASE/change0`, …), cotangents of the outputs of
floats (`CASE/weight0`, …), and the inputs' cotangents that follow (`CASE/gradient0`, …).
"""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

jax.config.update("jax_enable_x64", True)
random = np.random.default_rng(11)
arrays = {}


def normal(*dims, dtype=np.float32):
    if np.issubdtype(dtype, np.complexfloating):
        return (random.standard_normal(dims) + 1j * random.standard_normal(dims)).astype(dtype)
    return random.standard_normal(dims).astype(dtype)


def is_inexact(x):
    return np.issubdtype(jnp.result_type(x), np.inexact)


def case(name, function, *inputs, platform="tpu"):
    floats = [i for i, x in enumerate(inputs) if is_inexact(x)]

    def of_floats(*values):
        filled = [jnp.asarray(x) for x in inputs]
        for i, value in zip(floats, values):
            filled[i] = value
        return [y for y in jax.tree.leaves(function(*filled)) if is_inexact(y)]

    at = [jnp.asarray(inputs[i]) for i in floats]
    values = of_floats(*at)
    like = lambda x: normal(*np.shape(x), dtype=np.asarray(x).dtype)
    along, weights = [like(x) for x in at], [like(y) for y in values]
    changes = jax.jvp(of_floats, at, along)[1]
    gradients = jax.vjp(of_floats, *at)[1](weights)
    kinds = ("in", inputs), ("along", along), ("change", changes), ("weight", weights), ("gradient", gradients)
    for kind, values in kinds:
        for i, value in enumerate(values):
            arrays[f"{name}/{kind}{i}"] = np.asarray(value)
    with open(f"{name}.mlir", "w") as file:
        # On TPUs linear algebra is operations of StableHLO, on CPUs calls of a library.
        file.write(jax.jit(function).trace(*inputs).lower(lowering_platforms=(platform,)).as_text())


# Control flow.
case("power_by_turns", lambda x, a: lax.fori_loop(0, 5, lambda i, y: y * x + a, x), normal(4), normal(4))
case("recurrent", lambda h, w, xs: lax.scan(lambda h, x: (lambda n: (n, n * 2))(jnp.tanh(h @ w + x)), h, xs),
     normal(2, 3), normal(3, 3) * 0.5, normal(6, 2, 3))
case("recurrent_backwards",
     lambda h, w, xs: lax.scan(lambda h, x: (jnp.sin(h @ w) * x, h.sum()), h, xs, reverse=True),
     normal(3), normal(3, 3), normal(4, 3))
case("loop_in_loop", lambda x: lax.fori_loop(0, 3, lambda i, y: lax.fori_loop(0, 2, lambda j, z: jnp.sin(z) + x * i, y), x),
     normal(5))
case("branch_taken", lambda x, y: lax.cond(x[0] > -100, lambda: jnp.sin(x) * y, lambda: x + y), normal(4), normal(4))
case("branch_not_taken", lambda x, y: lax.cond(x[0] < -100, lambda: jnp.sin(x) * y, lambda: x * x), normal(4), normal(4))
case("one_of_three", lambda i, x, y: lax.switch(i, [lambda x: x, lambda x: x * y, lambda x: jnp.exp(x)], x),
     np.int32(1), normal(4), normal(4))
case("branch_in_loop",
     lambda x, y: lax.fori_loop(0, 4, lambda i, z: lax.cond(i % 2 == 0, lambda: z * x, lambda: jnp.cos(z) + y), x + y),
     normal(3), normal(3))

# Linear algebra and transforms.
spd = lambda x: x @ x.T + 3 * jnp.eye(x.shape[0], dtype=x.dtype)
case("cholesky_lower", lambda x: lax.linalg.cholesky(spd(x)), normal(4, 4))
case("solve_left", lambda a, b: lax.linalg.triangular_solve(a + 3 * jnp.eye(3, dtype=a.dtype), b, left_side=True, lower=True),
     normal(2, 3, 3), normal(2, 3, 2))
case("solve_right", lambda a, b: lax.linalg.triangular_solve(a + 3 * jnp.eye(3, dtype=a.dtype), b, left_side=False, lower=False, transpose_a=True),
     normal(3, 3), normal(2, 3))
case("solve_unit", lambda a, b: lax.linalg.triangular_solve(a, b, left_side=True, lower=True, unit_diagonal=True),
     normal(3, 3), normal(3, 2))
case("solve_adjoint",
     lambda a, b: lax.linalg.triangular_solve(a + 3 * jnp.eye(3, dtype=a.dtype), b, left_side=True, lower=True, transpose_a=True, conjugate_a=True),
     normal(3, 3, dtype=np.complex64), normal(3, 2, dtype=np.complex64))
case("fft", jnp.fft.fft, normal(3, 8, dtype=np.complex64))
case("ifft2", jnp.fft.ifft2, normal(2, 4, 5, dtype=np.complex64))
case("rfft", jnp.fft.rfft, normal(3, 9))
case("irfft_even", lambda x: jnp.fft.irfft(x, 8), normal(3, 5, dtype=np.complex64))
case("irfft_odd", lambda x: jnp.fft.irfft(x, 7), normal(2, 4, dtype=np.complex64))

# Complex numbers.
case("complex_functions", lambda z, w: jnp.exp(z) * w / (z + 2) + jnp.conj(jnp.tanh(w)) + jnp.sqrt(z * w),
     normal(5, dtype=np.complex128), normal(5, dtype=np.complex128))
case("complex_parts", lambda x, y: (jnp.abs(lax.complex(x, y)), lax.complex(jnp.sin(x), x * y), jnp.imag(lax.complex(x, y) ** 2)),
     normal(4), normal(4))

# Places that are values.
case("set_rows", lambda x, u: x.at[np.array([2, 0, 2])].set(u), normal(4, 3), normal(3, 3))
case("set_unique", lambda x, u: x.at[np.array([2, 0])].set(u, unique_indices=True), normal(4, 3), normal(2, 3))
case("add_windows", lambda x, u: x.at[1:3, np.array([0, 3, 0])].add(u), normal(4, 5), normal(2, 3))
case("add_out_of_bounds", lambda x, i, u: x.at[i].add(u, mode="drop"), normal(4), np.array([1, 7, 2, -9]), normal(4))
case("take_clipped", lambda x, i: x.at[i].get(mode="clip"), normal(4, 2), np.array([1, 7, 2, 1]))
case("take_in_batches", lambda x, i: jnp.take_along_axis(x, i, 1), normal(3, 5, 2), random.integers(0, 5, (3, 4, 2)))
case("slices_at_values", lambda x, u, i: (lax.dynamic_slice(x, (i, np.int32(1)), (2, 2)), lax.dynamic_update_slice(x, u, (i, np.int32(0)))),
     normal(4, 4), normal(2, 3), np.int32(3))
case("sort_pairs", lambda x, y: lax.sort((x, y), dimension=0, num_keys=1), normal(6, 2), normal(6, 2))
case("top", lambda x: lax.top_k(x, 2)[0], normal(3, 5))

# Products, convolutions and windows.
case("product_of_axes", lambda x, y: lax.dot_general(x, y, (((3, 1), (0, 2)), ((2,), (3,)))), normal(2, 3, 4, 5), normal(5, 2, 3, 4))
convolve = lambda **how: lambda x, k: lax.conv_general_dilated(x, k, **how)
case("convolution_dilated", convolve(window_strides=(2, 1), padding=[(2, 1), (0, 3)], lhs_dilation=(1, 2), rhs_dilation=(2, 1)),
     normal(2, 3, 7, 5), normal(4, 3, 3, 2))
case("convolution_of_groups", convolve(window_strides=(1,), padding="SAME", feature_group_count=2,
     dimension_numbers=("NWC", "WIO", "NWC")), normal(2, 6, 4), normal(3, 2, 6))
case("convolution_of_batches", convolve(window_strides=(2,), padding=[(1, 0)], batch_group_count=2), normal(4, 3, 8), normal(6, 3, 3))
case("convolution_cut", convolve(window_strides=(1,), padding=[(-1, -2)]), normal(2, 3, 9), normal(2, 3, 2))
case("window_sums", lambda x: lax.reduce_window(x, 0.0, lax.add, (2, 3), (2, 1), [(1, 0), (2, 1)], base_dilation=(1, 2),
     window_dilation=(2, 1)), normal(5, 4))
case("window_least", lambda x: lax.reduce_window(x, np.inf, lax.min, (2, 3), (1, 2), "SAME"), normal(5, 6))
case("product_with_zeros", lambda x: jnp.prod(x, (0, 2)), np.where(np.arange(24).reshape(2, 4, 3) % 11 == 0, 0, normal(2, 4, 3)).astype(np.float32))
case("running_sum", lambda x: lax.cumsum(x, 1, reverse=True), normal(3, 6))

# The rest.
case("padded", lambda x, p: lax.pad(x, p, [(1, -1, 2), (-2, 3, 0)]), normal(4, 5), normal())
case("clamped", lambda low, x, high: lax.clamp(jnp.full(20, low), x, jnp.full(20, high)), np.float32(-0.5), normal(20), np.float32(0.7))
case("narrowed", lambda x: lax.reduce_precision(x, 8, 10) * x.astype(np.float64), normal(8))
case("extremes", lambda x: (x.max(0), jnp.minimum(x, x[::-1])), np.array([[1, 2], [1, -3], [0, 2]], np.float32))
case("powers", lambda x, y: (x ** y, jnp.float_power(x, 3), lax.integer_pow(x, -2), jnp.hypot(x, y)),
     np.array([0.5, 2, 3, 1], np.float32), np.array([2, 0, -1, 0.5], np.float32))

# Linear algebra by calls of LAPACK. Vectors are known but for their phases.
case("lapack_cholesky", lambda x: lax.linalg.cholesky(spd(x)), normal(4, 4), platform="cpu")
case("lapack_solve", lambda a, b: lax.linalg.triangular_solve(a + 3 * jnp.eye(3, dtype=a.dtype), b, left_side=True, lower=True),
     normal(2, 3, 3), normal(2, 3, 2), platform="cpu")
case("lapack_eigh", lambda x: [jnp.abs(y) for y in jnp.linalg.eigh(x + x.T.conj())], normal(4, 4, dtype=np.complex64), platform="cpu")
case("lapack_svd", lambda x: [jnp.abs(y) for y in jnp.linalg.svd(x, full_matrices=False)], normal(2, 3, 4, dtype=np.complex64), platform="cpu")

np.savez_compressed("programs.npz", **arrays)
print(len({name.split("/")[0] for name in arrays}), "cases")
