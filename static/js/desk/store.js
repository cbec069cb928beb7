// The device's own store: what was typed and done here, until the server has it on its disk.

const NAME = "meetings-desk";

function asPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let opening;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("acts", { keyPath: "n", autoIncrement: true }).createIndex("desk", ["user", "meeting"]);
      request.result.createObjectStore("lines", { keyPath: "desk" });
      request.result.createObjectStore("kept", { keyPath: "name" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

/** Do something with one table; resolves when it is on the device's disk. */
async function within(table, mode, act) {
  const transaction = (await database()).transaction(table, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const result = await asPromise(act(transaction.objectStore(table)));
  await done;
  return result;
}

let forgotten = false; // somebody has signed out: what this page would still keep is not kept

const keep = (table, record) => (forgotten ? undefined : within(table, "readwrite", (it) => it.put(record)));

export const acts = {
  /** Add an act at the end; gives its number. */
  add: (act) => within("acts", "readwrite", (table) => table.add(act)),
  put: (act) => keep("acts", act),
  remove: (n) => within("acts", "readwrite", (table) => table.delete(n)),
  /** Those of a person in a meeting, in the order in which they were done. */
  of: (user, meeting) => within("acts", "readonly", (table) => table.index("desk").getAll([user, meeting])),
  count: () => within("acts", "readonly", (table) => table.count()),
};

export const lines = {
  put: (line) => keep("lines", line),
  remove: (desk) => within("lines", "readwrite", (table) => table.delete(desk)),
  /** At the very end of a page there is time for nothing that takes any. */
  last: (line) => line.text.trim() && !forgotten && localStorage.setItem(`line:${line.desk}`, JSON.stringify(line)),
  async all() {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith("line:"))) {
      await lines.put(JSON.parse(localStorage.getItem(name)));
      localStorage.removeItem(name);
    }
    return within("lines", "readonly", (table) => table.getAll());
  },
};

/** Things by name: the words of a meeting, the page as it was last seen. */
export const kept = {
  put: (name, value) => keep("kept", { name, value }),
  get: async (name) => (await within("kept", "readonly", (table) => table.get(name)))?.value,
};

/** Forget everything: when somebody signs out, nothing of a meeting stays on the device. */
export async function forget() {
  forgotten = true;
  navigator.serviceWorker?.controller?.postMessage({ forget: true });
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith("line:"))) localStorage.removeItem(name);
  for (const table of ["acts", "lines", "kept"]) await within(table, "readwrite", (it) => it.clear());
  if (globalThis.caches) for (const name of await caches.keys()) await caches.delete(name);
}
