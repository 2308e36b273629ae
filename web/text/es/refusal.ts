// Español: por qué algo no se ha hecho.
import type { ConditionError, FormulaError, RowsError } from "../../session/engine.js";
import type { Refusal } from "../../session/protocol.js";
import { formatFor } from "../format.js";

const f = formatFor("es");

export function refusalText(refusal: Refusal): string {
  const r = refusal;
  switch (r.code) {
    case "wrongMagic":
      return `${r.file} no es el archivo que debería: no empieza como gzip ni como IDX. Elige el archivo original.`;
    case "shortHeader":
      return `${r.file} termina a los ${r.found} bytes, dentro de su cabecera. Descárgalo de nuevo.`;
    case "wrongLength":
      return r.found < r.expected
        ? `${r.file} termina tras ${f.count(r.found)} de ${f.count(r.expected)} elementos. Descárgalo de nuevo.`
        : `${r.file} tiene más de los ${f.count(r.expected)} elementos que promete su cabecera. Descárgalo de nuevo.`;
    case "absurd":
      return `${r.file} promete ${f.count(r.count)} elementos de ${f.count(r.height)} × ${f.count(r.width)}: eso no es un conjunto de datos. Descárgalo de nuevo.`;
    case "wrongShape":
      return `${r.file} tiene imágenes de ${r.found.join(" × ")} píxeles; hacen falta de ${r.expected.join(" × ")}.`;
    case "labelOutOfRange":
      return `${r.file}: la etiqueta ${r.place} es ${r.found}, pero las clases van de 0 a ${r.most}.`;
    case "countsDiffer":
      return `${r.images} tiene ${f.count(r.imageCount)} imágenes, pero ${r.labels} tiene ${f.count(r.labelCount)} etiquetas. No van juntos.`;
    case "batchLength":
      return r.found < r.expected
        ? `${r.file} tiene ${f.count(r.found)} bytes; un lote de CIFAR-10 tiene ${f.count(r.expected)}. Descárgalo otra vez.`
        : `${r.file} es más largo que los ${f.count(r.expected)} bytes de un lote de CIFAR-10 (van ${f.count(r.found)}).`;
    case "batchLabel":
      return `${r.file}: la etiqueta del registro ${f.count(r.place)} es ${r.found}, pero las clases van de 0 a ${r.most}.`;
    case "batchName":
      return `${r.file} no se llama como un lote de CIFAR-10 (data_batch_1 a data_batch_5, test_batch).`;
    case "batchTwice":
      return `${r.first} y ${r.second} son el mismo lote. Suelta solo uno.`;
    case "tooFewBatches":
      return `CIFAR-10 necesita al menos dos lotes, uno para aprender y otro apartado; hay ${r.found}.`;
    case "archiveCut":
      return `${r.file} no se puede desempaquetar: no es un archivo completo. Descárgalo otra vez.`;
    case "cancelled":
      return "Se canceló la carga.";
    case "gzipCut":
      return `${r.file} no se puede descomprimir: está cortado o dañado tras ${f.count(r.received)} bytes. Descárgalo de nuevo.`;
    case "fetchStatus":
      return `No se pudo traer ${r.file} (estado ${r.status}).`;
    case "fetchFailed":
      return `No se pudo traer ${r.file}. ¿Hay red?`;
    case "wrongFiles":
      return `MNIST y Fashion-MNIST son cuatro archivos: falta ${r.missing}. Suelta los cuatro a la vez; o lotes de CIFAR-10, o su archivo tar.gz.`;
    case "classes":
      return `Elige dos o más de las clases 0 a ${r.most}.`;
    case "tooFewSamples":
      return "Los datos tienen muy pocas muestras de estas clases.";
    case "outOfRange":
      return `${r.setting} puede ir de ${f.number(r.least)} a ${f.number(r.most)}.`;
    case "dataMissing":
      return "No se han cargado los datos de este experimento.";
    case "formula":
      return formulaText(r.problem);
    case "emptyRange":
      return "El intervalo de x debe crecer: de un número menor a uno mayor.";
    case "noValues":
      return "Esta fórmula no tiene en este intervalo ningún valor que se pueda aprender.";
    case "lossOfClasses":
      return "Un número se aprende con el error cuadrático medio o con el error absoluto medio.";
    case "rows":
      return rowsText(r.problem);
    case "tableNotUtf8":
      return `La línea ${f.count(r.line)} no es UTF-8. Guarda la tabla como UTF-8 y suéltala otra vez.`;
    case "tableNul":
      return `La línea ${f.count(r.line)} contiene un byte NUL: esto no es texto.`;
    case "tableFields":
      return `Línea ${f.count(r.line)}: ${f.counted(r.found, "campo", "campos")}, la primera línea tiene ${f.count(r.expected)}.`;
    case "tableRows":
      return `La tabla tiene más de ${f.count(r.most)} filas.`;
    case "tableColumns":
      return `La tabla tiene ${f.count(r.found)} columnas; se leen ${f.count(r.most)} como mucho.`;
    case "tableTooSmall":
      return `Una tabla de ${f.counted(r.rows, "fila", "filas")} y ${f.counted(r.columns, "columna", "columnas")} es demasiado pequeña para aprender de ella.`;
    case "tableNoNumbers":
      return "Ninguna columna de la tabla contiene números.";
    case "tableTooLarge":
      return `${r.file} tiene ${f.fixed(r.bytes / 1e6, 0)} MB; se leen tablas de hasta ${f.fixed(r.most / 1e6, 0)} MB.`;
    case "notDense":
    case "layerOrder":
    case "outputUnits":
    case "rateOrder":
    case "malformed":
    case "snapshot":
    case "nothingOpen":
      return `Ese experimento no se puede ejecutar (${r.code}${"message" in r ? `: ${r.message}` : ""}).`;
  }
}

/** Los lugares se cuentan desde 1, como las personas. */
function formulaText(problem: FormulaError): string {
  switch (problem.code) {
    case "formulaTooLong":
      return `Una fórmula puede tener ${f.count(problem.most)} caracteres.`;
    case "formulaUnexpected":
      return `El carácter ${f.count(problem.position + 1)}, «${problem.found}», no se espera ahí.`;
    case "formulaUnknown":
      return `«${problem.name}» (carácter ${f.count(problem.position + 1)}) no se conoce: usa x, pi, e, sin, cos, tan, exp, log, sqrt, abs o tanh.`;
    case "formulaEnds":
      return `La fórmula acaba demasiado pronto: falta algo en el carácter ${f.count(problem.position + 1)}.`;
  }
}

function rowsText(problem: RowsError): string {
  const p = problem;
  switch (p.code) {
    case "rowsNoColumn":
      return `La tabla no tiene ninguna columna «${p.column}».`;
    case "rowsNotNumbers":
      return `La columna «${p.column}» contiene palabras, no números.`;
    case "rowsCategories":
      return `La columna «${p.column}» tiene ${f.count(p.found)} valores distintos, no ${f.count(p.expected)}.`;
    case "rowsTwice":
      return `La columna «${p.column}» aparece dos veces.`;
    case "rowsNoInputs":
      return "No hay ninguna columna de la que partir: hace falta una de números, o de 32 palabras distintas como mucho.";
    case "rowsInputs":
      return `Son ${f.count(p.found)} entradas; se aprenden ${f.count(p.most)} como mucho.`;
    case "rowsTooFew":
      return `${p.found === 1 ? "Se puede" : "Se pueden"} usar ${f.counted(p.found, "fila", "filas")}; hacen falta al menos ${f.count(p.least)}.`;
    case "rowsConstant":
      return `«${p.column}» es igual en todas estas filas: no hay nada que aprender.`;
    case "rowsCsv":
      return `La tabla del enlace: ${refusalText(p.problem)}`;
    case "rowsCsvLong":
      return `La tabla tiene ${f.count(p.found)} caracteres; en un enlace caben ${f.count(p.most)}.`;
    case "rowsOther":
      return `Esta es otra tabla llamada «${p.table}», no la que se quiere: su huella es ${p.found}, no ${p.expected}.`;
    case "rowsCondition":
      return conditionText(p.problem);
  }
}

function conditionText(problem: ConditionError): string {
  switch (problem.code) {
    case "conditionNone":
      return `«${problem.part}» no compara una columna con un valor, como age >= 18.`;
    case "conditionNoColumn":
      return `La tabla no tiene ninguna columna «${problem.column}».`;
    case "conditionUnlike":
      return `«${problem.column}» no se puede comparar así con «${problem.value}».`;
  }
}
