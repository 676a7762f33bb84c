#!/usr/bin/env python3
"""Makes an archive out of the vectors, which check_traffic must pass, and spoils it in many ways, each of which it must refuse."""
import base64
import copy
import json
import sys
from pathlib import Path

import check_traffic

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def _headers(pairs):
    return [{"name": name, "value": value} for name, value in pairs]


def _request(stages):
    pairs = [*stages["headers"].items(), ("Authorization", stages["authorization"])]
    post = {"mimeType": stages["headers"].get("Content-Type", ""), "text": stages.get("body", "")}
    if "body_base64" in stages:
        post |= {"text": stages["body_base64"], "_encoding": "base64"}
    return {"method": stages["method"], "url": stages["url"], "headers": _headers(pairs), "postData": post}


def _load(name, result="valid"):
    return [case for case in json.loads((VECTORS / name).read_text())["cases"] if case["result"] == result]


def archive():
    """Every signed request of the calls, answered by the honest answers in turn, and one download."""
    answers = [case["input"] for case in _load("response_verification.json")]
    requests = [case["stages"] for path in sorted((VECTORS / "calls").glob("*.json")) for case in _load(f"calls/{path.name}")
                if "authorization" in case["stages"]]
    entries = []
    for number, stages in enumerate(requests):
        answer = answers[number % len(answers)]
        response = {"status": answer["status"], "headers": _headers(answer["headers"]), "content": {"text": answer["body"]}}
        entries.append({"request": _request(stages), "response": response})
    file = next(case for case in _load("calls/download_file.json") if case["id"] == "answer")["input"]
    entries.append({"request": {"method": "GET", "url": "https://pay.wechatpay.cn/f", "headers": []}, "response": {
        "status": 200, "headers": _headers(file["headers"]), "content": {"text": file["body_base64"], "encoding": "base64"}}})
    return {"log": {"entries": entries}}


def _value(side, name, change):
    for one in side["headers"]:
        if one["name"] == name:
            one["value"] = change(one["value"])


def spoilers(har):
    """(what is spoilt, the spoilt archive)."""
    post = next(n for n, e in enumerate(har["log"]["entries"]) if e["request"]["method"] == "POST" and "_encoding" not in e["request"]["postData"])
    upload = next(n for n, e in enumerate(har["log"]["entries"]) if "_encoding" in e["request"].get("postData", {}))
    stranger = {"1900000100": "1900000001", "1900000001": "1900000100"}

    def spoil(what, number, change):
        spoilt = copy.deepcopy(har)
        change(spoilt["log"]["entries"][number])
        return what, spoilt

    def file_byte(entry):
        body = base64.b64decode(entry["request"]["postData"]["text"]).replace(b"%PDF", b"%PDG")
        entry["request"]["postData"]["text"] = base64.b64encode(body).decode()

    return [
        spoil("method", 0, lambda e: e["request"].update(method="PUT")),
        spoil("target", 0, lambda e: e["request"].update(url=e["request"]["url"] + "&a=b")),
        spoil("body", post, lambda e: e["request"]["postData"].update(text=e["request"]["postData"]["text"] + " ")),
        spoil("timestamp", 0, lambda e: _value(e["request"], "Authorization", lambda v: v.replace('timestamp="1', 'timestamp="2'))),
        spoil("mchid", 0, lambda e: _value(e["request"], "Authorization", lambda v: v.replace('mchid="', 'mchid="9'))),
        spoil("scheme", 0, lambda e: _value(e["request"], "Authorization", lambda v: v.replace("RSA2048", "RSA1024"))),
        spoil("other merchant", 0, lambda e: _value(e["request"], "Authorization", lambda v: v.replace(*next(p for p in stranger.items() if p[0] in v)))),
        spoil("uploaded file", upload, file_byte),
        spoil("answer body", 0, lambda e: e["response"]["content"].update(text=e["response"]["content"]["text"] + " ")),
        spoil("answer nonce", 0, lambda e: _value(e["response"], "Wechatpay-Nonce", lambda v: v[::-1])),
        spoil("answer serial", 0, lambda e: _value(e["response"], "Wechatpay-Serial", lambda v: v + "0")),
        spoil("answer signature", 0, lambda e: _value(e["response"], "Wechatpay-Signature", lambda v: "!" + v[1:])),
        spoil("header twice", 0, lambda e: e["response"]["headers"].append({"name": "wechatpay-nonce", "value": "x"})),
        spoil("download", -1, lambda e: e["response"]["content"].update(text="AAAA")),
    ]


def main():
    openssl = "--openssl" in sys.argv[1:]
    har = archive()
    for probe in [case["input"] for case in _load("response_verification.json", "invalid") if case["code"] == "verify.probe"]:
        entry = {"request": {"method": "GET", "url": "https://a/", "headers": []}, "response": {
            "headers": _headers(probe["headers"]), "content": {"text": probe["body"]}}}
        probed = check_traffic.check({"log": {"entries": [entry]}}, openssl)
        assert probed[0]["probes refused"] == 1 and not probed[1], probed
    counts, failures = check_traffic.check(har, openssl)
    assert not failures, failures
    assert counts["requests verified"] == len(har["log"]["entries"]) - 1, counts
    assert counts["download digests verified"] == 1 and counts["upload digests verified"] > 1, counts
    for what, spoilt in spoilers(har):
        assert len(check_traffic.check(spoilt, openssl)[1]) == 1, f"{what}: passed although spoilt"
    print(f"{counts['requests verified']} requests and {counts['responses verified']} responses verified, {len(spoilers(har))} spoilt archives refused")


if __name__ == "__main__":
    main()
