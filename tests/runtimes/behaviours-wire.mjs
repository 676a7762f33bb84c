// What fetch does to a request and to its answer.

import { VerificationError, send } from "fapiao-edge";
import { toBase64 } from "./base64.mjs";
import { ODD, TIME, arrivals, control, invoice, issued, refusal, shopOf, title, under } from "./fixtures.mjs";
import { same, so, test } from "./shim.mjs";

test("odd characters and times in a query reach the gateway as they were signed", async (input) => {
  const shop = await shopOf(input);
  for (const seller_name of [ODD, TIME]) {
    const order = { ...title("wire-1|_*"), seller_name };
    const { arrived } = await under(input, [], async () => {
      const call = await shop.titleUrl(order).sign();
      await call.read(await fetch(call.url, call));
      await send(shop.titleUrl(order));
      return call;
    });
    same(arrived.map(({ outcome }) => outcome.status), [200, 200], seller_name);
    for (const { target, notes } of arrived) {
      same(new URL(target, "http://gateway").searchParams.get("seller_name"), seller_name, target);
      same(notes, [], "notes");
    }
    same(arrived[0].target, arrived[1].target, "target");
  }
});

test("what arrives is what was signed, byte for byte", async (input) => {
  const shop = await shopOf(input);
  const pdf = { bytes: new TextEncoder().encode(`%PDF-1.4 ${ODD}`), filename: `${ODD} ${TIME}.pdf`, media_type: "application/pdf" };
  const calls = [
    [shop.titleUrl({ ...title("wire-2"), seller_name: ODD }), 200],
    [shop.query({ fapiao_apply_id: "none|_*-" }), 404],
    [shop.issue(invoice("wire-3|*_-", `${ODD} ${TIME}`)), 202],
    [shop.uploadFile({ file_type: "PDF" }, pdf), 200],
  ];
  for (const [call, status] of calls) {
    const signed = await call.sign();
    const { arrived: [arrival] } = await under(input, [], () => fetch(signed.url, signed).then((answer) => answer.arrayBuffer()));
    same(arrival.outcome.status, status, signed.url);
    same(arrival.target, signed.url.slice(new URL(signed.url).origin.length), "target");
    same(arrival.body_base64, toBase64(signed.body ?? new Uint8Array()), "body");
  }
  const { fapiao_information: [fapiao] } = await send(shop.query({ fapiao_apply_id: "wire-3|*_-" }));
  same(fapiao.remark, `${ODD} ${TIME}`, "remark");
});

for (const names of [["gzip"], ["chunked"], ["gzip", "chunked"]]) {
  test(`answers that come ${names.join(" and ")} verify`, async (input) => {
    const shop = await shopOf(input);
    const faults = names.map((fault) => ({ fault, count: 2 }));
    const { arrived } = await under(input, faults, async () => {
      const link = await send(shop.titleUrl(title("wire-4")));
      so(link.title_url, "no link");
      const call = await shop.titleUrl(title("wire-4")).sign();
      await call.read(await fetch(call.url, call));
    });
    same(arrived.map(({ fault }) => [...fault].sort()), [[...names].sort(), [...names].sort()], "faults");
  });
}

test("headers are read in any case and any shape", async (input) => {
  const call = await (await shopOf(input)).titleUrl(title("wire-5")).sign();
  const answer = await fetch(call.url, call);
  const body = new Uint8Array(await answer.arrayBuffer());
  const pairs = [...answer.headers];
  const cased = (change) => pairs.map(([name, value]) => [change(name), value]);
  const lower = cased((name) => name.toLowerCase());
  const upper = cased((name) => name.toUpperCase());
  const wanted = await call.read({ status: 200, headers: pairs, body });
  for (const headers of [lower, upper, Object.fromEntries(lower), Object.fromEntries(upper), new Headers(pairs), new Map(pairs)]) {
    same(await call.read({ status: 200, headers, body }), wanted, "answer");
  }
  const unsigned = pairs.filter(([name]) => name !== "wechatpay-signature");
  same((await refusal(() => call.read({ status: 200, headers: unsigned, body }))).code, "verify.header_missing");
});

test("a probe is refused like a forgery, and the call goes on", async (input) => {
  const shop = await shopOf(input);
  const probe = [{ fault: "probe" }];
  const { result: error } = await under(input, probe, async () => {
    const call = await shop.titleUrl(title("wire-6")).sign();
    return refusal(async () => call.read(await fetch(call.url, call)));
  });
  same([error.code, error.fault, error instanceof VerificationError], ["verify.probe", "integrity", true]);
  const seen = [];
  await under(input, probe, () => send(shop.issue(invoice("wire-6")), { observer: (attempt) => seen.push(attempt) }));
  same([seen[0].call, seen[0].error, seen[0].decision.effect], ["issue", "verify.probe", "unknown"]);
  same(await issued(input, "wire-6"), 1, "issued");
});

for (const fault of ["truncate", "cut_before", "cut_after", "tamper", "error_html"]) {
  test(`an answer that suffers ${fault} is never believed, and the invoice is issued once`, async (input) => {
    const shop = await shopOf(input);
    const id = `wire-${fault}`;
    const seen = [];
    const order = { fault, path: "fapiao-applications", method: "POST" };
    const options = { observer: (attempt) => seen.push(attempt), wait: async () => {} };
    await under(input, [order], () => send(shop.issue(invoice(id)), options));
    so(seen[0].error !== null && seen.length > 1, `the first attempt was believed: ${JSON.stringify(seen)}`);
    same(await issued(input, id), 1, "issued");
  });
}

test("how far the gateway's clock is ahead is told with each attempt", async (input) => {
  const shop = await shopOf(input);
  const seen = [];
  const observer = (attempt) => seen.push(attempt);
  await under(input, [{ fault: "skew", seconds: 100 }], () => send(shop.titleUrl(title("wire-9")), { observer }));
  so(seen.length === 1 && Math.abs(seen[0].clock_offset - 100) <= 5, JSON.stringify(seen));
});

test("a request is sent once, whatever becomes of its connection", async (input) => {
  const shop = await shopOf(input);
  const { arrived } = await under(input, [{ fault: "cut_after", path: "fapiao-applications" }], async () => {
    // Leaves a connection behind that the next request may take.
    await send(shop.titleUrl(title("wire-8")));
    const call = await shop.issue(invoice("wire-8")).sign();
    return refusal(() => fetch(call.url, call).then((answer) => answer.arrayBuffer()));
  });
  same(arrived.map(({ method }) => method), ["GET", "POST"], "arrivals");
});

test("where the main host is down the backup host answers", async (input) => {
  const shop = await shopOf(input);
  const seen = [];
  const down = [{ fault: "main_down" }];
  await under(input, down, () => send(shop.titleUrl(title("wire-7")), { observer: (attempt) => seen.push(attempt) }));
  same(seen.map(({ host, error }) => [host, error === null]), [["main", false], ["backup", true]], "attempts");
  const { last } = await arrivals(input);
  so(last > 0 && (await control(input, "GET", "/faults")).faults.length === 0, "faults are left");
});
