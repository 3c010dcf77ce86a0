"""Functions of the host: when they have been called, and what becomes of their failures, where Runahead is the only platform."""

import alone
import pytest

ENDS = {
    "at once": ("", 0),
    "by exit": ("sys.exit(3)", 3),
    "by an exception": ("raise ValueError", 1),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("kind", ["pure", "io", "ordered", "debug"])
def test_a_process_ends_well_while_functions_are_called(end, kind):
    end, status = ENDS[end]
    script = f"""
    import sys, threading, jax, numpy as np
    from jax.experimental import io_callback
    shape = jax.ShapeDtypeStruct((4,), np.float32)
    begun = threading.Event()

    def host(*_):
        begun.set()
        for _ in range(200):  # some time in Python
            np.linalg.inv(np.eye(30))
        print("called", flush=True)
        return np.ones(4, np.float32)

    function = {{
        "pure": lambda: jax.pure_callback(host, shape),
        "io": lambda: io_callback(host, shape),
        "ordered": lambda: io_callback(host, shape, ordered=True),
        "debug": lambda: jax.debug.callback(host),
    }}["{kind}"]
    jax.jit(function)()
    """
    done = alone.run(script + end)
    assert done.returncode == status, done.stderr
    assert done.stdout.count("called") == 1


def test_calls_of_threads_that_have_ended():
    script = """
    import threading, jax, numpy as np
    call = jax.jit(lambda: jax.pure_callback(lambda: np.ones(4, np.float32), jax.ShapeDtypeStruct((4,), np.float32)))
    threads = [threading.Thread(target=call) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    """
    assert alone.output_of(script) == ""


def test_prints():
    script = """
    import jax, jax.numpy as jnp
    jax.debug.print("outside {x}", x=jnp.float32(1))
    function = jax.jit(lambda x: (jax.debug.print("inside {x}", x=x), jax.debug.print("ordered {x}", x=x, ordered=True), x + 1)[2])
    assert function(2) == 3
    loop = jax.jit(lambda n: jax.lax.fori_loop(0, n, lambda i, _: jax.debug.print("loop {i}", i=i, ordered=True), None))
    loop(3)
    jax.effects_barrier()
    """
    lines = alone.output_of(script).splitlines()
    assert sorted(lines) == ["inside 2", "loop 0", "loop 1", "loop 2", "ordered 2", "outside 1.0"]
    assert [line for line in lines if "loop" in line] == ["loop 0", "loop 1", "loop 2"]


def test_functions_get_arrays_to_compute_with():
    script = """
    import jax, jax.numpy as jnp, numpy as np
    from jax.experimental import io_callback

    def host(x):
        assert isinstance(x, jax.Array)
        return np.asarray(jnp.cumsum(x)) * 2

    shape = jax.ShapeDtypeStruct((3,), np.float32)
    x = jnp.array([1, 2, 3], jnp.float32)
    for call in (jax.pure_callback, io_callback):
        function = lambda x: call(host, shape, x) + 1
        assert function(x).tolist() == jax.jit(function)(x).tolist() == [3, 7, 13]
    """
    alone.output_of(script)


def test_functions_that_wait_for_other_executions():
    """More of them at once than there are workers."""
    script = """
    import jax, jax.numpy as jnp, numpy as np
    slow = jax.jit(lambda x: jax.lax.fori_loop(0, 20, lambda _, x: jnp.tanh(x @ x), x))
    x = jnp.eye(200)
    jax.block_until_ready(slow(x))

    def host(i):
        jax.block_until_ready(slow(x))
        return i + 1

    function = jax.jit(lambda i: jax.pure_callback(host, jax.ShapeDtypeStruct((), np.int32), i))
    results = [function(np.int32(i)) for i in range(40)]
    assert [int(result) for result in results] == list(range(1, 41))
    """
    alone.output_of(script)


BARRIER = """
import jax, jax.numpy as jnp, threading
seen = []
let = threading.Event()

def host(x):
    let.wait()
    seen.append(1)

no_outputs = jax.jit(lambda x: jax.debug.callback(host, x))
outputs = jax.jit(lambda x: (jax.debug.callback(host, x), x + 1)[1])
"""


@pytest.mark.parametrize("function", ["no_outputs", "outputs"])
def test_a_barrier_waits_for_all_calls(function):
    script = BARRIER + f"""
for _ in range(3):
    threading.Thread(target=let.set).start()
    {function}(jnp.ones(3))
    let.clear()
let.set()
jax.effects_barrier()
assert len(seen) == 3, seen
"""
    alone.output_of(script)


FAILING = """
import jax, numpy as np
from jax.experimental import io_callback

def fail(*_):
    raise ValueError("this is why")

def raises(function, *args):
    try:
        function(*args)
    except Exception as error:
        assert "this is why" in str(error), error
        return True
    return False

shape = jax.ShapeDtypeStruct((), np.float32)
"""


@pytest.mark.parametrize(
    "function",
    [
        "lambda: jax.pure_callback(fail, shape)",
        "lambda: io_callback(fail, shape)",
        "lambda: io_callback(fail, None)",
        "lambda: jax.debug.callback(fail)",
        "lambda: io_callback(fail, shape, ordered=True)",
    ],
)
def test_a_failure_whose_result_nobody_reads_is_raised_once(function):
    script = FAILING + f"""
bad = jax.jit({function})
good = jax.jit(lambda: jax.pure_callback(lambda: np.float32(5), shape))

def both():
    bad()
    good()  # what comes after hides no failure
    jax.effects_barrier()

assert raises(both)
assert not raises(jax.effects_barrier)
assert good() == 5
jax.effects_barrier()
"""
    alone.output_of(script)


def test_what_is_ordered_goes_on_after_a_failure():
    script = FAILING + """
seen = []

def host(x):
    seen.append(int(x))
    if x == 1:
        raise ValueError("this is why")
    return np.float32(x)

function = jax.jit(lambda x: io_callback(host, shape, x, ordered=True))
results = []

def all_of_them():
    results.extend(function(np.int32(i)) for i in range(4))
    jax.effects_barrier()

assert raises(all_of_them)
if len(results) < 4:  # the failure was raised by the call itself
    results.extend(function(np.int32(i)) for i in range(2, 4))
assert float(function(np.int32(9))) == 9
jax.effects_barrier()
assert seen == [0, 1, 2, 3, 9], seen
assert raises(lambda: float(results[1]))
assert [float(results[i]) for i in (0, 2, 3)] == [0, 2, 3]
"""
    alone.output_of(script)


def test_a_forked_child_is_told():
    script = """
    import os, sys, warnings
    warnings.simplefilter("ignore")
    import jax, jax.numpy as jnp
    x = jnp.ones(1000)
    jax.block_until_ready(jax.jit(lambda x: x + 1)(x))
    child = os.fork()
    if child == 0:
        try:
            print(float(jax.jit(lambda x: (x * 2).sum())(x)))
        except Exception as error:
            print("refused" if "forked" in str(error) else error)
        sys.stdout.flush()
        os._exit(7)  # as multiprocessing ends its children; JAX's own end waits for threads of its CPU backend too
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7
    assert jax.jit(lambda x: x.sum())(x) == 1000
    """
    assert alone.output_of(script).split() == ["refused"]


def test_a_forked_child_is_told_where_nothing_is_compiled():
    script = """
    import os, sys, warnings
    warnings.simplefilter("ignore")
    import jax, jax.numpy as jnp, numpy as np
    function = jax.jit(lambda x: (x * 2).sum())
    x = function(jnp.ones(1000))
    jax.block_until_ready(x)
    child = os.fork()
    if child == 0:
        for use in (lambda: function(x), lambda: jax.device_put(np.ones(3)), lambda: jnp.zeros(1000)):
            try:
                print(use())
            except Exception as error:
                print("refused" if "forked" in str(error) else error)
        print(float(x))  # what was there before is
        sys.stdout.flush()
        os._exit(7)  # as multiprocessing ends its children; JAX's own end waits for threads of its CPU backend too
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7
    """
    assert alone.output_of(script).split() == ["refused", "refused", "refused", "2000.0"]


def test_a_child_that_was_forked_before_uses_it():
    script = """
    import os, sys, warnings
    warnings.simplefilter("ignore")
    import jax, jax.numpy as jnp
    child = os.fork()
    if child == 0:
        print(float(jnp.arange(5.0).sum()))
        sys.stdout.flush()
        os._exit(7)  # as multiprocessing ends its children; JAX's own end waits for threads of its CPU backend too
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7
    """
    assert alone.output_of(script).split() == ["10.0"]
