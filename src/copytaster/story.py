"""A story: the articles about one event as it goes on, and what a person ruled about it."""

from typing import Literal

from msgspec import Struct


class Placed(Struct, frozen=True):
    """That an article belongs to a story; one line of `copytaster stories`."""

    id: str
    story: str
    """16 hexadecimal digits, made from the article that began the story."""


class Ruling(Struct, frozen=True, kw_only=True):
    """What a person decided about articles, by their ids; every run obeys it.

    "together": all of `these` are one story (a merge, or an article moved in). "apart": none of
    `these` is in one story with any of `those` (a split, or "not the same").
    """

    kind: Literal["together", "apart"]
    these: tuple[str, ...]
    those: tuple[str, ...] = ()
