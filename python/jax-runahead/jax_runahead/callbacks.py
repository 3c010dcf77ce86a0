"""Functions of the host that programs call: `jax.debug.print`, `jax.pure_callback`, `jax.experimental.io_callback`.

JAX hands such functions to its own platforms by ways that are closed to plugins. Here a program calls one by a number:
it holds a custom call `runahead_python_callback` with that number, for which the plugin asks `_call` below.
"""

import atexit
import ctypes
import itertools
import traceback

import numpy as np
from jax import errors as jax_errors
from jax._src import callback as jax_callback
from jax._src import core, dispatch, dtypes, ffi, sharding_impls, xla_bridge
from jax._src.interpreters import mlir

TARGET = "runahead_python_callback"

# As long may a failure's reason be that the plugin keeps.
_REASON_BYTES = 4096

# The functions that programs may call, by number: one for each call that was compiled. They are kept for good, as a program
# that nobody holds any more may still be executing.
_functions: "dict[int, _Function]" = {}
_numbers = itertools.count(1)

_Call = ctypes.CFUNCTYPE(
    ctypes.c_size_t,  # the length of the reason why it failed, 0 where it did not
    ctypes.c_uint64,  # the number
    ctypes.POINTER(ctypes.c_void_p),  # the operands
    ctypes.c_size_t,
    ctypes.POINTER(ctypes.c_void_p),  # the results
    ctypes.c_size_t,
    ctypes.POINTER(ctypes.c_char),  # where to write the reason
    ctypes.c_size_t,
)


class _Function:
    """A function and the types that it takes and gives."""

    def __init__(self, function, operands, results):
        self.function = function
        self.operands = [(tuple(aval.shape), np.dtype(aval.dtype)) for aval in operands]
        self.results = [(tuple(aval.shape), np.dtype(aval.dtype)) for aval in results]

    def call(self, operands, results):
        # What is given to the function is its own: it may keep it.
        given = [_view(at, *of).copy() for at, of in zip(operands, self.operands, strict=True)]
        computed = self.function(*given)
        if len(computed) != len(self.results):
            raise RuntimeError(f"a callback gave {len(computed)} results; expected {len(self.results)}")
        for i, (at, (shape, dtype), value) in enumerate(zip(results, self.results, computed, strict=True)):
            value = np.asarray(dtypes.canonicalize_value(np.asarray(value)))
            if value.shape != shape or value.dtype != dtype:
                raise RuntimeError(
                    f"a callback's result {i} is {value.dtype}{list(value.shape)}; expected {dtype}{list(shape)}"
                )
            np.copyto(_view(at, shape, dtype), value)


def _view(address, shape, dtype):
    count = int(np.prod(shape, dtype=np.int64))
    if count == 0:
        return np.empty(shape, dtype)
    memory = (ctypes.c_uint8 * (count * dtype.itemsize)).from_address(address)
    return np.frombuffer(memory, np.uint8).view(dtype).reshape(shape)


@_Call
def _call(number, operands, operand_count, results, result_count, reason, room):
    try:
        function = _functions.get(number)
        if function is None:
            raise RuntimeError("the function that the program calls is not in this process")
        function.call(operands[:operand_count], results[:result_count])
        return 0
    except BaseException:  # Nothing may leave this function.
        text = traceback.format_exc().strip().encode()[-room:]
        ctypes.memmove(reason, text, len(text))
        return len(text)


def _emit(
    ctx,
    callback,
    token,
    operands,
    operand_avals,
    result_avals,
    *,
    has_side_effect,
    returns_token=True,
    partitioned=False,
    sharding=None,
):
    """What `jax._src.callback.emit_python_callback` does for JAX's own platforms."""
    del returns_token, partitioned
    # By this JAX waits for the function at `jax.effects_barrier` and at the process's end, also where nobody reads a result.
    ctx.module_context.add_host_callback(callback)
    function = _Function(callback, operand_avals, result_avals)
    number = next(_numbers)
    _functions[number] = function
    if token:
        operands = [token, *operands]
        operand_avals = [core.abstract_token, *operand_avals]
        result_avals = [core.abstract_token, *result_avals]
        if isinstance(sharding, sharding_impls.SdyArrayList) and len(ctx.avals_out) > 0:
            devices = sharding.shardings[0].logical_device_ids
            of_token = sharding_impls.SdyArray(mesh_shape=(), dim_shardings=(), logical_device_ids=devices)
            sharding = sharding_impls.SdyArrayList((of_token, *sharding.shardings))
    ctx = ctx.replace(avals_in=list(operand_avals), avals_out=list(result_avals))
    lower = ffi.build_ffi_lowering_function(TARGET, has_side_effect=has_side_effect)
    call = lower(ctx, *operands, index=np.uint64(number))
    if sharding is not None:
        mlir.set_sharding(ctx.module_context, call, sharding)
    results = call.results
    if token:
        token, *results = results
    return list(results), token, callback


def _end(library):
    """Has all calls end before Python does: a thread that is in Python when it ends is torn from its work."""
    if _functions:
        library.RunaheadAwaitDevices()
    library.RunaheadSetHostCallback(None)


def _take_failure(library):
    """Why the first function failed that did since the last time that somebody asked."""
    reason = ctypes.create_string_buffer(_REASON_BYTES)
    length = library.RunaheadTakeHostFailure(reason)
    return reason.raw[:length].decode(errors="replace")


def _wait_for_effects(library):
    """Has JAX raise the failure of a function whose results nobody reads where it waits for effects, and forget it then."""
    known_clear = dispatch.RuntimeTokenSet.clear

    def clear(self):
        known_clear(self)
        _take_failure(library)

    def block_until_ready(self):
        tokens = [*self.current_tokens.values(), *self.output_runtime_tokens.values()]
        known_clear(self)
        try:
            for token in tokens:
                token.block_until_ready()
        finally:
            failure = _take_failure(library)
        # JAX keeps the last execution of each device alone, which may be another one.
        if failure:
            raise jax_errors.JaxRuntimeError(failure)

    dispatch.RuntimeTokenSet.clear = clear
    dispatch.RuntimeTokenSet.block_until_ready = block_until_ready


def _stand_in_for_cpu(platform):
    """Has JAX find a device for what is the host's where its CPU backend is not among the platforms, as in what it gives to
    functions of the host: `platform`'s devices, whose memory is the host's too."""
    known = xla_bridge.local_devices

    def local_devices(process_index=None, backend=None, host_id=None):
        if backend == "cpu" and "cpu" not in xla_bridge.backends():
            backend = platform
        return known(process_index, backend, host_id)

    xla_bridge.local_devices = local_devices


def register(platform: str, path: str) -> None:
    """Has the plugin's callbacks done here, and programs for `platform` call them."""
    library = ctypes.CDLL(path)
    library.RunaheadSetHostCallback.argtypes = [ctypes.c_void_p]
    library.RunaheadTakeHostFailure.restype = ctypes.c_size_t
    library.RunaheadSetHostCallback(ctypes.cast(_call, ctypes.c_void_p))
    atexit.register(_end, library)
    _wait_for_effects(library)
    _stand_in_for_cpu(platform)
    known = jax_callback.emit_python_callback

    def emit_python_callback(ctx, *args, **kwargs):
        platforms = ctx.module_context.platforms
        if len(platforms) == 1 and platforms[0] == platform:
            return _emit(ctx, *args, **kwargs)
        return known(ctx, *args, **kwargs)

    jax_callback.emit_python_callback = emit_python_callback
    mlir.emit_python_callback = emit_python_callback
