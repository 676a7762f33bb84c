// Callbacks in Express, Koa and Hono themselves, sent by the sandbox.

import { direct, Receiver } from "fapiao-edge";
import { callback as forExpress } from "fapiao-edge/express";
import { callback as forHono } from "fapiao-edge/hono";
import { callback as forKoa } from "fapiao-edge/koa";
import { createRequire } from "node:module";
import { control, merchant } from "./fixtures.mjs";
import { same, so } from "./shim.mjs";

const order = { event_type: "FAPIAO.ISSUED", fapiao_apply_id: "order-1", fapiao_information: [{ fapiao_id: "f-1", fapiao_status: "ISSUED" }] };

/** Runs each framework; gives what each answered. */
export async function run(input) {
  const require = createRequire(`${input.tools}/package.json`);
  const servers = { express, koa, hono };
  const answered = {};
  const { error, warn } = console;
  console.error = console.warn = () => {};
  try {
    for (const [name, serve] of Object.entries(servers)) answered[name] = await walk(input, (...given) => serve(require, ...given));
  } finally {
    Object.assign(console, { error, warn });
  }
  return { answered };
}

async function walk(input, serve) {
  const found = input.announced.pay.direct;
  const receiver = new Receiver(await direct({ ...merchant(input), api_v3_key: found.api_v3_key }));
  const handled = [];
  const server = await serve(receiver, async (event) => {
    handled.push(event.event_type);
    if (handled.length === 1) throw new Error("the database is away");
  });
  const trigger = async (fault) => {
    if (fault) await control(input, "POST", "/faults", { fault });
    const sent = await control(input, "POST", "/callbacks", { ...order, mchid: found.mchid });
    return sent.attempts.at(-1).status;
  };
  try {
    const callback_url = `http://127.0.0.1:${server.address().port}/callback`;
    await control(input, "POST", "/callback-url", { mchid: found.mchid, callback_url });
    const statuses = [await trigger(), await trigger()];
    for (const fault of ["callback_probe", "callback_wrong_key", "callback_unsigned", "callback_header_twice", "callback_other_api_v3_key"]) {
      statuses.push(await trigger(fault));
    }
    same(statuses, [500, 204, 401, 401, 401, 401, 500], "statuses");
    same(handled, ["FAPIAO.ISSUED", "FAPIAO.ISSUED"], "events");
    const parsed = await fetch(callback_url.replace("/callback", "/parsed"), { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
    so(parsed.status >= 400, "a parsed body is not taken");
    return statuses;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function express(require, receiver, handler) {
  const framework = require("express");
  const app = framework();
  app.post("/callback", forExpress(receiver, handler));
  app.post("/parsed", framework.json(), forExpress(receiver, handler));
  app.use((failure, request, response, next) => response.status(failure.code === "input.type" ? 400 : 500).end());
  return listening((done) => app.listen(0, "127.0.0.1", done));
}

function koa(require, receiver, handler) {
  const Koa = require("koa");
  const app = new Koa();
  app.silent = true;
  const route = forKoa(receiver, handler);
  app.use((context, next) => (context.path === "/callback" ? route(context) : next()));
  return listening((done) => app.listen(0, "127.0.0.1", done));
}

function hono(require, receiver, handler) {
  const { Hono } = require("hono");
  const { serve } = require("@hono/node-server");
  const app = new Hono();
  app.post("/callback", forHono(receiver, handler));
  return listening((done) => serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, done));
}

function listening(start) {
  return new Promise((resolve) => {
    const server = start(() => setTimeout(() => resolve(server), 0));
  });
}
