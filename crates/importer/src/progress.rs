//! Progress, posted to the page as it comes.

use importer_core::progress::{Bar, Progress, Stage};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Posts a message, given as JSON: a function that the worker's script puts in its place.
    #[wasm_bindgen(js_name = tellPage)]
    fn tell(message: &str);
}

/// What the worker says before the end.
#[derive(Serialize)]
#[serde(tag = "says", rename_all = "lowercase")]
enum Said<'a> {
    Read { file: &'a str, bytes: f64, of: f64 },
    Stage { name: &'a str, rows: u64, ended: bool, note: &'a str },
    Line { line: &'a str },
}

impl Said<'_> {
    fn tell(&self) {
        // Numbers and texts can always be written.
        if let Ok(message) = serde_json::to_string(self) {
            tell(&message);
        }
    }
}

/// So much of a file is read.
pub fn read(file: &str, bytes: f64, of: f64) {
    Said::Read { file, bytes, of }.tell();
}

/// The page hears everything.
pub struct Posted;

impl Progress for Posted {
    fn stage(&self, name: &str, _: Option<u64>) -> Stage {
        let stage = Post { name: name.to_owned() };
        stage.tell(0, false, "");
        Stage::new(stage)
    }

    fn say(&self, line: &str) {
        Said::Line { line }.tell();
    }
}

struct Post {
    name: String,
}

impl Post {
    fn tell(&self, rows: u64, ended: bool, note: &str) {
        Said::Stage { name: &self.name, rows, ended, note }.tell();
    }
}

impl Bar for Post {
    fn at(&mut self, steps: u64) {
        self.tell(steps, false, "");
    }

    fn end(self: Box<Self>, steps: u64, note: &str) {
        self.tell(steps, true, note);
    }
}
