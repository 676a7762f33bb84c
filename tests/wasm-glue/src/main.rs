//! `wasm-glue IN.wasm FOLDER`: writes `core.js`, `core.d.ts` and `core_bg.wasm`. A program of its own, since it takes a
//! minute to build and only the JavaScript packages need it.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let input = arguments.next().context("the wasm file is missing")?;
    let folder = arguments.next().context("the folder is missing")?;
    let mut bindgen = Bindgen::new();
    // No default path to the wasm file: bundlers would copy it beside the one an entry names.
    bindgen
        .input_path(input)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .out_name("core")
        .generate(folder)
}
