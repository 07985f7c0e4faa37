"""Pathways in words, in the language that is read, for the pages of other apps."""

from medspiller.pathways.templatetags.pathway_words import event_name, in_words, step_title

__all__ = ["event_name", "in_words", "step_title"]
