"""Platform certificates, fetched before any key of WeChat Pay is loaded."""

from __future__ import annotations

from typing import Any

import fapiao
import httpx
import pytest
from support import Sandbox, title


def merchant(sandbox: Sandbox, **more: Any) -> Any:
    """The direct merchant, who trusts nobody yet."""
    found = sandbox.announced["pay"]["direct"]
    given = {"wechatpay_keys": {}, "platform_certificates": (), "api_v3_key": found["api_v3_key"], **more}
    return sandbox.merchant("direct", **given)


def test_the_first_certificates_verify_their_own_answer(sandbox: Sandbox) -> None:
    """And from then on every other answer."""
    with httpx.Client() as session:
        client = fapiao.Client(session)
        answer = client.send(merchant(sandbox).certificates())
        certificates = [each["encrypt_certificate"] for each in answer["data"]]
        assert certificates
        assert all(certificate.startswith("-----BEGIN CERTIFICATE-----") for certificate in certificates)
        known = merchant(sandbox, platform_certificates=certificates)
        assert client.send(title(known, "order-1"))["title_url"]


def test_another_api_v3_key_opens_none(sandbox: Sandbox) -> None:
    """So nothing of the answer is believed."""
    with httpx.Client() as session, pytest.raises(fapiao.FapiaoError) as refused:
        fapiao.Client(session).send(merchant(sandbox, api_v3_key="x" * 32).certificates())
    assert (refused.value.code, refused.value.field) == ("decrypt.tag", "api_v3_key")


def test_the_answer_of_a_stranger_is_not_believed(sandbox: Sandbox) -> None:
    """A wrong signature is refused although the certificates open."""
    sandbox.control("/faults", {"fault": "wrong_key", "count": None})
    with httpx.Client() as session, pytest.raises(fapiao.VerificationError):
        fapiao.Client(session).send(merchant(sandbox).certificates())


def test_certificates_that_have_ended_are_told_with_what_they_verify(sandbox: Sandbox) -> None:
    """The merchant's own too; the answer stands."""

    def clock() -> float:
        return float(sandbox.control("/clock")["now"])

    # Both certificates end with 2034.
    sandbox.control("/clock", {"advance": 2_051_222_400 + 86_400 - int(clock())})
    sandbox.control("/faults", {"fault": "rotate_certificate", "key": "platform-1"})
    own = sandbox.announced["pay"]["direct"]["certificate"]
    call = title(sandbox.merchant(certificate=own, clock=clock), "order-1").sign()
    with httpx.Client() as session:
        answer = call.read(session.request(call.method, call.url, headers=call.headers, content=call.body))
    assert answer["title_url"]
    assert [warning["field"] for warning in call.warnings] == ["platform_certificates", "certificate"]
