// All edges in three strokes by their length in the picture: the longer, the fainter.
const EDGE_WIDTH = 0.9;
const EDGE_OPACITY = { short: 0.26, middle: 0.13, long: 0.055 };
const EDGE_LENGTH = { short: 90, middle: 320 };

// Few edges can be seen each for itself; thousands make a ground.
const EDGE_PRESENCE = Math.min(Math.max(Math.sqrt(1500 / Math.max(edges.length, 1)), 1), 3);

let edgePaths = {};

function layEdges() {
  edgePaths = { short: new Path2D(), middle: new Path2D(), long: new Path2D() };
  for (const edge of edges) {
    const [source, target] = [nodes[edge.from], nodes[edge.to]];
    if (!isVisible(source) || !isVisible(target)) continue;
    const length = Math.hypot(source.x - target.x, source.y - target.y);
    const path = edgePaths[length < EDGE_LENGTH.short ? "short" : length < EDGE_LENGTH.middle ? "middle" : "long"];
    path.moveTo(source.x, source.y);
    path.lineTo(target.x, target.y);
  }
}

// A canvas without a ground of its own takes on a tint where the veil lies over nothing.
function drawPaper(context) {
  onScreen(context, () => {
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, container.clientWidth, container.clientHeight);
  });
}

function drawEdges(context) {
  const scale = network.getScale();
  const nearer = Math.min(Math.max(scale / fittingScale, 1), 3);
  context.save();
  context.lineWidth = EDGE_WIDTH / scale;
  context.strokeStyle = colours.edge;
  for (const [length, path] of Object.entries(edgePaths)) {
    context.globalAlpha = Math.min(EDGE_OPACITY[length] * EDGE_PRESENCE * Math.sqrt(nearer), 0.5);
    context.stroke(path);
  }
  context.restore();
}
