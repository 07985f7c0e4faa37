from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Assembly: connects what only the top layer may know of."""

    name = "medspiller.config"
    label = "config"

    def ready(self) -> None:
        from medspiller.config import wiring  # noqa: PLC0415 - needs the loaded apps

        wiring.connect()
