from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Connects the slow subscriber to what the product itself has connected."""

    name = "tests.faults.jobs"
    label = "fault_jobs"

    def ready(self) -> None:
        from medspiller.config import wiring  # noqa: PLC0415 - needs the loaded apps
        from medspiller.core import events  # noqa: PLC0415
        from tests.faults.jobs.work import SUBSCRIPTION  # noqa: PLC0415

        events.connect([*wiring.SUBSCRIPTIONS, SUBSCRIPTION])
