"""
What is offered to carers: who offers it, for whom, where and when, how one gets it, and when it was last checked.

An *entry* is what is edited, a *version* one wording of it, and an *offer* what the public sees: the
last approved version, laid out for searching. A *provider* is whoever offers it. National offers come
from content packages; a municipality's own are edited on its pages. Nothing here is about a person.
"""
