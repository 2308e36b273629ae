// Points by epoch, thinned as they grow.

/** A curve that never holds more than `most` points: when full, every four neighbours leave their least
 *  and their greatest, so what is drawn on a screen of fewer pixels stays the same. */
export class Curve {
  x: number[] = [];
  y: number[] = [];
  readonly #most: number;

  constructor(most = 2400) {
    this.#most = most;
  }

  push(x: number, y: number): void {
    this.x.push(x);
    this.y.push(y);
    if (this.x.length > this.#most) this.#thin();
  }

  /** Forgets what lies after `x`: a run went back to a snapshot. */
  cutAfter(x: number): void {
    const end = this.x.findIndex((value) => value > x);
    if (end >= 0) this.x.length = this.y.length = end;
  }

  #thin(): void {
    const x: number[] = [];
    const y: number[] = [];
    // The last points stay as they are, so that what has just been drawn does not change.
    const end = this.x.length - (this.x.length % 4) - 4;
    for (let i = 0; i < end; i += 4) {
      let least = i;
      let greatest = i;
      for (let j = i + 1; j < i + 4; j++) {
        if (this.y[j]! < this.y[least]!) least = j;
        if (this.y[j]! > this.y[greatest]!) greatest = j;
      }
      for (const place of new Set([Math.min(least, greatest), Math.max(least, greatest)])) {
        x.push(this.x[place]!);
        y.push(this.y[place]!);
      }
    }
    this.x = x.concat(this.x.slice(end));
    this.y = y.concat(this.y.slice(end));
  }
}
