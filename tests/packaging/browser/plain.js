import * as fapiao from "fapiao-edge/slim";
import { report } from "./page.js";

report(fapiao, new URL("/node_modules/fapiao-edge/core.wasm", location.href));
