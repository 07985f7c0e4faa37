"""What is kept behind private links: for whoever has the link, for thirty days, and unreadable without it."""

from datetime import UTC, datetime, timedelta

import pytest

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.saved_links import KEPT, MOST_BYTES, SavedLinkGone, SavedTooMuch
from medspiller.access.domain.throttling import RULES, TooManyTries, What
from medspiller.access.models import SavedLink
from medspiller.access.tasks import forget_old_saved_links
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed
from tests.support.database import ELSEWHERE, HERE

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOBODY = actors.anonymous(HERE)
HOME = "192.0.2.7"
SECOND = timedelta(seconds=1)


def save(text="hund", *, purpose="rights", now=NINE):
    return services.save_link(actor=NOBODY, purpose=purpose, text=text, address=HOME, now=now)


def take(secret, *, purpose="rights", now=NINE):
    return services.take_saved_link(actor=NOBODY, purpose=purpose, secret=secret, address=HOME, now=now)


class TestALink:
    def test_brings_back_what_was_saved(self, here):
        secret, gone_at = save("mor er 82")

        assert take(secret) == ("mor er 82", NINE + KEPT)
        assert gone_at == NINE + KEPT

    def test_has_a_secret_of_128_bits(self, here):
        assert len({save()[0] for _ in range(5)}) == 5
        assert len(save()[0]) == 22

    def test_is_for_its_purpose_only(self, here):
        secret, _gone_at = save()

        with pytest.raises(SavedLinkGone):
            take(secret, purpose="catalogue")

    @pytest.mark.parametrize("secret", ["", "x", "a" * 22, "../../../etc/passwd____", "æ" * 22])
    def test_that_never_was_one_opens_nothing(self, here, secret):
        save()

        with pytest.raises(SavedLinkGone):
            take(secret)

    def test_lasts_until_its_time_is_over(self, here):
        secret, gone_at = save()

        assert take(secret, now=gone_at - SECOND)[0] == "hund"
        with pytest.raises(SavedLinkGone):
            take(secret, now=gone_at)

    def test_is_gone_when_it_was_deleted(self, here):
        secret, _gone_at = save()
        services.forget_saved_link(actor=NOBODY, purpose="rights", secret=secret, address=HOME, now=NINE)

        with pytest.raises(SavedLinkGone):
            take(secret)
        assert not SavedLink.objects.exists()

    def test_holds_no_more_than_it_may(self, here):
        save("x" * MOST_BYTES)

        with pytest.raises(SavedTooMuch):
            save("x" * (MOST_BYTES + 1))


def test_neither_the_secret_nor_the_text_stands_in_the_database(here):
    secret, _gone_at = save("mor er 82")
    row = SavedLink.objects.get()

    assert b"mor" not in bytes(row.sealed)
    assert secret.encode() not in bytes(row.sealed) + bytes(row.secret_hash)


def test_equal_texts_look_different_and_one_link_does_not_open_the_other(here):
    save("likt")
    save("likt")
    first, second = (bytes(row.sealed) for row in SavedLink.objects.all())

    assert first != second


class TestTries:
    def test_at_guessing_are_slowed_down(self, here):
        for _ in range(RULES[What.SAVED_LINK_OPENED].free):
            with pytest.raises(SavedLinkGone):
                take("a" * 22)

        with pytest.raises(TooManyTries):
            take("a" * 22)

    def test_at_filling_the_database_are_too(self, here):
        for _ in range(RULES[What.SAVED_LINK_MADE].free):
            save()

        with pytest.raises(TooManyTries):
            save()


class TestForgetting:
    def test_is_done_by_the_job(self, here):
        save(now=NINE - KEPT)
        secret, _gone_at = save()
        with clock.frozen(NINE):
            services.forget_old_saved_links(actor=actors.system(HERE), now=NINE)

        assert SavedLink.objects.count() == 1
        assert take(secret)[0] == "hund"

    def test_is_not_for_everybody(self, here):
        with pytest.raises(NotAllowed):
            services.forget_old_saved_links(actor=NOBODY, now=NINE)

    def test_reaches_every_tenant(self, committed):
        for tenant_id in (HERE, ELSEWHERE):
            with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
                save(now=NINE - KEPT)
        with clock.frozen(NINE):
            forget_old_saved_links(0)

        for tenant_id in (HERE, ELSEWHERE):
            with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
                assert not SavedLink.objects.exists()
