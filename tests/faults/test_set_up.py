"""Set-up on a machine that is not as it should be: one line that says what to do, and the next run goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import __main__ as bootstrap
from bootstrap import steps
from medspiller.config.secrets import ROOT

MACHINE = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A fresh clone in which every step is noted instead of done; each leaves what the real one would."""
    for name in ("package.json", "package-lock.json", "requirements/dev.txt", "requirements/runtime.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    for name, place in {
        "ROOT": tmp_path,
        "DATA": tmp_path / ".data",
        "VENV": venv,
        "PYTHON": venv / "bin/python",
        "MEDSPILLER": venv / "bin/medspiller",
        "STAMPS": venv / "stamps",
        "NODE_MODULES": tmp_path / "node_modules",
    }.items():
        monkeypatch.setattr(steps, name, place)
    monkeypatch.setattr(steps, "_venv_works", (venv / "bin/python").exists)
    monkeypatch.setattr(steps, "_npm_command", lambda: ["npm"])
    monkeypatch.setattr(steps, "chromium", lambda: None)
    monkeypatch.setattr(steps, "pango", lambda: None)
    monkeypatch.setattr(steps, "postgresql", lambda: None)
    return tmp_path


@pytest.fixture
def done(clone, monkeypatch):
    """What set-up has run, in order; `done.fails_at = "…"` makes that fail."""

    class Done(list):
        fails_at = ""

        def run(self, command, *, doing, **_):
            if doing == self.fails_at:
                raise steps.SetupError(f"Could not {doing}.")
            self.append(doing)
            if doing == "install Medspiller itself":
                steps.MEDSPILLER.touch()
            if doing == "bring the npm packages":
                steps.NODE_MODULES.mkdir(exist_ok=True)
            if doing == "collect static files":
                (steps.DATA / "static").mkdir(exist_ok=True)

        def make_venv(self):
            self.append("make the virtual environment")
            steps.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            steps.PYTHON.touch()

    done = Done()
    monkeypatch.setattr(steps, "_run", done.run)
    monkeypatch.setattr(steps, "_make_venv", done.make_venv)
    return done


EVERYTHING = [
    "make the virtual environment",
    "install the Python packages",
    "install Medspiller itself",
    "bring the npm packages",
    "compile the texts",
    "collect static files",
]


def said_by(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python as somebody's `python3 -m bootstrap` would be."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=MACHINE | environment, capture_output=True, text=True, check=False
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that a refusal consists of."""
    lines = done.stderr.splitlines()
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert lines[0].startswith("medspiller: ")
    return lines[0]


class TestWhatTheMachineLacks:
    @pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 12)])
    def test_a_python_that_is_too_old_is_named_with_what_to_do(self, version):
        said = ".".join(map(str, version))
        old = f"import sys, runpy; sys.version_info = {version}; sys.version = '{said} (main)'"

        line = refused(said_by(f"{old}; runpy.run_module('bootstrap', run_name='__main__')"))

        assert said in line
        assert "PYTHON=python3.11" in line

    def test_an_old_python_can_read_as_far_as_the_refusal(self):
        # No f-string, annotation or import of ours before it: Python 3.5 and 2 stop at their first sight.
        source = (ROOT / "bootstrap/__main__.py").read_text().split("from bootstrap")[0]

        assert 'f"' not in source
        assert "->" not in source
        assert "version_info < (3, 11)" in source

    @pytest.mark.parametrize("place", ["/proc/medspiller", "/dev/null/medspiller"])
    def test_a_disk_that_cannot_be_written_to_is_named(self, place):
        line = refused(
            said_by("import runpy; runpy.run_module('bootstrap', run_name='__main__')", MEDSPILLER_DATA=place)
        )

        assert place in line
        assert "MEDSPILLER_DATA" in line

    def test_a_file_where_the_folder_should_be_is_named(self, tmp_path):
        (tmp_path / "data").write_text("mine")

        line = refused(
            said_by(
                "import runpy; runpy.run_module('bootstrap', run_name='__main__')",
                MEDSPILLER_DATA=str(tmp_path / "data"),
            )
        )

        assert str(tmp_path / "data") in line
        assert (tmp_path / "data").read_text() == "mine"

    def test_no_browser_and_no_right_to_install_one(self, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("MEDSPILLER_CHROMIUM", raising=False)

        with pytest.raises(steps.SetupError, match="MEDSPILLER_CHROMIUM"):
            steps.chromium()

    def test_no_pango_and_no_right_to_install_it_leaves_pdfs_out_and_goes_on(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setattr(steps, "LIBRARIES", [tmp_path])
        monkeypatch.setenv("PATH", str(tmp_path))

        steps.pango()

        assert "There will be no PDFs" in capsys.readouterr().err

    def test_a_program_that_fails_is_quoted_and_the_last_line_is_ours(self, capsys):
        failing = [sys.executable, "-c", "import sys; sys.exit('no network today')"]

        with pytest.raises(steps.SetupError, match=r"Could not bring it.*run make again"):
            steps._run(failing, doing="bring it")

        assert "no network today" in capsys.readouterr().err

    def test_a_program_that_is_missing_is_named(self):
        with pytest.raises(steps.SetupError, match=r"Could not bring it: No such file.*npm-that-is-not"):
            steps._run(["npm-that-is-not"], doing="bring it")


class TestHalfFinished:
    def test_everything_is_done_once(self, done):
        bootstrap.main("test")
        bootstrap.main("test")
        bootstrap.main("run")

        assert done == EVERYTHING

    @pytest.mark.parametrize("stopped_at", EVERYTHING[1:])
    def test_the_next_run_goes_on_where_it_stopped(self, done, stopped_at, capsys):
        done.fails_at = stopped_at
        with pytest.raises(SystemExit) as stopped:
            bootstrap.main("test")
        said = capsys.readouterr().err.splitlines()[-1]
        done.fails_at = ""
        done.clear()

        bootstrap.main("test")

        assert (stopped.value.code, said) == (2, f"medspiller: Could not {stopped_at}.")
        assert stopped_at in done
        assert "make the virtual environment" not in done
        bootstrap.main("test")
        assert done.count(stopped_at) == 1

    def test_ctrl_c_says_that_the_next_run_goes_on(self, done, monkeypatch, capsys):
        def pressed():
            raise KeyboardInterrupt

        monkeypatch.setattr(steps, "node_packages", pressed)

        with pytest.raises(SystemExit) as stopped:
            bootstrap.main("run")

        assert stopped.value.code == 2
        assert "the next make goes on from here" in capsys.readouterr().err

    @pytest.mark.parametrize("lost", ["bin/python", "bin/medspiller"])
    def test_a_virtual_environment_with_a_hole_is_mended(self, done, lost):
        bootstrap.main("test")
        (steps.VENV / lost).unlink()
        done.clear()

        bootstrap.main("test")

        assert "install Medspiller itself" in done
        assert (steps.VENV / lost).exists()

    @pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"something else"])
    def test_a_damaged_stamp_only_means_doing_it_again(self, done, damage):
        bootstrap.main("test")
        (steps.STAMPS / "node").write_bytes(damage)
        done.clear()

        bootstrap.main("test")

        assert done == ["bring the npm packages"]

    @pytest.mark.parametrize(
        ("lost", "redone"),
        [("node_modules", ["bring the npm packages"]), (".data/static", ["compile the texts", "collect static files"])],
    )
    def test_what_was_thrown_away_is_brought_again(self, clone, done, lost, redone):
        bootstrap.main("test")
        (clone / lost).rmdir()
        done.clear()

        bootstrap.main("test")

        assert done == redone

    def test_a_new_lock_is_installed_into_the_old_environment(self, clone, done):
        bootstrap.main("test")
        Path(clone / "requirements/dev.txt").write_text("newer")
        done.clear()

        bootstrap.main("test")

        assert done == ["install the Python packages", "install Medspiller itself"]
