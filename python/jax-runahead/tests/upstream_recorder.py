"""A plugin of pytest that writes down, line by line, what becomes of every test, so that nothing is lost where the process ends.

`upstream.py` starts pytest with it and reads the lines. The environment says where to write (`UPSTREAM_RECORD`), which part of the
tests to run where these are dealt out (`UPSTREAM_SHARD`, as 2/5), which of those are done (`UPSTREAM_DONE`, a file of names), and what the
tests are to take the platform for where that is not what it is (`UPSTREAM_DEVICE`).
"""

import json
import os
import zlib

_record = os.open(os.environ["UPSTREAM_RECORD"], os.O_WRONLY | os.O_APPEND)


def _write(**line):
    os.write(_record, json.dumps(line).encode() + b"\n")


def _name(nodeid):
    """Class and function of a test, without the file."""
    return nodeid.split("::", 1)[-1]


def pytest_configure(config):
    del config
    import jax
    import jax._src.test_util  # noqa: F401  (it has the setting)

    jax.config.update("jax_test_dut", os.environ["UPSTREAM_DEVICE"])


def pytest_collection_modifyitems(config, items):
    with open(os.environ["UPSTREAM_DONE"]) as names:
        done = set(json.load(names))
    number, of = map(int, os.environ["UPSTREAM_SHARD"].split("/"))

    def wanted(item):
        name = _name(item.nodeid)
        return name not in done and zlib.crc32(name.encode()) % of == number - 1

    kept = [item for item in items if wanted(item)]
    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = kept


def pytest_collectreport(report):
    if report.failed:
        _write(uncollected=_reason(report))


def pytest_runtest_logstart(nodeid, location):
    del location
    _write(started=_name(nodeid))


_outcomes = {}


def pytest_runtest_logreport(report):
    """Of the three phases of a test the first that is not passed says what became of it."""
    name = _name(report.nodeid)
    outcome, seconds, reason = _outcomes.get(name, ("passed", 0.0, ""))
    if outcome == "passed" and report.outcome != "passed":
        outcome, reason = report.outcome, _reason(report)
    _outcomes[name] = outcome, seconds + report.duration, reason
    if report.when == "teardown":
        outcome, seconds, reason = _outcomes.pop(name)
        _write(test=name, outcome=outcome, seconds=round(seconds, 2), reason=reason)


def _reason(report):
    if isinstance(report.longrepr, tuple):  # a skip: where, and why
        return str(report.longrepr[2])[:300]
    return str(report.longrepr)[-1500:]


def pytest_sessionfinish(session, exitstatus):
    del session
    if exitstatus in (0, 1, 5):  # all passed, some failed, there were none; anything else is the end of pytest itself
        _write(finished=True)
