"""Figures of reading plans, without the database: a plan of sixty pages, and a table of ten thousand rows."""

from pathlib import Path

import medspiller.demo
from bench.measure import Bench, sized
from medspiller.strategy.domain.plans import sources
from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.worker.plans import read_file, write_docx

# As PDF readers give it: lines of some fifty letters, words parted at their ends, forty to a page.
_PROSE = (
    "Pårørende er en viktig ressurs. Med dette menes at ",
    "pårørende kan være sentrale bidragsytere og støtte",
    "spillere for sine familiemedlemmer eller andre nære ",
    "ved at de kjenner den enkelte og deres behov. ",
    "",
)
_LINES_A_PAGE = 40
_PAGES = 60


def long_plan() -> str:
    """The municipal plan of the demo with sixty pages of prose before it."""
    folder = Path(next(iter(medspiller.demo.__path__))) / "plans"
    plan = (folder / "kommunal-parorendestrategi.txt").read_text(encoding="utf-8")
    title, _, rest = plan.partition("\n")
    pages = []
    for page in range(1, sized(_PAGES) + 1):
        lines = [_PROSE[line % len(_PROSE)] for line in range(_LINES_A_PAGE)]
        pages.append("\n".join([f"2.{page} Om pårørende på side {page}", *lines, str(page), ""]))
    return "\n".join([title, "", *pages, rest])


def bench_strategy_reading(bench: Bench) -> None:
    """A long plan as text and as a document of Word, and a long table."""
    text = long_plan().encode()
    _, lines = sources.plain_lines(text, "plan.txt")
    plan = read_plan(lines)
    assert sum(len(area.measures) for area in plan.areas) == 31
    size = f"{sized(_PAGES)} pages, {len(lines)} lines"
    aim = "≤ 2 s for 60 pages"
    bench.measure(
        "strategy: read a plan, text", lambda: read_file(text, "plan.txt"), n=10, warm_up=1, size=size, aim=aim
    )
    word = write_docx(plan)
    bench.measure(
        "strategy: read a plan, Word", lambda: read_file(word, "plan.docx"), n=10, warm_up=1, size="31 measures"
    )
    count = sized(10_000)
    rows = [f"Tiltak om sak {number}\tEnhet {number % 900}, Helse og sosial\t2022-2025" for number in range(count)]
    table = "\n".join(["Innsatsområde 1 Mye", "Tiltak\tAnsvar\tTid", *rows]).encode()
    bench.measure(
        "strategy: read a long table", lambda: read_file(table, "t.txt"), n=3, warm_up=1, size=f"{count} rows"
    )
