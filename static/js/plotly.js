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
  unmark(element);
  // On touch screens a drag scrolls the page; 3D figures still turn.
  if (isTouch() && !layout.scene) layout.dragmode = false;
  stepBack(element, layout.scene?.camera);
  await Plotly.react(element, data, layout, config(drawing));
  // Single labels of a drawing tell a listener nothing; the sentence and table beside it do.
  for (const part of element.querySelectorAll(".main-svg, .gl-container")) {
    part.setAttribute("aria-hidden", "true");
  }
  // A changed configuration makes Plotly forget its listeners.
  if (picking.has(element)) listen(element);
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
  picking.delete(element);
  Plotly.purge(element);
}

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
  if (current) for (const part of partsOf(element, current)) part.classList.add("is-marked");
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
