"""Who may use which route: one table, for every route and every role.

A new route is not in the table: the test says so. A letter stands for a role: Administrator,
Secretariat, Rapporteur, Chair, Delegation; P for everybody, signed in or not.
"""

import re
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from meetings.accounts.models import Role
from meetings.app import make_app
from meetings.base.db import Store
from meetings.base.web import PUBLIC

pytestmark = pytest.mark.anyio

LETTERS = {
    Role.ADMINISTRATOR: "A",
    Role.SECRETARIAT: "S",
    Role.RAPPORTEUR: "R",
    Role.CHAIR: "C",
    Role.DELEGATION: "D",
}

# ruff: noqa: E501 (addresses)
TABLE = """
ASRCD  GET   /
P      GET   /language/{language}
P      GET   /screens/{slug}/{number}
P      GET   /log-worker.js
ASRCD  GET   /sessions
ASRCD  GET   /sessions/{slug}
D      GET   /sessions/{slug}/check
D      POST  /sessions/{slug}/check/corrections/{correction_id}/withdrawn
AS     POST  /sessions/{slug}/check/switch
D      GET   /sessions/{slug}/check/{intervention_id}
D      POST  /sessions/{slug}/check/{intervention_id}
ASR    GET   /sessions/{slug}/corrections
ASR    POST  /sessions/{slug}/corrections/{correction_id}/accepted
ASR    POST  /sessions/{slug}/corrections/{correction_id}/declined
ASRCD  GET   /sessions/{slug}/delegations
AS     POST  /sessions/{slug}/delegations
ASRCD  GET   /sessions/{slug}/delegations/{code}
AS     POST  /sessions/{slug}/delegations/{code}/capacity
ASD    POST  /sessions/{slug}/delegations/{code}/participants
ASD    POST  /sessions/{slug}/delegations/{code}/participants/{participant_id}/remove
AS     POST  /sessions/{slug}/delegations/{code}/remove
AS     GET   /session-files
AS     POST  /session-files
AS     POST  /session-files/preview
AS     GET   /sessions/{slug}/participants/import
AS     POST  /sessions/{slug}/participants/import
AS     POST  /sessions/{slug}/participants/import/marked
AS     POST  /sessions/{slug}/participants/import/preview
AS     GET   /sessions/{slug}/participants/import/{import_id}
AS     POST  /sessions/{slug}/participants/import/{import_id}/undo
ASR    GET   /sessions/{slug}/exports
ASR    GET   /sessions/{slug}/exports/report.docx
ASR    GET   /sessions/{slug}/exports/report.json
ASR    GET   /sessions/{slug}/exports/report.pdf
ASR    GET   /sessions/{slug}/exports/report.xml
ASR    GET   /sessions/{slug}/exports/participants.xlsx
ASR    GET   /sessions/{slug}/exports/session.csv.zip
ASR    GET   /sessions/{slug}/exports/session.json
ASR    GET   /sessions/{slug}/exports/session.xlsx
ASR    GET   /sessions/{slug}/exports/sources.xlsx
ASR    GET   /sessions/{slug}/exports/session.yaml
AS     POST  /sessions/{slug}/meetings
AS     GET   /sessions/{slug}/meetings/new
ASRCD  GET   /sessions/{slug}/meetings/{number}
AS     POST  /sessions/{slug}/meetings/{number}
ASC    POST  /sessions/{slug}/meetings/{number}/adjourn
AS     GET   /sessions/{slug}/meetings/{number}/edit
AS     POST  /sessions/{slug}/meetings/{number}/items
ASRCD  GET   /sessions/{slug}/meetings/{number}/live
ASR    GET   /sessions/{slug}/meetings/{number}/log
ASRC   POST  /sessions/{slug}/meetings/{number}/log/floor
ASRC   POST  /sessions/{slug}/meetings/{number}/log/floor/{intervention_id}/ended
ASRC   POST  /sessions/{slug}/meetings/{number}/log/floor/{intervention_id}/resumed
ASR    GET   /sessions/{slug}/meetings/{number}/log/hour
ASR    GET   /sessions/{slug}/meetings/{number}/log/nearest
ASR    GET   /sessions/{slug}/meetings/{number}/log/import
ASR    POST  /sessions/{slug}/meetings/{number}/log/import
ASR    POST  /sessions/{slug}/meetings/{number}/log/import/preview
ASR    GET   /sessions/{slug}/meetings/{number}/log/import/{import_id}
ASR    POST  /sessions/{slug}/meetings/{number}/log/import/{import_id}/undo
ASR    POST  /sessions/{slug}/meetings/{number}/log/points
ASR    PUT   /sessions/{slug}/meetings/{number}/log/unfinished
ASR    GET   /sessions/{slug}/meetings/{number}/log/views
ASR    GET   /sessions/{slug}/meetings/{number}/log/words
ASR    GET   /sessions/{slug}/interventions/{intervention_id}
ASR    POST  /sessions/{slug}/interventions/{intervention_id}
ASR    POST  /sessions/{slug}/interventions/{intervention_id}/merged
ASR    POST  /sessions/{slug}/interventions/{intervention_id}/texts
ASC    POST  /sessions/{slug}/meetings/{number}/open
AS     POST  /sessions/{slug}/meetings/{number}/remove
AS     POST  /sessions/{slug}/meetings/{number}/reopen
ASRCD  GET   /sessions/{slug}/meetings/{number}/speakers
ASRCD  GET   /sessions/{slug}/meetings/{number}/speakers/{item}
ASC    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/close
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions
ASC    GET   /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/again
ASC    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/move
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/withdraw
ASC    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/open
ASR    GET   /sessions/{slug}/points/{point_id}
ASR    POST  /sessions/{slug}/points/{point_id}
ASR    POST  /sessions/{slug}/points/{point_id}/removed
ASR    POST  /sessions/{slug}/points/{point_id}/restored
ASR    POST  /sessions/{slug}/points/{point_id}/view
ASR    POST  /sessions/{slug}/points/{point_id}/views
ASRCD  GET   /sessions/{slug}/programme
ASR    GET   /sessions/{slug}/report
AS     POST  /sessions/{slug}/report/documents
ASR    GET   /sessions/{slug}/report/documents/{address}
AS     POST  /sessions/{slug}/report/documents/{address}/findings
AS     POST  /sessions/{slug}/report/documents/{address}/issues
ASR    GET   /sessions/{slug}/report/chapters
ASR    GET   /sessions/{slug}/recommendations
ASR    POST  /sessions/{slug}/recommendations
ASR    POST  /sessions/{slug}/recommendations/{recommendation}
ASR    POST  /sessions/{slug}/recommendations/{recommendation}/follow-ups
ASR    POST  /sessions/{slug}/recommendations/{recommendation}/remove
ASR    GET   /sessions/{slug}/report/final
AS     POST  /sessions/{slug}/report/final
ASR    GET   /sessions/{slug}/issues/{address}
AS     POST  /sessions/{slug}/issues/{address}/adoption
ASR    GET   /sessions/{slug}/issues/{address}/document.docx
ASR    GET   /sessions/{slug}/issues/{address}/document.pdf
ASRC   GET   /sessions/{slug}/issues/{address}/adoption
ASRC   POST  /sessions/{slug}/issues/{address}/adoption/amendments/{amendment}
ASRC   POST  /sessions/{slug}/issues/{address}/adoption/ended
ASRC   POST  /sessions/{slug}/issues/{address}/adoption/paragraphs/{number}/amendments
ASRC   POST  /sessions/{slug}/issues/{address}/adoption/paragraphs/{number}/decision
ASRC   POST  /sessions/{slug}/issues/{address}/adoption/screen/{number}
ASR    GET   /sessions/{slug}/report/items/{number}
ASR    GET   /sessions/{slug}/report/items/{number}/changed
ASR    GET   /sessions/{slug}/report/items/{number}/joins
ASR    POST  /sessions/{slug}/report/items/{number}/joins
ASR    GET   /sessions/{slug}/report/items/{number}/wording
ASR    POST  /sessions/{slug}/report/items/{number}/wording/{view_id}/{language}
ASR    POST  /sessions/{slug}/report/items/{number}/order
ASR    POST  /sessions/{slug}/report/items/{number}/paragraphs
ASR    POST  /sessions/{slug}/report/items/{number}/paragraphs/{key}
ASR    POST  /sessions/{slug}/report/items/{number}/paragraphs/{key}/news
ASR    GET   /sessions/{slug}/report/items/{number}/paragraphs/{key}/sources
ASR    POST  /sessions/{slug}/report/items/{number}/paragraphs/{key}/state
ASR    GET   /sessions/{slug}/report/items/{number}/paragraphs/{key}/versions
ASR    POST  /sessions/{slug}/report/items/{number}/paragraphs/{key}/versions/{version}
ASR    GET   /sessions/{slug}/topics
ASR    GET   /sessions/{slug}/views/{view_id}
ASR    POST  /sessions/{slug}/views/{view_id}
ASR    POST  /sessions/{slug}/views/{view_id}/remove
ASR    POST  /sessions/{slug}/views/{view_id}/worded
P      GET   /sign-in
P      POST  /sign-in
P      GET   /sign-in/proof
ASRCD  POST  /sign-out
P      GET   /static/{file_path}
ASR    GET   /topics
P      GET   /invitations/{token}
P      POST  /invitations/{token}
ASRCD  GET   /password
ASRCD  POST  /password
P      GET   /screens/{slug}/{number}/live
AS     POST  /sessions/{slug}/delegations/{code}/invitations
AS     POST  /sessions/{slug}/delegations/{code}/invitations/{invitation}/revoked
ASR    POST  /sessions/{slug}/interventions/{intervention_id}/times
ASC    GET   /sessions/{slug}/meetings/{number}/podium
ASC    POST  /sessions/{slug}/meetings/{number}/podium/ended
ASC    POST  /sessions/{slug}/meetings/{number}/podium/point-of-order
ASC    POST  /sessions/{slug}/meetings/{number}/podium/two-minutes
ASC    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/acts
ASC    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/carried
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/changed
ASRCD  GET   /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/statement
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/statement
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/statement/remove
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/swaps
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/swaps/{swap}/accepted
ASD    POST  /sessions/{slug}/meetings/{number}/speakers/{item}/inscriptions/{inscription}/swaps/{swap}/declined
ASRC   GET   /sessions/{slug}/meetings/{number}/speakers/{item}/record
AS     POST  /sessions/{slug}/meetings/{number}/speakers/{item}/rules
AS     POST  /sessions/{slug}/meetings/{number}/speakers/{item}/times
ASRC   GET   /sessions/{slug}/meetings/{number}/time
AS     GET   /sessions/{slug}/speakers-rules
AS     POST  /sessions/{slug}/speakers-rules
A      GET   /users
A      POST  /users
A      POST  /users/{user_id}/disabled
A      POST  /users/{user_id}/password
"""


def wanted():
    """The table as {(method, path): letters}."""
    lines = [line.split() for line in TABLE.strip().splitlines()]
    return {(method, path): letters for letters, method, path in lines}


def declared():
    """What the routes of the app declare, in the same form."""
    app = make_app(Store(create_async_engine("sqlite+aiosqlite://")))
    found = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                roles = handler.opt["roles"]
                known = "".join(letter for role, letter in LETTERS.items() if role in roles)
                found[method, route.path_format] = "P" if roles == PUBLIC else known
    return found


def address(path):
    """An address for a route: a session that is there, and things in it that are not."""
    values = {
        "slug": "eg1-2021",
        "number": "99",
        "version": "1",
        "language": "en",
        "file_path": "none.css",
    }
    return re.sub(r"{(\w+)}", lambda name: values.get(name[1], str(UUID(int=0))), path)


def test_every_route_stands_in_the_table_with_its_roles():
    assert declared() == wanted()


@pytest.mark.parametrize("role", [None, *Role], ids=str)
async def test_every_route_lets_in_whom_the_table_says_and_nobody_else(enter, role):
    person = await enter(role and role.value, "a" if role is Role.DELEGATION else None, htmx=False)
    person.follow_redirects = False
    kept_out = {}
    for (method, path), letters in wanted().items():
        if path == "/sign-out" and role:
            continue  # it would be somebody else's test that is signed out

        answer = await person.request(method, address(path))

        turned_away = answer.status_code in {401, 403} or (
            answer.headers.get("location", "").startswith("/sign-in")
        )
        csrf_only = role is None and letters == "P" and method == "POST"
        allowed = letters == "P" or (role is not None and LETTERS[role] in letters)
        if (turned_away == allowed and not csrf_only) or answer.status_code >= 500:
            kept_out[method, path] = answer.status_code
    assert kept_out == {}
