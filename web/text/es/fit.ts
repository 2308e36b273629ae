// Español: números en lugar de clases.
import type { Text } from "../en.js";
import { formatFor } from "../format.js";

const f = formatFor("es");

export const functions: Text["functions"] = {
  choose: "Función",
  formulas: {
    "sin(x)": "sen x",
    "x^2": "x²",
    "x/abs(x)": "un escalón",
    "exp(-x^2)*cos(3*x)": "una onda que se apaga",
    "abs(x)": "un codo",
  },
  formula: "Fórmula",
  formulaHelp: "En x, con + − × ÷ ^, paréntesis, sin, cos, tan, exp, log, sqrt, abs, tanh, pi y e.",
  from: "x desde",
  to: "x hasta",
  own: "puntos propios",
  ownHelp:
    "Haz clic en el gráfico para poner un punto; haz clic en un punto, o pon otro con sus números, para quitarlo. Todos están en el enlace.",
};

export const ownPoints: Text["ownPoints"] = {
  x: "x de un punto",
  y: "y de un punto",
  place: "Poner",
  takeBack: "Quitar el último",
};

export const fit: Text["fit"] = {
  title: "El ajuste",
  rmse: "RECM",
  testRmse: "RECM de prueba",
  learned: "para aprender",
  heldOut: "apartados",
  network: "red",
  residuals: "Lo que queda: cuánto están los puntos por encima de la curva",
  place: "Lugar de la curva",
  hint: "Señala la curva, o mueve el control, para leer qué dice la red allí.",
  tells: (input, x, y) => `${input} ${x}: ${y}`,
  along: "A lo largo de",
  colouredBy: "Color según",
  noGroup: "nada",
  meanHelp:
    "La curva es lo que la red dice en promedio de las filas de las que aprende (a lo sumo 128), como si esta columna fuera igual en todas.",
  drawn: (drawn, all) => `Se dibujan ${f.count(drawn)} de ${f.count(all)} filas, a distancias iguales.`,
  tooMany: (name) => `${name} tiene demasiados valores para colores`,
  against: (target) => `Lo que se dice de ${target}, frente a lo que es`,
  apart: "De qué está hecha",
  apartHelp:
    "Cada línea fina es una neurona de la última capa oculta por su peso hacia la salida; la punteada son todas las demás juntas. Con la constante suman la curva.",
  neuron: (unit) => `neurona ${unit}`,
  term: (name, value) => `${name} ${value}`,
  others: (value) => `las demás ${value}`,
  constant: (value) => `constante ${value}`,
  table: "La curva en números",
  lossHelp:
    "Cuánto se aleja lo que se dice, al cuadrado o no, en las unidades de lo que se dice: la media de todas las muestras.",
};

export const simpler: Text["simpler"] = {
  title: "Junto a modelos más simples",
  model: "Modelo",
  network: "esta red",
  models: {
    polynomial: (degree) =>
      degree === 0 ? "media" : degree === 1 ? "lineal" : `polinomio de grado ${degree}`,
    mostFrequent: () => "clase más frecuente",
    logistic: () => "regresión logística",
  },
  parts: { train: "vistas", heldOut: "apartadas", all: "todas" },
  seeds: "Cinco semillas",
  seedsHelp:
    "Lleva este experimento hasta el final con las semillas 0 a 4: la dispersión que una sola ejecución esconde.",
  seedsDone: (done, all) => `${f.count(done)} de ${f.count(all)} semillas terminadas.`,
  spread: (done, median, least, most) =>
    `Apartadas, de ${f.counted(done, "semilla", "semillas")}: mediana ${median}, de ${least} a ${most}.`,
  noEnd: "divergió",
  noLogistic: "No hay regresión logística: con tantas entradas y muestras tardaría mucho.",
  waiting: "Todos aprenden de las mismas muestras y se miden en las mismas, en la misma unidad.",
  networkWins: (ours, theirs, name, isShare) =>
    isShare
      ? `De las muestras apartadas la red acierta el ${ours}; el mejor modelo simple (${name}), el ${theirs}. En las mismas muestras la red lo hace mejor.`
      : `En las muestras apartadas la red se aleja ${ours}; el mejor modelo simple (${name}), ${theirs}. Las mismas muestras, la misma unidad: la red lo hace mejor.`,
  simplerWins: (ours, theirs, name, parameters, isShare) =>
    isShare
      ? `De las muestras apartadas la red acierta el ${ours}; un modelo más simple (${name}, ${f.counted(parameters, "parámetro", "parámetros")}), el ${theirs}. En las mismas muestras el más simple lo hace mejor.`
      : `En las muestras apartadas la red se aleja ${ours}; un modelo más simple (${name}, ${f.counted(parameters, "parámetro", "parámetros")}), solo ${theirs}. Las mismas muestras, la misma unidad: el más simple lo hace mejor.`,
  draw: (ours, name, parameters, isShare) =>
    `En las muestras apartadas la red y un modelo más simple (${name}, ${f.counted(parameters, "parámetro", "parámetros")}) lo hacen igual de bien: ${isShare ? `acierto del ${ours}` : `se alejan ${ours}`}.`,
};
