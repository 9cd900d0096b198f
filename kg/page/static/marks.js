// All visible nodes, and the rings of authors, in few strokes of the brush.
const MOST_IN_A_PATH = 300; // browsers take much longer for what is added to a long path

let markBatches = [];

function layMarks() {
  const batches = new Map();
  markBatches = [];
  const add = (key, colour, shape) => {
    let batch = batches.get(key);
    if (!batch || batch.count === MOST_IN_A_PATH) {
      batch = { colour, path: new Path2D(), count: 0 };
      batches.set(key, batch);
      markBatches.push(batch);
    }
    shape(batch.path);
    batch.count += 1;
  };
  for (const node of nodes) {
    if (!isVisible(node)) continue;
    const colour = colourOf(node);
    add(colour, colour, (path) => addShape(path, node));
  }
  for (const node of nodes) {
    if (node.author && isVisible(node)) add("rings", colours.paper, (path) => addRing(path, node));
  }
}

function drawMarks(context) {
  for (const { colour, path } of markBatches) {
    context.fillStyle = colour;
    context.fill(path);
  }
}
