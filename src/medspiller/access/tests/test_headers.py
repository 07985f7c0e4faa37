"""ASVS 5.0 V3.3, V3.4 and V14.3: what browsers are told with every answer."""

import re

import pytest
from django.conf import settings as configured

from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.tests.world import citizen
from tests.support.staff import employ, sign_in

ANYBODY = ["/", "/tilbud/", "/arbeid/logg-inn/", "/min-side/logg-inn/", "/finnes-ikke/", "/healthz"]
YEAR = 365 * 24 * 3600


@pytest.fixture(params=["/", "/arbeid/", "/arbeid/okter/", "/arbeid/okt/", "/min-side/", "/finnes-ikke/"])
def for_staff(request, staff, house):
    return staff(Role.LEADER, house.carers).get(request.param)


class TestEveryAnswer:
    @pytest.mark.parametrize("path", ANYBODY)
    def test_v3_4_4_is_what_it_says_it_is(self, client, here, path):
        assert client.get(path).headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("path", ANYBODY)
    def test_v3_4_1_asks_for_https_for_a_year_below_this_host_too(self, client, here, path):
        header = client.get(path, secure=True).headers["Strict-Transport-Security"]

        assert int(re.search(r"max-age=(\d+)", header)[1]) >= YEAR
        assert "includeSubDomains" in header

    @pytest.mark.parametrize("path", ANYBODY)
    def test_v3_4_3_and_v3_4_6_loads_nothing_foreign_and_stands_in_no_frame(self, client, here, path):
        header = client.get(path).headers["Content-Security-Policy"]

        for directive in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert directive in header
        assert "unsafe" not in header

    @pytest.mark.parametrize("path", ANYBODY)
    def test_v3_4_5_tells_no_other_site_where_one_was(self, client, here, path):
        assert client.get(path).headers["Referrer-Policy"] == "same-origin"

    @pytest.mark.parametrize("path", ANYBODY)
    def test_v3_4_8_shares_no_window(self, client, here, path):
        assert client.get(path).headers["Cross-Origin-Opener-Policy"] == "same-origin"

    @pytest.mark.parametrize("path", ANYBODY)
    def test_v3_5_8_can_be_loaded_by_our_own_pages_only(self, client, here, path):
        assert client.get(path).headers["Cross-Origin-Resource-Policy"] == "same-origin"

    @pytest.mark.parametrize("path", ANYBODY)
    def test_v3_4_2_opens_itself_to_no_other_origin(self, client, here, path):
        answer = client.get(path, headers={"Origin": "https://evil.invalid"})

        assert "Access-Control-Allow-Origin" not in answer.headers

    @pytest.mark.parametrize("path", ANYBODY)
    def test_asks_for_neither_camera_nor_place(self, client, here, path):
        header = client.get(path).headers["Permissions-Policy"]

        assert "camera=()" in header
        assert "geolocation=()" in header


class TestNotStored:
    def test_v14_3_2_what_somebody_signed_in_is_shown_lies_in_no_cache(self, for_staff):
        assert "no-store" in for_staff.headers["Cache-Control"]

    def test_nor_what_a_citizen_is_shown(self, client, here):
        sign_in(client, citizen())

        assert "no-store" in client.get("/min-side/").headers["Cache-Control"]

    @pytest.mark.parametrize("path", ["/arbeid/", "/arbeid/logg-inn/", "/min-side/", "/min-side/logg-inn/"])
    def test_nor_anything_in_the_parts_that_need_sign_in(self, client, here, path):
        assert "no-store" in client.get(path).headers["Cache-Control"]

    def test_an_open_page_may_be_kept(self, client, here):
        assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


class TestCookies:
    @pytest.fixture
    def set_at_sign_in(self, client, here, settings, house):
        settings.DEMO = True
        employ(tenant_id=here, unit_id=house.top, role=Role.LEADER, issuer=DEMO_ISSUER, subject="leder")
        signed_in = client.get("/demo/logg-inn/leder/", secure=True)
        client.get("/arbeid/", secure=True)
        return {**signed_in.cookies, **client.cookies}

    def test_v3_3_1_to_v3_3_4_are_for_this_host_over_https_without_script(self, set_at_sign_in):
        names = {configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME, configured.DEVICE_COOKIE_NAME}

        assert names <= set(set_at_sign_in)
        for name in names:
            cookie = set_at_sign_in[name]
            assert name.startswith("__Host-")
            assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
            assert cookie["samesite"] == "Lax"

    def test_v3_3_5_are_small(self, set_at_sign_in):
        assert all(len(name) + len(cookie.value) < 4096 for name, cookie in set_at_sign_in.items())

    def test_the_session_ends_with_the_browser(self, set_at_sign_in):
        assert set_at_sign_in[configured.SESSION_COOKIE_NAME]["max-age"] == ""


class TestSigningOut:
    @pytest.fixture
    def signed_out(self, staff, house):
        return staff(Role.LEADER, house.carers).post("/arbeid/logg-ut/")

    def test_v14_3_1_clears_what_the_browser_keeps(self, signed_out):
        assert signed_out.headers["Clear-Site-Data"] == '"cache", "storage"'

    def test_takes_back_the_cookies_of_session_and_forms(self, signed_out):
        for name in (configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME):
            assert signed_out.cookies[name]["max-age"] == 0

    def test_leaves_language_and_colours_as_somebody_needs_them(self, signed_out):
        assert "cookies" not in signed_out.headers["Clear-Site-Data"]
        assert configured.LANGUAGE_COOKIE_NAME not in signed_out.cookies

    def test_v3_5_3_is_done_by_post_only(self, staff, house):
        assert staff(Role.LEADER, house.carers).get("/arbeid/logg-ut/").status_code == 405
