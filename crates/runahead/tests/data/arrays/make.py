"""Makes the array files beside it, with NumPy and the safetensors package, for the tests of `runahead::files`.

    pip install numpy ml_dtypes safetensors
    python make.py

Every array is 2x3 and counts k from 0 to 5, row by row: signed integers are k - 2, unsigned ones k, floats
(k - 2) / 2, complex numbers (k - 2) / 2 + k i, and booleans say whether k is odd.
"""

import pathlib

import ml_dtypes
import numpy as np
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).resolve().parent
NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
NAMES += ["float16", "float32", "float64", "complex64", "complex128"]


def ramp(dtype):
    dtype = np.dtype(dtype)
    k = np.arange(6).reshape(2, 3)
    if dtype.kind == "b":
        return k % 2 == 1
    if dtype.kind == "i":
        return (k - 2).astype(dtype)
    if dtype.kind == "u":
        return k.astype(dtype)
    if dtype.kind == "c":
        return ((k - 2) / 2 + 1j * k).astype(dtype)
    return ((k - 2) / 2).astype(dtype)


def main():
    arrays = {name: ramp(name) for name in NAMES}
    np.savez(HERE / "stored.npz", **arrays)
    np.savez_compressed(HERE / "compressed.npz", **arrays)
    np.savez(HERE / "fortran.npz", **{name: np.asfortranarray(a) for name, a in arrays.items()})
    np.savez(HERE / "big_endian.npz", **{name: a.astype(a.dtype.newbyteorder(">")) for name, a in arrays.items()})
    np.savez(HERE / "none.npz")

    np.save(HERE / "plain.npy", ramp("float32"))
    np.save(HERE / "scalar.npy", np.float64(1.5))
    np.save(HERE / "no_elements.npy", np.zeros((0, 3), np.int32))
    np.save(HERE / "cube_fortran.npy", np.asfortranarray(np.arange(24, dtype=np.int16).reshape(2, 3, 4)))
    for version in [(2, 0), (3, 0)]:
        with open(HERE / f"version{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, ramp("float32"), version=version)

    np.save(HERE / "strings.npy", np.array(["one", "two"]))
    np.save(HERE / "objects.npy", np.array([{}, None]), allow_pickle=True)
    np.save(HERE / "structure.npy", np.zeros(2, [("x", "<f4"), ("y", "<i4", (2,))]))
    np.save(HERE / "dates.npy", np.array(["2000-01-01"], "datetime64[D]"))
    np.save(HERE / "bfloat16.npy", ramp(ml_dtypes.bfloat16))

    del arrays["complex128"]  # the format has no such type
    arrays["bfloat16"] = ramp(ml_dtypes.bfloat16)
    arrays["float8_e4m3fn"] = ramp(ml_dtypes.float8_e4m3fn)
    arrays["float8_e5m2"] = ramp(ml_dtypes.float8_e5m2)
    save_file(arrays, HERE / "every_type.safetensors", metadata={"made by": "NumPy"})
    save_file({"plain": ramp("float32"), "bytes": ramp("uint8")}, HERE / "plain.safetensors")


if __name__ == "__main__":
    main()
