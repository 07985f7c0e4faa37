"""Take pictures of every page: see `command`."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")
    os.environ.setdefault("MEDSPILLER_TEST_DB", "screens_medspiller")
    django.setup()
    from tests.journeys.screens import command

    sys.exit(command.main(sys.argv[1:]))
