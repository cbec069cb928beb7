"""A list of participants given back, with what is wrong beside each row."""

from meetings.base.languages import current_language, direction
from meetings.base.languages import gettext as _
from meetings.exchange.people_meaning import Plan
from meetings.exchange.people_rows import Field, field_name
from meetings.exchange.sheets import Column, Sheet


def marked_sheet(plan: Plan) -> Sheet:
    """The rows as they were read. Mended, they can come in again: the last columns are not read."""
    columns = (
        *(Column(field_name(one), width=30) for one in _KEPT),
        Column(_("Row"), "number", 8),
        Column(_("Wrong in"), width=16),
        Column(_("What is wrong"), width=70),
    )
    rows = [
        (
            row.person.delegation,
            row.person.name,
            row.person.function,
            row.person.capacity,
            row.person.number,
            field_name(row.fault.column) if row.fault else "",
            row.fault.told if row.fault else "",
        )
        for row in plan.rows
    ]
    return Sheet(_("Participants"), columns, rows, direction(current_language()) == "rtl")


_KEPT = (Field.DELEGATION, Field.NAME, Field.FUNCTION, Field.CAPACITY)
