// Español: tablas.
import type { Text } from "../en.js";
import { formatFor } from "../format.js";

const f = formatFor("es");

export const tables: Text["tables"] = {
  table: "Tabla",
  known: { points: "Puntos propios", howell: "Censo Howell", penguins: "Pingüinos" },
  target: "Decir",
  toldAs: "como",
  toldChoices: { number: "un número", classes: "uno de varios" },
  inputs: "A partir de",
  typeOf: (column) => `${column} como`,
  types: { number: "número", category: "categoría" },
  rows: "Filas",
  allRows: "todas",
  rowsHelp: "Una condición como age >= 18; varias se unen con «and».",
  missingValues: "Valores que faltan",
  missingChoices: { drop: "quitar la fila", median: "la mediana" },
  left: (dropped, filled) =>
    [
      ...(dropped > 0 ? [`Sin contar ${f.counted(dropped, "fila", "filas")}, donde falta algo.`] : []),
      ...(filled > 0 ? [`Valores que faltan y se han rellenado: ${f.count(filled)}.`] : []),
    ].join(" "),
  file: "El archivo",
  size: (rows, columns) =>
    `${f.counted(rows, "fila", "filas")}, ${f.counted(columns, "columna", "columnas")}`,
  separator: "Entre campos",
  separators: { ",": "coma", ";": "punto y coma", "\t": "tabulador", "|": "barra" },
  decimalComma: "Coma decimal",
  header: "La primera línea nombra las columnas",
  yesOrNo: { yes: "sí", no: "no" },
  fifth: "en una quinta parte de las filas",
  howToBring: "Suelta cualquier tabla (CSV) en esta página; no sale de este navegador.",
  missing: (name) =>
    `Este enlace trata de la tabla ${name}, que no está aquí. Suelta su archivo en esta página, o aprende con dígitos generados.`,
};

export const rows: Text["rows"] = {
  title: "Filas de la celda",
  hint: "Señala una celda de la matriz para ver las filas que hay detrás; púlsala para conservarlas.",
  row: "fila",
  probability: "probabilidad",
  save: "Guardar como CSV",
};

export const columns: Text["columns"] = {
  title: "Qué hace la primera capa con cada columna",
  short: (shown, all) =>
    shown < all
      ? `las primeras ${f.count(shown)} de ${f.count(all)} neuronas`
      : f.counted(all, "neurona", "neuronas"),
  bias: "sesgo",
  help: "Las barras hacia la derecha suben una neurona donde la columna es grande; hacia la izquierda, la bajan. Las columnas escaladas se pesan tal como entran.",
};

export const whatIf: Text["whatIf"] = {
  title: "¿Y si…?",
  told: (target) => `Lo que se dice de ${target}`,
  usual: "La fila habitual",
  beyond: (value) => `${value}, más allá de todas las filas`,
  help: "Mueve una columna y lee qué dice la red de una fila así. Donde el control está rayado no hay filas: ahí adivina.",
};

export const roc: Text["roc"] = {
  title: "Curva ROC",
  short: "qué hallaría otro umbral",
  area: (area) => `área ${area}`,
  plot: (first, second) =>
    `Para cada umbral, la parte de ${second} que se halla frente a la parte de ${first} que se toma por ella`,
  found: (second) => `${second}, hallados`,
  alarms: (first, second) => `${first}, tomados por ${second}`,
  threshold: "Umbral",
  at: (second, threshold, found, first, alarms) =>
    `Se toma por ${second} desde ${threshold}: se halla ${found} de ${second}, y ${alarms} de ${first} se toma por ello.`,
  help: (second, first) =>
    `El área es cuántas veces uno de ${second} parece más probable que uno de ${first}: 0,5 es adivinar; 1 los distingue a todos.`,
};
