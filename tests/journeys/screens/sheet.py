"""One page that shows all pictures side by side."""

import html
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

_HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every page</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
  body { margin: 1rem; }
  section { border-top: 1px solid; padding-block: 0.5rem; }
  h2 { font-size: 1rem; margin: 0 0 0.5rem; }
  div { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: start; }
  figure { margin: 0; }
  img { display: block; height: 20rem; max-width: 30rem; object-fit: cover; object-position: top; border: 1px solid; }
  figcaption { font-size: 0.8rem; }
</style>
"""


def write(folder: Path) -> int:
    """Write `index.html` into the folder for all pictures in it, and return how many there are."""
    pictures = sorted(folder.glob("*/*/*.png"))
    (folder / "index.html").write_text("\n".join([_HEAD, *_parts(folder, pictures)]), encoding="utf-8")
    return len(pictures)


def _parts(folder: Path, pictures: Iterable[Path]) -> Iterable[str]:
    yield "<h1>Every page</h1>"
    for visited, shown in groupby(pictures, key=lambda file: file.parent):
        yield f"<section><h2>{html.escape(visited.name)} as {html.escape(visited.parent.name)}</h2><div>"
        for file in shown:
            address = quote(file.relative_to(folder).as_posix())
            yield (
                f'<figure><a href="{address}"><img loading="lazy" src="{address}" alt=""></a>'
                f"<figcaption>{html.escape(file.stem)}</figcaption></figure>"
            )
        yield "</div></section>"
