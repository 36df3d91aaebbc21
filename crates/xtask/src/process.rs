//! Starting other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A program about to be started, in the project's folder unless told otherwise.
pub struct Run {
    command: Command,
    shown: String,
}

impl Run {
    /// Names the program and its arguments.
    pub fn new(program: impl AsRef<OsStr>, args: &[&str]) -> Self {
        let program = program.as_ref();
        let name = Path::new(program).file_stem().unwrap_or(program).to_string_lossy();
        let shown = format!("{name} {}", args.join(" "));
        let mut command = Command::new(program);
        command.args(args);
        Self { command, shown }
    }

    /// Adds an argument that is a path.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.shown = format!("{} {}", self.shown, arg.as_ref().to_string_lossy());
        self.command.arg(arg);
        self
    }

    /// Adds a named argument.
    pub fn flag(self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.arg(name).arg(value)
    }

    /// Sets the folder it starts in.
    pub fn inside(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets several environment variables, or with no value removes them.
    pub fn envs(mut self, changes: &[(String, Option<std::ffi::OsString>)]) -> Self {
        for (name, value) in changes {
            match value {
                Some(value) => self.command.env(name, value),
                None => self.command.env_remove(name),
            };
        }
        self
    }

    /// Runs it to its end on this terminal.
    ///
    /// # Errors
    /// When it cannot be started or does not succeed.
    pub fn run(mut self) -> Result<()> {
        let shown = self.shown;
        let status = self.command.status().with_context(|| format!("cannot start `{shown}`"))?;
        if !status.success() {
            bail!("`{shown}` failed ({status})");
        }
        Ok(())
    }

    /// Gives this process over to it, so that whoever ends us ends it.
    ///
    /// # Errors
    /// When it cannot be started.
    #[cfg(unix)]
    pub fn take_over(mut self) -> Result<()> {
        let error = std::os::unix::process::CommandExt::exec(&mut self.command);
        Err(error).with_context(|| format!("cannot start `{}`", self.shown))
    }

    /// Runs it to its end: this system lets no process take the place of another.
    ///
    /// # Errors
    /// As [`Run::run`].
    #[cfg(not(unix))]
    pub fn take_over(self) -> Result<()> {
        self.run()
    }

    /// Runs it, hands each line of its standard output on, and says whether it succeeded.
    ///
    /// # Errors
    /// When it cannot be started or read from.
    pub fn each_line(mut self, mut line: impl FnMut(&str)) -> Result<bool> {
        let shown = self.shown;
        let context = || format!("cannot run `{shown}`");
        let mut child = self.command.stdout(Stdio::piped()).spawn().with_context(context)?;
        let output = child.stdout.take().with_context(context)?;
        for text in BufReader::new(output).split(b'\n') {
            let text = text.with_context(context)?;
            line(String::from_utf8_lossy(&text).trim_end_matches('\r'));
        }
        Ok(child.wait().with_context(context)?.success())
    }

    /// Runs it silently and gives its standard output, or nothing if it does not succeed.
    pub fn ask(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    }
}
