// Node and Bun: the native engine.

import { use } from "./engine.js";
import { load } from "./native.js";

use(load());

export * from "./index.js";
