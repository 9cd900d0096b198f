// Search as one types, over names and other spellings.
const searchField = document.getElementById("search");
const resultList = document.getElementById("results");
const status = document.getElementById("status");
const MOST_RESULTS = 12;
const LONGEST_END = 12;

const searchable = nodes.map((node) => [node.name, ...(node.also ?? [])].map(fold));

function search(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  for (const node of byImportance) {
    const match = matchOf(searchable[node.id], wanted);
    if (match) found.push({ node, match });
  }
  return found.sort((a, b) => b.match - a.match).map(({ node }) => node);
}

const isAlone = (said, all) => all.indexOf(said) === all.lastIndexOf(said);

// What is said of each result beside its name: of those of one name also the role, and where all else is the same, the
// end of the address.
function descriptions(found) {
  const names = found.map((node) => node.name);
  const said = found.map((node) => {
    const role = isAlone(node.name, names) ? [] : (node.roles ?? []).slice(0, 1);
    return [kindText(node), ...role, isArticle(node) ? dayText(node) : articlesText(node)];
  });
  const rows = found.map((node, at) => [node.name, ...said[at]].join("\n"));
  return found.map((node, at) => {
    const end = isAlone(rows[at], rows) ? "" : lastSigns(node.iri.split("/").at(-1), LONGEST_END);
    return [...said[at], end].filter(Boolean).join(" · ");
  });
}

let results = [];
let active = -1;

function showResults() {
  const all = search(searchField.value);
  results = all.slice(0, MOST_RESULTS);
  const said = descriptions(results);
  const rows = results.map((node, index) => {
    const row = element("li", "", icon(node), element("span", "name", node.name), element("span", "kind", said[index]));
    row.id = `result-${index}`;
    row.setAttribute("role", "option");
    row.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the field
    row.addEventListener("click", () => choose(index));
    return row;
  });
  const asked = searchField.value.trim() !== "";
  if (asked && !rows.length) {
    const none = element("li", "none", text("nothing_found"));
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    rows.push(none);
  }
  resultList.replaceChildren(...rows);
  openResults(asked);
  status.textContent = asked ? text("found", { n: all.length }) : "";
  activate(results.length ? 0 : -1);
}

function openResults(open) {
  resultList.hidden = !open;
  searchField.setAttribute("aria-expanded", String(open));
}

function activate(index) {
  active = index;
  results.forEach((_, number) => resultList.children[number].setAttribute("aria-selected", String(number === index)));
  if (index < 0) searchField.removeAttribute("aria-activedescendant");
  else {
    searchField.setAttribute("aria-activedescendant", `result-${index}`);
    resultList.children[index].scrollIntoView({ block: "nearest" });
  }
}

function choose(index) {
  openResults(false);
  goTo(results[index]);
}

searchField.addEventListener("input", showResults);
searchField.addEventListener("focus", () => searchField.value.trim() && showResults());
searchField.addEventListener("blur", () => openResults(false));
searchField.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (resultList.hidden) showResults();
    else if (results.length)
      activate((active + (event.key === "ArrowDown" ? 1 : -1) + results.length) % results.length);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(active);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (resultList.hidden) searchField.blur();
    openResults(false);
  }
});
