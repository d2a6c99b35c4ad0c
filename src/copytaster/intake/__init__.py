"""Where pages come from: files, directories, archives, feeds, the web, standard input."""

from collections.abc import Iterator

from copytaster.page import Page, Unreadable


class Pile:
    """Any pile of sources as one stream of pages, in the order given, a directory's files by name.

    `total` and `done` count bytes (for a progress bar); `total` is nothing where it is not known.
    """

    total: int | None
    done: int

    def __init__(self, sources: list[str], *, follow: bool | None = None) -> None:
        """Look at what is there; nothing is read or fetched yet.

        `follow`: whether the pages that a feed links to are fetched; nothing means: where the feed
        itself came from the web.
        """
        raise NotImplementedError

    def __iter__(self) -> Iterator[Page | Unreadable]:
        raise NotImplementedError
