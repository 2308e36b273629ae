// What has to be said across the page, and what can be done about it.
import { html, nothing, type TemplateResult } from "lit";
import { View } from "./view.js";

export class MessageView extends View {
  override render() {
    const message = this.model.message.value;
    if (!message) return nothing;
    return html`<div role="alert" class=${message.kind}>${this.#content()}</div>`;
  }

  #content(): TemplateResult {
    const { actions, model } = this;
    const message = model.message.value!;
    const text = model.text.value;
    const dismiss = html`<button class="small" @click=${() => actions.dismiss()}>${text.dismiss}</button>`;
    switch (message.kind) {
      case "notices":
        return html`<ul>
            ${message.notices.map(
              (notice) =>
                html`<li>
                  ${text.notices[notice.kind](notice)}
                  ${notice.why ? text.refusal({ code: "rows", problem: notice.why }) : nothing}
                </li>`,
            )}
          </ul>
          ${dismiss}`;
      case "refused":
        return html`<p>${text.refusal(message.refusal)}</p>
          ${dismiss}`;
      case "dataMissing":
        return html`<p>
            ${message.refusal ? text.refusal(message.refusal) : nothing} ${text.dataMissing[message.set]}
          </p>
          ${
            message.set === "mnist"
              ? html`<button @click=${() => actions.fetchMnist()}>${text.fetchMnist}</button>`
              : model.setsHere.value.includes(message.set)
                ? html`<button @click=${() => actions.loadAgain()}>${text.loadAgain}</button>`
                : nothing
          }
          <button @click=${() => actions.chooseData("generated")}>${text.useGenerated}</button>
          ${message.set === "mnist" ? html`<p class="note">${text.fetchMnistHelp}</p>` : nothing}`;
      case "tableMissing":
        return html`<p>
            ${message.refusal ? text.refusal(message.refusal) : nothing} ${text.tables.missing(message.name)}
          </p>
          <button @click=${() => actions.chooseData("generated")}>${text.useGenerated}</button>`;
      case "diverged":
        return html`<p>${text.diverged(message.step, text.format.number(message.rate))}</p>
          <button @click=${() => actions.tune(Math.max(Number((message.rate / 10).toPrecision(3)), 1e-6))}>
            ${text.restartLower}
          </button>`;
      case "stopped":
        return html`<p>${text.stopped[message.reason]}</p>
          ${dismiss}`;
      case "partMissing":
        return html`<p>${text.partMissing}</p>
          ${dismiss}`;
      case "lost":
        return html`<p>
            ${message.loss.kind === "silent" ? text.lostSilent : text.lostCrashed(message.loss.message)}
          </p>
          <button @click=${() => actions.revive()}>${text.revive(message.epoch)}</button>`;
    }
  }
}
customElements.define("brainbow-message", MessageView);
