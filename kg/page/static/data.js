// What Python wrote: nodes (their index is their id), edges between them, themes, months, texts.
const read = (id) => JSON.parse(document.getElementById(id).textContent);

const page = read("page-data");
const nodes = read("page-nodes");
const edges = read("page-edges");

const text = (key, values = {}) => page.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const kindText = (node) => text(`kind.${node.group}`);
// The English of the page is British, and so are its dates.
const LOCALE = page.lang === "en" ? "en-GB" : page.lang;
const number = (value) => value.toLocaleString(LOCALE);
const counted = (key, total, values) => text(total === 1 ? `${key}.one` : key, { total: number(total), ...values });
const isArticle = (node) => node.group === "article" || node.group === "stub";
const themeTitle = (node) => page.themes[node.theme]?.title ?? [];

// "Together" has no direction: both ends say the same of it, by whether the other one is a person.
function seenFrom(end, relation, other) {
  if (relation !== "together") return `${end}.${relation}`;
  return other.group === "person" ? "together.persons" : "together.others";
}

function linkTo(node, edge, end) {
  const { relation, count = 1, last } = edge;
  return { edge, node, relation: seenFrom(end, relation, node), count, last, outward: end === "out" };
}

for (const node of nodes) node.links = [];
for (const edge of edges) {
  const [source, target] = [nodes[edge.from], nodes[edge.to]];
  source.links.push(linkTo(target, edge, "out"));
  target.links.push(linkTo(source, edge, "in"));
}

// Companions that no line leads to as long as nothing is selected.
for (const node of nodes) {
  node.companions = [];
  const { near = [] } = node;
  for (let i = 0; i < near.length; i += 4) {
    const edge = { from: node.id, to: near[i], relation: "together", count: near[i + 1] };
    if (near[i + 2] >= 0) [edge.first, edge.last] = [near[i + 2], near[i + 3]];
    node.companions.push(linkTo(nodes[near[i]], edge, "out"));
  }
}
const linksOf = (node) => [...node.links, ...node.companions];

const byImportance = [...nodes].sort((a, b) => b.size - a.size || (b.rank ?? 0) - (a.rank ?? 0) || a.id - b.id);

// A tag that names a person is drawn as that person; its address leads there too.
const byIri = new Map(nodes.filter((node) => node.tagIri).map((node) => [node.tagIri, node]));
for (const node of nodes) byIri.set(node.iri, node);
