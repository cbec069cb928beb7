// What htmx does not do: put a fault beside its field, and say when the server is away.

const toast = document.getElementById("toast");

function clearFaults() {
  document.querySelectorAll(".at-field").forEach((element) => element.remove());
  document.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  document.getElementById("errors")?.replaceChildren();
  toast.hidden = true;
}

function showFaults() {
  let first = null;
  for (const fault of document.querySelectorAll("#errors [data-field]")) {
    const field = document.getElementById(fault.dataset.field);
    if (!field) continue;
    const note = document.createElement("div");
    note.className = "at-field";
    note.id = `${field.id}-fault`;
    note.textContent = fault.textContent;
    field.setAttribute("aria-invalid", "true");
    field.insertAdjacentElement("afterend", note);
    first ??= field;
  }
  (first ?? document.querySelector("#errors [data-field]"))?.scrollIntoView({ block: "nearest" });
  first?.focus();
}

document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.request.method !== "GET") clearFaults();
});
// What somebody has open stays open whatever is drawn anew (layout.html); it closes when it was sent.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.request.method === "GET" || ctx.response.status >= 400) return;
  const details = ctx.sourceElement.closest?.("details");
  if (!details) return;
  if (details.contains(document.activeElement)) details.querySelector("summary").focus();
  details.open = false;
  ctx.sourceElement.reset?.();
});
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.response?.status >= 400) showFaults();
});
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx?.response) return;
  toast.textContent = toast.dataset.offline;
  toast.hidden = false;
});
// Nothing of a meeting stays on the device when somebody signs out: asked first if it is not sent.
document.querySelector("form.who")?.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.ready || !globalThis.indexedDB) return;
  event.preventDefault();
  const { acts, forget } = await import("./desk/store.js");
  const unsent = await acts.count().catch(() => 0);
  if (unsent > 0 && !confirm(form.dataset.unsent.replace("{count}", String(unsent)))) return;
  await forget().catch(() => {});
  form.dataset.ready = "yes";
  form.submit();
});
// A page that was away for too long is told to load itself anew (base/live.py).
document.addEventListener("behind", () => window.location.reload());

// A meeting's time where the reader is, with its own date: the place's time stands beside it.
function tellHere() {
  const { lang } = document.documentElement;
  const language = lang === "en" ? "en-GB" : lang; // as the United Nations writes it
  const words = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
  for (const time of document.querySelectorAll("time.here")) time.textContent = words.format(new Date(time.dateTime));
}
tellHere();
