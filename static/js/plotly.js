// Plotly with the traces every dashboard needs; Sankey and 3D come in chunks of their own.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import indicator from "plotly.js/lib/indicator";
import pie from "plotly.js/lib/pie";

import { clouded, paint, ring, unclouded } from "./plotly/cloud.js";

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
    registered.set(
      part,
      coming.catch((error) => {
        registered.delete(part);
        throw Object.assign(new Error(error.message), { name: "Missing" });
      }),
    );
  }
  return registered.get(part);
}

// Buttons only where dragging means something; everywhere else the mode bar is clutter.
function buttons({ data, layout }) {
  const { type, mode = "" } = data[0] ?? {};
  if (layout.dragmode === false) return [];
  if (type === "scatter3d") return ["orbitRotation", "zoom3d", "pan3d", "resetCameraDefault3d"];
  if (type === "scatter" && mode.includes("lines")) return ["zoom2d", "pan2d", "resetScale2d"];
  return [];
}

const isTouch = () => matchMedia("(pointer: coarse)").matches;

function config({ data, layout, locale, bySoftware }) {
  const shown = isTouch() ? [] : buttons({ data, layout });
  return {
    displaylogo: false,
    displayModeBar: shown.length > 0 ? "hover" : false,
    modeBarButtons: [shown],
    locale,
    // The binding watches the element itself.
    responsive: false,
    // Four pixels for each of the screen are smooth, and too many for a processor.
    plotGlPixelRatio: bySoftware ? 1 : 2,
    scrollZoom: false,
    showTips: false,
  };
}

// A 3D figure fills the height; where the width is less, the eye moves away until all is seen.
function stepBack(element, camera) {
  const distance = (1.25 * element.clientHeight) / element.clientWidth;
  if (!camera?.eye || !(distance > 1)) return;
  for (const axis of ["x", "y", "z"]) camera.eye[axis] *= distance;
}

// Below this width a figure is drawn as its `layout.meta.narrow` says, where it says anything.
const NARROW = 430;
const drawings = new WeakMap();

function merged(into, patch) {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result = { ...into };
  for (const [key, value] of Object.entries(patch)) result[key] = merged(result[key], value);
  return result;
}

const isNarrow = (element) => element.clientWidth > 0 && element.clientWidth < NARROW;

function fitted(element, { data, layout }) {
  const patch = isNarrow(element) && layout.meta?.narrow;
  if (!patch) return { data: structuredClone(data), layout: structuredClone(layout) };
  const traces = data.map((trace, at) => merged(trace, patch.data?.[at] ?? {}));
  return { data: structuredClone(traces), layout: structuredClone(merged(layout, patch.layout ?? {})) };
}

// What is about to be printed must not be on its way.
const isPrinting = () => document.documentElement.classList.contains("printing");
const isStill = () => isPrinting() || matchMedia("(prefers-reduced-motion: reduce)").matches;

// Bars, lines and gauges move from old to new; they stand as soon as they begin to move.
const MOVING = new Set(["bar", "scatter", "indicator"]);
const MOVE_MS = 320;
/** Until when a figure may be moving. */
const moving = new WeakMap();

function moves(element, data) {
  const known = element.data;
  if (isStill() || !known || known.length !== data.length) return false;
  return data.every(
    ({ type, x, mode }, at) =>
      MOVING.has(type) && known[at].type === type && mode !== "markers" && known[at].x?.length === x?.length,
  );
}

/** The figure as it is drawn here. */
function ready(element, drawing) {
  const { data, layout } = fitted(element, drawing);
  // On touch screens a drag scrolls the page; 3D figures still turn.
  if (isTouch() && !layout.scene) layout.dragmode = false;
  stepBack(element, layout.scene?.camera);
  return { data: clouded(data), layout };
}

const failing = new WeakMap();

/** Tells `listener(reason)` of a figure that fails after it was said to stand; one listener an element. */
export function onFail(element, listener) {
  failing.set(element, listener);
}

// What could not move from old to new is drawn where it should stand.
async function drawAnew(element, drawing) {
  if (drawings.get(element)?.drawing !== drawing) return;
  Plotly.purge(element);
  const { data, layout } = ready(element, drawing);
  await Plotly.newPlot(element, data, layout, config(drawing));
  if (picking.has(element)) listen(element);
}

export async function react(element, drawing) {
  await need(drawing.part);
  const known = drawings.get(element);
  drawings.set(element, { drawing, narrow: isNarrow(element) });
  const { data, layout } = ready(element, drawing);
  unmark(element);
  ring(element);
  if (known && moves(element, data)) {
    layout.transition = { duration: MOVE_MS, easing: "cubic-in-out" };
    moving.set(element, performance.now() + 2 * MOVE_MS);
    const move = async () => Plotly.react(element, data, layout, config(drawing));
    move()
      .catch(() => drawAnew(element, drawing))
      .catch((error) => failing.get(element)?.(String(error.message ?? error)));
  } else {
    await Plotly.react(element, data, layout, config(drawing));
    if (known && !isStill()) appear(element);
  }
  // Whatever moves the points from now on: another size, a trace left out by the legend.
  element.removeAllListeners("plotly_afterplot");
  element.on("plotly_afterplot", () => paint(element));
  paint(element);
  // Single labels of a drawing tell a listener nothing; the sentence and table beside it do.
  for (const part of element.querySelectorAll(".main-svg, .gl-container")) {
    part.setAttribute("aria-hidden", "true");
  }
  // A changed configuration makes Plotly forget its listeners.
  if (picking.has(element)) listen(element);
}

// What cannot move comes in softly.
function appear(element) {
  element.animate?.([{ opacity: 0.35 }, { opacity: 1 }], { duration: 240, easing: "ease-out" });
}

// A part of a pixel is nothing.
function fits({ _fullLayout: { width, height }, clientWidth, clientHeight }) {
  return Math.abs(width - clientWidth) < 1 && Math.abs(height - clientHeight) < 1;
}

// Hidden elements have no size to take; they are resized when they are shown.
export async function resize(element) {
  if (element.offsetParent === null || element.clientWidth === 0) return;
  const known = drawings.get(element);
  if (known && known.narrow !== isNarrow(element) && known.drawing.layout.meta?.narrow) {
    return react(element, known.drawing);
  }
  // Who begins to watch is told at once.
  if (fits(element)) return;
  await Plotly.Plots.resize(element);
}

/** Gives every figure in sight its size at once, without the wait by which `resize` saves work. */
export function fitAll() {
  for (const element of document.querySelectorAll(".js-plotly-plot")) {
    const known = drawings.get(element);
    if (!known || element.offsetParent === null || element.clientWidth === 0 || fits(element)) continue;
    const done = known.narrow === isNarrow(element)
      ? Plotly.relayout(element, { autosize: true })
      : react(element, known.drawing);
    // A figure that does not follow is printed as it is.
    done.catch(() => {});
  }
}

// --- Pictures to take away ---------------------------------------------------------------------

const [HEAD, LINE, LEAST] = [44, 16, { width: 720, height: 380 }];

// A note on the paper outside of the plot, `pixels` from its upper or lower edge.
function note(text, edge, pixels, font) {
  const [y, yanchor] = edge === "top" ? [1, "bottom"] : [0, "top"];
  const place = { xref: "paper", yref: "paper", x: 0, y, xanchor: "left", yanchor, yshift: pixels };
  return { ...place, text, font, showarrow: false, align: "left" };
}

/** The figure with title and lines around it, as the bytes of a `png` or `svg` file. */
export async function picture(element, format, { title, lines, paper }) {
  const { _fullLayout: full } = element;
  const layout = structuredClone(element.layout);
  const margin = { ...full.margin, ...layout.margin };
  const size = full._size ?? { t: margin.t, b: margin.b, l: margin.l };
  const foot = lines.length * LINE + 14;
  layout.margin = { ...margin, t: Math.max(size.t, margin.t) + HEAD, b: Math.max(size.b, margin.b) + foot };
  layout.paper_bgcolor = paper;
  layout.plot_bgcolor = paper;
  const [width, height] = [
    Math.max(element.clientWidth, LEAST.width),
    Math.max(element.clientHeight, LEAST.height) + HEAD + foot,
  ];
  const left = 12 - size.l;
  const shifted = (entry) => ({ ...entry, xshift: left });
  layout.annotations = [
    ...(layout.annotations ?? []),
    shifted(note(`<b>${title}</b>`, "top", size.t + 12, { size: 16, color: full.font.color })),
    shifted(
      note(lines.join("<br>"), "bottom", -size.b - 8, { size: 11, color: full.font.color }),
    ),
  ];
  Object.assign(layout, { width, height, autosize: false });
  const camera = full.scene?._scene?.getCamera?.();
  if (camera) layout.scene.camera = camera;
  const data = unclouded(element.data.filter(({ uid }) => uid !== HERE));
  const url = await Plotly.toImage({ data, layout }, { format, width, height, scale: 2 });
  const [head, body] = [url.slice(0, url.indexOf(",")), url.slice(url.indexOf(",") + 1)];
  if (!head.endsWith("base64")) return new TextEncoder().encode(decodeURIComponent(body));
  return Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
}

export function purge(element) {
  picking.delete(element);
  failing.delete(element);
  drawings.delete(element);
  // What is still moving would look for what is gone.
  const rest = (moving.get(element) ?? 0) - performance.now();
  if (rest > 0) setTimeout(() => Plotly.purge(element), rest);
  else Plotly.purge(element);
}

// What a pointer has called up goes at a key, too.
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const element of document.querySelectorAll(".js-plotly-plot")) {
    if (element._fullLayout && !element._fullLayout.scene) Plotly.Fx.unhover(element);
  }
});

// --- Marks: what can be clicked, and what the keyboard points at -------------------------------

const picking = new WeakMap();

/** Tells `listener(kind, trace, index)` of every click on a mark; one listener an element. */
export function onPick(element, listener) {
  picking.set(element, listener);
  element.addEventListener("pointerdown", (event) => (element.pressed = event), true);
  listen(element);
}

function listen(element) {
  for (const event of ["plotly_click", "plotly_hover", "plotly_unhover"]) {
    element.removeAllListeners?.(event);
  }
  element.on("plotly_click", ({ points: [point] }) => {
    const tell = () => picking.get(element)?.(...placeOf(point));
    if (element._fullLayout.scene) whenReleased(element, tell);
    else tell();
  });
  element.on("plotly_hover", () => element.classList.add("is-over"));
  element.on("plotly_unhover", () => element.classList.remove("is-over"));
  gauge(element);
}

// A 3D figure reports a click as soon as it is pressed; turning it is no click.
function whenReleased(element, tell) {
  const { clientX, clientY } = element.pressed ?? {};
  const released = (event) => {
    const way = Math.hypot(event.clientX - clientX, event.clientY - clientY);
    if (way < 5) tell();
  };
  addEventListener("pointerup", released, { once: true, capture: true });
}

function placeOf(point) {
  if ("sourceLinks" in point) return ["node", point.curveNumber ?? 0, point.pointNumber];
  if ("source" in point && "target" in point) return ["link", 0, point.pointNumber];
  return ["point", point.curveNumber, point.pointNumber];
}

// A gauge has neither hover nor click of its own; its trace says in `meta` what to show.
function gauge(element) {
  const angular = element.querySelector(".indicatorlayer .angular");
  if (!angular) return;
  const layer = () => element.querySelector(".hoverlayer");
  angular.onclick = () => picking.get(element)?.("whole", 0, 0);
  angular.onpointermove = (event) => {
    const { left, top } = element.getBoundingClientRect();
    const { hoverlabel } = element._fullLayout;
    Plotly.Fx.loneHover(
      {
        x: event.clientX - left,
        y: event.clientY - top,
        text: element.data[0].meta,
        color: hoverlabel.bgcolor,
        borderColor: hoverlabel.bordercolor,
        fontFamily: hoverlabel.font.family,
        fontSize: hoverlabel.font.size,
        fontColor: hoverlabel.font.color,
        textAlign: "left",
      },
      { container: layer(), outerContainer: element.querySelector(".main-svg"), gd: element },
    );
  };
  angular.onpointerleave = () => Plotly.Fx.loneUnhover(layer());
}

const MARKED = ["is-marked", "is-path", "is-off-path"];

function unmark(element) {
  const marked = element.querySelectorAll(MARKED.map((name) => `.${name}`).join());
  for (const part of marked) part.classList.remove(...MARKED);
}

// The parts of the drawing that show a place.
function partsOf(element, [kind, trace, index]) {
  const all = (selector) => [...element.querySelectorAll(selector)];
  const own = (part) => part.__data__ ?? {};
  switch (kind) {
    case "whole":
      return all(".indicatorlayer .value-arc path");
    case "node":
      return all(".sankey-node").filter((part) => own(part).node?.pointNumber === index);
    case "link":
      return all(".sankey-link").filter((part) => own(part).link?.pointNumber === index);
    default: {
      const ofTrace = (part) => own(part)[0]?.trace?.index === trace;
      const groups = all(".pielayer .trace, .barlayer .trace, .scatterlayer .trace").filter(ofTrace);
      const points = groups.flatMap((group) => [...group.querySelectorAll(".slice, .point")]);
      if (kind === "trace") return points;
      return points.filter((part) => (own(part).pointNumber ?? own(part).i) === index);
    }
  }
}

/**
 * Shows which mark the keyboard is at (`current`), and which belong together (`path`); other marks
 * step back. Places are `[kind, trace, index]`.
 */
export async function mark(element, current, path) {
  unmark(element);
  for (const place of path) {
    for (const part of partsOf(element, place)) part.classList.add("is-path");
  }
  if (path.length > 0) {
    for (const part of element.querySelectorAll(".sankey-node, .sankey-link")) {
      if (!part.classList.contains("is-path")) part.classList.add("is-off-path");
    }
  }
  const isPainted = current?.[0] === "point" ? ring(element, current[1], current[2]) : ring(element);
  if (current && !isPainted) for (const part of partsOf(element, current)) part.classList.add("is-marked");
  if (element._fullLayout?.scene) await markInSpace(element, current);
}

const HERE = "here";

// In space a mark is one more point: a ring around the one it stands for.
async function markInSpace(element, current) {
  const at = element.data.findIndex(({ uid }) => uid === HERE);
  const trace = current?.[0] === "point" ? element.data[current[1]] : undefined;
  const [x, y, z] = ["x", "y", "z"].map((axis) => (trace ? [trace[axis][current[2]]] : []));
  if (at >= 0) return void (await Plotly.restyle(element, { x: [x], y: [y], z: [z] }, [at]));
  if (!trace) return;
  const { color } = element._fullLayout.font;
  const marker = { symbol: "circle-open", size: 12, color, line: { width: 3, color } };
  const ring = { type: "scatter3d", mode: "markers", uid: HERE, x, y, z, marker };
  await Plotly.addTraces(element, { ...ring, hoverinfo: "skip", showlegend: false });
}
