"""Questions about the report: what a draft is made of, the draft itself, and its sources."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from meetings.base.columns import Text
from meetings.bodies.models import AgendaItem, Body, Session
from meetings.delegations.models import Delegation, DelegationKind
from meetings.interventions.models import Intervention, InterventionKind, Point, Topic, View
from meetings.report.drafting import DraftParagraph, draft_item
from meetings.report.material import Clause, ItemMaterial, UpdateMaterial, ViewMaterial
from meetings.report.models import Paragraph, Report, ReportPart, Update
from meetings.report.phrases import phrasebook
from meetings.report.quantifiers import Rules

# Whose interventions are told as "speakers": not the secretariat's, the Chair's, points of order.
SPEAKING_KINDS = (
    InterventionKind.STATEMENT,
    InterventionKind.PRESENTATION,
    InterventionKind.RIGHT_OF_REPLY,
)
NOT_SPEAKERS = (DelegationKind.SECRETARIAT, DelegationKind.PANEL)


@dataclass(frozen=True)
class Source:
    """A point behind a sentence, and who made it: for the secretariat's eyes only."""

    point: Point
    intervention: Intervention
    delegation: Delegation


@dataclass(frozen=True)
class Draft:
    """An item's draft in a language, with the sources of its sentences by point.

    `kept` are the paragraphs that a rapporteur took over; they stand in the place of the assembled.
    """

    item: AgendaItem
    session: Session
    language: str
    assembled: tuple[DraftParagraph, ...]
    kept: tuple[Paragraph, ...]
    sources: dict[UUID, Source]
    topics: dict[str, Text]

    @property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs as they are to be printed."""
        return tuple(p.text for p in (self.kept or self.assembled))


@dataclass(frozen=True)
class Chapter:
    """An item as a chapter of a report: its document, roman number and heading."""

    report: Report
    part: ReportPart
    item: AgendaItem


async def draft_of(
    db: AsyncSession, session: Session, item: AgendaItem, language: str, *, lock: bool = False
) -> Draft:
    """The draft of an item: what was kept, else what the log assembles to.

    `lock` keeps others from changing what was kept.
    """
    together = list((await db.exec(_discussed_together(item))).all())
    sources = await _sources(db, together)
    topics = await _topics(db)
    views = (await db.exec(select(View).where(_in(View.item_id, together)).order_by(*_FIRST))).all()
    material = ItemMaterial(
        topics=tuple((topic.slug, topic.name.in_language(language)) for topic in topics.values()),
        views=_told(list(views), sources, topics, language),
        updates=tuple(_update(u, language) for u in await _updates(db, together)),
        speakers=len({source.delegation.code for source in sources}),
    )
    rules = (await db.exec(select(Body.rules).where(Body.id == session.body_id))).one()
    return Draft(
        item=item,
        session=session,
        language=language,
        assembled=tuple(draft_item(material, phrasebook(language), Rules.of(dict(rules)))),
        kept=tuple(await _kept(db, item, language, lock=lock)),
        sources={source.point.id: source for source in sources if source.point},
        topics={topic.slug: topic.name for topic in topics.values()},
    )


_FIRST = (col(View.position), col(View.key))


def _in(column: Any, items: list[UUID]) -> sa.ColumnElement[bool]:
    return col(column).in_(items)


def _discussed_together(item: AgendaItem) -> SelectOfScalar[UUID]:
    """The item, and those of other sessions that are joint with it, in either direction."""
    lead = item.joint_with_id or item.id
    return select(AgendaItem.id).where(
        sa.or_(col(AgendaItem.id) == lead, col(AgendaItem.joint_with_id) == lead)
    )


async def mark_of_log(db: AsyncSession, item: AgendaItem) -> str:
    """Another word whenever a draft of this item could be another: counts, and sums of versions."""
    together = _discussed_together(item)
    said = select(col(Intervention.id)).where(col(Intervention.item_id).in_(together))
    parts = (
        (Intervention, col(Intervention.id).in_(said)),
        (Point, col(Point.intervention_id).in_(said)),
        (View, col(View.item_id).in_(together)),
    )
    asked = (
        sa.select(of).where(chosen).scalar_subquery()
        for model, chosen in parts
        for of in (sa.func.count(col(model.id)), sa.func.sum(col(model.version)))
    )
    found = (await (await db.connection()).execute(sa.select(*asked))).one()
    return "-".join(str(number or 0) for number in found)


async def _sources(db: AsyncSession, items: list[UUID]) -> list[Source]:
    """Every point of the speakers on these items; a speaker without points has one that is None."""
    found = await db.exec(
        select(Point, Intervention, Delegation)
        .select_from(Intervention)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .join(Point, col(Point.intervention_id) == Intervention.id, isouter=True)
        .where(
            _in(Intervention.item_id, items),
            col(Intervention.kind).in_(SPEAKING_KINDS),
            col(Delegation.kind).not_in(NOT_SPEAKERS),
        )
        .order_by(col(Intervention.started_at), col(Intervention.id), col(Point.position))
    )
    return [Source(*row) for row in found.all()]


async def _topics(db: AsyncSession) -> dict[UUID, Topic]:
    found = await db.exec(select(Topic).order_by(col(Topic.position), col(Topic.slug)))
    return {topic.id: topic for topic in found.all()}


async def _updates(db: AsyncSession, items: list[UUID]) -> list[Update]:
    found = await db.exec(
        select(Update).where(_in(Update.item_id, items)).order_by(col(Update.position))
    )
    return list(found.all())


async def _kept(
    db: AsyncSession, item: AgendaItem, language: str, *, lock: bool
) -> list[Paragraph]:
    asked = (
        select(Paragraph)
        .where(Paragraph.item_id == item.id, Paragraph.language == language)
        .order_by(col(Paragraph.position))
    )
    return list((await db.exec(asked.with_for_update() if lock else asked)).all())


# From rows to material ------------------------------------------------------------------------


def _told(
    views: list[View], sources: list[Source], topics: dict[UUID, Topic], language: str
) -> tuple[ViewMaterial, ...]:
    """The worded views, and each point that none of them tells: nothing said is left out."""
    worded = _worded(views, sources, topics, language)
    known = {view.id for view in worded}
    alone = [s for s in sources if s.point and s.point.view_id not in known]
    return (*worded, *(_alone(source, topics, language) for source in alone))


def _worded(
    views: list[View], sources: list[Source], topics: dict[UUID, Topic], language: str
) -> list[ViewMaterial]:
    behind: dict[UUID, list[Source]] = {}
    for source in sources:
        if source.point and source.point.view_id:
            behind.setdefault(source.point.view_id, []).append(source)
    return [
        ViewMaterial(
            id=view.id,
            topic=_slug(view.topic_id, topics),
            clauses=tuple(
                Clause(clause["verb"], Text.of(clause["text"]).in_language(language))
                for clause in view.clauses
            ),
            supporters=frozenset(source.delegation.code for source in behind[view.id]),
            points=tuple(source.point.id for source in behind[view.id]),
            form=view.form.value,
            after=view.after_id,
            translated=all(language in clause["text"] for clause in view.clauses),
        )
        # A view that nobody holds any longer is told by nobody.
        for view in views
        if view.id in behind and view.clauses
    ]


def _alone(source: Source, topics: dict[UUID, Topic], language: str) -> ViewMaterial:
    point = source.point
    return ViewMaterial(
        id=point.id,
        topic=_slug(point.topic_id, topics),
        clauses=(Clause("", point.text),),
        supporters=frozenset({source.delegation.code}),
        points=(point.id,),
        form="raw",
        translated=point.language in {"", language},
    )


def _slug(topic_id: UUID | None, topics: dict[UUID, Topic]) -> str:
    return topics[topic_id].slug if topic_id in topics else ""


def _update(update: Update, language: str) -> UpdateMaterial:
    return UpdateMaterial(
        id=update.id,
        representative=update.representative,
        verb=update.verb,
        text=update.text.in_language(language),
        lead=update.lead.in_language(language),
        more=tuple(Text.of(more).in_language(language) for more in update.more),
        figures={name: figure["value"] for name, figure in update.figures.items()},
    )


# Documents ------------------------------------------------------------------------------------


async def chapters_of(db: AsyncSession, session_id: UUID) -> list[Chapter]:
    """The chapters of a session's reports, in their order."""
    found = await db.exec(
        select(Report, ReportPart, AgendaItem)
        .join(ReportPart, col(ReportPart.report_id) == Report.id)
        .join(AgendaItem, col(AgendaItem.id) == ReportPart.item_id)
        .where(Report.session_id == session_id)
        .order_by(col(Report.position), col(ReportPart.position))
    )
    return [Chapter(*row) for row in found.all()]


async def names_to_keep_out(db: AsyncSession) -> list[str]:
    """The names and codes of all delegations, in all languages: none may stand in a report."""
    found = await db.exec(
        select(Delegation.name, Delegation.code).where(
            col(Delegation.kind).in_((DelegationKind.STATE, DelegationKind.OBSERVER_STATE))
        )
    )
    return [word for name, code in found.all() for word in (*name.values(), code)]


async def keys_of_views(db: AsyncSession, views: set[UUID]) -> dict[UUID, str]:
    """The short names of these views: what a kept paragraph remembers of its sources."""
    found = await db.exec(select(View.id, View.key).where(col(View.id).in_(views)))
    return dict(found.all())
