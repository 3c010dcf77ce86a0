#!/usr/bin/env python3
"""Runs JAX's own tests on Runahead and on JAX's CPU backend, and says what passes there and fails here.

    python tests/upstream.py PATH_OF_A_JAX_CHECKOUT

The checkout is of the version that is installed; nothing of it is copied. Each test file runs in processes of its own: where one
ends before its tests are done, or a test takes too long, the rest goes on in another. The tests that fail here, though they pass
on JAX's CPU backend, are compared with `upstream_known.toml`: where one is not named there, the exit status is 1.

Results are kept below `target/upstream` (`--results`), a file for each test file and platform. Those of JAX's CPU backend are used
again where `--reuse-baseline` is given, and `--report` runs nothing at all.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import fnmatch
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent
KNOWN = HERE / "upstream_known.toml"
RESULTS = PACKAGE.parent.parent / "target" / "upstream"

# The test files that are run where none are named, as patterns.
FILES = """
    lax_*test scipy_*test linalg_test fft_test random_*test nn_test image_test spars*_test api_test jax_jit_test
    array_test pjit_test pmap_test shard_map_test export_test shape_poly_test checkify_test debugging_primitives_test
    python_callback_test ffi_test dtypes_test ode_test lobpcg_test qdwh_test svd_test eigh_test memories_test multi_device_test
    compilation_cache_test
""".split()

# The name of what happens outside of all tests: when the file is read, or at the process's end.
OUTSIDE = "(the process)"

BASELINE = "cpu"


@dataclasses.dataclass(frozen=True)
class Result:
    """What became of a test: passed, skipped, failed, crashed (its process ended) or hung (it took too long)."""

    outcome: str
    seconds: float
    reason: str


@dataclasses.dataclass(frozen=True)
class Settings:
    checkout: pathlib.Path
    results: pathlib.Path
    platforms: str
    cases: int
    limit: float
    shard: str


# The processes that run now.
_running = set()


def stop(number, frame):
    """Ends what was started before this ends itself."""
    del frame
    for process in list(_running):
        end(process)
    os._exit(128 + number)


def main():
    arguments = parse_arguments()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    settings = Settings(
        checkout=arguments.checkout.resolve(),
        results=arguments.results.resolve(),
        platforms=arguments.platforms,
        cases=arguments.cases,
        limit=arguments.limit,
        shard=arguments.shard,
    )
    files = test_files(settings.checkout, arguments.files or FILES)
    if not arguments.report:
        platforms = {"baseline": [BASELINE], "runahead": [settings.platforms]}
        platforms = platforms.get(arguments.only, [BASELINE, settings.platforms])
        work = [(file, each) for file in files for each in platforms]
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            list(pool.map(lambda of: run(settings, *of, reuse=arguments.reuse_baseline), work))
    return report(settings, files, Known(arguments.known), arguments.table)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("checkout", type=pathlib.Path, help="a checkout of JAX's repository, of the version that is installed")
    add("--files", nargs="+", metavar="PATTERN", help="test files, without `.py`; several dozen where none are named")
    add("--platforms", default="runahead", help="JAX_PLATFORMS for Runahead: `runahead`, or `runahead,cpu` with JAX's CPU beside")
    add("--cases", type=int, default=10, help="JAX_NUM_GENERATED_CASES: how many cases of each generated test")
    add("--shard", default="1/1", help="a part of the tests, such as 2/10")
    add("--jobs", type=int, default=1, help="how many processes at once")
    add("--limit", type=float, default=300, help="how many seconds a test may take")
    add("--results", type=pathlib.Path, default=RESULTS, help="the folder where results are kept")
    add("--reuse-baseline", action="store_true", help="leave out on JAX's CPU backend what has a result there")
    add("--only", choices=["baseline", "runahead"], help="run on one of the two alone")
    add("--known", type=pathlib.Path, default=KNOWN, help="the file of known differences")
    add("--report", action="store_true", help="run nothing; compare what is kept")
    add("--table", type=pathlib.Path, help="write a table in Markdown to this file")
    return parser.parse_args()


def test_files(checkout, patterns):
    """The names of the test files that a pattern names, in order."""
    names = sorted(path.stem for path in (checkout / "tests").glob("*_test.py"))
    if not names:
        sys.exit(f"there are no test files in {checkout / 'tests'}; expected a checkout of JAX's repository")
    return [name for name in names if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)]


# ---- running


def run(settings, file, platforms, reuse):
    """Runs a test file on some platforms, and writes its results down."""
    store = results_path(settings, file, platforms)
    known = read_results(store)
    begin = time.monotonic()
    done = known.keys() if reuse and platforms == BASELINE else ()
    results = run_file(settings, file, platforms, "", done)
    if platforms != BASELINE:
        # Some tests leave out what is no platform of JAX's own, or expect something else of it; these are made to take Runahead
        # for JAX's CPU.
        done = [name for name, result in results.items() if result.outcome not in ("skipped", "failed")]
        if len(done) < len(results):
            again = run_file(settings, file, platforms, BASELINE, done)
            results |= {name: result for name, result in again.items() if says_more(result, results.get(name))}
    if platforms != BASELINE and settings.shard == "1/1":
        known = {}
    known |= results
    store.parent.mkdir(parents=True, exist_ok=True)
    store.write_text(json.dumps({name: dataclasses.astuple(known[name]) for name in sorted(known)}, indent=0))
    counts = collections.Counter(result.outcome for result in results.values())
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    print(f"{platforms:13} {file:40} {time.monotonic() - begin:6.0f} s: {counts or 'nothing to run'}", flush=True)


def says_more(again, before):
    """Whether the result of a test that was made to take Runahead for JAX's CPU counts, and not the one before."""
    return before is None or before.outcome == "skipped" or again.outcome not in ("skipped", "failed")


def run_file(settings, file, platforms, device, done):
    """Runs what is not done of a test file, in as many processes as that takes; the tests take the platform for `device`, or for
    what it is."""
    results = {}
    while True:
        with tempfile.TemporaryDirectory() as folder:
            process = Process(settings, file, platforms, device, pathlib.Path(folder), {*done, *results})
            process.run()
        results |= process.results
        if process.verdict is not None:
            results[process.running or OUTSIDE] = process.verdict
        if process.finished or not (process.results or process.running):
            return results


class Process:
    """A process that runs tests of a file, and what it wrote of them."""

    def __init__(self, settings, file, platforms, device, folder, done):
        self.settings = settings
        self.record = folder / "record"
        self.output = folder / "output"
        self.record.touch()
        (folder / "done").write_text(json.dumps(sorted(done)))
        # By this JAX finds the package without its being installed.
        plugins = folder / "site" / "jax_plugins"
        plugins.mkdir(parents=True)
        (plugins / "runahead.py").write_text("from jax_runahead import initialize\n")
        path = settings.checkout / "tests" / f"{file}.py"
        devices = re.search(r"request_cpu_devices\((\d+)\)", path.read_text())
        self.environment = os.environ | {
            "JAX_PLATFORMS": platforms,
            "JAX_NUM_GENERATED_CASES": str(settings.cases),
            "RUNAHEAD_NUM_DEVICES": devices[1] if devices else "1",
            "PYTHONPATH": os.pathsep.join(map(str, [HERE, PACKAGE, folder / "site"])),
            "UPSTREAM_RECORD": str(self.record),
            "UPSTREAM_DONE": str(folder / "done"),
            "UPSTREAM_SHARD": settings.shard,
            "UPSTREAM_DEVICE": device,
        }
        # Pytest's own tracebacks read the source of what is in them, which fails for some of JAX's.
        # Tests that look at what is printed want to see it themselves.
        options = ["-q", "-s", "--tb=native", "-p", "upstream_recorder", "-p", "no:cacheprovider"]
        self.command = [sys.executable, "-m", "pytest", *options, str(path)]
        self.results = {}
        self.running = None  # the test that was begun and has not ended
        self.finished = False
        self.uncollected = None
        self.verdict = None  # what is to be said of the test that ran when the process ended, or of the process

    def run(self):
        with open(self.output, "wb") as output, open(self.record) as record:
            process = subprocess.Popen(
                self.command,
                cwd=self.settings.checkout,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            _running.add(process)
            last = time.monotonic()
            hung = False
            while process.poll() is None:
                if self.read(record):
                    last = time.monotonic()
                elif time.monotonic() - last > self.settings.limit:
                    hung = True
                    end(process)
                time.sleep(0.1)
            _running.discard(process)
            self.read(record)
        seconds = round(time.monotonic() - last, 2)
        if hung:
            self.verdict = Result("hung", seconds, self.tail())
        elif self.running is not None or not 0 <= process.returncode <= 5:
            self.verdict = Result("crashed", seconds, f"exit status {process.returncode}\n{self.tail()}")
        elif self.uncollected is not None:
            self.verdict = Result("failed", seconds, self.uncollected)

    def read(self, record):
        """Takes in what was written since the last time; whether there was something."""
        lines = record.readlines()
        for line in map(json.loads, lines):
            match line:
                case {"started": name}:
                    self.running = name
                case {"test": name, "outcome": outcome, "seconds": seconds, "reason": reason}:
                    self.results[name] = Result(outcome, seconds, reason)
                    self.running = None
                case {"uncollected": reason}:
                    self.uncollected = reason
                case {"finished": _}:
                    self.finished = True
        return bool(lines)

    def tail(self):
        return self.output.read_bytes().decode(errors="replace")[-3000:]


def end(process):
    """Ends a process that hangs: first by a signal at which Python says where it is."""
    for how in (signal.SIGABRT, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(5)
            return
        except (subprocess.TimeoutExpired, ProcessLookupError):
            continue


# ---- what is kept


def results_path(settings, file, platforms):
    return settings.results / f"{platforms.replace(',', '-')}-{settings.cases}" / f"{file}.json"


def read_results(path):
    if not path.exists():
        return {}
    return {name: Result(*fields) for name, fields in json.loads(path.read_text()).items()}


# ---- comparing


FAILURES = ("failed", "crashed", "hung")


@dataclasses.dataclass
class Compared:
    """A test file's results on both platforms."""

    file: str
    passed: int = 0  # on JAX's CPU backend
    also: int = 0  # of these, here
    skipped: int = 0  # of these, by the tests themselves
    known: list = dataclasses.field(default_factory=list)
    different: dict = dataclasses.field(default_factory=dict)


def compare(settings, file, known):
    baseline = read_results(results_path(settings, file, BASELINE))
    results = read_results(results_path(settings, file, settings.platforms))
    compared = Compared(file)
    for name, result in results.items():
        there = baseline.get(name)
        is_passed = there is not None and there.outcome == "passed"
        compared.passed += is_passed
        compared.also += is_passed and result.outcome == "passed"
        compared.skipped += is_passed and result.outcome == "skipped"
        ends = result.outcome in ("crashed", "hung") and (there is None or there.outcome != result.outcome)
        if result.outcome in FAILURES and is_passed or ends:
            full = f"{file}::{name}"
            if known.covers(full):
                compared.known.append(full)
            else:
                compared.different[full] = result
    return compared


class Known:
    """The file of known differences: patterns of tests' names, and a reason for each group of them."""

    def __init__(self, path):
        groups = tomllib.loads(path.read_text()).get("difference", []) if path.exists() else []
        for group in groups:
            if not group.get("reason") or not group.get("tests"):
                sys.exit(f"{path}: a difference without `reason` or `tests`: {group}")
        self.patterns = [pattern for group in groups for pattern in group["tests"]]
        self.met = set()

    def covers(self, name):
        found = [pattern for pattern in self.patterns if fnmatch.fnmatchcase(name, pattern)]
        self.met.update(found)
        return bool(found)

    def unmet(self, files):
        """The patterns of these files that no test fails by any more."""
        return [pattern for pattern in self.patterns if pattern not in self.met and pattern.split("::")[0] in files]


def report(settings, files, known, table):
    all_compared = [compare(settings, file, known) for file in files]
    for compared in all_compared:
        for name, result in compared.different.items():
            reason = result.reason.strip().replace("\n", "\n    ")
            print(f"\n{name}: {result.outcome} after {result.seconds} s\n    {reason}")
    if settings.shard == "1/1":
        for pattern in known.unmet(files):
            print(f"\nknown to fail, but no test does: {pattern}")
    lines = markdown(all_compared)
    print("\n" + "\n".join(lines))
    if table is not None:
        table.write_text("\n".join(lines) + "\n")
    different = sum(len(compared.different) for compared in all_compared)
    print(f"\n{different} tests fail here alone and are not known to")
    return 1 if different else 0


def markdown(all_compared):
    lines = [
        "| file | pass on JAX's CPU backend | of these: pass here | skipped here | known to differ | fail |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    rows = [(c.file, c.passed, c.also, c.skipped, len(c.known), len(c.different)) for c in all_compared]
    total = ("together", *(sum(column) for column in list(zip(*rows))[1:])) if rows else ()
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in [*rows, *([total] if rows else [])]]
    if rows and total[1] > total[3]:
        lines += ["", f"{100 * total[2] / (total[1] - total[3]):.2f}% of what is not skipped here passes."]
    return lines


if __name__ == "__main__":
    sys.exit(main())
