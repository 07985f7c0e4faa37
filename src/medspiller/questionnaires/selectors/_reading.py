"""By what a definition that was read once is found again."""

from medspiller.content.domain.definitions import Definition


def key_of(definition: Definition) -> str:
    """
    Return what stands for exactly this definition in this process.

    Its digest would too, and takes longer to work out than the rest of a page; the text stays the
    same object for as long as `content` remembers it.
    """
    return f"{definition.url}|{definition.version}|{hash(definition.text)}"
