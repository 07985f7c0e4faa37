"""What can be done with people, one module per topic."""

from medspiller.people.services.ages import announce_ages
from medspiller.people.services.bulk import register_families
from medspiller.people.services.carers import RegisteredCarer, register_carer
from medspiller.people.services.children import answer_children, end_children_reason, record_children_reason
from medspiller.people.services.consents import add_scan, give_consent, narrow_consent, withdraw_consent
from medspiller.people.services.contacts import (
    add_contact_point,
    change_contact_point,
    end_contact_point,
    reopen_contact_point,
)
from medspiller.people.services.corrections import answer_correction, ask_for_correction
from medspiller.people.services.emergency import (
    end_emergency_access,
    open_emergency_access,
    review_emergency_access,
)
from medspiller.people.services.first_talk import MaybeKnown, record_first_talk
from medspiller.people.services.handing_on import hand_on
from medspiller.people.services.importing import (
    accept_rows,
    content_to_read,
    import_batch,
    refuse_list,
    start_import,
    stop_import,
)
from medspiller.people.services.informing import record_informed, record_reason_not_to_inform
from medspiller.people.services.judgements import (
    decide_competence,
    end_circumstance,
    end_competence,
    judge_circumstance,
    shown_to,
)
from medspiller.people.services.merging import merge_persons, undo_merge
from medspiller.people.services.own_page import NotOnesOwn, change_own_details, read_own_notice
from medspiller.people.services.person_details import (
    add_name,
    change_person,
    end_name,
    record_death,
    take_back_death,
)
from medspiller.people.services.persons import close_involvement, open_involvement, register_person
from medspiller.people.services.questions import answer_access_question, ask_about_access
from medspiller.people.services.relations import change_relation, end_relation, record_relation
from medspiller.people.services.roles import end_role, give_role, reopen_role
from medspiller.people.services.scanning import scanned
from medspiller.people.services.statements import end_statement, record_statement
from medspiller.people.services.taking_back import take_back_first_talk
from medspiller.people.services.telling import record_told

__all__ = [
    "MaybeKnown",
    "NotOnesOwn",
    "RegisteredCarer",
    "accept_rows",
    "add_contact_point",
    "add_name",
    "add_scan",
    "announce_ages",
    "answer_access_question",
    "answer_children",
    "answer_correction",
    "ask_about_access",
    "ask_for_correction",
    "change_contact_point",
    "change_own_details",
    "change_person",
    "change_relation",
    "close_involvement",
    "content_to_read",
    "decide_competence",
    "end_children_reason",
    "end_circumstance",
    "end_competence",
    "end_contact_point",
    "end_emergency_access",
    "end_name",
    "end_relation",
    "end_role",
    "end_statement",
    "give_consent",
    "give_role",
    "hand_on",
    "import_batch",
    "judge_circumstance",
    "merge_persons",
    "narrow_consent",
    "open_emergency_access",
    "open_involvement",
    "read_own_notice",
    "record_children_reason",
    "record_death",
    "record_first_talk",
    "record_informed",
    "record_reason_not_to_inform",
    "record_relation",
    "record_statement",
    "record_told",
    "refuse_list",
    "register_carer",
    "register_families",
    "register_person",
    "reopen_contact_point",
    "reopen_role",
    "review_emergency_access",
    "scanned",
    "shown_to",
    "start_import",
    "stop_import",
    "take_back_death",
    "take_back_first_talk",
    "undo_merge",
    "withdraw_consent",
]
