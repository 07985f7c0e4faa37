"""What has been answered so far, as a hidden field: signed, so that it is what we have sent, and kept nowhere."""

from django.core import signing
from django.http import HttpRequest

from medspiller.rights.domain.dialogue import Dialogue, NoDialogue, dialogue_from
from medspiller.rights.domain.known_facts import Catalogue
from medspiller.rights.web.area import Area

FIELD = "tilstand"
LONGEST = 16_000
_SALT = "medspiller.rights.dialogue"


def signed(dialogue: Dialogue, area: Area) -> str:
    """Return a dialogue for a hidden field."""
    return signing.dumps(dialogue.written(), salt=_salt(area), compress=True)


def sent(request: HttpRequest, area: Area, catalogue: Catalogue) -> Dialogue:
    """
    Return the dialogue that a form brought back.

    :raises NoDialogue: if it brought none, or one that we have not sent to this area.
    """
    text = request.POST.get(FIELD, "")
    if not text or len(text) > LONGEST:
        raise NoDialogue("missing or too long")
    try:
        return dialogue_from(signing.loads(text, salt=_salt(area)), catalogue)
    except signing.BadSignature:
        raise NoDialogue("not signed by us") from None


def _salt(area: Area) -> str:
    # What was asked about one carer at work opens on no other carer's page.
    return f"{_SALT}.{area.person_id or 'open'}"
