//! The command `ephor`: hands its arguments to [`ephor::cli`] and its answer to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    ephor::cli::main()
}
