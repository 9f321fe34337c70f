//! The command `ephor` as a user builds it, and at its end its peak memory on stderr if that is asked for.

use std::process::ExitCode;

fn main() -> ExitCode {
    let exit = ephor::cli::main();
    if std::env::var_os("EPHOR_BENCH_MEMORY").is_some() {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
        eprintln!("peak {}", peak.trim());
    }
    exit
}
