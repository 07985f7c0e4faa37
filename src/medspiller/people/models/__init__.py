"""Rows of people: persons, what they are to each other, and who may look at them."""

from medspiller.people.models.emergency import EmergencyAccess, live_at
from medspiller.people.models.involvements import Involvement
from medspiller.people.models.persons import Person, Relation
from medspiller.people.models.questions import AccessQuestion

__all__ = ["AccessQuestion", "EmergencyAccess", "Involvement", "Person", "Relation", "live_at"]
