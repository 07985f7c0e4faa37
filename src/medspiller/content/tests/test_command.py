"""`medspiller content …` as people and scripts meet it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from medspiller.cli import main as command
from medspiller.content.tests.conftest import owner

SHIPPED = Path(__file__).parents[4] / "content"
URL = "urn:medspiller:norway:municipalities:2026"


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command and return its exit status, its answer and what it said to people."""
    monkeypatch.setenv("MEDSPILLER_AS_OWNER", "1")

    def go(*arguments: object):
        status = command.main(["content", *map(str, arguments)])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return go


@pytest.fixture
def norway(tmp_path):
    """A copy of the shipped package that a test may spoil."""
    folder = tmp_path / "no.medspiller.norway"
    shutil.copytree(SHIPPED / folder.name, folder)
    return folder


class TestCheck:
    def test_the_shipped_packages_are_valid(self, run):
        status, answer, said = run("check")

        assert (status, answer["valid"], answer["problems"], said) == (0, True, [], "")
        assert {package["id"] for package in answer["packages"]} >= {"no.medspiller.norway"}

    def test_every_problem_is_told_with_its_place(self, run, norway):
        (norway / "municipalities" / "2026.csv").write_text("year,number,name\n2026,31,Moss\n")
        (norway / "counties" / "more.yaml").write_text("a: no\n")

        status, answer, _ = run("check", norway)

        assert (status, answer["valid"]) == (1, False)
        assert [(problem["file"], problem["element"], problem["severity"]) for problem in answer["problems"]] == [
            ("no.medspiller.norway/counties/more.yaml", "a", "error"),
            ("no.medspiller.norway/municipalities/2026.csv", "line 2", "error"),
        ]

    @pytest.mark.parametrize("path", ["/nowhere", __file__, Path(__file__).parent])
    def test_a_path_without_packages_is_wrong_use(self, run, path):
        status, answer, said = run("check", path)

        assert (status, answer) == (2, None)
        assert said.startswith(f"medspiller: {path} ")
        assert said.count("\n") == 1

    def test_it_needs_no_django_and_is_done_in_a_moment(self):
        script = (
            "import sys; from medspiller.cli.main import main; status = main(['content', 'check']); "
            "print('django' in sys.modules, file=sys.stderr); sys.exit(status)"
        )
        before = os.times()
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        after = os.times()
        # What it used itself, not how long it waited for a busy machine.
        used = after.children_user + after.children_system - before.children_user - before.children_system

        assert (done.returncode, done.stderr) == (0, "False\n")
        assert used < 6  # it takes about three seconds for two hundred definitions with their cases


@pytest.fixture
def shipped(run):
    """How many definitions are shipped."""
    return sum(package["definitions"] for package in run("check")[1]["packages"])


@pytest.mark.usefixtures("committed")
class TestPublish:
    def test_from_a_plan_to_a_retired_definition(self, run, shipped):
        with owner():
            # Nothing is published yet: the plan says so and writes nothing
            status, plan, _ = run("plan")
            assert (status, len(plan["new"]), plan["unchanged"]) == (0, shipped, 0)

            # Publishing does what the plan said, and the next plan is empty
            assert run("publish")[:2] == (0, plan)
            assert run("plan")[:2] == (0, {"new": [], "changed": [], "retired": [], "unchanged": shipped})

            # One definition is retired, once
            status, answer, _ = run("retire", URL, "1")
            assert (status, answer["retired"]["url"]) == (0, URL)
            status, answer, _ = run("retire", URL, "1")
            assert (status, answer["reason"]) == (1, f"{URL}|1 is retired already")

            # Its file still calls it active, which would be going back
            status, answer, _ = run("publish")
            assert (status, [problem["element"] for problem in answer["problems"]]) == (1, ["status"])

    def test_what_was_changed_in_place_is_refused_by_plan_and_publish(self, run, norway):
        with owner():
            assert run("publish")[0] == 0
            counties = norway / "counties" / "counties.yaml"
            counties.write_text(counties.read_text().replace("Vestland", "Hordaland"))

            for step in ("plan", "publish"):
                status, answer, _ = run(step, norway)
                assert status == 1
                assert [problem["file"] for problem in answer["problems"]] == [
                    "no.medspiller.norway/counties/counties.yaml"
                ]

    def test_what_is_not_in_order_is_not_published(self, run, norway, shipped):
        (norway / "municipalities" / "2026.csv").write_text("year,number,name\n2026,31,Moss\n")

        with owner():
            assert run("publish", norway)[0] == 1
            assert len(run("plan")[1]["new"]) == shipped

    def test_what_was_never_published_cannot_be_retired(self, run):
        with owner():
            status, answer, _ = run("retire", "urn:nothing", "1")

        assert (status, answer) == (1, {"retired": None, "reason": "urn:nothing|1 is not published"})
