"""What may be believed, on values alone."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medspiller.access.domain import assurance, destinations, metadata, oidc, pkce
from medspiller.access.domain.oidc import ALGORITHMS, CLOCK_SKEW, Expected
from medspiller.access.domain.provider_details import ProviderDetails, problems_in, tidy
from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused
from medspiller.core.actors import ActorKind

STANDARDS = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards")) / "id-porten"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
EXPECTED = Expected(
    issuer="https://idporten.example",
    client_id="medspiller",
    nonce="the-nonce",
    begun_at=NOON - timedelta(minutes=1),
    acr_values=(assurance.SUBSTANTIAL,),
)


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def claims(**changed):
    said = {
        "iss": EXPECTED.issuer,
        "aud": EXPECTED.client_id,
        "sub": "somebody",
        "nonce": EXPECTED.nonce,
        "iat": seconds(NOON),
        "exp": seconds(NOON) + 120,
        "acr": assurance.SUBSTANTIAL,
    }
    return {name: value for name, value in (said | changed).items() if value is not None}


def refused(said, *, expected=EXPECTED, now=NOON) -> Reason:
    with pytest.raises(SignInRefused) as refusal:
        oidc.check_claims(said, expected=expected, now=now)
    return refusal.value.reason


def needs(name: str):
    return pytest.mark.skipif(not (STANDARDS / name).exists(), reason=f"{name} is not on this machine: 1 case not run")


class TestPublishedExamples:
    @needs("pkce-vector.json")
    def test_the_pkce_vector_holds(self):
        vector = json.loads((STANDARDS / "pkce-vector.json").read_text())

        assert pkce.challenge(vector["code_verifier"]) == vector["documented_code_challenge"]

    @needs("id_token-example.json")
    def test_the_id_token_is_read_and_its_old_level_does_not_suffice(self):
        example = json.loads((STANDARDS / "id_token-example.json").read_text())
        said = example["body"]
        issued = datetime.fromtimestamp(said["iat"], UTC)
        expected = Expected(
            issuer=said["iss"], client_id=said["aud"], nonce=said["nonce"], begun_at=issued - timedelta(minutes=1)
        )

        identity = oidc.check_claims(said, expected=expected, now=issued)

        assert oidc.check_header(example["header"]) == example["header"]["kid"]
        assert (identity.subject, identity.pid, identity.amr) == (said["sub"], said["pid"], ("BankID",))
        assert not assurance.acr_suffices(identity.acr, wanted=[assurance.SUBSTANTIAL])

    @needs("authorize-request-example.json")
    def test_the_request_they_show_is_the_one_we_send(self):
        example = json.loads((STANDARDS / "authorize-request-example.json").read_text())["params"]

        # What we send stands in `test_citizen_sign_in`; here, that nothing they show is missing there.
        assert set(example) == {
            *("client_id", "redirect_uri", "scope", "acr_values", "response_type", "ui_locales"),
            *("state", "nonce", "code_challenge", "code_challenge_method"),
        }
        assert example["code_challenge_method"] == pkce.METHOD


class TestChallenge:
    def test_rfc_7636_appendix_b(self):
        verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

        assert pkce.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @pytest.mark.parametrize("weak", ["", "short", "x" * 42, "x" * 129, "æ" * 43, "x" * 42 + "\n"])
    def test_one_that_proves_nothing_is_refused(self, weak):
        with pytest.raises(ValueError, match="43 to 128"):
            pkce.challenge(weak)


class TestLevels:
    @pytest.mark.parametrize(
        ("acr", "wanted", "enough"),
        [
            ("idporten-loa-substantial", ["idporten-loa-substantial"], True),
            ("idporten-loa-high", ["idporten-loa-substantial"], True),
            ("idporten-loa-high", ["idporten-loa-high"], True),
            ("idporten-loa-substantial", ["idporten-loa-high"], False),
            ("idporten-loa-substantial", ["idporten-loa-high", "idporten-loa-substantial"], True),
            ("idporten-loa-low", ["idporten-loa-substantial"], False),
            ("Level4", ["idporten-loa-substantial"], False),
            ("", ["idporten-loa-substantial"], False),
            ("IDPORTEN-LOA-HIGH", ["idporten-loa-substantial"], False),
            ("idporten-loa-high", ["work-mfa"], False),
            ("work-mfa", ["work-mfa"], True),
            ("anything", [], True),
        ],
    )
    def test_a_level_reaches_the_lowest_wanted_or_not(self, acr, wanted, enough):
        assert assurance.acr_suffices(acr, wanted=wanted) is enough

    def test_one_method_among_those_used_is_enough(self):
        assert assurance.amr_suffices(["pwd", "otp"], wanted=["otp", "fido"])
        assert not assurance.amr_suffices(["pwd"], wanted=["otp", "fido"])
        assert not assurance.amr_suffices([], wanted=["otp"])
        assert assurance.amr_suffices([], wanted=[])


class TestTimes:
    """Five minutes are tolerated either way; the limits themselves are refused."""

    def test_a_token_is_over_five_minutes_after_its_end(self):
        end = NOON + timedelta(seconds=120)
        last = end + CLOCK_SKEW - timedelta(seconds=1)

        assert oidc.check_claims(claims(), expected=EXPECTED, now=last).subject == "somebody"
        assert refused(claims(), now=end + CLOCK_SKEW) is Reason.TOKEN_EXPIRED

    @pytest.mark.parametrize("name", ["iat", "nbf"])
    def test_a_token_of_the_future(self, name):
        soon = seconds(NOON + CLOCK_SKEW)

        assert oidc.check_claims(claims(**{name: soon}), expected=EXPECTED, now=NOON)
        assert refused(claims(**{name: soon + 1})) is Reason.CLOCKS_APART

    def test_a_token_from_before_anybody_asked(self):
        early = seconds(EXPECTED.begun_at - CLOCK_SKEW)

        assert oidc.check_claims(claims(iat=early), expected=EXPECTED, now=NOON)
        assert refused(claims(iat=early - 1)) is Reason.CLOCKS_APART

    @pytest.mark.parametrize("nonsense", [True, "1", [], float("nan"), float("inf"), -(10**20), {}])
    @pytest.mark.parametrize("name", ["iat", "exp", "nbf", "auth_time"])
    def test_what_is_no_moment(self, name, nonsense):
        assert refused(claims(**{name: nonsense})) is Reason.MALFORMED


class TestFreshness:
    FRESH = Expected(
        **{name: getattr(EXPECTED, name) for name in ("issuer", "client_id", "nonce", "begun_at")}, fresh=True
    )

    @pytest.mark.parametrize(("age", "fresh"), [(0, True), (60, True), (70, True), (71, False), (3600, False)])
    def test_the_proof_must_be_younger_than_the_question(self, age, fresh):
        said = claims(auth_time=seconds(NOON) - age)

        if fresh:
            assert oidc.check_claims(said, expected=self.FRESH, now=NOON)
        else:
            assert refused(said, expected=self.FRESH) is Reason.NOT_FRESH

    def test_a_provider_that_does_not_tell_is_not_believed(self):
        assert refused(claims(), expected=self.FRESH) is Reason.NOT_FRESH


class TestHeader:
    @pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, "HS256", "HS384", "HS512", "RSA1_5", 1])
    def test_asvs_9_1_2_only_the_issuers_own_signatures_count(self, algorithm):
        with pytest.raises(SignInRefused) as refusal:
            oidc.check_header({"alg": algorithm, "kid": "a"})

        assert refusal.value.reason is Reason.WRONG_ALGORITHM

    @pytest.mark.parametrize("algorithm", ALGORITHMS)
    def test_the_others_do(self, algorithm):
        assert oidc.check_header({"alg": algorithm, "kid": "a"}) == "a"

    @pytest.mark.parametrize("header", [{"kid": 7}, {"crit": ["exp"]}])
    def test_what_is_not_understood_is_refused(self, header):
        with pytest.raises(SignInRefused) as refusal:
            oidc.check_header({"alg": "RS256"} | header)

        assert refusal.value.reason is Reason.MALFORMED


class TestDestinations:
    @pytest.mark.parametrize("path", ["/", "/arbeid/", "/min-side/?a=1&b=/2#c", "/søk/"])
    def test_a_place_on_this_site_is_kept(self, path):
        assert destinations.local_path(path, default="/x/") == path

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "arbeid/",
            "//example.org",
            "///example.org",
            "/\\example.org",
            "https://example.org",
            "/a b",
            "/\n/",
            "/\x00",
            "javascript:alert(1)",
            "/" + "x" * 500,
        ],
        ids=repr,
    )
    def test_anything_else_is_not(self, path):
        assert destinations.local_path(path, default="/x/") == "/x/"


class TestMetadata:
    ISSUER = "https://idporten.example"

    def document(self, **changed):
        said = {
            "issuer": self.ISSUER,
            "authorization_endpoint": "https://login.idporten.example/authorize",
            "token_endpoint": "https://idporten.example/token",
            "jwks_uri": "https://idporten.example/jwks",
        } | changed
        return {name: value for name, value in said.items() if value is not None}

    def read(self, document, *, may_be_unencrypted=False):
        return metadata.read(document, issuer=self.ISSUER, may_be_unencrypted=may_be_unencrypted)

    def test_what_is_not_offered_is_empty(self):
        known = self.read(self.document())

        assert (known.par_endpoint, known.end_session_endpoint, known.says_issuer) == ("", "", False)

    @pytest.mark.parametrize("issuer", [None, "https://idporten.example/", "https://other.example", 7])
    def test_asvs_10_5_3_the_issuer_must_be_the_very_one(self, issuer):
        with pytest.raises(SignInRefused) as refusal:
            self.read(self.document(issuer=issuer))

        assert refusal.value.reason is Reason.WRONG_ISSUER

    @pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"])
    @pytest.mark.parametrize(
        "address",
        [
            "http://idporten.example/x",
            "ftp://x",
            "https://a:b@x/",
            "https://",
            "/token",
            7,
            "https://x:y/",
            "https://x/#a",
        ],
    )
    def test_addresses_are_encrypted_and_whole(self, name, address):
        with pytest.raises(SignInRefused) as refusal:
            self.read(self.document(**{name: address}))

        assert refusal.value.reason is Reason.NONSENSE

    @pytest.mark.parametrize(
        "changed",
        [
            {"code_challenge_methods_supported": ["plain"]},
            {"code_challenge_methods_supported": "S256"},
            {"response_types_supported": ["id_token"]},
            {"response_types_supported": None, "token_endpoint": None},
        ],
        ids=str,
    )
    def test_one_that_cannot_do_what_we_need_is_refused(self, changed):
        with pytest.raises(SignInRefused):
            self.read(self.document(**changed))

    @pytest.mark.parametrize("host", ["127.0.0.1:9000", "localhost", "[::1]:80"])
    def test_a_development_machine_may_talk_to_itself(self, host):
        assert metadata.is_address(f"http://{host}/x", may_be_unencrypted=True)
        assert not metadata.is_address(f"http://{host}/x", may_be_unencrypted=False)
        assert not metadata.is_address("http://10.0.0.1/x", may_be_unencrypted=True)


class TestDetails:
    GOOD = ProviderDetails(
        kind=ActorKind.CITIZEN,
        name="ID-porten",
        issuer="https://idporten.example",
        client_id="medspiller",
        acr_values="idporten-loa-substantial",
    )

    def problems(self, **changed):
        details = {
            name: getattr(self.GOOD, name) for name in ("kind", "name", "issuer", "client_id", "acr_values")
        } | changed
        return problems_in(ProviderDetails(**details), may_be_unencrypted=False)

    def test_all_is_well(self):
        assert self.problems() == {}

    @pytest.mark.parametrize(
        ("changed", "problem"),
        [
            ({"name": ""}, {"name": "required"}),
            ({"name": "x" * 101}, {"name": "too_long"}),
            ({"client_id": ""}, {"client_id": "required"}),
            ({"issuer": "http://idporten.example"}, {"issuer": "not_an_address"}),
            ({"scopes": "profile"}, {"scopes": "needs_openid"}),
            ({"acr_values": ""}, {"acr_values": "needs_substantial"}),
            ({"acr_values": "idporten-loa-low"}, {"acr_values": "needs_substantial"}),
            ({"acr_values": "idporten-loa-low idporten-loa-high"}, {"acr_values": "needs_substantial"}),
            ({"kind": ActorKind.STAFF, "acr_values": ""}, {"acr_values": "needs_acr_or_amr"}),
            ({"kind": ActorKind.SYSTEM}, {"kind": "required"}),
        ],
        ids=str,
    )
    def test_what_cannot_be_is_named(self, changed, problem):
        assert self.problems(**changed) == problem

    def test_staff_may_be_asked_for_a_method_alone(self):
        assert self.problems(kind=ActorKind.STAFF, acr_values="", amr_values="mfa") == {}

    def test_blanks_are_tidied(self):
        assert tidy(ProviderDetails(kind=ActorKind.STAFF, name="  A   B ", issuer=" x", client_id="y ")).name == "A B"
