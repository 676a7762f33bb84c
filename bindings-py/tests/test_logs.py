"""What is logged: each request, nothing secret; and a filter for the logs of HTTP libraries."""

from __future__ import annotations

import logging
from http.server import BaseHTTPRequestHandler
from typing import Any

import fapiao
import fapiao.logs
import pytest
from loopback import respond, serving
from scripted import World, accepted, lost
from sessions import CLIENTS, Over

TOKEN = "t0k3n-of-account"


def lines(caplog: pytest.LogCaptureFixture, name: str) -> list[str]:
    """What a logger wrote."""
    return [record.getMessage() for record in caplog.records if record.name.startswith(name)]


def test_each_request_is_told_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "fapiao")
    World(lambda request: accepted()).end()
    assert lines(caplog, "fapiao") == []
    caplog.set_level(logging.DEBUG, "fapiao")
    World(lambda request: accepted()).end()
    (line,) = lines(caplog, "fapiao")
    assert line.startswith("issue, request 1 to the main host: status 202") and line.endswith("took effect: yes")
    caplog.clear()
    end = World(lost).end()
    assert len(lines(caplog, "fapiao")) == len(end.attempts) > 1
    assert "error send.lost, took effect: unknown" in lines(caplog, "fapiao")[0]


@pytest.mark.parametrize("over", CLIENTS)
def test_no_log_holds_a_token(over: Over, caplog: pytest.LogCaptureFixture) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = b'{"errcode":0,"pdf_url":"https://a.weixin.qq.com/a"}'
        respond(handler, 200, [("Content-Type", "application/json")], body)

    fapiao.logs.hide_tokens()
    fapiao.logs.hide_tokens()
    caplog.set_level(logging.DEBUG)
    with serving(answer) as port:
        base = f"http://127.0.0.1:{port}"
        account = fapiao.Account(appid="wx1", access_token=TOKEN, hosts={"main": base, "backup": base})
        over(account.get_pdf(s_media_id="75197245361516544"))
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert TOKEN not in text
    if over.__name__ in ("over_httpx", "over_requests"):
        assert "access_token=***" in text, "this test sees what is not there"
    for name in fapiao.logs.WRITING_URLS:
        assert sum(isinstance(one, fapiao.logs.HideTokens) for one in logging.getLogger(name).filters) == 1


def test_the_filter_changes_nothing_else() -> None:
    def filtered(message: str, *values: Any) -> str:
        record = logging.LogRecord("httpx", logging.INFO, "", 1, message, values, None)
        assert fapiao.logs.HideTokens().filter(record)
        return record.msg % record.args if record.args else record.msg

    assert filtered("%s %s", "GET", "https://a/b?c=d") == "GET https://a/b?c=d"
    assert filtered("%s", 'a?access_token=x&b=1 "HTTP/1.1"') == 'a?access_token=***&b=1 "HTTP/1.1"'
    assert filtered("a?token=%s") == "a?token=***" and filtered("100 %") == "100 %"
    record = logging.LogRecord("httpx", logging.INFO, "", 1, "%d", ("x",), None)
    assert fapiao.logs.HideTokens().filter(record) and record.args == ("x",)
