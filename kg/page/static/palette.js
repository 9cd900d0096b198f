// The colours stand in the style sheet alone; the canvas asks for those of the mode in use.
const colours = { themes: [] };
const KINDS_OF_COLOUR = ["paper", "ink", "muted", "edge", "person", "organization", "place", "tag", "article", "stub"];
const HUES = 10;
const FONT = getComputedStyle(document.body).fontFamily;

// A custom property may name both modes; only an element that wears it knows which one counts.
function readColours() {
  const probe = document.body.appendChild(document.createElement("span"));
  const worn = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  for (const name of KINDS_OF_COLOUR) colours[name] = worn(name);
  colours.themes = Array.from({ length: HUES }, (_, hue) => worn(`theme-${hue}`));
  probe.remove();
}

// Themes take turns with the colours, and one that must share takes that of the island farthest away.
function hueOfThemes(themes) {
  const hues = [];
  themes.forEach((theme, index) => {
    const distance = Array(HUES).fill(Infinity);
    for (let other = 0; other < index; other += 1) {
      const away = Math.hypot(theme.x - themes[other].x, theme.y - themes[other].y);
      distance[hues[other]] = Math.min(distance[hues[other]], away);
    }
    hues.push(distance.indexOf(Math.max(...distance)));
  });
  return hues;
}

const hues = hueOfThemes(page.themes);

const themeColour = (theme) => colours.themes[hues[theme]];

function colourOf(node) {
  if (state.colourBy === "kind") return colours[node.group];
  return node.theme === undefined ? colours.muted : themeColour(node.theme);
}

readColours();
