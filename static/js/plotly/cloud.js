// Points of a large scatter, drawn on a canvas inside the figure.
//
// A mark of SVG for each of thousands of points takes a tenth of a second at every change. So Plotly
// draws but one of each trace, for the legend's sake (`marker.maxdisplayed`), and has all of them in
// its figures: axes, hovering and clicking are its own. The others are painted here, where it would
// have put them, and in the same way.

/** From this many points on, a figure's points are painted. */
const MANY = 300;

const isScatter = ({ type, mode }) => type === "scatter" && mode === "markers";
const isPainted = ({ marker }) => marker?.maxdisplayed === 1;

/** The traces of a figure, with those marked whose points are painted. */
export function clouded(data) {
  const count = data.filter(isScatter).reduce((sum, { x }) => sum + (x?.length ?? 0), 0);
  if (count < MANY) return data;
  const marked = (trace) => ({ ...trace, marker: { ...trace.marker, maxdisplayed: 1 } });
  return data.map((trace) => (isScatter(trace) ? marked(trace) : trace));
}

/** The same for a drawing of its own, where nothing is painted: a picture to take away. */
export const unclouded = (data) =>
  data.map((trace) => (isPainted(trace) ? { ...trace, marker: { ...trace.marker, maxdisplayed: 0 } } : trace));

const ringed = new WeakMap();

/** Paints the points of a figure where Plotly's own would be; what has none has no canvas. */
export function paint(element) {
  const { _fullLayout: layout, calcdata = [] } = element;
  const clouds = calcdata.filter(([first]) => first?.trace?.visible === true && isPainted(first.trace));
  const known = element.querySelector(".cloud");
  if (clouds.length === 0) return void known?.remove();
  const canvas = known ?? document.createElement("canvas");
  if (!known) {
    canvas.className = "cloud";
    // Above the plot, and below what is told of a point.
    element.querySelector(".gl-container").before(canvas);
  }
  const scale = devicePixelRatio || 1;
  const [width, height] = [layout.width, layout.height].map((pixels) => Math.round(pixels * scale));
  // Setting a size clears it, and takes its memory anew.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const brush = canvas.getContext("2d");
  brush.setTransform(scale, 0, 0, scale, 0, 0);
  brush.clearRect(0, 0, layout.width, layout.height);
  brush.save();
  const [first] = clouds;
  clip(brush, axes(layout, first[0].trace));
  for (const cloud of clouds) paintCloud(brush, axes(layout, cloud[0].trace), cloud);
  brush.restore();
  paintRing(brush, element);
}

function axes(layout, { xaxis, yaxis }) {
  const of = (name, letter) => layout[`${letter}axis${name.slice(1)}`];
  return [of(xaxis ?? "x", "x"), of(yaxis ?? "y", "y")];
}

function clip(brush, [x, y]) {
  brush.beginPath();
  brush.rect(x._offset, y._offset, x._length, y._length);
  brush.clip();
}

const spot = ([x, y], point) => [x._offset + x.c2p(point.x), y._offset + y.c2p(point.y, true)];
const radius = ({ size }, index) => (Array.isArray(size) || ArrayBuffer.isView(size) ? size[index] : size) / 2;

function paintCloud(brush, lines, points) {
  const { marker } = points[0].trace;
  const { color, opacity = 1, line } = marker;
  brush.globalAlpha = opacity;
  brush.fillStyle = color;
  brush.strokeStyle = line?.color ?? color;
  brush.lineWidth = line?.width ?? 0;
  points.forEach((point, index) => {
    // The one that Plotly has drawn.
    if (point.vis) return;
    const [x, y] = spot(lines, point);
    if (!Number.isFinite(x + y)) return;
    brush.beginPath();
    brush.arc(x, y, radius(marker, index), 0, 2 * Math.PI);
    brush.fill();
    if (brush.lineWidth > 0 && line?.width) brush.stroke();
  });
  brush.globalAlpha = 1;
}

/** Rings a point of a trace, or none; true if it is one that is painted. */
export function ring(element, trace, index) {
  const cloud = trace === undefined ? undefined : element.calcdata?.[trace];
  const point = cloud && isPainted(cloud[0].trace) ? cloud[index] : undefined;
  const before = ringed.get(element);
  if (point) ringed.set(element, [trace, index]);
  else ringed.delete(element);
  if (point || before) paint(element);
  return Boolean(point);
}

function paintRing(brush, element) {
  const [trace, index] = ringed.get(element) ?? [];
  const cloud = element.calcdata?.[trace];
  if (!cloud?.[index]) return;
  const [x, y] = spot(axes(element._fullLayout, cloud[0].trace), cloud[index]);
  brush.beginPath();
  brush.arc(x, y, radius(cloud[0].trace.marker, index) + 1, 0, 2 * Math.PI);
  brush.lineWidth = 3;
  brush.strokeStyle = element._fullLayout.font.color;
  brush.stroke();
}
