"""Lowers small JAX programs to StableHLO and runs them, for `tests/jax.rs` to run again and compare.

    python -m pip install jax==0.10.2 numpy
    python export.py

For each program it writes NAME.mlir and NAME.npz: the arguments arg0, arg1, …, the results out0, out1, …, and
`tolerance`, the largest difference that is allowed, as a share of the largest absolute value of the same result.
Programs in narrow floats take and give `f32` and convert inside, as .npz has no bfloat16. Where a result is settled only
up to a sign or a phase (eigenvectors), the program returns what does not depend on it.
"""

import pathlib

import jax
import jax.numpy as jnp
import jax.scipy.linalg as jsl
import jax.scipy.special as jsp
import numpy as np
from jax import lax, nn, random

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).parent
RNG = np.random.default_rng(2024)
F32, F64 = np.float32, np.float64


def draw(*shape, dtype=F32, scale=1.0):
    return (scale * RNG.standard_normal(shape)).astype(dtype)


def tree_args(tree):
    leaves, structure = jax.tree.flatten(tree)
    return leaves, structure


PROGRAMS = {}


def program(name, *args, tolerance=1e-5):
    """Registers the decorated function with its arguments."""
    def register(function):
        PROGRAMS[name] = (function, [np.asarray(a) for a in args], tolerance)
        return function
    return register


# Training steps.

def adam(loss, params, grads_state, *batch):
    m, v, t = grads_state
    value, grads = jax.value_and_grad(loss)(params, *batch)
    t = t + 1
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, grads)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, grads)
    step = lambda p, m, v: p - 0.01 * (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return value, jax.tree.map(step, params, m, v), m, v


def training(name, loss, params, *batch, dtype=None, tolerance=1e-4):
    """A step of Adam; with a dtype, the loss is computed in it."""
    leaves, structure = tree_args(params)
    count = len(leaves)

    def cast(x):
        return x.astype(dtype) if dtype is not None and jnp.issubdtype(x.dtype, jnp.floating) else x

    def whole(params, *batch):
        return loss(jax.tree.map(cast, params), *map(cast, batch)).astype(jnp.float32 if dtype else leaves[0].dtype)

    def step(*args):
        params, m, v = (jax.tree.unflatten(structure, args[i * count:(i + 1) * count]) for i in range(3))
        out = adam(whole, params, (m, v, leaves[0].dtype.type(3)), *args[3 * count:])
        return tuple(jax.tree.leaves(out))

    zeros = [0.01 * np.ones_like(x) for x in leaves]
    program(name, *leaves, *zeros, *[0.01 * z for z in zeros], *batch, tolerance=tolerance)(step)


def mlp_loss(p, x, y):
    h = nn.relu(x @ p["w0"] + p["b0"])
    h = nn.gelu(h @ p["w1"] + p["b1"])
    logits = h @ p["w2"] + p["b2"]
    return -jnp.mean(jnp.sum(nn.log_softmax(logits) * nn.one_hot(y, 5, dtype=logits.dtype), axis=-1))


def mlp(dtype):
    sizes = [8, 16, 12, 5]
    p = {}
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        p[f"w{i}"], p[f"b{i}"] = draw(a, b, dtype=dtype, scale=0.4), draw(b, dtype=dtype, scale=0.1)
    return p


labels = RNG.integers(0, 5, 6).astype(np.int32)
training("mlp_adam", mlp_loss, mlp(F32), draw(6, 8), labels)
training("mlp_adam_x64", mlp_loss, mlp(F64), draw(6, 8, dtype=F64), labels, tolerance=1e-10)
training("mlp_adam_bf16", mlp_loss, mlp(F32), draw(6, 8), labels, dtype=jnp.bfloat16, tolerance=6e-2)
training("mlp_adam_f16", mlp_loss, mlp(F32), draw(6, 8), labels, dtype=jnp.float16, tolerance=2e-2)


def conv_loss(p, x, y):
    h = lax.conv_general_dilated(x, p["k0"], (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    h = nn.relu(h + p["b0"])
    h = lax.reduce_window(h, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    h = lax.conv_general_dilated(h, p["k1"], (2, 2), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    logits = jnp.mean(nn.silu(h), axis=(1, 2)) @ p["w"]
    return -jnp.mean(jnp.take_along_axis(nn.log_softmax(logits), y[:, None], axis=-1))


def conv(dtype):
    return {"k0": draw(3, 3, 2, 4, dtype=dtype, scale=0.3), "b0": draw(4, dtype=dtype, scale=0.1),
            "k1": draw(2, 2, 4, 6, dtype=dtype, scale=0.3), "w": draw(6, 5, dtype=dtype, scale=0.5)}


training("conv_adam", conv_loss, conv(F32), draw(3, 8, 8, 2), labels[:3])
training("conv_adam_x64", conv_loss, conv(F64), draw(3, 8, 8, 2, dtype=F64), labels[:3], tolerance=1e-9)


# Transformers.

def norm(x, g):
    mean = jnp.mean(x, -1, keepdims=True)
    return g * (x - mean) * lax.rsqrt(jnp.var(x, -1, keepdims=True) + 1e-5)


def transformer(p, tokens, heads=2):
    x = p["embed"][tokens] + p["position"][: tokens.shape[1]]
    b, t, d = x.shape
    q, k, v = (norm(x, p["g0"]) @ p["qkv"]).reshape(b, t, 3, heads, d // heads).transpose(2, 0, 3, 1, 4)
    scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(d // heads).astype(x.dtype)
    scores = jnp.where(jnp.tril(jnp.ones((t, t), bool)), scores, jnp.finfo(x.dtype).min)
    attended = (nn.softmax(scores) @ v).transpose(0, 2, 1, 3).reshape(b, t, d)
    x = x + attended @ p["out"]
    x = x + nn.gelu(norm(x, p["g1"]) @ p["up"]) @ p["down"]
    return x @ p["embed"].T


def transformer_loss(p, tokens):
    logits = nn.log_softmax(transformer(p, tokens[:, :-1]))
    return -jnp.mean(jnp.take_along_axis(logits, tokens[:, 1:, None], axis=-1))


def weights(dtype, d=8, vocabulary=11):
    shapes = {"embed": (vocabulary, d), "position": (7, d), "qkv": (d, 3 * d), "out": (d, d), "up": (d, 2 * d),
              "down": (2 * d, d)}
    p = {name: draw(*shape, dtype=dtype, scale=0.3) for name, shape in shapes.items()}
    return p | {"g0": np.ones(d, dtype), "g1": np.ones(d, dtype)}


tokens = RNG.integers(0, 11, (2, 7)).astype(np.int32)
LEAVES, STRUCTURE = tree_args(weights(F32))


@program("transformer_forward", *LEAVES, tokens)
def _(*args):
    return transformer(jax.tree.unflatten(STRUCTURE, args[:-1]), args[-1])


@program("transformer_forward_bf16", *LEAVES, tokens, tolerance=5e-2)
def _(*args):
    p = jax.tree.map(lambda x: x.astype(jnp.bfloat16), jax.tree.unflatten(STRUCTURE, args[:-1]))
    return transformer(p, args[-1]).astype(jnp.float32)


training("transformer_adam", transformer_loss, weights(F32), tokens)
training("transformer_adam_x64", transformer_loss, weights(F64), tokens, tolerance=1e-9)


# Recurrences.

def rnn(w, u, b, xs):
    def cell(h, x):
        h = jnp.tanh(x @ w + h @ u + b)
        return h, h
    return lax.scan(cell, jnp.zeros((xs.shape[1], u.shape[0]), xs.dtype), xs)


RNN = [draw(3, 5, scale=0.5), draw(5, 5, scale=0.5), draw(5, scale=0.1), draw(6, 2, 3)]


@program("rnn_scan", *RNN)
def _(*args):
    return rnn(*args)


@program("rnn_scan_gradient", *RNN)
def _(*args):
    return jax.grad(lambda *a: jnp.sum(rnn(*a)[1] ** 2), argnums=(0, 1, 2))(*args)


@program("gru_scan", draw(3, 12, scale=0.4), draw(4, 12, scale=0.4), draw(6, 2, 3))
def _(w, u, xs):
    def cell(h, x):
        r, z, n = jnp.split(x @ w, 3, -1)
        hr, hz, hn = jnp.split(h @ u, 3, -1)
        r, z = nn.sigmoid(r + hr), nn.sigmoid(z + hz)
        h = (1 - z) * jnp.tanh(n + r * hn) + z * h
        return h, jnp.argmax(h, -1)
    return lax.scan(cell, jnp.zeros((2, 4), xs.dtype), xs)


@program("newton_while", np.array([2.0, 3.0, 10.0], F32))
def _(x):
    def body(state):
        y, i = state
        return 0.5 * (y + x / y), i + 1
    return lax.while_loop(lambda s: (jnp.max(jnp.abs(s[0] ** 2 - x)) > 1e-4) & (s[1] < 50), body, (x, 0))


@program("fori_and_cond", draw(7), np.int32(1))
def _(x, which):
    x = lax.fori_loop(0, 5, lambda i, x: x.at[i].add(x[i + 1]), x)
    return lax.cond(which > 0, jnp.sin, jnp.cos, x), lax.switch(which, [jnp.exp, jnp.tanh, jnp.abs], x)


# Random numbers.

KEY = np.array([7, 42], np.uint32)


@program("random_normal", KEY)
def _(key):
    return random.normal(key, (5, 7), jnp.float32)


@program("random_normal_x64", KEY, tolerance=1e-12)
def _(key):
    return random.normal(key, (33,), jnp.float64)


@program("random_uniform_bits", KEY, tolerance=0)
def _(key):
    a, b = random.split(key)
    return random.bits(a, (4, 3), jnp.uint32), random.uniform(b, (9,), jnp.float32), random.randint(a, (8,), -3, 12)


@program("random_categorical", KEY, draw(6, 5))
def _(key, logits):
    return random.categorical(key, logits, shape=(4, 6))


@program("random_permutation", KEY)
def _(key):
    return random.permutation(key, 20), random.choice(key, 9, (4,), replace=False)


@program("random_distributions", KEY, tolerance=1e-4)
def _(key):
    keys = random.split(key, 6)
    return (random.gumbel(keys[0], (8,), jnp.float32), random.exponential(keys[1], (8,), jnp.float32),
            random.laplace(keys[2], (8,), jnp.float32), random.bernoulli(keys[3], 0.3, (16,)),
            random.truncated_normal(keys[4], -1.0, 2.0, (8,), jnp.float32), random.cauchy(keys[5], (8,), jnp.float32))


@program("random_gamma", KEY, tolerance=1e-4)
def _(key):
    return random.gamma(key, jnp.array([0.5, 2.0, 9.0], jnp.float32)), random.beta(key, 2.0, 3.0, (4,), jnp.float32)


@program("rng_bit_generator", np.array([3, 9], np.uint64), tolerance=0)
def _(state):
    after, bits = lax.rng_bit_generator(state, (3, 5), jnp.uint32, lax.RandomAlgorithm.RNG_THREE_FRY)
    return after, bits, *lax.rng_bit_generator(state, (5, 2), jnp.uint64, lax.RandomAlgorithm.RNG_PHILOX)


# Fourier transforms and linear algebra.

@program("fft", draw(3, 8), draw(3, 8), draw(4, 6))
def _(re, im, x):
    z = lax.complex(re, im)
    return jnp.fft.fft(z), jnp.fft.ifft(z), jnp.fft.rfft2(x), jnp.fft.irfft(jnp.fft.rfft(x)), jnp.fft.fftn(z, axes=(0, 1))


@program("fft_x64", draw(2, 9, dtype=F64), tolerance=1e-12)
def _(x):
    return jnp.abs(jnp.fft.fft(x)), jax.grad(lambda x: jnp.sum(jnp.abs(jnp.fft.rfft(x)) ** 2))(x)


SQUARE = draw(2, 5, 5) + 4 * np.eye(5, dtype=F32)
POSITIVE = (SQUARE @ SQUARE.transpose(0, 2, 1)).astype(F32)


@program("solve", SQUARE, draw(2, 5, 3))
def _(a, b):
    return jnp.linalg.solve(a, b), jnp.linalg.inv(a), jnp.linalg.det(a), jnp.linalg.slogdet(a)


@program("solve_x64", SQUARE.astype(F64), draw(2, 5, 3, dtype=F64), tolerance=1e-11)
def _(a, b):
    return jnp.linalg.solve(a, b), jax.grad(lambda a: jnp.sum(jnp.linalg.solve(a, b) ** 2))(a)


@program("solve_complex", SQUARE[0], draw(5, 5), draw(5, 2))
def _(re, im, b):
    return jnp.linalg.solve(lax.complex(re, im), b.astype(jnp.complex64))


@program("cholesky", POSITIVE, draw(2, 5, 3), tolerance=1e-4)
def _(a, b):
    factor = jnp.linalg.cholesky(a)
    return factor, jsl.cho_solve((factor, True), b), jsl.solve_triangular(factor, b, lower=True, trans="T")


@program("qr", draw(2, 6, 4), tolerance=1e-4)
def _(a):
    q, r = jnp.linalg.qr(a)
    return q, r, jnp.linalg.qr(a, mode="complete")[0]


@program("qr_gradient_x64", draw(5, 3, dtype=F64), tolerance=1e-9)
def _(a):
    return jax.grad(lambda a: jnp.sum(jnp.sin(jnp.linalg.qr(a)[0])))(a)


@program("eigh", POSITIVE, tolerance=1e-4)
def _(a):
    values, vectors = jnp.linalg.eigh(a)
    return values, (vectors * values[:, None, :]) @ vectors.transpose(0, 2, 1), jnp.abs(vectors)


@program("eigh_complex", SQUARE[0], draw(5, 5), tolerance=1e-4)
def _(re, im):
    z = lax.complex(re, im)
    values, vectors = jnp.linalg.eigh(z @ z.conj().T)
    return values, jnp.abs(vectors)


@program("svd", draw(2, 6, 4), tolerance=1e-4)
def _(a):
    u, s, v = jnp.linalg.svd(a, full_matrices=False)
    return s, (u * s[:, None, :]) @ v, jnp.abs(u), jnp.linalg.svd(a, compute_uv=False), jnp.linalg.pinv(a)


@program("svd_x64", draw(4, 6, dtype=F64), tolerance=1e-10)
def _(a):
    u, s, v = jnp.linalg.svd(a)
    return s, jnp.abs(v[:4]), jnp.linalg.matrix_rank(a)


@program("eig", SQUARE[0], tolerance=1e-3)
def _(a):
    values, vectors = jnp.linalg.eig(a)
    order = jnp.argsort(values.real * 100 + values.imag)
    return values[order], jnp.abs(vectors[:, order])


@program("lstsq_expm", draw(6, 3), draw(6, 2), SQUARE[1] * F32(0.2), tolerance=1e-3)
def _(a, b, c):
    return jnp.linalg.lstsq(a, b)[0], jsl.expm(c)


@program("tridiagonal_solve", draw(6), 4 + draw(6), draw(6), draw(6, 2))
def _(dl, d, du, b):
    return lax.linalg.tridiagonal_solve(dl.at[0].set(0), d, du.at[-1].set(0), b)


# Sorting, scanning, indexing.

@program("sort_and_top_k", draw(4, 9))
def _(x):
    keys, values = lax.sort((x, jnp.broadcast_to(jnp.arange(9), x.shape)), dimension=1, num_keys=1)
    return *lax.top_k(x, 3), jnp.argsort(x, axis=0), keys, values, jnp.median(x, axis=1), jnp.sort(-x, axis=0)


@program("scans", draw(3, 10))
def _(x):
    return (jnp.cumsum(x, axis=1), jnp.cumprod(x, axis=1), lax.cummax(x, axis=1), lax.cumlogsumexp(x, axis=1),
            lax.associative_scan(jnp.multiply, x, axis=1))


@program("segment_sum", draw(10, 3), RNG.integers(0, 4, 10).astype(np.int32))
def _(x, ids):
    return (jax.ops.segment_sum(x, ids, 4), jax.ops.segment_max(x, ids, 5), jax.ops.segment_prod(x, ids, 4),
            jnp.bincount(ids, length=5))


@program("embedding_gradient", draw(9, 4), RNG.integers(0, 9, (2, 6)).astype(np.int32), draw(2, 6, 4))
def _(table, ids, g):
    one_hot = jax.grad(lambda t: jnp.sum((nn.one_hot(ids, 9) @ t) * g))(table)
    return jax.grad(lambda t: jnp.sum(t[ids] * g))(table), one_hot


@program("scatters", draw(6, 4), RNG.integers(0, 6, (5,)).astype(np.int32), draw(5, 4))
def _(x, i, u):
    return x.at[i].add(u), x.at[i].max(u), x.at[i].mul(u), x.at[::2].set(0), jnp.where(x > 0, x, 0).at[i, 1].min(u[:, 0])


@program("indexing", draw(5, 6, 3), RNG.integers(-5, 5, (4,)).astype(np.int32), np.int32(2))
def _(x, i, s):
    return (x[i], jnp.take_along_axis(x, jnp.abs(i)[:, None, None] % 5, axis=0), lax.dynamic_slice(x, (s, s, jnp.int32(0)), (2, 3, 3)),
            jnp.roll(x, s, axis=1), x[::-1, 1:5:2], jnp.searchsorted(jnp.sort(x[:, 0, 0]), x[0, :, 0]))


@program("pooling_gradient", draw(1, 6, 6, 2))
def _(x):
    def pooled(x):
        top = lax.reduce_window(x, -jnp.inf, lax.max, (1, 3, 3, 1), (1, 2, 2, 1), "SAME")
        mean = lax.reduce_window(x, 0.0, lax.add, (1, 2, 2, 1), (1, 1, 1, 1), "VALID") / 4
        return jnp.sum(top**2) + jnp.sum(jnp.sin(mean))
    return jax.grad(pooled)(x)


@program("convolutions", draw(2, 4, 9), draw(4, 2, 3), draw(1, 5, 5, 4), draw(3, 3, 1, 8), tolerance=1e-5)
def _(x, k, image, depthwise):
    dims = ("NHWC", "HWIO", "NHWC")
    return (lax.conv_general_dilated(x, k, (1,), [(2, 1)], rhs_dilation=(2,), feature_group_count=2),
            lax.conv_general_dilated(image, depthwise, (1, 1), "SAME", feature_group_count=4, dimension_numbers=dims),
            lax.conv_transpose(image, jnp.ones((2, 2, 4, 3), image.dtype), (2, 2), "VALID", dimension_numbers=dims))


# Functions and types.

@program("special_functions", draw(40, scale=2.0), tolerance=2e-5)
def _(x):
    y = jnp.abs(x) + 0.1
    return (jsp.erf(x), jsp.erfc(x), jsp.erfinv(0.9 * jnp.tanh(x)), jsp.gammaln(y), jsp.digamma(y), jsp.i0e(x), jsp.i1e(x),
            jsp.logit(nn.sigmoid(x)), jsp.xlogy(y, y), jsp.betainc(y, 2.0, 0.4), jsp.gammainc(y, 1.5),
            jsp.zeta(y + 1.1, y), jsp.polygamma(1, y), jsp.ndtri(nn.sigmoid(x)))


@program("elementary_functions_x64", draw(40, dtype=F64, scale=2.0), tolerance=1e-13)
def _(x):
    y = jnp.tanh(x)
    return (jnp.sinh(x), jnp.cosh(x), jnp.arcsin(y), jnp.arccos(y), jnp.arctan(x), jnp.arcsinh(x), jnp.arccosh(1 + x * x),
            jnp.arctanh(y), jnp.cbrt(x), jnp.log1p(x * x), jnp.expm1(x), jnp.tan(x), jnp.arctan2(x, y), jsp.erfinv(y))


@program("complex_functions", draw(24), draw(24), tolerance=1e-5)
def _(re, im):
    z = lax.complex(re, im)
    return (jnp.exp(z), jnp.log(z), jnp.sqrt(z), jnp.sin(z), jnp.tanh(z), z**2.5, jnp.abs(z), jnp.angle(z), z / (z + 1),
            jnp.arcsin(z), jnp.arctan(z), jnp.cosh(z))


@program("integers", RNG.integers(-100, 100, 20).astype(np.int32), RNG.integers(-9, 9, 20).astype(np.int32), tolerance=0)
def _(a, b):
    return (a // b, a % b, a & b, a ^ b, a << (b & 7), a >> (b & 7), lax.population_count(a), lax.clz(a), jnp.abs(a) ** 3,
            jnp.gcd(a, b), a.astype(jnp.int8), a.astype(jnp.uint8), a.astype(jnp.int64) * b)


@program("narrow_types", draw(24, scale=3.0), tolerance=0)
def _(x):
    wide = lambda y: y.astype(jnp.float32)
    eight = [wide(x.astype(t)) for t in (jnp.float8_e4m3fn, jnp.float8_e5m2, jnp.float8_e4m3b11fnuz, jnp.float8_e5m2fnuz)]
    small = jnp.clip(jnp.round(x), -4, 3).astype(jnp.int8).astype(jnp.int4)
    return (*eight, (small + small).astype(jnp.int8), wide(x.astype(jnp.float8_e5m2) * x.astype(jnp.float8_e5m2)))


@program("half_types", draw(24), draw(24), tolerance=1e-2)
def _(x, y):
    out = []
    for t in (jnp.bfloat16, jnp.float16):
        a, b = x.astype(t), y.astype(t)
        out += [a + b, a * b, jnp.exp(a), nn.softmax(a), jnp.sum(a * b), jnp.dot(a, b), nn.gelu(b), lax.rsqrt(jnp.abs(b))]
    return tuple(y.astype(jnp.float32) for y in out)


@program("vmap_jvp_hessian", draw(4), draw(3, 4))
def _(w, xs):
    f = lambda w, x: jnp.sum(jnp.tanh(w * x) ** 2) * jnp.prod(jnp.cos(w))
    return jax.vmap(jax.grad(f), (None, 0))(w, xs), jax.jvp(lambda w: f(w, xs[0]), (w,), (xs[1],)), jax.hessian(f)(w, xs[0])


@program("ode_rk4_x64", draw(6, dtype=F64), tolerance=1e-12)
def _(y):
    def f(y):
        return jnp.roll(y, 1) * (jnp.roll(y, -1) - jnp.roll(y, 2)) - y + 8
    def step(y, _):
        k1 = f(y); k2 = f(y + 0.005 * k1); k3 = f(y + 0.005 * k2); k4 = f(y + 0.01 * k3)
        return y + 0.01 / 6 * (k1 + 2 * k2 + 2 * k3 + k4), jnp.sum(y)
    return lax.scan(step, y, None, length=20)


@program("einsums", draw(2, 3, 4), draw(4, 3, 5), draw(5, 5))
def _(a, b, c):
    return jnp.einsum("ijk,kjl->il", a, b), jnp.einsum("ijk,kjl->jil", a, b), jnp.einsum("ii->i", c), jnp.einsum("ij,ij,jk", c, c, c)


@program("images", draw(1, 5, 5, 2))
def _(x):
    return jax.image.resize(x, (1, 9, 7, 2), "bilinear"), jnp.pad(x, ((0, 0), (1, 2), (2, 1), (0, 0)), mode="reflect"), jnp.flip(x, 1)


# Schur forms and approximate selection.

@program("schur", draw(6, 6), tolerance=1e-4)
def _(a):
    t, z = jsl.schur(a)
    c, w = jsl.schur(a, output="complex")
    return (z @ t @ z.T, z.T @ z, jnp.tril(t, -2), w @ c @ w.conj().T, jnp.tril(c, -1),
            jsl.sqrtm(a @ a.T + jnp.eye(6, dtype=a.dtype)))


@program("schur_x64", draw(7, 7, dtype=F64), tolerance=1e-10)
def _(a):
    t, z = jsl.schur(a)
    return z @ t @ z.T, jnp.sort(jnp.abs(jnp.linalg.eigvals(t))), jsl.sqrtm(a @ a.T + jnp.eye(7))


@program("approx_top_k", draw(4, 30), tolerance=0)
def _(x):
    return *lax.approx_max_k(x, 5), *lax.approx_min_k(x, 3, reduction_dimension=0)


def main():
    for old in [*HERE.glob("*.mlir"), *HERE.glob("*.npz")]:
        old.unlink()
    for name, (function, args, tolerance) in PROGRAMS.items():
        compiled = jax.jit(function, keep_unused=True)
        text = compiled.lower(*args).as_text()
        results = jax.tree.leaves(compiled(*args))
        arrays = {f"arg{i}": a for i, a in enumerate(args)} | {f"out{i}": np.asarray(r) for i, r in enumerate(results)}
        (HERE / f"{name}.mlir").write_text(text)
        np.savez_compressed(HERE / f"{name}.npz", tolerance=np.float64(tolerance), **arrays)
    size = sum(file.stat().st_size for file in HERE.iterdir())
    print(f"{len(PROGRAMS)} programs, {size} bytes")


if __name__ == "__main__":
    main()
