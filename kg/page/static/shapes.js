// The outlines of vis-network's node shapes, to draw a node again over the veil and to keep a drawn ring in place.
function outline(context, node) {
  const { x, y, size } = node;
  context.beginPath();
  if (node.shape === "square") {
    context.rect(x - size, y - size, 2 * size, 2 * size);
  } else if (node.shape === "diamond") {
    context.moveTo(x, y + size);
    context.lineTo(x + size, y);
    context.lineTo(x, y - size);
    context.lineTo(x - size, y);
  } else if (node.shape === "triangle") {
    const side = size * 2.3;
    const height = (side * Math.sqrt(3)) / 2;
    const low = y + 0.275 * 1.15 * size + height / 3;
    context.moveTo(x, low - height);
    context.lineTo(x + side / 2, low);
    context.lineTo(x - side / 2, low);
  } else {
    context.arc(x, y, size, 0, 2 * Math.PI);
  }
  context.closePath();
}

// Authors wear a ring: the paper's colour cuts it out of the disc.
function ring(context, node) {
  context.beginPath();
  context.arc(node.x, node.y, node.size * 0.72, 0, 2 * Math.PI);
  context.lineWidth = node.size * 0.2;
  context.strokeStyle = colours.paper;
  context.stroke();
}

function drawNode(context, node) {
  outline(context, node);
  context.fillStyle = colours[node.group];
  context.fill();
  if (node.author) ring(context, node);
}

function icon(node) {
  const names = { dot: "shape-dot", square: "shape-square", triangle: "shape-triangle", diamond: "shape-diamond" };
  const name = node.author ? "shape-ring" : isArticle(node) ? "shape-small" : names[node.shape];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  svg.setAttribute("class", `icon ${node.group}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}
