// The selected node and what it is linked to, drawn again over a veil that layers.js lays; the data stay as they are.
const VEIL = 0.86;
const MOST_NEIGHBOUR_LABELS = 40;
// Above these many lines arrows would pile up and words would cover all.
const MOST_ARROWS = 60;
const MOST_RELATION_NAMES = 14;
const ARROW = 5; // pixels
const SMALLEST_NEAR = 3.5; // pixels of radius, however far away one is

const MARK = 2; // pixels, of the line around the selected node
const MARK_GAP = 4;

const asNeighbour = (node, scale) => ({ ...node, size: Math.max(node.size, SMALLEST_NEAR / scale) });
const asSelected = (node, scale) => ({ ...node, size: node.size + MARK_GAP / scale });

// Each neighbour once, the most important first, with the relations that lead to it.
function neighbourhood(node) {
  const found = new Map();
  for (const link of linksOf(node)) {
    if (link.node === node || !isLinked(link)) continue;
    if (!found.has(link.node)) found.set(link.node, []);
    found.get(link.node).push(link);
  }
  return [...found]
    .map(([other, links]) => ({ other, links }))
    .sort((a, b) => b.other.size - a.other.size || a.other.id - b.other.id);
}

const neighbours = (node) => neighbourhood(node).map(({ other }) => other);

// Arrows sit in the middle of their lines: at the ends of a hub they would make one blot.
function arrowsOf(node, near) {
  if (near.length > MOST_ARROWS) return [];
  const arrows = [];
  for (const { other, links } of near) {
    const directed = links.find(({ edge }) => edge.relation !== "together");
    if (!directed) continue;
    const [start, end] = directed.outward ? [node, other] : [other, node];
    const angle = Math.atan2(end.y - start.y, end.x - start.x);
    arrows.push({ x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, angle });
  }
  return arrows;
}

function arrowCorners({ x, y, angle }, size) {
  const corner = (turn, reach) => [x + reach * Math.cos(angle + turn), y + reach * Math.sin(angle + turn)];
  return [corner(0, size), corner(2.5, size), corner(-2.5, size)];
}

// Many lines make one area: then each is a faint one.
const focusLine = (near) => (near.length > MOST_ARROWS ? { width: 1, opacity: 0.28 } : { width: 1.5, opacity: 0.6 });

function drawFocus(context, node) {
  const near = neighbourhood(node);
  const scale = network.getScale();
  context.save();
  const { width, opacity } = focusLine(near);
  context.lineWidth = width / scale;
  context.globalAlpha = opacity;
  context.strokeStyle = context.fillStyle = colours.edge;
  context.beginPath();
  for (const { other } of near) {
    context.moveTo(node.x, node.y);
    context.lineTo(other.x, other.y);
  }
  context.stroke();
  context.globalAlpha = 0.9;
  context.beginPath();
  for (const arrow of arrowsOf(node, near)) {
    const [tip, left, right] = arrowCorners(arrow, ARROW / scale);
    context.moveTo(...tip);
    context.lineTo(...left);
    context.lineTo(...right);
  }
  context.fill();
  context.restore();
  for (const { other } of near) drawNode(context, asNeighbour(other, scale));
  drawNode(context, node);
  markSelected(context, node, scale);
  onScreen(context, () => drawLabels(context, focusLabels(node, near)));
}

function markSelected(context, node, scale) {
  context.save();
  context.beginPath();
  addShape(context, asSelected(node, scale));
  context.lineWidth = MARK / scale;
  context.strokeStyle = colours.ink;
  context.stroke();
  context.restore();
}

function focusLabels(node, near) {
  const at = projection();
  const others = near.map(({ other }) => other);
  const ground = groundWithShapes(at, [node, ...others]);
  const named = [spotFor(node, labelOf(node), { pixels: 16, weight: 650, colour: colours.ink }, at, ground, 0.9)];
  for (const other of others) {
    if (named.length > MOST_NEIGHBOUR_LABELS) break;
    const look = { pixels: 12, colour: isArticle(other) ? colours.muted : colours.ink };
    const spot = spotFor(other, labelOf(other), look, at, ground, 0.35);
    if (spot) named.push(spot);
  }
  if (near.length <= MOST_RELATION_NAMES) named.push(...relationLabels(node, near, at, ground));
  return named.filter((spot) => spot !== null);
}

// The relation's name beside the middle of its line, where there is room for it.
function relationLabels(node, near, at, ground) {
  const look = { pixels: 11, colour: colours.muted };
  return near.map(({ other, links }) => {
    const label = text(`relation.${links[0].edge.relation}`);
    const middle = { x: (node.x + other.x) / 2, y: (node.y + other.y) / 2, size: 2 / at.scale };
    const length = Math.hypot(at.x(node.x) - at.x(other.x), at.y(node.y) - at.y(other.y));
    return length < 60 ? null : spotFor(middle, label, look, at, ground, 0.05);
  });
}
