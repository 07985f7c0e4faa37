"""The editors' pages: taking a form in, what is wrong with it, looking at it, publishing and retiring."""

import copy
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.content import services as publishing
from medspiller.content.domain.definitions import Status
from medspiller.content.models import Definition as Row
from medspiller.content.tests.conftest import owner
from medspiller.core import tenancy
from medspiller.core.errors import NotFound
from medspiller.people.tests import factories as people
from medspiller.questionnaires.domain.library.importing import MOST_BYTES
from medspiller.questionnaires.selectors import editing
from medspiller.questionnaires.services import editing as services
from medspiller.questionnaires.services.editing import AddressTaken
from medspiller.questionnaires.tests import content as made
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house

LIST = "/arbeid/skjema/forvaltning/"
IMPORT = f"{LIST}importer/"


def text_of(page):
    return " ".join(page.content.decode().split())


def given(written=None, **more):
    return {"text": json.dumps(written or made.nights(), ensure_ascii=False), **more}


def uploaded(said: bytes):
    return {"file": SimpleUploadedFile("form.json", said, content_type="application/json")}


@pytest.fixture
def editor(staff, house):
    return staff(Role.CARER_CONTACT, house.carers)


@pytest.fixture
def at_work(here, house):
    return people.worker(here, house.carers, role=Role.CARER_CONTACT)


@pytest.fixture
def draft(at_work):
    return services.keep_form(actor=at_work, definition=made_draft())


def made_draft(**changes):
    form = made.form(made.nights(status="draft", **changes))
    assert form.status is Status.DRAFT
    return form


class TestImport:
    def test_a_form_is_kept_as_a_draft_of_the_municipality(self, editor):
        page = editor.post(IMPORT, given(), follow=True)

        assert "Nettene dine" in text_of(page)
        kept = Row.objects.get(url=made.URL)
        assert (kept.status, kept.tenant_id is not None) == ("draft", True)

    def test_a_file_does_as_well_as_a_text(self, editor):
        page = editor.post(IMPORT, uploaded(given()["text"].encode()), follow=True)

        assert "Nettene dine" in text_of(page)

    def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(self, editor):
        written = made.nights(subjectType=["Practitioner"])
        written["item"][1]["linkId"] = "night-care"
        written["item"][0]["type"] = "coding"

        page = editor.post(IMPORT, given(written))

        assert page.status_code == 422
        for words in (
            "subjectType",
            "is used already, at Questionnaire.item[0]",
            "The type &#x27;coding&#x27; is R5&#x27;s",
        ):
            assert words in text_of(page)
        assert "Nettene dine" in text_of(page)
        assert not Row.objects.filter(url=made.URL).exists()

    def test_what_is_only_odd_does_not_stop_it(self, editor):
        written = made.nights()
        written["item"][0], written["item"][1] = written["item"][1], written["item"][0]

        page = editor.post(IMPORT, given(written), follow=True)

        assert page.status_code == 200
        assert "which comes later" in text_of(page)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            (b'{"resourceType": "Questionnaire", ', "stops being JSON"),
            (b'{"resourceType": "Patient"}', "This is a Patient"),
            (b"[]", "A Questionnaire is a JSON object"),
            (b'{"a": ' * 5000 + b"1" + b"}" * 5000, "nested more than"),
            (b"\xff\xfe{}", "is not UTF-8 text"),
            (b'{"resourceType": "Questionnaire", "title": NaN}', "NaN is not JSON"),
            (b'{"resourceType": "Questionnaire", "url": "a", "url": "b"}', "is written twice"),
        ],
    )
    def test_what_is_no_form_is_refused_with_one_word(self, editor, said, words):
        page = editor.post(IMPORT, uploaded(said))

        assert page.status_code == 422
        assert words in text_of(page)

    def test_five_thousand_questions_are_refused_with_one_word(self, editor):
        items = [{"linkId": f"x{number}", "text": "x", "type": "string"} for number in range(5000)]

        page = editor.post(IMPORT, uploaded(json.dumps(made.nights(item=items)).encode()))

        assert page.status_code == 422
        assert text_of(page).count("It has 5000 items; at most 2000 can be asked") == 1

    def test_a_file_that_is_too_large_is_not_read(self, editor):
        page = editor.post(IMPORT, uploaded(b" " * (MOST_BYTES + 1)))

        assert page.status_code == 422
        assert "to megabyte" in text_of(page)

    def test_html_in_a_label_is_shown_as_letters(self, editor):
        written = made.nights()
        written["item"][0]["text"] = "<script>alert(1)</script>"

        page = editor.post(IMPORT, given(written), follow=True)

        assert "<script>alert(1)" not in page.content.decode()
        assert "shown as letters" in text_of(page)

    def test_nothing_at_all_is_asked_for_again(self, editor):
        assert editor.post(IMPORT, {}).status_code == 422

    def test_a_form_from_elsewhere_gets_what_it_need_not_say(self, editor):
        written = made.nights()
        for name in ("url", "version", "subjectType"):
            del written[name]

        editor.post(IMPORT, given(written, subject="Patient"))

        kept = Row.objects.get(kind="questionnaires", url__startswith="urn:uuid:")
        assert kept.version == "1.0.0"
        assert json.loads(kept.text)["subjectType"] == ["Patient"]

    def test_an_address_within_another_server_gives_way_to_one_of_our_own(self, editor):
        editor.post(IMPORT, given(made.nights(url="Questionnaire/12")))

        assert Row.objects.filter(kind="questionnaires", url__startswith="urn:uuid:").count() == 1

    def test_whose_answers_they_are_must_be_said_by_somebody(self, editor):
        written = made.nights()
        del written["subjectType"]

        assert "subjectType" in text_of(editor.post(IMPORT, given(written)))

    def test_a_draft_may_be_sent_again(self, editor, draft):
        changed = made.nights(status="draft")
        changed["item"][0]["text"] = "Er du våken om natten?"

        editor.post(IMPORT, given(changed))

        assert "Er du våken" in Row.objects.get(id=draft.id).text

    def test_a_published_version_is_not_changed(self, editor, at_work, draft):
        services.publish_form(actor=at_work, definition_id=draft.id)
        changed = copy.deepcopy(made.nights())
        changed["item"][0]["text"] = "Er du våken om natten?"

        page = editor.post(IMPORT, given(changed))

        assert page.status_code == 422
        assert "1.0.0" in text_of(page)
        assert "Er du våken" not in Row.objects.get(id=draft.id).text

    def test_a_role_that_edits_no_forms_comes_no_further(self, staff, house):
        nurse = staff(Role.CARE_WORKER, house.home_care)

        assert nurse.get(IMPORT).status_code == 403
        assert nurse.post(IMPORT, given()).status_code == 403


@pytest.mark.usefixtures("committed")
class TestWhatIsNotOurs:
    def test_a_shipped_form_keeps_its_address_to_itself(self):
        with owner() as actor:
            publishing.publish(actor=actor, definitions=[made.form()])

        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            at_work = people.worker(HERE, build_house(HERE).carers, role=Role.CARER_CONTACT)
            with pytest.raises(AddressTaken):
                services.keep_form(actor=at_work, definition=made_draft(version="2.0.0"))

    def test_a_shipped_form_is_not_taken_out_of_use_here(self):
        with owner() as actor:
            publishing.publish(actor=actor, definitions=[made.form()])

        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            at_work = people.worker(HERE, build_house(HERE).carers, role=Role.CARER_CONTACT)
            shipped = next(each for each in editing.forms_to_edit(actor=at_work) if each.url == made.URL)
            with pytest.raises(NotFound):
                services.retire_form(actor=at_work, definition_id=shipped.id)

    def test_another_municipalitys_form_is_not_there(self):
        with tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID):
            publishing.publish(actor=actors.system(ELSEWHERE), definitions=[made.form()])
            there = Row.objects.get(url=made.URL).id

        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            at_work = people.worker(HERE, build_house(HERE).carers, role=Role.CARER_CONTACT)
            with pytest.raises(NotFound):
                editing.form_to_edit(actor=at_work, definition_id=there)
            assert made.URL not in {each.url for each in editing.forms_to_edit(actor=at_work)}


class TestTheList:
    def test_shows_forms_with_version_state_and_languages(self, editor, draft):
        page = text_of(editor.get(LIST))

        for words in ("Nettene dine", "1.0.0", "Utkast", "Bokmål · Nynorsk · Engelsk", "Våre egne"):
            assert words in page

    @pytest.mark.parametrize(
        ("narrowed", "there"),
        [("q=nettene", True), ("q=dagene", False), ("tilstand=draft", True), ("tilstand=active", False),
         ("fra=egne", True), ("fra=levert", False)],
    )  # fmt: skip
    def test_is_narrowed(self, editor, draft, narrowed, there):
        assert ("Nettene dine" in text_of(editor.get(f"{LIST}?{narrowed}"))) is there


class TestOneForm:
    def test_is_published_and_frozen(self, editor, draft):
        page = text_of(editor.post(f"{LIST}{draft.id}/publiser/", follow=True))

        assert "I bruk" in page
        assert Row.objects.get(id=draft.id).status == "active"

    def test_is_published_once(self, editor, draft):
        editor.post(f"{LIST}{draft.id}/publiser/")

        assert "allerede" in text_of(editor.post(f"{LIST}{draft.id}/publiser/", follow=True))

    def test_is_taken_out_of_use_once(self, editor, draft):
        editor.post(f"{LIST}{draft.id}/publiser/")

        assert "Ute av bruk" in text_of(editor.post(f"{LIST}{draft.id}/trekk/", follow=True))
        assert "allerede" in text_of(editor.post(f"{LIST}{draft.id}/trekk/", follow=True))

    def test_is_replaced_by_a_later_version_and_stays_as_it_is(self, editor, at_work, draft):
        services.publish_form(actor=at_work, definition_id=draft.id)
        begun = editor.get(f"{IMPORT}?fra={draft.id}")

        assert "1.0.1" in begun.content.decode()

        later = services.keep_form(actor=at_work, definition=made_draft(version="1.0.1"))
        services.publish_form(actor=at_work, definition_id=later.id)

        states = {each.version: each.state for each in editing.forms_to_edit(actor=at_work)}
        assert states == {"1.0.0": "replaced", "1.0.1": "active"}

    def test_is_downloaded_as_it_is(self, editor, draft):
        file = editor.get(f"{LIST}{draft.id}/skjema.json")

        # Its status is what holds now, whatever the file says of it.
        assert {**json.loads(file.content), "status": "draft"} == made.nights(status="draft")

    def test_what_was_done_is_in_the_log(self, editor, draft):
        editor.post(f"{LIST}{draft.id}/publiser/")
        editor.post(f"{LIST}{draft.id}/trekk/")

        entries = AccessEntry.objects.filter(subject_type="content.definition", subject_id=draft.id)
        assert [each.action for each in entries.order_by("id")] == [
            "content.publish",
            "content.publish",
            "content.retire",
        ]

    @pytest.mark.parametrize(("language", "words"), [("nb", "Er du oppe om natten?"), ("en", "in English")])
    def test_is_seen_in_each_of_its_languages(self, editor, draft, language, words):
        page = editor.get(f"{LIST}{draft.id}/vis/?sprak={language}")

        assert words in text_of(page)

    def test_is_not_the_business_of_the_care_worker(self, staff, house, draft):
        nurse = staff(Role.CARE_WORKER, house.home_care)

        for address in ("", "vis/", "skjema.json"):
            assert nurse.get(f"{LIST}{draft.id}/{address}").status_code == 403


def test_an_unknown_form_is_not_found(at_work):
    with pytest.raises(NotFound):
        editing.form_to_edit(actor=at_work, definition_id=at_work.id)
