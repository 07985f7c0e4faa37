"""
Take pictures of every page at three widths, light and dark, into `build/screens/`, with an `index.html` over all.

Interrupted, it goes on where it stopped. With words: only pages whose route or visitor has one of them.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.journeys.screens import option, sheet
from tests.journeys.screens.order import WIDTHS, Order
from tests.journeys.visits import LANGUAGES, THEMES

ROOT = Path(__file__).resolve().parents[3]


def main(given: list[str]) -> int:
    """Take the pictures that are missing, and return 0, or pytest's status if they could not be taken."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.screens", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD", help="part of a route's name or of a visitor's")
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS, metavar="PIXELS")
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument("--language", choices=LANGUAGES, default="nb")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/screens")
    parser.add_argument("--again", action="store_true", help="take those that are there already, too")
    parser.add_argument("--list", action="store_true", help="say which pages there are, and take none")
    wanted = parser.parse_args(given)
    order = Order(
        folder=wanted.folder.absolute(),
        words=tuple(wanted.words),
        widths=tuple(wanted.widths),
        themes=tuple(wanted.themes),
        language=wanted.language,
        again=wanted.again,
    )
    return show(order) if wanted.list else take(order)


def show(order: Order) -> int:
    """Print every visit that is wanted."""
    for visit in order.visits():
        sys.stdout.write(f"{visit}\n")
    return 0


def take(order: Order) -> int:
    """Take the pictures, and say where they are."""
    order.folder.mkdir(parents=True, exist_ok=True)
    status = 0
    if any(order.missing()):
        taking = ["-m", "pytest", "-s", "--no-header", "-p", option.__name__, f"{option.NAME}={order.as_text()}"]
        file = str(Path(__file__).with_name("taking.py"))
        try:
            status = subprocess.run([sys.executable, *taking, file], cwd=ROOT, check=False).returncode
        except KeyboardInterrupt:
            # The next run goes on here.
            status = 130
    number = sheet.write(order.folder)
    sys.stderr.write(f"{number} pictures in {order.folder}/index.html\n")
    return status
