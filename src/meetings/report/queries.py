"""Questions about the report: what a draft is made of, and the draft itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from meetings.base.columns import Text
from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Body, Session
from meetings.delegations.models import Delegation, DelegationKind, Participation
from meetings.interventions.models import Intervention, InterventionKind, Point, Topic, View
from meetings.report.chapters import statements_by
from meetings.report.composing import SPEAKERS, Standing, compose, in_order, topics_in
from meetings.report.drafting import DraftParagraph, DraftSentence, draft_item
from meetings.report.material import (
    Clause,
    ItemMaterial,
    PanelMaterial,
    UpdateMaterial,
    ViewMaterial,
)
from meetings.report.models import Outline, Paragraph, Report, ReportPart, Update
from meetings.report.phrases import phrasebook
from meetings.report.quantifiers import Rules, counted_for
from meetings.speakers.models import SpeakingCapacity

# Whose interventions are told as "speakers": not the secretariat's, the Chair's, points of order.
SPEAKING_KINDS = (
    InterventionKind.STATEMENT,
    InterventionKind.PRESENTATION,
    InterventionKind.RIGHT_OF_REPLY,
)
NOT_SPEAKERS = (DelegationKind.SECRETARIAT, DelegationKind.PANEL)


class Said(NamedTuple):
    """A point of a speaker, as far as the draft depends on it; without one: who only spoke."""

    point_id: UUID | None
    text: str
    language: str
    topic_id: UUID | None
    view_id: UUID | None
    delegation: str  # its code: never printed
    group: str  # on whose behalf, where it was a group's statement
    counts_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Draft:
    """The report on an item in a language, as it stands.

    `outline` is the order that people gave to its paragraphs, and `order_version` that order's.
    """

    item: AgendaItem
    session: Session
    language: str
    standing: tuple[Standing, ...]
    topics: dict[str, Text]
    outline: tuple[str, ...]
    order_version: int
    views: dict[str, str]  # {key: identifier}
    rules: Rules

    @property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs as they are to be printed."""
        return tuple(one.text for one in self.standing if one.printed)

    def paragraph(self, key: str) -> Standing:
        """One of its paragraphs.

        Raises:
            NotFound: there is none of this key.
        """
        for one in self.standing:
            if one.key == key:
                return one
        raise NotFound


@dataclass(frozen=True)
class Chapter:
    """An item as a chapter of a report: its document, roman number and heading."""

    report: Report
    part: ReportPart
    item: AgendaItem


async def draft_of(
    db: AsyncSession, session: Session, item: AgendaItem, language: str, *, lock: bool = False
) -> Draft:
    """The report on an item: what the log assembles to, and what people made of it.

    `lock` keeps others from changing it until the commit.
    """
    if lock:
        await db.exec(select(AgendaItem.id).where(AgendaItem.id == item.id).with_for_update())
    outline = await db.get(Outline, item.id)
    keys = tuple(outline.keys) if outline else ()
    topics = await _topics(db)
    rules = Rules.of(dict((await db.exec(_rules_of(session))).one()))
    views, material = await _material(db, item, topics, keys, rules, language)
    by_key = {view.key: str(view.id) for view in views}
    drafted = draft_item(material, phrasebook(language), rules)
    if rules.report == "list-of-speakers":
        drafted = listed_speakers(await _speakers(db, item, language), language)
    return Draft(
        item=item,
        session=session,
        language=language,
        standing=tuple(compose(drafted, await _kept(db, item, language), keys, by_key, language)),
        topics={topic.slug: topic.name for topic in topics.values()},
        outline=keys,
        order_version=outline.version if outline else 0,
        views=by_key,
        rules=rules,
    )


def _rules_of(session: Session) -> SelectOfScalar[Any]:
    return select(Body.rules).where(Body.id == session.body_id)


async def _material(  # noqa: PLR0913, PLR0917 (all that a draft depends on)
    db: AsyncSession,
    item: AgendaItem,
    topics: dict[UUID, Topic],
    outline: Sequence[str],
    rules: Rules,
    language: str,
) -> tuple[Sequence[View], ItemMaterial]:
    """All that was said on an item, and on those that are discussed together with it."""
    together = list((await db.exec(_discussed_together(item))).all())
    said = await _said(db, together, rules)
    views = (await db.exec(select(View).where(_in(View.item_id, together)).order_by(*_FIRST))).all()
    names = {topic.slug: topic.name.in_language(language) for topic in topics.values()}
    order = in_order(list(names), topics_in(outline))
    return views, ItemMaterial(
        topics=tuple((slug, names[slug]) for slug in order),
        views=_told(list(views), said, topics, language),
        updates=tuple(_update(one, language) for one in await _updates(db, together, outline)),
        speakers=len({code for one in said for code in one.counts_for}),
        panels=_panels(await _presented(db, together), {view.id: view for view in views}, language),
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


async def _said(db: AsyncSession, items: list[UUID], rules: Rules) -> list[Said]:
    """Every point of the speakers on these items; a speaker without points has one that is None."""
    members = await _members(db, items) if rules.group_statements == "members" else {}
    asked = (
        sa.select(
            col(Point.id),
            col(Point.text),
            col(Point.language),
            col(Point.topic_id),
            col(Point.view_id),
            col(Delegation.code),
            sa.case(
                (col(Intervention.capacity) == SpeakingCapacity.GROUP, Intervention.on_behalf_of),
                else_="",
            ),
        )
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
    found = [Said(*row) for row in (await (await db.connection()).execute(asked)).all()]
    return [
        one._replace(counts_for=counted_for(one.delegation, one.group, members)) for one in found
    ]


async def _members(db: AsyncSession, items: list[UUID]) -> dict[str, set[str]]:
    """The delegations that take part in the sessions of these items, by their regional group."""
    found = await db.exec(
        select(Delegation.group, Delegation.code)
        .join(Participation, col(Participation.delegation_id) == Delegation.id)
        .join(AgendaItem, col(AgendaItem.session_id) == Participation.session_id)
        .where(col(AgendaItem.id).in_(items), Delegation.group != "")
    )
    members: dict[str, set[str]] = {}
    for group, code in found.all():
        members.setdefault(group, set()).add(code)
    return members


async def _speakers(db: AsyncSession, item: AgendaItem, language: str) -> list[str]:
    """Who spoke on an item, in the order in which they did: those who spoke for groups first."""
    found = await db.exec(
        select(Intervention.capacity, Delegation)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .where(
            col(Intervention.item_id).in_(_discussed_together(item)),
            col(Intervention.kind).in_(SPEAKING_KINDS),
            col(Delegation.kind).not_in(NOT_SPEAKERS),
        )
        .order_by(
            col(Intervention.capacity) != SpeakingCapacity.GROUP,
            col(Intervention.started_at),
            col(Intervention.id),
        )
    )
    return list(dict.fromkeys(one.name.in_language(language) for _, one in found.all()))


async def _presented(db: AsyncSession, items: list[UUID]) -> list[tuple[UUID, Point | None]]:
    """What panellists presented on these items: each intervention with its points."""
    found = await db.exec(
        select(Intervention.id, Point)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .outerjoin(Point, col(Point.intervention_id) == Intervention.id)
        .where(_in(Intervention.item_id, items), Delegation.kind == DelegationKind.PANEL)
        .order_by(col(Intervention.started_at), col(Intervention.id), col(Point.position))
    )
    return [(intervention, point) for intervention, point in found.all()]


async def _topics(db: AsyncSession) -> dict[UUID, Topic]:
    found = await db.exec(select(Topic).order_by(col(Topic.position), col(Topic.slug)))
    return {topic.id: topic for topic in found.all()}


async def _updates(db: AsyncSession, items: list[UUID], outline: Sequence[str]) -> list[Update]:
    asked = select(Update).where(_in(Update.item_id, items)).order_by(col(Update.position))
    found = {f"update:{one.id}": one for one in (await db.exec(asked)).all()}
    return [found[key] for key in in_order(list(found), outline)]


async def _kept(db: AsyncSession, item: AgendaItem, language: str) -> list[Paragraph]:
    found = await db.exec(
        select(Paragraph)
        .where(Paragraph.item_id == item.id, Paragraph.language == language)
        .order_by(col(Paragraph.position))
    )
    return list(found.all())


# From rows to material ------------------------------------------------------------------------


def _told(
    views: list[View], said: list[Said], topics: dict[UUID, Topic], language: str
) -> tuple[ViewMaterial, ...]:
    """The worded views, and each point that none of them tells: nothing said is left out."""
    worded = _worded(views, said, topics, language)
    known = {view.id for view in worded}
    alone = [one for one in said if one.point_id and one.view_id not in known]
    return (*worded, *(_alone(one, topics, language) for one in alone))


def _worded(
    views: list[View], said: list[Said], topics: dict[UUID, Topic], language: str
) -> list[ViewMaterial]:
    behind: dict[UUID, list[Said]] = {}
    for one in said:
        if one.point_id and one.view_id:
            behind.setdefault(one.view_id, []).append(one)
    return [
        ViewMaterial(
            id=view.id,
            topic=_slug(view.topic_id, topics),
            clauses=tuple(
                Clause(clause["verb"], Text.of(clause["text"]).in_language(language))
                for clause in view.clauses
            ),
            supporters=frozenset(code for one in behind[view.id] for code in one.counts_for),
            points=tuple(one.point_id for one in behind[view.id] if one.point_id),
            form=view.form.value,
            after=view.after_id,
            translated=all(language in clause["text"] for clause in view.clauses),
        )
        # A view that nobody holds any longer is told by nobody.
        for view in views
        if view.id in behind and view.clauses
    ]


def _alone(one: Said, topics: dict[UUID, Topic], language: str) -> ViewMaterial:
    assert one.point_id  # noqa: S101 (for the type checker: those without one are no material)
    return ViewMaterial(
        id=one.point_id,
        topic=_slug(one.topic_id, topics),
        clauses=(Clause("", one.text),),
        supporters=one.counts_for,
        points=(one.point_id,),
        form="raw",
        translated=one.language in {"", language},
    )


def listed_speakers(names: Sequence[str], language: str) -> list[DraftParagraph]:
    """The chapter of a body that lists its speakers: here names stand by intention."""
    told = statements_by(names, language)
    return [DraftParagraph("", (DraftSentence(told),), key=SPEAKERS)] if told else []


def _panels(
    presented: Sequence[tuple[UUID, Point | None]], views: dict[UUID, View], language: str
) -> tuple[PanelMaterial, ...]:
    """A panellist's points as their views are worded, else as they were typed."""
    told: dict[UUID, list[tuple[UUID, Clause]]] = {}
    for intervention, point in presented:
        clauses = told.setdefault(intervention, [])
        if point is None:
            continue
        view = views.get(point.view_id) if point.view_id else None
        worded = view.clauses[0] if view and view.clauses else None
        clause = (
            Clause(worded["verb"], Text.of(worded["text"]).in_language(language))
            if worded
            else Clause("", point.text)
        )
        clauses.append((point.id, clause))
    return tuple(PanelMaterial(id_, tuple(clauses)) for id_, clauses in told.items())


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
        translated=all(language in words for words in (update.text, *update.more)),
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
