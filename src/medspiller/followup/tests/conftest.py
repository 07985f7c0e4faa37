"""What tests of follow-up share."""

from medspiller.followup.tests.factories import team

__all__ = ["team"]
