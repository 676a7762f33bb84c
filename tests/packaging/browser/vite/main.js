import wasm from "fapiao-edge/core.wasm?url";
import * as fapiao from "fapiao-edge/slim";
import { report } from "../page.js";

report(fapiao, new URL(wasm, location.href));
