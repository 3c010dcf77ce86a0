"""Trains a classifier of handwritten digits with JAX and optax, on whatever device JAX is pointed at.

    pip install ./python/jax-runahead optax
    JAX_PLATFORMS=runahead python examples/jax/train_digits.py

The images are those of `examples/digits`, whose README says where they come from.
"""

import argparse
import functools
import pathlib
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

DIGITS = pathlib.Path(__file__).resolve().parent.parent / "digits"
BATCH = 64
OPTIMIZER = optax.adamw(optax.cosine_decay_schedule(3e-3, 8 * 19))


def digits():
    """Images of pixels from 0 to 1 and their digits, to train with and to test with."""
    images = np.load(DIGITS / "train_images.npy").astype(np.float32) / 16
    labels = np.load(DIGITS / "train_labels.npy").astype(np.int32)
    return (images, labels), (np.load(DIGITS / "test_images.npy"), np.load(DIGITS / "test_labels.npy"))


def classify(parameters, images):
    """Logits [N, 10] of images [N, 8, 8]."""
    x = images[..., None]
    for weight, bias in parameters["convolutions"]:
        x = jax.lax.conv_general_dilated(x, weight, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + bias)
    x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    x = x.reshape(x.shape[0], -1)
    (hidden, hidden_bias), (output, output_bias) = parameters["layers"]
    return jax.nn.relu(x @ hidden + hidden_bias) @ output + output_bias


@jax.jit
def initial(key):
    """Fresh parameters and the optimiser's state for them."""

    def layer(key, *shape):
        fan_in = np.prod(shape[:-1])
        return jax.random.normal(key, shape) * np.sqrt(2.0 / fan_in), jnp.zeros(shape[-1])

    keys = jax.random.split(key, 4)
    parameters = {
        "convolutions": [layer(keys[0], 3, 3, 1, 16), layer(keys[1], 3, 3, 16, 32)],
        "layers": [layer(keys[2], 4 * 4 * 32, 64), layer(keys[3], 64, 10)],
    }
    return parameters, OPTIMIZER.init(parameters)


@functools.partial(jax.jit, donate_argnums=(0, 1))
def step(parameters, state, images, labels):
    """A step of training: the new parameters and state, in the memory of the old, and the loss."""

    def loss(parameters):
        logits = classify(parameters, images)
        return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()

    loss, gradients = jax.value_and_grad(loss)(parameters)
    updates, state = OPTIMIZER.update(gradients, state, parameters)
    return optax.apply_updates(parameters, updates), state, loss


@jax.jit
def accuracy(parameters, images, labels):
    return (classify(parameters, images).argmax(-1) == labels).mean()


def train(epochs, seed=0):
    """Trains; gives the parameters and the loss of each step, none of which is waited for."""
    (images, labels), _ = digits()
    parameters, state = initial(jax.random.key(seed))
    order, losses = np.random.default_rng(seed), []
    for _ in range(epochs):
        shuffled = order.permutation(len(images))
        for start in range(0, len(images) - BATCH + 1, BATCH):
            batch = shuffled[start : start + BATCH]
            parameters, state, loss = step(parameters, state, images[batch], labels[batch])
            losses.append(loss)
    return parameters, losses


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--epochs", type=int, default=8)
    epochs = arguments.parse_args().epochs
    print(f"training on {jax.devices()[0]}")
    start = time.perf_counter()
    parameters, losses = train(epochs)
    losses = np.array(jax.block_until_ready(losses))
    for epoch, mean in enumerate(losses.reshape(epochs, -1).mean(1)):
        print(f"epoch {epoch + 1}: loss {mean:.4f}")
    _, test = digits()
    print(f"{len(losses)} steps in {time.perf_counter() - start:.2f} s")
    print(f"accuracy {100 * accuracy(parameters, *test):.2f}% on images that it was not trained with")


if __name__ == "__main__":
    main()
