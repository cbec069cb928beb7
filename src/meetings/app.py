"""The app: the only file that knows every room."""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import MutableScopeHeaders
from litestar.di import NamedDependency, Provide
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig
from litestar.types import Message, Scope
from sqlmodel.ext.asyncio.session import AsyncSession

import meetings.accounts.audit_actions  # noqa: F401 (listens to every write)
from meetings.accounts import invitation_web as invitations
from meetings.accounts import web as accounts
from meetings.accounts.queries import tokens_in_force
from meetings.accounts.words import role_name
from meetings.base.assets import ASSETS
from meetings.base.clock import now
from meetings.base.db import Store, make_engine
from meetings.base.hub import Hub, Who
from meetings.base.live import Renderer
from meetings.base.pages import make_environment
from meetings.base.settings import Settings
from meetings.base.web import (
    HEADERS,
    PUBLIC,
    REFUSALS,
    admit,
    asking,
    check_csrf,
    check_declared,
)
from meetings.bodies import web as bodies
from meetings.bodies.queries import item_address
from meetings.bodies.words import session_state_name
from meetings.delegations import invitation_web as delegations_invited
from meetings.delegations import web as delegations
from meetings.delegations.words import attendance_name, capacity_name, delegation_kind, group_name
from meetings.desks import podium_web as podium
from meetings.desks import web as desks
from meetings.desks.words import session_meetings, venue_moment
from meetings.exchange import log_import_web, people_web, session_file_web
from meetings.exchange import web as exchange
from meetings.exchange.log_words import column_name
from meetings.exchange.people_rows import field_name
from meetings.interventions import correction_web as corrections
from meetings.interventions import intervention_web
from meetings.interventions import web as interventions
from meetings.interventions.differing import difference
from meetings.interventions.words import (
    correction_state,
    intervention_kind,
    of_several,
    point_kind,
    waiting_json,
)
from meetings.report import adoption_web as adoption
from meetings.report import chapter_web as report_chapters
from meetings.report import issue_web as report_issues
from meetings.report import joining_web as report_joins
from meetings.report import paragraph_web as report_paragraphs
from meetings.report import topics_web as report_topics
from meetings.report import web as report
from meetings.report.issuing import address_of, text_in
from meetings.report.marks import runs_of
from meetings.report.phrases import reporting_verbs
from meetings.report.words import (
    advice_words,
    amendment_state,
    change_name,
    decided_name,
    distribution_name,
    draft_note,
    finding_words,
    follow_up_state,
    in_language,
    issue_kind,
    roman,
)
from meetings.schedule import web as schedule
from meetings.schedule.words import half_name, hours, meeting_name, meeting_state_name, weekday
from meetings.speakers import request_web as speaker_requests
from meetings.speakers import rules_web as speakers_rules
from meetings.speakers import time_web as speaking_time
from meetings.speakers import web as speakers
from meetings.speakers.intake_actions import Intake
from meetings.speakers.timing_actions import keep_times
from meetings.speakers.words import (
    act_name,
    reason_of,
    sight_name,
    speaking_capacity,
    speaking_class,
    within_name,
)

ROOMS: list[Router] = [
    accounts.routes,
    invitations.routes,
    bodies.routes,
    schedule.routes,
    schedule.session_routes,
    delegations.routes,
    delegations_invited.routes,
    speakers.routes,
    speaker_requests.routes,
    speakers_rules.routes,
    speaking_time.routes,
    interventions.routes,
    interventions.point_routes,
    interventions.worker_routes,
    intervention_web.routes,
    intervention_web.hour_routes,
    corrections.routes,
    corrections.correction_routes,
    report.routes,
    report_paragraphs.routes,
    report_issues.routes,
    report_chapters.routes,
    report_joins.routes,
    adoption.routes,
    adoption.final_routes,
    report_topics.routes,
    report_topics.tree_routes,
    exchange.routes,
    exchange.issue_routes,
    log_import_web.routes,
    people_web.routes,
    session_file_web.routes,
    desks.routes,
    podium.routes,
]
FOR_EVER = "public, max-age=31536000, immutable"
FRAGMENTS: dict[str, Renderer] = {
    "meeting_state": schedule.draw_meeting_state,
    "speakers_list": speakers.draw_speakers_list,
    "floor": interventions.draw_floor,
    "intervention": interventions.draw_intervention,
    "views": interventions.draw_views,
    "adoption": adoption.draw_adoption,
}
WORDS: dict[str, Any] = {
    "role_name": role_name,
    "session_state_name": session_state_name,
    "meeting_state_name": meeting_state_name,
    "meeting_name": meeting_name,
    "half_name": half_name,
    "hours": hours,
    "weekday": weekday,
    "item_address": item_address,
    "attendance_name": attendance_name,
    "capacity_name": capacity_name,
    "group_name": group_name,
    "delegation_kind": delegation_kind,
    "speaking_capacity": speaking_capacity,
    "speaking_class": speaking_class,
    "within_name": within_name,
    "sight_name": sight_name,
    "act_name": act_name,
    "reason_of": reason_of,
    "now": now,
    "session_meetings": session_meetings,
    "venue_moment": venue_moment,
    "intervention_kind": intervention_kind,
    "point_kind": point_kind,
    "waiting_json": waiting_json,
    "of_several": of_several,
    "correction_state": correction_state,
    "column_name": column_name,
    "field_name": field_name,
    "draft_note": draft_note,
    "in_language": in_language,
    "roman": roman,
    "runs_of": runs_of,
    "text_in": text_in,
    "address_of": address_of,
    "finding_words": finding_words,
    "advice_words": advice_words,
    "follow_up_state": follow_up_state,
    "issue_kind": issue_kind,
    "distribution_name": distribution_name,
    "change_name": change_name,
    "decided_name": decided_name,
    "amendment_state": amendment_state,
    "difference": difference,
}


def make_app(store: Store, settings: Settings | None = None) -> Litestar:
    """Build the app on a store."""
    settings = settings or Settings()
    environment = make_environment(asking=asking.get, **WORDS)
    hub = Hub(store, FRAGMENTS, environment, _signed_in, desks.draw_screen)
    intake = Intake(store)
    app = Litestar(
        [*ROOMS, _static_files()],
        dependencies={
            "store": Provide(lambda: store, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "intake": Provide(lambda: intake, sync_to_thread=False),
            "hub": Provide(lambda: hub, sync_to_thread=False),
            "verbs": Provide(reporting_verbs, sync_to_thread=False),
            "db": Provide(_reading),
        },
        middleware=[accounts.WhoAsks(store, settings)],
        guards=[admit],
        before_request=check_csrf,
        before_send=[_add_headers],
        exception_handlers=REFUSALS,
        lifespan=[_life(hub, store)],
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment)),
        openapi_config=None,
    )
    check_declared([handler for route in app.routes for handler in _handlers(route)])
    return app


def _handlers(route: Any) -> list[Any]:
    """The handlers of a route that are ours: OPTIONS is answered by the framework."""
    known = getattr(route, "route_handlers", None) or [route.route_handler]
    return [handler for handler in known if getattr(handler, "http_methods", ()) != {"OPTIONS"}]


def create_app() -> Litestar:
    """Build the app from the environment: what the server's processes call."""
    settings = Settings.from_env(os.environ)
    app = make_app(Store(make_engine(settings.database_url)), settings)
    _spare_the_collector()
    return app


def _spare_the_collector() -> None:
    """Look for garbage less often, and never in what stays: thousands of open streams are none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def _signed_in(db: AsyncSession, tokens: Collection[str]) -> Mapping[str, Who]:
    return await tokens_in_force(db, tokens, now())


async def _reading(store: NamedDependency[Store]) -> AsyncIterator[AsyncSession]:
    async with store.read() as db:
        yield db


def _static_files() -> Router:
    return create_static_files_router(
        path="/static",
        directories=[ASSETS.static],
        opt={"roles": PUBLIC},
        cache_control=None,
    )


async def _add_headers(message: Message, scope: Scope) -> None:
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        if scope["path"].startswith("/static/"):
            # An address with its file's mark never means another file; others are asked for again.
            marked = scope["query_string"].startswith(b"v=")
            headers["Cache-Control"] = FOR_EVER if marked else "no-cache"
        for name, value in HEADERS.items():
            headers.setdefault(name, value)


def _life(hub: Hub, store: Store) -> Any:
    @asynccontextmanager
    async def life(_: Litestar) -> AsyncIterator[None]:
        _close_streams_on_signals(hub)
        tasks = [asyncio.create_task(hub.attend()), asyncio.create_task(keep_times(store))]
        if store.is_postgresql:
            tasks.append(asyncio.create_task(hub.listen()))
        yield
        hub.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await store.engine.dispose()

    return life


def _close_streams_on_signals(hub: Hub) -> None:
    """A server waits for open requests before it stops; streams must end when it is asked to."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def stop(number: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(hub.close)
            if callable(before):
                before(number, frame)

        signal.signal(number, stop)
