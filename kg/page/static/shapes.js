// The outlines of vis-network's node shapes, to draw a node again over the veil and to keep a drawn ring in place.
function triangleCorners(x, y, size) {
  const side = size * 2.3;
  const height = (side * Math.sqrt(3)) / 2;
  const low = y + 0.275 * 1.15 * size + height / 3;
  return [
    [x, low - height],
    [x + side / 2, low],
    [x - side / 2, low],
  ];
}

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
    const [top, right, left] = triangleCorners(x, y, size);
    context.moveTo(...top);
    context.lineTo(...right);
    context.lineTo(...left);
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
  context.fillStyle = colourOf(node);
  context.fill();
  if (node.author) ring(context, node);
}
