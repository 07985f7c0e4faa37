"""Asking: by anybody, without saying more than how they can be reached."""

from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from medspiller.access import services as access
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.throttling import What
from medspiller.audit import services as audit
from medspiller.core import clock, events
from medspiller.enquiries import policies, selectors
from medspiller.enquiries.domain import wishes
from medspiller.enquiries.domain.deadlines import due_after
from medspiller.enquiries.domain.enquiries import FEEDBACK, NobodyReads, Purpose
from medspiller.enquiries.domain.events import EnquiryMade
from medspiller.enquiries.domain.wishes import CallWish, Feedback
from medspiller.enquiries.models import Enquiry
from medspiller.enquiries.selectors import Reader
from medspiller.enquiries.selectors.enquiries import SUBJECT


@sensitive_variables("wish", "press")
@transaction.atomic
def ask_for_call(*, actor: Actor, wish: CallWish, press: str, address: str) -> Reader:
    """
    Keep that somebody wants to be called, and return who reads it and within how many working days.

    `press` is the form's own secret: sent again it is the same enquiry. `address` is where the request comes from; it
    is counted, and not kept.

    :raises NobodyReads: if no unit is there to read it.
    :raises InvalidInput: with what is wrong with the fields of the wish.
    :raises TooManyTries: if too much was asked from the same address.
    """
    reader = _reader(actor, Purpose.CALL)
    read = wishes.read_call(wish)
    _keep(
        actor,
        reader,
        Enquiry(
            purpose=Purpose.CALL.value,
            name=read.name or None,
            phone=read.phone or None,
            email=read.email or None,
            about=read.about.value,
            parts=[each.value for each in read.parts],
            weekdays=list(read.weekdays),
            language=read.language,
            other_language=read.other_language or None,
            needs_interpreter=read.needs_interpreter,
            may_leave_message=read.may_leave_message,
        ),
        press=press,
        address=address,
    )
    return reader


@sensitive_variables("feedback", "press")
@transaction.atomic
def give_feedback(*, actor: Actor, purpose: Purpose, feedback: Feedback, press: str, address: str) -> Reader:
    """
    Keep what somebody says of accessibility or privacy, and return who reads it.

    :raises NobodyReads: if no unit is there to read it.
    :raises InvalidInput: with what is wrong with the fields.
    :raises TooManyTries: if too much was said from the same address.
    :raises ValueError: for a purpose that is no feedback.
    """
    if purpose not in FEEDBACK:
        raise ValueError(purpose)
    reader = _reader(actor, purpose)
    read = wishes.read_feedback(feedback)
    row = Enquiry(purpose=purpose.value, text=read.text, email=read.email or None)
    _keep(actor, reader, row, press=press, address=address)
    return reader


def _reader(actor: Actor, purpose: Purpose) -> Reader:
    reader = selectors.reader_of(actor=actor, purpose=purpose)
    if reader is None:
        raise NobodyReads
    return reader


def _keep(actor: Actor, reader: Reader, row: Enquiry, *, press: str, address: str) -> UUID:
    now = clock.now()
    access.check_throttle(actor=actor, what=What.ENQUIRY_MADE, who=address, now=now)
    access.count_try(actor=actor, what=What.ENQUIRY_MADE, who=address, now=now)
    row.unit_id = reader.unit_id
    row.received_at, row.due_on = now, due_after(clock.today(), working_days=reader.within_days)
    row.press_hash = Enquiry.hash_of_press(press)
    # In a way that reads nothing back, and leaves alone what the same press has stored: whoever asks may not see it.
    Enquiry.objects.bulk_create([row], ignore_conflicts=True)
    audit.record(actor=actor, action=policies.ASK, subject_type=SUBJECT, subject_id=row.id)
    events.publish(EnquiryMade(row.id))
    return row.id
