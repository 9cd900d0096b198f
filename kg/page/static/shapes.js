// The outlines of the node shapes, as vis-network has them.
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

function addCircle(path, x, y, radius, backwards = false) {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI, backwards);
  path.closePath();
}

// Add the shape of a node to a path, or to that of a canvas.
function addShape(path, { x, y, size, shape }) {
  if (shape === "square") {
    path.rect(x - size, y - size, 2 * size, 2 * size);
  } else if (shape === "diamond") {
    path.moveTo(x, y + size);
    path.lineTo(x + size, y);
    path.lineTo(x, y - size);
    path.lineTo(x - size, y);
    path.closePath();
  } else if (shape === "triangle") {
    const [top, right, left] = triangleCorners(x, y, size);
    path.moveTo(...top);
    path.lineTo(...right);
    path.lineTo(...left);
    path.closePath();
  } else {
    addCircle(path, x, y, size);
  }
}

// Authors wear a ring: the paper's colour cuts it out of the disc. The inner circle runs backwards and stays free.
function addRing(path, { x, y, size }) {
  addCircle(path, x, y, size * 0.82);
  addCircle(path, x, y, size * 0.62, true);
}

function drawNode(context, node) {
  context.beginPath();
  addShape(context, node);
  context.fillStyle = colourOf(node);
  context.fill();
  if (!node.author) return;
  context.beginPath();
  addRing(context, node);
  context.fillStyle = colours.paper;
  context.fill();
}
