// The colours stand in the style sheet alone; the canvas asks for those of the mode in use.
const colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "muted", "edge", "person", "organization", "place", "tag", "article", "stub"]) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

readColours();

const FONT = getComputedStyle(document.body).fontFamily;
