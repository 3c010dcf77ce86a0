"""The digits' classifier learns the same on both."""

import pathlib
import sys

import jax
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "examples" / "jax"))

import train_digits  # noqa: E402


def losses(device, epochs):
    with jax.default_device(device):
        parameters, losses = train_digits.train(epochs)
        _, test = train_digits.digits()
        assert losses[-1].devices() == {device}
        return np.array(losses), float(train_digits.accuracy(parameters, *test))


def test_the_loss_falls_alike(cpu, device):
    expected, expected_accuracy = losses(cpu, 3)
    found, accuracy = losses(device, 3)
    # What differs in the last place grows with the steps.
    np.testing.assert_allclose(found[:10], expected[:10], rtol=1e-4)
    np.testing.assert_allclose(found, expected, rtol=0.05, atol=0.02)
    assert accuracy > 0.9 and abs(accuracy - expected_accuracy) < 0.02
