"""What was found: all rights in groups, and a page for each, with what the carer answered."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from medspiller.core import clock
from medspiller.core.laws import in_full
from medspiller.rights.domain.combining import combinations
from medspiller.rights.domain.dialogue import Dialogue, NoDialogue
from medspiller.rights.domain.findings import Finding, find, finding_of, sources
from medspiller.rights.domain.grouping import Group, group_of, grouped
from medspiller.rights.domain.rights import Right
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.web import state
from medspiller.rights.web.area import Area, is_citizen, language
from medspiller.rights.web.forms import DayForm
from medspiller.rights.web.presenting import Reader, Step, unverified
from medspiller.rights.web.wording import ABOUT_GROUPS, ANSWER_TAGS, CERTAINTIES, DECIDES, GROUPS, KINDS
from medspiller.ui import languages

RIGHT_COLUMN = gettext_lazy("Right")
# Of groups that are long and of less use, so many are shown at once.
_UNFOLDED = {Group.MAYBE: 3, Group.NO: 0, Group.NOT_LAW: 0}


def show(
    request: HttpRequest,
    area: Area,
    rulebook: Rulebook,
    dialogue: Dialogue,
    *,
    day_form: DayForm | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show what is found with what has been answered so far."""
    shown = found(rulebook, dialogue, area) | {
        "area": area,
        "state": state.signed(dialogue, area),
        "day_form": day_form or DayForm(today=clock.today(), initial={"dag": dialogue.on}),
        "ui_languages": (),
        "languages": languages.choices(request),
        **_ways_to_keep(request, area),
        **(more or {}),
    }
    return render(request, "rights/answers.html", shown, status=422 if day_form and day_form.errors else 200)


def _ways_to_keep(request: HttpRequest, area: Area) -> dict[str, str]:
    """Where the answers can be taken: behind a link and as a PDF on the open pages, on one's own page if signed in."""
    if area.is_staff:
        return {}
    own = {"keep_url": reverse("own_rights:keep")} if is_citizen(request) else {}
    return {"save_url": area.url("save"), "pdf_url": area.url("pdf"), **own}


def _group(group: Group, steps: list[Step]) -> dict[str, Any]:
    at_once = _UNFOLDED.get(group, len(steps))
    return {
        "id": group.value,
        "heading": GROUPS[group],
        "about": ABOUT_GROUPS[group],
        "steps": steps,
        "shown": steps[:at_once],
        "folded": steps[at_once:],
    }


def found(rulebook: Rulebook, dialogue: Dialogue, area: Area) -> dict[str, Any]:
    """Return what a page of answers shows, on screen and on paper."""
    reader = Reader(rulebook, language(), dialogue.on)
    findings = find(rulebook, dialogue.facts(rulebook.facts), on=dialogue.on)
    situation = rulebook.situation(dialogue.situation)
    groups = grouped(findings, first=situation.rights if situation else ())

    def step(finding: Finding) -> Step:
        return reader.step(finding, area.url("answered_right", rulebook.rights[finding.right].slug))

    return {
        "groups": [_group(group, [step(each) for each in members]) for group, members in groups.items() if members],
        "counts": {group.value: len(members) for group, members in groups.items()},
        "combinations": [
            (
                *(reader.say(rulebook.rights[each].title) for each in one.rights),
                reader.say(one.text),
                unverified(one.certainty),
            )
            for one in combinations(rulebook, findings)
        ],
        "given": reader.given(dialogue),
        "situation": reader.say(situation.title) if situation else "",
        "on": dialogue.on,
        "is_today": dialogue.on == clock.today(),
        "can_ask_more": any(finding.open for finding in findings),
        "checked": min((right.checked for right in rulebook.rights.values()), default=None),
    }


def answered(request: HttpRequest, area: Area, rulebook: Rulebook) -> HttpResponse:
    """Show the answers of a dialogue that a form brought."""
    try:
        return show(request, area, rulebook, state.sent(request, area, rulebook.facts))
    except NoDialogue:
        return redirect(area.start_url)


def right_page(request: HttpRequest, area: Area, rulebook: Rulebook, slug: str) -> HttpResponse:
    """Show one right with what was answered."""
    right = rulebook.right_at(slug)
    if right is None:
        raise Http404
    try:
        dialogue = state.sent(request, area, rulebook.facts)
    except NoDialogue:
        return redirect("rights:right", slug)
    finding = finding_of(rulebook, right.id, dialogue.facts(rulebook.facts), on=dialogue.on)
    reader = Reader(rulebook, language(), dialogue.on)
    group = group_of(finding)
    shown = about_right(reader, right) | judged(reader, right, finding, dialogue) | {
        "area": area,
        "state": state.signed(dialogue, area),
        "group": group.value,
        "tag": ANSWER_TAGS[group],
        "ui_languages": (),
        "languages": languages.choices(request),
    }  # fmt: skip
    return render(request, "rights/right_answered.html", shown)


def on_paper(request: HttpRequest, area: Area, rulebook: Rulebook, dialogue: Dialogue) -> HttpResponse:
    """Show the answers as a sheet: the groups, and for what may be had all that one needs to go on."""
    reader = Reader(rulebook, language(), dialogue.on)
    findings = find(rulebook, dialogue.facts(rulebook.facts), on=dialogue.on)
    situation = rulebook.situation(dialogue.situation)
    groups = grouped(findings, first=situation.rights if situation else ())
    whole = []
    for finding in (*groups[Group.YES], *groups[Group.WEIGHED]):
        right = rulebook.rights[finding.right]
        whole.append(about_right(reader, right) | judged(reader, right, finding, dialogue))
    shown = found(rulebook, dialogue, area) | {"area": area, "whole": whole, "printed_on": clock.today()}
    return render(request, "rights/answers_print.html", shown)


def for_another_day(request: HttpRequest, area: Area, rulebook: Rulebook, dialogue: Dialogue) -> HttpResponse:
    """Show the answers for another reference date; what was typed stays where the date is refused."""
    day_form = DayForm(request.POST, today=clock.today())
    if not day_form.is_valid():
        return show(request, area, rulebook, dialogue, day_form=day_form)
    return show(request, area, rulebook, dialogue.for_day(day_form.cleaned_data["dag"]))


def about_right(reader: Reader, right: Right) -> dict[str, Any]:
    """Return what is said of a right whoever asks."""
    rights, say = reader.rulebook.rights, reader.say
    period = right.period_on(reader.on)
    return {
        "right": right,
        "title": say(right.title),
        "short": say(right.short),
        "kind": KINDS[right.kind],
        "decides": DECIDES[right.decided_by],
        "document": [say(each) for each in right.document],
        "how": [say(each) for each in right.how],
        "apply_url": right.apply_at.url if right.apply_at else None,
        "apply_label": say(right.apply_at.label) if right.apply_at else "",
        "deadline": say(right.deadline),
        "refused_body": say(right.refused.body),
        "refused_text": say(right.refused.text),
        "refused_days": right.refused.deadline_days,
        "refused_unverified": unverified(right.refused.certainty),
        "combine": [
            (rights[one.other].slug, say(rights[one.other].title), say(one.text), unverified(one.certainty))
            for one in right.combine
            if one.other in rights
        ],
        "verify": [say(each) for each in right.verify],
        "checked": right.checked,
        "on": reader.on,
        "is_today": reader.on == clock.today(),
        "holds_from": period.start if period.rule else None,
        "holds_to": right.end_of(period) if period.rule else None,
        "source": period.source,
        "source_certainty": CERTAINTIES[period.source.certainty] if period.source else "",
        "state": period.state.value if period.state else "",
    }


def judged(reader: Reader, right: Right, finding: Finding, dialogue: Dialogue) -> dict[str, Any]:
    """Return what is said of a right with what was answered."""
    return {
        "step": reader.step(finding),
        "answer": reader.answer(right, finding),
        "reasons": reader.reasons(finding, dialogue),
        "amounts": [reader.how_much(finding, amount) for amount in finding.amounts],
        "figures": reader.figures_of(finding),
        "sources": [
            (in_full(source.ref), source.url, CERTAINTIES[source.certainty], since)
            for source, since in sources(reader.rulebook, finding)
        ],
        "missing": reader.questions(finding.missing),
        "tag": ANSWER_TAGS[group_of(finding)],
    }
