"""Rows by what leads from one to the other: for writing them down under their names."""

from collections import defaultdict
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from meetings.base.db import Base
from meetings.bodies.models import AgendaItem, Body, Session
from meetings.delegations.models import Delegation, Participation
from meetings.exchange.wanted import Row, Rows
from meetings.interventions.models import Intervention, Point, Topic, View
from meetings.schedule.models import Meeting, Room
from meetings.speakers.models import Inscription, SpeakerList

USES = {"body_id", "room_id", "topic_id", "delegation_id"}
USERS = (Session, Meeting, View, Point, Participation, Inscription, Intervention)


class Lookup:
    """The rows of sessions, and of all bodies, rooms, topics and delegations."""

    def __init__(self, rows: Rows, *, whole: bool) -> None:
        self.rows = rows
        self.items: dict[Any, Row] = {row["id"]: row for row in rows[AgendaItem]}
        self.views: dict[Any, Row] = {row["id"]: row for row in rows[View]}
        self._codes: dict[Any, str] = {
            row["id"]: row.get("code") or row["slug"]
            for model in (Body, Room, Topic, Delegation, Session)
            for row in rows[model]
        }
        self._joint: dict[Any, set[UUID]] = defaultdict(set)
        for row in rows[AgendaItem]:
            if row["joint_with_id"]:
                self._joint[row["id"]].add(row["joint_with_id"])
                self._joint[row["joint_with_id"]].add(row["id"])
        self._zones = {row["slug"]: ZoneInfo(row["timezone"]) for row in rows[Session]}
        self._used = None if whole else self._used_ids()
        self._groups: dict[tuple[type[Base], str], dict[Any, list[Row]]] = {}

    def of(self, model: type[Base], parent: str, id_: UUID | None, *order: str) -> list[Row]:
        """The rows of a table that belong to a parent, in order."""
        if (model, parent) not in self._groups:
            groups = self._groups[model, parent] = defaultdict(list)
            for row in self.rows[model]:
                groups[row[parent]].append(row)
        rows = self._groups[model, parent].get(id_, [])
        return sorted(rows, key=lambda row: [row[column] for column in order])

    def shared(self, model: type[Base], order: str) -> list[Row]:
        """What a file defines of bodies, rooms, topics or delegations."""
        rows = [
            row
            for row in self.rows[model]
            if not row.get("reference") and (self._used is None or row["id"] in self._used)
        ]
        return sorted(rows, key=lambda row: (row[order], self._codes[row["id"]]))

    def code(self, id_: UUID | None) -> str | None:
        """The code or slug of a body, room, topic, delegation or session."""
        return self._codes.get(id_)

    def zone(self, slug: str) -> ZoneInfo:
        """The time zone of a session."""
        return self._zones[slug]

    def lists(self, meeting: UUID) -> list[Row]:
        """The lists of a meeting in the order of the agendas."""

        def order(row: Row) -> tuple[str, int]:
            item = self.items[row["item_id"]]
            return self._codes[item["session_id"]], item["position"]

        return sorted(self.of(SpeakerList, "meeting_id", meeting), key=order)

    def log(self, meeting: UUID) -> list[Row]:
        """The interventions of a meeting as they were made."""
        return sorted(
            self.of(Intervention, "meeting_id", meeting, "id"),
            key=lambda row: (row["started_at"], self._codes[row["delegation_id"]]),
        )

    def number(self, item: UUID | None) -> str | None:
        return self.items[item]["number"] if item in self.items else None

    def item_name(self, item: UUID | None) -> str | None:
        if item not in self.items:
            return None
        return f"{self.code(self.items[item]['session_id'])}/{self.number(item)}"

    def key(self, view: UUID | None, item: UUID) -> str | None:
        """The key of a view; a view of another item has no name here."""
        found = self.views.get(view)
        return found["key"] if found and found["item_id"] == item else None

    def sources(self, paragraph: Row) -> list[str]:
        """The views of a paragraph that its item, or one discussed with it, still has."""
        items = {paragraph["item_id"], *self._joint[paragraph["item_id"]]}
        there = {view["key"] for item in items for view in self.of(View, "item_id", item)}
        return [key for key in paragraph["views"] if key in there]

    def _used_ids(self) -> set[UUID]:
        """What the rows refer to, and what stands above that."""
        used = {row[name] for model in USERS for row in self.rows[model] for name in USES & {*row}}
        above = {row["id"]: row["parent_id"] for model in (Body, Topic) for row in self.rows[model]}
        for id_ in list(used):
            parent = above.get(id_)
            while parent and parent not in used:
                used.add(parent)
                parent = above.get(parent)
        return used
