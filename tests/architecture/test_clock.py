"""Only `core.clock` asks the machine what time it is."""

import pytest

from tests.support.architecture.clocks import CLOCK, clocks_read
from tests.support.architecture.sources import PACKAGE, Source, sources, told


def test_nobody_else_reads_the_clock():
    assert told(clocks_read(sources(".py", under="src"))) == ""


def planted(text: str) -> list[Source]:
    return [Source(PACKAGE / "people/domain/rules.py", text)]


@pytest.mark.parametrize(
    "text",
    [
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "from datetime import datetime\ndatetime.now(tz)",
        "from datetime import datetime as moment\nmoment.utcnow()",
        "from datetime import date\ndate.today()",
        "import datetime as dt\ndt.date.today()",
        "import time\ntime.time()",
        "from time import time\ntime()",
        "from django.utils import timezone\ntimezone.now()",
        "from django.utils.timezone import localdate\nfield = Field(default=localdate)",
        "from datetime import date\n@dataclass\nclass A:\n    day: date = field(default_factory=date.today)",
    ],
)
def test_each_way_of_asking_is_caught(text):
    assert "take the time as an argument" in told(clocks_read(planted(text)))


@pytest.mark.parametrize(
    "text",
    [
        "import time\ntime.monotonic()",
        "from medspiller.core import clock\nclock.now()",
        "from datetime import date\ndate(2026, 9, 1)",
        "self.date.today",
        "now = today()",
    ],
)
def test_nothing_else_is(text):
    assert told(clocks_read(planted(text))) == ""


def test_the_clock_itself_may():
    path = PACKAGE.parents[1] / CLOCK

    assert told(clocks_read([Source(path, "import time\ntime.time()")])) == ""
