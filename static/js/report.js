// The paragraphs of a draft: put in another order by drag, edited with the keys of an editor.
import { dragging } from "./dragging.js";

dragging("ol.draft > li", (dragged, place) => {
  const list = document.querySelector("ol.draft");
  globalThis.htmx.ajax("POST", list.dataset.order, {
    source: list,
    target: "#draft",
    select: "#draft",
    swap: "outerMorph",
    values: { key: dragged.dataset.key, to: place, version: list.dataset.version, _csrf: list.dataset.csrf },
  });
}, ".handle");

// Ctrl+Enter saves the paragraph in hand; Escape closes it.
document.addEventListener("keydown", (event) => {
  const text = event.target instanceof HTMLTextAreaElement && event.target.closest("ol.draft details");
  if (!text) return;
  if (event.key === "Escape") {
    text.open = false;
    text.querySelector("summary").focus();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});
