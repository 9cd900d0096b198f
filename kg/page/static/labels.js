// Names on the canvas: the most important first, none over another, more of them as one comes nearer.
const MOST_LABELS = 110;
const SMALLEST_NAMED = 5; // pixels of radius on the screen
const SMALLEST_FIRST = 2.5; // the most important ones of each theme may be smaller, and cover more
const SMALLEST_OF_PHONE = 1;
const HEADLINE_LENGTH = 34;
const NAME_LENGTH = 90;
const EDGE = 4; // pixels of the screen that names leave free
// Members of an island that needs a title; in a smaller one the names of the nodes say it all.
const SMALLEST_TITLED = 8;
// The share of a name that may lie over other shapes: more where the name matters more. The first of the page and of a
// theme have their names wherever they cover least.
const FIRST_OF_PAGE = 24;
const COVER = { page: Infinity, theme: [Infinity, 0.35, 0.35], other: 0.1, title: 0.04 };

function cut(said, length) {
  const signs = [...said.slice(0, 2 * length + 2)];
  return signs.length <= length ? said : `${signs.slice(0, length - 1).join("")}…`;
}

const lastSigns = (said, most) => (said.length <= most ? said : `…${[...said].slice(1 - most).join("")}`);

// Cut before a word; a first word that is longer stays whole, unless no word is so long.
function shorten(said, length) {
  if (said.length <= length) return said;
  const before = said.lastIndexOf(" ", length);
  const end = before > 0 ? before : said.search(/ |$/);
  if (end > 2 * length) return cut(said, length);
  return end === said.length ? said : `${said.slice(0, end).replace(/[\s,;:–-]+$/, "")} …`;
}

// Names are told in full, unless no name is so long.
const labelOf = (node) => shorten(node.name, isArticle(node) ? HEADLINE_LENGTH : NAME_LENGTH);

const measuring = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(label, font) {
  const key = `${font}\n${label}`;
  if (!widths.has(key)) {
    measuring.font = font;
    widths.set(key, measuring.measureText(label).width);
  }
  return widths.get(key);
}

const fontOf = ({ pixels, weight = 400 }) => `${weight} ${pixels}px ${FONT}`;

const zoomButtons = document.getElementById("zoom");

// The ground with the shapes of all visible nodes that are large enough to be missed, and the buttons over it.
function groundWithShapes(at, shown) {
  const ground = new Ground(at.width, at.height);
  const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = zoomButtons;
  ground.mark([left, top, left + width, top + height], NAME);
  for (const node of shown) {
    const [x, y, reach] = [at.x(node.x), at.y(node.y), node.size * at.scale];
    if (reach >= (at.narrow ? 1 : 2) && ground.contains(x, y))
      ground.mark([x - reach, y - reach, x + reach, y + reach], SHAPE);
  }
  return ground;
}

// The middle of a label that would be cut off is moved inside.
const inside = (x, half, width) => Math.min(Math.max(x, half + EDGE), Math.max(width - half - EDGE, half + EDGE));

// No label is wider than the screen.
function fitted(label, look, width) {
  const share = width / widthOf(label, fontOf(look));
  return share >= 1 ? label : cut(label, Math.floor(share * [...label].length));
}

// Around a node, wherever the name covers least, below, above, right or left before the corners; null where there is
// no room.
function spotFor(node, whole, look, at, ground, most) {
  const [x, y] = [at.x(node.x), at.y(node.y)];
  if (!ground.contains(x, y)) return null;
  const { pixels } = look;
  const label = fitted(whole, look, at.width - 2 * EDGE);
  const half = widthOf(label, fontOf(look)) / 2;
  const away = node.size * at.scale + 4;
  const aslant = away * Math.SQRT1_2;
  const spots = [
    [x, y + away],
    [x, y - away - pixels],
    [x + away + half, y - pixels / 2],
    [x - away - half, y - pixels / 2],
    ...[1, -1].flatMap((side) => [
      [x + side * (aslant + half), y + aslant],
      [x + side * (aslant + half), y - aslant - pixels],
    ]),
  ];
  let best = null;
  let least = most;
  for (const [wanted, top] of spots) {
    const middle = inside(wanted, half, at.width);
    if ((wanted !== x && middle !== wanted) || top < 2 || top + pixels + 2 > at.height) continue;
    const box = [middle - half - 2, top - 1, middle + half + 2, top + pixels + 2];
    const covered = ground.cover(box);
    if (covered === 0 || covered < least) [best, least] = [{ label, x: middle, top, box, ...look }, covered];
    if (covered === 0) break;
  }
  if (best) ground.mark(best.box, NAME);
  return best;
}

// Above an island, or below it where the title would lie over another one; null where there is no room.
function titleSpot(theme, label, { pixels, weight }, at, ground) {
  const half = widthOf(label, fontOf({ pixels, weight })) / 2;
  const x = inside(at.x(theme.x), half, at.width);
  let best = null;
  let least = Infinity;
  for (const top of [at.y(theme.top) - pixels - 8, at.y(theme.bottom) + 6]) {
    const box = [x - half - 5, top - 3, x + half + 5, top + pixels + 4];
    if (top < 0 || top + pixels > at.height) continue;
    const covered = ground.cover(box);
    if (covered < least) [best, least] = [{ x, top, box }, covered];
    if (covered < COVER.title) break;
  }
  return best;
}

const isTitled = (theme) => theme.shown && theme.size >= SMALLEST_TITLED;

function themeLabels(at, ground) {
  const labels = [];
  if (at.scale > fittingScale * 2.2) return labels;
  const look = { pixels: at.narrow ? 12 : 15, weight: 650 };
  for (const theme of page.themes) {
    if (!isTitled(theme)) continue;
    const room = 2.6 * theme.radius * at.scale;
    const fits = (label) => widthOf(label, fontOf(look)) <= room;
    const whole = theme.title.join(" · ");
    const first = fits(theme.title[0]) ? theme.title[0] : shorten(theme.title[0], HEADLINE_LENGTH);
    for (const label of at.narrow || !fits(whole) ? [first] : [whole, first]) {
      const spot = titleSpot(theme, label, look, at, ground);
      if (!spot) continue;
      ground.mark(spot.box, NAME);
      labels.push({ label, colour: colours.ink, ...look, ...spot });
      break;
    }
  }
  return labels;
}

// The most important ones of the page and of each theme that are not articles, by which one finds one's way, with what
// their names may cover.
function landmarks(shown) {
  const taken = new Map();
  const covers = new Map();
  let left = FIRST_OF_PAGE;
  for (const node of shown) {
    if (isArticle(node)) continue;
    const rank = taken.get(node.theme) ?? 0;
    taken.set(node.theme, rank + 1);
    if (left > 0) covers.set(node, COVER.page);
    else if (rank < COVER.theme.length) covers.set(node, COVER.theme[rank]);
    left -= 1;
  }
  return covers;
}

function overviewLabels() {
  const at = projection();
  const shown = byImportance.filter(isVisible);
  const ground = groundWithShapes(at, shown);
  const labels = themeLabels(at, ground);
  const first = landmarks(shown);
  const smallestFirst = at.narrow ? SMALLEST_OF_PHONE : SMALLEST_FIRST;
  let left = MOST_LABELS;
  for (const node of shown) {
    const radius = node.size * at.scale;
    if (left === 0) break;
    if (radius < (first.has(node) ? smallestFirst : SMALLEST_NAMED)) continue;
    const pixels = at.narrow ? 12 : Math.round(Math.min(11 + radius / 5, 15));
    const look = { pixels, colour: colours.ink };
    const spot = spotFor(node, labelOf(node), look, at, ground, first.get(node) ?? COVER.other);
    if (!spot) continue;
    labels.push(spot);
    left -= 1;
  }
  return labels;
}

const baselineOf = ({ top, pixels }) => top + 0.82 * pixels;

// Names have a halo of paper, so that lines and shapes under them do not cut them.
function drawLabels(context, labels) {
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.strokeStyle = colours.paper;
  context.lineWidth = 3.5;
  context.lineJoin = "round";
  for (const entry of labels) {
    context.font = fontOf(entry);
    context.fillStyle = entry.colour;
    context.strokeText(entry.label, entry.x, baselineOf(entry));
    context.fillText(entry.label, entry.x, baselineOf(entry));
  }
}
