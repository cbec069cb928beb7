"""The words for what this room's codes mean, in the person's language."""

from meetings.base.languages import gettext as _
from meetings.bodies.models import SessionState


def session_state_name(state: SessionState) -> str:
    return {
        SessionState.PLANNED: _("Planned"),
        SessionState.OPEN: _("Under way"),
        SessionState.CLOSED: _("Closed"),
    }[state]
