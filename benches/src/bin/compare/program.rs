//! leastwise as its users run it: the whole program, its start and its output included.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a run costs.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// From start to exit, of the fastest round.
    pub time: Duration,
    /// The most memory that was resident at once, in bytes, in any round.
    pub peak: u64,
}

/// The program in the folder of this one, if it is built.
pub fn beside_this_one() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?.with_file_name("leastwise");
    program.is_file().then_some(program)
}

/// What `leastwise analyze` costs on the folder `input` with `jobs` threads.
///
/// # Errors
/// The reason in words, where the program does not start or does not end well.
pub fn analyze(program: &Path, input: &Path, jobs: u32, rounds: usize, work: &Path) -> Result<Cost, String> {
    let mut cost = Cost { time: Duration::MAX, peak: 0 };
    for _ in 0..rounds {
        let round = once(program, input, jobs, work)?;
        cost = Cost { time: cost.time.min(round.time), peak: cost.peak.max(round.peak) };
    }
    Ok(cost)
}

fn once(program: &Path, input: &Path, jobs: u32, work: &Path) -> Result<Cost, String> {
    let log = work.join("leastwise.log");
    let failed = |error: std::io::Error| format!("`{}`: {error}", program.display());
    let began = Instant::now();
    let mut child = Command::new(program)
        .arg("analyze")
        .arg("--input")
        .arg(input)
        .arg("--output")
        .arg(work.join("analysis.json"))
        .args(["--jobs", &jobs.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&log).map_err(failed)?)
        .spawn()
        .map_err(failed)?;
    let mut peak = 0;
    let status = loop {
        // The kernel keeps the high-water mark, so that looking now and then is enough.
        peak = high_water(child.id()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let time = began.elapsed();
    if !status.success() {
        let last = fs::read_to_string(&log).unwrap_or_default();
        return Err(format!("it ended with {status}: {}", last.lines().last().unwrap_or_default()));
    }
    Ok(Cost { time, peak })
}

/// `VmHWM` of a process on Linux, in bytes.
fn high_water(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
