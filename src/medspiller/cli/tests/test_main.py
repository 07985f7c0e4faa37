"""What holds for every command: no traceback, whoever listens."""

import os
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "medspiller.cli.main"]


@pytest.mark.parametrize(("words", "status"), [(["routes"], 0), (["content", "check", "."], 1)])
def test_a_reader_who_stops_reading_is_no_fault(tmp_path, words, status):
    (tmp_path / "package.toml").write_text('id = "not one"\n')
    reading, writing = os.pipe()
    os.close(reading)

    left_alone = subprocess.run([*COMMAND, *words], capture_output=True, cwd=tmp_path, check=False)
    done = subprocess.run(
        [*COMMAND, *words], stdout=writing, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False
    )
    os.close(writing)

    assert (left_alone.returncode, done.stderr) == (status, "")
