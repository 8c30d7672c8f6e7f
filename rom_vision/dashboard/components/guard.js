// On every page: when the sign-in ends, here, in another tab or elsewhere, the page is left at once. Screen readers
// are told the language.
const EVERY_MS = 5000;
const tabs = new BroadcastChannel("rom_vision");

async function ask() {
  try {
    if ((await fetch("/me", { cache: "no-store" })).status === 403) location.assign("/signin");
  } catch {
    // no network: Streamlit says so itself
  }
}

if (!window.romVisionGuard) {
  window.romVisionGuard = setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  tabs.onmessage = ask;
}

export default function ({ parentElement, data }) {
  document.documentElement.lang = data.language;
  speakFor(data.words);
  for (const form of parentElement.querySelectorAll("form")) {
    form.onsubmit = () => setTimeout(() => tabs.postMessage("signing out"), 300);
  }
}
