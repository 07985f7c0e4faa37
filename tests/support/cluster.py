"""
Starts the database before Django's settings are read, which name its address and keys.

Named in pytest's `addopts`, so that it is imported before everything else.
"""

import os
import sys

from medspiller.cli import cluster
from medspiller.cli.errors import CommandError
from medspiller.config import secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")
# Tests get style sheets and scripts as they are written, whatever was collected last.
os.environ["MEDSPILLER_STATIC"] = str(secrets.DATA / "nothing-collected")
try:
    cluster.ensure_running()
except CommandError as fault:
    sys.exit(f"medspiller: {fault}")
