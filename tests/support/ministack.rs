//! MiniStack for a test: AWS's APIs on a loopback port of its own, gone when the value is dropped.
//!
//! Included where it is needed, with `#[path = "../support/ministack.rs"] mod ministack;`.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long the program may take to answer; it needs half a second on an idle machine.
const PATIENCE: Duration = Duration::from_secs(60);
const TICK: Duration = Duration::from_millis(20);

/// A running MiniStack.
#[derive(Debug)]
pub struct MiniStack {
    child: Child,
    port: u16,
}

impl MiniStack {
    /// The program that `LEASTWISE_MINISTACK` names, as `tests/support/install` prints it.
    pub fn program() -> Option<OsString> {
        std::env::var_os("LEASTWISE_MINISTACK").filter(|program| !program.is_empty())
    }

    /// Starts `program` with its data and its log in `folder`, and waits until it answers.
    ///
    /// # Errors
    /// Where it does not start, ends at once, or does not answer within a minute; its log is in the message.
    pub fn start(program: &OsString, folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let log = folder.join("ministack.log");
        let port = free_port()?;
        let child = Command::new(program)
            // Its default is every interface.
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            // Where its Lambda functions find it.
            .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"))
            .env("STATE_DIR", folder.join("state"))
            .env("S3_DATA_DIR", folder.join("s3"))
            .env("TMPDIR", folder)
            .env("LAMBDA_EXECUTOR", "local")
            .stdin(Stdio::null())
            .stdout(File::create(&log)?)
            .stderr(File::options().append(true).open(&log)?)
            .spawn()?;
        let mut stack = Self { child, port };
        let began = Instant::now();
        while !stack.is_healthy() {
            let ended = stack.child.try_wait()?;
            if ended.is_some() || began.elapsed() > PATIENCE {
                let log = fs::read_to_string(&log).unwrap_or_default();
                return Err(io::Error::other(format!("ministack does not answer ({ended:?}):\n{log}")));
            }
            thread::sleep(TICK);
        }
        Ok(stack)
    }

    /// What clients take as `AWS_ENDPOINT_URL`; any access key and secret will do.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn is_healthy(&self) -> bool {
        let ask = || -> io::Result<String> {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
            let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(b"GET /_ministack/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
            let mut answer = [0; 12];
            stream.read_exact(&mut answer)?;
            Ok(String::from_utf8_lossy(&answer).into_owned())
        };
        ask().is_ok_and(|answer| answer == "HTTP/1.1 200")
    }
}

impl Drop for MiniStack {
    fn drop(&mut self) {
        // One that has ended must not be signalled: its number may belong to another process by now.
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        // SIGTERM first: it then ends the Lambda functions that it runs.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        let began = Instant::now();
        while asked.is_ok() && began.elapsed() < Duration::from_secs(5) {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(TICK);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
