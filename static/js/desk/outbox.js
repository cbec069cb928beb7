// What was done on this desk and is not on the server's disk yet: sent in order, exactly once.
//
// An act is {n, id, kind, path, fields, subject, at, shows, user, meeting, desk, refused}. It leaves the
// device's store only when the server has receipted it. The server knows an act that it has had by
// its id, so that sending again after a lost answer changes nothing.

import { iso } from "./clock.js";
import { acts } from "./store.js";
import { Away, learnProof, send } from "./server.js";

const LATE = 5_000; // milliseconds after which an act is told to be late: others may have acted since
const DELAYS = [500, 1_000, 2_000, 4_000, 8_000];

export class Outbox extends EventTarget {
  /** `who` is {user, meeting, desk}: whose acts these are, where, and done in which tab. */
  constructor(who) {
    super();
    this.who = who;
    this.queue = [];
    this.tries = 0;
    this.needsSignIn = false;
    this.nowhere = false;
    addEventListener("online", () => this.hurry());
  }

  /** Take up what a reload or a crash left behind: this tab's, and that of tabs that are gone. */
  async recall(gone) {
    const found = await acts.of(this.who.user, this.who.meeting).catch(() => []);
    const mine = found.filter((act) => act.desk === this.who.desk || gone.has(act.desk));
    for (const act of mine) if (act.desk !== this.who.desk) await acts.put(Object.assign(act, { desk: this.who.desk }));
    this.queue = [...mine, ...this.queue];
    this.changed();
    this.hurry();
  }

  get waiting() {
    return this.queue.filter((act) => !act.refused);
  }

  get refused() {
    return this.queue.filter((act) => act.refused);
  }

  /** Do something: it is on the device's disk before this resolves, and on its way to the server. */
  async add(act) {
    const whole = { ...act, ...this.who };
    this.queue.push(whole);
    this.changed();
    try {
      whole.n = await acts.add(whole);
    } catch {
      this.nowhere = true; // no store: it is still sent from memory, and the desk says so
    }
    this.changed();
    this.hurry();
    return whole;
  }

  /** Send a refused act again, perhaps with other fields. */
  async again(act, fields) {
    act.fields = { ...act.fields, ...fields };
    delete act.refused;
    await this.keep(act);
    this.changed();
    this.hurry();
  }

  async keep(act) {
    if (act.n) await acts.put(act).catch(() => {});
  }

  async drop(act) {
    this.queue = this.queue.filter((other) => other !== act);
    if (act.n) await acts.remove(act.n).catch(() => {});
    this.changed();
  }

  hurry() {
    clearTimeout(this.timer);
    this.tries = 0;
    this.run();
  }

  /** One tab of a browser sends for all; the others wait for their turn. */
  async run() {
    if (this.running) return;
    this.running = true;
    const turn = () => this.sendAll();
    try {
      await (navigator.locks?.request(`outbox:${this.who.meeting}`, turn) ?? turn());
    } finally {
      this.running = false;
    }
    if (this.waiting.length > 0 && !this.needsSignIn) {
      this.timer = setTimeout(() => this.run(), DELAYS[Math.min(this.tries++, DELAYS.length - 1)]);
    }
  }

  async sendAll() {
    let act;
    while ((act = this.waiting[0])) {
      try {
        if (!(await this.sendOne(act))) return;
      } catch (fault) {
        if (!(fault instanceof Away)) throw fault;
        act.tried = true;
        this.changed();
        return;
      }
      this.tries = 0;
    }
  }

  /** Send one; false when it has to wait for somebody to sign in. */
  async sendOne(act) {
    const fields = { ...act.fields };
    if (act.dated) fields.at = iso(act.at);
    if (act.kind === "floor" && (act.tried || Date.now() - act.made > LATE)) fields.late = "true";
    let { status, body } = await send(act.path, fields, act.method);
    if (status === 403 && (await learnProof(this.login))) ({ status, body } = await send(act.path, fields, act.method));
    if (status === 401 || status === 403) return this.signedOut();
    if (status >= 400) {
      act.refused = { status, ...body };
      await this.keep(act);
    } else {
      if (body.version) await this.raise(act, body.version);
      await this.drop(act);
      this.dispatchEvent(new CustomEvent("receipt", { detail: { act, receipt: body } }));
    }
    this.changed();
    return true;
  }

  /** What was done later to the same thing was done to the version that this act has made of it. */
  async raise(sent, version) {
    const before = sent.fields.version;
    for (const act of this.queue) {
      if (act === sent || act.subject !== sent.subject || !act.fields.version) continue;
      if (before === undefined || act.fields.version === before) {
        act.fields.version = String(version);
        await this.keep(act);
      }
    }
  }

  /** Nobody is signed in any more, or somebody else: nothing is sent in another's name. */
  signedOut() {
    this.needsSignIn = true;
    this.changed();
    return false;
  }

  signedIn() {
    this.needsSignIn = false;
    this.hurry();
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }
}
