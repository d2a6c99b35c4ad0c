"""What a request asks for: the parameters of its address."""

from starlette.exceptions import HTTPException
from starlette.requests import Request


def given(request: Request, name: str) -> str | None:
    """Give a parameter, or nothing where it is left out or empty."""
    return request.query_params.get(name, "").strip() or None


def switched(request: Request, name: str) -> bool:
    """Tell whether a parameter asks for something more."""
    return (given(request, name) or "").lower() in {"1", "true", "yes", "on"}


def version_of(request: Request) -> int | None:
    """Give the number of the version that is asked for; raises HTTPException where it is none."""
    asked = given(request, "version")
    if asked is None:
        return None
    if not asked.isascii() or not asked.isdigit() or not int(asked[:9]) > 0:
        raise HTTPException(400, f"version: “{asked}” is no number; the first version is 1.")
    return int(asked[:9])
