"""The description says what the JSON addresses give."""

from typing import Any

import msgspec
from starlette.routing import Route
from starlette.testclient import TestClient

from copytaster.site.openapi import ADDRESSES, description


def test_each_json_address_is_described(client: TestClient) -> None:
    routes = {route.path for route in client.app.routes if isinstance(route, Route)}  # type: ignore[attr-defined]
    json = {path for path in routes if path.endswith(".json")}
    assert json - {"/openapi.json"} == set(ADDRESSES) == set(description()["paths"])


def test_each_answer_is_as_described(client: TestClient) -> None:
    values = {"id": f"{1:016x}", "other": f"{2:016x}", "key": "courier.example"}
    for address, (record, _) in ADDRESSES.items():
        response = client.get(address.format(**values), params={"q": "Ferry"})
        assert response.status_code == 200
        msgspec.json.decode(response.content, type=record)


def test_each_reference_leads_somewhere(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]

    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if "$ref" in part else []
            return own + [each for value in part.values() for each in references(value)]
        if isinstance(part, list):
            return [each for value in part for each in references(value)]
        return []

    assert {each.rsplit("/", 1)[1] for each in references(document)} <= set(schemas)
    assert {"Filed", "Listing", "FrontPage", "Problem"} <= set(schemas)
