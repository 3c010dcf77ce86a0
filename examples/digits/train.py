"""Trains the digit classifier of this folder and writes every file beside it.

    pip install jax==0.10.2 numpy safetensors scikit-learn
    python train.py

The run is seeded and takes about half a minute on two cores. README.md says what each file holds.
"""

import pathlib

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from safetensors.numpy import save_file
from sklearn.datasets import load_digits

HERE = pathlib.Path(__file__).resolve().parent
SEED = 7
BATCH = 64
TEST_SIZE = 540  # not a multiple of BATCH, so that the last batch has to be padded
EPOCHS = 40
RATE = 2e-3
SHAPES = {
    "conv1_weight": (3, 3, 1, 16),
    "conv1_bias": (16,),
    "conv2_weight": (3, 3, 16, 32),
    "conv2_bias": (32,),
    "hidden_weight": (4 * 4 * 32, 64),
    "hidden_bias": (64,),
    "output_weight": (64, 10),
    "output_bias": (10,),
}


def convolve(x, weight, bias):
    x = lax.conv_general_dilated(x, weight, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return jnp.maximum(x + bias, 0.0)


def classify(
    conv1_weight,
    conv1_bias,
    conv2_weight,
    conv2_bias,
    hidden_weight,
    hidden_bias,
    output_weight,
    output_bias,
    images,
):
    """Logits [N, 10] of images [N, 8, 8] whose pixels lie between 0 and 1."""
    x = images.reshape(images.shape[0], 8, 8, 1)
    x = convolve(x, conv1_weight, conv1_bias)
    x = convolve(x, conv2_weight, conv2_bias)
    x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    x = x.reshape(x.shape[0], -1)
    x = jnp.maximum(x @ hidden_weight + hidden_bias, 0.0)
    return x @ output_weight + output_bias


def initial_parameters():
    """He-normal weights and zero biases."""
    parameters = {}
    for (name, shape), key in zip(SHAPES.items(), jax.random.split(jax.random.key(SEED), len(SHAPES))):
        if len(shape) == 1:
            parameters[name] = jnp.zeros(shape)
        else:
            fan_in = np.prod(shape[:-1])
            parameters[name] = jax.random.normal(key, shape) * np.sqrt(2.0 / fan_in)
    return parameters


def loss(parameters, images, labels):
    log_probabilities = jax.nn.log_softmax(classify(**parameters, images=images))
    return -jnp.mean(jnp.take_along_axis(log_probabilities, labels[:, None], axis=1))


@jax.jit
def adam_step(parameters, mean, square, step, rate, images, labels):
    gradient = jax.grad(loss)(parameters, images, labels)
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradient)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, square, gradient)
    rate = rate * jnp.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    parameters = jax.tree.map(lambda p, m, s: p - rate * m / (jnp.sqrt(s) + 1e-8), parameters, mean, square)
    return parameters, mean, square


def train(images, labels, rng):
    parameters = initial_parameters()
    mean = jax.tree.map(jnp.zeros_like, parameters)
    square = jax.tree.map(jnp.zeros_like, parameters)
    batches = len(images) // BATCH
    steps = EPOCHS * batches
    for step in range(steps):
        if step % batches == 0:
            order = rng.permutation(len(images))
        start = step % batches * BATCH
        batch = order[start : start + BATCH]
        rate = RATE * (1 - step / steps)
        parameters, mean, square = adam_step(parameters, mean, square, step + 1, rate, images[batch], labels[batch])
    return parameters


def correct(parameters, images, labels):
    predicted = np.argmax(np.asarray(classify(**parameters, images=images)), axis=1)
    return f"{np.sum(predicted == labels)} of {len(labels)} ({np.mean(predicted == labels):.2%})"


def export(path):
    """Writes `classify` as StableHLO text, the arguments in the order of the Python function."""
    arguments = [jax.ShapeDtypeStruct(shape, jnp.float32) for shape in SHAPES.values()]
    arguments.append(jax.ShapeDtypeStruct((BATCH, 8, 8), jnp.float32))
    # Debug information carries each argument's name as its location. Without the limit it would also
    # carry the path of this script and a traceback for every operation.
    jax.config.update("jax_traceback_in_locations_limit", 0)
    path.write_text(jax.jit(classify).lower(*arguments).as_text(debug_info=True))


def main():
    digits = load_digits()
    rng = np.random.default_rng(SEED)
    order = rng.permutation(len(digits.target))
    test, training = order[:TEST_SIZE], order[TEST_SIZE:]
    dots = digits.images.astype(np.uint8)
    pixels = (digits.images / 16).astype(np.float32)
    labels = digits.target.astype(np.int32)

    export(HERE / "classifier.mlir")
    parameters = train(pixels[training], labels[training], rng)
    print("train:", correct(parameters, pixels[training], labels[training]))
    print("test: ", correct(parameters, pixels[test], labels[test]))

    save_file({name: np.asarray(value) for name, value in parameters.items()}, HERE / "weights.safetensors")
    np.save(HERE / "train_images.npy", dots[training])
    np.save(HERE / "train_labels.npy", labels[training].astype(np.uint8))
    np.save(HERE / "test_images.npy", pixels[test])
    np.save(HERE / "test_labels.npy", labels[test])


if __name__ == "__main__":
    main()
