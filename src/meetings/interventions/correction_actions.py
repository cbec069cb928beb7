"""What may be done to corrections: delegations propose and withdraw, rapporteurs settle."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused, Superseded
from meetings.base.ids import derived_id
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.bodies.models import Session
from meetings.interventions.correction_queries import own_intervention, point_of
from meetings.interventions.differing import squeezed
from meetings.interventions.models import (
    AcceptedCorrection,
    Correction,
    CorrectionForm,
    CorrectionState,
    DeclinedCorrection,
    Intervention,
    Point,
)
from meetings.interventions.words import correction_state
from meetings.schedule.queries import channel_of


async def propose_correction(
    db: AsyncSession, session: Session, intervention_id: UUID, form: CorrectionForm, user: User
) -> Correction:
    """Say what a point should say, or that one is missing. The same proposal again changes nothing.

    Raises:
        NotFound: the intervention, or its point, is none of this delegation's.
        Superseded: the log says something else by now than what the page showed.
        Refused: the log says this already.
    """
    intervention, _item = await own_intervention(db, session, intervention_id, user, lock=True)
    if kept := await db.get(Correction, form.id):
        if (kept.intervention_id, kept.delegation_id) != (intervention.id, user.delegation_id):
            raise NotFound
        return kept
    was = (await point_of(db, intervention, form.point)).text if form.point else ""
    if squeezed(was) != squeezed(form.seen):
        raise Superseded(yours={_("Text"): form.text}, theirs={_("Text"): was})
    if squeezed(was) == squeezed(form.text):
        raise Refused(_("The log says this already: change it first."), field="text")
    correction = Correction(
        id=form.id,
        intervention_id=intervention.id,
        point_id=form.point,
        delegation_id=intervention.delegation_id,
        was=was,
        text=squeezed(form.text),
        remark=form.remark,
        proposed_by=user.id,
        proposed_at=now(),
    )
    db.add(correction)
    return correction


def withdraw_correction(correction: Correction, user: User) -> None:
    """Take a proposal back. Withdrawing twice changes nothing.

    Raises:
        Refused: it was settled before.
    """
    if correction.state is CorrectionState.WITHDRAWN:
        return
    if correction.state is not CorrectionState.PROPOSED:
        raise Refused(_("This was settled a moment before. Reload the page to see the outcome."))
    _settle(correction, CorrectionState.WITHDRAWN, user)


async def accept_correction(
    db: AsyncSession, correction: Correction, form: AcceptedCorrection, rapporteur: User
) -> None:
    """Let a point say what is proposed, or add the point that is missing.

    A point that was taken out of the log since is added anew. Accepting twice changes nothing.

    Raises:
        Superseded: somebody settled it first, or the log says something else by now than what the
            page showed.
    """
    if _is_done(correction, CorrectionState.ACCEPTED, rapporteur):
        return
    intervention = await db.get_one(Intervention, correction.intervention_id, with_for_update=True)
    point = await _point_now(db, correction.point_id)
    present = squeezed(point.text) if point else ""
    # Back to what it said when this was proposed is as good as what the page showed.
    if present not in {squeezed(form.seen), squeezed(correction.was)}:
        theirs = point.text if point else _("No longer in the log")
        raise Superseded(yours={_("Text"): correction.text}, theirs={_("Text"): theirs})
    if point:
        point.text = correction.text
        point.version += 1
    else:
        point = await _add_point(db, correction, rapporteur)
    correction.point_id = point.id
    _settle(correction, CorrectionState.ACCEPTED, rapporteur)
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)


async def _point_now(db: AsyncSession, point_id: UUID | None) -> Point | None:
    return await db.get(Point, point_id, with_for_update=True) if point_id else None


async def _add_point(db: AsyncSession, correction: Correction, rapporteur: User) -> Point:
    last = await db.exec(
        select(sa.func.max(Point.position)).where(
            Point.intervention_id == correction.intervention_id
        )
    )
    point = Point(
        id=derived_id("correction", correction.id),
        intervention_id=correction.intervention_id,
        position=(last.one() or 0) + 1,
        text=correction.text,
        logged_by=rapporteur.id,
        logged_at=now(),
    )
    db.add(point)
    await db.flush()  # before the correction refers to it
    return point


def decline_correction(correction: Correction, form: DeclinedCorrection, rapporteur: User) -> None:
    """Leave the log as it is, and say why. Declining twice changes nothing.

    Raises:
        Superseded: somebody settled it first.
        Refused: no reason is given.
    """
    if _is_done(correction, CorrectionState.DECLINED, rapporteur):
        return
    if not form.reason:
        raise Refused(_("Say why: the delegation reads it."), field=f"reason-{correction.id}")
    _settle(correction, CorrectionState.DECLINED, rapporteur, form.reason)


def _is_done(correction: Correction, state: CorrectionState, user: User) -> bool:
    """Whether this person settled it so already: then it is the same click again."""
    if correction.state is CorrectionState.PROPOSED:
        return False
    if (correction.state, correction.settled_by) == (state, user.id):
        return True
    theirs = ": ".join(filter(None, (correction_state(correction.state), correction.reason)))
    raise Superseded(yours={_("Decision"): correction_state(state)}, theirs={_("Decision"): theirs})


def _settle(correction: Correction, state: CorrectionState, user: User, reason: str = "") -> None:
    correction.state = state
    correction.settled_by = user.id
    correction.settled_at = now()
    correction.reason = reason
