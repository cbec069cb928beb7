"""The command line's door to accounts."""

# Commands import what they need when they run, so that help comes at once.
# ruff: noqa: PLC0415

from functools import partial
from typing import TYPE_CHECKING

import click

from meetings.base.commands import examples, run

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from meetings.accounts.models import NewUser, User
    from meetings.base.db import Store


@click.group(
    epilog=examples(
        'meetings user add ana --name "Ana" --role rapporteur',
        "meetings user list",
    )
)
def user() -> None:
    """Accounts: who may sign in, and as what."""


PASSWORD = click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="MEETINGS_USER_PASSWORD",
    help="Asked for where it is not given; MEETINGS_USER_PASSWORD keeps it out of the history.",
)
ROLES = ("administrator", "secretariat", "rapporteur", "chair", "delegation")


@user.command(
    "add",
    epilog=examples(
        'meetings user add ana --name "Ana" --role rapporteur',
        'meetings user add ben --name "Ben" --role delegation --delegation delegation-a',
    ),
)
@click.argument("login")
@click.option("--name", required=True, help="The person's name, as others see it.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--delegation", default="", help="Code of the delegation, for that role.")
@PASSWORD
def add_user(login: str, **form: str) -> None:
    """Open an account."""
    from pydantic import ValidationError

    from meetings.accounts.models import NewUser

    try:
        new = NewUser.model_validate({"login": login, **form})
    except ValidationError as invalid:
        fault = invalid.errors()[0]
        raise click.ClickException(f"{fault['loc'][0]}: {fault['msg']}") from None
    run(partial(_add_user, new))


async def _add_user(form: "NewUser", store: "Store") -> None:
    from meetings.accounts import actions, audit_actions  # noqa: F401 (listens to every write)

    async with store.write() as db:
        await actions.add_user(db, form)


@user.command(
    "list",
    epilog=examples(
        "meetings user list",
    ),
)
def list_users() -> None:
    """List the accounts by role and name."""
    for one in run(_users):
        state = " (disabled)" if one.disabled else ""
        click.echo(f"{one.login}  {one.role}  {one.name}{state}")


async def _users(store: "Store") -> "list[User]":
    from meetings.accounts.queries import users

    async with store.read() as db:
        return await users(db)


@user.command(
    "disable",
    epilog=examples(
        "meetings user disable ana",
    ),
)
@click.argument("login")
def disable_user(login: str) -> None:
    """Close an account: its name stays in the audit, nobody signs in with it."""
    run(partial(_disable, login))


async def _disable(login: str, store: "Store") -> None:
    from meetings.accounts import actions, audit_actions  # noqa: F401 (listens to every write)

    async with store.write() as db:
        await actions.disable_user(db, await _named(db, login))


@user.command(
    "password",
    epilog=examples(
        "meetings user password ana",
    ),
)
@click.argument("login")
@PASSWORD
def change_password(login: str, password: str) -> None:
    """Give an account a new password, and end the sign-ins that began with the old one."""
    run(partial(_set_password, login, password))


async def _set_password(login: str, password: str, store: "Store") -> None:
    from meetings.accounts import actions, audit_actions  # noqa: F401 (listens to every write)

    async with store.write() as db:
        await actions.set_password(db, await _named(db, login), password)


async def _named(db: "AsyncSession", login: str) -> "User":
    from meetings.accounts.queries import user_named
    from meetings.base.errors import Refused

    if found := await user_named(db, login):
        return found
    raise Refused(f"There is no account {login}.")
