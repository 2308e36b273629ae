// ConvNetJS: one sample after the other through its own volumes of numbers, the update after each batch.
import convnetjs from "convnetjs";
import { BATCH_SIZE, CLASSES, INPUTS, widthsOf } from "../shapes.mjs";
import { byBatches, contend, RATES, type Contender, type Task } from "./contender.js";
import { Batches, firstOf, PROBE, type Digits } from "./digits.js";

class ConvNet implements Contender {
  private readonly net = new convnetjs.Net();
  private readonly trainer: convnetjs.Trainer;
  private readonly vol = new convnetjs.Vol(1, 1, INPUTS, 0);
  private readonly batches: Batches;
  private readonly probe: { inputs: Float32Array; labels: Uint8Array };

  constructor({ hidden }: Task, digits: Digits) {
    this.net.makeLayers([
      { type: "input", out_sx: 1, out_sy: 1, out_depth: INPUTS },
      ...widthsOf(hidden)
        .slice(1, -1)
        .map((width) => ({ type: "fc", num_neurons: width, activation: "relu" })),
      { type: "softmax", num_classes: CLASSES },
    ]);
    this.trainer = new convnetjs.Trainer(this.net, {
      method: "sgd",
      learning_rate: RATES.sgd,
      momentum: 0,
      batch_size: BATCH_SIZE,
      l2_decay: 0,
    });
    this.batches = new Batches(digits);
    this.probe = firstOf(digits, PROBE);
  }

  train(ms: number) {
    return byBatches(ms, () => {
      const { inputs, labels } = this.batches.next();
      for (let row = 0; row < BATCH_SIZE; row++) {
        this.fill(inputs, row);
        this.trainer.train(this.vol, labels[row]!);
      }
    });
  }

  loss(): number {
    const { inputs, labels } = this.probe;
    let sum = 0;
    for (let row = 0; row < PROBE; row++) {
      this.fill(inputs, row);
      sum -= Math.log(this.net.forward(this.vol).w[labels[row]!]!);
    }
    return sum / PROBE;
  }

  private fill(inputs: Float32Array, row: number): void {
    this.vol.w.set(inputs.subarray(row * INPUTS, (row + 1) * INPUTS));
  }
}

contend((task, digits) => new ConvNet(task, digits));
