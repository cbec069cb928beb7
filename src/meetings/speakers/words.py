"""The words for what this room's codes mean, in the person's language."""

from meetings.base.languages import gettext as _
from meetings.speakers.models import SpeakingCapacity


def speaking_capacity(capacity: SpeakingCapacity) -> str:
    return {
        SpeakingCapacity.NATIONAL: _("National statement"),
        SpeakingCapacity.GROUP: _("On behalf of a group"),
        SpeakingCapacity.ORGANIZATION: _("On behalf of an organization"),
    }[capacity]
