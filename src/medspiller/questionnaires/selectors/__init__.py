"""What can be known of questionnaires and answers, one module per topic. Reading answers leaves an entry in the log."""

from medspiller.questionnaires.selectors.answers import (
    ReadResponse,
    Responses,
    SeenResponse,
    own_responses,
    response,
    response_for_update,
    responses_of,
)
from medspiller.questionnaires.selectors.begun import Begun, Filling, begun, begun_for, filling, filling_for_update
from medspiller.questionnaires.selectors.begun_since import begun_since
from medspiller.questionnaires.selectors.coded import (
    CodedAnswer,
    CodedResponse,
    Given,
    about_whom,
    coded_responses,
    newest_given,
    whose,
)
from medspiller.questionnaires.selectors.forms import Offered, Other, blank_to_begin, offered, offered_for, others
from medspiller.questionnaires.selectors.own_data import own_tables
from medspiller.questionnaires.selectors.uploads import SeenUpload, upload

__all__ = [
    "Begun",
    "CodedAnswer",
    "CodedResponse",
    "Filling",
    "Given",
    "Offered",
    "Other",
    "ReadResponse",
    "Responses",
    "SeenResponse",
    "SeenUpload",
    "about_whom",
    "begun",
    "begun_for",
    "begun_since",
    "blank_to_begin",
    "coded_responses",
    "filling",
    "filling_for_update",
    "newest_given",
    "offered",
    "offered_for",
    "others",
    "own_responses",
    "own_tables",
    "response",
    "response_for_update",
    "responses_of",
    "upload",
    "whose",
]
