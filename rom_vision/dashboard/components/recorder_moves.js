// What a person does over time: stands still, moves the limb out and back.
const STILL_SHARE = 0.02;  // of the picture's height: how a model trembles, and how people do who stand
const MOVED_DEG = 15, BACK_DEG = 10, BACK_SHARE = 0.3;
const LIKE_SHARE = 0.4;  // a repetition goes at least so far of the furthest: less is a wobble

export class Stillness {
  constructor() {
    this.past = [];
  }

  // How long, in ms, the wanted points have stayed where they are.
  ms(person, wanted, time_ms) {
    const places = wanted.need.flat().map((i) => [person.image[i].x, person.image[i].y]);
    this.past = this.past.filter((then) => time_ms - then.time_ms < 4000);
    const moved = ({ places: then }) =>
      places.some(([x, y], i) => Math.hypot(x - then[i][0], y - then[i][1]) > STILL_SHARE);
    const last = this.past.findLastIndex(moved);
    this.past = [...this.past.slice(last + 1), { time_ms, places }];
    return time_ms - this.past[0].time_ms;
  }

  clear() {
    this.past = [];
  }
}

// Repetitions, from the angle at rest: out, and back.
export class Repetitions {
  constructor(rest_deg) {
    this.rest_deg = rest_deg;
    this.count = 0;
    this.furthest_deg = 0;
    this.ever_deg = 0;
  }

  // True where this angle ended one.
  add(angle_deg) {
    const away_deg = Math.abs(angle_deg - this.rest_deg);
    if (away_deg > MOVED_DEG) this.furthest_deg = Math.max(this.furthest_deg, away_deg);
    const back = away_deg < Math.max(BACK_DEG, BACK_SHARE * this.furthest_deg);
    if (!back || !this.furthest_deg) return false;
    const counts = this.furthest_deg >= LIKE_SHARE * this.ever_deg;
    this.ever_deg = Math.max(this.ever_deg, this.furthest_deg);
    this.furthest_deg = 0;
    this.count += counts;
    return counts;
  }

  get isOut() {
    return this.furthest_deg > 0;
  }
}
