"""A copy: what one article carries of another; a lineage: all that go back to one origin."""

from typing import Literal

from msgspec import Struct

Kind = Literal["identical", "reprint", "truncated", "abridged", "embedded"]
"""How an article carries another: word for word; whole, in other furniture or with small edits; its
beginning; parts of it; or a long passage inside text of its own."""

Reason = Literal["credit", "date", "contains", "order"]
"""Why `of` is taken for the source: the copy credits its publisher; it was published first; it has
all that the copy has, and more; it only came first."""


class Passage(Struct, frozen=True, array_like=True):
    """The same words in two articles: offsets into the text of each, in code points, end exclusive.

    Small edits inside a passage are possible.
    """

    start: int
    end: int
    other_start: int
    other_end: int


class Copy(Struct, frozen=True, kw_only=True):
    """That the article `id` carries words of the article `of`; one line of `copytaster copies`."""

    id: str
    of: str
    kind: Kind
    share_of_this: float
    """How much of the article `id` stands in passages, 0 to 1; its outlet's furniture left out."""
    share_of_that: float
    """How much of the article `of` does."""
    passages: tuple[Passage, ...]
    """In the order of the article `id`."""
    evidence: tuple[Reason, ...]

    def turned(self) -> tuple[Passage, ...]:
        """Give the passages as seen from the article `of`, in its order."""
        back = (
            Passage(one.other_start, one.other_end, one.start, one.end) for one in self.passages
        )
        return tuple(sorted(back, key=lambda one: (one.start, one.end)))


class Lineage(Struct, frozen=True, kw_only=True):
    """Articles that go back to one origin: one independent report, however many carry it."""

    origin: str
    """The article that the others go back to: the agency's own, or the earliest that is known."""
    agency: str | None = None
    """The agency that most of them credit, where any does."""
    articles: tuple[str, ...]
    """All of them, the origin first, then in the order in which they were given."""
