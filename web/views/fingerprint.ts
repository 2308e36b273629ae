// The weights' short name at the end of the last epoch, so that two people can compare.
import { html, nothing } from "lit";
import { View } from "./view.js";

export class FingerprintView extends View {
  override render() {
    const text = this.model.text.value;
    const { epoch, fingerprint } = this.model.lastEpoch.value ?? {};
    if (!epoch || !fingerprint) return nothing;
    return html`<p class="note" title=${text.fingerprintHelp}>
      ${text.fingerprint(epoch)} <code data-epoch=${epoch}>${fingerprint}</code>
    </p>`;
  }
}
customElements.define("brainbow-fingerprint", FingerprintView);
