// The clocks of a screen or a podium. Drawn by the server's time: the device's own may be wrong.

const SOON = 30; // seconds before the end
const SET = 600_000; // milliseconds between two looks at the server's clock
let ahead = 0; // of the server, milliseconds

async function setClock() {
  try {
    const asked = Date.now();
    const response = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    const there = Date.parse(response.headers.get("date"));
    if (!Number.isNaN(there)) ahead = there + 500 - (asked + Date.now()) / 2;
  } catch {
    // No network: the last known difference stays.
  }
}

function tick() {
  for (const clock of document.querySelectorAll(".speech-clock[data-since]")) {
    const spoken = Math.max(0, (Date.now() + ahead - Date.parse(clock.dataset.since)) / 1000 - Number(clock.dataset.paused));
    const limit = Number(clock.dataset.limit) * 60;
    const shown = Math.floor(limit ? Math.abs(limit - spoken) : spoken);
    const over = limit > 0 && spoken > limit;
    clock.textContent = `${over ? "+" : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
    clock.classList.toggle("soon", limit > 0 && !over && limit - spoken <= SOON);
    clock.classList.toggle("over", over);
  }
}

// A stream says when it is behind (base/live.py).
document.addEventListener("behind", () => location.reload());
document.addEventListener("htmx:after:swap", tick);
setInterval(tick, 1_000);
setInterval(setClock, SET);
setClock().then(tick);
