"""
Content: packages of questionnaires, pathways, rights, reference data and other definitions.

Words: a *package* is a folder with a `package.toml`; a *definition* is one file in it, known
by its url and version and proved by its digest; a *kind* is what sort of definition it is.
This app knows no kinds of practice: other apps make theirs, and `config/content_kinds.py`
lists them.

For other apps: `domain.kinds` to make a kind, `selectors` to read what is published and to
pin it, `services` to publish and retire.
"""
