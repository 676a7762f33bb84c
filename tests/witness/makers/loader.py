"""keys.json: every way in which keys are handed over, and every wrong thing that is handed over instead."""
import datetime
import re

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from . import keyset
from .envelope import document, invalid, valid
from .rules import b64, sha256_hex

FLAGS = {
    "Form": "each standard form of a key is read, PEM and DER",
    "Armour": "line ends, byte order mark, white space, missing armour and literal \\n do not matter",
    "Serial": "a certificate's serial is its whole bytes in upper-case hex",
    "Kind": "a thing of another kind is named as that, not as broken",
    "Broken": "what is no key at all is an error of its own",
    "Length": "an APIv3 key has 32 bytes, and is never trimmed in silence",
}
DER, PEM = serialization.Encoding.DER, serialization.Encoding.PEM
PKCS8, PKCS1 = serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL
SPKI, PKCS1_PUBLIC = serialization.PublicFormat.SubjectPublicKeyInfo, serialization.PublicFormat.PKCS1
PLAIN = serialization.NoEncryption()


def _private(encoding, form):
    return keyset.private("partner").private_bytes(encoding, form, PLAIN)


def _public(encoding, form):
    return keyset.private("wechatpay").public_key().public_bytes(encoding, form)


def _bytes(want, data):
    return {"want": want, "bytes_base64": b64(data)}


def _text(want, text):
    return {"want": want, "text": text if isinstance(text, str) else text.decode()}


def _stages(form, stem, **more):
    return {"form": form, "spki_sha256": sha256_hex(keyset.private(stem).public_key().public_bytes(DER, SPKI))} | more


def _short_serial():
    """A self-signed certificate whose serial has four bytes and starts with a small one."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TEST ONLY short serial")])
    start = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(keyset.private("platform-1").public_key())
    builder = builder.serial_number(0x0A1B2C3D).not_valid_before(start).not_valid_after(start.replace(year=2035))
    return builder.sign(keyset.private("platform-1"), hashes.SHA256())


def _forms():
    certificate = keyset.certificate("platform-1")
    serial = keyset.serial("platform-1")
    merchant = keyset.certificate("partner")
    short = _short_serial()
    p8, p1 = _stages("pkcs8", "partner"), _stages("pkcs1", "partner")
    return [
        valid("private-pkcs8-pem", "A private key as the merchant platform gives it.", _text("private_key", _private(PEM, PKCS8)), p8, "Form"),
        valid("private-pkcs8-der", "The same as DER.", _bytes("private_key", _private(DER, PKCS8)), p8, "Form"),
        valid("private-pkcs1-pem", "The older form.", _text("private_key", _private(PEM, PKCS1)), p1, "Form"),
        valid("private-pkcs1-der", "The older form as DER.", _bytes("private_key", _private(DER, PKCS1)), p1, "Form"),
        valid("public-spki-pem", "A public key as the merchant platform gives it.", _text("public_key", _public(PEM, SPKI)),
              _stages("spki", "wechatpay"), "Form"),
        valid("public-spki-der", "The same as DER.", _bytes("public_key", _public(DER, SPKI)), _stages("spki", "wechatpay"), "Form"),
        valid("public-pkcs1-pem", "A bare RSA public key.", _text("public_key", _public(PEM, PKCS1_PUBLIC)), _stages("pkcs1", "wechatpay"), "Form"),
        valid("public-pkcs1-der", "A bare RSA public key as DER.", _bytes("public_key", _public(DER, PKCS1_PUBLIC)), _stages("pkcs1", "wechatpay"), "Form"),
        valid("certificate-pem", "A platform certificate.", _text("certificate", certificate.public_bytes(PEM)),
              _stages("x509", "platform-1", serial=serial), "Form", "Serial"),
        valid("certificate-der", "The same as DER.", _bytes("certificate", certificate.public_bytes(DER)),
              _stages("x509", "platform-1", serial=serial), "Form", "Serial"),
        valid("certificate-merchant", "A merchant certificate.", _text("certificate", merchant.public_bytes(PEM)),
              _stages("x509", "partner", serial=keyset.serial("partner")), "Form", "Serial"),
        valid("certificate-short-serial", "A serial of four bytes.", _text("certificate", short.public_bytes(PEM)),
              _stages("x509", "platform-1", serial="0A1B2C3D"), "Serial"),
        valid("apiv3-key", "An APIv3 key.", _text("apiv3_key", "0123456789abcdefghijklmnopqrstuv"), {"form": "raw"}, "Length"),
        valid("apiv3-key-bytes", "The same as bytes.", _bytes("apiv3_key", b"0123456789abcdefghijklmnopqrstuv"), {"form": "raw"}, "Length"),
    ]


def _one_line(pem):
    """The armour on lines of its own, the Base64 between on a single one."""
    head, *lines, tail = pem.strip().split("\n")
    return "\n".join([head, "".join(lines), tail, ""])


def _armours():
    things = {
        "private": ("private_key", _private(PEM, PKCS8).decode(), _stages("pkcs8", "partner")),
        "public": ("public_key", _public(PEM, SPKI).decode(), _stages("spki", "wechatpay")),
        "certificate": ("certificate", keyset.certificate("platform-1").public_bytes(PEM).decode(),
                        _stages("x509", "platform-1", serial=keyset.serial("platform-1"))),
    }
    changes = {
        "crlf": ("CRLF line ends.", lambda pem: pem.replace("\n", "\r\n")),
        "bom": ("A byte order mark before it.", lambda pem: "\ufeff" + pem),
        "literal-lf": ("A backslash and an n instead of line ends, as from an environment variable.", lambda pem: pem.replace("\n", "\\n")),
        "one-line": ("Base64 alone on one line.", lambda pem: re.sub(r"-----.*?-----|\n", "", pem)),
        "no-armour": ("Base64 alone on many lines.", lambda pem: re.sub(r"-----.*?-----\n", "", pem)),
        "long-line": ("All the Base64 on one line between the armour.", _one_line),
        "spaces": ("White space before and after.", lambda pem: " \n\t" + pem + " \n\n"),
        "no-last-lf": ("No LF at the end.", lambda pem: pem.rstrip("\n")),
    }
    cases = []
    for name, (want, pem, stages) in things.items():
        for word, (comment, change) in changes.items():
            cases.append(valid(f"{name}-{word}", comment, _text(want, change(pem)), stages, "Armour"))
    older = _text("private_key", _private(PEM, PKCS1).decode().replace("\n", "\r\n"))
    return [*cases, valid("private-pkcs1-crlf", "The older form with CRLF line ends.", older, _stages("pkcs1", "partner"), "Armour")]


def _wrong_kinds():
    curve = ec.derive_private_key(0x5157F09EFDC096DE15EBE81A47057A72, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "1900000100")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(keyset.private("partner"), hashes.SHA256())
    certificate = keyset.certificate("partner")
    encrypted = (keyset.FIXTURES / "encrypted.key.pem").read_bytes()
    rows = [
        ("certificate-as-private", "A certificate.", _text("private_key", certificate.public_bytes(PEM))),
        ("certificate-as-private-der", "A certificate as DER.", _bytes("private_key", certificate.public_bytes(DER))),
        ("public-as-private", "A public key.", _text("private_key", _public(PEM, SPKI))),
        ("public-as-private-der", "A public key as DER.", _bytes("private_key", _public(DER, SPKI))),
        ("private-as-public", "A private key.", _text("public_key", _private(PEM, PKCS8))),
        ("private-as-public-der", "A private key as DER.", _bytes("public_key", _private(DER, PKCS8))),
        ("private-as-public-pkcs1", "A private key in the older form.", _text("public_key", _private(PEM, PKCS1))),
        ("private-as-certificate", "A private key.", _text("certificate", _private(PEM, PKCS8))),
        ("public-as-certificate", "A public key.", _text("certificate", _public(PEM, SPKI))),
        ("request-as-private", "A certificate request.", _text("private_key", request.public_bytes(PEM))),
        ("request-as-certificate", "A certificate request.", _text("certificate", request.public_bytes(PEM))),
        ("curve-private", "A key on an elliptic curve.", _text("private_key", curve.private_bytes(PEM, PKCS8, PLAIN))),
        ("curve-private-der", "The same as DER.", _bytes("private_key", curve.private_bytes(DER, PKCS8, PLAIN))),
        ("curve-private-sec1", "The same in the form of its own.", _text("private_key", curve.private_bytes(PEM, PKCS1, PLAIN))),
        ("curve-public", "A public key on an elliptic curve.", _text("public_key", curve.public_key().public_bytes(PEM, SPKI))),
        ("encrypted-private", "A private key under a password.", _text("private_key", encrypted)),
        ("pkcs12-as-private", "The merchant platform's apiclient_cert.p12.", _bytes("private_key", (keyset.FIXTURES / "partner.p12").read_bytes())),
    ]
    return [invalid(ident, comment, given, "key.kind", "Kind") for ident, comment, given in rows]


def _broken():
    pem, der = _private(PEM, PKCS8).decode(), _private(DER, PKCS8)
    public, certificate = _public(PEM, SPKI).decode(), keyset.certificate("platform-1").public_bytes(DER)
    rows = [
        ("empty", "Nothing.", _text("private_key", "")),
        ("empty-bytes", "No bytes.", _bytes("private_key", b"")),
        ("white-space", "White space alone.", _text("public_key", " \r\n\t ")),
        ("words", "Words.", _text("private_key", "this is not a key")),
        ("path", "A file's name instead of its content.", _text("private_key", "/etc/keys/apiclient_key.pem")),
        ("truncated-pem", "Half a PEM.", _text("private_key", pem[: len(pem) // 2])),
        ("truncated-der", "Half a DER.", _bytes("private_key", der[: len(der) // 2])),
        ("truncated-public", "Half a public key.", _text("public_key", public[: len(public) // 2])),
        ("truncated-certificate", "Half a certificate.", _bytes("certificate", certificate[: len(certificate) // 2])),
        ("armour-alone", "Armour around nothing.", _text("private_key", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")),
        ("base64-of-words", "Armour around words.", _text("private_key", "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n")),
        ("bad-characters", "A character outside Base64.", _text("private_key", pem.replace("\nMII", "\n*II", 1))),
    ]
    return [invalid(ident, comment, given, "key.format", "Broken") for ident, comment, given in rows]


def _lengths():
    key = "0123456789abcdefghijklmnopqrstuv"
    texts = {"lf": key + "\n", "space": " " + key, "31": key[:31], "40": key + "01234567", "empty": "", "chinese": "中" * 32, "hex": key.encode().hex()}
    return [invalid(f"apiv3-key-{name}", f"An APIv3 key of {len(text.encode())} bytes: {name}.", _text("apiv3_key", text), "key.length", "Length")
            for name, text in texts.items()]


def documents():
    about = "What a key loader is given, as text or bytes, and what it should see; spki_sha256 is over the DER of the SubjectPublicKeyInfo."
    return {"keys.json": document(about, "WeChat Pay APIv3: keys; RFC 5208, 5280, 5958, 7468, 8017", FLAGS,
                                  _forms() + _armours() + _wrong_kinds() + _broken() + _lengths())}
