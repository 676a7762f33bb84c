"""One word, one meaning, in every language: options, fields of errors and outcomes, codes and calls, case apart."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from typing import Any

import fapiao
from support import ROOT

FACADE = "bindings-wasm/facade"
# What only JavaScript has: its runtimes bring `fetch` and signals, where Python has a session and its own interruptions.
ONLY_JAVASCRIPT = {"fetch", "signal", "wait"}
# Words of earlier drafts that said something else in each language, or nothing.
OLD = {
    *("door", "wire_call", "wire_answer", "course", "given", "settled", "sealer", "sealed", "taken_by_query", "doubt"),
    *("progress", "ending", "conclusion", "journey", "onward", "lent", "ended", "mistake", "fate", "came", "unfit"),
    *("observe", "content_type", "now", "private", "never_when"),
}


def snake(name: str) -> str:
    """`helpZh` as `help_zh`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def members(file: str, head: str) -> set[str]:
    """The members of an interface or class of the facade, its methods left out."""
    text = (ROOT / FACADE / file).read_text()
    found = re.search(rf"^export (?:interface|class) {head}\b[^{{]*{{\n(.*?)^}}", text, re.S | re.M)
    assert found, f"{file} has no {head}"
    names = re.findall(r"^  (?:readonly |declare readonly )?(\w+)\??: ", found[1], re.M)
    names += re.findall(r"^  (\w+): .* = null;", found[1], re.M)
    return {snake(name) for name in names}


def fields(file: str, name: str) -> set[str]:
    """The public fields of a struct of core."""
    found = re.search(rf"pub struct {name}\b.*?{{\n(.*?)^}}", (ROOT / "core/src" / file).read_text(), re.S | re.M)
    assert found, f"{file} has no {name}"
    return set(re.findall(r"^    pub (?:r#)?(\w+):", found[1], re.M))


def options(function: Callable[..., Any]) -> set[str]:
    """What can be given by name."""
    given = inspect.signature(function).parameters.values()
    return {parameter.name for parameter in given if parameter.kind is parameter.KEYWORD_ONLY}


def test_callers_take_the_same_options() -> None:
    common = members("caller.ts", "MomentOptions") | members("caller.ts", "HostOptions")
    merchant = members("caller.ts", "MerchantOptions") | members("keys.ts", "KeyOptions") | common
    assert options(fapiao.Direct) == options(fapiao.Partner) == merchant
    assert options(fapiao.Account) == members("caller.ts", "AccountOptions") | common
    assert options(fapiao.Component) == members("caller.ts", "ComponentOptions") | common
    assert options(fapiao.pushes.PushReceiver) == members("push.ts", "PushOptions")


def test_core_knows_every_option_that_is_data() -> None:
    (names,) = re.findall(r"const NAMES: \[&str; \d+\] = \[(.*?)\];", (ROOT / "core/src/ffi/config.rs").read_text(), re.S)
    known = set(re.findall(r'"(\w+)"', names)) - {"kind", "keys_elsewhere"}
    functions = {"private_key", "signer", "decrypter", "verifier", "encrypter", "clock", "entropy"}
    assert (options(fapiao.Direct) | options(fapiao.Account) | options(fapiao.Component)) - functions == known


def test_calls_are_sent_with_the_same_options() -> None:
    python = options(fapiao.Client) | options(fapiao.Client.send)
    assert python == options(fapiao.AsyncClient) | options(fapiao.AsyncClient.send)
    javascript = members("options.ts", "SendOptions") | members("options.ts", "SignOptions")
    assert python == javascript - ONLY_JAVASCRIPT
    assert options(fapiao.Call.sign) == members("options.ts", "SignOptions")


def test_errors_and_decisions_have_the_same_fields() -> None:
    # An Error of JavaScript has its message from the language.
    assert set(fapiao.FapiaoError.__annotations__) - {"message"} == members("errors.ts", "FapiaoError")
    assert set(fapiao.Decision._fields) == members("errors.ts", "Decision") == fields("flow/decision.rs", "Decision")
    assert members("errors.ts", "Attempt") == fields("flow/attempt.rs", "Attempt")


def test_codes_and_calls_are_the_same() -> None:
    codes = {entry["code"] for entry in json.loads((ROOT / "core/schema/errors.json").read_bytes())["codes"]}
    assert set(re.findall(r'^  \["([\w.]+)",', (ROOT / FACADE / "codes.ts").read_text(), re.M)) == codes
    calls = json.loads((ROOT / "core/schema/calls.json").read_bytes())["x-calls"]
    classes = {"direct": "Direct", "partner": "Partner", "sub_merchant": "SubMerchant"}
    classes |= {"account": "Account", "component": "Component"}
    text = (ROOT / FACADE / "callers.ts").read_text()
    for caller, name in classes.items():
        own = {call for call, entry in calls.items() if caller in entry["callers"]}
        made = {call for call in calls if hasattr(getattr(fapiao, name), call)}
        (body,) = re.findall(rf"^export class {name} extends Caller {{\n(.*?)^}}", text, re.S | re.M)
        made_of = {"sub_merchant", "with_access_token", "account"}
        methods = {snake(method) for method in re.findall(r"^  (\w+)\(", body, re.M)} - made_of
        assert own == made == methods, name


def test_no_public_name_is_an_old_word() -> None:
    javascript = re.findall(r"\b(?:type )?(\w+),?", (ROOT / FACADE / "index.ts").read_text())
    files = ("caller.ts", "MerchantOptions"), ("options.ts", "SendOptions"), ("errors.ts", "FapiaoError")
    found = {snake(name) for name in [*fapiao.__all__, *javascript]}
    for file, head in files:
        found |= members(file, head)
    assert not found & OLD
