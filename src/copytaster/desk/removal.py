"""Articles taken off a desk, as when a publisher or a court asks for it.

Copies, stories, neighbours, counts and dictionaries all hold something of every article: nothing
of one that is taken off may stay. So the rest is filed anew, as it came, on a desk that then takes
the old one's name. What else was known of the articles stays as far as it says nothing of them:
that their pages were read, so that adding a source again does not bring them back.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from copytaster.desk.schema import VERSION, DeskError, faults, version_of
from copytaster.desk.upgrade import exchange, held, made_anew


def remove(
    path: Path,
    articles: Collection[str],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Take the articles with some ids off the desk at `path`, with all versions and saved pages.

    Stopped at any moment it leaves the desk as it was. `progress` is called with the states of
    articles that are filed anew and how many there are. Raises DeskError.
    """
    path = path.resolve()
    new = path.with_name(f"{path.name}.removing")
    with faults(path):
        old = held(path)
        try:
            if version_of(old, path) != VERSION:
                raise DeskError(f"{path}: is of an older version; bring it up: copytaster upgrade")
            made_anew(old, new, progress, without=articles)
        finally:
            old.close()
        exchange(path, new, keep=None)
