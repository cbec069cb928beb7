"""Who may use which route: one table, for every route and every role.

A new route is not in the table: the test says so. A letter stands for a role: Administrator,
Secretariat, Rapporteur, Chair, Delegation; P for everybody, signed in or not.
"""

from sqlalchemy.ext.asyncio import create_async_engine

from meetings.accounts.models import Role
from meetings.app import make_app
from meetings.base.db import Store
from meetings.base.web import PUBLIC

LETTERS = {
    Role.ADMINISTRATOR: "A",
    Role.SECRETARIAT: "S",
    Role.RAPPORTEUR: "R",
    Role.CHAIR: "C",
    Role.DELEGATION: "D",
}

TABLE = """
P      GET   /sign-in
P      POST  /sign-in
ASRCD  POST  /sign-out
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
                letters = (
                    "P"
                    if roles == PUBLIC
                    else "".join(letter for role, letter in LETTERS.items() if role in roles)
                )
                found[method, route.path_format] = letters
    return found


def test_every_route_stands_in_the_table_with_its_roles():
    assert declared() == wanted()
