"""Every code has its words: a new one without any would stop a page."""

import pytest

from medspiller.catalogue.domain.vocabulary import Need, Relation
from medspiller.followup.domain.agreements import AgreementClosed, AgreementState
from medspiller.followup.domain.children import PATHWAYS, Stage
from medspiller.followup.domain.concerns import (
    Consulted,
    Danger,
    Feedback,
    Judgement,
    ParentsTold,
    ReportedHow,
    ReportedTo,
)
from medspiller.followup.domain.duties import ReporterRole
from medspiller.followup.domain.needs import NeedSource
from medspiller.followup.domain.suggesting import DeclineReason, SuggestionKind, SuggestionState
from medspiller.followup.templatetags import care_words, suggestion_words
from medspiller.people.domain.children import ChildrenReply, ReasonToAsk

TABLES = [
    (suggestion_words.NEEDS, Need),
    (suggestion_words.SOURCES, NeedSource),
    (suggestion_words.KINDS, SuggestionKind),
    (suggestion_words.STATES, SuggestionState),
    (suggestion_words.STATE_COLORS, SuggestionState),
    (suggestion_words.DECLINED, DeclineReason),
    (suggestion_words.RELATIONS, Relation),
    (care_words.AGREEMENT_STATES, AgreementState),
    (care_words.AGREEMENT_ENDED, AgreementClosed),
    (care_words.STAGES, Stage),
    (care_words.KINSHIP, PATHWAYS),
    (care_words.REASONS_TO_ASK, ReasonToAsk),
    (care_words.REPLIES, ChildrenReply),
    (care_words.JUDGEMENTS, Judgement),
    (care_words.DANGERS, Danger),
    (care_words.CONSULTED, Consulted),
    (care_words.REPORTED_TO, ReportedTo),
    (care_words.REPORTED_HOW, ReportedHow),
    (care_words.PARENTS_TOLD, ParentsTold),
    (care_words.REPORTERS, ReporterRole),
    (care_words.FEEDBACK, Feedback),
]


@pytest.mark.parametrize(("words", "codes"), TABLES)
def test_every_code_has_words_and_no_words_are_left_over(words, codes):
    assert set(words) == set(codes)


def test_reasons_say_what_they_can_and_leave_out_what_has_no_words():
    codes = ["need:peers", "relation:partner", "relation:nobody", "made-up", "own"]

    assert len(suggestion_words.reasons_in_words(codes)) == 3


def test_the_carer_is_spoken_to_and_others_are_spoken_of():
    of_them, to_them = (suggestion_words.reasons_in_words(["right:yes"], own=own) for own in (False, True))

    assert of_them != to_them
