// The body, front and back: a finding is placed with a click or Enter, dragged, or moved with the arrow keys.
const SVG = "http://www.w3.org/2000/svg";
const HIGH = 1000; // units of the drawing; places are shares of its width and height
const STEP = 10, FINE = 2; // units that an arrow key moves, without and with Shift
const SETTLED_MS = 700; // after the last arrow key the place is told
const DRAG_PX = 4; // less is a click
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const live = new WeakMap();

export default function (component) {
  const { parentElement } = component;
  if (!live.has(parentElement)) live.set(parentElement, {});
  const chart = live.get(parentElement);
  chart.component = component;
  if (!chart.busy) draw(chart);
  if (component.data.open !== chart.open) bringForm(parentElement, component.data.open);
  chart.open = component.data.open;
  return () => live.delete(parentElement);
}

function draw(chart) {
  const { parentElement, data } = chart.component;
  const root = parentElement.querySelector(".faces");
  const focused = root.getRootNode().activeElement?.dataset.key;
  root.replaceChildren(...data.faces.map((face) => drawFace(chart, face)));
  if (focused) root.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

// The form is beside the body, on a phone below it: there it is scrolled to once it is drawn.
function bringForm(parentElement, open) {
  const column = parentElement.getRootNode().host?.closest("[data-testid=stColumn]");
  if (open !== null) setTimeout(() => column?.nextElementSibling?.scrollIntoView({ behavior: "smooth", block: "nearest" }), 500);
}

function drawFace(chart, face) {
  const { data } = chart.component;
  const wide = data.wide * HIGH;
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  for (const text of [face.left, face.title, face.right]) {
    caption.append(Object.assign(document.createElement(text === face.title ? "strong" : "span"), { textContent: text }));
  }
  const svg = element("svg", { viewBox: `0 -8 ${wide} ${HIGH + 16}`, "aria-label": face.label, "data-key": face.id });
  const lines = element("g", { transform: `scale(${HIGH})`, "aria-hidden": "true" });
  const outline = element("path", { d: data.outline, class: "outline" });
  lines.append(outline, ...face.lines.map((d) => element("path", { d, class: "line" })));
  svg.append(lines);
  const of = (places) => places.filter((place) => place.face === face.id);
  svg.append(...of(data.areas).map((area) => drawArea(area, wide)));
  svg.append(...of(data.findings).map((finding) => drawFinding(chart, svg, finding, wide)));
  if (data.editable) makePlaceable(chart, svg, outline, face, wide);
  else svg.setAttribute("role", "group");
  figure.append(caption, svg);
  return figure;
}

function drawArea(area, wide) {
  const spot = element("g", { class: `area ${area.kind}`, role: "img", "aria-label": area.label });
  spot.append(element("circle", { cx: area.x * wide, cy: area.y * HIGH, r: 30 }));
  spot.append(Object.assign(element("title", {}), { textContent: area.label }));
  return spot;
}

function drawFinding(chart, svg, finding, wide) {
  const { editable } = chart.component.data;
  const mark = element("g", {
    class: `finding ${finding.level}`, role: editable ? "button" : "img", "aria-label": finding.label,
    "data-key": `finding ${finding.id}`,
  });
  mark.append(element("circle", { r: 34, class: "hit" }), element("circle", { r: 21, class: "disc" }));
  mark.append(Object.assign(element("text", { y: 8 }), { textContent: finding.pain }));
  mark.append(Object.assign(element("title", {}), { textContent: finding.label }));
  let at = { x: finding.x * wide, y: finding.y * HIGH };
  const to = (x, y) => {
    at = { x: Math.min(Math.max(x, 0), wide), y: Math.min(Math.max(y, 0), HIGH) };
    mark.setAttribute("transform", `translate(${at.x} ${at.y})`);
  };
  to(at.x, at.y);
  const tell = () => {
    chart.busy = false;
    chart.component.setTriggerValue("moved", { id: finding.id, face: finding.face, x: at.x / wide, y: at.y / HIGH });
  };
  const open = () => chart.component.setTriggerValue("opened", { id: finding.id });
  mark.addEventListener("click", (event) => event.stopPropagation());
  if (editable) {
    mark.setAttribute("tabindex", 0);
    makeDraggable(chart, svg, mark, () => at, to, tell, open);
    makeMovable(chart, mark, () => at, to, tell, open);
  }
  return mark;
}

function makeDraggable(chart, svg, mark, at, to, tell, open) {
  let from = null;
  mark.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    mark.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, dragged: false };
    chart.busy = true;
  });
  mark.addEventListener("pointermove", (event) => {
    if (!from) return;
    from.dragged ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) > DRAG_PX;
    if (!from.dragged) return;
    const point = within(svg, event);
    to(point.x, point.y);
  });
  mark.addEventListener("pointerup", () => {
    if (!from) return;
    const { dragged } = from;
    from = null;
    chart.busy = false;
    (dragged ? tell : open)();
  });
  mark.addEventListener("pointercancel", () => {
    from = null;
    chart.busy = false;
    draw(chart);
  });
}

function makeMovable(chart, mark, at, to, tell, open) {
  let settled = 0;
  mark.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (way) {
      const step = event.shiftKey ? FINE : STEP;
      to(at().x + way[0] * step, at().y + way[1] * step);
      chart.busy = true;
      clearTimeout(settled);
      settled = setTimeout(tell, SETTLED_MS);
    } else if (event.key === "Enter" || event.key === " ") {
      open();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
}

// A click on the body, or the arrow keys and Enter, tell where a new finding is.
function makePlaceable(chart, svg, outline, face, wide) {
  const place = (x, y) => chart.component.setTriggerValue("placed", { face: face.id, x: x / wide, y: y / HIGH });
  svg.addEventListener("click", (event) => {
    if (event.target !== outline && !event.target.closest(".area")) return;
    const point = within(svg, event);
    place(point.x, point.y);
  });
  svg.setAttribute("role", "application");
  svg.setAttribute("tabindex", 0);
  const cross = element("path", { class: "cross", d: "M-26,0H26M0,-26V26", visibility: "hidden", "aria-hidden": "true" });
  svg.append(cross);
  let at = { x: wide / 2, y: HIGH * 0.25 };
  svg.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (way) {
      const step = event.shiftKey ? FINE : STEP;
      at = { x: Math.min(Math.max(at.x + way[0] * step, 0), wide), y: Math.min(Math.max(at.y + way[1] * step, 0), HIGH) };
      cross.setAttribute("transform", `translate(${at.x} ${at.y})`);
      cross.setAttribute("visibility", "visible");
    } else if (event.key === "Enter" && cross.getAttribute("visibility") === "visible") {
      place(at.x, at.y);
    } else {
      return;
    }
    event.preventDefault();
  });
  svg.addEventListener("blur", () => cross.setAttribute("visibility", "hidden"));
}

function within(svg, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
