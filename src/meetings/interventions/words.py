"""The words for what this room's codes mean, in the person's language."""

import json
import re

from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.interventions.models import CorrectionState, InterventionKind, PointKind
from meetings.interventions.queries import Floor


def waiting_json(floor: Floor) -> str:
    """Who waits, as a desk needs it to go on calling speakers without a network."""
    language = current_language()
    return json.dumps(
        [
            {
                "id": str(waiting.floor_id),
                "inscription": str(waiting.inscription.id),
                "name": waiting.delegation.name.in_language(language),
                "for": waiting.inscription.on_behalf_of,
                "speaker": waiting.inscription.speaker,
                "item": str(waiting.speaker_list.item_id),
                "limit": waiting.minutes,
            }
            for waiting in floor.following
        ],
        ensure_ascii=False,
    )


def of_several(text: str) -> str:
    """A wording as several speakers say it: "{his or her|their} country" is "their country"."""
    return re.sub(r"\{[^|{}]*\|([^|{}]*)\}", r"\1", text)


def intervention_kind(kind: InterventionKind) -> str:
    return {
        InterventionKind.STATEMENT: _("Statement"),
        InterventionKind.RIGHT_OF_REPLY: _("Right of reply"),
        InterventionKind.POINT_OF_ORDER: _("Point of order"),
        InterventionKind.PRESENTATION: _("Presentation"),
        InterventionKind.CHAIR: _("Note by the Chair"),
    }[kind]


def point_kind(kind: PointKind) -> str:
    return {
        PointKind.GOOD_PRACTICE: _("Good practice"),
        PointKind.CHALLENGE: _("Challenge"),
        PointKind.MEASURE: _("Measure taken"),
        PointKind.RECOMMENDATION: _("Recommendation"),
        PointKind.REQUEST: _("Request"),
        PointKind.ANNOUNCEMENT: _("Announcement"),
    }[kind]


def correction_state(state: CorrectionState) -> str:
    return {
        CorrectionState.PROPOSED: _("Proposed"),
        CorrectionState.ACCEPTED: _("Accepted"),
        CorrectionState.DECLINED: _("Declined"),
        CorrectionState.WITHDRAWN: _("Withdrawn by the delegation"),
    }[state]
