"""Reading a page as a person does: the words at a place, without the tags."""

from lxml import html


def texts(answer, xpath):
    """What is said at each place that the path finds."""
    found = html.fromstring(answer.text).xpath(xpath)
    return [" ".join((it if isinstance(it, str) else it.text_content()).split()) for it in found]


def faults(answer):
    """What a form was refused for: {field: sentence}."""
    found = html.fromstring(answer.text).xpath("//*[@id='errors']//li")
    return {li.get("data-field"): " ".join(li.text_content().split()) for li in found}


def reads(told):
    """The statements that read, of all that were sent."""
    return [statement for statement in told if statement.lstrip().startswith("SELECT")]
