"""WeChat electronic invoices (fapiao): signed requests, verified answers, with your own HTTP client.

    shop = fapiao.Partner(mchid=…, serial_no=…, private_key=pem, wechatpay_keys={"PUB_KEY_ID_…": pem}).sub_merchant("…")
    files = fapiao.Client(httpx.Client()).send(shop.fapiao_files(fapiao_apply_id="…"))

or, with every step in your own hands:

    call = shop.fapiao_files(fapiao_apply_id="…").sign()
    files = call.read(httpx.request(call.method, call.url, headers=call.headers, content=call.body))

There is nothing to close: callers and calls are values.
"""

from . import _interpreter, callbacks, pushes
from ._call import Call
from ._calls import Account, Component, Direct, Partner, SubMerchant
from ._convert import File
from ._core import __version__
from ._signed import SignedCall
from .client import AsyncClient, Client
from .errors import (
    AnswerError,
    CryptoError,
    Decision,
    DownloadError,
    FapiaoError,
    InputError,
    InputTypeError,
    KeyFileError,
    PushError,
    RemoteError,
    TransportError,
    VerificationError,
    decision_of,
)

__all__ = [
    "Account",
    "AnswerError",
    "AsyncClient",
    "Call",
    "Client",
    "Component",
    "CryptoError",
    "Decision",
    "Direct",
    "DownloadError",
    "FapiaoError",
    "File",
    "InputError",
    "InputTypeError",
    "KeyFileError",
    "Partner",
    "PushError",
    "RemoteError",
    "SignedCall",
    "SubMerchant",
    "TransportError",
    "VerificationError",
    "__version__",
    "callbacks",
    "decision_of",
    "pushes",
]
