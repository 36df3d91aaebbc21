//! The importer in a worker of its own: what it is asked, and what it says. Its program is fetched
//! when somebody brings a file, and ends with this.

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::host::brought::File;
use crate::host::{place, script};
use crate::session::retold::Retold;

/// A worker with the importer; it ends when this is dropped, whatever it is doing.
pub struct Importer {
    worker: Worker,
    said: UnboundedReceiver<JsValue>,
    _listening: [Closure<dyn Fn(Event)>; 2],
}

/// What it says before it is done.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "says", rename_all = "lowercase")]
pub enum Stage {
    /// So many bytes of a file are read in this pass.
    Read {
        /// Name of the file.
        file: String,
        /// Bytes read.
        bytes: f64,
        /// Bytes of the file.
        of: f64,
    },
    /// What it is at.
    Stage {
        /// In a word or two.
        name: String,
        /// Rows so far.
        rows: f64,
        /// True if it is through with it.
        ended: bool,
    },
    /// Something that people should read.
    Line {
        /// In words.
        line: String,
    },
}

/// Why nothing came of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Why {
    /// In words.
    pub message: Retold,
    /// Rows that are refused, where rows are the reason.
    #[serde(default)]
    pub rows: Option<u64>,
    /// The first of them.
    #[serde(default)]
    pub first: Vec<Row>,
}

/// A row that is refused.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Row {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column; none where the whole row is wrong.
    #[serde(default)]
    pub column: Option<String>,
    /// Why.
    pub reason: Retold,
}

/// How an order ends without what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// It is refused.
    Refused(Why),
    /// The program did not come, or failed.
    Broken(String),
}

impl Importer {
    /// Starts one.
    ///
    /// # Errors
    /// [`Ended::Broken`] if this browser has no worker for the page.
    pub fn start() -> Result<Self, Ended> {
        let failed = |_| Ended::Broken("a worker could not be started".to_owned());
        let url = script::resolve("importer.js", &place::scripts());
        let url = url.ok_or_else(|| failed(JsValue::NULL))?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&url, &options).map_err(failed)?;
        let (heard, said) = unbounded();
        let broken = heard.clone();
        let message = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            // Who does not listen any more has dropped the worker.
            let _ = heard.unbounded_send(event.unchecked_into::<MessageEvent>().data());
        });
        let fault = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            event.prevent_default();
            let lost = Object::new();
            let set = |name: &str, text: &str| {
                Reflect::set(&lost, &JsValue::from_str(name), &JsValue::from_str(text))
            };
            // A plain object takes what is set.
            let _ = set("says", "broken").and(set("message", "its program did not come"));
            let _ = broken.unbounded_send(lost.into());
        });
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fault.as_ref().unchecked_ref()));
        Ok(Self { worker, said, _listening: [message, fault] })
    }

    /// How files can be read.
    ///
    /// # Errors
    /// [`Ended`] says why there is no answer.
    pub async fn guess<T: DeserializeOwned>(
        &mut self,
        files: &[File],
        tell: impl FnMut(Stage),
    ) -> Result<T, Ended> {
        self.tell("guess", files, &[])?;
        let said = self.answer("guess", tell).await?;
        serde_wasm_bindgen::from_value(property(&said, "guess")).map_err(unclear)
    }

    /// What a mapping makes of files; `from` is the guess's.
    ///
    /// # Errors
    /// [`Ended`] says why there is no answer.
    pub async fn tried<T: DeserializeOwned>(
        &mut self,
        files: &[File],
        mapping: &str,
        from: &str,
        tell: impl FnMut(Stage),
    ) -> Result<T, Ended> {
        self.tell("try", files, &[("mapping", mapping), ("from", from)])?;
        let said = self.answer("tried", tell).await?;
        serde_wasm_bindgen::from_value(property(&said, "tried")).map_err(unclear)
    }

    /// A snapshot of files by a mapping; `from` is the guess's.
    ///
    /// # Errors
    /// [`Ended`] says why there is none.
    pub async fn build(
        &mut self,
        files: &[File],
        mapping: &str,
        from: &str,
        tell: impl FnMut(Stage),
    ) -> Result<Vec<File>, Ended> {
        self.tell("build", files, &[("mapping", mapping), ("from", from)])?;
        let said = self.answer("built", tell).await?;
        let file = |file: JsValue| {
            let bytes: Uint8Array = property(&file, "bytes").dyn_into().ok()?;
            let blob = Blob::new_with_u8_array_sequence(&Array::of1(&bytes)).ok()?;
            Some((property(&file, "name").as_string()?, blob))
        };
        let files: Option<Vec<File>> =
            Array::from(&property(&said, "files")).iter().map(file).collect();
        files.ok_or_else(|| Ended::Broken("the browser has no room for what it made".to_owned()))
    }

    fn tell(&self, ask: &str, files: &[File], more: &[(&str, &str)]) -> Result<(), Ended> {
        let order = Object::new();
        let set = |name: &str, value: &JsValue| Reflect::set(&order, &name.into(), value);
        let list: Array = files.iter().map(|(_, file)| JsValue::from(file)).collect();
        let texts = more.iter().try_for_each(|(name, text)| set(name, &(*text).into()).map(drop));
        let told = set("id", &1.into())
            .and(set("ask", &ask.into()))
            .and(set("files", &list))
            .and(texts)
            .and_then(|()| self.worker.post_message(&order));
        told.map_err(|_| Ended::Broken("a worker did not listen".to_owned()))
    }

    /// Waits for the end of an order, and tells what is said before.
    async fn answer(&mut self, end: &str, mut tell: impl FnMut(Stage)) -> Result<JsValue, Ended> {
        while let Some(said) = self.said.next().await {
            match property(&said, "says").as_string().as_deref() {
                Some(says) if says == end => return Ok(said),
                Some("refused") => {
                    let why = serde_wasm_bindgen::from_value(property(&said, "why"));
                    return Err(why.map_or_else(unclear, Ended::Refused));
                }
                Some("broken") => {
                    let message = property(&said, "message").as_string().unwrap_or_default();
                    return Err(Ended::Broken(message));
                }
                _ => {
                    if let Ok(stage) = serde_wasm_bindgen::from_value(said) {
                        tell(stage);
                    }
                }
            }
        }
        Err(Ended::Broken("a worker stopped".to_owned()))
    }
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

#[allow(clippy::needless_pass_by_value, reason = "it is given as a function to map errors")]
fn unclear(error: serde_wasm_bindgen::Error) -> Ended {
    Ended::Broken(error.to_string())
}

impl Drop for Importer {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
