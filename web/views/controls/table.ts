// A table: which one, what is told from which columns, of which rows, and how its file is written.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { withRows, withTable, type TableData } from "../../experiment.js";
import { isOwnPoints } from "../../points.js";
import {
  ownTable,
  type ColumnFacts,
  type Dialect,
  type Experiment,
  type TableFacts,
} from "../../session/engine.js";
import { factsOf } from "../../tables.js";
import { named, pick } from "../fields.js";
import type { View } from "../view.js";
import { attempt, refusedIn, whyRefused } from "./attempt.js";

/** Values that can be told apart, or be inputs of their own. */
const MOST_CATEGORIES = 32;
const SEPARATORS = [",", ";", "\t", "|"] as const;

export function tableFields(view: View, experiment: Experiment, data: TableData): TemplateResult {
  const { model, actions } = view;
  const text = model.text.value.tables;
  const facts = factsOf(data, model.tables.value);
  const own = model.ownTables.value;
  const others = [...new Set([...model.tablesHere.value, ...own.keys(), data.table])];
  const change = (part: Partial<TableData>) =>
    attempt(view, withRows(experiment, part), part.rows ?? data.rows);
  const choose = (name: string) => {
    const csv = own.get(name);
    const known = model.tables.value.get(name) ?? (csv === undefined ? undefined : ownTable(name, csv));
    // One that has not been read yet shows its columns when it has come.
    if (known) actions.change(withTable(experiment, known));
    else actions.readTable(name, null);
  };
  return html`<div class="points">
    ${pick(
      text.table,
      others.map((value) => ({
        value,
        label: Object.hasOwn(text.known, value) ? text.known[value]! : value,
      })),
      data.table,
      choose,
    )}
    ${
      isOwnPoints(experiment)
        ? html`<p class="note">${view.model.text.value.functions.ownHelp}</p>
            ${left(view)}`
        : ofColumns(view, data, facts, change)
    }
  </div>`;
}

/** What is told of which rows, and how its file is written. */
function ofColumns(
  view: View,
  data: TableData,
  facts: TableFacts | undefined,
  change: (part: Partial<TableData>) => void,
): TemplateResult {
  const text = view.model.text.value.tables;
  // What is a part of a link has no file to be read in another way.
  const isFile = view.model.tables.value.get(data.table) === facts;
  return html`${facts ? columns(view, data, facts, change) : nothing} ${rows(view, data, change)}
  ${
    facts?.columns.some(({ missing }) => missing > 0)
      ? pick(text.missingValues, named(text.missingChoices), data.missing ?? "drop", (missing) =>
          change({ missing }),
        )
      : nothing
  }
  ${left(view)} ${facts && isFile ? dialect(view, facts) : nothing}`;
}

/** What is told, and from what. */
function columns(
  view: View,
  data: TableData,
  { columns }: TableFacts,
  change: (part: Partial<TableData>) => void,
): TemplateResult {
  const text = view.model.text.value.tables;
  const asNumber = ({ numbers }: ColumnFacts) => numbers;
  const asClasses = ({ distinct }: ColumnFacts) => distinct >= 2 && distinct <= MOST_CATEGORIES;
  const targets = columns.filter((column) => asNumber(column) || asClasses(column));
  const target = columns.find(({ name }) => name === data.target.column);
  const specOf = (column: ColumnFacts, isClass: boolean) => ({
    column: column.name,
    categories: isClass ? column.distinct : 0,
  });
  const tell = (name: string) => {
    const column = columns.find((other) => other.name === name)!;
    // What was told before can be an input now.
    const inputs = data.inputs.filter((input) => input.column !== name);
    const before = target && asNumber(target) ? [specOf(target, false)] : [];
    change({ target: specOf(column, !asNumber(column)), inputs: [...inputs, ...before] });
  };
  const toggle = (column: ColumnFacts, isIn: boolean) => {
    const others = data.inputs.filter((input) => input.column !== column.name);
    change({ inputs: isIn ? [...others, specOf(column, !asNumber(column))] : others });
  };
  const retype = (column: ColumnFacts, isCategory: boolean) =>
    change({
      inputs: data.inputs.map((input) => (input.column === column.name ? specOf(column, isCategory) : input)),
    });
  const isBoth = target !== undefined && asNumber(target) && asClasses(target);
  return html`${pick(
      text.target,
      targets.map(({ name }) => ({ value: name, label: name })),
      data.target.column,
      tell,
    )}
    ${
      isBoth
        ? pick(
            text.toldAs,
            named(text.toldChoices),
            data.target.categories === 0 ? "number" : "classes",
            (as) => change({ target: specOf(target, as === "classes") }),
          )
        : nothing
    }
    <fieldset class="classes">
      <legend>${text.inputs}</legend>
      ${columns
        .filter(({ name }) => name !== data.target.column)
        .map((column) => {
          const input = data.inputs.find((input) => input.column === column.name);
          const isUsable = (asNumber(column) && column.distinct > 1) || asClasses(column);
          const isEither = input !== undefined && asNumber(column) && asClasses(column);
          return html`<div class=${isEither ? "either" : ""}>
            <label
              ><input
                type="checkbox"
                .checked=${live(input !== undefined)}
                ?disabled=${!isUsable || (input !== undefined && data.inputs.length === 1)}
                @change=${(e: Event) => toggle(column, (e.target as HTMLInputElement).checked)}
              />
              <span>${column.name}</span></label
            >
            ${
              isEither
                ? pick(
                    text.typeOf(column.name),
                    named(text.types),
                    input.categories === 0 ? "number" : "category",
                    (type) => retype(column, type === "category"),
                    true,
                  )
                : nothing
            }
          </div>`;
        })}
    </fieldset>`;
}

/** Which rows are used. */
function rows(view: View, data: TableData, change: (part: Partial<TableData>) => void): TemplateResult {
  const text = view.model.text.value;
  const wrong = refusedIn(view);
  return html`<label class="field formula"
      ><span>${text.tables.rows}</span>
      <input
        type="text"
        spellcheck="false"
        autocapitalize="off"
        placeholder=${text.tables.allRows}
        aria-invalid=${wrong !== null}
        .value=${wrong?.typed ?? data.rows ?? ""}
        @change=${(e: Event) => change({ rows: (e.target as HTMLInputElement).value })}
    /></label>
    ${whyRefused(view, text.tables.rowsHelp)}`;
}

/** What was left out, or filled. */
function left(view: View): TemplateResult | typeof nothing {
  const { opened, text } = view.model;
  if (!opened.value || opened.value.dropped + opened.value.filled === 0) return nothing;
  return html`<p class="note">${text.value.tables.left(opened.value.dropped, opened.value.filled)}</p>`;
}

/** How the file was read, folded, to be corrected. */
function dialect(view: View, { name, rows, columns, dialect }: TableFacts): TemplateResult {
  const text = view.model.text.value.tables;
  const read = (part: Partial<Dialect>) => view.actions.readTable(name, { ...dialect, ...part });
  const yesOrNo = named(text.yesOrNo);
  return html`<details>
    <summary><b>${text.file}</b> · ${text.size(rows, columns.length)}</summary>
    ${pick(
      text.separator,
      SEPARATORS.map((value) => ({ value, label: text.separators[value]! })),
      dialect.separator as ",",
      (separator) => read({ separator }),
    )}
    ${pick(text.decimalComma, yesOrNo, dialect.decimalComma ? "yes" : "no", (value) => read({ decimalComma: value === "yes" }))}
    ${pick(text.header, yesOrNo, dialect.header ? "yes" : "no", (value) => read({ header: value === "yes" }))}
  </details>`;
}
