"""What a browser sent of an offer: its form and its sets of rows, to and from the object that is stored."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from medspiller.access.web.drafts import OpenDraft
from medspiller.catalogue.domain.reading import LANGUAGES, Code, Fault
from medspiller.catalogue.domain.vocabulary import AreaKind
from medspiller.catalogue.web.entry_forms import MOST_ROWS, OfferForm, PhoneRow, PlaceRow, TimeRow, rows_of
from medspiller.catalogue.web.staff_wording import fault_words
from medspiller.core.telephones import written
from medspiller.ui.forms import Form

ROWS: Mapping[str, type[Form]] = {"places": PlaceRow, "times": TimeRow, "phones": PhoneRow}
_FIRST: Mapping[str, str] = {"places": "name", "times": "weekdays_0", "phones": "number"}
Pairs = Iterable[tuple[str, str]]
Body = Mapping[str, Any]
# What is kept of a body that the page does not ask for.
_KEPT = ("sources",)
_PATH = re.compile(r"(places|times|contact\.phones)\[(\d+)\]\.?(.*)")


@dataclass
class Sent:
    """The forms of one offer."""

    offer: OfferForm
    places: Any
    times: Any
    phones: Any

    @classmethod
    def of(cls, data: QueryDict, **lists: Pairs) -> "Sent":
        """Read what was sent."""
        sets = {name: rows_of(made, extra=0)(data, prefix=name) for name, made in ROWS.items()}
        return cls(OfferForm(data, **lists), **sets)

    @classmethod
    def fresh(cls, draft: OpenDraft, body: Body, *, based_on: int, **lists: Pairs) -> "Sent":
        """Return the forms of an offer as it stands, or with what a draft holds in them."""
        initial = {**initial_of(body), "based_on": based_on}
        offer = draft.fill(OfferForm, initial=initial, **lists)
        rows = {"places": _places(body), "times": _times(body), "phones": _phones(body)}
        sets = {
            name: draft.fill_set(rows_of(made, extra=0 if rows[name] else 1), prefix=name, initial=rows[name])
            for name, made in ROWS.items()
        }
        return cls(offer, **sets)

    @property
    def all(self) -> list[forms.Form]:
        """Every form, in the order of the page."""
        return [self.offer, *self.places.forms, *self.times.forms, *self.phones.forms]

    @property
    def is_valid(self) -> bool:
        """Whether everything typed can be read."""
        return all([self.offer.is_valid(), self.places.is_valid(), self.times.is_valid(), self.phones.is_valid()])

    def unchecked(self) -> "Sent":
        """The same forms with nothing said to be wrong: somebody is still writing."""
        for rows in (self.places, self.times, self.phones):
            rows._errors, rows._non_form_errors = [], ErrorList()
        each: Any
        for each in self.all:
            each._errors = ErrorDict()
        return self

    def written(self, name: str) -> list[Any]:
        """The rows of a set in which anything is written."""
        return [row for row in getattr(self, name).forms if _is_written(row)]

    def body(self, *, base: Body, slug: str) -> dict[str, Any]:
        """Return the object that was typed. What the page does not ask for stays as it is in `base`."""
        typed = self.offer.cleaned_data
        last_age = typed["last_age"]
        texts = {
            name: _with_others(self.offer.texts(name), base.get(name)) for name in ("title", "summary", "text", "how")
        }
        body: dict[str, Any] = {
            **{name: base[name] for name in _KEPT if name in base},
            "slug": slug,
            "provider": typed["provider"],
            "kind": typed["kind"],
            **texts,
            "needs": typed["needs"],
            "audience": {
                **{name: typed[name] for name in ("relations", "conditions", "situations")},
                "age_from": typed["age_from"],
                "age_to": None if last_age is None else last_age + 1,
            },
            "areas": self._areas(),
            "way": typed["way"],
            "cost": self._cost(base),
            "languages": typed["languages"],
            "period": {"from": _iso(typed["exists_from"]), "to": _day_after(typed["last_day"])},
            "review_on": _iso(typed["review_on"]),
            **{name: typed[name] for name in ("is_digital", "has_interpreter", "is_anonymous")},
            "places": [self._place(row) for row in self.written("places")],
            "times": [self._time(row) for row in self.written("times")],
            "contact": self._contact(),
            "machine_translated": typed["machine_translated"],
        }
        words = {language: _split(text) for language, text in self.offer.texts("search").items()}
        if words:
            body["search_words"] = words
        if typed["needs_check"]:
            body |= {"certainty": "check", "to_check": self.offer.texts("to_check")}
        return body

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Say at each field what the domain finds wrong with it; what belongs to no field, above them."""
        for fault in faults:
            # A text that lacks a language is named by itself; its field is that language's.
            path = f"{fault.path}.{fault.detail}" if fault.code is Code.LANGUAGE else fault.path
            form, name = self._field_at(path)
            words = fault_words(fault)
            if form is not None and name in form.fields:
                form.add_error(name, words)
            else:
                self.offer.add_error(None, f"{fault.path}: {words}")

    def _field_at(self, path: str) -> tuple[forms.Form | None, str]:
        row = _PATH.fullmatch(path)
        if row:
            name = "phones" if row.group(1) == "contact.phones" else row.group(1)
            written = self.written(name)
            number = int(row.group(2))
            if number >= len(written):
                return None, ""
            return written[number], _flat(row.group(3)) or next(iter(ROWS[name].base_fields))
        name = _FIELDS.get(path) or _FIELDS.get(path.partition("[")[0]) or _flat(path)
        name = name if name in self.offer.fields else f"{name}_nb"
        return self.offer, name

    def _areas(self) -> list[dict[str, str]]:
        kind = self.offer.area_kind
        if kind is AreaKind.NATIONAL:
            return [{"kind": kind.value}]
        codes = _split(self.offer.cleaned_data["codes"]) or [""]
        if kind is AreaKind.DISTRICT:
            districts = _split(self.offer.cleaned_data["districts"]) or [""]
            return [{"kind": kind.value, "code": code, "district": each} for code in codes for each in districts]
        return [{"kind": kind.value, "code": code} for code in codes]

    def _cost(self, base: Body) -> dict[str, Any]:
        typed = self.offer.cleaned_data
        texts = _with_others(self.offer.texts("cost"), (base.get("cost") or {}).get("text"))
        cost: dict[str, Any] = {"is_free": typed["is_free"] == "yes"}
        if not cost["is_free"] and typed["amount"]:
            cost["amount"] = _number(typed["amount"])
        return {**cost, "text": texts} if texts else cost

    def _contact(self) -> dict[str, Any]:
        typed = self.offer.cleaned_data
        phones = [
            {"number": re.sub(r"[\s-]", "", row.cleaned_data["number"]), "label": row.texts("label")}
            for row in self.written("phones")
        ]
        return {**{name: typed[name] for name in ("website", "email", "chat")}, "phones": phones}

    def _place(self, row: PlaceRow) -> dict[str, Any]:
        typed = row.cleaned_data
        names = ("name", "street", "postal_code", "city", "municipality", "district", "access")
        place = {name: typed[name] for name in names}
        directions = row.texts("directions")
        return {**place, "directions": directions} if directions else place

    def _time(self, row: TimeRow) -> dict[str, Any]:
        typed = row.cleaned_data
        clock = {name: typed[name].strftime("%H:%M") if typed[name] else None for name in ("opens", "closes")}
        time = {"weekdays": [int(day) for day in typed["weekdays"]], **clock, "every_weeks": typed["every_weeks"] or 1}
        note = row.texts("note")
        return {**time, "note": note} if note else time


# Where the name of a field is not that of its place in the object.
_FIELDS: Mapping[str, str] = {
    "audience.relations": "relations",
    "audience.conditions": "conditions",
    "audience.situations": "situations",
    "audience": "age_from",
    "audience.age_from": "age_from",
    "audience.age_to": "last_age",
    "areas": "codes",
    "cost": "amount",
    "cost.amount": "amount",
    "cost.is_free": "is_free",
    "cost.text": "cost_nb",
    "period": "exists_from",
    "period.from": "exists_from",
    "period.to": "last_day",
    "contact.website": "website",
    "contact.email": "email",
    "contact.chat": "chat",
    "certainty": "needs_check",
}


def initial_of(body: Body) -> dict[str, Any]:
    """Return what the offer's form begins with."""
    audience, cost, contact = (body.get(name) or {} for name in ("audience", "cost", "contact"))
    areas, period = body.get("areas") or [], body.get("period") or {}
    age_to = audience.get("age_to")
    words = {language: ", ".join(each) for language, each in (body.get("search_words") or {}).items()}
    texts = {name: body.get(name) or {} for name in ("title", "summary", "text", "how", "to_check")}
    texts |= {"cost": cost.get("text") or {}, "search": words}
    return {
        **{name: body.get(name) for name in _SAME},
        **{name: audience.get(name) or [] for name in ("relations", "conditions", "situations")},
        **{name: contact.get(name, "") for name in ("website", "email", "chat")},
        **{f"{name}_{language}": each.get(language, "") for name, each in texts.items() for language in LANGUAGES},
        "age_from": audience.get("age_from"),
        "last_age": None if age_to is None else age_to - 1,
        "reach": areas[0]["kind"] if areas else AreaKind.MUNICIPALITY.value,
        "codes": ", ".join(dict.fromkeys(each["code"] for each in areas if each.get("code"))),
        "districts": ", ".join(dict.fromkeys(each["district"] for each in areas if each.get("district"))),
        "is_free": "no" if cost.get("is_free") is False else "yes",
        "amount": "" if cost.get("amount") is None else str(cost["amount"]),
        "exists_from": period.get("from"),
        "last_day": _day_before(period.get("to")),
        "needs_check": body.get("certainty") == "check",
    }


_SAME = ("kind", "provider", "needs", "way", "languages", "has_interpreter", "is_digital", "is_anonymous", "review_on",
         "machine_translated")  # fmt: skip


def add_row(data: QueryDict, name: str) -> str:
    """Add an empty row to what was sent, and return the id of where one begins to write in it."""
    number = _count(data, name)
    if number < MOST_ROWS:
        data[f"{name}-TOTAL_FORMS"] = str(number + 1)
    return f"id_{name}-{min(number, MOST_ROWS - 1)}-{_FIRST[name]}"


def drop_row(data: QueryDict, name: str, number: int) -> None:
    """Take a row away from what was sent."""
    count = _count(data, name)
    if not 0 <= number < count:
        return
    for field in ROWS[name].base_fields:
        for row in range(number, count - 1):
            values = data.getlist(f"{name}-{row + 1}-{field}")
            data.setlist(f"{name}-{row}-{field}", values)
        data.pop(f"{name}-{count - 1}-{field}", None)
    data[f"{name}-TOTAL_FORMS"] = str(count - 1)
    data[f"{name}-INITIAL_FORMS"] = "0"


def _count(data: QueryDict, name: str) -> int:
    written = data.get(f"{name}-TOTAL_FORMS", "")
    return min(int(written), MOST_ROWS) if written.isdecimal() and len(written) < len("1000") else 0


def _is_written(row: Any) -> bool:
    ignored = {"every_weeks"}
    return any(value not in (None, "", []) for name, value in row.cleaned_data.items() if name not in ignored)


def _with_others(typed: dict[str, str], before: Any) -> dict[str, str]:
    """What was typed, with the texts in languages that the page does not ask for."""
    others = {code: text for code, text in (before or {}).items() if code not in LANGUAGES}
    return {**others, **typed}


def _flat(path: str) -> str:
    return path.replace(".", "_")


def _split(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _number(text: str) -> Any:
    """An amount, or the text itself where it is none, for the domain to refuse."""
    tidied = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", tidied):
        return text
    return float(tidied) if "." in tidied else int(tidied)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_after(last: date | None) -> str | None:
    return None if last is None or last == date.max else (last + timedelta(days=1)).isoformat()


def _day_before(end: str | None) -> date | None:
    return date.fromisoformat(end) - timedelta(days=1) if end else None


def _places(body: Body) -> list[dict[str, Any]]:
    return [_with_texts(each, "directions") for each in body.get("places") or []]


def _times(body: Body) -> list[dict[str, Any]]:
    times = [_with_texts(each, "note") for each in body.get("times") or []]
    return [{**each, "weekdays": [str(day) for day in each.get("weekdays") or []]} for each in times]


def _phones(body: Body) -> list[dict[str, Any]]:
    phones = (body.get("contact") or {}).get("phones") or []
    return [{**_with_texts(each, "label"), "number": written(each["number"])} for each in phones]


def _with_texts(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A row, with a text of it as one value for each language."""
    texts = told.get(name) or {}
    return {**told, **{f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}}
