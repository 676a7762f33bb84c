"""sealed.json and aead.json: fields under RSA-OAEP, resources under AES-256-GCM."""
import hashlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keyset
from .envelope import document, invalid, valid
from .rules import b64

FLAGS = {
    "Oaep": "RSAES-OAEP with SHA-1 and MGF1-SHA-1, an empty label",
    "OtherPadding": "what was made with another padding or digest does not open",
    "Altered": "any change of the sealed bytes is refused",
    "OtherKey": "what was sealed for another key does not open",
    "Base64": "broken Base64 is an outcome, not a crash",
    "Length": "214 bytes are the most a 2048-bit key seals, counted in bytes, not in characters",
    "Utf8": "plaintext is UTF-8",
    "Tag": "the tag is checked: altered ciphertext, tag or associated data never gives plaintext",
    "Nonce": "a nonce of another length than 12 bytes is refused before decryption",
    "Key": "an APIv3 key of another length than 32 bytes is refused",
    "AssociatedData": "associated data may be empty and is taken as bytes",
}
APIV3_KEY = "0123456789abcdefghijklmnopqrstuv"
NONCE = "fdasfjihihih"


def _open(ident, comment, plaintext, *flags, key="partner"):
    sealed = keyset.seal(key, plaintext.encode(), ident)
    return valid(ident, comment, {"op": "open", "key": key, "ciphertext_base64": b64(sealed)}, {"plaintext": plaintext}, *flags)


def _closed(ident, comment, sealed, *flags, key="partner"):
    text = sealed if isinstance(sealed, str) else b64(sealed)
    return invalid(ident, comment, {"op": "open", "key": key, "ciphertext_base64": text}, "open.failed", *flags)


def _opening():
    phone = b"13800000000"
    good = keyset.seal("partner", phone, "negative")
    middle = good[:128] + bytes([good[128] ^ 1]) + good[129:]
    return [
        _open("open-phone", "A phone number.", "13800000000", "Oaep"),
        _open("open-mail", "A mail address, for a direct merchant.", "user@example.com", "Oaep", key="direct"),
        _open("open-chinese", "Chinese text.", "深圳市南山区", "Oaep", "Utf8"),
        _open("open-empty", "An empty text.", "", "Oaep"),
        _open("open-longest", "214 bytes.", "x" * 214, "Oaep", "Length"),
        _closed("other-key", "Sealed for another merchant.", good, "OtherKey", key="direct"),
        _closed("own-seal", "Sealed for WeChat Pay, not for the merchant.", keyset.seal("wechatpay", phone, "own"), "OtherKey"),
        _closed("altered-first", "The first byte is zero.", b"\0" + good[1:], "Altered"),
        _closed("altered-middle", "One bit in the middle is flipped.", middle, "Altered"),
        _closed("altered-last", "The last bit is flipped.", good[:-1] + bytes([good[-1] ^ 1]), "Altered"),
        _closed("truncated", "One byte short.", good[:-1], "Altered"),
        _closed("half", "Half of it.", good[:128], "Altered"),
        _closed("longer", "One byte more.", good + b"\0", "Altered"),
        _closed("nothing", "No bytes.", b"", "Altered"),
        _closed("plain", "The plaintext, never sealed.", phone, "Altered"),
        _closed("above-modulus", "A number above the modulus.", b"\xff" * 256, "Altered"),
        _closed("base64-character", "A character outside Base64.", "!" + b64(good)[1:], "Base64"),
        _closed("base64-length", "A length no Base64 text has.", b64(good).rstrip("=")[:-1], "Base64"),
        _closed("pkcs1", "Sealed with PKCS#1 v1.5 padding, as some old calls do.", keyset.seal_pkcs1("partner", phone), "OtherPadding"),
        _closed("oaep-sha256", "Sealed with OAEP over SHA-256.", keyset.seal("partner", phone, "sha256", hashlib.sha256), "OtherPadding"),
    ]


def _sealing():
    def can(ident, comment, plaintext, *flags, key="wechatpay"):
        return valid(ident, comment, {"op": "seal", "key": key, "plaintext": plaintext}, {"plaintext": plaintext, "length": 256}, *flags)

    def cannot(ident, comment, plaintext, *flags):
        return invalid(ident, comment, {"op": "seal", "key": "wechatpay", "plaintext": plaintext}, "seal.length", *flags)

    return [
        can("seal-phone", "A phone number.", "13800000000", "Oaep"),
        can("seal-certificate", "The same under a certificate.", "13800000000", "Oaep", key="platform-2"),
        can("seal-214", "214 bytes.", "x" * 214, "Length"),
        can("seal-chinese-213", "71 Chinese characters are 213 bytes.", "中" * 71, "Length", "Utf8"),
        cannot("seal-215", "215 bytes.", "x" * 215, "Length"),
        cannot("seal-chinese-216", "72 Chinese characters are 216 bytes.", "中" * 72, "Length", "Utf8"),
    ]


def _resource(plaintext, associated_data="", key=APIV3_KEY, nonce=NONCE):
    sealed = AESGCM(key.encode()).encrypt(nonce.encode(), plaintext.encode(), associated_data.encode())
    return {"key": key, "nonce": nonce, "associated_data": associated_data, "ciphertext_base64": b64(sealed)}, sealed


def _aead():
    event = '{"mchid":"1900000100","sub_mchid":"1900000109","fapiao_apply_id":"4200000444201910177461284488"}'
    good, sealed = _resource(event, "certificate")
    empty, _ = _resource(event)

    def bytes_(data):
        return good | {"ciphertext_base64": b64(data)}

    cases = [
        valid("resource", "A callback's resource.", good, {"plaintext": event}, "Tag"),
        valid("empty-data", "Empty associated data, as fapiao callbacks have.", empty, {"plaintext": event}, "AssociatedData"),
        valid("chinese", "Chinese plaintext and associated data.", _resource("开票成功", "发票")[0], {"plaintext": "开票成功"}, "AssociatedData", "Utf8"),
        valid("no-plaintext", "An empty plaintext: the tag alone.", _resource("", "certificate")[0], {"plaintext": ""}, "Tag"),
        valid("long", "Several blocks.", _resource("0123456789" * 100, "certificate")[0], {"plaintext": "0123456789" * 100}, "Tag"),
        invalid("altered-tag", "The last bit of the tag is flipped.", bytes_(sealed[:-1] + bytes([sealed[-1] ^ 1])), "decrypt.tag", "Tag"),
        invalid("altered-text", "The first bit of the ciphertext is flipped.", bytes_(bytes([sealed[0] ^ 128]) + sealed[1:]), "decrypt.tag", "Tag"),
        invalid("truncated", "The last byte of the tag is missing.", bytes_(sealed[:-1]), "decrypt.tag", "Tag"),
        invalid("no-tag", "The tag is missing.", bytes_(sealed[:-16]), "decrypt.tag", "Tag"),
        invalid("shorter-than-tag", "Fifteen bytes in all.", bytes_(sealed[-15:]), "decrypt.tag", "Tag"),
        invalid("nothing", "No bytes.", bytes_(b""), "decrypt.tag", "Tag"),
        invalid("other-data", "Other associated data.", good | {"associated_data": "certificates"}, "decrypt.tag", "Tag", "AssociatedData"),
        invalid("missing-data", "The associated data is missing.", good | {"associated_data": ""}, "decrypt.tag", "Tag", "AssociatedData"),
        invalid("other-nonce", "Another nonce.", good | {"nonce": NONCE[::-1]}, "decrypt.tag", "Tag"),
        invalid("other-key", "Another key.", good | {"key": APIV3_KEY[::-1]}, "decrypt.tag", "Tag"),
    ]
    for nonce in [NONCE[:11], NONCE + "x", "", "中" * 12]:
        cases.append(invalid(f"nonce-{len(nonce.encode())}", "A nonce of another length.", good | {"nonce": nonce}, "decrypt.nonce", "Nonce"))
    for key in [APIV3_KEY[:31], APIV3_KEY + "w", APIV3_KEY[:16], "中" * 32]:
        cases.append(invalid(f"key-{len(key.encode())}", "A key of another length.", good | {"key": key}, "key.length", "Key"))
    return cases


def documents():
    return {
        "sealed.json": document(
            "Fields sealed with RSA-OAEP: `open` takes a private key, `seal` a public one (the result has 256 bytes and opens to the plaintext).",
            "WeChat Pay APIv3: sensitive fields; RFC 8017 section 7.1", FLAGS, _opening() + _sealing()),
        "aead.json": document(
            "Resources under AEAD_AES_256_GCM: ciphertext followed by a tag of 16 bytes.", "WeChat Pay APIv3: AEAD_AES_256_GCM", FLAGS, _aead()),
    }
