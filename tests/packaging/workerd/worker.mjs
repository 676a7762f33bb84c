// A Worker.

import { direct, send } from "fapiao-edge";

export default {
  async fetch(request) {
    const { shop, order } = await request.json();
    const merchant = await direct(shop);
    const link = await send(merchant.titleUrl(order));
    return Response.json({ pathname: new URL(link.title_url).pathname, process: typeof process });
  },
};
