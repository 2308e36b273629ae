// Every view, so that the page's HTML may use it.
import "./bar.js";
import "./card.js";
import "./compare.js";
import "./confusion.js";
import "./controls.js";
import "./curve.js";
import "./draw.js";
import "./fingerprint.js";
import "./message.js";
import "./mistakes.js";
import "./neuron-card.js";
import "./neurons.js";
import "./picture.js";
import "./samples.js";
import "./time.js";
import "./why.js";
