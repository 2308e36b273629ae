// The controls: data, hidden neurons, learning rate, speed; the rest folded, its present value in sight.
import { html, nothing } from "lit";
import { colours } from "./controls/colours.js";
import { data } from "./controls/data.js";
import { health } from "./controls/health.js";
import { hiddenNeurons, network } from "./controls/network.js";
import { schedule } from "./controls/schedule.js";
import { start } from "./controls/start.js";
import { summaryTable } from "./controls/summary.js";
import { takeAlong } from "./controls/take-along.js";
import { learningRate, speed, training } from "./controls/training.js";
import { View } from "./view.js";

export class Controls extends View {
  override render() {
    const experiment = this.model.experiment.value;
    if (!experiment) return nothing;
    return html`
      ${data(this, experiment)} ${hiddenNeurons(this, experiment)} ${learningRate(this, experiment)}
      ${speed(this)} ${network(this, experiment)} ${training(this, experiment)} ${schedule(this, experiment)}
      ${start(this, experiment)} ${colours(this)} ${health(this)} ${takeAlong(this, experiment)}
      ${summaryTable(this, experiment)}
    `;
  }
}
customElements.define("brainbow-controls", Controls);
