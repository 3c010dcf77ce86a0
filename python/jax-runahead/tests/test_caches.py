"""JAX's persistent compilation cache."""

import alone

SCRIPT = """
    import jax, jax.monitoring, numpy as np
    from jax.sharding import Mesh, NamedSharding, PartitionSpec as P
    jax.config.update("jax_compilation_cache_dir", FOLDER)
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
    found = []
    jax.monitoring.register_event_listener(lambda name, **_: found.append(name.split("/")[-1]))

    x = np.arange(8, dtype=np.float32)
    spread = jax.device_put(x, NamedSharding(Mesh(np.array(jax.devices()), ("i",)), P("i")))
    np.testing.assert_array_equal(jax.jit(lambda x: x * 2 + 1)(x), x * 2 + 1)
    np.testing.assert_array_equal(jax.jit(lambda x: x.sum() - x)(spread), 28 - x)
    print(found.count("cache_hits"), found.count("cache_misses"))

    def host(x):
        found.append("called")
        return np.asarray(x) + 1

    call = jax.jit(lambda x: jax.pure_callback(host, jax.ShapeDtypeStruct((8,), np.float32), x))
    np.testing.assert_array_equal(call(x), x + 1)
    print(found.count("cache_hits"), found.count("called"))
"""


def test_what_was_compiled_is_found_by_the_next_process(tmp_path):
    script = SCRIPT.replace("FOLDER", repr(str(tmp_path)))
    first, of_call = alone.output_of(script, devices=4).splitlines()
    assert first == "0 2" and of_call == "0 1"
    assert any(tmp_path.iterdir())
    # A function of the host is one of its own process, so that its program is compiled anew.
    second, of_call = alone.output_of(script, devices=4).splitlines()
    assert second == "2 0" and of_call == "2 1"
