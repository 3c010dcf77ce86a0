"""Makes the arrays that the operations on tensors are compared with: `python make.py`, with jax 0.10.2.

For each case there are arrays `CASE/in0`, …, `CASE/out0`, … in `ops.npz`. Where inputs and outputs are of floats, there
are in `derivatives.npz` tangents of those inputs (`CASE/along0`, …), the outputs' tangents that follow (`CASE/change0`, …),
cotangents of those outputs (`CASE/weight0`, …), and the inputs' cotangents that follow (`CASE/gradient0`, …).
"""

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
random = np.random.default_rng(7)
arrays = {}
derivatives = {}
directions = np.random.default_rng(8)


def normal(*dims, dtype=np.float32):
    return random.standard_normal(dims).astype(dtype)


def uniform(low, high, *dims):
    return random.uniform(low, high, dims).astype(np.float32)


def integers(low, high, *dims, dtype=np.int32):
    return random.integers(low, high, dims).astype(dtype)


def case(name, function, *inputs):
    outputs = function(*inputs)
    outputs = outputs if isinstance(outputs, (tuple, list)) else (outputs,)
    for kind, values in (("in", inputs), ("out", outputs)):
        for i, value in enumerate(values):
            arrays[f"{name}/{kind}{i}"] = np.asarray(value)
    differentiate(name, function, inputs)


def differentiate(name, function, inputs):
    floats = [i for i, x in enumerate(inputs) if jnp.result_type(x) == np.float32]
    if not floats:
        return

    def of_floats(*values):
        filled = [jnp.asarray(x) for x in inputs]
        for i, value in zip(floats, values):
            filled[i] = value
        outputs = function(*filled)
        outputs = outputs if isinstance(outputs, (tuple, list)) else (outputs,)
        return [y for y in outputs if jnp.asarray(y).dtype == np.float32]

    at = [jnp.asarray(inputs[i]) for i in floats]
    values = of_floats(*at)
    if not values:
        return
    direction = lambda x: directions.standard_normal(np.shape(x)).astype(np.float32)
    along, weights = [direction(x) for x in at], [direction(y) for y in values]
    changes = jax.jvp(of_floats, at, along)[1]
    gradients = jax.vjp(of_floats, *at)[1](weights)
    for kind, values in (("along", along), ("change", changes), ("weight", weights), ("gradient", gradients)):
        for i, value in enumerate(values):
            derivatives[f"{name}/{kind}{i}"] = np.asarray(value)


for name in "abs cbrt ceil cos exp expm1 floor negate round sigmoid sign sin tan tanh asinh atan cosh sinh erf erfc".split():
    function = {"negate": jnp.negative, "sigmoid": jax.nn.sigmoid, "erf": jax.scipy.special.erf,
                "erfc": jax.scipy.special.erfc, "asinh": jnp.arcsinh, "atan": jnp.arctan}.get(name) or getattr(jnp, name)
    case(name, function, normal(3, 5) * 2)
for name in "log log1p rsqrt sqrt lgamma digamma".split():
    function = {"rsqrt": jax.lax.rsqrt, "lgamma": jax.lax.lgamma, "digamma": jax.lax.digamma}.get(name) or getattr(jnp, name)
    case(name, function, uniform(0.1, 5, 3, 5))
for name in "acos asin atanh erf_inv".split():
    function = {"acos": jnp.arccos, "asin": jnp.arcsin, "atanh": jnp.arctanh, "erf_inv": jax.lax.erf_inv}[name]
    case(name, function, uniform(-0.9, 0.9, 3, 5))
case("acosh", jnp.arccosh, uniform(1, 5, 3, 5))
case("square", jnp.square, normal(3, 5))
for name in "add subtract multiply divide maximum minimum atan2".split():
    case(name, {"atan2": jnp.arctan2}.get(name) or getattr(jnp, name), normal(4, 1, 3), normal(2, 1))
case("power", jnp.power, uniform(0.1, 3, 4, 3), normal(3))
case("remainder", jax.lax.rem, normal(4, 3) * 5, normal(4, 3))
case("select", jnp.where, normal(4, 1) > 0, normal(4, 3), normal(3))
case("clamp", lambda x: jnp.clip(x, -0.5, 0.5), normal(10))
case("cast", lambda x: x.astype(np.int32), normal(10) * 5)

case("matmul", jnp.matmul, normal(5, 7), normal(7, 3))
case("matmul_vectors", jnp.matmul, normal(7), normal(7))
case("matmul_row", jnp.matmul, normal(7), normal(2, 7, 3))
case("matmul_column", jnp.matmul, normal(2, 5, 7), normal(7))
case("matmul_batched", jnp.matmul, normal(4, 1, 5, 7), normal(3, 7, 2))
case("matmul_one_for_all", jnp.matmul, normal(4, 2, 5, 7), normal(7, 2))

case("permute", lambda x: x.transpose(2, 0, 1), normal(2, 3, 4))
case("transpose", lambda x: x.swapaxes(-1, 0), normal(2, 3, 4))
case("broadcast", lambda x: jnp.broadcast_to(x, (2, 4, 3)), normal(4, 1))
case("concat", lambda *xs: jnp.concatenate(xs, 1), normal(2, 3), normal(2, 1), normal(2, 4))
case("stack", lambda *xs: jnp.stack(xs, -1), normal(2, 3), normal(2, 3))
case("split", lambda x: jnp.split(x, [1, 4], 1), normal(2, 5))
case("chunk", lambda x: jnp.array_split(x, 3, 0), normal(8, 2))
case("narrow", lambda x: x[:, 1:4], normal(2, 5))
case("slice", lambda x: x[0:2, 1:5:2], normal(3, 5))
case("flip", lambda x: x[::-1, :, ::-1], normal(2, 3, 4))
case("pad", lambda x: jnp.pad(x, ((1, 0), (2, 3)), constant_values=1.5), normal(2, 3))
case("squeeze", lambda x: x.squeeze((0, 2)), normal(1, 3, 1, 4))
case("unsqueeze", lambda x: x[:, None], normal(3, 4))

for name in "sum prod max min mean".split():
    case(name, lambda x, f=getattr(jnp, name): f(x, (0, 2)), normal(3, 4, 5))
case("mean_keep", lambda x: jnp.mean(x, 1, keepdims=True), normal(3, 4, 5))
case("sum_all", jnp.sum, normal(3, 4))
case("any", lambda x: jnp.any(x > 1.5, 1), normal(6, 4))
case("all", lambda x: jnp.all(x > -0.7, 1), normal(6, 4))
nan = normal(6, 4)
nan[2, 1] = nan[2, 3] = np.nan
case("argmax", lambda x: jnp.argmax(x, 1), nan)
case("argmin", lambda x: jnp.argmin(x, 0), nan)
case("argmax_integers", lambda x: jnp.argmax(x, 1), integers(0, 3, 6, 9))
case("sort", lambda x: (jnp.sort(x, 1), jnp.argsort(x, 1, stable=True)), integers(0, 9, 4, 7).astype(np.float32))
case("top_k", lambda x: (lambda v, i: (v, i.astype(np.int64)))(*jax.lax.top_k(x, 3)), normal(4, 7))
case("cumsum", lambda x: jnp.cumsum(x, 1), normal(4, 7))

case("relu", jax.nn.relu, normal(4, 7))
case("gelu", lambda x: jax.nn.gelu(x, approximate=False), normal(4, 7))
case("silu", jax.nn.silu, normal(4, 7))
case("softmax", lambda x: jax.nn.softmax(x, 0), normal(4, 7))
case("log_softmax", lambda x: jax.nn.log_softmax(x, -1), normal(4, 7) * 20)
case("logsumexp", lambda x: jax.scipy.special.logsumexp(x, 1), normal(4, 7) * 20)


def normalized(x, axes, epsilon):
    return (x - x.mean(axes, keepdims=True)) * jax.lax.rsqrt(x.var(axes, keepdims=True) + epsilon)


case("layer_norm", lambda x, w, b: normalized(x, -1, 1e-5) * w + b, normal(3, 4, 8), normal(8), normal(8))
case("rms_norm", lambda x, w: x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-6) * w, normal(3, 8), normal(8))
per_channel = lambda x: x[:, None, None]
case("batch_norm", lambda x, m, v, w, b: (x - per_channel(m)) * jax.lax.rsqrt(per_channel(v) + 1e-5) * per_channel(w)
     + per_channel(b), normal(2, 3, 4, 5), normal(3), uniform(0.5, 2, 3), normal(3), normal(3))
case("group_norm", lambda x, w, b: normalized(x.reshape(2, 2, -1), -1, 1e-5).reshape(x.shape) * per_channel(w)
     + per_channel(b), normal(2, 6, 3, 3), normal(6), normal(6))

case("index_select", lambda x, i: jnp.take(x, i, 1), normal(2, 5, 3), integers(0, 5, 2, 4))
case("embedding", lambda table, i: table[i], normal(10, 4), integers(0, 10, 2, 3, dtype=np.int64))
case("take_along", lambda x, i: jnp.take_along_axis(x, i, 1), normal(3, 5), integers(0, 5, 3, 2))
case("scatter_add", lambda x, i, u: jnp.asarray(x).at[:, i].add(u), normal(2, 5), integers(0, 5, 7), normal(2, 7))
case("one_hot", lambda i: jax.nn.one_hot(i, 4, dtype=np.float32), integers(0, 4, 2, 3))
case("mse", lambda p, t: jnp.mean((p - t) ** 2), normal(4, 3), normal(4, 3))
case("cross_entropy", lambda x, i: -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(x), i[:, None], 1)),
     normal(6, 5), integers(0, 5, 6))



def attention(q, k, v, mask=None, causal=False):
    k, v = (jnp.repeat(x, q.shape[1] // x.shape[1], axis=1) for x in (k, v))
    scores = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]).astype(np.float32)
    if mask is not None:
        scores = jnp.where(mask, scores, -np.inf) if mask.dtype == bool else scores + mask
    if causal:
        n, m = scores.shape[-2:]
        scores = jnp.where(np.arange(n)[:, None] + m - n >= np.arange(m), scores, -np.inf)
    return jax.nn.softmax(scores) @ v


case("attention", attention, normal(2, 4, 5, 8), normal(2, 4, 6, 8), normal(2, 4, 6, 3), normal(5, 6))
mask = random.random((2, 1, 5, 6)) > 0.4
mask[..., 0] = True
case("attention_masked", attention, normal(2, 4, 5, 8), normal(2, 2, 6, 8), normal(2, 2, 6, 8), mask)
case("attention_causal", lambda q, k, v: attention(q, k, v, causal=True), normal(1, 4, 5, 8), normal(1, 1, 7, 8), normal(1, 1, 7, 8))


def rotary(x, first, base):
    half = x.shape[-1] // 2
    angles = (np.arange(x.shape[-2]) + first)[:, None] * base ** (-np.arange(half) / half)
    low, high = x[..., :half], x[..., half:]
    return jnp.concatenate([low * np.cos(angles) - high * np.sin(angles), high * np.cos(angles) + low * np.sin(angles)],
                          -1).astype(np.float32)


case("rotary_embedding", lambda x: rotary(x, 3, 10000.0), normal(2, 6, 8))
case("lora", lambda x, w, a, b: x @ w + 0.5 * ((x @ a) @ b), normal(4, 8), normal(8, 6), normal(8, 2), normal(2, 6))


def convolution(x, kernel, stride, padding, dilation, groups):
    spatial = x.ndim - 2
    return jax.lax.conv_general_dilated(x, kernel, (stride,) * spatial, [(padding, padding)] * spatial,
                                        rhs_dilation=(dilation,) * spatial, feature_group_count=groups)


case("conv1d", lambda x, k: convolution(x, k, 2, 1, 2, 1), normal(2, 3, 11), normal(4, 3, 3))
case("conv2d", lambda x, k: convolution(x, k, 1, 1, 1, 2), normal(2, 4, 6, 5), normal(6, 2, 3, 3))


def transposed(x, kernel, stride, padding, dilation, groups):
    """By its definition: the gradient of the convolution with respect to its input."""
    sizes = [(n - 1) * stride - 2 * padding + dilation * (k - 1) + 1 for n, k in zip(x.shape[2:], kernel.shape[2:])]
    start = np.zeros((x.shape[0], kernel.shape[1] * groups, *sizes), np.float32)
    return jax.vjp(lambda y: convolution(y, kernel, stride, padding, dilation, groups), start)[1](x)[0]


case("conv_transpose1d", lambda x, k: transposed(x, k, 2, 1, 1, 1), normal(2, 3, 5), normal(3, 4, 3))
case("conv_transpose2d", lambda x, k: transposed(x, k, 2, 1, 2, 2), normal(2, 4, 4, 3), normal(4, 3, 3, 3))
case("max_pool", lambda x: jax.lax.reduce_window(x, -np.inf, jax.lax.max, (1, 1, 3, 2), (1, 1, 2, 2), "VALID"),
     normal(2, 3, 7, 6))
case("avg_pool", lambda x: jax.lax.reduce_window(x, 0.0, jax.lax.add, (1, 1, 2), (1, 1, 2), "VALID") / 2, normal(2, 3, 8))

case("einsum_batched", lambda *xs: jnp.einsum("bij,bjk->bki", *xs), normal(2, 3, 4), normal(2, 4, 5))
case("einsum_diagonal", lambda *xs: jnp.einsum("iij,j->i", *xs), normal(3, 3, 4), normal(4))
case("einsum_chain", lambda *xs: jnp.einsum("ab,bc,cd", *xs), normal(2, 3), normal(3, 4), normal(4, 5))
case("einsum_rest", lambda *xs: jnp.einsum("...ij,...j->i...", *xs), normal(2, 3, 4, 5), normal(2, 3, 5))
case("einsum_outer", lambda *xs: jnp.einsum("i,j->ji", *xs), normal(3), normal(4))
case("tril", lambda x: jnp.tril(x, 1), normal(2, 4, 5))
case("triu", lambda x: jnp.triu(x, -1), normal(4, 3))
root = normal(2, 4, 4)
case("cholesky", jnp.linalg.cholesky, root @ root.swapaxes(1, 2) + 4 * np.eye(4, dtype=np.float32))
case("triangular_solve", lambda a, b: jax.lax.linalg.triangular_solve(a, b, left_side=True, lower=True),
     np.tril(normal(2, 4, 4)) + 3 * np.eye(4, dtype=np.float32), normal(2, 4, 3))


def svd(x):
    u, s, vt = jnp.linalg.svd(x, full_matrices=False)
    return jnp.abs(u), s, jnp.abs(vt)


def eigh(x):
    w, v = jnp.linalg.eigh(x)
    return w, jnp.abs(v)


case("svd", svd, normal(2, 5, 3))
case("svd_wide", svd, normal(3, 4))
case("eigh", eigh, normal(2, 4, 4))
case("qr", jnp.linalg.qr, normal(2, 5, 3))
case("solve", jnp.linalg.solve, normal(2, 4, 4), normal(4, 3))


def of_complex(function):
    """A function of complex matrices, as one of their real and imaginary parts."""
    def parts(*xs):
        outputs = function(*[jax.lax.complex(re, im) for re, im in zip(xs[::2], xs[1::2])])
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        return [part for y in outputs for part in ((y.real, y.imag) if jnp.iscomplexobj(y) else (y,))]
    return parts


case("svd_complex", of_complex(svd), normal(4, 3), normal(4, 3))
case("eigh_complex", of_complex(eigh), normal(3, 3), normal(3, 3))
case("qr_complex", of_complex(lambda x: tuple(jnp.linalg.qr(x))), normal(4, 3), normal(4, 3))
case("solve_complex", of_complex(jnp.linalg.solve), normal(3, 3), normal(3, 3), normal(3, 2), normal(3, 2))

np.savez_compressed("ops.npz", **arrays)
np.savez_compressed("derivatives.npz", **derivatives)
print(len({name.split("/")[0] for name in arrays}), "cases")
