// Names on the canvas: the most important first, none over another, more of them as one comes nearer.
const MOST_LABELS = { still: 110, moving: 24 };
const SMALLEST_NAMED = 5; // pixels of radius on the screen
const MOST_OBSTACLES = 80;
const HEADLINE_LENGTH = 34;

function shorten(name, length) {
  if (name.length <= length) return name;
  const cut = name.slice(0, length + 1);
  const blank = cut.lastIndexOf(" ");
  return `${cut.slice(0, blank > length / 2 ? blank : length).replace(/[\s,;:–-]+$/, "")} …`;
}

const labelOf = (node) => (isArticle(node) ? shorten(node.name, HEADLINE_LENGTH) : shorten(node.name, 44));

// What a label must not cover, in pixels of the screen: other labels, and nodes that have a name of their own coming.
class Places {
  constructor(at) {
    this.at = at;
    this.boxes = [];
    const { width, height } = freeSpace();
    this.right = width;
    this.bottom = height;
    this.narrow = width < 600;
  }

  keepFree(node) {
    const [x, y, reach] = [this.at.x(node.x), this.at.y(node.y), node.size * this.at.scale * 0.7];
    this.boxes.push([x - reach, y - reach, x + reach, y + reach, node]);
  }

  contains(x, y) {
    return x >= 0 && x <= this.right && y >= 0 && y <= this.bottom;
  }

  // The middle of a label that would be cut off is moved inside.
  inside(x, half) {
    return Math.min(Math.max(x, half + 4), Math.max(this.right - half - 4, half + 4));
  }

  take(left, top, right, bottom, owner = null) {
    if (top < 0 || bottom > this.bottom) return false;
    for (const box of this.boxes) {
      if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1] && box[4] !== owner) return false;
    }
    this.boxes.push([left, top, right, bottom, null]);
    return true;
  }
}

function writeLabel(context, label, x, y) {
  context.strokeStyle = colours.paper;
  context.lineWidth = 3.5;
  context.lineJoin = "round";
  context.strokeText(label, x, y);
  context.fillText(label, x, y);
}

// Below, above, right or left of the node, wherever there is room first; false where there is none.
function placeLabel(context, at, places, node, { pixels, weight = 400, colour = colours.ink }) {
  const [x, y] = [at.x(node.x), at.y(node.y)];
  if (!places.contains(x, y)) return false;
  const label = labelOf(node);
  context.font = `${weight} ${pixels}px ${FONT}`;
  const half = context.measureText(label).width / 2;
  const away = node.size * at.scale + 3;
  const spots = [[x, y + away], [x, y - away - pixels], [x + away + half, y - pixels / 2], [x - away - half, y - pixels / 2]];
  for (const [wanted, top] of spots) {
    const middle = places.inside(wanted, half);
    if (wanted !== x && middle !== wanted) continue;
    if (!places.take(middle - half - 2, top - 1, middle + half + 2, top + pixels + 2, node)) continue;
    context.fillStyle = colour;
    writeLabel(context, label, middle, top);
    return true;
  }
  return false;
}

function drawThemes(context, at, places) {
  if (at.scale > fittingScale * 2.2) return;
  const pixels = places.narrow ? 13 : 15;
  context.font = `650 ${pixels}px ${FONT}`;
  context.fillStyle = colours.ink;
  for (const theme of page.themes) {
    if (!theme.title.length || !theme.shown) continue;
    let label = theme.title.join(" · ");
    if (places.narrow || context.measureText(label).width > 2.6 * theme.radius * at.scale) label = theme.title[0];
    const half = context.measureText(label).width / 2;
    const x = places.inside(at.x(theme.x), half);
    const y = at.y(theme.y - theme.radius) - pixels - 5;
    if (places.take(x - half - 6, y - 3, x + half + 6, y + pixels + 4)) writeLabel(context, label, x, y);
  }
}

function drawLabels(context) {
  const at = projection();
  const places = new Places(at);
  const named = byImportance.filter(
    (node) => isVisible(node) && node.size * at.scale >= SMALLEST_NAMED && places.contains(at.x(node.x), at.y(node.y)),
  );
  named.slice(0, MOST_OBSTACLES).forEach((node) => places.keepFree(node));
  context.textAlign = "center";
  context.textBaseline = "top";
  drawThemes(context, at, places);
  let left = state.moving ? MOST_LABELS.moving : MOST_LABELS.still;
  for (const node of named) {
    if (left === 0) break;
    const pixels = places.narrow ? 12 : Math.round(Math.min(11 + (node.size * at.scale) / 5, 15));
    if (placeLabel(context, at, places, node, { pixels })) left -= 1;
  }
}
