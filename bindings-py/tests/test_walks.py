"""Walks over everything there is: error codes, calls, and what is shown of every object."""

from __future__ import annotations

import inspect
import json
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import fapiao
import httpx
import pytest
import requests
from fapiao import _core, errors
from fapiao.callbacks import Receiver
from fapiao.pushes import PushReceiver
from support import NOW, PUBLIC_KEY_ID, ROOT, caller, content, issue, key_file
from test_vectors import signature

DIRECT = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": ["wechatpay"]}
PARTNER = {**DIRECT, "kind": "partner", "mchid": "1900000100", "key": "partner"}
NAMES = ("code", "message", "field", "details", "attempts", "warnings", "in_doubt")
SECRET, TOKEN, PHONE = "s3cr3t-app-secret", "t0k3n-of-account", "13800000000"
API_V3_KEY = "4p1-v3-k3y-of-thirty-two-bytes-0"


def test_the_registry_is_walked() -> None:
    codes = json.loads((ROOT / "core/schema/errors.json").read_bytes())["codes"]
    assert json.loads(_core.registry()) == codes
    rest: dict[str, Any] = {"message": "m", "field": None, "details": {}, "remote": None}
    for entry in codes:
        error = errors.from_report(json.dumps({**entry, **rest}))
        assert type(error) is not fapiao.FapiaoError, f"{entry['code']} has no class"
        assert (error.code, error.fault, error.help, error.help_zh) == tuple(
            entry[name] for name in ("code", "fault", "help", "help_zh")
        )
    assert {code["code"].partition(".")[0] for code in codes} == set(errors.GROUPS)


def test_every_call_exists_on_exactly_its_callers() -> None:
    calls = json.loads((ROOT / "core/schema/calls.json").read_bytes())["x-calls"]
    classes = {
        "direct": fapiao.Direct,
        "partner": fapiao.Partner,
        "sub_merchant": fapiao.SubMerchant,
        "account": fapiao.Account,
        "component": fapiao.Component,
    }
    own = {"call", "sub_merchant", "with_access_token", "account"}
    for kind, made in classes.items():
        offered = {name for name in dir(made) if not name.startswith("_")} - own
        assert offered == {name for name, call in calls.items() if kind in call["callers"]}
        for name in offered:
            assert calls[name]["page"] in (getattr(made, name).__doc__ or ""), f"{name} does not name its page"


def callers() -> Iterator[Any]:
    """One of every kind, with what must not be shown."""
    yield fapiao.Account(appid="wx1", secret=SECRET, access_token=TOKEN)
    yield caller(DIRECT)
    yield caller(PARTNER)
    yield caller(PARTNER).sub_merchant("1900000109")
    yield fapiao.Component(appid="wx2", secret=SECRET)


def calls() -> Iterator[Any]:
    """Calls, signed ones, clients and a file."""
    account, merchant, *_ = callers()
    for call in (issue(merchant, "order", phone=PHONE), account.get_pdf(s_media_id="1"), account.stable_token()):
        yield call
        yield call.sign()
    yield from (fapiao.Client(httpx.Client()), fapiao.Client(requests.Session()))
    yield fapiao.AsyncClient(httpx.AsyncClient())
    yield fapiao.File(PHONE.encode(), "text/plain", PHONE)
    yield fapiao.Decision("unknown", "no", "query")


def received(engine: _core.Receiver) -> Iterator[Any]:
    """Callbacks: who receives them, and what became of one."""
    yield engine
    receiver = Receiver(caller(DIRECT, api_v3_key=API_V3_KEY))
    yield receiver
    refused = receiver.receive({"Wechatpay-Serial": PUBLIC_KEY_ID}, PHONE.encode())
    yield refused
    yield refused.error
    config = {"appid": "wx1", "token": TOKEN, "encoding_aes_key": "A" * 43}
    yield _core.PushReceiver(json.dumps(config))
    pushing = PushReceiver(**config)
    yield pushing
    yield pushing.receive("timestamp=1&nonce=2", PHONE.encode())


def engine() -> Iterator[Any]:
    """What the engine hands out: a caller, flows, every kind of need, an outcome."""
    keys = {PUBLIC_KEY_ID: key_file("wechatpay.pub.pem").decode()}
    config = {"kind": "direct", "mchid": "1900000001", "serial_no": "1", "keys_elsewhere": True, "wechatpay_keys": keys}
    made = _core.Caller(json.dumps({**config, "api_v3_key": API_V3_KEY}))
    yield made
    yield from received(_core.Receiver([made]))
    yield _core.SeenAnswers()
    query = json.loads((ROOT / "tests/vectors/calls/query.json").read_bytes())["cases"]
    shown = next(case["input"] for case in query if "open" in case["input"])
    payload = issue(caller(DIRECT), "order", phone=PHONE)._payload
    yield from driven(made.flow("issue", payload), 429, b"{}")
    kept = made.flow("issue", payload)
    kept.keep_doubt()
    yield from driven(kept, 403, b"{}")
    yield from driven(made.flow("query", '{"fapiao_apply_id":"1"}'), shown["status"], content(shown, "body") or b"")


def driven(flow: _core.Flow, status: int, body: bytes) -> Iterator[Any]:
    """A flow, every need of it, and how it ended."""
    yield flow
    while not isinstance(step := flow.step(NOW, bytes(32)), _core.Outcome):
        yield from step
        for need in step:
            if isinstance(need, _core.Send):
                flow.answered(need.id, status, signature(body), body, 1)
            elif isinstance(need, _core.Wait):
                flow.give(need.id, "waited")
            elif isinstance(need, _core.Sign):
                flow.give(need.id, "signed", bytes(256))
            elif isinstance(need, _core.Verify):
                flow.give(need.id, "valid")
            elif isinstance(need, _core.Encrypt):
                flow.give(need.id, "encrypted", bytes(256))
            elif isinstance(need, _core.Decrypt):
                flow.give(need.id, "decrypted", PHONE.encode())
            elif isinstance(need, _core.Load):
                flow.give(need.id, "loaded")
            else:
                flow.give(need.id, "stored", b"1")
    yield step


def raised() -> Iterator[BaseException]:
    """An error of every class, with everything in it that must not be shown where the class is no matter of core."""
    said = {"message": PHONE, "detail": {"value": TOKEN}, "authenticated": False}
    texts = dict.fromkeys(("fault", "message", "help", "help_zh", "page"), "text")
    report: dict[str, Any] = {**texts, "field": None, "details": {}}
    for code in [*(f"{group}.x" for group in errors.GROUPS), "input.type", "new.x"]:
        yield errors.from_report(json.dumps({**report, "code": code, "remote": said}))
    account, merchant, *_ = callers()
    buyer = {"type": "INDIVIDUAL", "name": "Z", "phone": PHONE + "😀"}
    answer = json.dumps({"code": "PARAM_ERROR", "message": f"{PHONE} {TOKEN}"}).encode()
    works: list[Callable[[], Any]] = [
        lambda: merchant.issue(scene="x", fapiao_apply_id="1", buyer_information=buyer, fapiao_information=[]),
        lambda: merchant.query(fapiao_apply_id="1").sign().read(status=400, headers={}, content=answer),
        lambda: account.get_pdf(s_media_id="1").sign().read(status=400, headers={}, content=answer),
        lambda: fapiao.Direct(mchid="1", serial_no="1", private_key=key_file("direct.cert.pem")),
    ]
    for work in works:
        with pytest.raises(fapiao.FapiaoError) as caught:
            work()
        yield caught.value


def test_nothing_shown_holds_a_secret() -> None:
    key = key_file("direct.key.pem").decode().splitlines()[1]
    hidden = [SECRET, TOKEN, API_V3_KEY, PHONE, key, key[:16], 'signature="']
    made = [*callers(), *calls(), *engine(), *raised()]
    for value in made:
        shown = [repr(value), str(value), f"{value!r:s}", repr([value])]
        if isinstance(value, BaseException):
            shown += traceback.format_exception_only(type(value), value)
            shown += [repr(getattr(value, name, "")) for name in NAMES]
        for text in shown:
            assert not [word for word in hidden if word in text], text
    public = {value for value in vars(fapiao).values() if inspect.isclass(value)}
    inner = {value for value in vars(_core).values() if inspect.isclass(value)}
    unseen = (public | inner) - {type(value) for value in made}
    assert not unseen, unseen
