"""Two records of one intervention become one; two texts of it become one."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import Refused, Superseded
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.interventions.correction_queries import corrections_to
from meetings.interventions.models import Intervention, MergedTexts
from meetings.interventions.queries import places_in, points_in_order
from meetings.schedule.queries import channel_of


async def merge_interventions(
    db: AsyncSession, intervention: Intervention, into: Intervention, version: int
) -> None:
    """Two records of one intervention become one: the points go over, the empty record goes away.

    Raises:
        Refused: they are the same record, or the first one has the floor now.
        Superseded: somebody changed it first.
    """
    await db.refresh(intervention, with_for_update=True)
    if intervention.id == into.id or intervention.meeting_id != into.meeting_id:
        raise Refused(_("Choose another intervention of this meeting."), field="into")
    if intervention.ended_at is None:
        raise Refused(_("This intervention is going on: end it first."))
    if intervention.version != version:
        raise Superseded(yours={_("Version"): str(version)}, theirs={_("Version"): "…"})
    last, _kept = await places_in(db, into.id, UUID(int=0))
    for place, point in enumerate(await points_in_order(db, intervention.id), last + 1):
        point.intervention_id, point.position = into.id, place
        if intervention.item_id != into.item_id:
            point.view_id = None
    for correction in await corrections_to(db, intervention.id):
        correction.intervention_id = into.id  # what a delegation proposed stays on record
    into.inscription_id = into.inscription_id or intervention.inscription_id
    into.merged = False
    into.version += 1
    await db.flush()
    await db.delete(intervention)
    for id_ in (intervention.id, into.id):
        await tell(db, channel_of(into.meeting_id), "intervention", id_)
    await tell(db, channel_of(into.meeting_id), "views", into.item_id)


async def merge_texts(db: AsyncSession, intervention: Intervention, form: MergedTexts) -> None:
    """Make one text of those of several rapporteurs, in the order in which it was logged.

    What was seen and not kept goes (the audit keeps it); what has come since stays.

    Raises:
        Superseded: somebody has merged or moved them first.
    """
    await db.refresh(intervention, with_for_update=True)
    if intervention.version != form.version:
        raise Superseded(yours={_("Version"): str(form.version)}, theirs={_("Version"): "…"})
    points = await points_in_order(db, intervention.id)
    points.sort(key=lambda point: (point.logged_at, point.position))
    dropped = set(form.seen) - set(form.kept)
    place = 0
    for point in points:
        if point.id in dropped:
            await db.delete(point)
        else:
            place += 1
            point.position = place
    intervention.merged = True
    intervention.version += 1
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)
    await tell(db, channel_of(intervention.meeting_id), "views", intervention.item_id)
