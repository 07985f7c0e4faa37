"""What a role means, said to the person it is about and to the one who has it; and corrections in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.people.domain.consents import ConsentTopic, Obtained
from medspiller.people.domain.corrections import About, Outcome
from medspiller.people.domain.roles import Role
from medspiller.people.web.wording import CONSENT_TOPICS, OBTAINED

# Of somebody who has a role towards the reader.
ROLES_TOWARDS_ME: Mapping[Role, Promise] = {
    Role.PAARORENDE: _("You have said that this is one of the people close to you."),
    Role.NAERMESTE: _("You have said that this person is nearest to you."),
    Role.NAERMESTE_STATUTORY: _(
        "You could not say who is nearest. The staff took this person, who has the most contact with you."
    ),
    Role.FORELDREANSVAR: _("This person has parental responsibility for you."),
    Role.SAMVAERSFORELDER: _("This is your parent, without parental responsibility."),
    Role.BARNEVERN_OMSORG: _("The child welfare service, or those you live with, decide together with you."),
    Role.VERGE: _("This is your guardian, for what the mandate says."),
    Role.VERGE_FRATATT: _("This is your guardian, including in personal matters."),
    Role.FREMTIDSFULLMEKTIG: _("You have given this person a power of attorney for the future."),
    Role.LEGAL_REP_ECON: _("This person may look after your everyday finances."),
    Role.FULLMEKTIG: _("You have given this person a power of attorney."),
    Role.OMSORGSYTER_TYNGENDE: _("This person gives you much care."),
    Role.BARN_PAARORENDE: _("This is a child or young person close to you."),
    Role.BARN_ETTERLATT: _("This is a child or young person close to you."),
    Role.ETTERLATT: _("This person was nearest to you."),
    Role.UNG_VOKSEN: _("This is a young adult close to you."),
}
# Of the reader's own role towards somebody.
ROLES_OF_MINE: Mapping[Role, Promise] = {
    Role.PAARORENDE: _("You are one of the people close to this person."),
    Role.NAERMESTE: _("You are nearest to this person."),
    Role.NAERMESTE_STATUTORY: _("The staff have taken you to be the nearest, since you have the most contact."),
    Role.FORELDREANSVAR: _("You have parental responsibility until your child is 18."),
    Role.SAMVAERSFORELDER: _("You are the parent, without parental responsibility."),
    Role.BARNEVERN_OMSORG: _("You take care of this child for the child welfare service."),
    Role.VERGE: _("You are the guardian, for what the mandate says."),
    Role.VERGE_FRATATT: _("You are the guardian, including in personal matters."),
    Role.FREMTIDSFULLMEKTIG: _("You hold a power of attorney for the future."),
    Role.LEGAL_REP_ECON: _("You may look after this person's everyday finances."),
    Role.FULLMEKTIG: _("You hold a power of attorney."),
    Role.OMSORGSYTER_TYNGENDE: _("You give much care. You have rights of your own."),
    Role.BARN_PAARORENDE: _("You are a child or young person whose parent, brother or sister is ill."),
    Role.BARN_ETTERLATT: _("You are a child or young person who has lost somebody."),
    Role.ETTERLATT: _("You were nearest to this person."),
    Role.UNG_VOKSEN: _("You are a young adult who is close to somebody who is ill."),
}
# The same as everybody calls them, but for what is about the reader.
OWN_TOPICS: Mapping[ConsentTopic, Promise] = {
    **CONSENT_TOPICS,
    ConsentTopic.SERVICES: _("The services you get"),
    ConsentTopic.OWN_SITUATION: _("How you are, as a carer"),
}
OWN_OBTAINED: Mapping[Obtained, Promise] = {
    **OBTAINED,
    Obtained.ORAL: _("You said it yourself"),
    Obtained.ELECTRONIC: _("You decided it here, on your page"),
    Obtained.BY_PARENTS: _("Your parents said it for you"),
}
# What a yes means, in plain words.
TOPICS_MEAN: Mapping[ConsentTopic, Promise] = {
    ConsentTopic.HEALTH: _("Your illness, your treatment and your medicines."),
    ConsentTopic.DAILY_LIFE: _("How you sleep, eat and are, and what your day was like."),
    ConsentTopic.SERVICES: _("What help you get, and when."),
    ConsentTopic.PLAN: _("Your plans. They may also take part in meetings about them."),
    ConsentTopic.OWN_SITUATION: _("How you yourself are, as somebody close to a person who needs help."),
    ConsentTopic.CHILD_FOLLOW_UP: _("That your children get help, including at school or in kindergarten."),
}
ABOUT: Mapping[About, Promise] = {
    About.BIRTH_DATE: _("My date of birth"),
    About.PERSON_NUMBER: _("My national identity number"),
    About.PROTECTED_ADDRESS: _("Whether my address is protected"),
    About.FAMILY: _("Who is registered around me"),
    About.ROLE: _("Which role somebody has"),
    About.CONSENT: _("A consent that others wrote down"),
    About.OTHER: _("Something else"),
}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.CORRECTED: _("It is corrected"),
    Outcome.NOT_CORRECTED: _("It stays as it is"),
}
