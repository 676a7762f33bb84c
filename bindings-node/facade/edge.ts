// Workers, Vercel Edge, Deno and everything else: the package of the WebAssembly engine, whole.

export * from "fapiao-edge";
