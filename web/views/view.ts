// What every view is: an element that draws the model, and is drawn again when a signal it read changes.
import { effect } from "@preact/signals-core";
import { LitElement, nothing, render } from "lit";
import { DARK, LIGHT, type Palette } from "../draw/colour.js";
import { kindOf, type Kind } from "../kinds.js";
import type { Actions, Model } from "../model.js";
import type { Opened } from "../session/engine.js";

export abstract class View extends LitElement {
  /** Given by the lab around it. */
  model!: Model;
  actions!: Actions;
  #stop: (() => void) | null = null;
  #stopPainting: (() => void) | null = null;
  /** Something that was painted has changed. */
  #stale = false;

  /** Light DOM: one stylesheet, and names that reach across views. */
  protected override createRenderRoot() {
    return this;
  }

  connect(model: Model, actions: Actions): void {
    this.model = model;
    this.actions = actions;
    this.requestUpdate();
  }

  /** Whether it is about samples of this kind, or about these; what it is not about, it is not there for. */
  protected isAbout(_kind: Kind, _opened: Opened): boolean {
    return true;
  }

  /** It has gone: there are other samples. */
  protected gone(): void {}

  protected override shouldUpdate(): boolean {
    if (this.model === undefined) return false;
    const opened = this.model.opened.value;
    const isHidden = opened !== null && !this.isAbout(kindOf(opened), opened);
    if (isHidden) {
      this.#stopPainting?.();
      this.#stopPainting = null;
      this.#stale = false;
      if (!this.hidden) {
        this.gone();
        render(nothing, this.renderRoot, this.renderOptions);
      }
    }
    this.hidden = isHidden;
    return !isHidden;
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

  /** Paints the canvases: after every drawing, and when a signal that it reads changes, without drawing anew. */
  protected paint(): void {}

  protected override updated(): void {
    this.#stale = false;
    this.#stopPainting?.();
    let painting = true;
    this.#stopPainting = effect(() => {
      if (painting) this.paint();
      else this.#paintSoon();
      painting = false;
    });
  }

  /** What changed may have to be drawn, too: then that comes first and paints. */
  #paintSoon(): void {
    this.#stale = true;
    queueMicrotask(() => {
      if (this.#stale && !this.isUpdatePending && this.isConnected && !this.hidden) this.updated();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stopPainting?.();
    this.#stop = this.#stopPainting = null;
  }

  /** The colours of the theme that is on. */
  protected palette(): Palette {
    const theme = this.model.theme.value;
    const dark = theme === "dark" || (theme === "system" && this.model.systemDark.value);
    return dark ? DARK : LIGHT;
  }
}
