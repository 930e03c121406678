//! Tells the linker that napi symbols come from the process that loads the addon.

fn main() {
    napi_build::setup();
}
