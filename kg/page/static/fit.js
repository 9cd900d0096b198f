// Places come from Python for a screen that is wider than high; here they are fitted to the one at hand.
const MOST_STRETCH = 1.6;

// A phone is higher than wide: there the picture lies on its side.
function turn(places) {
  for (const place of places) [place.x, place.y] = [place.y, place.x];
}

function extent(places, axis) {
  let [least, most] = [Infinity, -Infinity];
  for (const place of places) {
    least = Math.min(least, place[axis]);
    most = Math.max(most, place[axis]);
  }
  return most - least;
}

// Nodes only ever move apart, so that none comes to lie over another.
function stretch(places, width, height) {
  const [across, down] = [extent(places, "x"), extent(places, "y")];
  if (!across || !down) return;
  const factor = (width / height) * (down / across);
  const x = Math.min(Math.max(factor, 1), MOST_STRETCH);
  const y = Math.min(Math.max(1 / factor, 1), MOST_STRETCH);
  for (const place of places) {
    place.x *= x;
    place.y *= y;
    if (place.radius) place.radius *= Math.max(x, y);
  }
}

{
  const places = [...nodes, ...page.themes];
  const stage = document.getElementById("stage");
  if (nodes.length) {
    if (innerHeight > innerWidth) turn(places);
    stretch(places, stage.clientWidth, stage.clientHeight);
  }
}
