//! What the browser tells of this visit, through `static/js/diagnostics.js`.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use crate::host::{faults, place, script};

#[wasm_bindgen]
extern "C" {
    /// The exports of `static/js/diagnostics.js`.
    type Script;

    #[wasm_bindgen(method, catch)]
    async fn collect(this: &Script) -> Result<JsValue, JsValue>;
}

/// All that is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collected {
    /// By kind of file.
    pub requests: Vec<Requests>,
    /// How long things took.
    pub times: Times,
    /// What the browser keeps for this host.
    pub storage: Storage,
    /// Seconds by which this machine's clock is ahead of the host's.
    pub clock: Option<i64>,
    /// Name of the program's script, which holds the hash of the build.
    pub program: String,
    /// The browser.
    pub browser: Browser,
}

/// Requests for one kind of files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requests {
    /// `program`, `data` or `page`.
    pub kind: String,
    /// How many.
    pub requests: u64,
    /// Bytes that came over the line.
    pub bytes: u64,
    /// How many were answered out of the browser's cache.
    pub cached: u64,
}

/// Milliseconds since the visit began.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// When the first number stood on the screen.
    pub first_number: Option<u64>,
    /// When the page could be used.
    pub usable: Option<u64>,
    /// When it was complete.
    pub ready: Option<u64>,
    /// How long the longest piece of work kept the page from answering.
    pub longest_task: Option<u64>,
    /// How many such pieces there were.
    pub long_tasks: u64,
}

/// Bytes that the browser keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Storage {
    /// Now.
    pub used: Option<u64>,
    /// At most.
    pub most: Option<u64>,
}

/// The browser and its window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Browser {
    /// As it calls itself.
    pub name: String,
    /// Its language.
    pub language: String,
    /// False if it knows that it has no connection.
    pub online: bool,
    /// How many things it does at once.
    pub processors: Option<u64>,
    /// What it says of the line.
    pub line: Option<String>,
    /// Size of the window.
    pub width: f64,
    /// Size of the window.
    pub height: f64,
    /// Pixels of the screen for one of the page.
    pub pixels: f64,
    /// True if it draws in 3D.
    pub webgl: bool,
}

/// An error of this visit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Noted {
    /// Milliseconds since the visit began; none for an end before it.
    pub at: Option<u64>,
    /// A short stable name.
    pub kind: String,
    /// What was said.
    pub text: String,
}

/// Asks the browser; nothing if the script for it does not come.
pub async fn collect() -> Option<Collected> {
    let url = format!("{}diagnostics.js", place::scripts());
    let module: Script = script::import(&url).await.ok()?.unchecked_into();
    Some(read(&Of(module.collect().await.ok()?)))
}

/// The errors of this visit, the first one first.
pub fn noted() -> Vec<Noted> {
    let one = |noted| {
        let noted = Of(noted);
        Noted { at: noted.number("at"), kind: noted.text("kind"), text: noted.text("text") }
    };
    faults::errors().iter().map(one).collect()
}

fn read(told: &Of) -> Collected {
    let (times, storage, browser) = (told.of("times"), told.of("storage"), told.of("browser"));
    let requests = |of| {
        let of = Of(of);
        let number = |name| of.number(name).unwrap_or_default();
        let (requests, bytes, cached) = (number("requests"), number("bytes"), number("cached"));
        Requests { kind: of.text("kind"), requests, bytes, cached }
    };
    Collected {
        requests: Array::from(&told.get("requests")).iter().map(requests).collect(),
        times: Times {
            first_number: times.number("first_number"),
            usable: times.number("usable"),
            ready: times.number("ready"),
            longest_task: times.number("longest_task"),
            long_tasks: times.number("long_tasks").unwrap_or_default(),
        },
        storage: Storage { used: storage.number("used"), most: storage.number("most") },
        clock: told.get("clock").as_f64().map(|seconds| seconds as i64),
        program: told.text("program"),
        browser: Browser {
            name: browser.text("name"),
            language: browser.text("language"),
            online: browser.get("online").is_truthy(),
            processors: browser.number("processors"),
            line: browser.get("line").as_string(),
            width: browser.get("width").as_f64().unwrap_or_default(),
            height: browser.get("height").as_f64().unwrap_or_default(),
            pixels: browser.get("pixels").as_f64().unwrap_or_default(),
            webgl: browser.get("webgl").is_truthy(),
        },
    }
}

/// An object of the script, read name by name: a derived reader would be much code.
struct Of(JsValue);

impl Of {
    fn get(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or(JsValue::NULL)
    }

    fn of(&self, name: &str) -> Self {
        Self(self.get(name))
    }

    fn text(&self, name: &str) -> String {
        self.get(name).as_string().unwrap_or_default()
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn number(&self, name: &str) -> Option<u64> {
        self.get(name).as_f64().map(|number| number as u64)
    }
}
