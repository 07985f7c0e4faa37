"""What a plan tells of a focus area below a heading such as *Omtale*."""

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.drafts import DraftArea
from medspiller.strategy.domain.plans.marking import Piece
from medspiller.strategy.domain.plans.wrapping import Wrapping
from medspiller.strategy.domain.vocabulary import TEXT_MOST

# More than can be kept: that something was left out is told by the length of what is here.
_LETTERS_MOST = 2 * TEXT_MOST


class Prose:
    """Paragraphs that are being read. `is_styled`: they stand below a heading that is one by its style."""

    def __init__(self, area: DraftArea, wrapping: Wrapping, *, is_styled: bool):
        self.is_styled = is_styled
        self._area, self._wrapping = area, wrapping
        self._last = ""
        self._letters = 0

    def take(self, piece: Piece, *, after_gap: bool, is_heading: bool) -> bool:
        """Add a line; say whether what is told goes on with it."""
        if is_heading:
            return False
        line, paragraphs = piece.line.text, self._area.text
        if self._letters > _LETTERS_MOST:
            return True
        self._letters += len(line)
        goes_on = self._last and not piece.is_item
        if goes_on and self._wrapping.continues(self._last, line, after_gap=after_gap):
            paragraphs[-1] = cleaning.clean(self._wrapping.join(paragraphs[-1], line))
        else:
            paragraphs += [""] if self._last and after_gap else []
            paragraphs.append(f"• {piece.text}" if piece.line.is_item else cleaning.clean(line))
        self._last = line
        return True
