// On every page: when the sign-in ends, here, in another tab or elsewhere, the page is left at once. Screen readers
// are told the language. While the program is away, the page says so, and goes on as soon as it is back.
const EVERY_MS = 5000;
// What Streamlit lays over the page then: it tells programmers what to do, and nothing can be pressed under it any
// more, not even what stops a film.
const BOX = "[role=dialog]:has([data-testid=stErrorCodeBlock]) button";
const tabs = new BroadcastChannel("rom_vision");
const away = document.createElement("div");
away.setAttribute("role", "alert");
away.style.cssText =
  "position:fixed;left:0;right:0;bottom:0;z-index:999999;padding:.8rem 1rem;text-align:center;" +
  "font:1rem sans-serif;background:#7a2e00;color:#fff;pointer-events:none";

async function ask() {
  try {
    const answer = await fetch("/me", { cache: "no-store" });
    away.remove();
    if (answer.status === 403) location.assign("/signin");
  } catch {
    document.body.append(away);
  }
}

function closeTheBox() {
  const close = document.querySelector(BOX); // the first of its buttons
  close?.click();
  if (close) ask();
}

if (!window.romVisionGuard) {
  new MutationObserver(() => setTimeout(closeTheBox)).observe(document.body, { childList: true });
  window.romVisionGuard = setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  tabs.onmessage = ask;
}

export default function ({ parentElement, data }) {
  document.documentElement.lang = data.language;
  speakFor(data.words);
  away.textContent = data.away;
  for (const form of parentElement.querySelectorAll("form")) {
    form.onsubmit = () => setTimeout(() => tabs.postMessage("signing out"), 300);
  }
}
