// One sample's image, from its own bytes. An <img>, not a canvas: a hundred canvases cost as much in every frame as all
// else on the page, though nothing in them changes.
import { LitElement } from "lit";
import type { Picture } from "../gallery.js";

const scratch = document.createElement("canvas");
/** What has been shown once is not packed again. */
const urls = new WeakMap<ImageData, string>();

function urlOf(image: ImageData): string {
  let url = urls.get(image);
  if (url === undefined) {
    scratch.width = image.width;
    scratch.height = image.height;
    scratch.getContext("2d", { willReadFrequently: true })!.putImageData(image, 0, 0);
    url = scratch.toDataURL();
    urls.set(image, url);
  }
  return url;
}

/** `picture` is a property; without one the place stays empty. */
export class PictureElement extends LitElement {
  static override properties = { picture: { attribute: false } };
  declare picture: Picture | undefined;
  readonly #image = document.createElement("img");

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#image.alt = "";
    this.#image.decoding = "sync";
    this.#image.draggable = false;
    if (!this.#image.isConnected) this.append(this.#image);
  }

  protected override updated(): void {
    const image = this.picture?.image;
    this.toggleAttribute("photograph", image !== undefined && this.picture?.isPhotograph === true);
    if (image) this.#image.src = urlOf(image);
    else this.#image.removeAttribute("src");
    this.#image.hidden = !image;
  }
}
customElements.define("brainbow-picture", PictureElement);
