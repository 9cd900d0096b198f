// All edges in one stroke for each colour and length in the picture: the longer, the fainter.
const EDGE_WIDTH = 0.9;
const EDGE_LENGTHS = [
  { below: 90, opacity: 0.3 },
  { below: 320, opacity: 0.15 },
  { below: Infinity, opacity: 0.07 },
];
// Few edges can be seen each for itself; a thousand of them make a ground, and more make a fog.
const EDGES_IN_SIGHT = 900;

let edgeBatches = [];

function layEdges() {
  const batches = new Map();
  for (const edge of edges) {
    if (!edge.visible) continue;
    const [source, target] = [nodes[edge.from], nodes[edge.to]];
    const length = Math.hypot(source.x - target.x, source.y - target.y);
    const reach = EDGE_LENGTHS.findIndex(({ below }) => length < below);
    const theme = state.colourBy === "theme" && source.theme === target.theme ? source.theme : undefined;
    const key = `${theme}/${reach}`;
    if (!batches.has(key)) batches.set(key, { theme, reach, lines: [], path: new Path2D() });
    const batch = batches.get(key);
    batch.lines.push(edge);
    batch.path.moveTo(source.x, source.y);
    batch.path.lineTo(target.x, target.y);
  }
  const crowds = EDGE_LENGTHS.map(() => 0);
  for (const { reach, lines } of batches.values()) crowds[reach] += lines.length;
  edgeBatches = [...batches.values()].map((batch) => ({ ...batch, presence: presence(crowds[batch.reach]) }));
}

const presence = (crowd) => Math.min(Math.max(Math.sqrt(EDGES_IN_SIGHT / Math.max(crowd, 1)), 0.3), 2.5);

const batchColour = ({ theme }) => (theme === undefined ? colours.edge : themeColour(theme));

function batchOpacity({ reach, presence: seen }, scale) {
  const nearer = Math.sqrt(Math.min(Math.max(scale / fittingScale, 1), 4));
  return Math.min(EDGE_LENGTHS[reach].opacity * seen * nearer, 0.5);
}

// A canvas without a ground of its own takes on a tint where the veil lies over nothing.
function drawPaper(context, opacity = 1) {
  onScreen(context, () => {
    context.globalAlpha = opacity;
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, container.clientWidth, container.clientHeight);
  });
}

function drawEdges(context) {
  const scale = network.getScale();
  context.save();
  context.lineWidth = EDGE_WIDTH / scale;
  for (const batch of edgeBatches) {
    context.strokeStyle = batchColour(batch);
    context.globalAlpha = batchOpacity(batch, scale);
    context.stroke(batch.path);
  }
  context.restore();
}
