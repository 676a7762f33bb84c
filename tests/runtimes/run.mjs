// node run.mjs RUNTIME PROGRAM FOLDER PACKAGE: runs a program on a runtime, from a folder that holds the installed package and
// input.json, and leaves output.json there. Every program exports `run(input)`, knows nothing of where it runs, and imports
// "fapiao-edge", for which the named package is put.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const [runtime, program, folder, named] = process.argv.slice(2);
const input = () => readFileSync(join(folder, "input.json"), "utf8");

const runtimes = {
  node: () => script(process.execPath),
  node22: () => script(join(here, "node_modules/node22/bin/node")),
  node24: () => script(join(here, "node_modules/node24/bin/node")),
  deno: () => script(join(here, "node_modules/.bin/deno"), "run", "--allow-all", "--node-modules-dir=manual"),
  bun: () => script(join(here, "node_modules/.bin/bun"), "run"),
  workerd: () => workerd([]),
  "workerd-nodejs": () => workerd(["nodejs_compat"]),
  edge,
};

// Where Node and Bun import `fapiao`, its engine and its facade are its own.
const own = named === "fapiao" && /^(node|bun)/.test(runtime);
const sources = readdirSync(here).filter((name) => name.endsWith(".mjs") && name !== "internals-native.mjs");
for (const name of sources) {
  const text = readFileSync(join(here, own && name === "internals.mjs" ? "internals-native.mjs" : name), "utf8");
  // What is about both packages names both.
  writeFileSync(join(folder, name), name === "loading.mjs" ? text : text.replaceAll('from "fapiao-edge"', `from "${named}"`));
}
// A second copy of the package, as a dependency may bring it.
cpSync(join(folder, "node_modules", own ? "fapiao" : "fapiao-edge"), join(folder, "other"), { recursive: true });
// Clients that programs send with.
for (const client of ["axios", "undici"]) linked(client);
await runtimes[runtime]();

/** Puts a package of the tools beside the installed one. */
function linked(name) {
  const place = join(folder, "node_modules", name);
  if (!existsSync(place)) symlinkSync(join(here, "node_modules", name), place);
}

/** Runtimes with files: they read the input and write the output themselves. */
function script(...command) {
  const [file, ...flags] = command;
  execFileSync(file, [...flags, "entry.mjs", program], { cwd: folder, stdio: "inherit" });
}

/** Cloudflare Workers. */
async function workerd(compatibilityFlags) {
  const worker = await bundle("esm", ["workerd", "worker", "browser"], { external: ["*.wasm?module"] });
  const { Miniflare } = createRequire(import.meta.url)("miniflare");
  const wasm = readFileSync(join(folder, "node_modules/fapiao-edge/core.wasm"));
  const miniflare = new Miniflare({
    compatibilityDate: "2026-04-01",
    compatibilityFlags,
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: worker },
      { type: "CompiledWasm", path: "core.wasm?module", contents: wasm },
    ],
  });
  try {
    const answer = await miniflare.dispatchFetch("http://localhost/", { method: "POST", body: input() });
    if (answer.status !== 200) throw new Error(await answer.text());
    writeFileSync(join(folder, "output.json"), await answer.text());
  } finally {
    await miniflare.dispose();
  }
}

/** Vercel Edge: the platform hands over the module it compiled. */
async function edge() {
  const module = {
    name: "wasm",
    setup(build) {
      build.onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "wasm" }));
      build.onLoad({ filter: /.*/, namespace: "wasm" }, () => ({ contents: "export default globalThis.compiledModule;" }));
    },
  };
  const initialCode = await bundle("iife", ["edge-light", "browser"], { plugins: [module] });
  const { EdgeRuntime } = createRequire(import.meta.url)("edge-runtime");
  const wasm = new WebAssembly.Module(readFileSync(join(folder, "node_modules/fapiao-edge/core.wasm")));
  const extend = (context) => Object.assign(context, { compiledModule: wasm, WebAssembly });
  const platform = new EdgeRuntime({ initialCode, extend });
  const answer = await platform.dispatchFetch("http://localhost/", { method: "POST", body: input() });
  if (answer.status !== 200) throw new Error(await answer.text());
  writeFileSync(join(folder, "output.json"), await answer.text());
}

/** The program and the package in one file, with a handler around them. */
async function bundle(format, conditions, options) {
  const { build } = createRequire(import.meta.url)("esbuild");
  const reply = `const reply = async (request) => {
    try { return Response.json(await run(await request.json())); }
    catch (error) { return new Response(String(error?.stack ?? error), { status: 500 }); }
  };`;
  const handler = format === "esm"
    ? "export default { fetch: reply };"
    : "addEventListener(\"fetch\", (event) => event.respondWith(reply(event.request)));";
  const contents = `import { run } from "./${program}.mjs";\n${reply}\n${handler}`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder }, bundle: true, write: false, format, conditions, platform: "neutral", target: "es2022", ...options,
  });
  return outputFiles[0].text.replaceAll("./core.wasm?module", "core.wasm?module");
}
