//! The portal stands in the program: when its build changes, so does the program.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    // Without this line, any change of this package would run this script again.
    println!("cargo:rerun-if-changed=build.rs");
    // Written out without `..` and links: a program that was built before the portal has to find it, too.
    let portal = PathBuf::from("..").canonicalize()?.join("ui/dist");
    println!("cargo:rustc-env=LEASTWISE_PORTAL={}", portal.display());
    // A debug build reads the portal's files when it is asked.
    if std::env::var_os("PROFILE").is_some_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../ui/dist");
    }
    Ok(())
}
