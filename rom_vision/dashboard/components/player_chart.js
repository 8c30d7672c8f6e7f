// The curve as SVG: drawn from data, asked for times, told where the film is. It knows nothing of the film.
const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 300, LEFT = 44, RIGHT = 10, TOP = 24, BOTTOM = 38, MOVED_PX = 6, LEAST_SPAN_S = 0.2;

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function steps(from, to, most) {
  const rough = (to - from) / most || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((share) => share * power).find((size) => size >= rough);
  const found = [];
  for (let at = Math.ceil(from / step) * step; at <= to + 1e-9; at += step) found.push(Math.round(at * 100) / 100);
  return found;
}

function nearest(times, at) {
  let low = 0, high = times.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= at) low = middle;
    else high = middle;
  }
  return at - times[low] <= times[high] - at ? low : high;
}

class Chart {
  constructor(host, { seek, span, hover }) {
    this.host = host;
    this.at = 0;
    let down = null;
    host.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      down = event.clientX;
      host.setPointerCapture(event.pointerId);
    });
    host.addEventListener("pointermove", (event) => {
      const at = this.timeAt(event.clientX);
      this.place(".hover", at);
      hover(at);
      if (down !== null && Math.abs(event.clientX - down) > MOVED_PX) this.showSpan([this.timeAt(down), at]);
    });
    host.addEventListener("pointerup", (event) => {
      if (down === null) return;
      const [from, to] = [this.timeAt(down), this.timeAt(event.clientX)].sort((one, other) => one - other);
      if (Math.abs(event.clientX - down) > MOVED_PX && to - from >= LEAST_SPAN_S) span([from, to]);
      else seek(to);
      down = null;
    });
    host.addEventListener("pointercancel", () => (down = null));
    host.addEventListener("pointerleave", () => {
      this.place(".hover", null);
      hover(null);
    });
  }

  draw(data) {
    this.data = data;
    const width = Math.max(this.host.clientWidth, 240);
    const shown = [...data.y.filter((deg) => deg !== null), ...data.lines.map((line) => line.deg)];
    const low = Math.min(0, ...shown), high = Math.max(20, ...shown) * 1.06;
    this.first = data.t[0] ?? 0;
    this.last = Math.max(data.until ?? 0, data.t[data.t.length - 1] ?? 1);
    this.from = Math.min(this.first, 0);
    this.x = (s) => LEFT + ((s - this.from) / (this.last - this.from)) * (width - LEFT - RIGHT);
    const y = (deg) => HEIGHT - BOTTOM - ((deg - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
    this.width = width;
    const svg = element("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, "aria-hidden": "true" });
    const area = (name, from, to) =>
      svg.append(element("rect", { class: name, x: this.x(from), y: TOP, width: Math.max(1, this.x(to) - this.x(from)), height: HEIGHT - TOP - BOTTOM }));
    const upright = (name) => element("line", { class: name, y1: TOP - 4, y2: HEIGHT - BOTTOM, visibility: "hidden" });
    for (const one of data.repetitions) area("rep", one.start, one.end);
    for (const one of data.wrong) area("wrong", one.start, one.end);
    for (const deg of steps(low, high, 6)) {
      svg.append(element("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(deg), y2: y(deg) }));
      svg.append(element("text", { x: LEFT - 6, y: y(deg) + 4, "text-anchor": "end" }, deg));
    }
    for (const s of steps(this.from, this.last, width / 90))
      svg.append(element("text", { x: this.x(s), y: HEIGHT - BOTTOM + 16, "text-anchor": "middle" }, s));
    svg.append(element("text", { x: width - RIGHT, y: HEIGHT - 6, "text-anchor": "end" }, data.words.seconds));
    svg.append(element("text", { x: 4, y: 14 }, data.words.degrees));
    for (const line of data.lines)
      svg.append(element("line", { class: line.kind, x1: LEFT, x2: width - RIGHT, y1: y(line.deg), y2: y(line.deg) }));
    svg.append(element("path", { class: "curve", d: this.path(data, y) }));
    for (const one of data.repetitions) {
      svg.append(element("circle", { class: "peak", cx: this.x(one.peak), cy: y(one.deg), r: 4.5 }));
      svg.append(element("text", { class: "peaktext", x: this.x(one.peak), y: y(one.deg) - 9 }, one.label));
    }
    svg.append(element("rect", { class: "span", y: TOP, height: HEIGHT - TOP - BOTTOM, visibility: "hidden" }));
    svg.append(upright("hover"), upright("now"));
    this.host.replaceChildren(svg);
    this.showSpan(data.span);
    this.place(".now", this.at);
  }

  path(data, y) {
    let pen = "M", line = "";
    data.t.forEach((s, n) => {
      if (data.y[n] === null) pen = "M";
      else {
        line += `${pen}${this.x(s).toFixed(1)},${y(data.y[n]).toFixed(1)}`;
        pen = "L";
      }
    });
    return line;
  }

  timeAt(clientX) {
    const box = this.host.getBoundingClientRect();
    const share = (((clientX - box.left) / box.width) * this.width - LEFT) / (this.width - LEFT - RIGHT);
    return Math.min(this.last, Math.max(this.from, this.from + share * (this.last - this.from)));
  }

  place(name, at) {
    if (name === ".now") this.at = at;
    const line = this.host.querySelector(name);
    if (!line) return;
    line.setAttribute("visibility", at === null ? "hidden" : "visible");
    if (at !== null) for (const end of ["x1", "x2"]) line.setAttribute(end, this.x(at));
  }

  showSpan(span) {
    const shade = this.host.querySelector(".span");
    shade.setAttribute("visibility", span ? "visible" : "hidden");
    if (!span) return;
    const [from, to] = [...span].sort((one, other) => one - other);
    shade.setAttribute("x", this.x(from));
    shade.setAttribute("width", Math.max(1, this.x(to) - this.x(from)));
  }

  // The picture stands for itself: styles from the page are written into it.
  async picture() {
    const svg = this.host.querySelector("svg"), copy = svg.cloneNode(true);
    const [all, copies] = [svg, copy].map((root) => [root, ...root.querySelectorAll("*")]);
    all.forEach((part, n) => {
      const style = getComputedStyle(part);
      for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "paint-order", "opacity", "font", "font-weight"])
        copies[n].style.setProperty(name, style.getPropertyValue(name));
    });
    for (const name of [".now", ".hover", ".span"]) copy.querySelector(name).remove();
    copy.setAttribute("width", this.width);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * this.width, 2 * HEIGHT];
    const pen = canvas.getContext("2d");
    pen.fillStyle = getComputedStyle(this.host).getPropertyValue("--st-background-color") || "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }
}
