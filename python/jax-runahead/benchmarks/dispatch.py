"""What a call of a small compiled program costs on Runahead and on JAX's own CPU backend, side by side.

    python benchmarks/dispatch.py [--json]

For each program: to submit it (`call`), and to submit it and have its value (`value`). Rounds alternate between the two
backends, and the medians of the rounds are given, in microseconds.
"""

import argparse
import json
import os
import pathlib
import sys
import time

os.environ["JAX_PLATFORMS"] = "cpu,runahead"
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

import jax_runahead  # noqa: E402

jax_runahead.initialize()

PROGRAMS = {
    "add_4": (lambda x: x + 1, (4,)),
    "add_1024": (lambda x: x + 1, (1024,)),
    "softmax_64": (lambda x: jax.nn.softmax(x), (64,)),
    "matmul_16": (lambda x: x @ x, (16, 16)),
    "ten_operations": (lambda x: jnp.sin(jnp.exp(-x * x) + x).sum() * x - x / 2 + jnp.tanh(x), (32,)),
    "ten_results": (lambda x: [x + i for i in range(10)], (4,)),
}
ROUNDS, CALLS = 15, 1000


def call(function, x):
    start = time.perf_counter()
    for _ in range(CALLS):
        y = function(x)
    taken = time.perf_counter() - start
    jax.block_until_ready(y)
    return taken


def value(function, x):
    start = time.perf_counter()
    for _ in range(CALLS):
        jax.block_until_ready(function(x))
    return time.perf_counter() - start


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--json", action="store_true")
    as_json = arguments.parse_args().json
    devices = {name: jax.devices(name)[0] for name in ("cpu", "runahead")}
    for name, (function, shape) in PROGRAMS.items():
        compiled = jax.jit(function)
        inputs = {on: jax.device_put(np.ones(shape, np.float32), device) for on, device in devices.items()}
        taken = {(on, what.__name__): [] for on in devices for what in (call, value)}
        for on in devices:
            call(compiled, inputs[on])
        for _ in range(ROUNDS):
            for on in devices:
                for what in (call, value):
                    taken[on, what.__name__].append(what(compiled, inputs[on]))
        micros = {f"{on}_{what}_us": round(float(np.median(times)) / CALLS * 1e6, 2) for (on, what), times in taken.items()}
        if as_json:
            print(json.dumps({"program": name} | micros))
        else:
            shown = "  ".join(f"{key[:-3]} {micros[key]:6.2f}" for key in micros)
            print(f"{name:15} {shown}")


if __name__ == "__main__":
    main()
