// The weights' short name at the end of the last epoch, so that two people can compare.
import { html, nothing } from "lit";
import { View } from "./view.js";

export class FingerprintView extends View {
  override render() {
    const text = this.model.text.value;
    const fingerprint = this.model.fingerprint.value;
    if (!fingerprint?.value) return nothing;
    return html`<p class="note" title=${text.fingerprintHelp}>
      ${text.fingerprint(fingerprint.epoch)} <code data-epoch=${fingerprint.epoch}>${fingerprint.value}</code>
    </p>`;
  }
}
customElements.define("brainbow-fingerprint", FingerprintView);
