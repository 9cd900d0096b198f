// Lines and names are costly to draw: while the picture is dragged, their last still image moves along.
class Layer {
  constructor(paint) {
    this.paint = paint;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
    this.at = null;
  }

  draw(context) {
    const at = projection();
    if (!state.moving || this.at?.scale !== at.scale) this.renew(context, at);
    const [dx, dy] = [at.x(0) - this.at.x(0), at.y(0) - this.at.y(0)];
    onScreen(context, () => context.drawImage(this.canvas, dx, dy, container.clientWidth, container.clientHeight));
  }

  renew(context, at) {
    this.canvas.width = context.canvas.width; // clears it too
    this.canvas.height = context.canvas.height;
    this.context.setTransform(context.getTransform());
    this.paint(this.context);
    this.at = at;
  }
}

const edgeLayer = new Layer(drawEdges);
const labelLayer = new Layer((context) => onScreen(context, () => drawLabels(context, overviewLabels())));
