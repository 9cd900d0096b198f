// What Python wrote: nodes (their index is their id), edges between them, themes, texts.
const read = (id) => JSON.parse(document.getElementById(id).textContent);

const page = read("page-data");
const nodes = read("page-nodes");
const edges = read("page-edges");

// A phone is higher than wide: there the picture lies on its side.
if (innerHeight > innerWidth) for (const place of [...nodes, ...page.themes]) [place.x, place.y] = [place.y, place.x];

const text = (key, values = {}) => page.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const kindText = (node) => text(`kind.${node.group}`);
const isArticle = (node) => node.group === "article" || node.group === "stub";

for (const node of nodes) node.links = [];
for (const edge of edges) {
  const [source, target] = [nodes[edge.from], nodes[edge.to]];
  const count = edge.count ?? 1;
  source.links.push({ node: target, relation: `out.${edge.relation}`, count });
  target.links.push({ node: source, relation: `in.${edge.relation}`, count });
}

const byImportance = [...nodes].sort((a, b) => b.size - a.size || a.id - b.id);

// The part of the picture's state that more than one file reads; changed by select(), setKind() and the view.
const state = { selected: null, hiddenKinds: new Set(), moving: false };

const isVisible = (node) => !state.hiddenKinds.has(node.group);
