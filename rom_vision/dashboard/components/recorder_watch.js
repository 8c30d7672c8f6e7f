// Watches the live picture: finds the people with a worker on this device, draws them, and tells what it sees.
import { Light, advice, angle_deg, client, isWhole } from "./recorder_sight.js";

const LOOKED_AT_PX = 320;
const LASTS_MS = 400;  // so long must an advice hold before it is shown: it does not flicker
const FITS = "#3ddc84", FITS_NOT = "#ff9a1f", OTHER = "#ffffff70";
const LIMBS = [
  [11, 12], [23, 24], [11, 23], [12, 24], [11, 13], [13, 15], [12, 14], [14, 16], [15, 19], [16, 20],
  [23, 25], [25, 27], [24, 26], [26, 28], [27, 31], [28, 32], [27, 29], [28, 30], [0, 7], [0, 8],
];

export class Watch {
  // onSeen gets { advice, person, angle, time_ms }; onGone hears that no pose can be found here
  constructor(video, canvas, data, onSeen, onGone) {
    Object.assign(this, { video, canvas, data, onSeen, onGone, light: new Light(), shown: null, since_ms: 0 });
    const address = new URL(`${data.assets}/recorder_pose_worker.js`, location.origin);
    this.worker = new Worker(address, { type: "module" });
    this.worker.onerror = () => this.#gone();
    this.worker.onmessage = ({ data: told }) => this.#hear(told);
    const start = new URL(data.assets, location.origin).href;
    this.worker.postMessage({ start, model: data.wanted.model, people: data.wanted.people + 1 });
    this.frames = 0;
  }

  close() {
    this.closed = true;
    this.worker.terminate();
  }

  #gone() {
    if (this.closed) return;
    this.close();
    this.onGone();
  }

  #hear(told) {
    if (told.trouble) this.#gone();
    else if (told.people) this.#look(told);
    if (!this.closed) this.#next();
  }

  async #next() {
    const { video } = this;
    while (!this.closed && (!video.videoWidth || video.hidden || video.paused)) {
      await new Promise((done) => setTimeout(done, 200));
    }
    await new Promise((done) =>
      video.requestVideoFrameCallback ? video.requestVideoFrameCallback(done) : requestAnimationFrame(done));
    if (this.closed) return;
    try {
      const resizeHeight = Math.round((LOOKED_AT_PX * video.videoHeight) / video.videoWidth);
      const picture = await createImageBitmap(video, { resizeWidth: LOOKED_AT_PX, resizeHeight });
      this.worker.postMessage({ picture, time_ms: performance.now() }, [picture]);
    } catch {
      setTimeout(() => this.#next(), 200);  // the camera was changed just now
    }
  }

  #look({ people, time_ms }) {
    const { video, data: { wanted } } = this;
    const person = client(people, wanted);
    if (this.frames++ % 8 === 0) this.brightness = this.light.of(video);
    const now = advice(people, person, wanted, this.brightness);
    if (now !== this.newest) this.since_ms = time_ms;
    this.newest = now;
    if (this.shown === null || time_ms - this.since_ms >= LASTS_MS) this.shown = now;
    const whole = person && isWhole(person, wanted);
    const angle = whole ? angle_deg(person, wanted, video.videoWidth, video.videoHeight) : null;
    this.#draw(person, wanted);
    this.onSeen({ advice: this.shown, person: whole ? person : null, angle, time_ms });
  }

  #draw(person, wanted) {
    const { canvas, video } = this;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    if (!person) return;
    const pen = canvas.getContext("2d"), own = new Set(wanted.need.flat());
    const colour = this.shown ? FITS_NOT : FITS, wide = canvas.height / 130;
    const at = (i) => [person.image[i].x * canvas.width, person.image[i].y * canvas.height];
    pen.lineCap = "round";
    const lines = LIMBS.map(([from, to]) => ({ from, to, ours: own.has(from) && own.has(to) }));
    for (const { from, to, ours } of lines.sort((a, b) => a.ours - b.ours)) {
      pen.strokeStyle = ours ? colour : OTHER;
      pen.lineWidth = ours ? 2 * wide : wide;
      pen.beginPath();
      pen.moveTo(...at(from));
      pen.lineTo(...at(to));
      pen.stroke();
    }
    pen.fillStyle = colour;
    for (const i of own) {
      pen.beginPath();
      pen.arc(...at(i), 1.7 * wide, 0, 7);
      pen.fill();
    }
  }
}
