// One sample's image, painted from its own bytes.
import { LitElement } from "lit";
import type { Picture } from "../model.js";

/** `picture` is a property; without one the place stays empty. */
export class PictureElement extends LitElement {
  static override properties = { picture: { attribute: false } };
  declare picture: Picture | undefined;
  readonly #canvas = document.createElement("canvas");

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#canvas.setAttribute("aria-hidden", "true");
    if (!this.#canvas.isConnected) this.append(this.#canvas);
  }

  protected override updated(): void {
    const image = this.picture?.image;
    this.#canvas.width = image?.width ?? 28;
    this.#canvas.height = image?.height ?? 28;
    this.toggleAttribute("photograph", image !== undefined && this.picture?.isPhotograph === true);
    if (image) this.#canvas.getContext("2d")!.putImageData(image, 0, 0);
  }
}
customElements.define("brainbow-picture", PictureElement);
