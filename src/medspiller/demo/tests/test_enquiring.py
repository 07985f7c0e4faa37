"""People of the demo ask on the open pages, once: two calls and a word on accessibility."""

import random
from collections import Counter

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.demo.services import _enquiring as enquiring
from medspiller.demo.services import _house as house
from medspiller.enquiries import selectors
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.enquiries.models import Attempt, Enquiry
from medspiller.people.domain.contacts import is_made_up
from medspiller.worklist.models import OPEN, WorkItem


def test_there_is_somebody_to_call_and_every_form_is_shown(here):
    with clock.frozen(house.IDS_BEGIN):
        house.furnish_municipality(actors.system(here), chance=random.Random(1), today=clock.today())  # noqa: S311

    assert enquiring.ask(here, seed=1) == 3
    assert enquiring.ask(here, seed=1) == 0

    everybody = actors.anonymous(here)
    assert all(selectors.reader_of(actor=everybody, purpose=purpose) for purpose in Purpose)
    rows = list(Enquiry.objects.all())
    assert Counter(row.purpose for row in rows) == {"call": 2, "accessibility": 1}
    assert all(is_made_up(row.phone) for row in rows if row.phone)
    assert Attempt.objects.filter(reached=False).count() == 1
    assert Counter(WorkItem.objects.filter(OPEN).values_list("kind", flat=True)) >= Counter(
        {"enquiries.call": 2, "enquiries.feedback": 1}
    )
