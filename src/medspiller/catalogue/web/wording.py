"""The words for the codes that offers are described by."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from medspiller.catalogue.domain.feedback import Wrong
from medspiller.catalogue.domain.vocabulary import (
    Access,
    AreaKind,
    Condition,
    Need,
    OfferKind,
    ProviderKind,
    Relation,
    Situation,
    Way,
)

KINDS: Mapping[OfferKind, Promise] = {
    OfferKind.CONVERSATION: gettext_lazy("Conversation and guidance"),
    OfferKind.COURSE: gettext_lazy("Course"),
    OfferKind.GROUP: gettext_lazy("Group"),
    OfferKind.FAMILY_GROUP: gettext_lazy("Group for the family"),
    OfferKind.RESPITE: gettext_lazy("Respite"),
    OfferKind.VOLUNTEER: gettext_lazy("Volunteer"),
    OfferKind.PEER: gettext_lazy("Peer support"),
    OfferKind.LINE: gettext_lazy("Helpline or chat"),
    OfferKind.E_LEARNING: gettext_lazy("Online course"),
    OfferKind.TECHNOLOGY: gettext_lazy("Technology at home"),
    OfferKind.ECONOMY: gettext_lazy("Advice on money"),
    OfferKind.FAMILY_COUNSELLING: gettext_lazy("Family counselling"),
    OfferKind.CRISIS: gettext_lazy("Crisis and grief"),
    OfferKind.CHILDREN: gettext_lazy("For children and teenagers"),
    OfferKind.INTERPRETER: gettext_lazy("Interpreter"),
    OfferKind.DIGITAL_HELP: gettext_lazy("Help with digital services"),
}
NEEDS: Mapping[Need, Promise] = {
    Need.SOMEONE_TO_TALK_TO: gettext_lazy("Somebody to talk to"),
    Need.PEERS: gettext_lazy("Meeting others in the same situation"),
    Need.RESPITE_HOURS: gettext_lazy("Some hours off"),
    Need.RESPITE_STAY: gettext_lazy("A weekend or holiday off"),
    Need.NIGHT_REST: gettext_lazy("Sleep at night"),
    Need.PRACTICAL_HELP: gettext_lazy("Practical help"),
    Need.INFORMATION: gettext_lazy("Information"),
    Need.TRAINING_SKILLS: gettext_lazy("Learning how to do it"),
    Need.ECONOMY: gettext_lazy("Help with money"),
    Need.WORK_AND_LEAVE: gettext_lazy("Work and leave"),
    Need.OWN_HEALTH: gettext_lazy("Looking after myself"),
    Need.CHILDREN_AT_HOME: gettext_lazy("Support for the children"),
    Need.NETWORK: gettext_lazy("Family and friends who join in"),
    Need.COORDINATION: gettext_lazy("Somebody who keeps track of all the help"),
    Need.INTERPRETER: gettext_lazy("An interpreter"),
    Need.TECHNICAL_AIDS: gettext_lazy("Aids and technology"),
    Need.CRISIS_PLAN: gettext_lazy("A plan for when things get bad"),
    Need.BEREAVEMENT: gettext_lazy("Support when somebody has died"),
}
RELATIONS: Mapping[Relation, Promise] = {
    Relation.PARTNER: gettext_lazy("Husband, wife or partner"),
    Relation.PARENT: gettext_lazy("Mother or father"),
    Relation.GROWN_CHILD: gettext_lazy("Grown son or daughter"),
    Relation.YOUNG_CHILD: gettext_lazy("Child or teenager"),
    Relation.SIBLING: pgettext_lazy("to the one they care for", "Brother or sister"),
    Relation.GRANDPARENT: gettext_lazy("Grandparent"),
    Relation.FRIEND: gettext_lazy("Friend or neighbour"),
}
CONDITIONS: Mapping[Condition, Promise] = {
    Condition.DEMENTIA: gettext_lazy("Dementia"),
    Condition.MENTAL_ILLNESS: gettext_lazy("Mental illness"),
    Condition.ADDICTION: gettext_lazy("Alcohol, drugs or gambling"),
    Condition.PHYSICAL_ILLNESS: gettext_lazy("Physical illness or injury"),
    Condition.CANCER: gettext_lazy("Cancer"),
    Condition.DISABILITY: gettext_lazy("Disability"),
    Condition.FRAILTY: gettext_lazy("Old and frail"),
    Condition.DYING: gettext_lazy("Near the end of life"),
    Condition.DEATH: gettext_lazy("Somebody has died"),
    Condition.VIOLENCE: gettext_lazy("Violence at home"),
    Condition.IMPRISONMENT: gettext_lazy("Somebody is in prison"),
}
SITUATIONS: Mapping[Situation, Promise] = {
    Situation.WORKING: gettext_lazy("If you work"),
    Situation.STUDYING: gettext_lazy("If you study"),
    Situation.LIVING_TOGETHER: gettext_lazy("If you live with the one you care for"),
    Situation.LIVING_FAR_AWAY: gettext_lazy("If you live far away"),
    Situation.NEW_TO_IT: gettext_lazy("If you are new to this"),
    Situation.IN_CRISIS: gettext_lazy("If you are in a crisis"),
    Situation.BEREAVED: gettext_lazy("If you have lost somebody"),
    Situation.ANOTHER_LANGUAGE: gettext_lazy("If you speak another language"),
}
WAYS: Mapping[Way, Promise] = {
    Way.OPEN: gettext_lazy("Just come or get in touch"),
    Way.SIGN_UP: gettext_lazy("Sign up"),
    Way.REFERRAL: gettext_lazy("Somebody must refer you"),
    Way.APPLICATION: gettext_lazy("Send an application"),
}
AREAS: Mapping[AreaKind, Promise] = {
    AreaKind.NATIONAL: gettext_lazy("All of Norway"),
    AreaKind.COUNTY: gettext_lazy("The whole county"),
    AreaKind.MUNICIPALITY: gettext_lazy("The whole municipality"),
    AreaKind.DISTRICT: gettext_lazy("Part of the municipality"),
}
ACCESS: Mapping[Access, Promise] = {
    Access.STEP_FREE: gettext_lazy("No steps"),
    Access.ACCESSIBLE_TOILET: gettext_lazy("Toilet for wheelchair users"),
    Access.HEARING_LOOP: gettext_lazy("Hearing loop"),
    Access.SIGN_LANGUAGE: gettext_lazy("Sign language"),
    Access.NEAR_PUBLIC_TRANSPORT: gettext_lazy("Near a bus, tram or train"),
    Access.PARKING: gettext_lazy("Parking"),
    Access.QUIET_ROOM: gettext_lazy("A quiet room"),
}
PROVIDERS: Mapping[ProviderKind, Promise] = {
    ProviderKind.MUNICIPALITY: gettext_lazy("The municipality"),
    ProviderKind.HEALTH_TRUST: gettext_lazy("The hospital"),
    ProviderKind.STATE: gettext_lazy("The state"),
    ProviderKind.ORGANISATION: pgettext_lazy("who offers help", "Organisation"),
}
WRONGS: Mapping[Wrong, Promise] = {
    Wrong.CONTACT: gettext_lazy("Phone, e-mail or web address"),
    Wrong.TIME_OR_PLACE: gettext_lazy("The time or the place"),
    Wrong.NOT_THERE: gettext_lazy("It is not there any more"),
    Wrong.WORDING: gettext_lazy("The text is wrong or hard to understand"),
    Wrong.OTHER: gettext_lazy("Something else"),
}
# The languages that help is given in, each by its name in the language of the page.
LANGUAGES: Mapping[str, Promise] = {
    "nb": gettext_lazy("Norwegian"),
    "nn": gettext_lazy("Nynorsk"),
    "en": gettext_lazy("English"),
    "se": gettext_lazy("Northern Sámi"),
    "pl": gettext_lazy("Polish"),
    "uk": gettext_lazy("Ukrainian"),
    "ar": gettext_lazy("Arabic"),
    "so": gettext_lazy("Somali"),
    "ti": gettext_lazy("Tigrinya"),
    "ur": gettext_lazy("Urdu"),
    "fa": gettext_lazy("Persian"),
    "es": gettext_lazy("Spanish"),
    "lt": gettext_lazy("Lithuanian"),
    "tr": gettext_lazy("Turkish"),
    "ru": gettext_lazy("Russian"),
    "vi": gettext_lazy("Vietnamese"),
    "ku": gettext_lazy("Kurdish"),
    "nsl": gettext_lazy("Norwegian sign language"),
}
WEEKDAYS: Mapping[int, Promise] = {
    1: gettext_lazy("Mondays"),
    2: gettext_lazy("Tuesdays"),
    3: gettext_lazy("Wednesdays"),
    4: gettext_lazy("Thursdays"),
    5: gettext_lazy("Fridays"),
    6: gettext_lazy("Saturdays"),
    7: gettext_lazy("Sundays"),
}


def language_name(code: str) -> str:
    """Return what a language is called; its code where we have no name."""
    return str(LANGUAGES.get(code, code))
