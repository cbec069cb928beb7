"""The rows of a session: agenda, views, updates, documents, participations, reports."""

from collections import defaultdict

from meetings.base.ids import derived_id
from meetings.bodies.models import AgendaItem, Document, Session
from meetings.delegations.models import Participant, Participation
from meetings.exchange.known import agenda, split_name
from meetings.exchange.names import item_name, session_name, view_name
from meetings.exchange.session_file import ItemIn, ReportIn, SessionIn
from meetings.exchange.wanted import Wanted, named, text
from meetings.interventions.models import View
from meetings.report.composing import OWN
from meetings.report.models import Paragraph, Report, ReportPart, Update


def add_session(wanted: Wanted, session: SessionIn) -> None:
    wanted.add(
        Session,
        id=session_name(session.slug),
        slug=session.slug,
        body_id=named("body", session.body),
        ordinal=session.ordinal,
        title=text(session.title),
        symbol=session.symbol,
        place=text(session.place),
        timezone=session.timezone,
        starts_on=session.starts,
        ends_on=session.ends,
        state=session.state,
        follows_id=named("session", session.follows),
    )
    parents: dict[str, str] = {}
    for position, item in enumerate(agenda(session), 1):
        _add_item(wanted, session.slug, item, parents.get(item.number), position)
        parents.update({under.number: item.number for under in item.items})
    _add_documents(wanted, session)
    _add_participations(wanted, session)
    for position, report in enumerate(session.reports, 1):
        _add_report(wanted, session.slug, report, position)


def _add_documents(wanted: Wanted, session: SessionIn) -> None:
    for position, document in enumerate(session.documents, 1):
        wanted.add(
            Document,
            id=derived_id("document", session.slug, document.symbol),
            session_id=session_name(session.slug),
            item_id=item_name(session.slug, document.item) if document.item else None,
            symbol=document.symbol,
            title=text(document.title),
            position=position,
        )


def _add_participations(wanted: Wanted, session: SessionIn) -> None:
    for part in session.participations:
        id_ = derived_id("participation", session.slug, part.delegation)
        wanted.add(
            Participation,
            id=id_,
            session_id=session_name(session.slug),
            delegation_id=named("delegation", part.delegation),
            capacity=part.capacity,
        )
        for position, person in enumerate(part.participants, 1):
            wanted.add(
                Participant,
                id=derived_id("participant", session.slug, part.delegation, position),
                participation_id=id_,
                name=person.name,
                function=person.function,
                position=position,
            )


def _add_item(wanted: Wanted, slug: str, item: ItemIn, parent: str | None, position: int) -> None:
    wanted.add(
        AgendaItem,
        id=item_name(slug, item.number),
        session_id=session_name(slug),
        parent_id=item_name(slug, parent) if parent else None,
        number=item.number,
        position=position,
        title=text(item.title),
        minutes=item.minutes,
        joint_with_id=item_name(*split_name(item.joint_with)) if item.joint_with else None,
    )
    _add_updates(wanted, slug, item)
    _add_views(wanted, slug, item)
    _add_paragraphs(wanted, slug, item)


def _add_updates(wanted: Wanted, slug: str, item: ItemIn) -> None:
    for position, update in enumerate(item.updates, 1):
        wanted.add(
            Update,
            id=derived_id("update", slug, item.number, position),
            item_id=item_name(slug, item.number),
            position=position,
            representative=update.representative,
            verb=update.verb,
            lead=text(update.lead),
            text=text(update.text),
            more=[text(words) for words in update.more],
            figures={
                name: figure.model_dump(exclude_none=True)
                for name, figure in update.figures.items()
            },
        )


def _add_views(wanted: Wanted, slug: str, item: ItemIn) -> None:
    for position, view in enumerate(item.views, 1):
        wanted.add(
            View,
            id=view_name(slug, item.number, view.key),
            item_id=item_name(slug, item.number),
            topic_id=named("topic", view.topic),
            key=view.key,
            form=view.form,
            after_id=view_name(slug, item.number, view.after) if view.after else None,
            clauses=[clause.model_dump() for clause in view.says],
            position=position,
        )


def _add_paragraphs(wanted: Wanted, slug: str, item: ItemIn) -> None:
    positions: dict[str, int] = defaultdict(int)
    for paragraph in item.paragraphs:
        positions[paragraph.language] += 1
        position = positions[paragraph.language]
        wanted.add(
            Paragraph,
            id=derived_id("paragraph", slug, item.number, paragraph.language, position),
            item_id=item_name(slug, item.number),
            language=paragraph.language,
            position=position,
            key=paragraph.key or f"{OWN}:{position}",
            text=paragraph.text,
            state=paragraph.state,
            views=paragraph.views,
        )


def _add_report(wanted: Wanted, slug: str, report: ReportIn, position: int) -> None:
    id_ = derived_id("report", slug, report.symbol)
    wanted.add(
        Report,
        id=id_,
        session_id=session_name(slug),
        symbol=report.symbol,
        addendum=report.addendum,
        dated=report.dated,
        original=report.original,
        position=position,
    )
    for nth, part in enumerate(report.parts, 1):
        wanted.add(
            ReportPart,
            id=derived_id("part", slug, report.symbol, nth),
            report_id=id_,
            item_id=item_name(slug, part.item),
            position=nth,
            chapter=part.chapter,
            heading=text(part.heading),
        )
