// One recorder: from the closed camera over the live picture and the recording to the film that is used, or not.
import { Camera } from "./recorder_camera.js";
import { Repetitions, Stillness } from "./recorder_moves.js";
import { Upload } from "./recorder_upload.js";
import { Voice } from "./recorder_voice.js";
import { Watch } from "./recorder_watch.js";

// H.264 first: phones make it in hardware, and it goes into MP4 as it is. Chromium alone has it in WebM, and hands
// out a part each second; Apple's WebM comes out turned, VP8 loses pictures on slow computers.
const TYPES = [
  "video/webm;codecs=h264", "video/mp4;codecs=avc1.640028", "video/mp4;codecs=avc1.42E01F", "video/mp4",
  "video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm",
];
const APPLE = navigator.vendor.startsWith("Apple");
const RATE = { videoBitsPerSecond: 4_000_000, videoKeyFrameIntervalDuration: 1000 };
const PART_MS = 1000, SECOND_MS = 1000, AGAIN_MS = 6000;
const STILL_MS = 3000, ENDS_STILL_MS = 1000;  // before it starts by itself, and before it stops
const LONGEST_MS = 120_000;
const BUTTON_KEYS = new Set([
  " ", "Enter", "PageDown", "PageUp", "AudioVolumeUp", "AudioVolumeDown", "MediaPlayPause", "MediaTrackNext",
]);
const CONTROLS = "button, a, input, select, textarea, summary, [role=button], [role=combobox], [role=tab], [contenteditable]";
const PARTS = [
  "live", "drawn", "replay", "top", "advice", "numbers", "angle", "count", "countdown", "running", "open", "go",
  "use", "again", "said", "settings", "camera", "shape", "turn", "by_itself", "aloud",
];

export class Session {
  // kept.component is always what Streamlit handed over last
  constructor(root, kept) {
    this.kept = kept;
    this.root = root.querySelector(".recorder");
    this.at = Object.fromEntries(PARTS.map((name) => [name, root.querySelector(`.${name}`)]));
    this.camera = new Camera(this.at.live);
    this.voice = new Voice(this.data.language);
    this.still = new Stillness();
    this.state = "off";
    this.#write(root);
    this.#listen();
  }

  get data() {
    return this.kept.component.data;
  }

  get texts() {
    return this.data.texts;
  }

  set state(state) {
    this.root.dataset.state = state;
    const { at } = this, live = state === "ready" || state === "counting" || state === "recording";
    at.open.hidden = state !== "off";
    at.live.hidden = at.drawn.hidden = !live && state !== "off";
    at.replay.hidden = live || state === "off";
    at.top.hidden = !live;
    at.go.hidden = !live;
    at.running.hidden = state !== "recording";
    at.settings.hidden = state !== "ready";
    at.use.hidden = at.again.hidden = state !== "done";
    at.go.textContent = this.texts[{ counting: "cancel", recording: "stop" }[state] || "start"];
    if (!live) at.numbers.hidden = true;
  }

  get state() {
    return this.root.dataset.state;
  }

  close() {
    this.closed = true;
    removeEventListener("keydown", this.onKey, true);
    removeEventListener("beforeunload", this.onLeave);
    clearInterval(this.ticking);
    clearInterval(this.clock);
    if (this.recorder?.state === "recording") this.recorder.stop();
    this.watch?.close();
    this.camera.close();
    this.voice.close();
    this.wake?.release();
    if (this.at.replay.src) URL.revokeObjectURL(this.at.replay.src);
  }

  #write(root) {
    const { at, texts } = this;
    for (const name of ["open", "use", "again", "turn"]) at[name].textContent = texts[name];
    for (const name of ["camera", "shape", "by_itself", "aloud"]) {
      root.querySelector(`.${name}_label`).textContent = texts[name];
    }
    for (const [shape, called] of Object.entries(texts.shapes)) at.shape.add(new Option(called, shape));
    at.live.setAttribute("aria-label", texts.live);
    at.replay.setAttribute("aria-label", texts.replay);
  }

  #listen() {
    const { at } = this;
    at.open.onclick = () => this.#open();
    at.go.onclick = () => this.#press();
    at.again.onclick = () => this.#again();
    at.use.onclick = () => this.#use();
    at.camera.onchange = () => this.#open(at.camera.value);
    at.turn.onclick = () => this.#opened(this.camera.turn());
    at.shape.onchange = () => {
      this.camera.shape = at.shape.value;
      this.#open(at.camera.value);
    };
    at.aloud.onchange = () => { this.voice.aloud = at.aloud.checked; };
    this.onKey = (event) => this.#key(event);
    this.onLeave = (event) => {
      if (this.state === "recording" || this.state === "sending") event.preventDefault();
    };
    addEventListener("keydown", this.onKey, true);
    addEventListener("beforeunload", this.onLeave);
  }

  // A Bluetooth shutter, a pedal or a remote is a keyboard. On a control a key does what it does anyway.
  #key(event) {
    const [target] = event.composedPath();
    const onControl = target instanceof Element && target.closest(CONTROLS);
    if (!BUTTON_KEYS.has(event.key) || event.repeat || (onControl && [" ", "Enter"].includes(event.key))) return;
    if (!["ready", "counting", "recording"].includes(this.state)) return;
    event.preventDefault();
    this.#press();
  }

  #press() {
    this.voice.wake();
    if (this.state === "ready") this.#count();
    else if (this.state === "counting") this.#cancel();
    else if (this.state === "recording") this.#stop();
  }

  async #open(deviceId = "") {
    this.voice.wake();
    await this.#opened(this.camera.open(deviceId));
  }

  async #opened(opening) {
    const { at } = this;
    try {
      await opening;
    } catch (problem) {
      at.said.textContent = this.texts.camera_trouble[problem.name] || this.texts.camera_trouble.other;
      return;
    }
    if (this.closed) return this.camera.close();
    at.said.textContent = "";
    this.root.classList.toggle("mirrored", this.camera.isMirrored);
    this.root.style.setProperty("--shape", `${at.live.videoWidth} / ${at.live.videoHeight}`);
    const all = await this.camera.all(), now = this.camera.settings.deviceId;
    at.camera.replaceChildren(
      ...all.map((one) => new Option(one.label || this.texts.camera, one.deviceId, false, one.deviceId === now)));
    at.turn.hidden = all.length < 2;
    this.still.clear();
    this.state = "ready";
    at.advice.textContent = this.watch ? this.texts.advice.nobody : this.texts.loading;
    at.go.focus({ preventScroll: true });
    if (!this.watch && !this.blind) this.#startWatching();
    this.#nearest();
  }

  // The big picture comes into view, with its buttons.
  #nearest() {
    this.root.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  #startWatching() {
    const gone = () => {
      this.watch = null;
      this.blind = true;
      this.root.dataset.fits = "";
      this.at.advice.textContent = this.texts.blind;
      this.at.numbers.hidden = true;
    };
    this.watch = new Watch(this.at.live, this.at.drawn, this.data, (seen) => this.#seen(seen), gone);
  }

  #seen({ advice, person, angle, time_ms }) {
    const { at, texts } = this;
    this.root.dataset.fits = advice ? "no" : "yes";
    const still_ms = person ? this.still.ms(person, this.data.wanted, time_ms) : 0;
    if (!person) this.still.clear();
    at.numbers.hidden = angle === null;
    if (angle !== null) this.#number(angle);
    if (this.state === "ready") {
      const byItself = at.by_itself.checked;
      at.advice.textContent = texts.advice[advice] || (byItself ? texts.hold_still : texts.fits);
      if (advice && advice !== this.told && time_ms - (this.told_ms || 0) > AGAIN_MS) {
        this.voice.say(texts.advice[advice]);
        [this.told, this.told_ms] = [advice, time_ms];
      }
      if (!advice && byItself && still_ms > STILL_MS - 3 * SECOND_MS + 400) this.#count(true);
    } else if (this.state === "counting") {
      if (this.byItself && (advice || still_ms < 200)) this.#cancel();
    } else if (this.state === "recording") {
      at.advice.textContent = texts.advice[advice] || texts.recording;
      if (angle !== null) this.#follow(angle, still_ms);
    }
  }

  #number(angle) {
    const { wanted } = this.data, from = wanted.angle.from_start ? this.rest_deg ?? angle : 0;
    this.at.angle.textContent = `${Math.round(Math.abs(angle - from))}°`;
    this.at.count.textContent = this.turns ? this.texts.count.replace("{n}", this.turns.count) : "";
    this.newest_deg = angle;
  }

  #follow(angle, still_ms) {
    const { repetitions } = this.data.wanted;
    this.turns ??= new Repetitions((this.rest_deg = angle));
    if (!repetitions) return;
    if (this.turns.add(angle)) {
      if (this.turns.count <= repetitions) this.voice.beep();
      if (this.turns.count === repetitions) this.voice.say(this.texts.back);
    }
    const over = this.turns.count >= repetitions && !this.turns.isOut && still_ms > ENDS_STILL_MS;
    if (over && this.at.by_itself.checked) this.#stop();
  }

  #count(byItself = false) {
    this.byItself = byItself;
    this.state = "counting";
    let left = 3;
    const tick = () => {
      if (left === 0) return this.#record();
      this.at.countdown.textContent = left--;
      this.voice.beep();
    };
    if (byItself) this.at.advice.textContent = this.texts.stay;
    tick();
    this.ticking = setInterval(tick, SECOND_MS);
  }

  #cancel() {
    clearInterval(this.ticking);
    this.at.countdown.textContent = "";
    this.still.clear();
    this.state = "ready";
  }

  async #record() {
    clearInterval(this.ticking);
    const { at } = this;
    at.countdown.textContent = "";
    this.type = TYPES.find((type) => MediaRecorder.isTypeSupported(type) && !(APPLE && type.includes("webm")));
    this.parts = [];
    this.turns = null;
    this.rest_deg = this.newest_deg;
    this.upload = new Upload(this.data.subject, (lost) => {
      at.said.textContent = lost ? this.texts.no_server : "";
    });
    this.recorder = new MediaRecorder(this.camera.stream, { mimeType: this.type, ...RATE });
    this.recorder.ondataavailable = ({ data }) => {
      if (!data.size) return;
      this.parts.push(data);
      this.upload.add(data);
    };
    this.recorder.onstop = () => this.#recorded();
    this.recorder.start(PART_MS);
    this.state = "recording";
    this.voice.beep(true);
    this.voice.say(this.texts.move);
    const began_ms = performance.now(), longest_ms = this.data.wanted.stops_after_s * 1000 || LONGEST_MS;
    const tell = () => {
      const s = Math.floor((performance.now() - began_ms) / 1000);
      at.running.textContent = `● ${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
      if (performance.now() - began_ms > longest_ms) this.#stop();
    };
    tell();
    this.clock = setInterval(tell, 200);
    this.wake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  #stop() {
    if (this.recorder?.state !== "recording") return;
    clearInterval(this.clock);
    this.recorder.stop();
    this.state = "sending";
    this.voice.beep(true);
    this.voice.say(this.texts.thanks);
  }

  async #recorded() {
    const { at, texts } = this;
    clearInterval(this.clock);
    this.wake?.release();
    if (at.replay.src) URL.revokeObjectURL(at.replay.src);
    at.replay.src = URL.createObjectURL(new Blob(this.parts, { type: this.type }));
    if (this.closed) return;
    at.said.textContent = texts.sending;
    try {
      this.recording = await this.upload.finish();
      at.said.textContent = texts.sent;
      this.state = "done";
      at.replay.muted = true;
      at.replay.play().catch(() => {});
      at.use.focus({ preventScroll: true });
    } catch (problem) {
      at.said.textContent = problem.message || texts.refused;
      this.state = "done";
      at.use.hidden = true;
    }
    this.#nearest();
  }

  #again() {
    this.upload.abandon();
    this.recording = null;
    this.turns = null;
    this.at.said.textContent = "";
    this.at.replay.pause();
    this.still.clear();
    this.state = "ready";
    this.at.live.play().catch(() => {});
  }

  #use() {
    this.at.use.disabled = this.at.again.disabled = true;
    this.at.said.textContent = this.texts.handing_over;
    this.kept.component.setTriggerValue("recorded", this.recording);
  }
}
