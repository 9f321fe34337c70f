//! The command `ephor`.

fn main() {}
