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
const isArticle = (node) => node.group === "article" || node.group === "stub";
const themeTitle = (node) => page.themes[node.theme]?.title ?? [];

// "Together" has no direction: both ends say the same of it.
const seenFrom = (end, relation) => (relation === "together" ? "out.together" : `${end}.${relation}`);

for (const node of nodes) node.links = [];
for (const edge of edges) {
  const [source, target] = [nodes[edge.from], nodes[edge.to]];
  const { relation, count = 1, last } = edge;
  source.links.push({ edge, node: target, relation: seenFrom("out", relation), count, last, outward: true });
  target.links.push({ edge, node: source, relation: seenFrom("in", relation), count, last, outward: false });
}

const byImportance = [...nodes].sort((a, b) => b.size - a.size || (b.rank ?? 0) - (a.rank ?? 0) || a.id - b.id);

// A tag that names a person is drawn as that person; its address leads there too.
const byIri = new Map(nodes.filter((node) => node.tagIri).map((node) => [node.tagIri, node]));
for (const node of nodes) byIri.set(node.iri, node);
