// Rows of a list put in another order by drag; keys and buttons do the same without it.

/** Let what `selector` finds be dragged, by its `handle`; `moved(row, place)` is told the place, from 1. */
export function dragging(selector, moved, handle = selector) {
  let dragged = null;
  const rowAt = (target) => target instanceof Element && target.closest(selector);
  const rowIndex = (row) => [...row.parentElement.children].indexOf(row);

  function mark(row) {
    document.querySelectorAll(".drop-before, .drop-after").forEach((one) => one.classList.remove("drop-before", "drop-after"));
    if (!row || row === dragged) return;
    row.classList.add(rowIndex(row) < rowIndex(dragged) ? "drop-before" : "drop-after");
  }

  // Lists are long: a row is made to be dragged when somebody takes hold of it.
  document.addEventListener("pointerdown", (event) => {
    const row = rowAt(event.target);
    if (row) row.draggable = event.target.closest(handle) !== null;
  });

  document.addEventListener("dragstart", (event) => {
    dragged = rowAt(event.target) || null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });

  document.addEventListener("dragover", (event) => {
    const row = rowAt(event.target);
    if (!dragged || !row) return;
    event.preventDefault();
    mark(row);
  });

  document.addEventListener("dragend", () => {
    mark(null);
    dragged = null;
  });

  document.addEventListener("drop", (event) => {
    const row = rowAt(event.target);
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    moved(dragged, rowIndex(row) + 1, row);
  });
}
