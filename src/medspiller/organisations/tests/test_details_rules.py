"""What can be said about units, organisations and tenants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.organisations.domain import details, tenants
from medspiller.organisations.domain.details import OrganisationDetails, UnitDetails
from medspiller.organisations.domain.kinds import OrganisationKind, TenantKind, UnitKind

HOME_CARE = UnitDetails(name="Hjemmetjenesten sør", kind=UnitKind.HOME_CARE)


class TestTidying:
    def test_puts_a_name_on_one_line_and_keeps_lines_in_a_text(self):
        tidied = details.tidy(UnitDetails(name="  Sone\n sør ", kind=UnitKind.HOME_CARE, about=" Ring.\nVi svarer. "))

        assert (tidied.name, tidied.about) == ("Sone sør", "Ring.\nVi svarer.")

    @given(st.text(), st.text())
    def test_done_twice_is_done_once(self, name, about):
        once = details.tidy(OrganisationDetails(name=name, kind=OrganisationKind.PUBLIC, about=about))

        assert details.tidy(once) == once


class TestDiffering:
    def test_the_same_differs_in_nothing(self):
        assert details.differing_fields(HOME_CARE, HOME_CARE) == ()

    def test_names_what_differs(self):
        changed = UnitDetails(name="Hjemmetjenesten sør", kind=UnitKind.DAY_CENTRE, notice="Møte kl. 14")

        assert details.differing_fields(HOME_CARE, changed) == ("kind", "notice")


def test_a_text_may_be_as_long_as_its_limit_and_no_longer():
    just_fits = UnitDetails(name="a" * 120, kind=UnitKind.WARD, notice="b" * 500)
    too_much = UnitDetails(name="a" * 121, kind=UnitKind.WARD, notice="b" * 501)

    assert details.too_long(just_fits) == {}
    assert details.too_long(too_much) == {"name": 120, "notice": 500}


@pytest.mark.parametrize("address", ["https://example.org", "http://example.org/en?a=b"])
def test_a_web_address_is_accepted(address):
    assert details.is_web_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "javascript:alert(1)", "https://", "https://a b.org", "ftp://example.org", "https://[::1"],
)
def test_what_a_browser_cannot_follow_is_no_web_address(address):
    assert not details.is_web_address(address)


class TestTenants:
    @pytest.mark.parametrize(
        ("kind", "number", "fits"),
        [
            (TenantKind.MUNICIPALITY, "3201", True),
            (TenantKind.MUNICIPALITY, None, False),
            (TenantKind.MUNICIPALITY, "321", False),
            (TenantKind.HEALTH_TRUST, None, True),
            (TenantKind.DIRECTORATE, "3201", False),
        ],
    )
    def test_municipalities_and_nobody_else_have_a_number(self, kind, number, fits):
        assert tenants.number_fits(kind, number) is fits

    def test_a_host_is_compared_without_case_port_and_final_dot(self):
        assert tenants.normal_host("Carers.Example.ORG.:8000") == "carers.example.org"

    @pytest.mark.parametrize("host", ["", "-a.org", "a..org", "https://a.org", "a_b.org", "a" * 254])
    def test_what_is_no_host_name_is_refused(self, host):
        assert not tenants.is_host(host)
