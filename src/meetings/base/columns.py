"""Kinds of column that several rooms share: a choice of words, and a text in several languages."""

from enum import StrEnum
from typing import Any, Self

import sqlalchemy as sa
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

FALLBACK = ("en", "fr", "es", "ru", "ar", "zh")


class Text(dict[str, str]):
    """One text in several languages: {language code: words}."""

    def in_language(self, language: str) -> str:
        """The words in this language, else in the first language that has them; "" if none has."""
        for code in (language, *FALLBACK):
            if words := self.get(code):
                return words
        return ""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, handler(dict[str, str]))

    @classmethod
    def of(cls, value: dict[str, str] | None) -> Self:
        return cls(value or {})


class TextColumn(sa.TypeDecorator[Text]):
    """A Text kept as JSON."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Any) -> dict[str, str]:  # noqa: ARG002
        return dict(value or {})

    def process_result_value(self, value: dict[str, str] | None, dialect: Any) -> Text:  # noqa: ARG002
        return Text.of(value)


def choice(words: type[StrEnum]) -> sa.Enum:
    """A column that takes one of these words, kept as written and checked by the database."""
    return sa.Enum(
        words,
        name=words.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=30,
        values_callable=lambda enum: [member.value for member in enum],
    )
