//! Tests that cross crates; what stands in for AWS in them is in `tests/support`, what feeds parsers at random in
//! `tests/fuzz`. The program's own tests are in `cli/tests`.
