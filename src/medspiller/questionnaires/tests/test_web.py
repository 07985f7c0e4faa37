"""The pages: begun, filled in, looked through, finished and read, with and without script."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medspiller.access.models import User
from medspiller.core import clock
from medspiller.people.tests.factories import citizen_account, worker
from medspiller.questionnaires import services
from medspiller.questionnaires.domain.answering.evaluating import NotComputable
from medspiller.questionnaires.domain.definition.outcomes import Code, error
from medspiller.questionnaires.domain.filling.writing import answers_of
from medspiller.questionnaires.models import Response, Upload
from medspiller.questionnaires.tests import factories
from medspiller.questionnaires.tests.factories import begin, complete, item, publish, written
from tests.support.staff import sign_in

OWN = "/min-side/skjema/"
GROUPS = ("Om å være pårørende", "Om pasienten eller brukeren", "Barn og unge")
TITLES = ("Hvordan har du det?", "En samtale", "Et barn")


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def contact(client, family):
    """The carer contact's browser. Gro follows Kari up."""
    sign_in(client, family.contact_account)
    return client


@pytest.fixture
def kari(client, family):
    sign_in(client, family.account)
    return client


def begun_by(client, family):
    answer = client.post(
        f"/arbeid/personer/{family.kari.id}/skjema/", {"form": factories.SITUATION, "how": "phone"}
    )  # fmt: skip
    return Response.objects.get(), answer


class TestBeginning:
    def test_from_the_persons_page_of_forms(self, contact, family):
        page = contact.get(f"/arbeid/personer/{family.kari.id}/skjema/")
        assert "Hvordan har du det?" in text_of(page)

        begun, answer = begun_by(contact, family)

        assert answer["Location"] == f"/arbeid/skjema/svar/{begun.id}/"
        assert (begun.how, begun.source) == ("phone", "on_behalf")
        assert "Hjelper du noen?" in text_of(contact.get(answer["Location"]))

    def test_without_choosing_is_refused(self, contact, family):
        page = contact.post(f"/arbeid/personer/{family.kari.id}/skjema/", {"how": "phone"})

        assert page.status_code == 422
        assert "Velg et skjema fra listen." in text_of(page)
        assert not Response.objects.exists()

    def test_of_what_is_not_offered_leads_back_to_the_list(self, contact, family):
        address = f"/arbeid/personer/{family.kari.id}/skjema/"
        assert "Hvordan får du svarene?" not in text_of(contact.get(address, {"begynn": f"{factories.BASE}gone"}))

        page = contact.post(address, {"form": f"{factories.BASE}gone", "how": "phone"})

        assert page.status_code == 422
        assert "ikke i bruk lenger" in text_of(page)

    def test_forms_stand_in_groups_by_whom_they_are_about(self, contact, family, here):
        publish(here, written(name="talk", owner="Patient", tags=("staff-only",), title="En samtale"))
        publish(here, written(name="child", owner="Patient", tags=("staff-only", "about-child"), title="Et barn"))

        groups = re.split("<h3", contact.get(f"/arbeid/personer/{family.kari.id}/skjema/").content.decode())[1:]

        found = [
            (title, [each for each in TITLES if each in group])
            for group in groups
            for title in GROUPS
            if title in group
        ]
        assert found == [
            ("Om å være pårørende", ["Hvordan har du det?"]),
            ("Om pasienten eller brukeren", ["En samtale"]),
            ("Barn og unge", ["Et barn"]),
        ]

    def test_whom_somebody_is_a_carer_for_is_asked_where_they_are_asked_as_a_carer(self, kari, family, here):
        publish(here, written(name="talk", owner="Patient", title="En samtale"))

        assert 'name="about"' in kari.get(OWN, {"begynn": factories.SITUATION}).content.decode()
        page = kari.get(OWN, {"begynn": f"{factories.BASE}talk"})

        assert "En samtale" in text_of(page)
        assert 'name="about"' not in page.content.decode()

    def test_alone_somebody_under_age_is_offered_what_is_made_for_their_age(self, kari, family, here):
        publish(here, written(name="young", tags=("self", "child-13-15"), title="For deg som er ung"))
        family.kari.birth_date = clock.today().replace(month=1, day=1, year=clock.today().year - 15)
        family.kari.save(update_fields=["birth_date"])

        page = text_of(kari.get(OWN))

        assert "For deg som er ung" in page
        assert "Hvordan har du det?" not in page

    def test_about_the_patient_is_offered_to_the_carer(self, kari, family):
        page = kari.get(OWN, {"begynn": factories.SITUATION})
        assert "Oddny Demoli" in text_of(page)

        kari.post(OWN, {"form": factories.SITUATION, "about": str(family.oddny.id)})

        assert Response.objects.get().about_id == family.oddny.id

    def test_is_nothing_for_somebody_who_is_registered_nowhere(self, client, here):
        sign_in(client, citizen_account(here, name="Per Demovik"))

        assert "ikke registrert" in text_of(client.get(OWN))

    def test_of_another_persons_page_is_as_if_there_were_none(self, contact, family):
        assert contact.get(f"/arbeid/personer/{family.oddny.id}/skjema/").status_code == 404


class TestFillingIn:
    def test_without_script_each_button_keeps_and_leads_on(self, contact, family):
        begun, answer = begun_by(contact, family)
        here = answer["Location"]

        answer = contact.post(here, {"q-helps": "true", "q-words": "Søvn", "gaa": "oversikt"})

        assert answer["Location"] == f"{here}oversikt/"
        begun.refresh_from_db()
        assert answers_of(begun.answers)["words"] == [{"valueString": "Søvn"}]

    def test_what_cannot_be_read_stays_as_typed_and_is_said(self, contact, family):
        _begun, answer = begun_by(contact, family)

        page = contact.post(answer["Location"], {"q-helps": "true", "q-hours": "tolv", "gaa": "oversikt"})

        assert page.status_code == 422
        assert 'value="tolv"' in page.content.decode()

    def test_what_no_database_takes_is_left_out_of_what_is_kept(self, contact, family):
        begun, answer = begun_by(contact, family)

        contact.post(answer["Location"], {"q-helps": "true", "q-words": "Sø\x00vn", "_seen": "1", "_tab": "a\x00b"})

        begun.refresh_from_db()
        assert answers_of(begun.answers)["words"] == [{"valueString": "Søvn"}]

    def test_with_htmx_the_step_comes_back_with_what_is_asked_now(self, contact, family):
        _begun, answer = begun_by(contact, family)
        before = contact.get(answer["Location"])
        assert "Hvor mange timer" not in text_of(before)

        page = contact.post(answer["Location"], {"q-helps": "true"}, headers={"HX-Request": "true"})

        assert "Hvor mange timer" in text_of(page)
        assert 'id="q-step"' in page.content.decode()
        assert "<html" not in page.content.decode()

    def test_what_follows_from_an_answer_is_shown_before_one_goes_on(self, contact, family):
        _begun, answer = begun_by(contact, family)
        here = f"{answer['Location']}?steg=1"
        asked = {"q-helps": "true", "gaa": "oversikt", "_shown": "q-helps q-words q-double"}

        stays = contact.post(here, asked)
        goes_on = contact.post(here, asked | {"_shown": "q-helps q-hours q-words q-double"})

        assert stays["Location"] == f"{here}#q-hours"
        assert goes_on["Location"] == f"{answer['Location']}oversikt/"
        assert "_shown" in contact.get(here).content.decode()

    def test_an_answer_to_htmx_says_that_it_is_kept_as_the_draft(self, contact, family):
        begun, answer = begun_by(contact, family)

        page = contact.post(answer["Location"], {"q-helps": "true"}, headers={"HX-Request": "true"})

        begun.refresh_from_db()
        assert page["X-Draft-Number"] == str(begun.number)

    def test_a_file_is_kept_with_the_answers_and_can_be_fetched(self, contact, family, here):
        publish(here, written([item("letter", "attachment", "Brevet")], name="letter"))
        begun = begin(family.contact, family.kari, url=f"{factories.BASE}letter")
        address = f"/arbeid/skjema/svar/{begun.id}/"
        name = re.search(r'type="file"[^>]* name="([^"]+)"', contact.get(address).content.decode())
        assert name

        refused = contact.post(address, {name[1]: SimpleUploadedFile("brev.pdf", b"<script>"), "gaa": "oversikt"})
        contact.post(address, {name[1]: SimpleUploadedFile("brev.pdf", b"%PDF-1.7\n%%EOF\n"), "gaa": "oversikt"})
        services.complete(actor=family.contact, response_id=begun.id)

        assert refused.status_code == 422
        assert "PDF, PNG eller JPEG" in text_of(refused)
        assert "brev.pdf" in text_of(contact.get(f"{address}lest/"))
        upload = Upload.objects.get(response=begun)
        fetched = contact.get(f"/arbeid/skjema/vedlegg/{upload.id}/")
        assert fetched.content == b"%PDF-1.7\n%%EOF\n"
        assert fetched["Content-Disposition"].startswith("attachment")

    def test_the_script_keeps_what_is_typed_and_hears_of_newer_ones(self, contact, family):
        begun, answer = begun_by(contact, family)
        now = int(clock.now().timestamp() * 1000)

        kept = contact.post(answer["Location"], {"q-words": "Sø", "_draft_number": str(now)})
        late = contact.post(answer["Location"], {"q-words": "S", "_draft_number": str(now - 5)})

        assert (kept.status_code, late.status_code) == (204, 409)
        begun.refresh_from_db()
        assert answers_of(begun.answers)["words"] == [{"valueString": "Sø"}]
        assert late["X-Draft-Number"] == str(begun.number)

    def test_one_goes_on_where_one_was_and_is_told_from_when(self, contact, family):
        begun, answer = begun_by(contact, family)
        assert "Du fortsetter fra" not in text_of(contact.get(answer["Location"]))
        contact.post(answer["Location"], {"q-words": "Søvn", "gaa": "senere"})

        page = contact.get(answer["Location"])

        assert "Du fortsetter fra" in text_of(page)
        assert "Søvn" in page.content.decode()
        assert begun.id

    def test_two_tabs_are_told_of_each_other(self, contact, family):
        _begun, answer = begun_by(contact, family)
        for tab, words in (("one", "Fra den ene"), ("two", "Fra den andre")):
            contact.post(answer["Location"], {"q-words": words, "_seen": "1", "_tab": tab})

        page = text_of(contact.get(f"{answer['Location']}?steg=1"))

        assert "Fra den ene" in page
        assert "Fra den andre" in page

    def test_is_nothing_to_a_colleague(self, contact, client, family, here, house):
        begun = begin(family.contact, family.kari)
        colleague = worker(here, house.carers, name="Eva Demoås")
        sign_in(client, User.objects.get(id=colleague.id))

        for more in ("", "oversikt/", "forkast/"):
            assert client.get(f"/arbeid/skjema/svar/{begun.id}/{more}").status_code == 404

    def test_can_be_thrown_away(self, contact, family):
        begun, answer = begun_by(contact, family)
        address = f"{answer['Location']}forkast/"
        asked = text_of(contact.get(address))
        assert "Kast" in asked
        assert "Behold det" in asked

        contact.post(address)

        assert not Response.objects.filter(id=begun.id).exists()

    def test_steps_are_taken_one_by_one(self, contact, family, here):
        groups = [item(name, "group", name.title(), item=[item(f"{name}-q")]) for name in ("first", "second")]
        form = written(groups, name="steps")
        form["extension"] = [
            {"url": "https://medspiller.no/fhir/StructureDefinition/step-per-group", "valueBoolean": True}
        ]
        publish(here, form)
        begun = begin(family.contact, family.kari, url=f"{factories.BASE}steps")
        here_ = f"/arbeid/skjema/svar/{begun.id}/"

        to_second = contact.post(f"{here_}?steg=1", {"q-first-q": "En", "gaa": "neste"})
        to_review = contact.post(f"{here_}?steg=2", {"q-second-q": "To", "gaa": "neste"})

        assert (to_second["Location"], to_review["Location"]) == (f"{here_}?steg=2", f"{here_}oversikt/")
        assert "Second" in text_of(contact.get(f"{here_}?steg=2"))


class TestFinishing:
    def test_says_what_is_missing_with_a_way_to_it(self, contact, family):
        begun, answer = begun_by(contact, family)
        contact.post(answer["Location"], {"q-helps": "true", "q-words": "Søvn", "gaa": "oversikt"})

        page = contact.post(f"{answer['Location']}oversikt/", {"_seen": "2"})

        assert page.status_code == 422
        assert f"/arbeid/skjema/svar/{begun.id}/?feil=1&amp;steg=1#q-hours" in page.content.decode()
        assert "Søvn" in text_of(page)
        assert contact.get(f"{answer['Location']}?feil=1&steg=1").status_code == 200

    def test_stores_and_shows_the_answers(self, contact, family):
        _begun, answer = begun_by(contact, family)
        contact.post(answer["Location"], {"q-helps": "true", "q-hours": "12", "gaa": "oversikt"})

        page = contact.post(f"{answer['Location']}oversikt/", {"_seen": "2"}, follow=True)

        said = text_of(page)
        assert page.redirect_chain[-1][0] == f"{answer['Location']}lest/"
        assert "Gro Demodal" in said
        assert "på telefon" in said
        assert "24" in said

    def test_after_a_change_in_another_window_asks_to_look_again(self, contact, family):
        _begun, answer = begun_by(contact, family)
        contact.post(answer["Location"], {"q-helps": "false"})

        page = contact.post(f"{answer['Location']}oversikt/", {"_seen": "1"})

        assert page.status_code == 409
        assert Response.objects.get().status == "in_progress"

    def test_twice_leads_to_the_answers(self, contact, family):
        done = complete(family.contact, family.kari)

        for more in ("", "oversikt/"):
            answer = contact.post(f"/arbeid/skjema/svar/{done.id}/{more}", {})
            assert answer["Location"] == f"/arbeid/skjema/svar/{done.id}/lest/"


class TestReading:
    @pytest.mark.parametrize("more", ["lest/", "utskrift/"])
    def test_on_screen_and_on_paper(self, contact, family, more):
        done = complete(family.contact, family.kari)

        assert "12" in text_of(contact.get(f"/arbeid/skjema/svar/{done.id}/{more}"))

    @pytest.mark.parametrize("more", ["lest/", "utskrift/"])
    def test_of_ones_own_that_staff_wrote(self, kari, family, more):
        done = complete(family.contact, family.kari)

        assert "Hvordan har du det?" in text_of(kari.get(OWN))
        assert "Gro Demodal" in text_of(kari.get(f"{OWN}svar/{done.id}/{more}"))

    def test_a_concern_for_a_child_is_on_no_page_of_the_childs(self, kari, family, here):
        publish(here, written(name="concern", owner="Patient", tags=("staff-only", "concern-for-child")))
        done = complete(family.contact, family.kari, url=f"{factories.BASE}concern")

        assert kari.get(f"{OWN}svar/{done.id}/lest/").status_code == 404
        assert f"{done.id}" not in kari.get(OWN).content.decode()

    def test_ones_own_that_are_wrong_concern_nobody_else(self, kari, family):
        page = text_of(kari.get(f"{OWN}svar/{complete(family.contact, family.kari).id}/feil/"))
        assert "De som følger deg opp, kan lese dette." in page

    def test_wrong_ones_are_marked_with_a_reason(self, contact, family):
        done = complete(family.contact, family.kari)
        address = f"/arbeid/skjema/svar/{done.id}/feil/"
        assert contact.get(address).status_code == 200
        assert contact.post(address, {"reason": ""}).status_code == 422

        page = contact.post(address, {"reason": "Feil person."}, follow=True)

        assert "Feil person." in text_of(page)
        assert contact.post(address, {"reason": "Igjen."}).status_code == 409

    def test_a_new_version_is_begun_from_them(self, contact, family):
        done = complete(family.contact, family.kari)
        address = f"/arbeid/skjema/svar/{done.id}/ny/"
        assert contact.post(address, {}).status_code == 422

        answer = contact.post(address, {"how": "phone"})

        anew = Response.objects.get(amends=done)
        assert answer["Location"] == f"/arbeid/skjema/svar/{anew.id}/"
        services.complete(actor=family.contact, response_id=anew.id)
        assert contact.post(address, {"how": "phone"}).status_code == 409
        assert "nyere" in text_of(contact.get(f"/arbeid/skjema/svar/{done.id}/lest/"))

    def test_of_one_form_among_several(self, contact, family, here):
        publish(here, written(name="other", title="Noe annet"))
        complete(family.contact, family.kari)
        complete(family.contact, family.kari, url=f"{factories.BASE}other")
        address = f"/arbeid/personer/{family.kari.id}/skjema/"

        lines = contact.get(f"{address}?skjema={factories.BASE}other").content.decode().split("<tbody")[1]

        assert lines.split("</tbody>")[0].count("/lest/") == 1
        assert contact.get(address).content.decode().split("<tbody")[1].split("</tbody>")[0].count("/lest/") == 2


class TestTheListOfForms:
    def test_shows_what_one_has_begun_and_what_there_is(self, contact, family):
        begin(family.contact, family.kari)

        page = text_of(contact.get("/arbeid/skjema/"))

        assert "Kari Demoli" in page
        assert "Hvordan har du det?" in page


def test_a_form_that_cannot_be_worked_out_in_time_says_so_and_keeps_what_was_saved(contact, family, monkeypatch):
    begun, answer = begun_by(contact, family)
    out_of_time = [error(Code.TOO_COSTLY, "Questionnaire", "The time is over")]

    def never(*_: object, **__: object) -> None:
        raise NotComputable(out_of_time)

    monkeypatch.setattr("medspiller.questionnaires.web.presenting.present", never)
    page = contact.get(answer["Location"])

    assert page.status_code == 503
    assert "Skjemaet lot seg ikke regne ut" in text_of(page)
    assert Response.objects.get().answers == begun.answers
