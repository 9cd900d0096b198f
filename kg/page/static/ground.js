// What of the screen is taken, in squares of four pixels: by shapes, which a name should not cover, and by names,
// which it must not.
const SQUARE = 4;
const SHAPE = 1;
const NAME = 2;

class Ground {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.columns = Math.ceil(width / SQUARE);
    this.rows = Math.ceil(height / SQUARE);
    this.squares = new Uint8Array(this.columns * this.rows);
  }

  contains(x, y) {
    return x >= 0 && x <= this.width && y >= 0 && y <= this.height;
  }

  // The squares of a box, cut at the edges.
  span([left, top, right, bottom]) {
    return [
      Math.max(Math.floor(left / SQUARE), 0),
      Math.max(Math.floor(top / SQUARE), 0),
      Math.min(Math.ceil(right / SQUARE), this.columns),
      Math.min(Math.ceil(bottom / SQUARE), this.rows),
    ];
  }

  mark(box, what) {
    const [left, top, right, bottom] = this.span(box);
    for (let row = top; row < bottom; row += 1) {
      for (let at = row * this.columns + left; at < row * this.columns + right; at += 1) this.squares[at] |= what;
    }
  }

  // The share of a box that lies over shapes, from 0 to 1; Infinity where it touches a name.
  cover(box) {
    const [left, top, right, bottom] = this.span(box);
    let shapes = 0;
    for (let row = top; row < bottom; row += 1) {
      for (let at = row * this.columns + left; at < row * this.columns + right; at += 1) {
        if (this.squares[at] & NAME) return Infinity;
        shapes += this.squares[at] & SHAPE;
      }
    }
    return shapes / Math.max((right - left) * (bottom - top), 1);
  }
}
