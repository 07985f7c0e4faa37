"""
From text to the parts of an expression.

Precedence is the specification's (N1, § 6.8), in which `is` and `as` bind tighter than `|` and `<`.
"""

from collections.abc import Iterable
from decimal import Decimal

from medspiller.questionnaires.domain.answering.expressions import temporal
from medspiller.questionnaires.domain.answering.expressions.errors import TooMuchWork, UnreadableExpression
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.syntax import (
    CALENDAR_UNITS,
    At,
    Call,
    Chain,
    Expression,
    Literal,
    Member,
    Operators,
    Sign,
    Special,
    Token,
    TypeName,
    Variable,
    tokens,
    unquoted,
)

DEEPEST_NESTING = 50
BINDS = {
    operator: tightness
    for tightness, operators in enumerate(
        (
            ("implies",),
            ("or", "xor"),
            ("and",),
            ("in", "contains"),
            ("=", "~", "!=", "!~"),
            ("<", ">", "<=", ">="),
            ("|",),
            ("is", "as"),
            ("+", "-", "&"),
            ("*", "/", "div", "mod"),
        ),
        start=1,
    )
    for operator in operators
}
TYPE_FUNCTIONS = {"is", "as", "ofType"}
_NEVER_A_TERM = {"and", "or", "xor", "implies", "div", "mod"}
_TRUTHS = {"true": True, "false": False}
_SPECIALS = {"$this", "$index", "$total"}


def parse(text: str) -> Expression:
    """
    Return what an expression says.

    :raises UnreadableExpression: with the column where it stops being FHIRPath.
    :raises TooMuchWork: if it is too long or nested too deeply.
    """
    return _Parser(tokens(text)).whole()


class _Parser:
    def __init__(self, words: Iterable[Token]):
        self._words = list(words)
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        said = self._operators(1)
        if self._word.kind != "end":
            raise self._unexpected("an operator or the end")
        return said

    @property
    def _word(self) -> Token:
        return self._words[self._at]

    def _next(self) -> Token:
        word = self._words[self._at]
        self._at += 1
        return word

    def _sees(self, operator: str) -> bool:
        return self._word.kind == "op" and self._word.text == operator

    def _take(self, operator: str) -> None:
        if not self._sees(operator):
            raise self._unexpected(f"{operator!r}")
        self._at += 1

    def _unexpected(self, wanted: str) -> UnreadableExpression:
        found = repr(self._word.text[:40]) if self._word.kind != "end" else "the end"
        return UnreadableExpression(why=f"expected {wanted}, found {found}", column=self._word.column)

    def _tightness(self) -> int:
        return BINDS.get(self._word.text, 0) if self._word.kind in {"op", "name"} else 0

    def _operators(self, loosest: int) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST_NESTING * 2:
            raise TooMuchWork(f"the expression is nested more than {DEEPEST_NESTING} deep")
        left = self._signed()
        while (tightness := self._tightness()) >= loosest:
            rest: list[tuple[str, Expression]] = []
            while self._tightness() == tightness:
                operator = self._next().text
                right = self._type_name() if operator in {"is", "as"} else self._operators(tightness + 1)
                rest.append((operator, right))
            left = Operators(left, tuple(rest))
        self._depth -= 1
        return left

    def _signed(self) -> Expression:
        signs = []
        while self._sees("-") or self._sees("+"):
            signs.append(self._next().text)
        if len(signs) > DEEPEST_NESTING:
            raise TooMuchWork("the expression has too many signs in a row")
        said = self._chain()
        for sign in reversed(signs):
            said = Sign(sign, said)
        return said

    def _chain(self) -> Expression:
        steps = [self._term()]
        while True:
            if self._sees("."):
                self._at += 1
                steps.append(self._invocation(first=False))
            elif self._sees("["):
                self._at += 1
                steps.append(At(self._operators(1)))
                self._take("]")
            else:
                return steps[0] if len(steps) == 1 else Chain(tuple(steps))

    def _term(self) -> Expression:
        word = self._word
        if word.kind in {"number", "string", "date", "datetime", "time"}:
            return self._literal()
        if word.kind == "variable":
            name = self._next().text[1:]
            return Variable(unquoted(name) if name[0] in "`'" else name)
        if self._sees("("):
            self._at += 1
            inside = self._operators(1)
            self._take(")")
            # A chain of its own, so that a name in it stays the first one and `a.(b)` stays impossible.
            return Chain((inside,))
        if self._sees("{"):
            self._at += 1
            self._take("}")
            return Literal(())
        if word.kind == "name" and word.text in _TRUTHS:
            return Literal((_TRUTHS[self._next().text],))
        if word.kind == "name" and word.text in _NEVER_A_TERM:
            raise self._unexpected("a value, a path or a function")
        return self._invocation(first=True)

    def _literal(self) -> Expression:
        word = self._next()
        if word.kind == "string":
            return Literal((unquoted(word.text),))
        if word.kind == "number":
            return Literal((self._number(word.text),))
        readers = {"date": temporal.date, "datetime": temporal.date_time, "time": temporal.time}
        value = readers[word.kind](word.text[1:])
        if value is None:
            raise UnreadableExpression(why=f"there is no such date or time as {word.text}", column=word.column)
        return Literal((value,))

    def _number(self, text: str) -> object:
        value = Decimal(text)
        if len(text) > 40:
            raise UnreadableExpression(why="a number is too long", column=self._words[self._at - 1].column)
        if self._word.kind == "string":
            return Quantity(value, unquoted(self._next().text))
        if self._word.kind == "name" and self._word.text in CALENDAR_UNITS:
            return Quantity(value, self._next().text, calendar=True)
        return value if "." in text else int(text)

    def _invocation(self, *, first: bool) -> Expression:
        word = self._word
        if word.kind == "name" and word.text.startswith("$"):
            if word.text not in _SPECIALS:
                raise self._unexpected("$this, $index or $total")
            return Special(self._next().text)
        name = self._identifier()
        if not self._sees("("):
            return Member(name, first)
        self._at += 1
        arguments = self._arguments(name)
        self._take(")")
        return Call(name, tuple(arguments))

    def _arguments(self, function: str) -> list[Expression]:
        if self._sees(")"):
            return []
        if function in TYPE_FUNCTIONS:
            return [self._type_name()]
        arguments = [self._argument(function)]
        while self._sees(","):
            self._at += 1
            arguments.append(self._argument(function))
        return arguments

    def _argument(self, function: str) -> Expression:
        said = self._operators(1)
        if function == "sort" and self._word.kind == "name" and self._word.text in {"asc", "desc"}:
            return Sign("-", said) if self._next().text == "desc" else said
        return said

    def _identifier(self) -> str:
        word = self._word
        if word.kind == "quoted":
            return unquoted(self._next().text)
        if word.kind != "name" or word.text.startswith("$"):
            raise self._unexpected("a value, a path or a function")
        return self._next().text

    def _type_name(self) -> TypeName:
        name = self._identifier()
        if self._sees("."):
            self._at += 1
            return TypeName(name, self._identifier())
        return TypeName(None, name)
