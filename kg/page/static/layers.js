// The picture is costly to draw: while it is dragged, a still image of it moves along.
const MARGIN = 0.25; // of the screen, that the image has more on each side

class Layer {
  constructor(paint) {
    this.paint = paint;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
    this.at = null;
  }

  draw(context) {
    if (!state.moving) {
      this.at = null;
      this.paint(context);
      return;
    }
    const at = projection();
    if (!this.reaches(at)) this.renew(context, at);
    const { x, y } = this.away(at);
    const [width, height] = [container.clientWidth, container.clientHeight];
    const box = [x - MARGIN * width, y - MARGIN * height, (1 + 2 * MARGIN) * width, (1 + 2 * MARGIN) * height];
    onScreen(context, () => context.drawImage(this.canvas, ...box));
  }

  away(at) {
    return { x: at.x(0) - this.at.x(0), y: at.y(0) - this.at.y(0) };
  }

  // Whether the image has all that is on the screen now.
  reaches(at) {
    if (this.at?.scale !== at.scale) return false;
    const { x, y } = this.away(at);
    return Math.abs(x) <= MARGIN * container.clientWidth && Math.abs(y) <= MARGIN * container.clientHeight;
  }

  renew(context, at) {
    const { width, height } = context.canvas;
    const { a, d, e, f } = context.getTransform();
    this.canvas.width = width * (1 + 2 * MARGIN); // clears it too
    this.canvas.height = height * (1 + 2 * MARGIN);
    this.context.setTransform(a, 0, 0, d, e + MARGIN * width, f + MARGIN * height);
    this.paint(this.context);
    this.at = at;
  }
}

const picture = new Layer((context) => {
  drawEdges(context);
  drawMarks(context);
});
const names = new Layer((context) => {
  if (state.selected) drawFocus(context, state.selected);
  else onScreen(context, () => drawLabels(context, overviewLabels()));
});

function drawPicture(context) {
  drawPaper(context);
  picture.draw(context);
  if (state.selected) drawPaper(context, VEIL);
  names.draw(context);
}
