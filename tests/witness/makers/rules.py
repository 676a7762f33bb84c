"""The published rules in plain Python: what is signed, how a target is written, how a moment becomes text, how a form is laid out."""
import base64
import hashlib
import json

ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
SCHEME = "WECHATPAY2-SHA256-RSA2048"
SAFE_INTEGER = 2**53 - 1


def b64(data):
    return base64.b64encode(data).decode()


def sha256_hex(data):
    return hashlib.sha256(data).hexdigest()


def sm3_hex(data):
    return hashlib.new("sm3", data).hexdigest()


def compact(value):
    """JSON without spaces, non-ASCII as it is, only the escapes JSON demands; fields in the order given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode(text):
    """Every byte outside RFC 3986 unreserved as upper-case %XX."""
    return "".join(chr(b) if b in UNRESERVED else f"%{b:02X}" for b in text.encode())


def query_string(pairs):
    return "&".join(f"{encode(k)}={encode(v)}" for k, v in pairs)


def target(template, path=None, query=()):
    for name, value in (path or {}).items():
        template = template.replace("{" + name + "}", encode(value))
    return template + ("?" + query_string(query) if query else "")


def request_message(method, url_target, timestamp, nonce, body=b""):
    """Five lines, each ended by LF, the last one too."""
    return f"{method}\n{url_target}\n{timestamp}\n{nonce}\n".encode() + body + b"\n"


def response_message(timestamp, nonce, body=b""):
    return f"{timestamp}\n{nonce}\n".encode() + body + b"\n"


def authorization(mchid, nonce, signature, timestamp, serial):
    return f'{SCHEME} mchid="{mchid}",nonce_str="{nonce}",signature="{signature}",timestamp="{timestamp}",serial_no="{serial}"'


def derived(entropy, label, length=32):
    """Text that follows from 32 bytes of entropy: bytes of a SHA-256 stream below 248, each modulo 62 into the alphabet."""
    out, counter = bytearray(), 0
    while len(out) < length:
        block = hashlib.sha256(b"fapiao " + label.encode() + b"\0" + entropy + counter.to_bytes(4, "big")).digest()
        out += bytes(ALPHABET[b % 62] for b in block if b < 248)
        counter += 1
    return out[:length].decode()


def boundary(entropy, *parts):
    """The first of "boundary 0", "boundary 1", … whose delimiter is in none of the parts."""
    number = 0
    while True:
        text = derived(entropy, f"boundary {number}")
        if not any(b"--" + text.encode() in part for part in parts):
            return text
        number += 1


def form_name(text):
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def form(entropy, part, filename, content_type, file, meta=None):
    """A multipart/form-data body: (boundary, body bytes). With `meta` it is the pay upload, the meta part first."""
    mark = boundary(entropy, *([meta] if meta is not None else []), file)
    head = b""
    if meta is not None:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n'.encode() + meta + b"\r\n"
    disposition = f'Content-Disposition: form-data; name="{part}"; filename="{form_name(filename)}"'
    body = head + f"--{mark}\r\n{disposition}\r\nContent-Type: {content_type}\r\n\r\n".encode() + file + f"\r\n--{mark}--\r\n".encode()
    return mark, body


def survive(text):
    """Parsed JSON as an answer is given: integers beyond 2^53-1 as strings of their digits."""
    return json.loads(text, parse_int=lambda digits: int(digits) if abs(int(digits)) <= SAFE_INTEGER else digits)
