"""calls/issue_real_estate_leasing.json, issue_refined_oil.json and issue_passenger_transport.json: the digital invoices of special trades."""
from ..envelope import document
from .common import DROP, FLAGS, accepted, account, changed, merchant, refusals, refused, sent
from .issues import reversed_deep
from .issues_general import BASE, ITEM_0, SMALL, contradictions, digital, lines

LEASE = {"province": "广东省", "city": "深圳市", "address": "南山区深南大道10000号", "lease_period_start": "2026-01-01T00:00:00+08:00",
         "lease_period_end": "2026-12-31T23:59:59+08:00", "cross_city_flag": False, "certificate_no": "粤(2020)深圳市不动产权第0000001号",
         "plate_no": ["粤B12345", "粤B67890"]}
SALE_OF_OIL = {"station": "南山加油站", "trade_time": "2026-11-22T08:00:00+08:00", "gun_number": "3"}
JOURNEY = {"name": "张三", "certificate_type": "IDENTITY_CARD", "certificate_number": "110101199003070000", "departure_date": "2026-11-22T08:00:00+08:00",
           "departure_place": "深圳", "destination": "珠海", "transportation_type": "SHIP", "transportation_classes": "SHIP_FIRST_CLASS_CABIN"}
LEASING = digital("issue_real_estate_leasing", "real-estate-leasing", real_estate_leasing_information=dict.fromkeys(LEASE))
OIL = digital("issue_refined_oil", "issue-refined-oil", refined_oil_information=dict.fromkeys(SALE_OF_OIL))
TRANSPORT = digital("issue_passenger_transport", "issue-passenger-transport", passenger_information=dict.fromkeys(JOURNEY))


def _with(name, own, base=BASE):
    return changed(base, f"{ITEM_0}/{name}", own)


def _missing(at, names):
    return [(f"no-{name.replace('_', '-')}", f"Without {name}.", f"{at}/{name}", DROP, "input.missing") for name in names]


def _trade(call, name, own, rows, valid, others, about):
    """The document of one trade: what its line adds, besides what the four calls have in common."""
    base = _with(name, own)
    plain = {key: value for key, value in own.items() if key not in ("certificate_no", "certificate_number")}
    at = f"{ITEM_0}/{name}"
    cases = [
        sent(call, "all-fields", "Every field, on a sub-merchant's behalf.", base, *(["Sealed", "Serial"] if plain != own else ["Body", "SubMerchant"])),
        sent(call, "smallest", "Only what is required.", SMALL, "Body", "SubMerchant"),
        sent(call, "shuffled", "Fields given in another order travel in the order of the table.", reversed_deep(base), "Body"),
        sent(call, "eight-lines", "Eight lines, the most there may be.", lines(8), "Limit"),
        *valid(call, at),
    ]
    unknown = [(f"unknown-{other.replace('_', '-')}", f"{other} belongs to another trade.", f"{ITEM_0}/{other}", {}, "input.unknown") for other in others]
    rows = [*rows(at), *unknown, ("own-text", "The trade's own object as text.", at, "x", "input.type"), ("own-null", "The same as null.", at, None, "input.type"),
            ("own-stranger", "A field that object does not have.", at + "/more", "x", "input.unknown"),
            ("nine-lines", "Nine lines.", "/fapiao_information/items", [SMALL["fapiao_information"]["items"][0]] * 9, "input.length")]
    refusal = [*refusals(base, rows), *contradictions(base),
               refused("direct-caller", "A direct merchant has no such call.", base, "input.call", caller=merchant("direct")),
               refused("account-caller", "An account has no such call.", base, "input.call", caller=account())]
    source = f"WeChat Pay APIv3 fapiao: {call.template.rsplit('/', 1)[1]}; APIv3 protocol rules, sensitive fields"
    return {f"calls/{call.name}.json": document(about, source, FLAGS, [*cases, *refusal, accepted()])}


def _leases(call, at):
    required = {name: LEASE[name] for name in ("province", "address", "lease_period_start", "lease_period_end", "cross_city_flag")}
    return [
        sent(call, "smallest-lease", "A lease with what is required of it.", _with("real_estate_leasing_information", required, SMALL), "Body"),
        sent(call, "no-plates", "An empty list of plates.", _with("real_estate_leasing_information", required | {"plate_no": []}, SMALL), "Body"),
        sent(call, "free-unit", "A unit as a sample has it.", changed(SMALL, ITEM_0 + "/unit", "METER"), "Body"),
    ]


def _lease_rows(at):
    return [
        *_missing(at, ("province", "address", "lease_period_start", "lease_period_end", "cross_city_flag")),
        ("start-date", "A day without a time.", at + "/lease_period_start", "2026-01-01", "input.charset"),
        ("end-local", "A time without an offset.", at + "/lease_period_end", "2026-12-31T23:59:59", "input.charset"),
        ("flag-text", "A boolean as text.", at + "/cross_city_flag", "false", "input.type"),
        ("plate-text", "A plate instead of a list.", at + "/plate_no", "粤B12345", "input.type"),
        ("plate-number", "A plate that is a number.", at + "/plate_no/0", 12345, "input.type"),
        ("certificate-215", "A certificate's number too long to seal.", at + "/certificate_no", "x" * 215, "seal.length"),
    ]


def _sales(call, at):
    return [
        sent(call, "smallest-sale", "Oil in one line, by the litre as the documents spell it.",
             changed(_with("refined_oil_information", SALE_OF_OIL, SMALL), ITEM_0 + "/unit", "LETER"), "Body"),
        sent(call, "unknown-unit", "A unit nobody knows yet.", changed(SMALL, ITEM_0 + "/unit", "LITER"), "OpenEnum"),
    ]


def _sale_rows(at):
    return [
        *_missing(at, SALE_OF_OIL),
        ("time-blank", "A time with a blank in place of the T.", at + "/trade_time", "2026-11-22 08:00:00+08:00", "input.charset"),
        ("nozzle-number", "A text as a number.", at + "/gun_number", 3, "input.type"),
        ("unit-number", "A unit as a number.", ITEM_0 + "/unit", 1, "input.type"),
    ]


def _journeys(call, at):
    bus = {name: value for name, value in JOURNEY.items() if name != "transportation_classes"} | {"transportation_type": "LONG_DISTANCE_BUS"}
    longest = bus | {"name": "x" * 20, "departure_place": "x" * 80, "destination": "x" * 80}
    named = "passenger_information"
    return [
        sent(call, "bus", "By bus: no class.", _with(named, bus, SMALL), "Sealed"),
        sent(call, "longest", "The longest texts.", _with(named, longest, SMALL), "Limit", "Sealed"),
        sent(call, "unknown-transport", "A vehicle nobody knows yet.", _with(named, bus | {"transportation_type": "AIRSHIP"}, SMALL), "OpenEnum", "Sealed"),
        sent(call, "unknown-class", "A class of ships nobody knows yet.", _with(named, JOURNEY | {"transportation_classes": "DECK"}, SMALL), "OpenEnum",
             "Sealed"),
        sent(call, "empty-unit", "An empty unit, as a sample has it.", changed(SMALL, ITEM_0 + "/unit", ""), "Body"),
    ]


def _journey_rows(at):
    return [
        *_missing(at, JOURNEY),
        ("bus-class", "A cabin class of a bus.", at + "/transportation_type", "LONG_DISTANCE_BUS", "input.rule"),
        ("code-300", "A tax code of goods.", ITEM_0 + "/tax_code", "3000101020203000000", "input.rule"),
        ("name-21", "A name of 21 characters.", at + "/name", "x" * 21, "input.length"),
        ("place-81", "A place of 81 characters.", at + "/departure_place", "x" * 81, "input.length"),
        ("destination-81", "A destination of 81 characters.", at + "/destination", "x" * 81, "input.length"),
        ("number-empty", "An empty certificate number.", at + "/certificate_number", "", "input.length"),
        ("number-215", "A certificate number too long to seal.", at + "/certificate_number", "x" * 215, "seal.length"),
        ("departure-date", "A day without a time.", at + "/departure_date", "2026-11-22", "input.charset"),
    ]


def _transport():
    files = _trade(TRANSPORT, "passenger_information", JOURNEY, _journey_rows, _journeys, ("refined_oil_information", "real_estate_leasing_information"),
                   "Issuing an invoice for the transport of passengers (issue-passenger-transport); sealed fields have <sealed> in their place.")
    for case in files["calls/issue_passenger_transport.json"]["cases"]:
        # What is changed is the vehicle, what is wrong then is the class.
        if case["id"] == "bus-class":
            case["field"] = ITEM_0 + "/passenger_information/transportation_classes"
    return files


def documents():
    leasing = _trade(LEASING, "real_estate_leasing_information", LEASE, _lease_rows, _leases, ("refined_oil_information", "passenger_information"),
                     "Issuing an invoice for leased real estate (real-estate-leasing, without issue-); sealed fields have <sealed> in their place.")
    oil = _trade(OIL, "refined_oil_information", SALE_OF_OIL, _sale_rows, _sales, ("passenger_information", "real_estate_leasing_information"),
                 "Issuing an invoice for refined oil (issue-refined-oil).")
    return leasing | oil | _transport()
