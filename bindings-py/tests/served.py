"""The package's types as models of a FastAPI application: run by itself, on each version of Python."""

import json
import typing
from pathlib import Path

from fapiao import types
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.post("/issue", status_code=202)
def issue(call: types.Issue) -> types.Accepted:
    """Takes an invoice as it is issued."""
    assert call["fapiao_information"][0]["items"][0]["total_amount"] == 100
    return {"accepted": True}


@app.get("/query")
def query() -> types.QueryAnswer:
    """Gives an answer as it is read."""
    return {"total_count": 0, "fapiao_information": []}


# What has no fields, or only those that stand beside the typed ones.
DEFINITIONS = json.loads((Path(__file__).parents[2] / "core/schema/calls.json").read_bytes())["$defs"]
EMPTY = {name for name, definition in DEFINITIONS.items() if not definition.get("properties")} | {"NoContent"}


def main() -> None:
    """Asks the application, and for the hints of every type."""
    line = {"tax_code": "3010101020203000000", "quantity": 1, "total_amount": 100, "tax_rate": 600, "discount": False}
    invoice = {"fapiao_id": "f-1", "total_amount": 100, "items": [line]}
    who = {"type": "INDIVIDUAL", "name": "张三"}
    sent = {"scene": "WITH_WECHATPAY", "fapiao_apply_id": "o-1", "buyer_information": who, "fapiao_information": [invoice]}
    client = TestClient(app)
    answer = client.post("/issue", json=sent)
    assert (answer.status_code, answer.json()) == (202, {"accepted": True}), answer.text
    del sent["scene"]
    answer = client.post("/issue", json=sent)
    assert answer.status_code == 422 and answer.json()["detail"][0]["loc"] == ["body", "scene"], answer.text
    assert client.get("/query").json() == {"total_count": 0, "fapiao_information": []}
    schema = client.get("/openapi.json").json()["components"]["schemas"]
    assert "phone" in schema["BuyerInformation"]["properties"] and "phone" not in schema["BuyerInformation"]["required"]
    for name in types.__all__:
        assert typing.get_type_hints(getattr(types, name)).keys() or name in EMPTY, name


if __name__ == "__main__":
    main()
