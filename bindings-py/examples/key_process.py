"""A stand-in for a KMS: a process of its own, the only one that ever sees the private key.

usage: key_process.py KEY_FILE     one question in JSON a line on its input, one answer a line on its output
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
PKCS1 = padding.PKCS1v15()


def main(key_file: str) -> None:
    """Answers until the input ends."""
    key = serialization.load_pem_private_key(Path(key_file).read_bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    for line in sys.stdin:
        operation, *given = json.loads(line)
        try:
            answer = answered(key, operation, [base64.b64decode(text) for text in given])
        except Exception as error:
            answer = {"failed": type(error).__name__}
        print(json.dumps(answer), flush=True)


def answered(key: RSAPrivateKey, operation: str, given: list[bytes]) -> dict[str, object]:
    """Does one operation."""
    if operation == "sign":
        return octets(key.sign(given[0], PKCS1, hashes.SHA256()))
    if operation == "decrypt":
        return octets(key.decrypt(given[0], OAEP))
    public = serialization.load_der_public_key(given[0])
    assert isinstance(public, RSAPublicKey)
    if operation == "encrypt":
        return octets(public.encrypt(given[1], OAEP))
    try:
        public.verify(given[2], given[1], PKCS1, hashes.SHA256())
    except InvalidSignature:
        return {"valid": False}
    return {"valid": True}


def octets(value: bytes) -> dict[str, object]:
    """Bytes as an answer."""
    return {"bytes": base64.b64encode(value).decode()}


if __name__ == "__main__":
    main(*sys.argv[1:])
