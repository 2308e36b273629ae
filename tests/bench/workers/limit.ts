// Runs the loop of machine-limit.mjs.

/** The assembled loop, and what one turn of it comes to. */
export interface LimitModule {
  bytes: number[];
  flopsPerTurn: number;
}

const PIECE = 20_000;

export class Limit {
  private readonly run: (turns: number) => number;
  private readonly flopsPerTurn: number;

  constructor({ bytes, flopsPerTurn }: LimitModule) {
    const module = new WebAssembly.Module(Uint8Array.from(bytes));
    this.run = new WebAssembly.Instance(module).exports.run as (turns: number) => number;
    this.flopsPerTurn = flopsPerTurn;
    // The engine first compiles quickly and badly, and replaces that while it runs.
    this.gflops(200);
  }

  /** In about so many milliseconds. */
  gflops(ms: number): number {
    const began = performance.now();
    let turns = 0;
    let now: number;
    do {
      this.run(PIECE);
      turns += PIECE;
      now = performance.now();
    } while (now - began < ms);
    return (turns * this.flopsPerTurn) / (now - began) / 1e6;
  }
}
