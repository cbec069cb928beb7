// The keys of the desk: function keys from anywhere, single letters where no field takes them.

const single = document.getElementById("single-keys");
single.checked = localStorage.getItem("single-keys") !== "no";
single.addEventListener("change", () => localStorage.setItem("single-keys", single.checked ? "yes" : "no"));

const FUNCTION_KEYS = { F2: "g", F4: "r", F8: "n", F9: "e" };

function takesLetters(element) {
  return element?.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

/** Listen for keys and for buttons that stand for one; `commands` are {key: act}. */
export function listen(commands, element = document) {
  element.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const anywhere = FUNCTION_KEYS[event.key];
    const here = !anywhere && single.checked && !takesLetters(event.target) ? event.key : "";
    const command = commands[anywhere ?? here];
    if (!command || (here === "Enter" && event.target.matches("a, button, summary"))) return;
    event.preventDefault();
    command(event);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key]");
    if (button?.matches("button")) commands[button.dataset.key]?.(event);
  });
}
