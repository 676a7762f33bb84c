"""The committed test keys, and the RSA operations the vectors need. Randomised paddings are written out with fixed seeds, so that bytes repeat."""
import hashlib
import subprocess
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

KEYS = Path(__file__).resolve().parents[2] / "keys"
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001002026112200000000001"
MERCHANTS = {"direct": "1900000001", "partner": "1900000100"}
_loaded = {}


def private(stem):
    if stem not in _loaded:
        _loaded[stem] = serialization.load_pem_private_key((KEYS / f"{stem}.key.pem").read_bytes(), None)
    return _loaded[stem]


def certificate(stem):
    return x509.load_pem_x509_certificate((KEYS / f"{stem}.cert.pem").read_bytes())


def serial(stem):
    """What names the key in headers: the public key's id, or the certificate's serial in upper-case hex."""
    return PUBLIC_KEY_ID if stem == "wechatpay" else f"{certificate(stem).serial_number:040X}"


def sign(stem, message):
    return private(stem).sign(message, padding.PKCS1v15(), hashes.SHA256())


def public_pem(stem):
    return private(stem).public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _mask(seed, length, digest):
    """MGF1 of RFC 8017."""
    return b"".join(digest(seed + n.to_bytes(4, "big")).digest() for n in range(length // digest().digest_size + 1))[:length]


def _xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _raw(stem, block):
    numbers = private(stem).public_key().public_numbers()
    return pow(int.from_bytes(block, "big"), numbers.e, numbers.n).to_bytes(256, "big")


def seal(stem, plaintext, seed_word, digest=hashlib.sha1):
    """RSAES-OAEP (RFC 8017 7.1.1) with an empty label and a seed that follows from `seed_word`: textbook steps, for test vectors only."""
    size = digest().digest_size
    seed = hashlib.sha256(b"oaep seed " + seed_word.encode()).digest()[:size]
    block = digest(b"").digest() + bytes(256 - 2 * size - 2 - len(plaintext)) + b"\x01" + plaintext
    masked = _xor(block, _mask(seed, len(block), digest))
    sealed = _raw(stem, b"\0" + _xor(seed, _mask(masked, size, digest)) + masked)
    algorithm = hashes.SHA1() if digest is hashlib.sha1 else hashes.SHA256()
    oaep = padding.OAEP(padding.MGF1(algorithm), algorithm, None)
    assert private(stem).decrypt(sealed, oaep) == plaintext, "the library must open what was sealed"
    return sealed


def seal_pkcs1(stem, plaintext):
    """RSAES-PKCS1-v1_5 with a fixed padding string: what an OAEP reader must refuse."""
    fill = bytes(1 + n % 255 for n in range(256 - 3 - len(plaintext)))
    sealed = _raw(stem, b"\0\x02" + fill + b"\0" + plaintext)
    assert private(stem).decrypt(sealed, padding.PKCS1v15()) == plaintext
    return sealed


def openssl_verifies(stem, message, signature):
    """The same check by the openssl command line."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "key.pem").write_bytes(public_pem(stem))
        (place / "message").write_bytes(message)
        (place / "signature").write_bytes(signature)
        command = ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "message"]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def openssl_opens(stem, sealed):
    """OAEP (SHA-1, MGF1-SHA-1) by the openssl command line: the plaintext, or None."""
    options = ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha1"]
    command = ["openssl", "pkeyutl", "-decrypt", "-inkey", str(KEYS / f"{stem}.key.pem"), *options]
    done = subprocess.run(command, input=sealed, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
