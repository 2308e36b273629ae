// When to draw: with the next picture of the screen, but never so often that drawing takes more than a third
// of the page's time. A slow page gets fewer pictures; its buttons and the learning stay quick.

/** Nobody looks: now and then is enough for what a script reads. */
const HIDDEN_MS = 500;
/** Where the visitor's system asks for less motion, pictures change so often. */
const STILL_MS = 250;

export class Frames {
  readonly #draw: () => void;
  readonly #painted = new MessageChannel();
  readonly #lessMotion = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #turned = () => this.#askAnew();
  #waiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request = 0;
  #startedAt = -Infinity;
  #notBefore = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
    // A message sent while drawing arrives when the picture has been painted.
    this.#painted.port1.onmessage = () => {
      const now = performance.now();
      this.#notBefore = now + Math.min(2 * (now - this.#startedAt), 150);
    };
    document.addEventListener("visibilitychange", this.#turned);
  }

  /** Whether pictures are to change seldom: then each is drawn whole. */
  get isStill(): boolean {
    return this.#lessMotion.matches;
  }

  /** Draws soon; with the very next picture where somebody waits for it. */
  ask(urgent = false): void {
    if (this.#waiting && (!urgent || document.hidden)) return;
    this.#forget();
    this.#waiting = true;
    if (document.hidden) {
      this.#timer = setTimeout(() => this.#now(), HIDDEN_MS);
      return;
    }
    const notBefore = Math.max(this.#notBefore, this.isStill ? this.#startedAt + STILL_MS : 0);
    const wait = urgent ? 0 : notBefore - performance.now();
    const request = () => (this.#request = requestAnimationFrame(() => this.#now()));
    if (wait > 4) this.#timer = setTimeout(request, wait);
    else request();
  }

  stop(): void {
    this.#forget();
    this.#waiting = false;
    this.#painted.port1.close();
    document.removeEventListener("visibilitychange", this.#turned);
  }

  /** Of a tab that is hidden no picture comes, and one that is seen again does not wait for a timer. */
  #askAnew(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.ask();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#request);
  }

  #now(): void {
    this.#waiting = false;
    this.#startedAt = performance.now();
    this.#draw();
    this.#painted.port2.postMessage(null);
  }
}
