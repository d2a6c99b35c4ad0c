"""The model that tells a language by its letters, unpacked once for all processes.

The package has it as 5 MB of xz, which takes 0.3 s to unpack, and 70 MB in each process. It is kept
unpacked in the user's cache, from where processes map it into memory and share it.
"""

from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from platformdirs import user_cache_path
from py3langid.langid import (  # type: ignore[import-untyped]
    MODEL_DIR,
    MODEL_FILE,
    LanguageIdentifier,
)

_PARTS = ("nb_ptc", "nb_pc", "nb_classes", "tk_nextmove", "tk_output", "tk_row")
"""What the model is made of, by the names that py3langid gives it."""


@cache
def identifier() -> Any:
    """Load the model; where it cannot be kept unpacked it is unpacked again."""
    status = Path(MODEL_DIR, MODEL_FILE).stat()
    kept = user_cache_path("copytaster") / f"languages-{status.st_size}-{status.st_mtime_ns}"
    try:
        return _opened(kept)
    except (OSError, ValueError):
        unpacked = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        with suppress(OSError):
            _keep(unpacked, kept)
        return unpacked


def _opened(kept: Path) -> Any:
    """Open what is kept. Raises OSError or ValueError where it is not there, or damaged."""
    weights, priors, names, moves, output, rows = (
        np.load(kept / f"{part}.npy", mmap_mode="r") for part in _PARTS
    )
    return LanguageIdentifier(
        np.asarray(weights),
        np.array(priors),
        names.tolist(),
        memoryview(moves),
        memoryview(output),
        norm_probs=True,
        tk_row=memoryview(rows),
    )


def _keep(unpacked: Any, kept: Path) -> None:
    """Write the model down; it takes its name when it is whole."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=kept.parent) as made:
        whole = Path(made, kept.name)
        whole.mkdir()
        for part in _PARTS:
            np.save(whole / f"{part}.npy", np.asarray(getattr(unpacked, part)))
        whole.rename(kept)
