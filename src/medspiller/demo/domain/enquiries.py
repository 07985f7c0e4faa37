"""What people ask of the demo municipality on its open pages, and who reads it."""

from medspiller.enquiries.domain.enquiries import About, PartOfDay, Purpose
from medspiller.enquiries.domain.wishes import CallWish, Feedback

# Purpose → the unit, and within how many working days it answers.
RECIPIENTS = {
    Purpose.CALL: ("carers", 2),
    Purpose.ACCESSIBILITY: ("carers", 5),
    Purpose.PRIVACY: ("top", 5),
}
# Numbers that nobody can have: see `messages.domain.addresses`.
CALLS = (
    CallWish(
        about=About.MYSELF,
        name="Kari",
        phone="+4700100201",
        parts=(PartOfDay.EVENING,),
        weekdays=(1, 3),
        may_leave_message=False,
    ),
    CallWish(
        about=About.ENTITLED,
        phone="+4700100202",
        parts=(PartOfDay.MORNING, PartOfDay.DAYTIME),
        language="ar",
        needs_interpreter=True,
        may_leave_message=True,
    ),
)
FEEDBACK = Feedback(text="Jeg fikk ikke valgt språk med tastaturet på siden med kurs.", email="leser@example.org")
