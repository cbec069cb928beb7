// The rapporteur's desk: keys, the clock of the speaker, and whose words are being typed.

const form = document.getElementById("point-form");
const text = document.getElementById("text");
const writingFor = document.getElementById("writing-for");
const writingName = document.getElementById("writing-name");
const saved = document.getElementById("saved");

/** A UUIDv7: made here, so that sending the same thing twice writes it once. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function writeFor(id, name) {
  writingFor.value = id;
  writingName.textContent = name;
}

/** Follow the floor, but never under somebody's hands: what is being typed keeps its speaker. */
function followFloor() {
  const floor = document.getElementById("floor");
  for (const believed of document.querySelectorAll("[data-believed] [name=believed]")) {
    believed.value = floor.dataset.speaking;
  }
  if (floor.dataset.speaking && text.value.trim() === "") {
    writeFor(floor.dataset.speaking, floor.dataset.name);
  }
  tick();
}

function tick() {
  const clock = document.querySelector(".speech-clock");
  if (!clock) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.since)) / 1000));
  const left = Number(clock.dataset.limit) * 60 - seconds;
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  clock.classList.toggle("soon", clock.dataset.limit > 0 && left <= 30 && left >= 0);
  clock.classList.toggle("over", clock.dataset.limit > 0 && left < 0);
}

text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (text.value.trim() !== "") form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-write-for]");
  if (!button) return;
  writeFor(button.dataset.writeFor, button.dataset.name);
  text.focus();
});

// The words are taken out of the line only when the server has them on its disk.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.response || ctx.response.status !== 200) return;
  const source = ctx.sourceElement.closest("[data-fresh-id]");
  if (!source) return;
  source.elements.id.value = newId();
  if (source !== form) {
    source.reset();
    source.closest("details").open = false;
    text.focus();
  } else {
    text.value = "";
    saved.textContent = `${saved.dataset.saved} ${new Date().toLocaleTimeString()}`;
    followFloor();
  }
});

document.addEventListener("htmx:after:swap", () => {
  document.querySelector(".when-empty")?.toggleAttribute("hidden", document.querySelector("#interventions li") !== null);
  followFloor();
});

setInterval(tick, 1000);
tick();
text.focus();
