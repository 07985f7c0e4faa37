"""
Statistics: what may be counted and shown about the work with carers.

Words: a *table* is counts over categories; a *protected* one may be published. An *indicator* is a share of the
municipality's own figures, with its denominator and with what is not known. A *reference figure* is somebody else's,
with its year, its source and what it counts; the two are never laid on one line unless they count the same.
"""
