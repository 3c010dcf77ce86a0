"""No call of the plugin's functions with bad arguments ends the process: each is an error with a message."""

import ctypes
import re
import pathlib

import pytest

import jax_runahead

# The functions in the order of the table, from the declarations that are tested for their layout.
DECLARATIONS = pathlib.Path(__file__).resolve().parents[3] / "crates" / "pjrt-sys" / "src" / "api.rs"
NAMES = re.findall(r"^    (PJRT_\w+)\(PJRT_", DECLARATIONS.read_text(), re.M)
WITHOUT_RESULT = {"PJRT_Error_Destroy", "PJRT_Error_Message"}
# What may be called without any handle.
HARMLESS = {"PJRT_Plugin_Initialize", "PJRT_Plugin_Attributes", "PJRT_Client_Create", "PJRT_ExecuteContext_Create"}
HEADER = 40  # the table's own size, extensions and version
ROOM = 512

library = ctypes.CDLL(jax_runahead.library_path())
library.GetPjrtApi.restype = ctypes.c_void_p
TABLE = library.GetPjrtApi()


def function(name):
    address = ctypes.c_void_p.from_address(TABLE + HEADER + 8 * NAMES.index(name)).value
    return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(address)


def structure(*words, size=ROOM):
    """A structure of that size, with these words behind its size and its extensions."""
    memory = (ctypes.c_uint64 * (ROOM // 8))()
    memory[0] = size
    for i, word in enumerate(words):
        memory[2 + i] = word
    return memory


def call(name, *words, size=ROOM):
    """Calls a function; gives its structure, and the code and message of its error where there is one."""
    arguments = structure(*words, size=size)
    error = function(name)(ctypes.addressof(arguments))
    return arguments, error and taken(error)


def taken(error):
    # Structures have names, so that their memory lasts as long as the calls.
    code, message, destroyed = structure(error), structure(error), structure(error)
    assert not function("PJRT_Error_GetCode")(ctypes.addressof(code))
    function("PJRT_Error_Message")(ctypes.addressof(message))
    text = ctypes.string_at(message[3], message[4]).decode()
    function("PJRT_Error_Destroy")(ctypes.addressof(destroyed))
    return code[3] & 0xFFFFFFFF, text


def test_the_table():
    assert ctypes.c_size_t.from_address(TABLE).value == HEADER + 8 * len(NAMES)
    major, minor = (ctypes.c_int.from_address(TABLE + 32 + 4 * i).value for i in range(2))
    assert (major, minor) == (0, 81)
    for name in NAMES:
        assert ctypes.c_void_p.from_address(TABLE + HEADER + 8 * NAMES.index(name)).value, name


@pytest.mark.parametrize("name", NAMES)
def test_nothing_small_and_empty(name):
    if name in WITHOUT_RESULT:
        function(name)(None)
        empty = structure()
        function(name)(ctypes.addressof(empty))
        return
    code, message = taken(function(name)(None))
    assert code == 3 and name in message
    code, message = call(name, size=8)[1]
    assert code in (3, 12) and name in message
    error = call(name)[1]
    assert (error is None) == (name in HARMLESS), error
    if error:
        assert error[0] in (3, 12) and len(error[1]) > 10


def client():
    arguments, error = call("PJRT_Client_Create")
    assert error is None
    return arguments[8]


def test_destroyed_objects():
    it = client()
    assert call("PJRT_Client_Destroy", it)[1] is None
    for name in ("PJRT_Client_Destroy", "PJRT_Client_Devices", "PJRT_Client_PlatformName"):
        code, message = call(name, it)[1]
        assert code == 3 and "destroyed" in message


def test_objects_of_other_kinds():
    it = client()
    for name in ("PJRT_Buffer_Destroy", "PJRT_Event_Await", "PJRT_Executable_Name", "PJRT_Device_IsAddressable"):
        assert call(name, it)[1][0] == 3
    assert call("PJRT_Client_Destroy", it)[1] is None


def test_programs_that_are_none():
    it = client()
    for code in (b"", b"ML\xefRnonsense", b"func.func @main() {", b"\xff\xfe"):
        text, form = ctypes.create_string_buffer(code), ctypes.create_string_buffer(b"mlir")
        program = structure(ctypes.addressof(text), len(code), ctypes.addressof(form), 4)
        error = call("PJRT_Client_Compile", it, ctypes.addressof(program))[1]
        assert error[0] == 3, error
        program[5] = 2  # the format `ml`
        assert call("PJRT_Client_Compile", it, ctypes.addressof(program))[1][0] == 12
    assert call("PJRT_Client_Destroy", it)[1] is None


def test_buffers_that_cannot_be():
    it = client()
    devices = call("PJRT_Client_Devices", it)[0]
    device = ctypes.c_uint64.from_address(devices[3]).value
    data = (ctypes.c_float * 4)()
    dims = (ctypes.c_int64 * 2)(2, 2)

    def make(kind=11, start=ctypes.addressof(data), shape=ctypes.addressof(dims), rank=2, semantics=0, on=device):
        return call("PJRT_Client_BufferFromHostBuffer", it, start, kind, shape, rank, 0, 0, semantics, on)

    for wrong in (dict(kind=0), dict(kind=99), dict(start=0), dict(shape=0), dict(rank=1 << 40), dict(on=0), dict(semantics=9)):
        assert make(**wrong)[1][0] in (3, 12), wrong
    dims[0] = -1
    assert make()[1][0] == 3
    dims[0] = 1 << 62
    assert make()[1][0] == 3
    dims[0] = 2
    arguments, error = make()
    assert error is None
    done, buffer = arguments[13], arguments[14]
    assert call("PJRT_Event_Await", done)[1] is None
    assert call("PJRT_Event_Destroy", done)[1] is None
    assert call("PJRT_Event_IsReady", done)[1][0] == 3
    assert call("PJRT_Buffer_DecreaseExternalReferenceCount", buffer)[1][0] == 3
    assert call("PJRT_Buffer_ToHostBuffer", buffer, 0, ctypes.addressof(data), 15)[1][0] == 3
    assert call("PJRT_Buffer_Delete", buffer)[1] is None
    for name in ("PJRT_Buffer_ReadyEvent", "PJRT_Buffer_OpaqueDeviceMemoryDataPointer"):
        code, message = call(name, buffer)[1]
        assert code == 3 and "deleted" in message
    assert call("PJRT_Buffer_Destroy", buffer)[1] is None
    assert call("PJRT_Buffer_Destroy", buffer)[1][0] == 3
    assert call("PJRT_Client_Destroy", it)[1] is None


def test_options_that_are_none():
    for name, kind, value in (("num_devices", 1, 0), ("num_devices", 0, 0), ("devices", 1, 2)):
        text = ctypes.create_string_buffer(name.encode())
        option = structure(ctypes.addressof(text), len(name), kind, value, 1, size=56)
        code, message = call("PJRT_Client_Create", ctypes.addressof(option), 1)[1]
        assert code == 3 and "num_devices" in message
