"""What a draft is made of, straight from a session file: no database is asked."""

from meetings.base.ids import derived_id
from meetings.exchange.known import agenda, split_name
from meetings.exchange.reference_files import reference_topics
from meetings.report.material import Clause, ItemMaterial, UpdateMaterial, ViewMaterial


def item_of(file, name):
    slug, number = split_name(name)
    sessions = {session.slug: session for session in file.sessions}
    return next(item for item in agenda(sessions[slug]) if item.number == number)


def log_of(file, name):
    return [one for meeting in file.meetings for one in meeting.log if one.item == name]


def material_of(file, name, language):
    """What an item's draft is made of, straight from a file."""
    item, log = item_of(file, name), log_of(file, name)
    support = {
        view.key: frozenset(
            one.delegation for one in log for point in one.points if point.view == view.key
        )
        for view in item.views
    }
    return ItemMaterial(
        topics=tuple((row["slug"], row["name"][language]) for row in reference_topics()),
        views=tuple(
            ViewMaterial(
                id=view_id(view.key),
                topic=view.topic,
                clauses=tuple(Clause(clause.verb, clause.text[language]) for clause in view.says),
                supporters=support[view.key],
                form=view.form.value,
                after=view_id(view.after) if view.after else None,
            )
            for view in item.views
        ),
        updates=tuple(
            UpdateMaterial(
                id=derived_id("update", place),
                representative=update.representative,
                verb=update.verb,
                text=update.text[language],
                lead=update.lead.get(language, ""),
                more=tuple(words[language] for words in update.more),
                figures={key: figure.value for key, figure in update.figures.items()},
            )
            for place, update in enumerate(item.updates)
        ),
        speakers=len({one.delegation for one in log if one.kind == "statement"}),
    )


def view_id(key):
    return derived_id("view", key)
