//! The portal stands in the program: when its build changes, so does the program.

fn main() {
    // Without this line, any change of this package would run this script again.
    println!("cargo:rerun-if-changed=build.rs");
    // A debug build reads the portal's files when it is asked.
    if std::env::var_os("PROFILE").is_some_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../ui/dist");
    }
}
