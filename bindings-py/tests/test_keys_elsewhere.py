"""Every key operation done elsewhere, by callables of either kind."""

from __future__ import annotations

import asyncio
from typing import Any

import fapiao
import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from support import Sandbox, issue, title

OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
ORDER = "4200-elsewhere"


class Kms:
    """A stand-in for a KMS: it counts what it does."""

    def __init__(self, private_key: str) -> None:
        key = serialization.load_pem_private_key(private_key.encode(), None)
        assert isinstance(key, RSAPrivateKey)
        self.key, self.done = key, dict.fromkeys(("sign", "decrypt", "check", "encrypt"), 0)

    def sign(self, message: bytes) -> bytes:
        self.done["sign"] += 1
        return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())

    def decrypt(self, ciphertext: bytes) -> bytes:
        self.done["decrypt"] += 1
        return self.key.decrypt(ciphertext, OAEP)

    def check(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        self.done["check"] += 1
        try:
            public(public_key).verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        except Exception:
            return False
        return True

    def encrypt(self, public_key: bytes, plaintext: bytes) -> bytes:
        self.done["encrypt"] += 1
        return public(public_key).encrypt(plaintext, OAEP)


def public(der: bytes) -> RSAPublicKey:
    """A public key out of its DER."""
    key = serialization.load_der_public_key(der)
    assert isinstance(key, RSAPublicKey)
    return key


def awaited(work: Any) -> Any:
    """The same callable, to be awaited."""

    async def later(*given: bytes) -> Any:
        await asyncio.sleep(0)
        return work(*given)

    return later


def callables(kms: Kms, wrap: Any = lambda work: work) -> dict[str, Any]:
    """The callables, as a caller takes them."""
    names = {"signer": kms.sign, "decrypter": kms.decrypt, "verifier": kms.check, "encrypter": kms.encrypt}
    return {"private_key": None, **{name: wrap(work) for name, work in names.items()}}


def test_every_operation_elsewhere(sandbox: Sandbox) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    shop = sandbox.merchant("direct", **callables(kms))
    with httpx.Client() as session:
        client = fapiao.Client(session)
        client.send(title(shop, ORDER))
        sandbox.control("/title", {"fapiao_apply_id": ORDER})
        assert client.send(issue(shop, ORDER)) == {"accepted": True}
        found = client.send(shop.query(fapiao_apply_id=ORDER))
    assert found["fapiao_information"][0]["buyer_information"]["phone"] == "13800000000"
    assert kms.done == {"sign": 3, "decrypt": 2, "check": kms.done["check"], "encrypt": 2} and kms.done["check"] >= 2


def test_every_operation_elsewhere_and_awaited(sandbox: Sandbox) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    shop = sandbox.merchant("direct", **callables(kms, awaited))

    async def walk() -> Any:
        async with httpx.AsyncClient() as session:
            await fapiao.AsyncClient(session).send(title(shop, ORDER))
            signed = await title(shop, ORDER).sign_async()
            response = await session.request(signed.method, signed.url, headers=signed.headers, content=signed.body)
            return await signed.read_async(response)

    assert asyncio.run(walk())["title_url"].startswith("http")
    assert kms.done["sign"] == 2 and kms.done["check"] == 2


def test_an_awaitable_where_nobody_awaits_is_named(sandbox: Sandbox) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    pending = []

    def later(message: bytes) -> Any:
        pending.append(awaited(kms.sign)(message))
        return pending[-1]

    with pytest.raises(TypeError, match="sign_async"):
        title(sandbox.merchant("direct", private_key=None, signer=later), ORDER).sign()
    pending[0].close()


@pytest.mark.parametrize("answer", [b"short", "text"])
def test_a_signer_that_gives_no_signature_is_told(sandbox: Sandbox, answer: Any) -> None:
    shop = sandbox.merchant("direct", private_key=None, signer=lambda message: answer)
    with pytest.raises((fapiao.CryptoError, TypeError), match="sign"):
        title(shop, ORDER).sign()


KMS_FAULT = PermissionError("secret of the KMS")


def failing(*given: bytes) -> Any:
    """A key service whose own words hold a secret."""
    raise KMS_FAULT


def caused(error: fapiao.FapiaoError) -> None:
    """The key service's error is the cause, and its words are nowhere else."""
    assert error.__cause__ is KMS_FAULT and error.details["cause"] == "builtins.PermissionError"
    assert "secret" not in f"{error} {error.details} {error.help}"


@pytest.mark.parametrize("wrap", [lambda work: work, awaited])
@pytest.mark.parametrize(
    ("name", "code"), [("signer", "sign.failed"), ("encrypter", "seal.failed"), ("verifier", "verify.signature")]
)
def test_a_key_service_that_fails_is_the_cause(sandbox: Sandbox, name: str, code: str, wrap: Any) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    shop = sandbox.merchant("direct", **{**callables(kms, wrap), name: wrap(failing)})
    call = issue(shop, ORDER) if name == "encrypter" else title(shop, ORDER)

    async def walk() -> None:
        async with httpx.AsyncClient() as session:
            with pytest.raises(fapiao.FapiaoError) as raised:
                await fapiao.AsyncClient(session).send(call)
            assert raised.value.code == code
            caused(raised.value)
            with pytest.raises(fapiao.FapiaoError) as raised:
                signed = await call.sign_async()
                response = await session.request(signed.method, signed.url, headers=signed.headers)
                await signed.read_async(response)
            assert raised.value.code == code
            caused(raised.value)

    asyncio.run(walk())


def test_a_key_service_that_fails_is_the_cause_step_by_step(sandbox: Sandbox) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    with pytest.raises(fapiao.CryptoError) as raised:
        title(sandbox.merchant("direct", **{**callables(kms), "signer": failing}), ORDER).sign()
    caused(raised.value)
    signed = title(sandbox.merchant("direct", **{**callables(kms), "verifier": failing}), ORDER).sign()
    with httpx.Client() as session, pytest.raises(fapiao.VerificationError) as refused:
        signed.read(session.request(signed.method, signed.url, headers=signed.headers))
    caused(refused.value)


def test_a_caller_that_nobody_signs_for_is_not_made(sandbox: Sandbox) -> None:
    for more in ({"private_key": None}, {"private_key": None, "decrypter": lambda ciphertext: b""}):
        with pytest.raises(fapiao.KeyFileError) as raised:
            sandbox.merchant("direct", **more)
        assert (raised.value.code, raised.value.field) == ("key.missing", "private_key")


def test_a_caller_without_any_key_of_wechat_pay_is_not_made(sandbox: Sandbox) -> None:
    nothing: list[Any] = [{}, None]
    for keys in nothing:
        with pytest.raises(fapiao.KeyFileError) as raised:
            sandbox.merchant("direct", wechatpay_keys=keys, platform_certificates=[])
        assert (raised.value.code, raised.value.field) == ("key.missing", "wechatpay_keys")


def test_who_cannot_decrypt_reads_the_rest_and_is_told(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    kms = Kms(sandbox.announced["pay"]["direct"]["private_key"])
    shop = sandbox.merchant("direct", private_key=None, signer=kms.sign)
    with httpx.Client() as session:
        client = fapiao.Client(session)
        client.send(title(shop, ORDER))
        sandbox.control("/title", {"fapiao_apply_id": ORDER})
        client.send(issue(shop, ORDER))
        caplog.clear()
        found = client.send(shop.query(fapiao_apply_id=ORDER))["fapiao_information"][0]
        told = [record.getMessage() for record in caplog.records if record.name == "fapiao"]
        signed = shop.query(fapiao_apply_id=ORDER).sign()
        signed.read(session.request(signed.method, signed.url, headers=signed.headers))
    assert found["status"] == "ISSUED" and found["buyer_information"]["phone"] != "13800000000"
    places = [f"/fapiao_information/0/buyer_information/{name}" for name in ("email", "phone")]
    assert sorted(warning["field"] for warning in signed.warnings) == places
    assert len(told) == 2 and all("stays encrypted" in line and "13800000000" not in line for line in told)
