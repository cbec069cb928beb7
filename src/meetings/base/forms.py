"""How a browser sends what forms hold, read as what was meant."""

from pydantic import BeforeValidator

# One tick comes as a word, several as a list; an input left empty as "".
Ticked = BeforeValidator(lambda sent: sent if isinstance(sent, list) else [sent])
Unfilled = BeforeValidator(lambda sent: None if sent == "" else sent)
