// What is shown of the picture: kinds, relations, themes and months that the reader left in.
const state = {
  selected: null,
  moving: false,
  view: "map",
  colourBy: "kind",
  hidden: { kind: new Set(), relation: new Set(), theme: new Set() },
  range: null, // the first and last month; null: all of them
  undated: false, // whether what has no date stays while a range is set
};

const NO_THEME = "none";
const themeKey = (node) => page.themes[node.theme]?.anchor ?? NO_THEME;
for (const node of nodes) if (node.date && page.months) node.month = monthIndex(node.date);

const visibleNodes = new Uint8Array(nodes.length).fill(1);
const isVisible = (node) => visibleNodes[node.id] === 1;
const isLinked = (link) => link.edge.visible ?? inSight(link.edge);

function inRange(node) {
  if (!state.range) return true;
  const [first, last] = state.range;
  if (node.month !== undefined) return node.month >= first && node.month <= last;
  return node.months ? articlesSeen(node) > 0 : state.undated;
}

// How many articles of a node lie in the period of the page, and how many in the range that is set.
function articlesOfPage(node) {
  return page.months?.part ? articlesBetween(node.months ?? [], 0, LAST_INDEX) : (node.count ?? 0);
}
const articlesUndated = (node) => articlesOfPage(node) - articlesBetween(node.months ?? [], 0, LAST_INDEX);

function articlesSeen(node) {
  if (!state.range) return articlesOfPage(node);
  return articlesBetween(node.months ?? [], ...state.range) + (state.undated ? articlesUndated(node) : 0);
}

function edgeInRange(edge) {
  if (!state.range || edge.first === undefined) return true;
  return edge.first <= state.range[1] && edge.last >= state.range[0];
}

function inSight(edge) {
  const ends = visibleNodes[edge.from] && visibleNodes[edge.to];
  return ends === 1 && !state.hidden.relation.has(edge.relation) && edgeInRange(edge);
}

// Decide anew for every node and edge.
function decide() {
  const { kind, theme } = state.hidden;
  for (const node of nodes) {
    visibleNodes[node.id] = !kind.has(node.group) && !theme.has(themeKey(node)) && inRange(node) ? 1 : 0;
  }
  for (const edge of edges) edge.visible = inSight(edge);
}

const isFiltered = () => state.range !== null || Object.values(state.hidden).some((hidden) => hidden.size > 0);

// Whoever asks for a node that is filtered out wants to see it: let go of what hides it, and of no more.
function reveal(node) {
  state.hidden.kind.delete(node.group);
  state.hidden.theme.delete(themeKey(node));
  if (!inRange(node)) state.range = null;
}

function forgetFilters() {
  for (const hidden of Object.values(state.hidden)) hidden.clear();
  state.range = null;
  state.undated = false;
}
