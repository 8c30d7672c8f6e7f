// The body upon the film: lines and joints of the frame that is shown. A joint is dragged, or moved by the arrow
// keys and set with Enter; a click anywhere points at the client. What is done is told; nothing is kept here.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEY_STEP = 0.004; // of the picture's longer side

class Drawing {
  constructor(svg, { joint, client }) {
    this.svg = svg;
    this.told = { joint, client };
    svg.addEventListener("click", (event) => {
      if (this.data.tool !== "client") return;
      const { x, y } = this.placeOf(event);
      client({ x: x / this.data.picture[0], y: y / this.data.picture[1] });
    });
  }

  draw(data) {
    this.data = data;
    this.svg.setAttribute("class", `body ${data.tool}`);
    this.svg.setAttribute("viewBox", `0 0 ${data.picture[0]} ${data.picture[1]}`);
    const radius = Math.max(...data.picture) / 60;
    this.lines = data.body ? data.bones.map(([, , strong]) => element("line", { class: strong ? "strong" : "" })) : [];
    const dragged = data.joints.filter((joint) => joint.drag); // they come first
    this.circles = dragged.map((joint, n) => this.circle(joint, n, radius));
    this.svg.replaceChildren(...this.lines, ...this.circles);
    this.at(this.frame ?? 0);
  }

  circle(joint, n, radius) {
    const made = element("circle", { r: radius, tabindex: 0, role: "button", "aria-label": joint.label });
    made.append(element("title", {}, joint.label));
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
      made.onpointermove = (moved) => this.put(n, this.placeOf(moved));
    });
    made.addEventListener("pointerup", () => {
      if (!made.onpointermove) return;
      made.onpointermove = null;
      this.tell(n);
    });
    made.addEventListener("keydown", (event) => {
      const way = ARROWS[event.key], step = KEY_STEP * Math.max(...this.data.picture);
      if (way) this.put(n, { x: this.now[n].x + way[0] * step, y: this.now[n].y + way[1] * step });
      else if (event.key === "Enter") this.tell(n);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return made;
  }

  placeOf(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
  }

  put(n, { x, y }) {
    this.now[n] = { x, y, moved: true };
    this.show();
  }

  tell(n) {
    const { x, y, moved } = this.now[n];
    if (moved) this.told.joint({ point: this.data.joints[n].point, frame: this.frame, x, y });
  }

  // A frame's joints, in pixels of the measured picture.
  at(frame) {
    this.frame = frame;
    const flat = this.data.body?.[frame] ?? [];
    this.now = this.data.joints.map((_, n) => ({ x: flat[2 * n] ?? null, y: flat[2 * n + 1] ?? null }));
    this.show();
  }

  show() {
    this.lines.forEach((line, k) => {
      const [from, to] = this.data.bones[k].slice(0, 2).map((n) => this.now[n]);
      const seen = from?.x != null && to?.x != null;
      line.setAttribute("visibility", seen ? "visible" : "hidden");
      if (seen) for (const [name, value] of [["x1", from.x], ["y1", from.y], ["x2", to.x], ["y2", to.y]]) line.setAttribute(name, value);
    });
    this.circles.forEach((circle, n) => {
      const { x, y, moved } = this.now[n];
      circle.setAttribute("visibility", x === null ? "hidden" : "visible");
      if (x !== null) [circle.cx.baseVal.value, circle.cy.baseVal.value] = [x, y];
      circle.classList.toggle("byhand", Boolean(moved) || this.data.joints[n].byHand.includes(this.frame));
    });
  }
}
