"""
Markup that form authors write, made harmless.

What comes out is built anew of a dozen elements without attributes, links with a checked address,
and escaped text; nothing of what was written is passed on as it stands. What is not understood
is left out or shown as text, so the worst that a text can do is to look odd.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

LONGEST = 20_000
_DEEPEST = 20

_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>|[^<]+|<")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'\\]+", re.IGNORECASE)

_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup", "code": "code"}
_BLOCKS = dict.fromkeys(("p", "div", "section", "blockquote", "pre", "td", "th", "dt", "dd"), "p")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol")
_SILENT = (
    "script", "style", "head", "title", "iframe", "object", "svg", "math", "template", "noscript", "textarea",
    "select", "button", "form", "audio", "video", "canvas",
)  # fmt: skip

_SPAN = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*|__(?P<strong2>[^_\n]+)__|\*(?P<em>[^*\s][^*\n]*)\*|(?<!\w)_(?P<em2>[^_\n]+)_(?!\w)"
    r"|!?\[(?P<said>[^\]\[\n]*)\]\((?P<href>[^()\s]+)\)|\\(?P<plain>[\\*_\[\]()#.!-])"
)
_BULLET = re.compile(r"\s{0,3}[-*+]\s+(?P<said>.*)")
_NUMBERED = re.compile(r"\s{0,3}\d{1,9}[.)]\s+(?P<said>.*)")
_HEADING = re.compile(r"#{1,6}\s+(?P<said>.*?)\s*#*")


def tame_xhtml(written: str, *, inline: bool = False) -> str:
    """
    Return harmless HTML of HTML. `inline` gives what may stand in a label: no paragraphs, no lists.

    Longer texts than `LONGEST` give nothing: their plain text is shown instead.
    """
    if len(written) > LONGEST:
        return ""
    made, silent = _Made(inline), ""
    for token in _tokens(written):
        name = (token["name"] or "").lower()
        if silent:
            if name == silent and token["end"]:
                silent = ""
        elif not name:
            made.text(unescape(token[0]))
        elif name in _SILENT:
            silent = "" if token["end"] or token["rest"].endswith("/") else name
        elif token["end"]:
            made.close(name)
        else:
            made.open(name, token["rest"])
    return made.finished()


def tame_markdown(written: str, *, inline: bool = False) -> str:
    """Return harmless HTML of Markdown: paragraphs, lists, headings, emphasis and links; HTML in it is text."""
    if len(written) > LONGEST:
        return ""
    made = _Made(inline)
    kind = ""
    for line in [*written.replace("\r\n", "\n").split("\n"), ""]:
        kind = _markdown_line(made, line, kind)
    return made.finished()


def text_of_markup(markup: str) -> str:
    """Return the words in tamed HTML, for where no markup can stand."""
    spaced = re.sub(r"</(?:p|li)>|<br>", " ", markup)
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", spaced)).split())


def _tokens(written: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(written):
        if written.startswith("<!--", position):
            end = written.find("-->", position + 4)
            position = len(written) if end < 0 else end + 3
            continue
        found = _TOKEN.match(written, position)
        if found is None:
            return
        yield found
        position = found.end()


@dataclass(slots=True)
class _Made:
    """HTML under way. `open_` are the elements that are open, outermost first."""

    inline: bool
    out: list[str] = field(default_factory=list)
    open_: list[str] = field(default_factory=list)

    def text(self, said: str) -> None:
        if not said.strip() and (not self.out or self.out[-1].startswith(("</p", "<ul", "<ol", "</li", "<p", "<li"))):
            return
        if not self.inline and said.strip() and not self._is_in_block():
            self._start("p")
        self.out.append(escape(said))

    def open(self, name: str, rest: str = "") -> None:
        if name == "br":
            self.out.append("<br>")
        elif name in _INLINE or name == "a":
            self._open_inline(name, rest)
        elif self.inline and (name in _BLOCKS or name in _HEADINGS or name == "li"):
            self._break(dash=name == "li")
        elif name in _BLOCKS or name in _HEADINGS:
            self._close_down_to("li")
            self._start("p")
            if name in _HEADINGS:
                self._start("strong")
        elif name in _LISTS and not self.inline:
            self._close_down_to("li")
            self._start(name)
        elif name == "li" and any(one in _LISTS for one in self.open_):
            self._close_down_to(*_LISTS)
            self._start("li")

    def close(self, name: str) -> None:
        ours = "p" if name in _HEADINGS else _BLOCKS.get(name) or _INLINE.get(name, name)
        if ours in self.open_:
            while self.open_:
                closed = self._end()
                if closed == ours:
                    return
        elif self.inline and ours == "p":
            self._break()

    def finished(self) -> str:
        while self.open_:
            self._end()
        made = "".join(self.out).strip()
        made = re.sub(r"<(p|li|strong|em|ul|ol|a)(?: [^<>]*)?></\1>", "", made)
        return re.sub(r"^(?:<br>|\s)+|(?:<br>|\s)+$", "", made)

    def _open_inline(self, name: str, rest: str) -> None:
        if len(self.open_) >= _DEEPEST or ("a" in self.open_ and name == "a"):
            return
        if not self.inline and not self._is_in_block():
            self._start("p")
        if name != "a":
            self._start(_INLINE[name])
            return
        found = _HREF.search(rest)
        address = unescape(next((one for one in found.groups() if one is not None), "")) if found else ""
        if _ADDRESS.fullmatch(address):
            self.out.append(f'<a href="{escape(address)}" rel="noopener noreferrer">')
            self.open_.append("a")

    def _is_in_block(self) -> bool:
        return any(one in ("p", "li") for one in self.open_[_last_list(self.open_) :])

    def _break(self, *, dash: bool = False) -> None:
        while self.open_:
            self._end()
        if self.out and self.out[-1].strip() and self.out[-1] != "<br>":
            self.out.append("<br>")
        if dash:
            self.out.append("– ")

    def _close_down_to(self, *names: str) -> None:
        """Close what a block cannot stand in, down to an element that it can."""
        while self.open_ and self.open_[-1] not in names:
            if self.open_[-1] in _LISTS:
                return
            self._end()

    def _start(self, name: str) -> None:
        if len(self.open_) < _DEEPEST:
            self.out.append(f"<{name}>")
            self.open_.append(name)

    def _end(self) -> str:
        name = self.open_.pop()
        self.out.append(f"</{name}>")
        return name


def _last_list(open_: list[str]) -> int:
    return max((number for number, name in enumerate(open_) if name in _LISTS), default=0)


def _markdown_line(made: _Made, line: str, kind: str) -> str:
    """Add one line to what is made; `kind` is the block that the line before stood in."""
    for pattern, name in ((_BULLET, "ul"), (_NUMBERED, "ol")):
        if found := pattern.fullmatch(line):
            if kind != name:
                _end_block(made, kind)
                made.open(name)
            made.open("li")
            _spans(made, found["said"])
            return name
    if not line.strip():
        _end_block(made, kind)
        return ""
    if found := _HEADING.fullmatch(line.strip()):
        _end_block(made, kind)
        made.open("h2")
        _spans(made, found["said"])
        made.close("h2")
        return ""
    if kind:
        made.text("\n")
    else:
        made.open("p")
    _spans(made, line.strip().removesuffix("\\"))
    if line.endswith(("  ", "\\")):
        made.open("br")
    return kind or "p"


def _end_block(made: _Made, kind: str) -> None:
    if kind:
        made.close(kind)


def _spans(made: _Made, said: str) -> None:
    position = 0
    for found in _SPAN.finditer(said):
        if found.start() > position:
            made.text(said[position : found.start()])
        position = found.end()
        if found["href"] is not None:
            made.open("a", f'href="{escape(found["href"])}"')
            made.text(found["said"])
            made.close("a")
        elif found["plain"]:
            made.text(found["plain"])
        else:
            name = "strong" if found["strong"] or found["strong2"] else "em"
            made.open(name)
            made.text(found["strong"] or found["strong2"] or found["em"] or found["em2"])
            made.close(name)
    if position < len(said):
        made.text(said[position:])
