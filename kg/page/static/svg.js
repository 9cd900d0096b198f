// The picture as it is seen, as lines, shapes and words of an SVG.
const xml = (said) => String(said).replace(/[<>&"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
const places = (value) => Math.round(value * 10) / 10;

function tag(name, attributes, content = "") {
  const given = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${xml(value)}"`)
    .join("");
  return `<${name}${given}>${content}</${name}>`;
}

function svgOutline(node, at, look, title = "") {
  const [x, y, r] = [at.x(node.x), at.y(node.y), node.size * at.scale].map(places);
  const corners = {
    square: [
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ],
    diamond: [
      [x, y - r],
      [x + r, y],
      [x, y + r],
      [x - r, y],
    ],
    triangle: triangleCorners(x, y, r),
  }[node.shape];
  return corners
    ? tag("polygon", { points: corners.map((corner) => corner.map(places).join(",")).join(" "), ...look }, title)
    : tag("circle", { cx: x, cy: y, r, ...look }, title);
}

function svgShape(node, at) {
  const title = tag("title", {}, xml(`${node.name} (${kindText(node)})`));
  let shape = svgOutline(node, at, { fill: colourOf(node) }, title);
  if (node.author) {
    const [x, y, r] = [at.x(node.x), at.y(node.y), node.size * at.scale].map(places);
    const ringLook = { fill: "none", stroke: colours.paper, "stroke-width": places(r * 0.2) };
    shape += tag("circle", { cx: x, cy: y, r: places(r * 0.72), ...ringLook });
  }
  return node.url ? tag("a", { href: node.url }, shape) : shape;
}

function svgLine(from, to, at) {
  return `M${places(at.x(from.x))} ${places(at.y(from.y))}L${places(at.x(to.x))} ${places(at.y(to.y))}`;
}

function svgEdges(at) {
  return edgeBatches.map((batch) => {
    const path = batch.lines.map((edge) => svgLine(nodes[edge.from], nodes[edge.to], at)).join("");
    const look = { "stroke-opacity": batchOpacity(batch, at.scale).toFixed(3), "stroke-width": EDGE_WIDTH };
    return tag("path", { d: path, fill: "none", stroke: batchColour(batch), ...look });
  });
}

function svgLabels(labels) {
  return labels.map((entry) => {
    const look = { "font-size": entry.pixels, "font-weight": entry.weight ?? 400, fill: entry.colour };
    return tag("text", { x: places(entry.x), y: places(baselineOf(entry)), ...look }, xml(entry.label));
  });
}

function svgFocus(node, at) {
  const near = neighbourhood(node);
  const lines = near.map(({ other }) => svgLine(node, other, at)).join("");
  const arrows = arrowsOf(node, near).map(({ x, y, angle }) => {
    const corners = arrowCorners({ x: at.x(x), y: at.y(y), angle }, ARROW);
    return tag("polygon", {
      points: corners.map((corner) => corner.map(places).join(",")).join(" "),
      fill: colours.edge,
    });
  });
  const { width, opacity } = focusLine(near);
  const look = { fill: "none", stroke: colours.edge, "stroke-width": width, "stroke-opacity": opacity };
  return [
    tag("path", { d: lines, ...look }),
    ...arrows,
    ...[...near.map(({ other }) => asNeighbour(other, at.scale)), node].map((one) => svgShape(one, at)),
    svgOutline(asSelected(node, at.scale), at, { fill: "none", stroke: colours.ink, "stroke-width": MARK }),
  ];
}

function svgOfView() {
  const at = projection();
  const [width, height] = [container.clientWidth, container.clientHeight];
  const chosen = state.selected;
  const ground = [
    ...svgEdges(at),
    ...byImportance
      .filter(isVisible)
      .reverse()
      .map((node) => svgShape(node, at)),
  ];
  const labels = chosen ? focusLabels(chosen, neighbourhood(chosen)) : overviewLabels();
  const words = {
    "font-family": FONT,
    "text-anchor": "middle",
    "paint-order": "stroke",
    stroke: colours.paper,
    "stroke-width": 3.5,
  };
  return tag(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, lang: page.lang },
    [
      tag("title", {}, xml(document.title)),
      tag("rect", { width, height, fill: colours.paper }),
      tag("g", { opacity: chosen ? (1 - VEIL).toFixed(2) : 1 }, ground.join("")),
      ...(chosen ? svgFocus(chosen, at) : []),
      tag("g", { ...words, "stroke-linejoin": "round" }, svgLabels(labels).join("")),
    ].join("\n"),
  );
}
