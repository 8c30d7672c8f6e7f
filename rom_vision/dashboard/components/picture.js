// A picture that Python has drawn as SVG, which Streamlit's own HTML would leave out.
export default function ({ parentElement, data }) {
  parentElement.querySelector(".picture").innerHTML = data.svg;
}
