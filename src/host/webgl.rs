//! Whether this browser draws in three dimensions, and how fast.

use std::cell::OnceCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlCanvasElement;

/// How figures in three dimensions can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Webgl {
    /// Not at all.
    Missing,
    /// By the processor, which takes most of a second for each frame.
    ByProcessor,
    /// By a graphics card.
    ByCard,
}

/// Programs that draw without a graphics card, as they call themselves.
const BY_PROCESSOR: [&str; 4] = ["swiftshader", "llvmpipe", "softpipe", "basic render"];

/// `RENDERER` and `UNMASKED_RENDERER_WEBGL` of WebGL.
const RENDERER: u32 = 0x1f01;
const UNMASKED_RENDERER: u32 = 0x9246;

thread_local! {
    static FOUND: OnceCell<Webgl> = const { OnceCell::new() };
}

/// What this browser has; it is looked for once.
pub fn webgl() -> Webgl {
    FOUND.with(|found| *found.get_or_init(look))
}

fn look() -> Webgl {
    let canvas = gloo::utils::document().create_element("canvas").ok();
    let canvas = canvas.and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok());
    let Some(context) = canvas.and_then(|canvas| canvas.get_context("webgl").ok().flatten()) else {
        return Webgl::Missing;
    };
    let drawn_by = drawn_by(&context).unwrap_or_default().to_lowercase();
    // Browsers give few contexts: it is given back at once, or, where that is not possible, when nobody
    // holds it any more.
    let _ =
        extension(&context, "WEBGL_lose_context").and_then(|lose| call(&lose, "loseContext", &[]));
    match BY_PROCESSOR.iter().any(|name| drawn_by.contains(name)) {
        true => Webgl::ByProcessor,
        false => Webgl::ByCard,
    }
}

/// What draws, in the words of its maker.
fn drawn_by(context: &Object) -> Option<String> {
    let told = extension(context, "WEBGL_debug_renderer_info");
    let asked = if told.is_some() { UNMASKED_RENDERER } else { RENDERER };
    call(context, "getParameter", &[asked.into()])?.as_string()
}

fn extension(context: &Object, name: &str) -> Option<Object> {
    call(context, "getExtension", &[name.into()])?.dyn_into().ok()
}

fn call(on: &Object, name: &str, with: &[JsValue]) -> Option<JsValue> {
    let method = Reflect::get(on, &name.into()).ok()?.dyn_into::<Function>().ok()?;
    method.apply(on, &with.iter().collect::<Array>()).ok()
}
