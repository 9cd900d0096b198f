// vis-network keeps the canvas, the zoom and the gestures; places come from Python, so nothing has to settle.
const container = document.getElementById("graph");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Nodes and edges are drawn by marks.js and edges.js: vis takes each for itself, and thousands of strokes and of
// changes to its data make a slow picture.
const network = new vis.Network(container, { nodes: [], edges: [] }, read("page-options"));

// However often it is asked for, one picture a frame.
let awaited = false;

function redraw() {
  if (awaited) return;
  awaited = true;
  requestAnimationFrame(() => {
    awaited = false;
    network.redraw();
  });
}

// From the picture's coordinates to pixels on the screen.
function projection() {
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const [middle, level] = [container.clientWidth / 2, container.clientHeight / 2];
  const { width, height } = freeSpace();
  return {
    scale,
    width,
    height,
    narrow: width < 600,
    x: (x) => (x - centre.x) * scale + middle,
    y: (y) => (y - centre.y) * scale + level,
  };
}

// Draw in pixels of the screen; the canvas may have more of its own, and begin before the screen does.
function onScreen(context, draw) {
  const { a: size, e: across, f: down } = context.getTransform();
  const at = projection();
  const ratio = size / at.scale;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, across - ratio * at.x(0), down - ratio * at.y(0));
  draw();
  context.restore();
}

// The box that the details leave free.
function freeSpace() {
  const panel = document.getElementById("panel");
  const [width, height] = [container.clientWidth, container.clientHeight];
  if (panel.hidden) return { width, height, dx: 0, dy: 0 };
  const covered = panel.getBoundingClientRect();
  if (covered.width >= width) return { width, height: height - covered.height, dx: 0, dy: -covered.height / 2 };
  return { width: width - covered.width, height, dx: -covered.width / 2, dy: 0 };
}

function bounds(shown) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, size } of shown) {
    box.left = Math.min(box.left, x - size);
    box.right = Math.max(box.right, x + size);
    box.top = Math.min(box.top, y - size);
    box.bottom = Math.max(box.bottom, y + size);
  }
  return box;
}

// Centre on some nodes, no nearer than `nearest`; animated unless it is the first look. `edge` are pixels of the
// screen that stay free around them, a little more above and below for names.
function lookAt(shown, { edge = 24, nearest = 1.6, animate = true } = {}) {
  if (!shown.length) return undefined;
  const box = bounds(shown);
  const free = freeSpace();
  const across = Math.max(free.width - 2 * Math.min(edge, free.width / 16), 80) / (box.right - box.left);
  const down = Math.max(free.height - 2 * edge - 24, 80) / (box.bottom - box.top);
  const scale = Math.min(across, down, nearest);
  network.moveTo({
    position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 },
    scale,
    offset: { x: free.dx, y: free.dy },
    animation: animate && !calm.matches ? { duration: 450, easingFunction: "easeInOutQuad" } : false,
  });
  return scale;
}

let fittingScale = 1;

function showAll(animate = true) {
  const heads = page.themes.filter(isTitled).map(({ x, top }) => ({ x, y: top, size: 0 }));
  fittingScale = lookAt([...nodes.filter(isVisible), ...heads], { animate }) ?? 1;
}

function zoomBy(factor) {
  const scale = Math.min(Math.max(network.getScale() * factor, fittingScale * 0.4), 8);
  network.moveTo({ scale, animation: calm.matches ? false : { duration: 180, easingFunction: "easeOutQuad" } });
}

function panBy(dx, dy) {
  const centre = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: centre.x + dx / scale, y: centre.y + dy / scale } });
}

// The visible node under a point of the screen; small dots get a reach that a finger can hit.
function nodeAt({ x, y }, reach) {
  const at = projection();
  let best = null;
  let nearest = 1;
  for (const node of nodes) {
    if (!isVisible(node)) continue;
    const radius = Math.max(node.size * at.scale, reach);
    const distance = Math.hypot(at.x(node.x) - x, at.y(node.y) - y) / radius;
    if (distance <= nearest) [best, nearest] = [node, distance];
  }
  return best;
}
