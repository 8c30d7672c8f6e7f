// The film and its curve, tied together without a round trip: Python is told of changes alone.
// Streamlit calls the export again, without the clean-up before, when data or the theme change: so what there is is
// kept by its element.
const mounted = new WeakMap();
const JUST_WITHIN_S = 0.001; // a seek to a frame's very time may show the one before
const LONG_S = 1;
const NEAR_PEAK_S = 0.15; // the interval is that of the peak

export default function (component) {
  const root = component.parentElement;
  if (!mounted.has(root)) mounted.set(root, new Player(root));
  mounted.get(root).update(component);
  return () => {
    mounted.get(root)?.close();
    mounted.delete(root);
  };
}

class Player {
  constructor(root) {
    this.find = (name) => root.querySelector(name);
    this.video = this.find("video");
    this.chart = new Chart(this.find(".chart"), {
      seek: (at) => this.seek(at),
      span: (span) => this.tell("span", span),
      hover: (at) => this.read(at ?? this.at),
    });
    this.drawing = new Drawing(this.find(".body"), {
      joint: ({ frame, ...joint }) => this.tell("joint", { ...joint, time: this.data.t[frame] }),
      client: (place) => this.tell("client", { ...place, time: this.at }),
    });
    this.at = 0;
    this.listen();
    this.watch();
    this.resized = new ResizeObserver(() => this.data && this.drawn());
    this.resized.observe(this.find(".chart"));
    this.resized.observe(this.video);
  }

  listen() {
    const { video, find } = this;
    find(".play").onclick = () => this.toggle();
    find(".back").onclick = () => this.step(-1);
    find(".on").onclick = () => this.step(1);
    find(".speed").onchange = (event) => (video.playbackRate = Number(event.target.value));
    find(".picture").onclick = async () => this.save(await this.chart.picture(), "png");
    find(".table").onclick = () => this.save(new Blob([this.csv()], { type: "text/csv" }), "csv");
    find(".chart").onkeydown = (event) => this.key(event);
    video.onplay = video.onpause = () => this.label();
    video.onseeked = () => this.show(video.currentTime);
    video.onloadedmetadata = () => {
      this.fit();
      video.currentTime = this.at + JUST_WITHIN_S;
    };
    video.onerror = () => this.fallBack();
  }

  watch() {
    if (!this.video.requestVideoFrameCallback) {
      this.video.ontimeupdate = () => this.show(this.video.currentTime);
      return;
    }
    const frame = (_, about) => {
      this.show(about.mediaTime);
      this.next = this.video.requestVideoFrameCallback(frame);
    };
    this.next = this.video.requestVideoFrameCallback(frame);
  }

  update(component) {
    this.tell = (what, value) => component.setTriggerValue(what, value);
    this.data = component.data;
    const { words } = this.data;
    if (this.source !== this.data.src) this.open(this.data.src);
    this.find(".player").classList.toggle("dark", isDark(this.find(".player")));
    const chart = this.find(".chart");
    chart.setAttribute("aria-label", words.curve);
    chart.title = words.help;
    this.find(".key").replaceChildren(...this.data.key.map((one) => this.named(one)));
    for (const [name, label] of [["back", words.back], ["on", words.on], ["picture", words.picture], ["table", words.table]])
      this.find(`.${name}`).textContent = label;
    this.find(".back").ariaLabel = words.frameBack;
    this.find(".on").ariaLabel = words.frameOn;
    const speed = this.find(".speed"), now = speed.value || "1";
    speed.ariaLabel = words.speed;
    speed.replaceChildren(...["0.25", "0.5", "1"].map((rate) => new Option(`${rate}×`, rate, false, rate === now)));
    this.video.ariaLabel = words.film;
    this.find(".lost").textContent = words.lost;
    this.label();
    this.drawn();
  }

  named({ text, hue, line, area }) {
    const span = document.createElement("span");
    span.textContent = text;
    span.style.setProperty("--hue", `var(--${hue})`);
    if (line) span.style.setProperty("--line", line);
    span.className = area ? "area" : "";
    return span;
  }

  open(source) {
    this.source = source;
    this.find(".lost").hidden = Boolean(source);
    this.video.hidden = !source;
    if (source) this.video.src = source;
    else this.video.removeAttribute("src");
  }

  // A browser that can't play what the phone made plays the film that was drawn over.
  fallBack() {
    const { fallback } = this.data;
    if (fallback && !this.video.src.endsWith(fallback)) this.video.src = fallback;
    else this.find(".lost").hidden = false;
  }

  drawn() {
    this.chart.draw(this.data);
    this.drawing.draw(this.data);
    this.fit();
    this.show(this.at);
  }

  // The measured picture is the upper part of a film that has a panel beneath.
  fit() {
    const { videoWidth, clientWidth } = this.video;
    if (!videoWidth) return;
    this.find(".body").style.height = `${(clientWidth * this.data.picture[1]) / this.data.picture[0]}px`;
  }

  seek(at) {
    const last = this.video.duration || this.chart.last;
    this.show(Math.min(at, last));
    this.video.currentTime = Math.min(at + JUST_WITHIN_S, last);
  }

  step(way) {
    this.video.pause();
    const { t } = this.data;
    this.seek(t[Math.min(t.length - 1, Math.max(0, nearest(t, this.at) + way))]);
  }

  toggle() {
    if (this.video.paused) this.video.play();
    else this.video.pause();
  }

  show(at) {
    this.at = at;
    this.chart.place(".now", at);
    this.drawing.at(nearest(this.data.t, at));
    this.read(at);
    const chart = this.find(".chart");
    chart.ariaValueMin = 0;
    chart.ariaValueMax = this.chart.last.toFixed(2);
    chart.ariaValueNow = at.toFixed(2);
    chart.ariaValueText = this.said(at);
  }

  read(at) {
    this.find(".read").textContent = this.said(at);
  }

  said(at) {
    const { t, y, repetitions, wrong, uncertainty, words } = this.data, n = nearest(t, at);
    const outside = at < t[0] - 0.1 || at > t[t.length - 1] + 0.1;
    const known = uncertainty !== null && repetitions.some((one) => Math.abs(one.peak - at) <= NEAR_PEAK_S);
    const deg = outside || y[n] === null ? words.unseen : `${Math.round(y[n])}°${known ? ` ± ${Math.round(uncertainty)}°` : ""}`;
    const within = [...repetitions, ...wrong].filter((one) => one.start <= at && at <= one.end);
    return [`${inHundredths(at)} s`, deg, ...within.map((one) => one.name)].join(" · ");
  }

  key(event) {
    const long = event.shiftKey ? LONG_S : 0, way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way && long) this.seek(Math.max(0, this.at + way * long));
    else if (way) this.step(way);
    else if (event.key === "Home") this.seek(0);
    else if (event.key === "End") this.seek(this.chart.last);
    else if (event.key === " ") this.toggle();
    else if (event.key === "[" || event.key === "]") this.mark(event.key);
    else if (event.key === "Escape") this.tell("span", []);
    else return;
    event.preventDefault();
  }

  mark(bracket) {
    const [from, to] = this.data.span ?? [0, this.chart.last];
    this.tell("span", bracket === "[" ? [this.at, Math.max(to, this.at)] : [Math.min(from, this.at), this.at]);
  }

  label() {
    const { words } = this.data;
    this.find(".play").textContent = this.video.paused ? words.play : words.pause;
  }

  csv() {
    const rows = this.data.t.map((s, n) => `${s},${this.data.y[n] ?? ""}`);
    return ["time_s,angle_deg", ...rows, ""].join("\n");
  }

  save(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${this.data.file}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  close() {
    this.resized.disconnect();
    if (this.next) this.video.cancelVideoFrameCallback(this.next);
    this.video.removeAttribute("src");
    this.video.load();
  }
}

function inHundredths(seconds) {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false };
  return seconds.toLocaleString(document.documentElement.lang || "en", digits);
}

function isDark(part) {
  const ground = document.createElement("canvas").getContext("2d");
  ground.fillStyle = getComputedStyle(part).getPropertyValue("--st-background-color").trim() || "#fff";
  ground.fillRect(0, 0, 1, 1);
  const [red, green, blue] = ground.getImageData(0, 0, 1, 1).data;
  return red + green + blue < 384;
}
