// Elements, all of their words text: what a dump says never becomes markup.
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== "" && child !== null));
  return made;
}

function drawing(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function button(className, label, action) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function icon(node) {
  const names = { dot: "shape-dot", square: "shape-square", triangle: "shape-triangle", diamond: "shape-diamond" };
  const ringed = node.shape === "square" ? "shape-square-ring" : "shape-ring";
  const name = node.author ? ringed : isArticle(node) ? "shape-small" : names[node.shape];
  const use = drawing("use", { href: `#${name}` });
  return drawing("svg", { class: `icon ${node.group}`, "aria-hidden": "true" }, use);
}
