"""Makes the arrays that layers and optimisers are compared with: `python make.py`, with jax 0.10.2 and optax 0.2.8.

For each layer there are arrays `CASE/in0`, …, parameters `CASE/p/NAME`, and `CASE/out0`, … in `layers.npz`, with the
gradients `CASE/gp/NAME` and `CASE/gx/INPUT` of the sum of outputs that are weighted by `CASE/w/OUTPUT`; for each optimiser
`CASE/p/NAME`, gradients `CASE/g/STEP/NAME` and parameters after each step `CASE/after/STEP/NAME` in `optimisers.npz`, with a
training of a network in `training/…` and rates in `schedule/NAME`.
"""

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax

random = np.random.default_rng(11)
arrays = {}


def normal(*dims):
    return random.standard_normal(dims).astype(np.float32)


def integers(low, high, *dims):
    return random.integers(low, high, dims).astype(np.int32)


def case(name, function, parameters, *inputs):
    outputs = function(parameters, *inputs)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    for kind, values in (("in", inputs), ("out", outputs)):
        for i, value in enumerate(values):
            arrays[f"{name}/{kind}{i}"] = np.asarray(value)
    for key, value in parameters.items():
        arrays[f"{name}/p/{key}"] = np.asarray(value)
    differentiate(name, function, parameters, inputs, outputs)


def differentiate(name, function, parameters, inputs, outputs):
    """Gradients of the outputs' sum, weighted, by parameters and inputs."""
    weights = [normal(*y.shape) if y.dtype == np.float32 else None for y in outputs]

    def is_float(x):
        return np.asarray(x).dtype == np.float32

    def loss(p, x):
        x = [x.get(i, given) for i, given in enumerate(inputs)]
        y = function(parameters | p, *x)
        y = y if isinstance(y, tuple) else (y,)
        return sum((y * w).sum() for y, w in zip(y, weights) if w is not None)

    p = {key: value for key, value in parameters.items() if is_float(value)}
    x = {i: value for i, value in enumerate(inputs) if is_float(value)}
    by_parameter, by_input = jax.grad(loss, (0, 1))(p, x)
    for i, weight in enumerate(weights):
        if weight is not None:
            arrays[f"{name}/w/{i}"] = weight
    for kind, gradients in (("gp", by_parameter), ("gx", by_input)):
        for key, value in gradients.items():
            arrays[f"{name}/{kind}/{key}"] = np.asarray(value)


def part(parameters, name):
    return {key[len(name) + 1 :]: value for key, value in parameters.items() if key.startswith(name + ".")}


def linear(p, x):
    y = jnp.matmul(x, p["weight"].T, precision="highest")
    return y + p["bias"] if "bias" in p else y


def linears(name, inputs, outputs, bias=True):
    p = {f"{name}.weight": normal(outputs, inputs) / np.float32(np.sqrt(inputs))}
    return p | ({f"{name}.bias": normal(outputs)} if bias else {})


def layer_norm(p, x, epsilon=1e-5):
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(variance + epsilon) * p["weight"] + p["bias"]


def rms_norm(p, x, epsilon=1e-5):
    return x / jnp.sqrt((x * x).mean(-1, keepdims=True) + epsilon) * p["weight"]


def convolution(stride, padding, dilation, groups):
    def apply(p, x):
        spatial = x.ndim - 2
        y = lax.conv_general_dilated(x, p["weight"], [stride] * spatial, [(padding, padding)] * spatial,
                                     rhs_dilation=[dilation] * spatial, feature_group_count=groups, precision="highest")
        return y + p["bias"].reshape(-1, *[1] * spatial)
    return apply


case("linear", linear, {"weight": normal(4, 3), "bias": normal(4)}, normal(2, 5, 3))
case("linear_without_bias", linear, {"weight": normal(4, 3)}, normal(2, 3))
case("embedding", lambda p, i: p["weight"][i], {"weight": normal(7, 3)}, integers(0, 7, 2, 4))
case("conv1d", convolution(2, 1, 2, 1), {"weight": normal(5, 3, 3), "bias": normal(5)}, normal(2, 3, 9))
case("conv2d", convolution(2, 1, 1, 2), {"weight": normal(6, 2, 3, 3), "bias": normal(6)}, normal(2, 4, 7, 8))
case("layer_norm", layer_norm, {"weight": normal(6), "bias": normal(6)}, normal(3, 2, 6))
case("rms_norm", rms_norm, {"weight": normal(6)}, normal(3, 2, 6))


def batch_norm(p, x):
    shape = (1, -1) + (1,) * (x.ndim - 2)
    mean, variance = p["running_mean"].reshape(shape), p["running_var"].reshape(shape)
    return (x - mean) / jnp.sqrt(variance + 1e-5) * p["weight"].reshape(shape) + p["bias"].reshape(shape)


def batch_norm_training(p, x):
    """As PyTorch does: by the batch's biased variance, while the running one follows the unbiased."""
    axes = tuple(axis for axis in range(x.ndim) if axis != 1)
    mean, variance = x.mean(axes), x.var(axes)
    y = batch_norm(p | {"running_mean": mean, "running_var": variance}, x)
    unbiased = x.var(axes, ddof=1)
    return y, 0.9 * p["running_mean"] + 0.1 * mean, 0.9 * p["running_var"] + 0.1 * unbiased


def channels(count):
    return {"weight": normal(count), "bias": normal(count), "running_mean": normal(count),
            "running_var": np.abs(normal(count)) + 0.5}


case("batch_norm", batch_norm, channels(3), normal(4, 3, 5, 2))
case("batch_norm_training", batch_norm_training, channels(3), normal(4, 3, 5, 2))
case("batch_norm_vectors", batch_norm_training, channels(3), normal(6, 3))


def dropout(p, x):
    state, bits = lax.rng_bit_generator(p["generator"], x.shape, np.uint32, lax.RandomAlgorithm.RNG_THREE_FRY)
    uniform = lax.bitcast_convert_type((bits >> 9) | np.uint32(0x3F800000), np.float32) - 1
    return jnp.where(uniform >= 0.3, x * np.float32(1 / 0.7), 0), state


with jax.enable_x64(True):
    case("dropout", dropout, {"generator": np.array([1234567890123, 5], np.uint64)}, normal(7, 9))


def lora(p, x):
    low = jnp.matmul(x, p["lora_a"].T, precision="highest")
    return linear(p, x) + 8 / 2 * jnp.matmul(low, p["lora_b"].T, precision="highest")


case("lora", lora, {"weight": normal(5, 6), "bias": normal(5), "lora_a": normal(2, 6), "lora_b": normal(5, 2)}, normal(3, 6))


def rotary(x, base):
    length, size = x.shape[-2:]
    angles = np.arange(length)[:, None] * base ** (-2 * np.arange(size // 2) / size)
    cos, sin = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
    low, high = x[..., : size // 2], x[..., size // 2 :]
    return jnp.concatenate([low * cos - high * sin, high * cos + low * sin], -1)


def attention(heads, shared, causal=False, base=None):
    def apply(p, x, context=None, mask=None):
        context = x if context is None else context
        size = x.shape[-1] // heads

        def split(y, count):
            return y.reshape(y.shape[0], y.shape[1], count, size).transpose(0, 2, 1, 3)

        q = split(linear(part(p, "q_proj"), x), heads)
        k = split(linear(part(p, "k_proj"), context), shared)
        v = split(linear(part(p, "v_proj"), context), shared)
        if base:
            q, k = rotary(q, base), rotary(k, base)
        k, v = jnp.repeat(k, heads // shared, 1), jnp.repeat(v, heads // shared, 1)
        scores = jnp.einsum("bhqs,bhks->bhqk", q, k, precision="highest") / np.sqrt(size)
        if mask is not None:
            scores = jnp.where(mask, scores, -jnp.inf)
        if causal:
            scores = jnp.where(np.tri(*scores.shape[-2:], dtype=bool), scores, -jnp.inf)
        found = jnp.einsum("bhqk,bhks->bhqs", jax.nn.softmax(scores, -1), v, precision="highest")
        return linear(part(p, "out_proj"), found.transpose(0, 2, 1, 3).reshape(x.shape))
    return apply


def projections(size, shared, prefix="", bias=True):
    p = linears(prefix + "q_proj", size, size, bias) | linears(prefix + "k_proj", size, shared, bias)
    return p | linears(prefix + "v_proj", size, shared, bias) | linears(prefix + "out_proj", size, size, bias)


mask = random.random((5, 5)) < 0.7
mask |= np.eye(5, dtype=bool)
case("attention", attention(4, 2, True, 10_000.0), projections(16, 8), normal(2, 5, 16))
case("attention_masked", lambda p, x, m: attention(2, 2)(p, x, mask=m), projections(8, 8, bias=False), normal(2, 5, 8), mask)
case("attention_across", attention(2, 2), projections(8, 8), normal(2, 3, 8), normal(2, 5, 8))


def gelu_block(p, x):
    x = x + attention(2, 2, True)(part(p, "attention"), layer_norm(part(p, "attention_norm"), x))
    hidden = jax.nn.gelu(linear(part(p, "up"), layer_norm(part(p, "feed_forward_norm"), x)), approximate=False)
    return x + linear(part(p, "down"), hidden)


def gated_block(p, x):
    x = x + attention(4, 2, True, 500.0)(part(p, "attention"), rms_norm(part(p, "attention_norm"), x))
    y = rms_norm(part(p, "feed_forward_norm"), x)
    return x + linear(part(p, "down"), jax.nn.silu(linear(part(p, "gate"), y)) * linear(part(p, "up"), y))


def norms(size, bias):
    p = {f"{name}.weight": normal(size) for name in ("attention_norm", "feed_forward_norm")}
    return p | ({f"{name}.bias": normal(size) for name in ("attention_norm", "feed_forward_norm")} if bias else {})


case("block_gelu", gelu_block, norms(8, True) | projections(8, 8, "attention.") | linears("up", 8, 32) | linears("down", 32, 8),
     normal(2, 5, 8))
case("block_gated", gated_block,
     norms(16, False) | projections(16, 8, "attention.", False) | linears("up", 16, 24, False)
     | linears("gate", 16, 24, False) | linears("down", 24, 16, False), normal(2, 5, 16))


def gates(count, inputs, hidden):
    return {"weight_ih_l0": normal(count * hidden, inputs), "weight_hh_l0": normal(count * hidden, hidden) / 2,
            "bias_ih_l0": normal(count * hidden), "bias_hh_l0": normal(count * hidden)}


def of(p, kind, x):
    return linear({"weight": p[f"weight_{kind}_l0"], "bias": p[f"bias_{kind}_l0"]}, x)


def gru(p, x, h):
    outputs = []
    for t in range(x.shape[1]):
        i_r, i_z, i_n = jnp.split(of(p, "ih", x[:, t]), 3, -1)
        h_r, h_z, h_n = jnp.split(of(p, "hh", h), 3, -1)
        r, z = jax.nn.sigmoid(i_r + h_r), jax.nn.sigmoid(i_z + h_z)
        h = (1 - z) * jnp.tanh(i_n + r * h_n) + z * h
        outputs.append(h)
    return jnp.stack(outputs, 1), h


def lstm(p, x, h, c):
    outputs = []
    for t in range(x.shape[1]):
        i, f, g, o = jnp.split(of(p, "ih", x[:, t]) + of(p, "hh", h), 4, -1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        outputs.append(h)
    return jnp.stack(outputs, 1), h, c


zeros = np.zeros((2, 4), np.float32)
case("gru", lambda p, x: gru(p, x, zeros)[0], gates(3, 3, 4), normal(2, 6, 3))
case("gru_state", gru, gates(3, 3, 4), normal(2, 6, 3), normal(2, 4))
case("lstm", lambda p, x: lstm(p, x, zeros, zeros)[0], gates(4, 3, 4), normal(2, 6, 3))
case("lstm_state", lstm, gates(4, 3, 4), normal(2, 6, 3), normal(2, 4), normal(2, 4))
case("sequential", lambda p, x: linear(part(p, "1"), jax.nn.relu(linear(part(p, "0"), x))),
     linears("0", 3, 5) | linears("1", 5, 2), normal(4, 3))
np.savez_compressed("layers.npz", **arrays)

arrays = {}


def optimiser(name, transform, steps=6):
    parameters = {"a": normal(2, 3), "b": normal(4)}
    for key, value in parameters.items():
        arrays[f"{name}/p/{key}"] = value
    state = transform.init(parameters)
    for step in range(steps):
        gradients = {"a": normal(2, 3), "b": normal(4)}
        updates, state = transform.update(gradients, state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        for key in parameters:
            arrays[f"{name}/g/{step}/{key}"] = gradients[key]
            arrays[f"{name}/after/{step}/{key}"] = np.asarray(parameters[key])


optimiser("sgd", optax.sgd(0.1))
optimiser("sgd_momentum", optax.sgd(0.1, momentum=0.9))
optimiser("sgd_nesterov", optax.chain(optax.add_decayed_weights(0.05), optax.sgd(0.1, momentum=0.9, nesterov=True)))
optimiser("adamw", optax.adamw(0.05, weight_decay=0.02))
optimiser("adam_scheduled", optax.adam(optax.cosine_decay_schedule(0.1, 5), b1=0.8, b2=0.99, eps=1e-6))
optimiser("clipped_by_norm", optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(0.5)))
optimiser("clipped_by_value", optax.chain(optax.clip(0.4), optax.sgd(0.5)))

schedules = {
    "linear": optax.linear_schedule(0.5, 0.1, 20),
    "cosine": optax.cosine_decay_schedule(0.5, 20, alpha=0.2),
    "exponential": optax.exponential_decay(0.5, 7, 0.5),
    "step": optax.exponential_decay(0.5, 7, 0.5, staircase=True),
    "piecewise": optax.piecewise_constant_schedule(0.5, {5: 0.5, 12: 0.1}),
    "warmup": optax.warmup_cosine_decay_schedule(0.05, 0.5, 6, 26, 0.1),
}
def network(p, x):
    """Logits, and the running statistics after them."""
    y, mean, variance = batch_norm_training(part(p, "norm"), linear(part(p, "first"), x))
    return linear(part(p, "second"), jax.nn.relu(y)), {"norm.running_mean": mean, "norm.running_var": variance}


def training(steps=5):
    state = {f"norm.{key}": value for key, value in channels(8).items()} | linears("first", 4, 8, False) | linears("second", 8, 3)
    for key, value in state.items():
        arrays[f"training/p/{key}"] = value
    running = {key: value for key, value in state.items() if "running" in key}
    learned = {key: value for key, value in state.items() if "running" not in key}

    def loss(learned, running, x, labels):
        logits, running = network(learned | running, x)
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1)), running

    transform = optax.chain(optax.clip_by_global_norm(0.5), optax.adamw(0.05, weight_decay=0.01))
    kept = transform.init(learned)
    for step in range(steps):
        x, labels = normal(16, 4), integers(0, 3, 16)
        (value, running), gradients = jax.value_and_grad(loss, has_aux=True)(learned, running, x, labels)
        updates, kept = transform.update(gradients, kept, learned)
        learned = optax.apply_updates(learned, updates)
        for key, array in (("x", x), ("labels", labels), ("loss", value)):
            arrays[f"training/{key}/{step}"] = np.asarray(array)
    for key, value in (learned | running).items():
        arrays[f"training/after/{key}"] = np.asarray(value)


training()
with jax.enable_x64(True):
    for name, schedule in schedules.items():
        arrays[f"schedule/{name}"] = np.array([schedule(step) for step in range(30)], np.float64)
np.savez_compressed("optimisers.npz", **arrays)
