"""The web process: `granian --interface wsgi medspiller.config.wsgi:application`."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from medspiller.config import secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")

if not secrets.keys_kept():
    # Each web process would sign and encrypt with keys of its own, and they would be lost with it.
    sys.exit(f"medspiller: {secrets.SET_THE_KEYS}")

application = get_wsgi_application()
