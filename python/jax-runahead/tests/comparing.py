"""What both backends give, compared."""

import numpy as np


def wide(array):
    """The same in numbers of 64 bits, or complex ones of them: NumPy compares none of the small float types."""
    array = np.asarray(array)
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def assert_close(found, expected, rtol, atol):
    assert found.dtype == expected.dtype
    assert found.shape == expected.shape
    if found.dtype.kind in "biu" and found.dtype.itemsize > 0 and found.dtype.names is None:
        np.testing.assert_array_equal(np.asarray(found), np.asarray(expected))
    else:
        np.testing.assert_allclose(wide(found), wide(expected), rtol=rtol, atol=atol)
