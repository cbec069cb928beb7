"""What is wrong with a text that is to be printed: it must name nobody."""

import re
import unicodedata
from collections.abc import Iterable

_SHORT = 3  # letters of a code: AUT is a State, "aut" may be a word


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that stand in a text as whole words, whatever their accents and capitals.

    A code of three letters or fewer counts only when it is written in capitals.
    """
    plain, exact = _folded(text), text
    return sorted({name for name in names if name and _stands(name, plain, exact)})


def _stands(name: str, plain: str, exact: str) -> bool:
    if len(name) <= _SHORT and name.isascii():
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", exact) is not None
    # Chinese has no spaces between words: a name is found wherever it stands.
    edge = "" if unicodedata.category(name[0]) == "Lo" and not name[0].isascii() else r"(?!\w)"
    start = edge.replace("?!", "?<!")
    return re.search(f"{start}{re.escape(_folded(name))}{edge}", plain) is not None


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
