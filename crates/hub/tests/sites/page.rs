//! A built page: the project's own where it is there, else one made by hand that has all its parts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use crate::site::{demo, hub};

/// A built page, and a small snapshot.
pub struct Made {
    pub scratch: TempDir,
    pub page: PathBuf,
    pub snapshot: PathBuf,
}

impl Made {
    pub fn new() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let snapshot = scratch.path().join("snapshot");
        demo(&snapshot, "60", "5");
        let page = built().unwrap_or_else(|| {
            let page = scratch.path().join("page");
            by_hand(&page);
            page
        });
        Self { page, snapshot, scratch }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// Makes a site into a folder beside.
    pub fn site(&self, out: &Path, more: &[&str]) -> Output {
        let mut command = hub(&["site", "--snapshot"]);
        command.arg(&self.snapshot).arg("--page").arg(&self.page).arg("--out").arg(out);
        command.args(more).output().unwrap()
    }

    /// The same, which is to succeed.
    pub fn made(&self, out: &str, more: &[&str]) -> PathBuf {
        let out = self.at(out);
        let output = self.site(&out, more);
        assert!(output.status.success(), "{}", said(&output));
        out
    }
}

/// What a command has said, all in all.
pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// The page of the last build for the browser's tests, if it is of this version.
fn built() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tested");
    let worker = fs::read_to_string(folder.join("service-worker.js")).ok()?;
    worker.starts_with("const HUB_FILES=").then_some(folder)
}

/// The parts of a page, each as short as it may be.
fn by_hand(folder: &Path) {
    let write = |name: &str, text: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let script = format!("start();{}", "/* long enough to be compressed */".repeat(40));
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\
         <base href=\"/\"/><meta name=\"hub-keeps\" content=\"\">\
         <meta name=\"hub-js\" content=\"js/0123456789abcdef/\">\
         <meta name=\"hub-locale\" content=\"auto\"><meta name=\"hub-snapshot\" content=\"\">\
         <script>{script}</script><title>Hub</title>\
         <link rel=\"icon\" href=\"/favicon-0123456789abcdef.svg\"/>\
         <link rel=\"manifest\" href=\"app.webmanifest\"><style>a{{color:red}}</style></head>\
         <body><template id=\"first-view\"></template></body></html>\n"
    );
    write("index.html", page.as_bytes());
    let config = "{ \"brand\": { \"name\": \"Hub\" }, \"locale\": \"auto\", \"live\": \"demo\" }\n";
    write("config.json", config.as_bytes());
    write("service-worker.js", b"const HUB_VIEWS=\"^(?:|dashboard|customers/[^/]+)$\";\nwork();\n");
    write("app-0123456789abcdef.js", script.as_bytes());
    write("app-0123456789abcdef_bg.wasm", b"\0asm\x01\0\0\0");
    write("favicon-0123456789abcdef.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    write("js/0123456789abcdef/plotly.js", script.as_bytes());
    write("js/0123456789abcdef/plotly.css", b"a{}");
    write("icons/logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    write("docs/index.html", b"<!DOCTYPE html><title>API</title>");
    // What lies beside it is nobody's business.
    write("js/0123456789abcdef/plotly.js.map", b"{}");
    write("notes.txt", b"private");
    write("data/secret.sqlite", b"private");
    write("api/old.json", b"{}");
}
