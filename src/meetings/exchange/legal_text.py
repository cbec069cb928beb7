"""The characters that Word and Excel files may hold.

People paste from anywhere, and one control character is enough for Word or Excel to call a whole
file damaged. Both formats are XML, so the rule is one.
"""

import re

LINE_ENDS = re.compile("\r\n?")
# Controls, lone halves of a character and non-characters. Tab and line feed may stay.
ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def legal_text(text: str) -> str:
    """The text without what a file cannot hold; each end of line is one line feed."""
    if text.isprintable():  # nearly every text: a third of the time
        return text
    return ILLEGAL.sub("", LINE_ENDS.sub("\n", text))
