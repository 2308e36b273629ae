// Whose edges are shown: a unit looked at or pinned in the diagram, or a neuron in any other view. The outputs of a network
// with hidden layers are the diagram's own: no other view has them as neurons.
import { batch, signal } from "@preact/signals-core";
import type { Model } from "../../model.js";
import type { Place } from "./plan.js";

export class Choice {
  private readonly model: Model;
  /** Under the pointer or the focus. */
  readonly #at = signal<Place | null>(null);
  /** A pinned output. */
  readonly #output = signal<number | null>(null);
  /** The unit of the first layer that was looked at last. */
  readonly #first = signal(0);
  /** The unit that was looked at last. */
  #last: Place | null = null;

  constructor(model: Model) {
    this.model = model;
  }

  /** The unit whose edges alone are shown. */
  get chosen(): Place | null {
    const { layer, neuron, pinnedNeuron } = this.model;
    const of = (unit: number | null, at = layer.value) => (unit === null ? null : { layer: at, unit });
    const output = of(this.#output.value, this.#outputs);
    return this.#there(this.#at.value ?? of(neuron.value) ?? output ?? of(pinnedNeuron.value));
  }

  /** Where the keyboard is; at first at what the sample is read as. */
  at(predicted: number): Place {
    const unit = this.model.opened.value!.weightShapes.at(-1)![1] > predicted ? predicted : 0;
    return this.#there(this.#at.value ?? this.#last) ?? { layer: this.#outputs, unit };
  }

  /** The unit of the first layer whose sum is shown. */
  get first(): number {
    const { layer, looked } = this.model;
    return layer.value === 0 ? looked.value : (this.#there({ layer: 0, unit: this.#first.value })?.unit ?? 0);
  }

  look(place: Place | null): void {
    const { layer, neuron } = this.model;
    const before = this.#at.peek();
    if (place?.layer === before?.layer && place?.unit === before?.unit) return;
    this.#at.value = place;
    if (place) this.#remember(place);
    neuron.value = place && place.layer === layer.value && this.#isShared(place.layer) ? place.unit : null;
  }

  /** Pins a unit, or lets it go. */
  pin(place: Place): void {
    const { layer, pinnedNeuron } = this.model;
    this.#remember(place);
    if (!this.#isShared(place.layer)) {
      this.#output.value = this.#output.value === place.unit ? null : place.unit;
      return;
    }
    this.#output.value = null;
    const isPinned = layer.value === place.layer && pinnedNeuron.value === place.unit;
    batch(() => {
      layer.value = place.layer;
      pinnedNeuron.value = isPinned ? null : place.unit;
    });
  }

  release(): void {
    this.#output.value = this.model.pinnedNeuron.value = null;
  }

  #remember(place: Place): void {
    this.#last = place;
    if (place.layer === 0) this.#first.value = place.unit;
  }

  #there(place: Place | null): Place | null {
    const units = place && this.model.opened.value?.weightShapes[place.layer]?.[1];
    return units && place.unit < units ? place : null;
  }

  get #outputs(): number {
    return this.model.opened.value!.weightShapes.length - 1;
  }

  /** Whether a layer's units are the neurons of the other views. */
  #isShared(layer: number): boolean {
    return layer < Math.max(this.#outputs, 1);
  }
}
