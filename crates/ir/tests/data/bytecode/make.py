"""Writes programs as bytecode with jaxlib, for `tests/bytecode.rs` to read and compare with their text.

    python -m pip install jax==0.10.2 numpy
    python make.py                  # what is kept here
    python make.py FOLDER TEXT…     # every section of other programs, in every way, to a folder

For a program NAME it writes

    NAME.orig.mlir      its text
    NAME.native.bc      bytecode of StableHLO as jaxlib keeps it to itself
    NAME.formatN.native.bc    the same in an older version of the format
    NAME.norm.mlir      its text after it was a portable artifact: defaults are spelled out there, and so are lost
    NAME.VERSION.bc     a portable artifact of that version of VHLO, where the program can be one

Artifacts of programs with operations of other dialects, such as CHLO and Shardy, hold those as they are.
"""

import io
import os
import pathlib
import sys

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=4"

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax._src.interpreters import mlir as jax_mlir
from jax.sharding import NamedSharding, PartitionSpec
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

HERE = pathlib.Path(__file__).parent
CURRENT = stablehlo.get_current_version()
# Every version at which the format or an operation changed, and the newest.
VERSIONS = ["0.9.0", "0.10.0", "0.12.0", "0.14.0", "0.15.0", "1.0.0", "1.4.0", "1.8.0", "1.11.0", "1.13.0", CURRENT]

context = jax_mlir.make_ir_context()
context.allow_unregistered_dialects = True
stablehlo.register_dialect(context, load=True)


def artifact(text, version):
    """The portable artifact of a program, or None where there is none of that version."""
    # Serializing changes the module.
    try:
        return stablehlo.serialize_portable_artifact(ir.Module.parse(text), version)
    except Exception:
        pass
    try:
        if version == CURRENT:
            return stablehlo.serialize_portable_artifact(ir.Module.parse(text), version, allow_other_dialects=True)
    except Exception:
        pass
    return None


def native(text, version=None):
    out = io.BytesIO()
    ir.Module.parse(text).operation.write_bytecode(out, desired_version=version)
    return out.getvalue()


def write(folder, name, text, versions, formats=()):
    with context, ir.Location.unknown():
        try:
            module = ir.Module.parse(text)
        except Exception as error:
            return f"{name}: {str(error).splitlines()[0]}"
        plain = module.operation.get_asm(enable_debug_info=False)
        (folder / f"{name}.orig.mlir").write_text(plain)
        (folder / f"{name}.native.bc").write_bytes(native(text))
        for version in formats:
            (folder / f"{name}.format{version}.native.bc").write_bytes(native(text, version))
        newest = artifact(text, CURRENT)
        if newest is None:
            return f"{name}: no artifact"
        again = stablehlo.deserialize_portable_artifact(context, newest)
        (folder / f"{name}.norm.mlir").write_text(again.operation.get_asm(enable_debug_info=False))
        for version in versions:
            data = artifact(text, version)
            if data is not None:
                (folder / f"{name}.{version}.bc").write_bytes(data)


PROGRAMS = {}


def program(*args, **options):
    def register(function):
        PROGRAMS[function.__name__] = jax.jit(function, **options).lower(*args).as_text(debug_info=True)
        return function
    return register


f32 = lambda *shape: np.zeros(shape, np.float32)


@program(f32(8, 4), f32(4, 3), f32(3), np.zeros(8, np.int32))
def training(x, w, b, labels):
    def loss(w, b):
        return -jnp.mean(jax.nn.log_softmax(jnp.tanh(x @ w + b))[jnp.arange(8), labels])
    value, (gw, gb) = jax.value_and_grad(loss, (0, 1))(w, b)
    return value, w - 0.1 * gw, b - 0.1 * gb


@program(f32(2, 9, 9, 3), f32(3, 3, 3, 8))
def images(x, kernel):
    y = lax.conv_general_dilated(x, kernel, (2, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return lax.reduce_window(y, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"), jnp.sort(y, 1)


@program(np.uint32(7), f32(5))
def loops(seed, x):
    key = jax.random.key(seed)
    noise = jax.random.normal(key, (5,))
    y = lax.fori_loop(0, 5, lambda i, v: v.at[i].add(noise[i]), x)
    return lax.cond(y.sum() > 0, jnp.sin, lambda v: v * 2, y), lax.scan(lambda c, v: (c + v, c), 0.0, y)


@program(f32(4, 4), f32(6))
def other_dialects(matrix, x):
    return jnp.linalg.cholesky(matrix), lax.lgamma(x), lax.top_k(x, 2), lax.erf_inv(x)


mesh = jax.make_mesh((2, 2), ("data", "model"), axis_types=(jax.sharding.AxisType.Auto,) * 2)
sharding = lambda *axes: NamedSharding(mesh, PartitionSpec(*axes))


@program(f32(8, 8), f32(8, 8), in_shardings=(sharding("data"), sharding(None, "model")))
def sharded(x, w):
    return lax.with_sharding_constraint(x @ w, sharding("data", "model"))


@program(f32(8, 8))
def manual(x):
    return jax.shard_map(lambda v: lax.psum(v, "model"), mesh=mesh, in_specs=PartitionSpec("data", "model"),
                         out_specs=PartitionSpec("data"))(x)


def main():
    if len(sys.argv) > 1:
        folder = pathlib.Path(sys.argv[1])
        folder.mkdir(exist_ok=True)
        for path in map(pathlib.Path, sys.argv[2:]):
            sections = path.read_text().split("// -----")
            for i, text in enumerate(sections):
                name = f"{path.parent.name}__{path.stem}" + (f"__{i}" if len(sections) > 1 else "")
                if error := write(folder, name, text, VERSIONS):
                    print(error)
        for name, text in PROGRAMS.items():
            write(folder, name, text, VERSIONS, range(7))
        return
    for name, text in PROGRAMS.items():
        write(HERE, name, text, VERSIONS if name == "training" else [CURRENT], range(7) if name == "images" else ())
    # What JAX exports.
    exported = jax.export.export(jax.jit(lambda x: jnp.cumsum(x) @ x))(jax.ShapeDtypeStruct((6,), np.float32))
    with context:
        again = stablehlo.deserialize_portable_artifact(context, exported.mlir_module_serialized)
        (HERE / f"exported.norm.mlir").write_text(again.operation.get_asm(enable_debug_info=False))
        (HERE / f"exported.{CURRENT}.bc").write_bytes(exported.mlir_module_serialized)
    # Programs that between them hold every form.
    for name, i in [("as_the_dialect_prints", 0), ("as_the_dialect_prints", 1), ("as_the_dialect_prints", 2),
                    ("quoted_forms", 0), ("shardings", 0), ("with_locations", 0)]:
        text = (HERE / f"../../filetests/print/{name}.mlir").read_text().split("// -----")[i]
        write(HERE, f"{name}_{i}", text, ["1.8.0", CURRENT])


main()
