//! A served site: a page, a snapshot, the program on a free port, and what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

pub struct Site {
    folder: TempDir,
    program: Child,
    url: String,
    agent: Agent,
    log: Arc<Mutex<String>>,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The program, without whatever settings of a sign-in there are around the tests.
pub fn hub(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hub"));
    command.args(args);
    edge::settings::NAMES.iter().for_each(|name| {
        command.env_remove(name);
    });
    command
}

/// Lets these tests open as many files as the system gives to who asks; gives how many those are.
#[cfg(unix)]
pub fn raise_open_files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(10_000, |most| most.min(10_000));
    let raised = limit.current.is_some_and(|current| current < wanted)
        && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit }).is_ok();
    let now = if raised { Some(wanted) } else { limit.current };
    now.map_or(usize::MAX, |now| usize::try_from(now).unwrap())
}

#[cfg(not(unix))]
pub fn raise_open_files() -> usize {
    usize::MAX
}

/// Builds demo data into a folder.
pub fn demo(folder: &Path, customers: &str, seed: &str) {
    let how = ["demo", "--customers", customers, "--seed", seed, "--out"];
    let output = hub(&how).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A page with rules for headers, a compressed copy, and demo data.
pub fn built() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("index.html", "<p>the page");
    write("app-0123456789abcdef.js", "let whole;");
    write("app-0123456789abcdef.js.gz", "packed");
    write("config.json", "{}");
    write("_headers", "/*\n  X-Site: yes\n/app-*\n  Cache-Control: immutable\n");
    demo(&folder.path().join("data"), "150", "5");
    folder
}

impl Site {
    pub fn serve() -> Self {
        Self::with(built(), "/")
    }

    pub fn with(folder: TempDir, base: &str) -> Self {
        Self::with_options(folder, base, &[])
    }

    pub fn with_options(folder: TempDir, base: &str, options: &[&str]) -> Self {
        Self::with_settings(folder, base, options, &[])
    }

    /// A site with variables of the environment.
    pub fn with_settings(
        folder: TempDir,
        base: &str,
        options: &[&str],
        settings: &[(&str, String)],
    ) -> Self {
        let mut command = hub(&["serve", "--port", "0", "--base", base]);
        command.args(options).envs(settings.iter().map(|(name, value)| (name, value)));
        Self::started(command, folder)
    }

    /// A site whose program may write files of so many KiB, until its soft limit is lifted.
    #[cfg(target_os = "linux")]
    pub fn with_room(folder: TempDir, options: &[&str], kib: u32) -> Self {
        // What is too large is an error to whoever writes, and no signal.
        let limited = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\" \"$@\"", kib * 2);
        let mut command = Command::new("sh");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_hub"), "serve", "--port", "0"]);
        command.args(options);
        Self::started(command, folder)
    }

    fn started(mut command: Command, folder: TempDir) -> Self {
        let command = command.arg("--site").arg(folder.path()).stderr(Stdio::piped());
        let mut program = command.spawn().unwrap();
        let mut said = BufReader::new(program.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let listening: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
        let url = listening["what"].as_str().unwrap().trim_end_matches('/').to_owned();
        let log = Arc::new(Mutex::new(line));
        // Somebody reads on, so that it is never kept from writing.
        let into = log.clone();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                into.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .into();
        Self { folder, program, url, agent, log }
    }

    /// What it has written down so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.program.id()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.answer(self.agent.run(request.body(()).unwrap()).unwrap())
    }

    /// Asks with a body.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.answer(self.agent.run(request.body(body.to_owned()).unwrap()).unwrap())
    }

    fn answer(&self, mut response: ureq::http::Response<ureq::Body>) -> Answer {
        let body = response.body_mut().with_config().limit(50_000_000).read_to_vec().unwrap();
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Name and port by which it is asked.
    pub fn host(&self) -> String {
        self.url.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned()
    }

    /// Sends bytes as they are, and leaves it at that.
    pub fn half(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Asks, and does not wait for the answer.
    pub fn hang_up(&self, request: &str) {
        drop(self.half(request));
    }

    /// Sends bytes as they are; the first line of the answer.
    pub fn raw(&self, request: &str) -> String {
        let stream = self.half(request);
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        line
    }

    /// Sends a request of this first line and these headers; status, head and body of the answer.
    pub fn plain(&self, first: &str, headers: &[(&str, &str)]) -> (u16, String) {
        let lines: String =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let request = format!("{first} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n");
        let mut bytes = Vec::new();
        self.half(&request).read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("{first}: {text}")), text)
    }

    /// Ends it at once, as a crash does; what it served.
    pub fn killed(mut self) -> TempDir {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
        std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap())
    }

    /// Asks it to end, as a host does; whether it ended well.
    #[cfg(unix)]
    pub fn end(mut self) -> bool {
        let id = self.program.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        self.program.wait().unwrap().success()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
