// All that marks and names can refer to, loaded once and kept on the device.

import { fitting } from "./completing.js";
import { folded, inOneWord } from "./grammar.js";
import { fetchJson } from "./server.js";
import { kept } from "./store.js";

const NONE = { topics: [], kinds: {}, verbs: {}, delegations: [] };

export class Vocabulary {
  constructor(path) {
    this.path = path;
    this.learn(NONE);
  }

  /** From the server, else as it was last known on this device. */
  async load() {
    const name = `words:${document.documentElement.lang}:${this.path}`;
    this.learn((await kept.get(name).catch(() => null)) ?? NONE);
    const fresh = await fetchJson(this.path).catch(() => null);
    if (!fresh) return;
    this.learn(fresh);
    await kept.put(name, fresh).catch(() => {});
  }

  learn(words) {
    this.topics = words.topics.map((topic) => ({ value: topic.slug, name: topic.name, called: [folded(topic.name), ...topic.called] }));
    this.kinds = Object.entries(words.kinds).map(([value, name]) => ({ value, name, called: [value, folded(name)] }));
    this.delegations = words.delegations.map((one) => ({ value: one.code, name: one.name, called: one.called.map(folded) }));
    this.names = {
      topics: new Map(words.topics.flatMap((topic) => topic.called.map((called) => [called, topic.slug]))),
      kinds: new Map(Object.keys(words.kinds).map((kind) => [kind, kind])),
      verbs: new Map(Object.entries(words.verbs)),
    };
  }

  /** The views on the item that is being written for: the panel beside shows them. */
  get views() {
    return [...document.querySelectorAll(".views-panel li[data-key]")].map((row) => ({
      value: row.dataset.key,
      name: row.textContent.replace(/\s+/g, " ").trim(),
      called: [row.dataset.key, folded(row.textContent)],
    }));
  }

  /** What a line is read with. */
  get read() {
    return { ...this.names, views: new Map(this.views.map((view) => [inOneWord(view.value), view.value])) };
  }

  complete({ sign, name }) {
    return fitting(name, { "#": this.topics, "!": this.kinds, "=": this.views }[sign]);
  }

  topicName(slug) {
    return this.topics.find((topic) => topic.value === slug)?.name ?? slug;
  }

  kindName(kind) {
    return this.kinds.find((one) => one.value === kind)?.name ?? kind;
  }

  delegationsLike(typed) {
    return typed.trim() === "" ? [] : fitting(typed, this.delegations);
  }

  /** The one delegation that is meant: called exactly so, else the only one that fits; or null. */
  delegation(typed) {
    const wanted = folded(typed);
    if (!wanted) return null;
    const exact = this.delegations.filter((one) => one.called.includes(wanted));
    const fits = exact.length > 0 ? exact : this.delegations.filter((one) => one.called.some((called) => called.includes(wanted)));
    return fits.length === 1 ? fits[0] : null;
  }
}
