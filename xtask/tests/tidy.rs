//! The tree keeps its own rules.

use std::process::Command;

#[test]
fn the_tree_is_tidy() {
    let out = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("tidy").output().expect("xtask runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}
