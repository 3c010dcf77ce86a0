"""Scripts in processes of their own, where Runahead is the only platform."""

import os
import subprocess
import sys
import textwrap

PRELUDE = f"import sys; sys.path[:0] = {sys.path!r}; import jax_runahead; jax_runahead.initialize()\n"


def run(script, devices=1, platforms="runahead", limit=120):
    """Runs a script to its end; its exit status, and what it wrote."""
    environment = os.environ | {"JAX_PLATFORMS": platforms, "RUNAHEAD_NUM_DEVICES": str(devices)}
    command = [sys.executable, "-c", PRELUDE + textwrap.dedent(script)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=limit)


def output_of(script, **options):
    """What a script prints that ends well."""
    done = run(script, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout
