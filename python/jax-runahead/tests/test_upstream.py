"""The command that runs JAX's own tests, on a checkout of a few tests of which it is known what becomes of them."""

import json
import pathlib
import subprocess
import sys

SCRIPT = pathlib.Path(__file__).parent / "upstream.py"

# Tests that see by the environment where they run.
CHECKOUT = """
import os, threading, unittest
HERE = os.environ["JAX_PLATFORMS"] != "cpu"

class T(unittest.TestCase):
    def test_a_passes(self): pass
    def test_b_fails_here(self): self.assertFalse(HERE)
    def test_c_crashes_here(self): HERE and os.abort()
    def test_d_hangs_here(self):
        HERE and threading.Event().wait()
    def test_e_fails_everywhere(self): self.fail()
    def test_f_is_for_the_cpu(self):
        from jax._src import test_util
        if test_util._TEST_DUT.value != "cpu" and HERE: self.skipTest("not here")
    def test_g_passes_after_all_that(self): pass
    def test_h_expects_something_else_of_others_than_the_cpu(self):
        from jax._src import test_util
        self.assertTrue(test_util._TEST_DUT.value == "cpu" or not HERE)
"""

KNOWN = """
[[difference]]
reason = "known"
tests = ["some_test::T::test_b_*", "some_test::T::test_g_*"]
"""


def test_what_becomes_of_each_test(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "some_test.py").write_text(CHECKOUT)
    (tmp_path / "known.toml").write_text(KNOWN)
    options = ["--files", "some_test", "--limit", "30", "--results", str(tmp_path / "results")]
    options += ["--known", str(tmp_path / "known.toml"), "--table", str(tmp_path / "table.md")]
    done = subprocess.run([sys.executable, str(SCRIPT), str(tmp_path), *options], capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    kept = json.loads((tmp_path / "results" / "runahead-10" / "some_test.json").read_text())
    outcomes = {name.split("::")[1][5]: outcome for name, (outcome, *_) in kept.items()}
    assert outcomes == dict(a="passed", b="failed", c="crashed", d="hung", e="failed", f="passed", g="passed", h="passed")
    assert "some_test::T::test_c_crashes_here: crashed" in done.stdout
    assert "some_test::T::test_d_hangs_here: hung" in done.stdout
    assert "test_b_fails_here:" not in done.stdout
    assert "known to fail, but no test does: some_test::T::test_g_*" in done.stdout
    assert "| some_test | 7 | 4 | 0 | 1 | 2 |" in (tmp_path / "table.md").read_text()
    # What is kept is compared again without running anything.
    again = subprocess.run([sys.executable, str(SCRIPT), str(tmp_path), *options, "--report"], capture_output=True, text=True)
    assert again.returncode == 1 and again.stdout.endswith("2 tests fail here alone and are not known to\n")
