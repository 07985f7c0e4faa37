"""What is sealed opens in its own place only, unchanged, with a key of ours (ASVS 5.0 V11.3.3)."""

import os

import pytest

from medspiller.core import encryption

TEXT, PLACE = "20914695016", "access_user.pid"


@pytest.fixture
def sealed(settings):
    settings.ENCRYPTION_KEYS = {"k2": os.urandom(32), "k1": os.urandom(32)}
    return encryption.encrypt(TEXT, place=PLACE)


def test_v11_3_3_it_opens_where_it_was_made(sealed):
    assert encryption.decrypt(sealed, place=PLACE) == TEXT
    assert TEXT.encode() not in sealed


def test_v11_3_3_no_bit_can_be_changed(sealed):
    text_begins = 2 + len("k2")
    for at in range(text_begins, len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1

        with pytest.raises(encryption.NotOurs):
            encryption.decrypt(bytes(changed), place=PLACE)


def test_v11_3_3_moved_to_another_column_it_stays_shut(sealed):
    with pytest.raises(encryption.NotOurs):
        encryption.decrypt(sealed, place="people_person.pid")


def test_the_same_text_is_never_sealed_alike(sealed):
    assert len({encryption.encrypt(TEXT, place=PLACE) for _ in range(50)}) == 50


def test_v11_2_2_an_older_key_still_opens_and_a_key_we_lack_does_not(sealed, settings):
    newer = {"k3": os.urandom(32)}
    settings.ENCRYPTION_KEYS = newer | settings.ENCRYPTION_KEYS
    assert encryption.decrypt(sealed, place=PLACE) == TEXT

    settings.ENCRYPTION_KEYS = newer
    with pytest.raises(encryption.NoSuchKey):
        encryption.decrypt(sealed, place=PLACE)


def test_hashes_of_one_purpose_find_nothing_of_another():
    assert encryption.keyed_hash(TEXT, purpose="a") != encryption.keyed_hash(TEXT, purpose="b")
    assert encryption.keyed_hash(TEXT, purpose="a") == encryption.keyed_hash(TEXT, purpose="a")
