"""
Which app reacts to which event, and which kinds of content there are. The only arrows back.
"""

from medspiller.access import registry as access_registry
from medspiller.access import subscribers as access_subscribers
from medspiller.access.domain import events as access_events
from medspiller.catalogue import subscribers as catalogue_subscribers
from medspiller.catalogue.domain import events as catalogue_events
from medspiller.config import menus
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import registry as content_registry
from medspiller.content import subscribers as content_subscribers
from medspiller.core import events
from medspiller.enquiries import subscribers as enquiry_subscribers
from medspiller.enquiries.domain import events as enquiry_events
from medspiller.followup import selectors as followup
from medspiller.followup import subscribers as followup_subscribers
from medspiller.followup.domain import events as followup_events
from medspiller.messages import gateways as message_gateways
from medspiller.messages import registry as message_registry
from medspiller.messages import subscribers as message_subscribers
from medspiller.messages.domain import events as message_events
from medspiller.people import registry as people_registry
from medspiller.people import selectors as people
from medspiller.people import selectors as people_selectors
from medspiller.people.domain import events as people_events
from medspiller.questionnaires import selectors as questionnaires
from medspiller.questionnaires import subscribers as questionnaire_subscribers
from medspiller.questionnaires.domain import events as questionnaire_events
from medspiller.rights import selectors as rights
from medspiller.rights import subscribers as rights_subscribers
from medspiller.rights.domain import changes as rights_changes
from medspiller.rights.domain import handing_over as rights_events
from medspiller.signups import selectors as signups
from medspiller.signups import subscribers as signup_subscribers
from medspiller.signups.domain import events as signup_events
from medspiller.worklist import registry as worklist_registry
from medspiller.worklist import subscribers as worklist_subscribers

SUBSCRIPTIONS: list[tuple[type, events.Subscriber]] = [
    (access_events.HoldingEnded, access_subscribers.forget_drafts_of_leaver),
    (access_events.HoldingEnded, worklist_subscribers.holding_ended),
    (access_events.RoleEnded, worklist_subscribers.role_ended),
    (people_events.PersonDied, worklist_subscribers.person_died),
    (people_events.PersonChanged, worklist_subscribers.person_lives),
    (people_events.InvolvementOpened, worklist_subscribers.ask_about_children),
    (people_events.InvolvementOpened, worklist_subscribers.inform_carer_still),
    (people_events.PersonHandedOn, worklist_subscribers.handed_on),
    (people_events.InvolvementClosed, worklist_subscribers.no_longer_followed_up),
    (people_events.ChildrenAsked, worklist_subscribers.children_asked),
    (people_events.CompetenceDecided, worklist_subscribers.review_competence),
    (people_events.CompetenceEnded, worklist_subscribers.competence_ended),
    (people_events.ConsentGiven, worklist_subscribers.review_consent),
    (people_events.ConsentWithdrawn, worklist_subscribers.consent_withdrawn),
    (people_events.CircumstanceJudged, worklist_subscribers.review_circumstance),
    (people_events.CircumstanceEnded, worklist_subscribers.circumstance_ended),
    (people_events.CarerRegistered, worklist_subscribers.inform_carer),
    (people_events.PersonInformed, worklist_subscribers.person_informed),
    (people_events.RegistrationTakenBack, worklist_subscribers.registration_taken_back),
    (people_events.RegistrationTakenBack, message_subscribers.registration_taken_back),
    (people_events.AgeChangeAhead, worklist_subscribers.age_ahead),
    (people_events.AgeReached, message_subscribers.tell_of_age),
    (people_events.CorrectionAsked, worklist_subscribers.correction_asked),
    (people_events.CorrectionAnswered, worklist_subscribers.correction_answered),
    (people_events.PersonsMerged, worklist_subscribers.persons_merged),
    (people_events.MergeUndone, worklist_subscribers.merge_undone),
    (people_events.CarerRegistered, message_subscribers.tell_carer),
    (people_events.ConsentWithdrawn, message_subscribers.stop_for_consent),
    (people_events.PersonsMerged, questionnaire_subscribers.persons_merged),
    (people_events.MergeUndone, questionnaire_subscribers.merge_undone),
    (questionnaire_events.ResponseCompleted, questionnaire_subscribers.follow_up),
    (questionnaire_events.ResponseEnteredInError, questionnaire_subscribers.stop_following_up),
    (questionnaire_events.ResponseCompleted, questionnaire_subscribers.draw_anew),
    (questionnaire_events.ResponseEnteredInError, questionnaire_subscribers.draw_without),
    (people_events.PersonsMerged, rights_subscribers.persons_merged),
    (people_events.MergeUndone, rights_subscribers.merge_undone),
    (rights_events.AnswersHandedOver, rights_subscribers.handed_over),
    (rights_events.HandingOverTakenBack, rights_subscribers.taken_back),
    (message_events.ContactNotReached, signup_subscribers.contact_not_reached),
    (catalogue_events.VersionProposed, catalogue_subscribers.version_proposed),
    (catalogue_events.VersionDecided, catalogue_subscribers.version_decided),
    (catalogue_events.EntryReviewed, catalogue_subscribers.entry_reviewed),
    (catalogue_events.EntryMoved, catalogue_subscribers.entry_moved),
    (catalogue_events.EntryMoved, signup_subscribers.entry_moved),
    (catalogue_events.OfferPublished, catalogue_subscribers.offer_published),
    (catalogue_events.OfferTakenDown, catalogue_subscribers.offer_taken_down),
    (catalogue_events.ReportMade, catalogue_subscribers.report_made),
    (catalogue_events.ReportDealtWith, catalogue_subscribers.report_dealt_with),
    (catalogue_events.SessionCancelled, signup_subscribers.session_cancelled),
    (catalogue_events.SessionChanged, signup_subscribers.session_changed),
    (signup_events.PlaceOffered, signup_subscribers.place_offered),
    (signup_events.SignUpsChanged, signup_subscribers.sign_ups_changed),
    (enquiry_events.EnquiryMade, enquiry_subscribers.enquiry_made),
    (enquiry_events.EnquiryDone, enquiry_subscribers.enquiry_done),
    (enquiry_events.EnquiryMoved, enquiry_subscribers.enquiry_moved),
    (access_events.HoldingEnded, followup_subscribers.holding_ended),
    (access_events.RoleEnded, followup_subscribers.role_ended),
    (questionnaire_events.ResponseCompleted, followup_subscribers.response_completed),
    (questionnaire_events.ResponseEnteredInError, followup_subscribers.response_entered_in_error),
    (people_events.PersonDied, followup_subscribers.person_died),
    (people_events.AgeReached, followup_subscribers.age_reached),
    (people_events.PersonChanged, followup_subscribers.person_changed),
    (people_events.ConsentWithdrawn, followup_subscribers.consent_withdrawn),
    (people_events.InvolvementClosed, followup_subscribers.involvement_closed),
    (people_events.PersonsMerged, followup_subscribers.persons_merged),
    (people_events.MergeUndone, followup_subscribers.merge_undone),
    (questionnaire_events.ResponseCompleted, followup_subscribers.needs_answered),
    (questionnaire_events.ResponseEnteredInError, followup_subscribers.needs_taken_back),
    (questionnaire_events.ResponseCompleted, followup_subscribers.agreement_answered),
    (questionnaire_events.ResponseEnteredInError, followup_subscribers.agreement_taken_back),
    (followup_events.FileOpened, followup_subscribers.needs_of_file),
    (followup_events.FileClosed, followup_subscribers.file_closed),
    (rights_changes.RightsChanged, followup_subscribers.right_changed),
    (people_events.ChildrenReasonRecorded, worklist_subscribers.reason_to_ask),
    (people_events.ChildrenReasonEnded, worklist_subscribers.no_reason_to_ask),
    (message_events.NoticeUncertain, worklist_subscribers.see_to_notice),
    (message_events.NoticeFailed, worklist_subscribers.see_to_notice),
    (message_events.NoticeSeenTo, worklist_subscribers.notice_seen_to),
]

# Kind of content → what runs when a definition of it becomes active. The kinds themselves
# stand in `content_kinds.py`, which needs no Django.
ON_PUBLISH: list[tuple[str, content_registry.OnPublish]] = [
    ("counties", content_subscribers.fill_counties),
    ("municipalities", content_subscribers.fill_municipalities),
    ("parameters", rights_subscribers.tell_of_change),
    ("rights", rights_subscribers.tell_of_change),
    ("wording", catalogue_subscribers.publish_wording),
    ("providers", catalogue_subscribers.publish_provider),
    ("offers", catalogue_subscribers.publish_offer),
]

# The same for when one is retired.
ON_RETIRE: list[tuple[str, content_registry.OnPublish]] = [
    ("offers", catalogue_subscribers.retire_offer),
    ("providers", catalogue_subscribers.retire_provider),
]


# Where what apps above the work list put on it is done: a view that takes the id of what the item is about.
ITEM_PLACES = {
    "enquiries.call": "enquiries_staff:enquiry",
    "enquiries.feedback": "enquiries_staff:enquiry",
    "signups.to_call": "signups_staff:to_call",
    "followup.step": "followup:step",
    "followup.handover": "followup:handover",
    "followup.left_over": "followup:plan",
    "followup.suggestion_later": "followup:suggestion",
    "followup.carer_answered": "followup:suggestion",
    "followup.no_contact": "followup:file",
    "followup.agreement_review": "followup:agreement_to_review",
    "followup.right_changed": "followup:file",
    "followup.concern_feedback": "followup:concern",
    "followup.child_elsewhere": "followup:children_of_patient",
    "followup.grown_up": "followup:file",
    "strategy.status_due": "strategy:report_status",
    "strategy.import_waiting": "strategy:imported",
}


def connect() -> None:
    """Make the subscriptions, content kinds, menus and the register of names the ones of this process."""
    events.connect(SUBSCRIPTIONS)
    menus.show()
    worklist_registry.connect(ITEM_PLACES)
    message_registry.connect(gateways=message_gateways.configured(), register=people_selectors)
    content_registry.connect(CONTENT_KINDS, ON_PUBLISH, ON_RETIRE)
    access_registry.connect(name_of_citizen=people.own_name)
    people_registry.connect(
        own_tables=[followup.own_tables, questionnaires.own_tables, rights.own_tables, signups.own_tables],
        built_upon=[followup.begun_since, questionnaires.begun_since],
    )
