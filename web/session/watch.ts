// Watches over a worker that owes an answer: one that says nothing for too long is given up.

/** A worker that says nothing for so many seconds is given up. */
const PATIENCE_S = 5;

export interface Watched {
  /** Whether an answer is due. */
  owes(): boolean;
  /** Asks for a sign: a worker that waits for the network is not a dead one. */
  ping(): void;
  giveUp(): void;
}

export class Watch {
  readonly #timer: ReturnType<typeof setInterval>;
  #silentSeconds = 0;

  constructor(watched: Watched) {
    this.#timer = setInterval(() => {
      if (!watched.owes()) return this.heard();
      this.#silentSeconds++;
      if (this.#silentSeconds >= PATIENCE_S) watched.giveUp();
      else if (this.#silentSeconds > 1) watched.ping();
    }, 1000);
  }

  heard(): void {
    this.#silentSeconds = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
