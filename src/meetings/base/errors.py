"""What the program says when it will not do something."""


class Refused(Exception):  # noqa: N818
    """A rule forbids this. The message is for the person; `field` names the input at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Superseded(Exception):  # noqa: N818
    """Somebody changed the same thing first. Both versions travel with it: nothing is overwritten.

    `yours` and `theirs` hold only the fields that differ, {field: value as a person reads it}.
    """

    def __init__(self, yours: dict[str, str], theirs: dict[str, str]) -> None:
        super().__init__("somebody else changed this first")
        self.yours = yours
        self.theirs = theirs


class NotFound(Exception):  # noqa: N818
    """There is no such thing, or it is none of this person's business: they cannot tell which."""


class Forbidden(Exception):  # noqa: N818
    """This person may see the thing, but may not do this to it."""
