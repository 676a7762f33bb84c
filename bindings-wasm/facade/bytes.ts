// Node, Bun and Deno: the engine is read from beside this file.

import { use } from "./engine.js";
import * as engine from "./load.js";

use(engine);

export * from "./index.js";
