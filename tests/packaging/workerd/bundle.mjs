// node bundle.mjs TOOLS: bundles the Worker as wrangler does, each wasm module a file of its own, and asks it once without and
// once with Node compatibility.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const tools = createRequire(join(process.argv[2], "package.json"));
const { build } = tools("esbuild");
const { Miniflare } = tools("miniflare");

const wasm = {
  name: "wasm",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path, resolveDir }) => {
      const file = join(resolveDir, path.replace("?module", ""));
      copyFileSync(file, join("dist", basename(file)));
      return { path: `./${basename(file)}`, external: true };
    });
  },
};

mkdirSync("dist");
await build({
  entryPoints: ["worker.mjs"], outdir: "dist", outExtension: { ".js": ".mjs" }, bundle: true, format: "esm", target: "es2022",
  platform: "neutral", conditions: ["workerd", "worker", "browser"], plugins: [wasm],
});

const modules = readdirSync("dist").sort((a) => (a.endsWith(".mjs") ? -1 : 1)).map((name) => ({
  type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule", path: name, contents: readFileSync(join("dist", name)),
}));
const answers = [];
for (const compatibilityFlags of [[], ["nodejs_compat"]]) {
  const worker = new Miniflare({ compatibilityDate: "2026-04-01", compatibilityFlags, modules });
  try {
    const answer = await worker.dispatchFetch("http://localhost/", { method: "POST", body: readFileSync("input.json") });
    if (answer.status !== 200) throw new Error(await answer.text());
    answers.push(await answer.json());
  } finally {
    await worker.dispose();
  }
}
writeFileSync("answers.json", JSON.stringify(answers));
