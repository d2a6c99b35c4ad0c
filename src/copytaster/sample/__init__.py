"""The sample: fictional pages that ship with the package, for the demo and as the tests' truth.

`README.md` beside this file says what is in it, `expected.json` what each page says.
"""

from pathlib import Path

HERE = Path(__file__).parent


def sources() -> list[str]:
    """Give the paths to add, in order: the first versions, then the pages that were changed."""
    names = ("pages", "feed.xml", "moorland.warc.gz", "v2")
    return [str(HERE / name) for name in names if (HERE / name).exists()]
