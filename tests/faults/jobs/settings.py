"""The product's settings, with the app whose jobs are interrupted."""

from medspiller.config.settings import *  # noqa: F403
from medspiller.config.settings import INSTALLED_APPS as PRODUCT_APPS

INSTALLED_APPS = [*PRODUCT_APPS, "tests.faults.jobs.apps.JobsConfig"]
