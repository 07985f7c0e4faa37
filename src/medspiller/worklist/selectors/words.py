"""Items of the work list in words, in the language that is read, for the pages of other apps."""

from medspiller.worklist.templatetags.work_items import kind_title

__all__ = ["kind_title"]
