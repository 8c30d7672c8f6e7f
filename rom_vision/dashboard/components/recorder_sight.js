// What the landmarks say of the picture: does it fit this test, and how far is the limb? Hints, no measurement.
const SURE = 0.5;  // share of confidence that a point is in sight
const EDGE = 0.015;  // share of the picture
const DARK = 45;  // mean brightness of 255
const FRONT_TURNED = 0.64, SIDE_TURNED = 0.6;  // of the shoulders' depth to their width: about 40° off either view
const LEFT_SHOULDER = 11, RIGHT_SHOULDER = 12, LEFT_HIP = 23, RIGHT_HIP = 24;

const inside = (p) => p.x > EDGE && p.x < 1 - EDGE && p.y > EDGE && p.y < 1 - EDGE;
const clear = (p) => (p.visibility ?? 1) > SURE && inside(p);
const middle = (points, places) => {
  const sum = places.reduce((s, i) => [s[0] + points[i].x, s[1] + points[i].y, s[2] + points[i].z], [0, 0, 0]);
  return sum.map((total) => total / places.length);
};
const line = (points, [from, to]) => {
  const start = middle(points, from), end = middle(points, to);
  return end.map((value, axis) => value - start[axis]);
};

// Of several people the one whose limb is seen best.
export function client(people, wanted) {
  const seen = (person) => wanted.need.filter((group) => group.some((i) => clear(person.image[i]))).length;
  return people.reduce((best, person) => (!best || seen(person) > seen(best) ? person : best), null);
}

export const isWhole = (person, wanted) => wanted.need.every((group) => group.some((i) => clear(person.image[i])));

// The first thing that is wrong, by the name of its words; "" where all fits.
export function advice(people, person, wanted, light) {
  if (light < DARK) return "dark";
  if (!person) return "nobody";
  if (people.length > wanted.people) return "people";
  if (!facing(person.world, wanted)) return "view";  // first: whoever stands wrong hides the limb
  return isWhole(person, wanted) ? "" : "whole";
}

function facing(world, wanted) {
  const left = middle(world, [LEFT_SHOULDER]), right = middle(world, [RIGHT_SHOULDER]);
  const across = left.map((value, axis) => value - right[axis]);
  const down = line(world, [[LEFT_SHOULDER, RIGHT_SHOULDER], [LEFT_HIP, RIGHT_HIP]]);
  const turned = across[2] / Math.hypot(...across);  // -1: the left side is nearest to the camera
  if (wanted.view === "side") {
    const nearest = turned < 0 ? "left" : "right";
    return Math.abs(turned) > SIDE_TURNED && (!wanted.side || wanted.side === nearest);
  }
  const shows = across[0] * down[1] - across[1] * down[0] > 0 ? "front" : "back";
  return Math.abs(turned) < FRONT_TURNED && shows === wanted.view;
}

// Degrees between the two lines of the test: in the picture, or seen from above where the joint twists.
export function angle_deg(person, wanted, width, height) {
  const { proximal, distal, offset_deg, from_above } = wanted.angle;
  const flat = person.image.map((p) => ({ x: p.x * width, y: p.y * height, z: 0 }));
  const points = from_above ? person.world : flat;
  const pick = ([x, y, z]) => (from_above ? [x, z] : [x, y]);
  const still = proximal ? pick(line(points, proximal)) : [0, 1];
  const moves = pick(line(points, distal));
  const turned = Math.atan2(still[0] * moves[1] - still[1] * moves[0], still[0] * moves[0] + still[1] * moves[1]);
  return Math.abs(Math.abs((turned * 180) / Math.PI) - Math.abs(offset_deg));
}

// Mean brightness, 0 to 255, of a live picture.
export class Light {
  constructor() {
    this.canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 32 });
    this.drawn = this.canvas.getContext("2d", { willReadFrequently: true });
  }

  of(video) {
    this.drawn.drawImage(video, 0, 0, 32, 32);
    const { data } = this.drawn.getImageData(0, 0, 32, 32);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
    return sum / (data.length / 4);
  }
}
