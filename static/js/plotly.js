// Plotly with the traces every dashboard needs; Sankey and 3D come in chunks of their own.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import indicator from "plotly.js/lib/indicator";
import pie from "plotly.js/lib/pie";

Plotly.register([bar, indicator, pie]);

// Plotly sets bold text by a style attribute, which the page's policy blocks when it comes as
// text; the same declaration through the object model is allowed.
SVGTSpanElement.prototype.setAttribute = function (name, value) {
  if (name === "style") this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
};

const PARTS = {
  sankey: () => import("plotly.js/lib/sankey"),
  scatter3d: () => import("plotly.js/lib/scatter3d"),
};

const registered = new Map();

// A part that failed to come is asked for again the next time.
function need(part) {
  if (!part) return undefined;
  if (!registered.has(part)) {
    const coming = PARTS[part]().then((module) => Plotly.register(module.default ?? module));
    coming.catch(() => registered.delete(part));
    registered.set(part, coming);
  }
  return registered.get(part);
}

// Buttons only where dragging means something; everywhere else the mode bar is clutter.
function buttons({ type, mode = "" }) {
  if (type === "scatter3d") return ["orbitRotation", "zoom3d", "pan3d", "resetCameraDefault3d"];
  if (type === "scatter" && mode.includes("lines")) return ["zoom2d", "pan2d", "resetScale2d"];
  return [];
}

const isTouch = () => matchMedia("(pointer: coarse)").matches;

function config({ data, still, locale }) {
  const shown = still || isTouch() ? [] : buttons(data[0] ?? {});
  return {
    displaylogo: false,
    displayModeBar: shown.length > 0 ? "hover" : false,
    modeBarButtons: [shown],
    locale,
    // The binding watches the element itself.
    responsive: false,
    scrollZoom: false,
    showTips: false,
    staticPlot: still,
  };
}

// A 3D figure fills the height; where the width is less, the eye moves away until all is seen.
function stepBack(element, camera) {
  const distance = (1.25 * element.clientHeight) / element.clientWidth;
  if (!camera?.eye || !(distance > 1)) return;
  for (const axis of ["x", "y", "z"]) camera.eye[axis] *= distance;
}

export async function react(element, drawing) {
  await need(drawing.part);
  const { data, layout } = drawing;
  // On touch screens a drag scrolls the page; 3D figures still turn.
  if (isTouch() && !layout.scene) layout.dragmode = false;
  stepBack(element, layout.scene?.camera);
  await Plotly.react(element, data, layout, config(drawing));
  // Single labels of a drawing tell a listener nothing; the sentence and table beside it do.
  for (const part of element.querySelectorAll(".main-svg, .gl-container")) {
    part.setAttribute("aria-hidden", "true");
  }
}

// Hidden elements have no size to take; they are resized when they are shown.
export async function resize(element) {
  if (element.offsetParent === null || element.clientWidth === 0) return;
  await Plotly.Plots.resize(element);
}

export async function toImage(element, scale) {
  const { clientWidth: width, clientHeight: height } = element;
  return Plotly.toImage(element, { format: "png", scale, width, height });
}

export function purge(element) {
  Plotly.purge(element);
}

export function on(element, event, listener) {
  element.on(event, listener);
}
