// The selected node and what it is linked to, drawn again over a veil; the data stay as they are.
const VEIL = 0.86;
const MOST_NEIGHBOUR_LABELS = 40;

function neighbours(node) {
  const found = new Set();
  for (const link of node.links) if (link.node !== node && isVisible(link.node)) found.add(link.node);
  return [...found].sort((a, b) => b.size - a.size || a.id - b.id);
}

function drawFocus(context) {
  const node = state.selected;
  const near = neighbours(node);
  onScreen(context, () => {
    context.globalAlpha = VEIL;
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, container.clientWidth, container.clientHeight);
  });
  context.save();
  context.lineWidth = 1.5 / network.getScale();
  context.globalAlpha = near.length > 60 ? 0.35 : 0.6;
  context.strokeStyle = colours.edge;
  context.beginPath();
  for (const other of near) {
    context.moveTo(node.x, node.y);
    context.lineTo(other.x, other.y);
  }
  context.stroke();
  context.restore();
  for (const other of near) drawNode(context, other);
  drawNode(context, node);
  markSelected(context, node);
  onScreen(context, () => nameFocus(context, node, near));
}

function markSelected(context, node) {
  context.save();
  outline(context, { ...node, size: node.size + 4 / network.getScale() });
  context.lineWidth = 2 / network.getScale();
  context.strokeStyle = colours.ink;
  context.stroke();
  context.restore();
}

function nameFocus(context, node, near) {
  const at = projection();
  const places = new Places(at);
  places.keepFree(node);
  context.textAlign = "center";
  context.textBaseline = "top";
  placeLabel(context, at, places, node, { pixels: 16, weight: 650 });
  let left = MOST_NEIGHBOUR_LABELS;
  for (const other of near) {
    if (left === 0) break;
    const look = { pixels: 12, colour: isArticle(other) ? colours.muted : colours.ink };
    if (placeLabel(context, at, places, other, look)) left -= 1;
  }
}
