// The neighbours of a node, grouped by relation.
const FIRST_ROWS = 10;
const RELATION_ORDER = Object.keys(page.texts).filter((key) => /^(out|in|together)\./.test(key));

// Newest first, articles by their day and names by the last month; then by how often, then by name.
function inReadingOrder(a, b) {
  return (
    (b.node.date ?? "").localeCompare(a.node.date ?? "") ||
    (b.last ?? -1) - (a.last ?? -1) ||
    b.count - a.count ||
    (b.node.count ?? 0) - (a.node.count ?? 0) ||
    a.node.name.localeCompare(b.node.name, LOCALE)
  );
}

const strongestFirst = (a, b) => b.count - a.count || inReadingOrder(a, b);

const inPeriod = ({ node, edge }) => inRange(node) && edgeInRange(edge);

// How many a group shows, and of how many: the range leaves some out, and of those that stand in the same articles not
// all are told; how many these are within a range is not known.
function groupSize(node, relation, told, linked) {
  const [persons, others] = node.company ?? [];
  const company = { "together.persons": persons, "together.others": others }[relation];
  if (state.range && company > linked) return text("shown_here", { n: number(told) });
  const values = { n: number(told), total: number(Math.max(company ?? 0, linked)) };
  if (values.n === values.total) return values.n;
  return company && told > 1 ? text("strongest", values) : text("n_of", values);
}

// The groups whose relation is `opened` are shown with all their rows.
function neighbourGroups(node, opened) {
  const groups = new Map();
  for (const link of linksOf(node)) {
    if (!groups.has(link.relation)) groups.set(link.relation, []);
    groups.get(link.relation).push(link);
  }
  return RELATION_ORDER.filter((relation) => groups.has(relation)).flatMap((relation) => {
    const together = relation.startsWith("together.");
    const linked = groups.get(relation);
    const links = linked.filter(inPeriod).sort(together ? strongestFirst : inReadingOrder);
    const size = groupSize(node, relation, links.length, linked.length);
    const heading = element("h3", "", `${text(relation)} (${size})`);
    return links.length ? [heading, neighbourList(links, relation, opened)] : [heading];
  });
}

// The first rows; a button brings the rest where it would push the other relations out of sight.
function neighbourList(links, relation, opened) {
  const list = element("ul", "");
  const first = links.length > FIRST_ROWS + 2 && !opened.has(relation) ? FIRST_ROWS : links.length;
  list.append(...links.slice(0, first).map(neighbourRow));
  if (first === links.length) return list;
  const more = button("more", text("show_more", { n: number(links.length) }), () => {
    const rest = links.slice(first).map(neighbourRow);
    list.append(...rest);
    opened.add(relation);
    more.remove();
    rest[0].firstChild.focus();
  });
  return element("div", "", list, more);
}

// Whether what is told of an edge, over the whole period, is true of the range too.
const liesInRange = ({ first, last }) =>
  !state.range || first === undefined || (first >= state.range[0] && last <= state.range[1]);

// The day of an article; else how often, and until when.
function aside({ node, count, last, edge }) {
  if (node.date) return dayText(node);
  if (!liesInRange(edge)) return "";
  const said = [];
  if (count > 1) said.push(`${number(count)} ×`);
  if (last !== undefined && !isArticle(node)) said.push(shortMonthText(last));
  return said.join(" · ");
}

function neighbourRow(link) {
  const row = element(
    "a",
    "",
    icon(link.node),
    element("span", "name", link.node.name),
    element("span", "day", aside(link)),
  );
  row.href = addressOf(link.node);
  return element("li", "", row);
}
