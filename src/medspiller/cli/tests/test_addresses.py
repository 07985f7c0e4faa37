"""Where the database is said to be: no password among what others can see, and no half of a configuration."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from medspiller.cli import cluster, dumping, main, roles
from medspiller.config import secrets
from medspiller.config.secrets import BadDatabaseUrl, BadSettings

URL = "postgresql://owner:hidden@db.example/medspiller"
SAYS_WHICH = "is set and DATABASE_URL is not"


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_WEB_URL", "DATABASE_BACKUP_URL"):
        monkeypatch.delenv(name, raising=False)


class TestAPasswordAmongTheOptions:
    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://owner@db.example/medspiller?password=hid%2Bden",
            "postgresql:///medspiller?host=/run&user=owner&password=hid+den",
            "postgresql://owner:other@db.example/medspiller?sslmode=require&password=hid+den",
        ],
    )
    def test_is_the_password(self, url):
        address = secrets.parse(url)

        assert address.password == "hid+den"
        assert "password" not in address.options

    def test_stands_in_no_argument_of_a_program(self, monkeypatch, tmp_path):
        ran = Ran()
        monkeypatch.setattr(dumping.subprocess, "run", ran)
        address = secrets.parse("postgresql://owner@db.example/medspiller?password=hidden&sslmode=require")

        dumping.dump(Path("pg_dump"), address, snapshot="1", to=tmp_path / "dump")
        dumping.restore(Path("pg_restore"), address, dump=tmp_path / "dump")

        assert len(ran.commands) == 2
        for command, environment in zip(ran.commands, ran.environments, strict=True):
            assert "hidden" not in " ".join(str(part) for part in command)
            assert environment["PGPASSWORD"] == "hidden"

    @pytest.mark.parametrize("option", ["sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"])
    def test_another_secret_is_refused_by_name_and_not_told(self, option):
        with pytest.raises(BadDatabaseUrl, match=f"DATABASE_BACKUP_URL must not hold {option}") as refusal:
            secrets.parse(f"{URL}?{option}=hidden", setting="DATABASE_BACKUP_URL")
        assert "hidden" not in str(refusal.value)

    def test_other_options_are_kept(self):
        address = secrets.parse(f"{URL}?sslmode=verify-full&application_name=a+b")

        assert address.options == {"sslmode": "verify-full", "application_name": "a+b"}
        assert "sslmode=verify-full" in roles.conninfo(address)


class TestHalfAConfiguration:
    @pytest.mark.parametrize("name", ["DATABASE_WEB_URL", "DATABASE_BACKUP_URL"])
    def test_is_never_taken_for_the_database_under_data(self, monkeypatch, name):
        monkeypatch.setenv(name, URL)

        assert not secrets.is_embedded()
        with pytest.raises(BadSettings, match=f"{name} {SAYS_WHICH}"):
            secrets.owner_database()

    def test_no_database_is_made_under_data(self, monkeypatch, capsys):
        monkeypatch.setenv("DATABASE_WEB_URL", URL)

        assert main.main(["database", "up"]) == 2
        assert f"DATABASE_WEB_URL {SAYS_WHICH}" in capsys.readouterr().err

    def test_a_command_that_writes_as_the_owner_refuses(self, monkeypatch):
        monkeypatch.setenv("DATABASE_WEB_URL", URL)

        # In a process of its own: here Django has the addresses of the suite.
        done = subprocess.run(
            [sys.executable, "-m", "medspiller.cli.main", "content", "publish"],
            capture_output=True,
            text=True,
            check=False,
        )

        assert (done.returncode, done.stdout) == (2, "")
        assert f"medspiller: DATABASE_WEB_URL {SAYS_WHICH}" in done.stderr

    def test_nothing_under_data_is_thrown_away(self, monkeypatch, capsys):
        monkeypatch.setenv("DATABASE_WEB_URL", URL)
        monkeypatch.setattr(cluster, "remove", lambda: pytest.fail("thrown away"))

        assert main.main(["reset", "--yes"]) == 2
        assert "DATABASE_WEB_URL is set" in capsys.readouterr().err

    def test_a_backup_wants_the_role_for_it(self, monkeypatch, capsys, tmp_path):
        monkeypatch.setenv("DATABASE_WEB_URL", URL)

        assert main.main(["backup", str(tmp_path / "mine")]) == 2
        assert "DATABASE_BACKUP_URL is not set" in capsys.readouterr().err

    def test_web_and_worker_need_no_owner(self, monkeypatch):
        monkeypatch.setenv("DATABASE_WEB_URL", URL)

        assert not secrets.has_owner()
        assert secrets.web_database() == secrets.parse(URL)

    def test_where_backups_are_made_nobody_signs_in_as_the_web_role(self, monkeypatch):
        monkeypatch.setenv("DATABASE_BACKUP_URL", URL)

        address = secrets.web_database()
        assert (address.host, address.user, address.password) == ("db.example", secrets.WEB_USER, "")

    def test_nothing_at_all_is_the_database_under_data(self):
        assert secrets.is_embedded()
        assert secrets.owner_database().user == secrets.OWNER_USER


@dataclass
class Ran:
    """In the place of `subprocess.run`: keeps what was to be run, and says that it went well."""

    commands: list[list[object]] = field(default_factory=list)
    environments: list[dict[str, str]] = field(default_factory=list)
    returncode: int = 0
    stderr: str = ""

    def __call__(self, command, *, env, **_):
        self.commands.append(command)
        self.environments.append(env)
        return self
