"""calls/certificates.json."""
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .. import keyset
from ..envelope import document
from ..rules import b64, compact
from .common import FLAGS, Call, account, merchant, refused, sent, told, untold

CALL = Call("certificates", "GET", "/v3/certificates", query=("algorithm_type",))
KEY, OLD_KEY = "0123456789abcdefghijklmnopqrstuv", "vutsrqponmlkjihgfedcba9876543210"
OTHER_KEY = "another-api-v3-key-of-32-bytes-1"
NONCE = "61f9c719728a"
MORE_FLAGS = FLAGS | {
    "ApiV3Key": "each certificate is opened with the APIv3 key, one of those that are loaded; without one nothing is sent",
    "Blanks": "names are read with trailing blanks trimmed, as the official examples print them",
}


def _pem(stem):
    return (keyset.KEYS / f"{stem}.cert.pem").read_text()


def _entry(stem, key=KEY, names=("effective_time", "expire_time"), algorithm="AEAD_AES_256_GCM", pem=None):
    certificate = keyset.certificate(stem)
    times = [certificate.not_valid_before_utc, certificate.not_valid_after_utc]
    times = dict(zip(names, [time.isoformat(timespec="seconds") for time in times], strict=True))
    sealed = AESGCM(key.encode()).encrypt(NONCE.encode(), (pem or _pem(stem)).encode(), b"certificate")
    resource = {"algorithm": algorithm, "nonce": NONCE, "associated_data": "certificate", "ciphertext": b64(sealed)}
    return {"serial_no": keyset.serial(stem)} | times | {"encrypt_certificate": resource}


def _clear(entry, stem=None, pem=None):
    return {name.strip(): value for name, value in entry.items()} | {"encrypt_certificate": pem or _pem(stem)}


def _asks(kind="direct", keys=(KEY,), **other):
    return merchant(kind, api_v3_key=list(keys), **other)


def _sent():
    return [
        sent(CALL, "all", "The certificates.", {}, "Target", caller=_asks(keys=(KEY, OLD_KEY))),
        sent(CALL, "rsa", "RSA's.", {"algorithm_type": "RSA"}, "Target", caller=_asks()),
        sent(CALL, "no-ring", "Before any key of WeChat Pay is loaded: without a serial.", {}, "Serial", caller=_asks(ring=[])),
        sent(CALL, "unknown-type", "A type nobody knows yet.", {"algorithm_type": "NEW"}, "OpenEnum", caller=_asks()),
    ]


def _refused():
    return [
        refused("no-key", "Without the APIv3 key.", {}, "key.missing", "ApiV3Key", pointer="api_v3_key", caller=merchant("direct")),
        refused("unknown-field", "A field of another call.", {"fapiao_id": "1"}, "input.unknown", pointer="/fapiao_id", caller=_asks()),
        refused("sub-merchant", "A sub-merchant has no such call.", {}, "input.call", caller=_asks("sub_merchant")),
        refused("account-caller", "An account has no such call.", {}, "input.call", caller=account()),
    ]


def _told():
    first, second = _entry("platform-1"), _entry("platform-2")
    blank = _entry("platform-1", names=("effective_time ", "expire_time "))
    old = _entry("platform-1", OLD_KEY)
    sm2 = _entry("platform-1", pem="-----BEGIN CERTIFICATE-----\nnot RSA\n-----END CERTIFICATE-----\n")

    def answer(*entries, **other):
        return compact({"data": list(entries)} | other)

    def good(ident, comment, body, entries, *flags, keys=(KEY,), **other):
        return told(ident, comment, body, *flags, answer={"data": entries} | other, caller=_asks(keys=keys))

    def bad(ident, comment, body, code, *flags, pointer=None):
        return untold(ident, comment, body, code, *(flags or ["Shape"]), pointer=pointer, caller=_asks())

    altered = first | {"encrypt_certificate": first["encrypt_certificate"] | {"nonce": NONCE[::-1]}}
    short = first | {"encrypt_certificate": first["encrypt_certificate"] | {"nonce": "short"}}
    return [
        good("answer-one", "One certificate.", answer(first), [_clear(first, "platform-1")], "ApiV3Key"),
        good("answer-two", "Two, while one replaces the other.", answer(first, second), [_clear(first, "platform-1"), _clear(second, "platform-2")],
             "ApiV3Key"),
        good("answer-blanks", "Names with a blank behind them.", answer(blank), [_clear(blank, "platform-1")], "Blanks"),
        good("answer-previous-key", "Encrypted under the key before.", answer(old), [_clear(old, "platform-1")], "ApiV3Key", keys=(KEY, OLD_KEY)),
        good("answer-not-rsa", "A certificate that is not RSA's is handed on.", answer(sm2),
             [_clear(sm2, pem="-----BEGIN CERTIFICATE-----\nnot RSA\n-----END CERTIFICATE-----\n")], "ApiV3Key"),
        good("answer-unknown-field", "A field that came later.", answer(first, new=1), [_clear(first, "platform-1")], "UnknownField", new=1),
        good("answer-empty", "An empty list.", answer(), [], "Optional"),
        bad("answer-other-key", "Encrypted under another key.", answer(_entry("platform-1", OTHER_KEY)), "decrypt.tag", "ApiV3Key", pointer="api_v3_key"),
        bad("answer-altered", "Another nonce.", answer(altered), "decrypt.tag", "ApiV3Key"),
        bad("answer-nonce", "A nonce of five bytes.", answer(short), "decrypt.nonce", "ApiV3Key", pointer="/data/0/encrypt_certificate/nonce"),
        bad("answer-algorithm", "Another algorithm.", answer(_entry("platform-1", algorithm="AEAD_SM4_GCM")), "decrypt.algorithm", "ApiV3Key",
            pointer="/data/0/encrypt_certificate/algorithm"),
        bad("answer-no-serial", "Without the serial.", answer({key: value for key, value in first.items() if key != "serial_no"}), "parse.missing",
            pointer="/data/0/serial_no"),
        bad("answer-no-resource", "Without the certificate.", answer({"serial_no": "1", "effective_time": "t", "expire_time": "t"}), "parse.missing",
            pointer="/data/0/encrypt_certificate"),
        bad("answer-entry-text", "An entry that is a text.", answer("x"), "parse.type", pointer="/data/0"),
        bad("answer-not-json", "HTML with status 200.", "<html></html>", "parse.json", "NotJson"),
    ]


def documents():
    about = "The platform certificates, as a request and as an answer; each certificate comes encrypted under the APIv3 key."
    return {"calls/certificates.json": document(about, "WeChat Pay APIv3: GET /v3/certificates", MORE_FLAGS, _sent() + _refused() + _told())}
