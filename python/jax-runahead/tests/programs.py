"""Programs by family: a function of JAX, what it is given, and how close the results are to be."""

import dataclasses
import functools
from typing import Any, Callable

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    rtol: float = 2e-5
    atol: float = 2e-5
    x64: bool = False


CASES: list[Case] = []


def case(name, function, *arguments, **options):
    assert all(known.name != name for known in CASES), name
    CASES.append(Case(name, function, arguments, **options))


def numbers(*shape, seed=0, dtype=np.float32, low=-2.0, high=2.0):
    return np.random.default_rng(seed).uniform(low, high, shape).astype(dtype)


def integers(*shape, seed=0, dtype=np.int32, low=-20, high=20):
    return np.random.default_rng(seed).integers(low, high, shape).astype(dtype)


def complexes(*shape, seed=0, dtype=np.complex64):
    return (numbers(*shape, seed=seed) + 1j * numbers(*shape, seed=seed + 1)).astype(dtype)


X = numbers(4, 5)
Y = numbers(4, 5, seed=1)
POSITIVE = numbers(4, 5, seed=2, low=0.1, high=3.0)
UNIT = numbers(4, 5, seed=3, low=-0.95, high=0.95)
SQUARE = numbers(6, 6, seed=4)
SPD = (SQUARE @ SQUARE.T + 6 * np.eye(6)).astype(np.float32)
K = integers(4, 5)
L = integers(4, 5, seed=1, low=1, high=7)

# Functions of one number.
for name in (
    "abs ceil cos cosh exp exp2 expm1 floor negative rint sign sin sinh square tan tanh trunc cbrt degrees radians "
    "isfinite isnan signbit sinc i0 nan_to_num"
).split():
    case(f"unary_{name}", getattr(jnp, name), X)
for name in "log log1p log2 log10 sqrt reciprocal".split():
    case(f"unary_{name}", getattr(jnp, name), POSITIVE)
for name in "arcsin arccos arctan arctanh arcsinh".split():
    case(f"unary_{name}", getattr(jnp, name), UNIT)
case("unary_arccosh", jnp.arccosh, POSITIVE + 1)
case("unary_rsqrt", lax.rsqrt, POSITIVE)
for name in "erf erfc expit log_softmax gammaln digamma".split():
    case(f"special_{name}", getattr(jax.scipy.special, name), POSITIVE)
case("special_erf_inv", lax.erf_inv, UNIT)
case("special_igamma", lax.igamma, POSITIVE, POSITIVE[::-1].copy(), rtol=1e-4)
case("special_zeta", jax.scipy.special.zeta, POSITIVE + 2, POSITIVE)
case("special_bessel", lambda x: (jax.scipy.special.i1e(x), jax.scipy.special.i0e(x)), X)

# Functions of two.
for name in (
    "add subtract multiply maximum minimum arctan2 hypot copysign nextafter greater less_equal equal not_equal "
    "logaddexp fmod remainder"
).split():
    case(f"binary_{name}", getattr(jnp, name), X, Y)
case("binary_divide", jnp.divide, X, POSITIVE)
case("binary_power", jnp.power, POSITIVE, Y)
case("integer_division", lambda a, b: (a // b, a % b, jnp.divmod(a, b)), K, L)
case("integer_bits", lambda a, b: (a & b, a | b, a ^ b, ~a, a << 2, a >> b, lax.shift_right_logical(a, b)), K, L)
case("integer_counts", lambda a: (lax.population_count(a), lax.clz(a)), K)
case("integer_power", lambda a: lax.integer_pow(a, 3), K)
case("broadcast", lambda a, b: a[:, None] * b[None, :], X[0], Y[1])
case("clip_where", lambda a, b: jnp.where(a > b, jnp.clip(a, -1, 1), b), X, Y)
case("polynomial", lambda x: jnp.polyval(jnp.array([1.0, -2.0, 3.0]), x), X)

# Reductions.
for name in "sum prod max min mean var std any all argmax argmin cumsum cumprod median ptp count_nonzero".split():
    case(f"reduce_{name}", functools.partial(getattr(jnp, name), axis=1), X, rtol=1e-4)
case("reduce_logsumexp", lambda x: jax.scipy.special.logsumexp(x, axis=0), X)
case("reduce_all_axes", lambda x: (x.sum(), x.max(), jnp.linalg.norm(x)), X)
case("reduce_custom", lambda x: lax.reduce(x, np.float32(1), lambda a, b: a * b + a, (1,)), X)
case("reduce_precision", lambda x: lax.reduce_precision(x, 5, 7), X)
case("reduce_window", lambda x: lax.reduce_window(x, -np.inf, lax.max, (2, 2), (1, 2), "SAME"), X)
case("cumulative", lambda x: (lax.cummax(x, 1), lax.cummin(x, 0, reverse=True), lax.cumlogsumexp(x, 1)), X)
case("associative_scan", lambda x: lax.associative_scan(jnp.add, x, axis=1), X)
case("quantile", lambda x: jnp.quantile(x, jnp.array([0.1, 0.5]), axis=1), X)
case("histogram", lambda x: jnp.histogram(x, bins=5, range=(-2.0, 2.0))[0], X)

# Shapes and places.
case("reshape_transpose", lambda x: x.reshape(2, 2, 5).transpose(2, 0, 1), X)
case("concatenate", lambda a, b: (jnp.concatenate([a, b], 1), jnp.stack([a, b]), jnp.hstack([a, b])), X, Y)
case("split", lambda x: jnp.split(x, 2, axis=0), X)
case("pad", lambda x: (jnp.pad(x, ((1, 2), (0, 1))), lax.pad(x, np.float32(3), ((1, -1, 2), (-1, 0, 0)))), X)
case("pad_modes", lambda x: (jnp.pad(x, 2, mode="reflect"), jnp.pad(x, 1, mode="edge")), X)
case("flip_roll", lambda x: (jnp.flip(x, 1), jnp.roll(x, 2, 0), jnp.rot90(x)), X)
case("tile_repeat", lambda x: (jnp.tile(x, (2, 1)), jnp.repeat(x, 3, axis=0)), X)
case("triangles", lambda x: (jnp.tril(x), jnp.triu(x, 1), jnp.diag(x[0]), jnp.trace(x)), SQUARE)
case("slices", lambda x: (x[1:3, ::2], x[-1], x[:, None, 2], x[..., ::-1]), X)
case("gather_rows", lambda x, i: x[i], X, np.array([3, 0, 0, 2]))
case("gather_pairs", lambda x, i, j: x[i, j], X, np.array([3, 0, 1]), np.array([4, 4, 0]))
case("take_along", lambda x: jnp.take_along_axis(x, jnp.argsort(x, axis=1), axis=1), X)
case("take_modes", lambda x: (jnp.take(x, jnp.array([-7, 9]), 0, mode="clip"), jnp.take(x, jnp.array([9]), 0, mode="wrap")), X)
case("scatter_set", lambda x: x.at[jnp.array([0, 2])].set(7.0), X)
case("scatter_add", lambda x: x.at[jnp.array([0, 2, 0])].add(jnp.ones((3, 5))), X)
case("scatter_others", lambda x: (x.at[1].multiply(2.0), x.at[:, 2].max(0.5), x.at[0, 1].min(-3.0)), X)
case("dynamic_slice", lambda x, i: lax.dynamic_slice(x, (i, i), (2, 3)), X, np.int32(1))
case("dynamic_update", lambda x, i: lax.dynamic_update_slice(x, x[:2, :2] * 0, (i, i + 1)), X, np.int32(2))
case("one_hot", lambda i: jax.nn.one_hot(i, 7), np.array([1, 6, 3]))
case("meshgrid", lambda: jnp.meshgrid(jnp.arange(3), jnp.linspace(0.0, 1.0, 4)))
case("iota", lambda: (jnp.arange(10), jnp.eye(4), lax.broadcasted_iota(jnp.int32, (3, 4), 1)))
case("segment_sum", lambda x: jax.ops.segment_sum(x, jnp.array([0, 1, 0, 2]), num_segments=3), X)
case("searchsorted", lambda x: jnp.searchsorted(jnp.sort(x[0]), x[1]), X)
case("nonzero", lambda x: jnp.nonzero(x > 0, size=8, fill_value=-1), X)
case("unique", lambda x: jnp.unique(x, size=6, fill_value=99), K)

# Sorting.
case("sort", lambda x: (jnp.sort(x, 1), jnp.sort(x, 0, descending=True)), X)
case("argsort", lambda x: jnp.argsort(x, axis=1), X)
case("lexsort", lambda a, b: jnp.lexsort((a, b)), K[0], K[1] % 3)
case("top_k", lambda x: lax.top_k(x, 3), X)
case("sort_pairs", lambda a, b: lax.sort((a, b), num_keys=1), K[0], X[0])
case("sort_nan", lambda x: jnp.sort(x.at[1].set(jnp.nan).at[2].set(-0.0)), X[0])

# Products of matrices.
case("matmul", jnp.matmul, X, Y.T.copy())
case("matmul_batched", jnp.matmul, numbers(3, 4, 5), numbers(3, 5, 2, seed=9))
case("matmul_large", jnp.matmul, numbers(128, 96), numbers(96, 130, seed=1), rtol=1e-4, atol=1e-4)
case("einsum", lambda a, b: jnp.einsum("bij,bkj->bik", a, b), numbers(3, 4, 5), numbers(3, 6, 5, seed=9))
case("tensordot", lambda a, b: jnp.tensordot(a, b, axes=[[0, 1], [1, 0]]), X, numbers(5, 4, 3))
case("outer_kron", lambda a, b: (jnp.outer(a, b), jnp.kron(a, b), jnp.vdot(a, b)), X[0], Y[0])
case("integer_matmul", jnp.matmul, K, L.T.copy())
case("matrix_power", lambda a: jnp.linalg.matrix_power(a, 3), SQUARE, rtol=1e-4, atol=1e-4)

# Linear algebra.
case("cholesky", jnp.linalg.cholesky, SPD)
case("triangular_solve", lambda a, b: jax.scipy.linalg.solve_triangular(jnp.tril(a) + 3 * jnp.eye(6), b, lower=True), SQUARE, SQUARE.T.copy())
case("solve", jnp.linalg.solve, SPD, SQUARE, rtol=1e-4)
case("inverse", jnp.linalg.inv, SPD, rtol=1e-4)
case("determinant", lambda a: (jnp.linalg.det(a), jnp.linalg.slogdet(a)), SPD, rtol=1e-4)
case("lu", lambda a: jax.scipy.linalg.lu(a), SQUARE, rtol=1e-4, atol=1e-4)
case("qr", lambda a: jnp.abs(jnp.linalg.qr(a)[1]), SQUARE, rtol=1e-4, atol=1e-4)
case("qr_product", lambda a: jnp.matmul(*jnp.linalg.qr(a)), SQUARE, rtol=1e-4, atol=1e-4)
case("svd_values", lambda a: jnp.linalg.svd(a, compute_uv=False), SQUARE, rtol=1e-4, atol=1e-4)
case("pinv_lstsq", lambda a, b: (jnp.linalg.pinv(a), jnp.linalg.lstsq(a, b)[0]), numbers(6, 3), numbers(6, 2), rtol=1e-3, atol=1e-4)
case("eigh", lambda a: jnp.linalg.eigvalsh(a), SPD, rtol=1e-4)
case("eigh_vectors", lambda a: (lambda w, v: v @ jnp.diag(w) @ v.T)(*jnp.linalg.eigh(a)), SPD, rtol=1e-4, atol=1e-4)
case("eigenvalues", lambda a: jnp.sort(jnp.abs(jnp.linalg.eigvals(a))), SQUARE, rtol=1e-3, atol=1e-3)
case("approx_top_k", lambda x: (lax.approx_max_k(x, 3), lax.approx_min_k(x, 2)), numbers(4, 30))
case("schur", lambda a: (lambda t, z: (z @ t @ z.T, z.T @ z, jnp.tril(t, -2)))(*jax.scipy.linalg.schur(a)), SQUARE, rtol=1e-3, atol=1e-4)
case("schur_complex", lambda a: (lambda t, z: (z @ t @ z.conj().T, jnp.tril(t, -1)))(*jax.scipy.linalg.schur(a, output="complex")), SQUARE, rtol=1e-3, atol=1e-4)
case("svd_by_qr", lambda a: (lambda u, s, v: ((u * s) @ v, s, u.T @ u))(*lax.linalg.svd(a, full_matrices=False, algorithm=lax.linalg.SvdAlgorithm.QR)), numbers(6, 4), rtol=1e-3, atol=1e-4)
case("eigh_tridiagonal", lambda d, e: (lambda w, v: (w, v.T @ v, (v * w) @ v.T))(*jax.scipy.linalg.eigh_tridiagonal(d, e, eigvals_only=False)), numbers(9), numbers(8), rtol=1e-3, atol=1e-4)
case("sqrtm", jax.scipy.linalg.sqrtm, SPD, rtol=1e-3, atol=1e-4)
case("expm", jax.scipy.linalg.expm, SQUARE / 4, rtol=1e-3, atol=1e-4)
case("cholesky_batched", jnp.linalg.cholesky, np.stack([SPD, 2 * SPD]))
case("cho_solve", lambda a, b: jax.scipy.linalg.cho_solve(jax.scipy.linalg.cho_factor(a), b), SPD, SQUARE, rtol=1e-4)
case("tridiagonal_solve", lax.linalg.tridiagonal_solve, np.r_[0, numbers(5)].astype("f"), np.full(6, 5, "f"), np.r_[numbers(5), 0].astype("f"), numbers(6, 2))
case("cholesky_fails", lambda a: jnp.isnan(jnp.linalg.cholesky(-a)).all(), SPD)

# Fourier transforms.
case("fft", lambda x: jnp.fft.fft(x), complexes(3, 8), rtol=1e-4, atol=1e-4)
case("ifft", lambda x: jnp.fft.ifft(x), complexes(3, 12), rtol=1e-4, atol=1e-4)
case("rfft", lambda x: jnp.fft.irfft(jnp.fft.rfft(x)), numbers(3, 10), rtol=1e-4, atol=1e-4)
case("fft2", lambda x: jnp.fft.fftshift(jnp.fft.fft2(x)), numbers(4, 6), rtol=1e-4, atol=1e-4)

# Convolutions and windows.
case("convolution", lambda x, w: lax.conv_general_dilated(x, w, (1, 1), "SAME"), numbers(2, 3, 8, 8), numbers(4, 3, 3, 3), rtol=1e-4, atol=1e-4)
case("convolution_nhwc", lambda x, w: lax.conv_general_dilated(x, w, (2, 2), "VALID", rhs_dilation=(2, 2), dimension_numbers=("NHWC", "HWIO", "NHWC")), numbers(2, 9, 9, 3), numbers(3, 3, 3, 4), rtol=1e-4, atol=1e-4)
case("convolution_groups", lambda x, w: lax.conv_general_dilated(x, w, (1,), "SAME", feature_group_count=3), numbers(2, 6, 9), numbers(6, 2, 3), rtol=1e-4, atol=1e-4)
case("convolution_transpose", lambda x, w: lax.conv_transpose(x, w, (2, 2), "SAME"), numbers(1, 5, 5, 2), numbers(3, 3, 2, 3), rtol=1e-4, atol=1e-4)
case("convolve", lambda a, b: jnp.convolve(a, b, "same"), X[0], Y[0, :3])
case("max_pool", lambda x: lax.reduce_window(x, -np.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"), numbers(2, 6, 6, 3))
case("max_pool_grad", jax.grad(lambda x: (lax.reduce_window(x, -np.inf, lax.max, (2, 2), (2, 2), "VALID") ** 2).sum()), numbers(6, 6))
case("resize", lambda x: jax.image.resize(x, (7, 9), "bilinear"), X, rtol=1e-4)

# Control flow.
case("cond", lambda x: lax.cond(x.sum() > 0, jnp.sin, jnp.cos, x), X)
case("switch", lambda i, x: lax.switch(i, [lambda x: x, lambda x: x * 2, jnp.exp], x), np.int32(2), X)
case("while", lambda x: lax.while_loop(lambda s: s[0] < 10, lambda s: (s[0] + 1, s[1] * 1.5), (0, x)), X)
case("while_data", lambda x: lax.while_loop(lambda x: jnp.abs(x).max() > 1e-2, lambda x: x * 0.7, x), X)
case("fori", lambda x: lax.fori_loop(0, 7, lambda i, x: x + i, x), X)
case("scan", lambda x: lax.scan(lambda c, x: (c + x, jnp.sin(c)), jnp.zeros(5), x), X)
case("scan_reverse", lambda x: lax.scan(lambda c, x: (c * 0.5 + x, c), jnp.zeros(5), x, reverse=True, unroll=2), X)
case("map", lambda x: lax.map(lambda r: r @ r, x), X)
case("nested_loops", lambda x: lax.fori_loop(0, 3, lambda i, x: lax.fori_loop(0, i, lambda j, y: y * 1.1 + j, x), x), X)
case("custom_root", lambda a: lax.custom_root(lambda x: x**2 - a, jnp.ones_like(a), lambda f, x: lax.fori_loop(0, 20, lambda _, x: x - f(x) / (2 * x), x), lambda g, y: y / g(jnp.ones_like(y))), POSITIVE)
case("conjugate_gradient", lambda a, b: jax.scipy.sparse.linalg.cg(lambda x: a @ x, b, maxiter=20)[0], SPD, SQUARE[0], rtol=1e-3, atol=1e-3)
case("ode", lambda y: __import__("jax.experimental.ode").experimental.ode.odeint(lambda y, t: -y, y, jnp.linspace(0.0, 1.0, 4)), X[0], rtol=1e-4, atol=1e-4)

# Transformations.
def mlp(weights, x):
    for w in weights[:-1]:
        x = jnp.tanh(x @ w)
    return x @ weights[-1]


WEIGHTS = [numbers(5, 8, seed=5), numbers(8, 8, seed=6), numbers(8, 3, seed=7)]
case("grad", jax.grad(lambda x: (jnp.sin(x) * x**2).sum()), X)
case("value_and_grad", jax.value_and_grad(lambda w, x: (mlp(w, x) ** 2).mean()), WEIGHTS, X, rtol=1e-4)
case("hessian", jax.hessian(lambda x: (jnp.exp(x) * x).sum()), X[0])
case("jacobians", lambda x: (jax.jacfwd(jnp.sin)(x), jax.jacrev(lambda x: x**3)(x)), X[0])
case("jvp", lambda x, t: jax.jvp(lambda x: jnp.cumsum(x**2), (x,), (t,)), X[0], Y[0])
case("vjp", lambda x, t: jax.vjp(jnp.linalg.inv, x)[1](t), SPD, SQUARE, rtol=1e-3, atol=1e-4)
case("grad_of_scan", jax.grad(lambda x: lax.scan(lambda c, x: (jnp.sin(c + x), c), jnp.zeros(5), x)[0].sum()), X)
case("grad_of_cond", jax.grad(lambda x: lax.cond(x[0, 0] > 0, lambda x: (x**2).sum(), lambda x: (x**3).sum(), x)), X)
case("checkpoint", jax.grad(lambda x: jax.checkpoint(lambda x: jnp.sin(jnp.sin(x)))(x).sum()), X)
case("custom_vjp", jax.grad(lambda x: jax.nn.relu(x).sum()), X)
case("vmap", jax.vmap(lambda x: jnp.outer(x, x)), X)
case("vmap_of_grad", jax.vmap(jax.grad(lambda x: (x**3).sum())), X)
case("vmap_of_while", jax.vmap(lambda x: lax.while_loop(lambda s: s < 10, lambda s: s * 1.5 + 1, x)), POSITIVE[0])
case("vmap_of_cond", jax.vmap(lambda x: lax.cond(x > 0, jnp.sin, jnp.cos, x)), X[0])
case("vmap_of_solve", jax.vmap(jnp.linalg.solve), np.stack([SPD, 2 * SPD]), np.stack([SQUARE, SQUARE]), rtol=1e-4, atol=1e-5)
case("grad_of_cholesky", jax.grad(lambda a: jnp.linalg.cholesky(a).sum()), SPD, rtol=1e-3, atol=1e-4)
case("grad_of_sort", jax.grad(lambda x: (jnp.sort(x) * jnp.arange(5.0)).sum()), X[0])
case("grad_of_gather", jax.grad(lambda x: x[jnp.array([0, 0, 2])].sum()), X)
case("grad_of_convolution", jax.grad(lambda w, x: (lax.conv_general_dilated(x, w, (1, 1), "SAME") ** 2).sum()), numbers(4, 3, 3, 3), numbers(2, 3, 6, 6), rtol=1e-3, atol=1e-3)
case("named_call", jax.jit(lambda x: jax.named_call(jnp.sin, name="inner")(x) + jax.jit(jnp.cos)(x)), X)
case("linearize", lambda x: jax.linearize(jnp.tanh, x)[1](x), X)

# Networks.
case("softmax", lambda x: (jax.nn.softmax(x), jax.nn.log_softmax(x, 0)), X)
for name in "relu gelu silu elu selu softplus sigmoid hard_tanh leaky_relu mish soft_sign celu".split():
    case(f"nn_{name}", getattr(jax.nn, name), X)
case("layer_norm", lambda x: (x - x.mean(-1, keepdims=True)) * lax.rsqrt(x.var(-1, keepdims=True) + 1e-5), X)
case("attention", jax.nn.dot_product_attention, numbers(2, 7, 3, 4), numbers(2, 7, 3, 4, seed=1), numbers(2, 7, 3, 4, seed=2), rtol=1e-4)
case("attention_grad", jax.grad(lambda q, k, v: jax.nn.dot_product_attention(q, k, v, is_causal=True).sum()), numbers(2, 7, 3, 4), numbers(2, 7, 3, 4, seed=1), numbers(2, 7, 3, 4, seed=2), rtol=1e-3, atol=1e-4)
case("cross_entropy", jax.grad(lambda x: -jnp.take_along_axis(jax.nn.log_softmax(x), jnp.array([[1], [0], [4], [2]]), 1).mean()), X)
case("rnn", jax.grad(lambda w, x: lax.scan(lambda h, x: (jnp.tanh(x @ w + h), h), jnp.zeros((2, 5)), x)[0].sum()), SQUARE[:5, :5].copy(), numbers(6, 2, 5), rtol=1e-4, atol=1e-4)

# Random numbers: the same bits.
KEY = np.array([0, 42], np.uint32)
for name in "bits uniform normal exponential gumbel laplace logistic cauchy rademacher bernoulli".split():
    case(f"random_{name}", lambda k, name=name: getattr(jax.random, name)(k, shape=(33,)), KEY)
case("random_split", lambda k: jax.random.split(k, 5), KEY)
case("random_fold", lambda k: jax.random.fold_in(k, 7), KEY)
case("random_randint", lambda k: jax.random.randint(k, (20,), -5, 100), KEY)
case("random_permutation", lambda k: jax.random.permutation(k, 20), KEY)
case("random_choice", lambda k: jax.random.choice(k, 10, (5,), replace=False), KEY)
case("random_categorical", lambda k, x: jax.random.categorical(k, x), KEY, X)
case("random_gamma", lambda k: jax.random.gamma(k, 2.5, (7,)), KEY, rtol=1e-4)
case("random_poisson", lambda k: jax.random.poisson(k, 3.0, (9,)), KEY)
case("random_truncated", lambda k: jax.random.truncated_normal(k, -1.0, 2.0, (9,)), KEY)
case("random_typed", lambda: jax.random.normal(jax.random.key(3), (5,)))
case("random_dropout", lambda k, x: jnp.where(jax.random.bernoulli(k, 0.8, x.shape), x / 0.8, 0), KEY, X)

# Types.
for name in (
    "bool int8 int16 uint8 uint16 uint32 float16 bfloat16 float8_e4m3fn float8_e5m2 float8_e4m3b11fnuz float8_e4m3fnuz "
    "float8_e5m2fnuz float8_e4m3 float8_e3m4 int4 uint4 complex64"
).split():
    case(f"convert_{name}", lambda x, name=name: x.astype(name), X * 3)
    case(f"back_{name}", lambda x: x.astype(jnp.float32) if not jnp.iscomplexobj(x) else x.real, (X * 3).astype(getattr(jnp, name)))
case("half_arithmetic", lambda x: (x * x + 1).sum(1), X.astype(np.float16), rtol=1e-2, atol=1e-2)
case("bfloat_matmul", lambda a, b: a @ b, X.astype(jnp.bfloat16), Y.T.astype(jnp.bfloat16), rtol=2e-2, atol=2e-2)
case("bitcast", lambda x: (x.view(jnp.int32), lax.bitcast_convert_type(x, jnp.uint8)), X)
case("small_overflow", lambda x: (x * 17).astype(jnp.uint8) + jnp.uint8(250), L)
case("complex_arithmetic", lambda a, b: (a * b, a / b, jnp.conj(a), jnp.abs(a), jnp.angle(b), a.real, b.imag), complexes(4, 5), complexes(4, 5, seed=7), rtol=1e-4, atol=1e-4)
case("complex_functions", lambda a: (jnp.exp(a), jnp.log(a), jnp.sqrt(a), jnp.sin(a), jnp.tanh(a), a**2.5), complexes(4, 5), rtol=1e-3, atol=1e-4)
case("complex_matmul", jnp.matmul, complexes(4, 5), complexes(5, 3, seed=7), rtol=1e-4, atol=1e-4)
case("complex_solve", jnp.linalg.solve, complexes(4, 4) + 5 * np.eye(4, dtype=np.complex64), complexes(4, 2), rtol=1e-3, atol=1e-4)
case("complex_grad", jax.grad(lambda x: jnp.abs(jnp.exp(1j * x)).sum()), X, atol=1e-5)
case("x64_arithmetic", lambda x: (jnp.sin(x) ** 2 + jnp.cos(x) ** 2, x / 3), X.astype(np.float64), x64=True, rtol=1e-14, atol=1e-14)
case("x64_integers", lambda x: (x * 3_000_000_019, x // 7, x << 40), K.astype(np.int64), x64=True)
case("x64_linalg", lambda a: (jnp.linalg.inv(a), jnp.linalg.eigvalsh(a), jnp.linalg.slogdet(a)), SPD.astype(np.float64), x64=True, rtol=1e-10, atol=1e-10)
case("x64_complex", lambda x: jnp.fft.ifft(jnp.fft.fft(x)), complexes(3, 8).astype(np.complex128), x64=True, rtol=1e-12, atol=1e-12)
case("x64_random", lambda k: (jax.random.normal(k, (7,), dtype=jnp.float64), jax.random.bits(k, (3,), jnp.uint64)), KEY, x64=True, rtol=1e-12)
case("x64_grad", jax.grad(lambda x: jnp.log(x).sum()), POSITIVE.astype(np.float64), x64=True, rtol=1e-14)

# Odds and ends.
case("no_results", lambda x: (), X)
case("passed_through", lambda x, y: (y, x, x), X, Y)
case("unused_arguments", lambda x, y, z: y * 2, X, Y, K)
case("scalars", lambda a, b: a * b + 1, np.float32(2), np.float32(3))
case("python_numbers", lambda a, b: a * b, 2.0, 3)
case("empty", lambda x: (x + 1, x.sum(), jnp.concatenate([x, x])), np.zeros((0, 3), np.float32))
case("zero_results", lambda x: x[:0], X)
case("large", lambda x: jnp.cumsum(jnp.sin(x)) / x.size, numbers(300_000), rtol=1e-3, atol=1e-4)
case("nested_results", lambda x: {"a": (x, [x + 1]), "b": None}, X)
case("constants", lambda x: x + np.arange(5, dtype=np.float32) + 2.5, X)
case("large_constant", lambda x: x @ jnp.asarray(numbers(64, 64)), numbers(3, 64), rtol=1e-4, atol=1e-4)
case("nan_inf", lambda x: (x / 0, jnp.log(-x), jnp.maximum(x, jnp.nan)), X)
case("many_arguments", lambda *xs: sum(xs), *[numbers(3, seed=i) for i in range(60)])
case("many_results", lambda x: [x * i for i in range(60)], X)
