"""Somebody who can be reached, a provider that listens, and both connected."""

import pytest

from medspiller.access.domain.roles import Role
from medspiller.config import wiring
from medspiller.messages import registry
from medspiller.messages.domain.notices import Channel
from medspiller.messages.gateways.demo import DemoGateway
from medspiller.messages.gateways.sms_http import SmsHttpGateway
from medspiller.messages.tests.factories import PHONE, MadeUpRegister
from medspiller.people.tests import factories as people


@pytest.fixture
def register(settings, sms_gateway):
    """A register of made-up people, with text messages through the provider and e-mail kept here."""
    settings.TEST_PERSON_NUMBERS = True
    register = MadeUpRegister()
    ways = [SmsHttpGateway(sms_gateway.address), DemoGateway(Channel.EMAIL)]
    registry.connect(gateways=ways, register=register)
    yield register
    wiring.connect()


@pytest.fixture
def kari(here, house, register):
    """Somebody whom the home care follows up, with a telephone that is safe."""
    person = people.make_person("Kari")
    people.involve(person, house.home_care)
    register.safe[person.id, "sms"] = PHONE
    return person


@pytest.fixture
def nurse(house):
    return people.worker(house.tenant_id, house.home_care)


@pytest.fixture
def leader_elsewhere(house):
    return people.worker(house.tenant_id, house.carers, Role.LEADER, name="Gunnar Demodalen")
