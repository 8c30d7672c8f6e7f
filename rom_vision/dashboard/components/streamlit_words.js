// Says Streamlit's own words in the language of the page: they are English, and have no setting.
const LABELS = ["aria-label", "placeholder", "title"];
const OURS = "[data-testid=stMarkdownContainer]"; // what pages and people have written; but for
const BUTTON = "[data-testid=stFileUploader]"; // which has Streamlit's own button in it
let saidInstead = { whole: {}, parts: {} };

function inTheLanguage(text) {
  const whole = saidInstead.whole[text.trim()];
  if (whole) return whole;
  for (const [theirs, ours] of Object.entries(saidInstead.parts)) text = text.replace(theirs, ours);
  return text;
}

function sayAnew(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const around = node.parentElement;
    const ours = around?.closest(OURS) && !around.closest(BUTTON);
    const said = ours ? node.data : inTheLanguage(node.data);
    if (said !== node.data) node.data = said;
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    for (const name of LABELS) {
      const label = node.getAttribute(name), said = label && inTheLanguage(label);
      if (said && said !== label) node.setAttribute(name, said);
    }
    node.childNodes.forEach(sayAnew);
  }
}

function speakFor(words) {
  saidInstead = words;
  if (window.romVisionSpeaks || !Object.keys(words.whole).length) return;
  window.romVisionSpeaks = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(sayAnew);
      else sayAnew(change.target);
    }
  });
  const watched = { subtree: true, childList: true, characterData: true, attributeFilter: LABELS };
  window.romVisionSpeaks.observe(document.body, watched);
  sayAnew(document.body);
}
