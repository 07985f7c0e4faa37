"""How members of families are reached: nobody's numbers, and addresses that no mail goes to."""

from medspiller.demo.domain import made_up
from medspiller.people.domain.contacts import ContactDetails, ContactSystem


def phone(number: int, *, own: bool = True, safe: bool | None = True, note: str = "") -> ContactDetails:
    """Return a telephone number of nobody's; whether it is safe is one answer for calls and messages."""
    return ContactDetails(
        ContactSystem.PHONE,
        made_up.telephone(number),
        own=own,
        safe_to_call=safe,
        safe_to_leave_message=safe,
        note=note,
    )


def mail(given_name: str, family_name: str) -> ContactDetails:
    """Return an e-mail address under a name that is kept for examples."""
    return ContactDetails(ContactSystem.EMAIL, made_up.mail(given_name, family_name), rank=2)


def post(street: str) -> ContactDetails:
    """Return a postal address in a place that is nowhere."""
    return ContactDetails(ContactSystem.ADDRESS, f"{street}\n0000 Demostad", rank=3)
