// Español.
import type { DataSpec, Notice } from "../session/engine.js";
import type { Refusal } from "../session/protocol.js";
import type { Text } from "./en.js";
import { fit, functions, ownPoints, simpler } from "./es/fit.js";
import { refusalText } from "./es/refusal.js";
import { columns, rows, tables, whatIf, roc } from "./es/tables.js";
import { formatFor } from "./format.js";

const f = formatFor("es");

/** Cómo se llaman las muestras, qué se hace con ellas, y si son femeninas. */
const SAMPLES: Record<DataSpec["kind"], { things: string; read: string; isFeminine: boolean }> = {
  mnist: { things: "dígitos", read: "leídos", isFeminine: false },
  generated: { things: "dígitos", read: "leídos", isFeminine: false },
  fashion: { things: "imágenes", read: "reconocidas", isFeminine: true },
  cifar10: { things: "fotografías", read: "reconocidas", isFeminine: true },
  toy: { things: "puntos", read: "reconocidos", isFeminine: false },
  function: { things: "puntos", read: "dichos", isFeminine: false },
  table: { things: "filas", read: "reconocidas", isFeminine: true },
};
const isDigit = (kind: DataSpec["kind"]) => SAMPLES[kind].read === "leídos";
const things = (kind: DataSpec["kind"]) => SAMPLES[kind].things;
const heldOut = (kind: DataSpec["kind"]) =>
  `${things(kind)} ${SAMPLES[kind].isFeminine ? "apartadas" : "apartados"}`;

export const es: Text = {
  language: "es",
  languageName: "Español",
  format: f,
  title: "Brainbow: una red neuronal aprende ante tus ojos",

  train: "Entrenar",
  pause: "Pausa",
  step: "Paso",
  restart: "Reiniciar",
  restartHelp: "Los mismos pesos iniciales, el mismo orden: la misma ejecución otra vez.",
  newSeed: "Nueva semilla",
  newSeedHelp: "Nuevos pesos iniciales y nuevo orden de las muestras; los datos no cambian.",
  epoch: "Época",
  epochUnit: "época",
  testAccuracy: "Exactitud de prueba",
  scoreOf: (samples, held, kind, isShare) =>
    `${isShare ? "de" : "RECM en"} ${f.count(samples)} ${held === "test" ? `${things(kind)} de prueba` : samples === 1 ? heldOut(kind).replaceAll(/s\b/g, "") : heldOut(kind)}`,
  perSecond: (kind) => `${kind === "cifar10" ? "imágenes" : things(kind)}/s`,
  share: "Copiar enlace",
  shared: "Enlace copiado",
  shareByHand: "Copia la dirección de esta página",
  languageLabel: "Idioma",
  theme: "Tema",
  themes: { system: "Sistema", light: "Claro", dark: "Oscuro" },
  spoken: (epoch, score, kind, isShare) =>
    !isShare
      ? `Época ${f.count(epoch)}: se aleja ${score} en ${SAMPLES[kind].isFeminine ? "las" : "los"} ${heldOut(kind)}.`
      : `Época ${f.count(epoch)}: ${score} de ${SAMPLES[kind].isFeminine ? "las" : "los"} ${heldOut(kind)} bien ${SAMPLES[kind].read}.`,
  states: { finished: "Terminado", loading: "Cargando" },

  data: "Datos",
  dataSet: "Conjunto de datos",
  dataSets: {
    mnist: "Dígitos MNIST",
    fashion: "Ropa de Fashion-MNIST",
    cifar10: "Fotografías CIFAR-10",
    generated: "Dígitos generados",
    toy: "Puntos en el plano",
    function: "Una función de x",
    table: "Filas de una tabla",
  },
  classNames: {
    fashion: [
      "camiseta",
      "pantalón",
      "jersey",
      "vestido",
      "abrigo",
      "sandalia",
      "camisa",
      "zapatilla",
      "bolso",
      "botín",
    ],
    cifar10: ["avión", "coche", "pájaro", "gato", "ciervo", "perro", "rana", "caballo", "barco", "camión"],
  },
  against: (cls, other) => `${cls} contra ${other}`,
  classes: "Clases",
  allClasses: "todas las clases",
  someClasses: (names) => `solo ${names}`,
  classesHelp:
    "Dos al menos. Solo sus muestras se aprenden y se apartan, con los mismos números. Dos clases y una pérdida que pregunta a cada salida por separado necesitan una sola salida.",
  toLearnFrom: (samples) => `${f.count(samples)} para aprender`,
  notes: {
    mnist: "Dígitos manuscritos (LeCun, Cortes y Burges), CC BY-SA 3.0.",
    fashion: "Ropa en el mismo formato (Xiao, Rasul y Vollgraf, Zalando), licencia MIT.",
    cifar10:
      "Fotografías pequeñas (Krizhevsky, Nair y Hinton). Una red de este tipo reconoce poco más de un tercio: se publicó un 37 %.",
    generated: "El programa dibuja estos dígitos. No son escritura a mano.",
    toy: "Puntos que dibuja el programa: lo que una recta puede separar y lo que no.",
    function: "Puntos de una fórmula, dibujados por el programa: hay que decir un número, no una clase.",
    table:
      "Números o clases a partir de las columnas de una tabla; cualquier CSV se puede soltar en la página.",
  },
  aboutSets: "Todos los conjuntos",
  setsHere: (count) => `${f.count(count)} aquí`,
  sets: {
    mnist: {
      facts: "60.000 y 10.000 dígitos manuscritos, 28 × 28, en gris; 11,6 MB.",
      source: "De Y. LeCun, C. Cortes y C. Burges, 1998.",
      licence: "Licencia CC BY-SA 3.0.",
    },
    fashion: {
      facts: "60.000 y 10.000 prendas de ropa, 28 × 28, en gris; 30,9 MB.",
      source: "De H. Xiao, K. Rasul y R. Vollgraf, 2017.",
      licence: "Licencia MIT (Zalando SE).",
    },
    cifar10: {
      facts: "50.000 y 10.000 fotografías, 32 × 32, en color; 170 MB.",
      source: "De A. Krizhevsky, V. Nair y G. Hinton, 2009.",
      licence: "No se indica licencia; sus autores piden que se cite su informe.",
    },
    generated: {
      facts: "20.000 y 4.000 dígitos, 28 × 28, en gris; nada que traer.",
      source: "Los dibuja este programa a partir de una semilla.",
      licence: "Como el programa: MIT o Apache 2.0.",
    },
    toy: {
      facts: "De 10 a 10.000 puntos de dos o tres clases; nada que descargar.",
      source: "Los dibuja este programa a partir de una semilla, con formas como las de scikit-learn.",
      licence: "Como el programa: MIT o Apache 2.0.",
    },
    function: {
      facts: "De 10 a 10.000 puntos de una fórmula que escribes; nada que descargar.",
      source: "Los dibuja este programa a partir de una semilla.",
      licence: "Como el programa: MIT o Apache 2.0.",
    },
    table: {
      facts: "Howell (544 personas), Pingüinos (344), o hasta 200.000 filas y 100 columnas propias.",
      source: "N. Howell, en Statistical Rethinking de R. McElreath; palmerpenguins de K. Gorman y A. Horst.",
      licence: "Howell no declara licencia; Pingüinos: CC0.",
    },
  },
  points: {
    shape: "Forma",
    shapes: { moons: "Lunas", circles: "Círculos", spiral: "Espiral", blobs: "Grupos", xor: "Xor" },
    count: "Puntos para aprender",
    noise: "Ruido",
    again: "Otros puntos",
  },
  functions,
  ownPoints,
  whatIf,
  roc,
  fit,
  simpler,
  tables,
  rows,
  columns,
  plane: {
    title: "Qué hace con el plano",
    cls: (name) => `clase ${name}`,
    choose: (train, heldOut) =>
      `El plano, coloreado por la clase más probable, con ${f.count(train)} puntos para aprender y ${f.count(heldOut)} apartados: elige un lugar`,
    hint: "De los puntos llenos se aprende, los huecos están apartados. Señala un lugar para leer qué hace la red con él; pulsa un punto para ver su camino por la red.",
    rowsHint:
      "De las filas llenas se aprende, las huecas están apartadas. Señala un lugar para leer qué hace la red con él.",
    toTheRight: (name, from, to) => `hacia la derecha: ${name}, de ${from} a ${to}`,
    upwards: (name, from, to) => `hacia arriba: ${name}, de ${from} a ${to}`,
    share: (cls, answer) => `${cls}: ${f.percent(answer, 1)}`,
    reading: (x, y, shares) => `${x}, ${y}: ${shares}`,
    table: "La clase más probable en lugares del plano",
  },
  alwaysHere: "Siempre aquí.",
  isHere: "Aquí: en esta máquina o junto a esta página.",
  howToBring: {
    mnist: "Aún no está aquí: tráelo o suelta sus cuatro archivos en esta página.",
    fashion:
      "Aún no está aquí: suelta sus cuatro archivos en esta página o ejecuta `npm run data -- fashion-mnist`.",
    cifar10:
      "Aún no está aquí: suelta sus lotes o cifar-10-binary.tar.gz en esta página, o ejecuta `npm run data -- cifar10`.",
  },
  learnOn: "Aprender con él",
  heldOutBatch: (batch, isTest) =>
    isTest
      ? `Apartado: ${batch}, las imágenes de prueba del propio conjunto.`
      : `Apartado: ${batch}, porque el lote de prueba no está aquí.`,
  scaled: {
    none: "Los píxeles entran tal cual, de 0 a 1.",
    mean: "A cada píxel se le quita la media de las imágenes de entrenamiento.",
    standard: "A cada píxel se le quita su media y se divide por su desviación.",
  },
  fetchMnist: "Traer MNIST (11,6 MB)",
  fetchMnistHelp:
    "De cdn.jsdelivr.net; escritura real de LeCun, Cortes y Burges, CC BY-SA 3.0. O suelta los cuatro archivos en esta página.",
  loadingFile: (file, received, total) =>
    total === null
      ? `${file}: ${f.fixed(received / 1e6, 1)} MB`
      : `${file}: ${f.fixed(received / 1e6, 1)} de ${f.fixed(total / 1e6, 1)} MB`,

  hiddenNeurons: "Neuronas ocultas",
  layerNeurons: (layer) => `Neuronas de la capa ${layer}`,
  layerActivation: (layer) => `Activación de la capa ${layer}`,
  addLayer: "Añadir una capa oculta",
  removeLayer: (layer) => `Quitar la capa ${layer}`,
  learningRate: "Tasa de aprendizaje",
  learningRateHelp: "Cuánto se mueven los pesos en cada paso. Prueba 1000: tranquilo, no puedes romper nada.",
  speed: "Velocidad",
  speeds: { frame: "1 lote", slow: "lenta", full: "máxima" },
  speedHelp: {
    frame: "Un lote tras otro, hasta sesenta por segundo",
    slow: "Cuatro lotes por segundo",
    full: "Tan rápido como se pueda",
  },
  preset: "Empezar con",
  presetNone: "Elige…",
  presets: {
    templates: "Diez plantillas (sin capa oculta)",
    small: "10 neuronas ocultas",
    chapter: "La red del capítulo (10 sigmoides)",
    best: "128 neuronas ocultas, Adam",
    deep: "Seis capas ocultas",
    photographs: "Fotografías: diez plantillas",
    photographsSmall: "Fotografías: 10 neuronas ocultas",
    sineWide: "sen x: 500 tanh (1-500-1)",
    sineDeep: "sen x: 3 y 3 tanh (1-3-3-1)",
    squareWide: "x²: 800 ReLU (1-800-1)",
    straight: "Tres capas lineales: una recta",
    howellWeight: "Howell: altura según peso (1-3-3-1)",
    howellAge: "Howell: altura según peso y edad (2-3-3-1)",
    howellAll: "Howell: altura según peso, edad y sexo (3-3-3-1)",
    howellSex: "Howell: el sexo de los adultos (3-3-3-2)",
  },
  network: "Red",
  weights: (count) => `${f.count(count)} parámetros`,
  training: "Entrenamiento",
  batches: (size) => `lotes de ${f.count(size)}`,
  optimizer: "Optimizador",
  optimizers: {
    sgd: "SGD",
    momentum: "Momento",
    nesterov: "Nesterov",
    rmsprop: "RMSprop",
    adagrad: "Adagrad",
    adam: "Adam",
    adamw: "AdamW",
  },
  settings: {
    momentum: "Momento",
    rho: "Decaimiento ρ",
    beta1: "Decaimiento β₁",
    beta2: "Decaimiento β₂",
    epsilon: "ε",
    weightDecay: "Encogimiento de pesos",
  },
  lossFunction: "Lo que se minimiza",
  losses: {
    softmaxCrossEntropy: "entropía con softmax",
    binaryCrossEntropy: "entropía binaria",
    meanSquaredError: "error cuadrático medio",
    meanAbsoluteError: "error absoluto medio",
    sigmoidAbsoluteError: "distancia de una sigmoide",
  },
  lossHelp: {
    softmaxCrossEntropy:
      "Las probabilidades de todas las clases suman uno; equivocarse con seguridad cuesta más.",
    binaryCrossEntropy:
      "Cada clase es una pregunta aparte, «¿es un 3?»; sus probabilidades no tienen que sumar uno.",
    meanSquaredError: "Las salidas deben ser 1 para la clase y 0 para las demás; no son probabilidades.",
    meanAbsoluteError: "Lo mismo con la distancia misma, que aquí aprende despacio.",
    sigmoidAbsoluteError:
      "|objetivo − sigmoide|, fácil de leer, y lenta donde la respuesta está muy equivocada.",
  },
  l2: "Penalización L2",
  l2Help:
    "Suma λ/2 · Σ w² a lo que se minimiza: los pesos quedan pequeños. Las curvas muestran la pérdida sin ella.",
  course: "Curso",
  decay: "La tasa baja",
  decays: { constant: "tasa constante", step: "a saltos", cosine: "por un coseno" },
  decayHelp: {
    constant: "Se queda como está puesta.",
    step: "Se multiplica por el factor cada tantas épocas.",
    cosine: "Despacio, luego más rápido, luego despacio hasta nada.",
  },
  every: "Épocas de salto a salto",
  factor: "Factor",
  decayEpochs: "Épocas hasta llegar a cero",
  warmup: "Pasos de calentamiento",
  warmupHelp: "La tasa sube desde nada durante tantos lotes.",
  stopsAfter: (epochs, stop) =>
    Object.keys(stop).length === 0
      ? f.counted(epochs, "época", "épocas")
      : `como mucho ${f.counted(epochs, "época", "épocas")}`,
  stopAccuracy: "Parar con exactitud (%)",
  stopLoss: "Parar con pérdida",
  stopPatience: "Parar tras épocas sin mejora",
  stopHelp: "Se juzga con las muestras apartadas tras cada época. Vacío: sin esa condición.",
  stopped: {
    accuracy: "Se alcanzó la exactitud que pediste.",
    loss: "Se alcanzó la pérdida que pediste.",
    patience: "La pérdida de validación no ha bajado en el tiempo que dijiste.",
  },
  batchSize: "Tamaño del lote",
  batchHelp: "Muestras que votan en cada paso.",
  epochs: "Épocas",
  epochsHelp: "Pasadas por las muestras de entrenamiento; después se detiene.",
  validation: "Validación",
  validations: { test: "con los de prueba", split: (share: string) => `con un ${share} apartado` },
  start: "Inicio",
  seed: "Semilla",
  seedValue: (seed) => `semilla ${seed}`,
  initialWeights: "Pesos iniciales",
  inits: {
    usual: "lo usual",
    heUniform: "He",
    heNormal: "He, normal",
    glorotUniform: "Glorot",
    glorotNormal: "Glorot, normal",
    lecunUniform: "LeCun",
    lecunNormal: "LeCun, normal",
    normal: "normal",
    zero: "cero",
  },
  sigma: "Desviación típica",
  scaling: {
    pixels: {
      name: "Píxeles",
      choices: { none: "de 0 a 1", mean: "sin su media", standard: "tipificados" },
      help: "Según la media y la desviación de cada píxel en las muestras de entrenamiento.",
    },
    numbers: {
      name: "Entradas",
      choices: { none: "tal como son", mean: "sin su media", standard: "tipificadas" },
      help: "Según la media y la desviación de cada entrada en las muestras de entrenamiento; el número que se ha de decir, también.",
    },
  },
  health: "Salud",
  stuck: (units) =>
    units === 0
      ? "todas aprenden"
      : units === 1
        ? "1 unidad atascada"
        : `${f.count(units)} unidades atascadas`,
  gradient: "Gradiente",
  stepShare: "Paso / pesos",
  unitsStuck: (dead, saturated, units) =>
    dead + saturated === 0
      ? units === 1
        ? "1 unidad, aprende"
        : `${f.count(units)} unidades, todas aprenden`
      : `${f.count(dead)} nunca activas, ${f.count(saturated)} saturadas de ${f.count(units)}`,
  gradientOverTime: "longitud del gradiente por época",
  updateOverTime: "longitud de un paso por época",
  stuckOverTime: "parte de unidades atascadas por época",
  troubles: {
    vanishing: {
      said: (layer, share) =>
        `el gradiente se desvanece antes de la capa ${layer}`.concat(
          share > 0 ? ` (1 : ${f.count(1 / share)})` : "",
        ),
      help: "Al bajar por las capas el gradiente casi se desvanece: la primera capa apenas aprende. Ayudan una ReLU en lugar de una sigmoide, menos capas u otros pesos iniciales.",
    },
    exploding: {
      said: (layer, times) =>
        `el gradiente explota en la capa ${layer}`.concat(
          Number.isFinite(times) ? ` (${f.count(times)} × lo habitual)` : "",
        ),
      help: "El gradiente es mucho más largo que durante casi todo el entrenamiento: los pasos van a mal sitio. Ayuda una tasa de aprendizaje menor.",
    },
  },
  healthHelp:
    "La longitud del gradiente, y la de un paso junto a la de los pesos: lo usual es 0,1 %; mucho más o menos no lo es.",
  takeAlong: "En tu máquina",
  takeAlongShort: "el mismo entrenamiento como orden",
  takeAlongHelp:
    "En una copia de Brainbow; con --data donde esté MNIST. Lee la misma huella tras la misma época.",
  initHelp: "Lo usual: He antes de una ReLU, Glorot en lo demás, cero sin capa oculta.",
  activations: {
    relu: "ReLU",
    leakyRelu: "ReLU con fuga",
    sigmoid: "sigmoide",
    tanh: "tanh",
    linear: "lineal",
    softplus: "softplus",
    gelu: "GELU",
  },
  colours: "Colores",
  scope: "Escala",
  scopes: { neuron: "esta neurona", layer: "esta capa", all: "todas las capas" },
  mode: "Modo",
  modes: { diverging: "azul sube, naranja baja", classic: "gris clásico" },
  modesInColour: {
    diverging: "rojo, verde, azul; gris medio es cero",
    classic: "mínimo negro, máximo pleno",
  },
  summaryTable: "Capas, formas de salida y parámetros",
  layer: "Capa",
  output: "Salida",
  parameters: "Parámetros",
  total: "Total",
  dense: "Densa",
  dropoutOf: (rate) => `Dropout ${f.percent(rate, 0)}`,
  layerDropout: (layer) => `Dropout de la capa ${layer}`,
  dropoutHelp:
    "Esta parte de las salidas de la capa se calla, al azar, en cada paso; ninguna cuando se prueba.",

  templates: (kind) =>
    isDigit(kind) ? "Qué busca la plantilla de cada dígito" : "Qué busca la plantilla de cada clase",
  filters: "Qué busca cada neurona oculta",
  neuron: (index, cls) => (cls === undefined ? `Neurona ${index}` : `Neurona ${index}, ${cls}`),
  laterNeuron: (layer: number, index: number) => `Capa ${layer}, neurona ${index}`,
  hiddenLayer: (layer: number) => `Capa ${layer}`,
  hiddenLayers: "Capa oculta",
  linearPicture:
    "Una imagen lineal: los filtros de debajo, ponderados y sumados, como si ninguna capa curvara.",
  unitOf: (layer: number, unit: number) => `capa ${layer}, ${unit}`,
  incomingBars: "cómo pondera la capa inferior",
  outgoingUnits: "lo que dice a la capa siguiente",
  legend: "Escala de color de los pesos",
  legendHelp: "El 99,5 % de los pesos está entre estos dos; lo que está más allá tiene el color pleno.",
  lowest: "mínimo",
  highest: "máximo",
  page: (first, last, all) => `${first}–${last} de ${all}`,
  previous: "Anterior",
  next: "Siguiente",
  activeShare: (share) => `${f.percent(share, 0)}`,
  activeHelp: "activa para esta parte de las muestras apartadas",
  neverInked:
    "Píxeles grises: ninguna muestra de entrenamiento tiene tinta ahí, así que sus pesos no se mueven.",
  inColour:
    "Rojo, verde y azul son los pesos de los tres canales, en la misma escala: el gris medio es cero, lo más claro empuja hacia arriba.",
  outgoingRow: (cls) => `Pesos hacia ${cls}`,
  neuronHint: "Pasa sobre una neurona para ampliarla.",
  neuronBias: (bias) => `sesgo ${bias}`,
  neuronRange: (low, high) => `pesos de ${low} a ${high}`,
  neuronActive: (share) => `activa para el ${f.percent(share)} de las muestras apartadas`,
  classMean: "la media de sus imágenes de entrenamiento, a la que la plantilla acaba pareciéndose",
  isDead: ": está muerta y ya no aprende nada",
  isSaturated: ": está saturada y ya casi no aprende",
  histogram: "cómo se reparten sus pesos",
  outgoingBars: "lo que dice a cada clase",
  excitesMost: "La excitan más",
  silences: "La callan",
  excited: (id, sum) => `muestra ${id}, suma ${f.fixed(sum, 2)}`,
  pixelValue: (x, y, value) => `columna ${x}, fila ${y}: ${value}`,
  channels: (red, green, blue) => `rojo ${red}, verde ${green}, azul ${blue}`,
  channelNames: ["rojo", "verde", "azul"],
  pixelHint: "Señala un píxel para leer su peso.",
  pinned: "fijada",
  showTable: "Mostrar como tabla",
  hideTable: "Ocultar tabla",

  loss: "Pérdida",
  accuracy: "Exactitud",
  overfits: (epoch, loss, epochs) =>
    `Sobreajuste: en lo apartado fue mejor en la época ${f.count(epoch)} (${loss}); desde hace ${f.count(epochs)} sube, mientras baja la de entrenamiento.`,
  trainingCurve: "entreno",
  validationCurve: { test: "prueba", split: "apartados" },
  before: "antes",
  logScale: "Escala log",
  curveTable: (name) => `${name} por época`,
  fingerprint: (epoch) => `pesos tras la época ${epoch}:`,
  fingerprintHelp: "Quien abre el mismo enlace lee la misma huella tras la misma época.",
  rateChanged: (rate) => `tasa ${rate}`,

  confusion: "Matriz de confusión",
  confusionAxes: "filas: lo que es · columnas: por lo que se tomó",
  cell: (actual, predicted, value) => `real ${actual}, predicho ${predicted}: ${value}`,
  cellName: (actual, predicted) => `real ${actual}, predicho ${predicted}`,
  cellModes: { count: "Cuentas", row: "% fila", column: "% columna", image: "Imágenes", difference: "A − B" },
  confusedMost: "Más confundidos",
  pair: (actual, predicted, count) => `${actual} → ${predicted}: ${f.count(count)}`,
  cellMode: "Mostrar",
  totalRow: "total",
  totalActual: "total de real",
  totalPredicted: "total de predicho",
  precision: "precisión",
  precisionShort: "prec.",
  recall: "exhaustividad",
  recallShort: "exh.",
  f1: "F1",
  atStep: (step) => `paso ${f.count(step)}`,
  cardTitle: (actual, predicted, kind) =>
    isDigit(kind)
      ? actual === predicted
        ? `${actual} bien leído`
        : `${actual} leído como ${predicted}`
      : actual === predicted
        ? `${actual}: se reconoce bien`
        : `${actual}: se toma por ${predicted}`,
  cardCount: (count, whole) =>
    `${f.count(count)} de ${f.count(whole)} (${f.percent(whole === 0 ? 0 : count / whole)})`,
  cardEmpty: "Ninguno en este paso.",
  cardHint: "Pasa sobre una celda para ver sus imágenes; haz clic para fijarla.",
  shownOf: (shown, all) => `${f.count(shown)} de ${f.count(all)}`,
  showAll: (all) => `Ver los ${f.count(all)}`,
  showFirst: (most) => `Ver los primeros ${f.count(most)}`,
  showFewer: "Ver menos",
  order: "Orden",
  orders: {
    mostConfident: "más seguros primero",
    leastConfident: "menos seguros primero",
    highestLoss: "mayor pérdida primero",
    closestCall: "más reñidos primero",
    mostAtALoss: "más perplejos primero",
  },
  sample: (id, probability) => `muestra ${id}, ${f.percent(probability)}`,
  mistakes: "Errores",
  mistakesAxes: "real → predicho",
  noMistakes: "Ningún error en este paso.",
  noMistake: "Las muestras de esta casilla no son errores.",
  inSelection: "pertenece a la selección",
  onlyThese: (selected) => `solo ${selected}`,
  ofClass: (cls) => `la clase ${cls}`,
  exciting: (neuron) => `lo que excita a ${neuron}`,
  pinClass: (cls) => `Seleccionar la clase ${cls}`,
  waiting: "Aún no se ha evaluado nada.",
  sampleTitle: (id, label) => `muestra ${id}: ${/^\d$/.test(label) ? `un ${label}` : label}`,
  sampleReads: "Lo que la red ve en ella",
  close: "Cerrar",
  draw: {
    title: "Dibuja el tuyo",
    short: "¿qué lee?",
    pad: "Tablero de dibujo",
    hint: "Dibuja una cifra en el tablero, con el dedo, un lápiz o el ratón.",
    pen: "Grosor",
    eraser: "Goma",
    undo: "Deshacer",
    clear: "Borrar",
    sees: "lo que ve la red",
    reads: "Lo que lee la red, %",
    nearest: "Las imágenes de entrenamiento más cercanas, por la distancia de sus píxeles",
    neighbour: (id, distance) => `muestra ${id}, distancia ${f.fixed(distance, 1)}`,
    looking: "Buscando entre las imágenes de entrenamiento …",
    unlike: (nearer, of) =>
      `De ${f.count(of)} imágenes apartadas, ${f.count(nearer)} están más cerca de su imagen de entrenamiento más próxima. Cuantas más, menos ha visto la red algo como lo tuyo.`,
  },
  time: {
    title: "Tiempo",
    at: (step) => `paso ${f.count(step)}`,
    live: "en directo",
    toLive: "En directo",
    play: "Reproducir",
    speed: "Velocidad de reproducción",
    stop: "Parar",
    goOn: "Seguir desde aquí",
    help: "Arrastra hacia atrás para verlo todo como era: pesos, matriz, errores, fichas. Lo que se guarda es más frecuente al principio, en 64 MB como mucho.",
  },
  compare: {
    keep: "Guardar como B",
    keepHelp:
      "Guarda la red tal como se ve, para comparar otra con ella: cambia algo y deja que aprenda otra vez.",
    title: "A junto a B",
    help: "A es la de arriba, B la que guardaste",
    neurons: "Neuronas de B",
    steps: "Paso",
    together: "Empezar las dos de nuevo",
    learnsAlong: "B aprende cuando aprende A",
    letGo: "Soltar B",
    hasMore: (run: string) => `${run} tiene más`,
    showAll: "Mostrar todas",
    onlyA: (cls: string) => `Solo A los toma por ${cls}`,
    onlyB: (cls: string) => `Solo B los toma por ${cls}`,
    otherSamples: "Se prueban con muestras distintas: sus matrices no se pueden restar.",
    diverged: (step: number) => `La pérdida de B dejó de ser un número en el paso ${f.count(step)}.`,
    lost: "El proceso de B terminó. Suelta B y guarda otra.",
  },
  why: {
    readAs: (predicted, kind) => (isDigit(kind) ? `leído como ${predicted}` : `se toma por ${predicted}`),
    sees: "lo que ve",
    column: (inputs) => `Lo mismo como columna: las ${f.count(inputs)} entradas de la red, de arriba abajo`,
    layer: (units, activation) => `${f.count(units)} ${activation}`,
    logit: "logit",
    compare: (label) => `Comparar con ${label}`,
    rather: (predicted, against) => `¿Por qué ${predicted} y no ${against}?`,
    lead: (more, less, difference) => `logit ${more} − ${less} = ${difference}`,
    inputTerm: (name, term) => `${name}: ${term}`,
    pixelTerm: (x, y, term) => `columna ${x}, fila ${y}: ${term}`,
    unitTerm: (unit, sum, activation, output, weight, vote) =>
      `neurona ${unit}: ${sum}, ${activation} lo convierte en ${output}; × ${weight} = ${vote}`,
    given: {
      image: {
        hint: "Señala un píxel o una barra para ver su término. El azul habla a favor, el naranja en contra.",
        exact: (hidden) =>
          hidden
            ? "Para esta imagen la red es una sola suma sobre los píxeles: las dos figuras suman exactamente la misma diferencia."
            : "Los píxeles y el sesgo suman exactamente la diferencia.",
        bent: (activation) =>
          `Con ${activation} ninguna suma sobre los píxeles es exacta, así que no hay figura de píxeles. Los votos de las neuronas sí son exactos.`,
        terms: "Lo que aporta cada píxel",
        sum: "filtro · imagen + sesgo",
      },
      numbers: {
        hint: "Señala una barra para ver su término. El azul habla a favor, el naranja en contra.",
        exact: (hidden) =>
          hidden
            ? "Para este punto la red es una sola suma sobre sus números: las dos filas de barras suman exactamente la misma diferencia."
            : "Los números y el sesgo suman exactamente la diferencia.",
        bent: (activation) =>
          `Con ${activation} ninguna suma sobre los números es exacta, así que no se muestra. Los votos de las neuronas sí son exactos.`,
        terms: "Lo que aporta cada número",
        sum: "pesos · números + sesgo",
      },
    },
    unitTerms: "Lo que aporta cada neurona",
    weight: "peso",
    vote: "voto",
    bias: "diferencia de los sesgos",
    constant: "lo que aportan todos los sesgos",
    rounding: "redondeo de los números de arriba",
    together: "en total: la diferencia de los logits",
  },
  diagram: {
    title: "Diagrama",
    short: "la red por sus conexiones más fuertes, en vivo",
    choose: "Diagrama de la red: elige una neurona",
    hint: "Señala una neurona, o usa las flechas, para ver solo sus conexiones. Un clic la fija.",
    most: "Conexiones por neurona",
    by: "Conexiones según",
    byWeight: "peso",
    byContribution: "peso × valor",
    ofSample: (sample: string) => `Los valores son los de: ${sample}.`,
    noSample: "Elige una imagen en cualquier parte de la página para ver qué envía por las conexiones.",
    grouped: "Una pila es un grupo de neuronas; sus conexiones son las más fuertes de todas ellas.",
    legend: (strongest: string) =>
      `Las conexiones más anchas: ${strongest}. El azul empuja hacia arriba; el naranja, hacia abajo.`,
    inputs: (count: number) => `${f.count(count)} entradas`,
    hidden: "neuronas ocultas",
    outputs: "salidas",
    output: (cls: string) => `Salida ${cls}`,
    pixel: (x: number, y: number) => `columna ${x}, fila ${y}`,
    logit: (sum: string) => `logit ${sum}`,
    value: (sum: string, output: string) => `suma ${sum}, dice ${output}`,
    bias: (bias: string) => `sesgo ${bias}`,
    strongestIn: (from: string, carried: string) => `la más fuerte que entra, ${from}: ${carried}`,
    strongestOut: (to: string, carried: string) => `la más fuerte que sale, ${to}: ${carried}`,
    edgesInto: (shown: number, all: number, name: string) =>
      `Conexiones que entran en ${name}: las ${f.count(shown)} más fuertes de ${f.count(all)}`,
    edgesOutOf: (shown: number, all: number, name: string) =>
      `Conexiones que salen de ${name}: las ${f.count(shown)} más fuertes de ${f.count(all)}`,
    valueHead: "valor",
    contribution: "contribución",
    others: (count: number) =>
      count === 1 ? "la otra conexión" : `las otras ${f.count(count)} conexiones juntas`,
    biasRow: "sesgo",
    sum: "en total: su suma",
    sumIsLogit: "en total: su logit",
    twice: (name: string) => `La misma suma dos veces: ${name}`,
    twiceHelp: "Cada entrada tiene una conexión con la neurona, y el mismo peso es un píxel de su imagen.",
    fullColour: (limit: number) => `Color pleno: ±${f.fixed(limit, 2)}.`,
    pixels: (name: string) => `Pesos de ${name}: elige un píxel`,
    sumHint: "Señala una conexión o un píxel.",
  },
  samples: "Muestras",
  samplesShort: "una mirada al azar a los datos",
  cls: "Clase",
  anyClass: "cualquier clase",
  shuffle: "Mostrar otras",
  pixelsOf: (sample) => `Los números de ${sample}`,
  inkScale: "0 es papel, 255 es tinta; la red los recibe divididos entre 255.",
  brightness:
    "0 es oscuro, 255 es claro; la red los recibe divididos entre 255, menos la media si así se elige.",

  value: "Valor",

  notices: {
    clamped: ({ key, found, used }: Notice) => `El enlace pide ${key}=${found}; se usa ${used}.`,
    refused: ({ key, found, used }: Notice) =>
      used === ""
        ? `No se entiende ${key}=${found} en el enlace; se omite.`
        : `No se entiende ${key}=${found} en el enlace; se usa ${used}.`,
    unknown: ({ key }: Notice) => `El enlace tiene una parte que aquí no significa nada: ${key}.`,
    newer: ({ found }: Notice) =>
      `El enlace es de una versión posterior (${found}); quizá no dé la misma ejecución.`,
  },
  dismiss: "Descartar",
  dataMissing: {
    mnist:
      "Este enlace trata de MNIST, y MNIST no está aquí. Tráelo, suelta sus cuatro archivos en esta página o aprende con dígitos generados.",
    fashion:
      "Este enlace trata de Fashion-MNIST, y Fashion-MNIST no está aquí. Suelta sus cuatro archivos en esta página, tráelo con `npm run data -- fashion-mnist` o aprende con dígitos generados.",
    cifar10:
      "Este enlace trata de CIFAR-10, y CIFAR-10 no está aquí. Suelta sus lotes o cifar-10-binary.tar.gz en esta página, tráelo con `npm run data -- cifar10` o aprende con dígitos generados.",
  },
  cancel: "Cancelar",
  loadAgain: "Cargar otra vez",
  useGenerated: "Usar dígitos generados",
  diverged: (step, rate) =>
    `En el paso ${f.count(step)} la pérdida dejó de ser un número. La tasa de aprendizaje de ${rate} es demasiado alta: bájala y reinicia.`,
  restartLower: "Reiniciar con la décima parte",
  lostCrashed: (message) => `El motor se detuvo: ${message || "no se dio ninguna razón"}.`,
  lostSilent: "El motor lleva 5 segundos sin decir nada.",
  revive: (epoch) => (epoch === null ? "Empezar de nuevo" : `Empezar de nuevo desde la época ${epoch}`),
  missing: {
    wasm: "Este navegador no puede ejecutar WebAssembly, donde aprende la red. Cualquier Firefox, Chrome, Edge o Safari actual puede.",
    simd: "El WebAssembly de este navegador no tiene instrucciones vectoriales, que la red necesita. Cualquier Firefox, Chrome, Edge o Safari desde 2023 las tiene.",
    workers:
      "Este navegador no puede ejecutar web workers, donde aprende la red. Cualquier Firefox, Chrome, Edge o Safari actual puede.",
  },
  partMissing: "Una parte de la página no se pudo cargar: faltan algunas vistas. Recarga la página.",
  failedToLoad: (message) => `No se pudo cargar el motor: ${message}. Recarga la página.`,
  refusal: (refusal: Refusal) => refusalText(refusal),
  chooseFiles: "Elegir los archivos de MNIST, Fashion-MNIST o CIFAR-10, o una tabla (CSV)",
};
