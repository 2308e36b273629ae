// English: why something was not done.
import type { ConditionError, FormulaError, RowsError } from "../../session/engine.js";
import type { Refusal } from "../../session/protocol.js";
import { formatFor } from "../format.js";

const f = formatFor("en");

export function refusalText(refusal: Refusal): string {
  const r = refusal;
  switch (r.code) {
    case "wrongMagic":
      return `${r.file} is not the file it should be: it neither begins as gzip nor as IDX. Choose the original file.`;
    case "shortHeader":
      return `${r.file} ends after ${r.found} bytes, inside its header. Download it again.`;
    case "wrongLength":
      return r.found < r.expected
        ? `${r.file} ends after ${f.count(r.found)} of ${f.count(r.expected)} items. Download it again.`
        : `${r.file} has more than the ${f.count(r.expected)} items its header promises. Download it again.`;
    case "absurd":
      return `${r.file} promises ${f.count(r.count)} items of ${f.count(r.height)} × ${f.count(r.width)}: that is no data set. Download it again.`;
    case "wrongShape":
      return `${r.file} has images of ${r.found.join(" × ")} pixels; ${r.expected.join(" × ")} are needed.`;
    case "labelOutOfRange":
      return `${r.file}: label ${r.place} is ${r.found}, but the classes are 0 to ${r.most}.`;
    case "countsDiffer":
      return `${r.images} has ${f.count(r.imageCount)} images but ${r.labels} has ${f.count(r.labelCount)} labels. They don't belong together.`;
    case "batchLength":
      return r.found < r.expected
        ? `${r.file} has ${f.count(r.found)} bytes; a batch of CIFAR-10 has ${f.count(r.expected)}. Download it again.`
        : `${r.file} is longer than the ${f.count(r.expected)} bytes of a batch of CIFAR-10 (${f.count(r.found)} so far).`;
    case "batchLabel":
      return `${r.file}: the label of record ${f.count(r.place)} is ${r.found}, but the classes are 0 to ${r.most}.`;
    case "batchName":
      return `${r.file} is not named as a batch of CIFAR-10 (data_batch_1 to data_batch_5, test_batch).`;
    case "batchTwice":
      return `${r.first} and ${r.second} are the same batch. Drop one of them.`;
    case "tooFewBatches":
      return `CIFAR-10 needs two batches at least, one to learn from and one to hold out; ${r.found} found.`;
    case "archiveCut":
      return `${r.file} can't be unpacked: it is no whole archive. Download it again.`;
    case "cancelled":
      return "Loading was cancelled.";
    case "gzipCut":
      return `${r.file} can't be unpacked: it is cut off or damaged after ${f.count(r.received)} bytes. Download it again.`;
    case "fetchStatus":
      return `${r.file} could not be fetched (status ${r.status}).`;
    case "fetchFailed":
      return `${r.file} could not be fetched. Is there a network?`;
    case "wrongFiles":
      return `MNIST and Fashion-MNIST are four files: ${r.missing} is missing. Drop all four at once; or batches of CIFAR-10, or its archive.`;
    case "classes":
      return `Choose two or more of the classes 0 to ${r.most}.`;
    case "tooFewSamples":
      return "The data has too few samples of these classes.";
    case "outOfRange":
      return `${r.setting} may be ${f.number(r.least)} to ${f.number(r.most)}.`;
    case "dataMissing":
      return "The data of this experiment has not been loaded.";
    case "formula":
      return formulaText(r.problem);
    case "emptyRange":
      return "The range of x must rise: from a smaller to a greater number.";
    case "noValues":
      return "This formula has no value in this range that could be learned.";
    case "lossOfClasses":
      return "A number is learned with the mean squared or the mean absolute error.";
    case "rows":
      return rowsText(r.problem);
    case "tableNotUtf8":
      return `Line ${f.count(r.line)} is not UTF-8. Save the table as UTF-8 and drop it again.`;
    case "tableNul":
      return `Line ${f.count(r.line)} holds a NUL byte: this is no text.`;
    case "tableFields":
      return `Line ${f.count(r.line)}: ${f.counted(r.found, "field", "fields")}, the first line has ${f.count(r.expected)}.`;
    case "tableRows":
      return `The table has more than ${f.count(r.most)} rows.`;
    case "tableColumns":
      return `The table has ${f.count(r.found)} columns; at most ${f.count(r.most)} are read.`;
    case "tableTooSmall":
      return `A table of ${f.counted(r.rows, "row", "rows")} and ${f.counted(r.columns, "column", "columns")} is too small to learn from.`;
    case "tableNoNumbers":
      return "No column of the table holds numbers.";
    case "tableTooLarge":
      return `${r.file} has ${f.fixed(r.bytes / 1e6, 0)} MB; tables of up to ${f.fixed(r.most / 1e6, 0)} MB are read.`;
    case "notDense":
    case "layerOrder":
    case "outputUnits":
    case "rateOrder":
    case "malformed":
    case "snapshot":
    case "nothingOpen":
      return `That is no experiment that can be run (${r.code}${"message" in r ? `: ${r.message}` : ""}).`;
  }
}

/** Places count from 1, as people do. */
function formulaText(problem: FormulaError): string {
  switch (problem.code) {
    case "formulaTooLong":
      return `A formula may have ${f.count(problem.most)} characters.`;
    case "formulaUnexpected":
      return `Character ${f.count(problem.position + 1)}, “${problem.found}”, is not expected there.`;
    case "formulaUnknown":
      return `“${problem.name}” (character ${f.count(problem.position + 1)}) is not known: use x, pi, e, sin, cos, tan, exp, log, sqrt, abs or tanh.`;
    case "formulaEnds":
      return `The formula ends too early: something is missing at character ${f.count(problem.position + 1)}.`;
  }
}

function rowsText(problem: RowsError): string {
  const p = problem;
  switch (p.code) {
    case "rowsNoColumn":
      return `The table has no column “${p.column}”.`;
    case "rowsNotNumbers":
      return `The column “${p.column}” holds words, not numbers.`;
    case "rowsCategories":
      return `The column “${p.column}” has ${f.count(p.found)} values that differ, not ${f.count(p.expected)}.`;
    case "rowsTwice":
      return `The column “${p.column}” is named twice.`;
    case "rowsNoInputs":
      return "There is no column to tell it from: it takes one of numbers, or of at most 32 words that differ.";
    case "rowsInputs":
      return `These are ${f.count(p.found)} inputs; at most ${f.count(p.most)} are learned.`;
    case "rowsTooFew":
      return `${f.counted(p.found, "row", "rows")} can be used; at least ${f.count(p.least)} are needed.`;
    case "rowsConstant":
      return `“${p.column}” is the same in all these rows: there is nothing to learn.`;
    case "rowsCsv":
      return `The table in the link: ${refusalText(p.problem)}`;
    case "rowsCsvLong":
      return `The table has ${f.count(p.found)} characters; a link has room for ${f.count(p.most)}.`;
    case "rowsOther":
      return `This is another table called “${p.table}” than the one that is meant: its fingerprint is ${p.found}, not ${p.expected}.`;
    case "rowsCondition":
      return conditionText(p.problem);
  }
}

function conditionText(problem: ConditionError): string {
  switch (problem.code) {
    case "conditionNone":
      return `“${problem.part}” is no comparison of a column with a value, such as age >= 18.`;
    case "conditionNoColumn":
      return `The table has no column “${problem.column}”.`;
    case "conditionUnlike":
      return `“${problem.column}” can't be compared with “${problem.value}” in this way.`;
  }
}
