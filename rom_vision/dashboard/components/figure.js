// A figure of the body whose joints are buttons.
export default function ({ parentElement, data, setTriggerValue }) {
  for (const spot of parentElement.querySelectorAll("button")) {
    const { joint, side = "" } = spot.dataset;
    spot.ariaPressed = joint === data.joint && (!side || side === data.side);
    spot.onclick = () => setTriggerValue("picked", { joint, side });
  }
}
