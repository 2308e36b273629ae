// What every view is: an element that draws the model, and is drawn again when a signal it read changes.
import { effect } from "@preact/signals-core";
import { LitElement } from "lit";
import { DARK, LIGHT, type Palette } from "../draw/colour.js";
import type { Actions, Model } from "../model.js";

export abstract class View extends LitElement {
  /** Given by the lab around it. */
  model!: Model;
  actions!: Actions;
  #stop: (() => void) | null = null;

  /** Light DOM: one stylesheet, and names that reach across views. */
  protected override createRenderRoot() {
    return this;
  }

  connect(model: Model, actions: Actions): void {
    this.model = model;
    this.actions = actions;
    this.requestUpdate();
  }

  protected override shouldUpdate(): boolean {
    return this.model !== undefined;
  }

  /** Draws, and notes which signals were read meanwhile. */
  protected override performUpdate(): void {
    if (!this.isUpdatePending) return;
    this.#stop?.();
    let drawing = true;
    this.#stop = effect(() => {
      if (drawing) super.performUpdate();
      else this.requestUpdate();
      drawing = false;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  /** The colours of the theme that is on. */
  protected palette(): Palette {
    const theme = this.model.theme.value;
    const dark = theme === "dark" || (theme === "system" && this.model.systemDark.value);
    return dark ? DARK : LIGHT;
  }
}
