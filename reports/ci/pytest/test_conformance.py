"""`pytest`: the program has to become a daemon."""

import os
import subprocess

import pytest

PROGRAM = os.environ.get("EXAMPLED", "../exampled/exampled")


def test_becomes_a_daemon():
    done = subprocess.run(
        ["daemon-conformance", PROGRAM], capture_output=True, text=True, check=False
    )
    if done.returncode == 77:
        pytest.skip("nothing that counts applies here")
    assert done.returncode == 0, done.stdout + done.stderr
