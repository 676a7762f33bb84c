"""The main job in Python: a provider's, a merchant's and an account's invoice, from title link to PDF.

`walk` returns bytes and touches no file; what stands below it starts it and saves them.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import fapiao
import httpx

PARTNER_ORDER = "4200000444201910177461284488"
DIRECT_ORDER = "4200000444201910177461284489"
PHONE = "13800000000"
PATIENCE = 30.0


def walk(announced: dict[str, Any], client: fapiao.Client) -> dict[str, bytes]:
    """Walks all three, and returns the PDFs by name."""
    partner = by_partner(announced, client)
    direct = by_direct(announced, client)
    return {"partner.pdf": partner, "direct.pdf": direct, "account.pdf": by_account(announced, client, partner)}


def merchant(announced: dict[str, Any], kind: str) -> dict[str, Any]:
    """A merchant's configuration, as the sandbox announces it."""
    found = announced["pay"][kind]
    return {
        **{name: found[name] for name in ("mchid", "serial_no", "private_key", "certificate")},
        "wechatpay_keys": announced["wechatpay_keys"],
        "platform_certificates": announced["platform_certificates"].values(),
        **elsewhere(announced),
    }


def elsewhere(announced: dict[str, Any]) -> dict[str, Any]:
    """The sandbox's addresses in place of the official ones."""
    hosts = {"main": announced["main"], "backup": announced["backup"]}
    return {"hosts": hosts, "allow_downloads": ["127.0.0.1"]}


def by_partner(announced: dict[str, Any], client: fapiao.Client) -> bytes:
    """A service provider's sub-merchant issues for a company."""
    provider = fapiao.Partner(**merchant(announced, "partner"))
    shop = provider.sub_merchant(announced["pay"]["partner"]["sub_mchids"][0])
    title = shop.title_url(
        fapiao_apply_id=PARTNER_ORDER,
        source="WEB",
        appid="wx5157f09efdc09600",
        openid="plN5twRbHym_j-QcqCzstl0HmwEs",
        total_amount=382_895,
    )
    print("title link:", client.send(title).get("title_url"))
    fill_in(announced, PARTNER_ORDER)
    accepted = client.send(
        shop.issue_general(
            fapiao_apply_id=PARTNER_ORDER,
            buyer_information={
                "type": "ORGANIZATION",
                "name": "深圳市南山区测试企业",
                "taxpayer_id": "202003261233701778",
                "phone": PHONE,
                "email": "buyer@example.com",
            },
            fapiao_information={
                "fapiao_id": "general-20261122-0001",
                "total_amount": 382_895,
                "items": [
                    {
                        "tax_code": "3010101020203000000",
                        "goods_name": "出租汽车旅客运输服务",
                        "quantity": 100_000_000,
                        "total_amount": 382_895,
                        "tax_rate": 1_300,
                        "discount": False,
                    }
                ],
                "billing_person_id": "10001",
                "fapiao_bill_type": "COMM_FAPIAO",
                "transaction_information": [
                    {"pay_channel": "WECHAT_PAY", "transaction_id": PARTNER_ORDER, "amount": 382_895}
                ],
            },
        )
    )
    print("issue:", accepted)
    invoice = issued(client, shop, PARTNER_ORDER)
    if invoice["buyer_information"].get("phone") != PHONE:
        raise SystemExit("the buyer's phone did not come back as it was sent")
    print("issued:", invoice["blue_fapiao"]["fapiao_number"], "(the phone came back sealed and was opened)")
    pdf = client.send(shop.download_file(download_url=link(client, shop, PARTNER_ORDER)))
    print("downloaded:", pdf)
    return pdf.bytes


def by_direct(announced: dict[str, Any], client: fapiao.Client) -> bytes:
    """A merchant issues for a person, and names the invoice in its download."""
    shop = fapiao.Direct(**merchant(announced, "direct"))
    title = shop.title_url(
        fapiao_apply_id=DIRECT_ORDER,
        source="WEB",
        appid="wx5157f09efdc09600",
        openid="plN5twRbHym_j-QcqCzstl0HmwEs",
        total_amount=12_900,
        show_email_cell=True,
    )
    client.send(title)
    fill_in(announced, DIRECT_ORDER)
    accepted = client.send(
        shop.issue(
            scene="WITH_WECHATPAY",
            fapiao_apply_id=DIRECT_ORDER,
            buyer_information={"type": "INDIVIDUAL", "name": "张三", "email": "zhangsan@example.com"},
            fapiao_information=[
                {
                    "fapiao_id": "direct-20261122-0001",
                    "total_amount": 12_900,
                    "items": [
                        {
                            "tax_code": "3010101020203000000",
                            "goods_name": "住宿服务",
                            "quantity": 100_000_000,
                            "total_amount": 12_900,
                            "tax_rate": 600,
                            "discount": False,
                        }
                    ],
                }
            ],
        )
    )
    print("issue:", accepted)
    invoice = issued(client, shop, DIRECT_ORDER)
    url = link(client, shop, DIRECT_ORDER)
    pdf = client.send(
        shop.download_file(
            download_url=url,
            openid=invoice["card_information"]["card_openid"],
            invoice_code=invoice["blue_fapiao"]["fapiao_code"],
            invoice_no=invoice["blue_fapiao"]["fapiao_number"],
            fapiao_id=invoice["fapiao_id"],
        )
    )
    print("downloaded:", pdf)
    return pdf.bytes


def by_account(announced: dict[str, Any], client: fapiao.Client, pdf: bytes) -> bytes:
    """An Official Account uploads a PDF and gets it back."""
    found = announced["account"]
    account = fapiao.Account(appid=found["appid"], secret=found["secret"], **elsewhere(announced))
    media = client.send(account.set_pdf(pdf, "invoice.pdf", "application/pdf"))
    found = client.send(account.get_pdf(s_media_id=media["s_media_id"]))
    back = client.send(account.download_pdf(pdf_url=found["pdf_url"]))
    print("downloaded:", back)
    return back.bytes


def issued(client: fapiao.Client, shop: Any, order: str) -> Any:
    """The invoice, once it is issued."""
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE:
        for invoice in client.send(shop.query(fapiao_apply_id=order)).get("fapiao_information", []):
            if invoice["status"] == "ISSUED":
                return invoice
        time.sleep(0.5)
    raise SystemExit(f"still not issued after {PATIENCE:.0f} seconds")


def link(client: fapiao.Client, shop: Any, order: str) -> str:
    """The link to the invoice's file; it lives 30 seconds."""
    files = client.send(shop.fapiao_files(fapiao_apply_id=order))
    return str(files["fapiao_download_info_list"][0]["download_url"])


def fill_in(announced: dict[str, Any], order: str) -> None:
    """The payer fills in the title behind the link: the sandbox's own door, no call of WeChat."""
    body = json.dumps({"fapiao_apply_id": order}).encode()
    request = urllib.request.Request(f"{announced['control']}/title", body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()


def main(out: str, announcement: str) -> None:
    """Walks with httpx, and saves the PDFs."""
    with httpx.Client() as session:
        pdfs = walk(json.loads(announcement), fapiao.Client(session))
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in pdfs.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
