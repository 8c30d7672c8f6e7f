// Sends a film while it is recorded: part by part, in order, each at its place, again until it is there.
const FIRST_WAIT_MS = 500, LONGEST_WAIT_MS = 8000;
const GIVEN_UP = new Set([400, 401, 403, 404, 413, 422]);

export class Refused extends Error {
  constructor(status, words) {
    super(words || "");
    this.status = status;
  }
}

export class Upload {
  // onTrouble(true) where the server can't be reached, onTrouble(false) where it can again
  constructor(subject, onTrouble) {
    this.onTrouble = onTrouble;
    this.sent = 0;
    this.total = 0;
    this.line = this.#ask("/recordings", JSON.stringify(subject)).then((told) => { this.id = told.recording; });
    this.line.catch(() => {});  // whoever awaits it hears of it
  }

  add(part) {
    this.total += part.size;
    this.line = this.line.then(() => this.#send(part));
    this.line.catch(() => {});
  }

  // All is sent: gives the id under which the server has the film. Throws Refused.
  async finish() {
    await this.line;
    await this.#ask(`/recordings/${this.id}/finish?size=${this.total}`);
    return this.id;
  }

  async abandon() {
    await this.line.catch(() => {});
    if (this.id) await fetch(`/recordings/${this.id}/abandon`, { method: "POST" }).catch(() => {});
  }

  async #send(part) {
    while (part.size) {
      const told = await this.#ask(`/recordings/${this.id}/chunk?offset=${this.sent}`, part);
      const have = told.have ?? this.sent;
      if (have < this.sent) throw new Refused(409);  // what was there is there no more
      part = part.slice(have - this.sent);
      this.sent = have;
    }
  }

  async #ask(path, body) {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      let answer = null;
      try {
        answer = await fetch(path, { method: "POST", body });
      } catch {
        // no way to the server: again
      }
      const told = answer && (await answer.json().catch(() => null));
      if (told && answer.ok) {
        this.onTrouble(false);
        return told;
      }
      if (answer && GIVEN_UP.has(answer.status)) throw new Refused(answer.status, told?.words);
      if (answer?.status === 409 && told?.said !== "gap") throw new Refused(409, told?.words);
      if (told?.said === "gap" && told.have < this.sent) throw new Refused(409);
      this.onTrouble(true);
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}
