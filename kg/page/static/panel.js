// The details of one node, all of it text: what a dump says never becomes markup.
const panel = document.getElementById("panel");
const FIRST_ROWS = 10;
const content = document.getElementById("panel-content");
const day = new Intl.DateTimeFormat(page.lang, { dateStyle: "medium", timeZone: "UTC" });

const dateText = (node) => (node.date ? day.format(new Date(`${node.date}T00:00:00Z`)) : "");
const addressOf = (node) => `#${encodeURIComponent(node.iri)}`;

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== ""));
  return made;
}

function facts(node) {
  const said = [kindText(node)];
  if (node.author) said.push(text("author"));
  if (node.date) said.push(dateText(node));
  if (!isArticle(node) && node.count) {
    said.push(node.count === 1 ? text("in_article") : text("in_articles", { n: node.count.toLocaleString(page.lang) }));
  }
  return element("p", "facts", icon(node), said.join(" · "));
}

function sourceLink(node) {
  const link = element("a", "", text("source"));
  link.href = node.url;
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  return element("p", "", link);
}

// Articles newest first, all others by how often they occur, then by name.
function inReadingOrder(a, b) {
  return (
    (b.node.date ?? "").localeCompare(a.node.date ?? "") ||
    b.count - a.count ||
    (b.node.count ?? 0) - (a.node.count ?? 0) ||
    a.node.name.localeCompare(b.node.name, page.lang)
  );
}

function neighbourGroups(node) {
  const groups = new Map();
  for (const relation of Object.keys(page.texts)) groups.set(relation, []);
  for (const link of node.links) groups.get(link.relation).push(link);
  const made = [];
  for (const [relation, links] of groups) {
    if (!links.length) continue;
    made.push(element("h3", "", `${text(relation)} (${links.length})`), neighbourList(links.sort(inReadingOrder)));
  }
  return made;
}

// The first rows; a button brings the rest where it would push the other relations out of sight.
function neighbourList(links) {
  const list = element("ul", "");
  const first = links.length > FIRST_ROWS + 2 ? FIRST_ROWS : links.length;
  list.append(...links.slice(0, first).map(neighbourRow));
  if (first === links.length) return list;
  const more = element("button", "more", text("show_more", { n: links.length }));
  more.type = "button";
  more.addEventListener("click", () => {
    const rest = links.slice(first).map(neighbourRow);
    list.append(...rest);
    more.remove();
    rest[0].firstChild.focus();
  });
  return element("div", "", list, more);
}

function neighbourRow(link) {
  const aside = link.node.date ? dateText(link.node) : link.count > 1 ? `${link.count} ×` : "";
  const row = element("a", "", icon(link.node), element("span", "name", link.node.name), element("span", "day", aside));
  row.href = addressOf(link.node);
  return element("li", "", row);
}

function fillPanel(node) {
  const title = element("h2", "", node.name);
  title.id = "panel-title";
  title.tabIndex = -1;
  const parts = [facts(node), title];
  if (node.also) parts.push(element("p", "minor", text("also", { names: node.also.join(", ") })));
  if (node.text) parts.push(element("p", "", node.text));
  if (node.url) parts.push(sourceLink(node));
  const theme = page.themes[node.theme]?.title ?? [];
  if (theme.length) parts.push(element("p", "minor", text("theme", { name: theme.join(" · ") })));
  parts.push(...(node.links.length ? neighbourGroups(node) : [element("p", "minor", text("no_links"))]));
  content.replaceChildren(...parts);
  panel.hidden = false;
  panel.scrollTop = 0;
  return title;
}
