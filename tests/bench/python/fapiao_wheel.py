"""This project, by its wheel."""

import fapiao


class Contestant:
    def __init__(self, setup, mchid):
        partner = fapiao.Partner(
            mchid=mchid,
            serial_no=setup["serial_no"],
            private_key=setup["private_key"],
            wechatpay_keys={setup["key_id"]: setup["public_key"]},
        )
        self._shop = partner.sub_merchant(setup["sub_mchid"])
        self._order = setup["order"]

    def sign(self):
        call = self._shop.fapiao_files(fapiao_apply_id=self._order).sign()
        return {"Authorization": call.headers["authorization"]}

    def reader(self, answer):
        call = self._shop.fapiao_files(fapiao_apply_id=self._order).sign()
        status, headers, content = answer["status"], answer["headers"], answer["body"].encode()

        def read():
            files = call.read(status=status, headers=headers, content=content)
            if len(files["fapiao_download_info_list"]) != 2:
                raise ValueError("two invoices were answered")

        return read
