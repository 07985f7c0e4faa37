"""Nobody's person number and nobody's telephone stands in the tree, nor the machine it was written on."""

from pathlib import Path

import pytest

from tests.support.architecture import whereabouts
from tests.support.architecture.sources import ROOT, Source, project_files, told
from tests.support.architecture.synthetic import is_person_number, is_synthetic, real_looking

# Sums and drawings, whose digits mean nothing.
NO_WORDS = {".svg", ".png", ".woff2", ".ico", ".pdf", ".docx", ".xlsx", ".zip", ".jpg", ".mo"}
LOCKS = {"package-lock.json"}


@pytest.fixture(scope="module")
def texts() -> list[Source]:
    return [
        Source(path, (ROOT / path).read_text(encoding="utf-8"))
        for path in project_files()
        if path.suffix not in NO_WORDS
    ]


class TestTheTree:
    def test_shows_made_up_people_only(self, texts):
        written = [s for s in texts if s.path.name not in LOCKS and s.path.parts[0] != "requirements"]

        assert told(real_looking(written)) == ""

    def test_names_no_registry(self, texts):
        assert told(whereabouts.registries(texts)) == ""

    def test_names_no_path_of_one_machine(self, texts):
        assert told(whereabouts.machine_paths(texts, root=ROOT)) == ""


def planted(line: str, name: str = "x.md") -> list[Source]:
    return [Source(Path(name), f"first\n{line}\n")]


def born(day_and_month: str) -> str:
    """Return a person number that begins so, with control digits that are right."""
    return next(
        digits
        for number in range(300, 500)
        for end in range(100)
        if is_person_number(digits := f"{day_and_month}90{number}{end:02}")
    )


# Made here, so that none stands in the file.
REAL, D_NUMBER, HELP_NUMBER, OTHER_TEST_SERIES = born("0101"), born("4101"), born("0141"), born("0166")
SYNTHETIC = born("0181")


class TestPersonNumbers:
    @pytest.mark.parametrize("number", [REAL, D_NUMBER, HELP_NUMBER, OTHER_TEST_SERIES])
    @pytest.mark.parametrize("shape", ["{}", "fnr: {},", '"{}"', "({})", "pid={}."])
    def test_one_that_may_be_somebodys_is_caught(self, number, shape):
        assert "x.md:2: " + number[:6] in told(real_looking(planted(shape.format(number))))

    def test_one_written_with_a_space_is_caught(self):
        assert told(real_looking(planted(f"{REAL[:6]} {REAL[6:]}"))) != ""

    def test_it_is_not_repeated_in_the_message(self):
        assert REAL not in told(real_looking(planted(REAL)))

    def test_a_synthetic_one_passes(self):
        assert is_person_number(SYNTHETIC)
        assert is_synthetic(SYNTHETIC)
        assert told(real_looking(planted(SYNTHETIC))) == ""

    @pytest.mark.parametrize("text", [REAL[:10], REAL + "0", f"a{REAL}", f"{REAL}b", f"0.{REAL}", "12345678901"])
    def test_other_rows_of_digits_pass(self, text):
        assert told(real_looking(planted(text))) == ""


class TestTelephones:
    # Put together here, so that none stands in the file.
    PAIRS, THREES = " ".join(["22"] * 4), " ".join(["912", "34", "567"])

    @pytest.mark.parametrize(
        "text", [PAIRS, f"ring {THREES}.", f"+47 {PAIRS}", "+47" + "9" * 8, f"tel:{'9' * 8}", "tel:" + "1881"]
    )
    def test_one_that_may_ring_is_caught(self, text):
        assert "may ring somebody" in told(real_looking(planted(text)))

    @pytest.mark.parametrize(
        "text", ["tel:113", "tel:116117", "116 117", "00 12 34 56", "+47 00 00 00 00", "2026-11-21", "22 22 22"]
    )
    def test_lines_for_all_and_numbers_that_never_ring_pass(self, text):
        assert told(real_looking(planted(text))) == ""

    @pytest.mark.parametrize("text", [f'<path d="{PAIRS}"/>', f"1.{PAIRS}", f"{PAIRS} 22", f"3 {PAIRS}"])
    def test_other_rows_of_digits_pass(self, text):
        assert told(real_looking(planted(text))) == ""


class TestMailboxes:
    # Put together here, so that none stands in the file.
    @pytest.mark.parametrize(
        "domain", ["kommune" + ".no", "example.org" + ".no", "notexample" + ".org", "gmail" + ".com"]
    )
    def test_one_that_may_be_somebodys_is_caught(self, domain):
        assert "may be somebody's" in told(real_looking(planted("kari" + f"@{domain}")))

    @pytest.mark.parametrize("domain", ["example.org", "mail.example.org", "kommune.example", "demo.invalid"])
    def test_one_at_a_name_for_examples_passes(self, domain):
        assert told(real_looking(planted("write to kari" + f"@{domain}."))) == ""

    def test_a_decorator_is_none(self):
        assert told(real_looking(planted("@pytest.mark.parametrize(x) and @dataclass, a @ b.c"))) == ""


class TestWhereabouts:
    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("requirements/x.txt", "--index-" + "url https://pypi.example/simple"),
            ("package-lock.json", '"resolved": ' + '"https://registry.example/a.tgz"'),
            (".npmrc", "registry" + "=https://registry.example/"),
            ("uv.lock", "source = " + '{ registry = "https://pypi.example" }'),
        ],
    )
    def test_a_registry_in_a_lock_file_is_caught(self, name, line):
        assert f"{name}:2: names a registry" in told(whereabouts.registries(planted(line, name)))

    def test_prose_may_name_one(self):
        assert told(whereabouts.registries(planted("--index-" + "url is yours to choose", "docs/x.md"))) == ""

    @pytest.mark.parametrize("folder", ["/home/" + "kari/medspiller", "/Users/" + "ola/x", "/somewhere/" + "tree/docs"])
    def test_a_path_of_one_machine_is_caught(self, folder):
        found = whereabouts.machine_paths(planted(f"open {folder}/x"), root=Path("/somewhere/tree"))

        assert "x.md:2: names a path of one machine" in told(found)

    def test_a_path_that_every_machine_has_passes(self):
        line = "/var/log/x, /usr/bin/env, ./docs, https://example.no/home/"

        assert told(whereabouts.machine_paths(planted(line), root=Path("/var/medspiller"))) == ""
