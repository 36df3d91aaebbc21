//! A call of `wasm-bindgen`, as far as it matters here.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// A call that names a program to work on.
pub struct Call {
    /// The program.
    pub program: PathBuf,
    /// What the written files are called.
    pub name: String,
    args: Vec<OsString>,
}

impl Call {
    /// Reads the arguments; none if no program is among them.
    pub fn read(args: &[OsString]) -> Option<Self> {
        let is_program = |arg: &&OsString| Path::new(arg).extension() == Some(OsStr::new("wasm"));
        let program = PathBuf::from(args.iter().find(is_program)?);
        let named = || option(args, "--out-name");
        let stem = || program.file_stem()?.to_str().map(str::to_owned);
        let name = named().or_else(stem)?;
        Some(Self { program, name, args: args.to_vec() })
    }

    /// The same call on a program; if that is another one, the rest of this one after a cut,
    /// nothing is thrown away that the pieces need.
    pub fn on(&self, program: &Path) -> Vec<OsString> {
        if program == self.program {
            return self.args.clone();
        }
        let other = |arg: &OsString| {
            if Path::new(arg) == self.program {
                program.as_os_str().to_owned()
            } else {
                arg.clone()
            }
        };
        let mut args: Vec<OsString> = self.args.iter().map(other).collect();
        args.push("--keep-lld-exports".into());
        args
    }
}

/// The value of `--name value` or `--name=value`.
fn option(args: &[OsString], name: &str) -> Option<String> {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    loop {
        let arg = args.next()?;
        if arg == name {
            return args.next().map(str::to_owned);
        }
        if let Some(value) = arg.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Vec<OsString> {
        text.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_program_is_replaced_and_the_rest_kept() {
        for name in ["--out-name=page", "--out-name page"] {
            let call = Call::read(&args(&format!("--target=web {name} /t/app.wasm"))).unwrap();
            assert_eq!((call.name.as_str(), call.program.to_str()), ("page", Some("/t/app.wasm")));
            let now = call.on(Path::new("/p/page.wasm"));
            let expected = format!("--target=web {name} /p/page.wasm --keep-lld-exports");
            assert_eq!(now, args(&expected));
        }
    }

    #[test]
    fn the_program_names_what_nobody_named() {
        assert_eq!(Call::read(&args("app.wasm --out-dir /o")).unwrap().name, "app");
    }

    #[test]
    fn a_question_is_no_call() {
        assert!(Call::read(&args("--version")).is_none());
    }
}
