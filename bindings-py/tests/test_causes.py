"""Why a request did not get through: told as not sent where no byte was written, with the client's own exception."""

from __future__ import annotations

import asyncio
import datetime
import ssl
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import fapiao
import httpx
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from loopback import Answer, at, closed, cut, respond, serving
from scripted import issue
from support import without_waiting

Over = Callable[[fapiao.Call[Any]], Any]
TOKEN = "t0k3n-of-account"


def blocking(session: Any, call: fapiao.Call[Any], timeout: float = 5) -> Any:
    """How a call ends over a blocking session."""
    client = fapiao.Client(session, timeout=timeout)
    without_waiting(client)
    try:
        return client.send(call)
    except fapiao.FapiaoError as error:
        return error


def by_requests(proxy: str | None = None, timeout: float = 5) -> Over:
    """Over requests."""

    def send(call: fapiao.Call[Any]) -> Any:
        with requests.Session() as session:
            session.proxies = {} if proxy is None else {"https": proxy, "http": proxy}
            return blocking(session, call, timeout)

    return send


def by_httpx(proxy: str | None = None, timeout: float = 5) -> Over:
    """Over httpx."""

    def send(call: fapiao.Call[Any]) -> Any:
        with httpx.Client(proxy=proxy) as session:
            return blocking(session, call, timeout)

    return send


def by_aiohttp(proxy: str | None = None, timeout: float = 5) -> Over:
    """Over aiohttp."""

    async def send(call: fapiao.Call[Any]) -> Any:
        async with aiohttp.ClientSession(proxy=proxy) as session:
            client = fapiao.AsyncClient(session, timeout=timeout)
            without_waiting(client)
            try:
                return await client.send(call)
            except fapiao.FapiaoError as error:
                return error

    return lambda call: asyncio.run(send(call))


CLIENTS = [by_requests, by_httpx, by_aiohttp]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that no machine trusts, with its key."""
    key, now = rsa.generate_private_key(65537, 2048), datetime.datetime.now(datetime.timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def is_unsent(end: Any) -> bool:
    """Whether nothing was sent, and the reason is there."""
    assert isinstance(end.__cause__, Exception), end
    cause = f"{type(end.__cause__).__module__}.{type(end.__cause__).__qualname__}"
    return (end.code, end.decision.effect, end.details["cause"]) == ("send.not_sent", "no", cause)


@pytest.mark.parametrize("by", CLIENTS)
def test_a_certificate_that_is_not_trusted_is_not_sent(by: Callable[[], Over], certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(respond_ok, lambda plain: context.wrap_socket(plain, server_side=True)) as port:
        assert is_unsent(by()(issue(at(f"https://localhost:{port}"))))


@pytest.mark.parametrize("by", CLIENTS)
def test_a_host_that_speaks_no_tls_is_not_sent(by: Callable[[], Over]) -> None:
    with serving(respond_ok) as port:
        assert is_unsent(by()(issue(at(f"https://localhost:{port}"))))


@pytest.mark.parametrize("by", CLIENTS)
@pytest.mark.parametrize("base", ["http://127.0.0.1:{port}", "https://no-such-host.invalid"])
def test_nobody_there_is_not_sent(by: Callable[[], Over], base: str) -> None:
    assert is_unsent(by()(issue(at(base.format(port=closed())))))


@pytest.mark.parametrize("by", CLIENTS)
def test_a_proxy_that_is_down_is_not_sent(by: Callable[[str], Over]) -> None:
    assert is_unsent(by(f"http://127.0.0.1:{closed()}")(issue(at("https://no-such-host.invalid"))))


@pytest.mark.parametrize("by", CLIENTS)
def test_a_proxy_that_refuses_the_tunnel_is_not_sent(by: Callable[[str], Over]) -> None:
    with serving(lambda handler: respond(handler, 403)) as port:
        assert is_unsent(by(f"http://127.0.0.1:{port}")(issue(at("https://no-such-host.invalid"))))


@pytest.mark.parametrize("by", CLIENTS)
def test_an_answer_that_was_lost_may_have_been_sent(by: Callable[[], Over]) -> None:
    with serving(cut) as port:
        end = by()(issue(at(f"http://127.0.0.1:{port}")))
    assert end.code == "send.lost" and end.decision.effect == "unknown" and isinstance(end.__cause__, Exception)


@pytest.mark.parametrize("by", CLIENTS)
def test_an_answer_that_was_lost_behind_a_proxy_may_have_been_sent(by: Callable[[str], Over]) -> None:
    with serving(cut) as port:
        end = by(f"http://127.0.0.1:{port}")(issue(at("http://127.0.0.1:9")))
    assert end.code == "send.lost" and end.decision.effect == "unknown"


def test_what_a_program_was_handling_meanwhile_proves_nothing() -> None:
    with serving(cut) as port, requests.Session() as session:
        try:
            session.get(f"http://127.0.0.1:{closed()}")
        except requests.ConnectionError:
            end = blocking(session, issue(at(f"http://127.0.0.1:{port}")))
    assert end.code == "send.lost" and end.decision.effect == "unknown"


def test_a_session_without_an_adapter_for_the_host_is_not_sent() -> None:
    with requests.Session() as session:
        session.adapters.clear()
        end = blocking(session, issue(at("http://127.0.0.1:9")))
    assert end.code == "send.not_sent" and end.decision.effect == "no"


def hang(handler: Any) -> None:
    """Answers too late."""
    handler.connection.settimeout(5)
    handler.close_connection = True
    handler.rfile.read(1)


@pytest.mark.parametrize("by", CLIENTS)
@pytest.mark.parametrize("answer", [None, cut, hang])
def test_no_traceback_shows_the_token_in_a_url(by: Callable[..., Over], answer: Answer | None) -> None:
    def end(port: int) -> Any:
        base = f"http://127.0.0.1:{port}"
        account = fapiao.Account(appid="wx1", access_token=TOKEN, hosts={"main": base, "backup": base})
        return by(timeout=0.3)(account.get_pdf(s_media_id="1"))

    if answer is None:
        error = end(closed())
    else:
        with serving(answer) as port:
            error = end(port)
    shown = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    assert error.code == ("send.not_sent" if answer is None else "send.lost")
    assert isinstance(error.__cause__, Exception) and TOKEN not in f"{shown} {error.details}"


def respond_ok(handler: Any) -> None:
    """An answer that nobody wants."""
    respond(handler, 200)
