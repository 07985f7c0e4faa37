"""The pages on which entries are merged, and lists imported."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medspiller.access.domain.roles import Role
from medspiller.people.models import Merge, PatientImport, Person
from medspiller.people.tests import factories
from medspiller.people.tests.test_importing import LIST

IMPORTS = "/arbeid/personer/importer/"
REASON = "Datteren bekreftet at det er samme person."


@pytest.fixture
def leader(staff, house):
    return staff(Role.LEADER, house.home_care)


@pytest.fixture
def pair(house):
    made = [factories.make_person("Oddny", "Demoli"), factories.make_person("Oddni", "Demoli", number=factories.NUMBER)]
    for each in made:
        factories.involve(each, house.home_care)
    return made


def address(kept, gone):
    return f"/arbeid/personer/{kept.id}/dobbel/{gone.id}/"


def test_two_entries_are_found_compared_made_one_and_two_again(leader, pair):
    kept, gone = pair
    assert address(kept, gone) in leader.get(f"/arbeid/personer/{kept.id}/dobbel/").content.decode()
    page = leader.get(address(kept, gone)).content.decode()
    assert "Oddni" in page
    assert factories.NUMBER not in page

    leader.post(address(kept, gone), {"reason": REASON, "given_name": "gone"})

    made = Merge.objects.get()
    assert Person.objects.get(id=kept.id).given_name == "Oddni"
    undo = f"/arbeid/sammenslaing/{made.id}/angre/"
    assert undo in leader.get(f"/arbeid/personer/{kept.id}/dobbel/").content.decode()
    assert leader.get(undo).status_code == 200
    leader.post(undo)
    assert Person.objects.get(id=kept.id).given_name == "Oddny"
    assert leader.post(undo).status_code == 422


def test_a_merge_without_a_reason_comes_back_with_what_was_chosen(leader, pair):
    answer = leader.post(address(*pair), {"reason": "nei", "given_name": "gone"})

    assert answer.status_code == 422
    assert not Merge.objects.exists()


def test_somebody_closed_is_nobody(leader, pair):
    assert leader.get(address(pair[0], factories.make_person())).status_code == 404


def test_a_list_is_taken_in_and_its_page_says_how_far_it_has_come(leader, house):
    file = SimpleUploadedFile("liste.csv", LIST.encode())

    answer = leader.post(IMPORTS, {"unit": str(house.home_care), "file": file, "try_first": "yes"})

    made = PatientImport.objects.get()
    assert answer["Location"] == f"{IMPORTS}{made.id}/"
    assert leader.get(f"{IMPORTS}{made.id}/").status_code == 200
    assert "liste.csv" in leader.get(IMPORTS).content.decode()
    leader.post(f"{IMPORTS}{made.id}/stopp/")
    assert PatientImport.objects.get().content is None


def test_no_file_and_an_empty_one_are_told_at_the_field(leader, house):
    for data in ({}, {"file": SimpleUploadedFile("tom.csv", b"")}):
        answer = leader.post(IMPORTS, {"unit": str(house.home_care), "try_first": "yes", **data})
        assert answer.status_code == 422


def test_the_template_has_the_headers_of_the_readers_language(leader):
    text = leader.get(f"{IMPORTS}mal.csv").content.decode("utf-8-sig")

    assert text.startswith("Fornavn;Etternavn;Fødselsdato;Fødselsnummer;")
