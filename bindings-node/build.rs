//! What linking a module for Node takes.

fn main() {
    napi_build::setup();
}
