"""The words for what this room's codes mean, in the person's language."""

from meetings.accounts.models import Role
from meetings.base.languages import gettext as _


def role_name(role: Role) -> str:
    return {
        Role.ADMINISTRATOR: _("Administrator"),
        Role.SECRETARIAT: _("Secretariat"),
        Role.RAPPORTEUR: _("Rapporteur"),
        Role.CHAIR: _("Chair"),
        Role.DELEGATION: _("Delegation"),
    }[role]
