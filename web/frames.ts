// When to draw: with the next picture of the screen, but never so often that drawing takes more than a third
// of the page's time. A slow page gets fewer pictures; its buttons and the learning stay quick.

export class Frames {
  readonly #draw: () => void;
  readonly #painted = new MessageChannel();
  #waiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request = 0;
  #startedAt = 0;
  #notBefore = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
    // A message sent while drawing arrives when the picture has been painted.
    this.#painted.port1.onmessage = () => {
      const now = performance.now();
      this.#notBefore = now + Math.min(2 * (now - this.#startedAt), 150);
    };
  }

  /** Draws soon; with the very next picture where somebody waits for it. */
  ask(urgent = false): void {
    if (this.#waiting && !urgent) return;
    this.#forget();
    this.#waiting = true;
    // Nobody looks: now and then is enough for what a script reads.
    if (document.hidden) {
      this.#timer = setTimeout(() => this.#now(), 500);
      return;
    }
    const wait = urgent ? 0 : this.#notBefore - performance.now();
    const request = () => (this.#request = requestAnimationFrame(() => this.#now()));
    if (wait > 4) this.#timer = setTimeout(request, wait);
    else request();
  }

  stop(): void {
    this.#forget();
    this.#waiting = false;
    this.#painted.port1.close();
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
