// The details of one node.
const panel = document.getElementById("panel");
const content = document.getElementById("panel-content");

// In how many articles it is, of how many where the days that were asked for or the range leave some out.
function articlesText(node) {
  if (!node.count) return "";
  const n = articlesSeen(node);
  if (n !== node.count) return counted("in_some_articles", node.count, { n: number(n) });
  return counted("in_articles", n);
}

function facts(node) {
  const said = [kindText(node)];
  if (node.author) said.push(text("author"));
  if (node.date) said.push(dayText(node));
  if (!isArticle(node)) said.push(articlesText(node));
  return element("p", "facts", icon(node), said.filter(Boolean).join(" · "));
}

function outwardLink(address, label) {
  const link = element("a", "", label);
  link.href = address;
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  return link;
}

function leadsOn(node) {
  const links = [];
  if (node.url) links.push(outwardLink(node.url, text("source")));
  if (node.ego) {
    const own = element("a", "", text("ego"));
    own.href = node.ego;
    links.push(own);
  }
  return links.length ? element("p", "leads", ...links) : null;
}

// Where the dumps tell of an article.
function origin({ file, lines: [first, last] = [] }) {
  if (!file) return null;
  if (!first) return element("p", "minor", text("in_file", { file }));
  if (first === last) return element("p", "minor", text("in_line", { file, line: number(first) }));
  return element("p", "minor", text("in_lines", { file, first: number(first), last: number(last) }));
}

// Articles by month, over all months of the archive.
function monthBars(node) {
  if (!node.months || !page.months) return [];
  const counts = Array(LAST_INDEX + 1).fill(0);
  for (let i = 0; i < node.months.length; i += 2) counts[node.months[i]] = node.months[i + 1];
  const most = Math.max(...counts);
  const peak = counts.indexOf(most);
  const label = text("months_label", { n: number(most), month: monthText(peak) });
  const bars = drawing("path", { d: barsPath(counts, most) });
  const box = { viewBox: `0 0 ${counts.length} 1`, preserveAspectRatio: "none" };
  const picture = drawing("svg", { class: "bars", role: "img", "aria-label": label, ...box }, bars);
  const scale = element(
    "p",
    "scale",
    element("span", "", shortMonthText(0)),
    element("span", "", label),
    element("span", "", shortMonthText(LAST_INDEX)),
  );
  return [element("h3", "", text("by_month")), picture, scale];
}

function commands(node) {
  const rows = [aroundCommand, whyCommand]
    .map((command) => command(clearName(node)))
    .map((command) => {
      const copy = button("copy", text("copy"), () => copyText(command, copy));
      copy.setAttribute("aria-label", text("copy_that", { what: command }));
      return element("li", "", element("code", "", command), copy);
    });
  return element("details", "commands", element("summary", "", text("in_terminal")), element("ul", "", ...rows));
}

async function copyText(words, pressed) {
  try {
    await navigator.clipboard.writeText(words);
    pressed.textContent = text("copied");
  } catch {
    // A browser may forbid it to pages from the disk: then the words are marked, to be copied by hand.
    getSelection().selectAllChildren(pressed.previousElementSibling);
    pressed.textContent = text("copy_by_hand");
  }
  status.textContent = pressed.textContent;
}

// Not all articles of a node are on the page, nor all lines to those that are.
function linkedArticles(node) {
  const linked = new Set(node.links.filter((link) => isArticle(link.node)).map((link) => link.node)).size;
  const total = articlesOfPage(node);
  if (isArticle(node) || linked >= total) return null;
  return element("p", "minor", counted("linked_articles", total, { n: number(linked) }));
}

const period = () => JSON.stringify([state.range, state.undated]);
let toldPeriod = null; // the period that the details tell of
let opened = new Set(); // relations whose neighbours are all shown

function fillPanel(node, stillOpened = new Set()) {
  toldPeriod = period();
  opened = stillOpened;
  const title = element("h2", "", node.name);
  title.id = "panel-title";
  title.tabIndex = -1;
  const parts = [facts(node), title];
  if (node.roles) parts.push(element("p", "roles", node.roles.join(" · ")));
  if (node.also) parts.push(element("p", "minor", text("also", { names: node.also.join(", ") })));
  if (node.text) parts.push(element("p", "", node.text));
  const theme = themeTitle(node);
  if (theme.length) parts.push(element("p", "minor", text("theme", { name: theme.join(" · ") })));
  parts.push(leadsOn(node), origin(node), ...monthBars(node), linkedArticles(node));
  parts.push(...(linksOf(node).length ? neighbourGroups(node, opened) : [element("p", "minor", text("no_links"))]));
  if (!isArticle(node)) parts.push(commands(node));
  content.replaceChildren(...parts.filter((part) => part !== null));
  panel.hidden = false;
  panel.scrollTop = 0;
  return title;
}

// Of what is filtered only the range matters to the details. What was opened in them stays open.
function renewPanel() {
  if (panel.hidden || toldPeriod === period()) return;
  const { scrollTop } = panel;
  const open = content.querySelector(".commands")?.open;
  fillPanel(state.selected, opened);
  if (open) content.querySelector(".commands").open = true;
  panel.scrollTop = scrollTop;
}
