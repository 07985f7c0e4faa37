"""Every page of a child's file leads to whether the child is safe."""

import pytest
from django.urls import reverse

from medspiller.access.models import User
from medspiller.followup import services
from medspiller.followup.tests import families
from medspiller.followup.web.urls import urlpatterns
from medspiller.pathways.tests import factories as pathways
from tests.support.staff import sign_in

SLUG = "child-of-parent"
NAMES = {"step_name": "call", "fact_name": "children", "pathway_name": SLUG}
# The page itself, what is printed, and what is one letter of several on it.
ELSEWHERE = {"safety", "print_file", "print_plan", "letter"}
PAGES = [
    each for each in urlpatterns if {"file_id", "plan_id"} & set(each.pattern.converters) and each.name not in ELSEWHERE
]


def child_pathway(**changed):
    return pathways.body(url=f"https://medspiller.no/pathways/{SLUG}", slug=SLUG, subject="child", **changed)


@pytest.fixture
def opened(here, house):
    pathways.publish(here, child_pathway())
    family = families.make_parent(here, house)
    made = services.open_child_file(actor=family.nurse, patient_id=family.arne.id, child_id=family.ida.id)
    # What a plan that runs can be moved to.
    pathways.publish(here, child_pathway(version="1.1.0"))
    return family, made


def test_it_is_one_press_away_on_every_page_of_a_childs_file(client, opened):
    family, made = opened
    sign_in(client, User.objects.get(id=family.nurse.id))
    ids = {"file_id": made.file_id, "plan_id": made.plan_id, **NAMES}

    seen, without = set(), set()
    for page in PAGES:
        asked_for = {name: ids[name] for name in page.pattern.converters}
        answer = client.get(reverse(f"followup:{page.name}", kwargs=asked_for))
        if answer.status_code != 405:
            seen.add(page.name)
            if f'href="{reverse("followup:safety", args=[made.file_id])}"' not in answer.content.decode():
                without.add(page.name)

    assert without == set()
    assert {"file", "plan", "plan_step", "close_file", "newer_version", "choose_plan", "agreement"} <= seen
