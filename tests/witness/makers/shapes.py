"""schema.json: the envelope of all files, and the input and stages of each file by its name. A name that ends in "?" may be absent."""
TEXT = {"type": "string"}
WORD = {"type": "string", "minLength": 1}
COUNT = {"type": "integer"}
HEX32 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
PAIRS = {"type": "array", "items": {"type": "array", "prefixItems": [TEXT, TEXT], "items": False, "minItems": 2}}
RING = {"type": "array", "items": {"enum": ["wechatpay", "platform-1", "platform-2"]}}
SIGNER = {"enum": ["partner", "direct"]}
ANY_KEY = {"enum": ["partner", "direct", "wechatpay", "platform-1", "platform-2", "stranger"]}
TEXTS = {"type": "object", "additionalProperties": TEXT}
OBJECT = {"type": "object"}


def shape(**fields):
    """A closed object of these fields; the Python name `x_` stands for "x?"."""
    names = {name.removesuffix("_"): kind for name, kind in fields.items()}
    return {"type": "object", "required": [n for n in fields if not n.endswith("_")], "additionalProperties": False, "properties": names}


def either(*kinds):
    return {"anyOf": list(kinds)}


def cases(given, stages, when_invalid=None):
    """The definition of one file: `given` for every case, `stages` for the valid ones, `when_invalid` (usually nothing) for the others."""
    valid = {"if": {"properties": {"result": {"const": "valid"}}}, "then": {"properties": {"stages": stages}},
             "else": {"properties": {"stages": when_invalid or shape()}}}
    return {"properties": {"cases": {"items": {"properties": {"input": given}} | valid}}}


def caller():
    merchant = {"mchid": WORD, "serial_no": WORD, "key": SIGNER, "ring": RING, "pinned_": {"enum": RING["items"]["enum"]},
                "api_v3_key_": {"type": "array", "items": WORD}}
    return either(
        shape(kind={"enum": ["direct", "partner"]}, **merchant), shape(kind={"const": "sub_merchant"}, **merchant, sub_mchid=WORD),
        shape(kind={"const": "account"}, appid_=WORD, secret_=WORD, access_token_=WORD),
        shape(kind={"const": "component"}, appid=WORD, secret=WORD, verify_ticket_=WORD, access_token_=WORD))


def calls():
    attachment = shape(filename=TEXT, content_type=WORD, file_base64=TEXT)
    request = shape(caller=caller(), now=COUNT, entropy=HEX32, request=OBJECT, attachment_=attachment)
    answer = shape(status=COUNT, headers_=PAIRS, body_=TEXT, body_base64_=TEXT, caller=caller(), open_={
        "type": "array", "items": shape(ciphertext=WORD, plaintext=TEXT)})
    sent = shape(method={"enum": ["GET", "PATCH", "POST"]}, url=WORD, url_target=WORD, headers=TEXTS, headers_absent={"type": "array", "items": WORD},
                 body_=TEXT, body_base64_=TEXT, body_template_=TEXT, sealed_=TEXTS, sealed_under_=ANY_KEY, boundary_=WORD, signed_body_=TEXT,
                 message_=TEXT, signature_=WORD, authorization_=WORD)
    read = shape(answer=OBJECT, file_base64_=TEXT, sm3_=HEX32)
    kinds = [cases(request, sent), cases(answer, read)]
    items = [{"if": {"properties": {"kind": {"const": name}}}, "then": kind["properties"]["cases"]["items"]}
             for name, kind in zip(["request", "answer"], kinds, strict=True)]
    return {"properties": {"cases": {"items": {"required": ["kind"], "allOf": items}}}}


def files():
    response = {"status": COUNT, "headers": PAIRS, "body_": TEXT, "body_base64_": TEXT}
    return {
        "signing": cases(shape(key=SIGNER, method=WORD, target=WORD, timestamp=COUNT, nonce=WORD, body_=TEXT, body_base64_=TEXT),
                         shape(message_=TEXT, message_base64_=TEXT, signature=WORD)),
        "authorization": cases(shape(mchid=WORD, serial_no=WORD, timestamp=COUNT, nonce=WORD, signature=WORD), shape(authorization=WORD)),
        "moment": cases(shape(entropy=HEX32, label=WORD), shape(text={"type": "string", "pattern": "^[0-9A-Za-z]{32}$"})),
        "target": cases(shape(template=WORD, path=TEXTS, query=PAIRS), shape(target={"type": "string", "pattern": "^[A-Za-z0-9._~%/?&=-]+$"})),
        "response_verification": cases(shape(**response, now=COUNT, ring=RING, merchant=WORD, call_=WORD), shape(message=TEXT, key=ANY_KEY)),
        "callbacks": cases(shape(headers=PAIRS, body_=TEXT, body_base64_=TEXT, now=COUNT, receivers={"type": "array", "items": shape(
            merchant=SIGNER, mchid=WORD, ring=RING, api_v3_keys={"type": "array", "items": WORD})}),
                           shape(reception={"const": "event"}, status=COUNT, event=OBJECT), shape(reception=WORD, status=COUNT)),
        "pushes": cases(shape(query=TEXT, body_=TEXT, body_base64_=TEXT, receiver=shape(appid=WORD, token=WORD,
                                                                                        encoding_aes_key_={"type": "array", "items": WORD})),
                        shape(reception=WORD, status=COUNT, body=TEXT, event_type_=WORD, key_=WORD, event_=OBJECT), shape(reception=WORD, status=COUNT)),
        "sealed": cases(either(shape(op={"const": "open"}, key=ANY_KEY, ciphertext_base64=TEXT), shape(op={"const": "seal"}, key=ANY_KEY, plaintext=TEXT)),
                        shape(plaintext=TEXT, length_={"const": 256})),
        "aead": cases(shape(key=TEXT, nonce=TEXT, associated_data=TEXT, ciphertext_base64=TEXT), shape(plaintext=TEXT)),
        "keys": cases(shape(want={"enum": ["private_key", "public_key", "certificate", "apiv3_key"]}, text_=TEXT, bytes_base64_=TEXT),
                      shape(form={"enum": ["pkcs8", "pkcs1", "spki", "x509", "raw"]}, spki_sha256_=HEX32, serial_=WORD)),
        "multipart": cases(shape(meta_=TEXT, part={"enum": ["file", "pdf"]}, filename=TEXT, content_type=WORD, file_base64=TEXT, entropy=HEX32),
                           shape(boundary=WORD, content_type=WORD, body_base64=TEXT, body_sha256=HEX32, signed_body_=TEXT)),
        "download": cases(shape(download_url=TEXT, extra=PAIRS, allowed_suffixes={"type": "array", "items": WORD}, response_=shape(
            status=COUNT, headers=PAIRS, body_base64=TEXT)), shape(url=WORD, sm3_=HEX32)),
        "errors": cases(shape(system={"enum": ["pay", "account"]}, status=COUNT, headers=PAIRS, body=TEXT), shape(), shape(
            remote_code_=WORD, message_=TEXT, field_=TEXT, request_id_=WORD, request_id_tail_=COUNT)),
        "call": calls(),
    }


def schema():
    case = shape(id={"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, comment=WORD, kind_={"enum": ["request", "answer"]}, source_=WORD,
                 input=OBJECT, stages=OBJECT, result={"enum": ["valid", "invalid"]}, code_={"type": "string", "pattern": "^[a-z0-9]+\\.[a-z0-9_]+$"},
                 field_=TEXT, flags={"type": "array", "items": WORD, "uniqueItems": True})
    case |= {"if": {"properties": {"result": {"const": "invalid"}}}, "then": {"required": ["code"]},
             "else": {"not": {"anyOf": [{"required": ["code"]}, {"required": ["field"]}]}}}
    flags = {"type": "object", "propertyNames": {"pattern": "^[A-Z][A-Za-z0-9]*$"}, "additionalProperties": WORD}
    envelope = shape(about=WORD, source=WORD, flags=flags, cases={"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/case"}})
    title = "Test vectors: the envelope of every file; $defs holds input and stages of each file by its name (all of calls/ under `call`)"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title} | envelope | {"$defs": {"case": case} | files()}
