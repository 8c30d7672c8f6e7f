// What Streamlit mounts. It is called again whenever data or the theme change, on the same element and without the
// clean-up before: so what there is is kept by its element, and a second call only hands over what is new.
const mounted = new WeakMap();

export default function (component) {
  const known = mounted.get(component.parentElement);
  if (known) {
    known.component = component;
    return known.close;
  }
  const kept = { component, close };
  mounted.set(component.parentElement, kept);
  const address = new URL(`${component.data.assets}/recorder_session.js`, location.origin).href;
  const opening = import(address).then(({ Session }) => new Session(component.parentElement, kept));
  function close() {
    mounted.delete(component.parentElement);
    opening.then((session) => session.close());
  }
  return close;
}
