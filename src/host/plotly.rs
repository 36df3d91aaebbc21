//! The one binding to Plotly: a figure goes in, a drawn and self-resizing chart comes out.
//!
//! The script is loaded on first use; the parts for Sankey and 3D figures on theirs. A [`Plot`]
//! owns its element's chart: dropping it removes the chart, its listeners and its closures.

use std::cell::RefCell;

use js_sys::{Array, JSON, Promise, Uint8Array};
use serde_json::json;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use widgets::{Figure, Module, Place};

use crate::host::place;
use crate::host::script::import;
use crate::host::webgl::{Webgl, webgl};

#[wasm_bindgen]
extern "C" {
    /// The exports of `static/js/plotly.js`.
    #[derive(Clone)]
    type Script;

    #[wasm_bindgen(method, catch)]
    async fn react(this: &Script, element: &Element, drawing: JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn picture(
        this: &Script,
        element: &Element,
        format: &str,
        caption: JsValue,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    fn resize(this: &Script, element: &Element) -> Promise;

    #[wasm_bindgen(method, js_name = fitAll)]
    fn fit_all(this: &Script);

    #[wasm_bindgen(method)]
    fn purge(this: &Script, element: &Element);

    #[wasm_bindgen(method, js_name = onPick)]
    fn on_pick(this: &Script, element: &Element, listener: &JsValue);

    #[wasm_bindgen(method, js_name = onFail)]
    fn on_fail(this: &Script, element: &Element, listener: &JsValue);

    #[wasm_bindgen(method, catch)]
    async fn mark(
        this: &Script,
        element: &Element,
        current: JsValue,
        path: JsValue,
    ) -> Result<JsValue, JsValue>;
}

thread_local! {
    static SCRIPT: RefCell<Option<Script>> = const { RefCell::new(None) };
}

/// Why a figure could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlotError {
    /// The script did not come.
    #[error(
        "the charts of this page could not be loaded ({0}); check the connection and try again"
    )]
    Script(String),
    /// The script did not take the figure.
    #[error("this chart could not be drawn ({0})")]
    Figure(String),
}

/// A figure and how it behaves.
#[derive(Clone, Copy, Debug)]
pub struct Drawing<'a> {
    /// What is drawn.
    pub figure: &'a Figure,
    /// BCP 47 tag for Plotly's own words.
    pub locale: &'a str,
}

impl Drawing<'_> {
    fn json(&self) -> String {
        let part = match self.figure.module {
            Module::Core => "",
            Module::Sankey => "sankey",
            Module::Scatter3d => "scatter3d",
        };
        let Figure { data, layout, module, .. } = self.figure;
        let by_software = *module == Module::Scatter3d && webgl() == Webgl::ByProcessor;
        json!({
            "data": data,
            "layout": layout,
            "part": part,
            "locale": self.locale,
            "bySoftware": by_software,
        })
        .to_string()
    }
}

/// What is called when a mark is clicked: kind, trace, index.
type Picked = Closure<dyn FnMut(String, usize, usize)>;

/// What is called when a figure that was on its way could not be drawn, and why.
type Failed = Closure<dyn FnMut(String)>;

/// Begins to load the script, so that the first figure need not wait for it.
pub async fn preload() {
    // Whoever draws first meets the same error and tells the reader.
    let _ = script().await;
}

/// Makes every chart on the page take the size of its place at once, as paper is about to.
pub fn fit_all() {
    if let Some(script) = SCRIPT.with_borrow(Clone::clone) {
        script.fit_all();
    }
}

/// A drawn chart.
pub struct Plot {
    script: Script,
    element: Element,
    observer: Option<ResizeObserver>,
    // Kept for as long as JavaScript may call them.
    _resized: Closure<dyn FnMut(Array)>,
    picked: Option<Picked>,
    failed: Option<Failed>,
}

impl Plot {
    /// Draws a figure into an empty element and keeps it at its size.
    ///
    /// # Errors
    /// [`PlotError`] says whether the script or the figure failed.
    pub async fn draw(element: Element, drawing: &Drawing<'_>) -> Result<Self, PlotError> {
        let script = script().await?;
        let resized = {
            let (script, element) = (script.clone(), element.clone());
            // The promise settles by itself; an element that left the page has no size.
            Closure::new(move |_: Array| drop(script.resize(&element)))
        };
        let mut plot =
            Self { script, element, observer: None, _resized: resized, picked: None, failed: None };
        plot.react(drawing).await?;
        plot.observer = ResizeObserver::new(plot._resized.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &plot.observer {
            observer.observe(&plot.element);
        }
        Ok(plot)
    }

    /// Turns the chart into another figure.
    ///
    /// # Errors
    /// As [`Plot::draw`]; the old figure stays.
    pub async fn react(&self, drawing: &Drawing<'_>) -> Result<(), PlotError> {
        let drawing = JSON::parse(&drawing.json()).map_err(|error| figure_error(&error))?;
        let drawn = self.script.react(&self.element, drawing).await;
        drawn.map(drop).map_err(|error| figure_error(&error))
    }

    /// Tells of every mark that is clicked, until the chart is dropped.
    pub fn on_pick(&mut self, picked: impl Fn(Place) + 'static) {
        let listener = Picked::new(move |kind: String, trace: usize, index: usize| {
            picked(place(&kind, trace, index));
        });
        self.script.on_pick(&self.element, listener.as_ref());
        self.picked = Some(listener);
    }

    /// Tells if a figure fails on its way from old to new, after it was said to stand.
    pub fn on_fail(&mut self, failed: impl Fn(PlotError) + 'static) {
        let listener = Failed::new(move |reason: String| failed(PlotError::Figure(reason)));
        self.script.on_fail(&self.element, listener.as_ref());
        self.failed = Some(listener);
    }

    /// Shows the mark that the keyboard is at, and the marks that belong together.
    pub async fn mark(&self, current: Option<Place>, path: &[Place]) {
        let current = current.map_or(JsValue::NULL, spot);
        let path: Array = path.iter().map(|&place| spot(place)).collect();
        // A drawing that shows no marks still has its text beside it.
        let _ = self.script.mark(&self.element, current, path.into()).await;
    }

    /// The chart as a picture, with its caption.
    ///
    /// # Errors
    /// [`PlotError::Figure`] if the browser could not paint it.
    pub async fn picture(
        &self,
        kind: PictureKind,
        caption: &Caption,
    ) -> Result<Vec<u8>, PlotError> {
        let Caption { title, lines, paper } = caption;
        let caption = json!({ "title": title, "lines": lines, "paper": paper }).to_string();
        let caption = JSON::parse(&caption).map_err(|error| figure_error(&error))?;
        let bytes = self.script.picture(&self.element, kind.ending(), caption).await;
        let bytes = bytes.map_err(|error| figure_error(&error))?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}

/// A picture's kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// Pixels, two for each of the screen's.
    Png,
    /// Lines and text.
    Svg,
}

impl PictureKind {
    /// The ending of its name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// Its media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// What stands in a picture beside the figure; texts are escaped for Plotly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// Above it.
    pub title: String,
    /// Below it.
    pub lines: Vec<String>,
    /// Colour of the paper.
    pub paper: String,
}

impl Drop for Plot {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        self.script.purge(&self.element);
    }
}

/// A place as the script names it.
fn spot(place: Place) -> JsValue {
    let (kind, trace, index) = match place {
        Place::Whole => ("whole", 0, 0),
        Place::Trace(trace) => ("trace", trace, 0),
        Place::Point { trace, point } => ("point", trace, point),
        Place::Node(node) => ("node", 0, node),
        Place::Link(link) => ("link", 0, link),
    };
    Array::of3(&kind.into(), &(trace as f64).into(), &(index as f64).into()).into()
}

fn place(kind: &str, trace: usize, index: usize) -> Place {
    match kind {
        "point" => Place::Point { trace, point: index },
        "node" => Place::Node(index),
        "link" => Place::Link(index),
        _ => Place::Whole,
    }
}

async fn script() -> Result<Script, PlotError> {
    if let Some(script) = SCRIPT.with_borrow(Clone::clone) {
        return Ok(script);
    }
    let folder = place::scripts();
    link_styles(&format!("{folder}plotly.css"));
    let url = format!("{folder}plotly.js");
    let module = import(&url).await.map_err(|error| PlotError::Script(text(&error)))?;
    let script: Script = module.unchecked_into();
    SCRIPT.set(Some(script.clone()));
    Ok(script)
}

/// Links the styles that Plotly would otherwise inject, which the page's policy forbids; it
/// finds them by this id and class.
fn link_styles(url: &str) {
    let document = gloo::utils::document();
    if document.get_element_by_id("plotly.js-style-global").is_some() {
        return;
    }
    let (Some(head), Ok(link)) = (document.head(), document.create_element("link")) else { return };
    let attributes = [
        ("id", "plotly.js-style-global"),
        ("class", "no-inline-styles"),
        ("rel", "stylesheet"),
        ("href", url),
    ];
    for (name, value) in attributes {
        // None of these names can be refused.
        let _ = link.set_attribute(name, value);
    }
    let _ = head.append_child(&link);
}

/// A part of the script that did not come is called `Missing` there.
fn figure_error(error: &JsValue) -> PlotError {
    let name = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name()));
    if name.as_deref() == Some("Missing") {
        return PlotError::Script(text(error));
    }
    PlotError::Figure(text(error))
}

fn text(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| "unknown reason".to_owned()),
    }
}
