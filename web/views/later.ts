// The views that have nothing to show before something has been evaluated, chosen or unfolded, and what plots the curves.
import { makePlot, setLines } from "../draw/plot.js";
import "./columns.js";
import "./compare.js";
import { plots } from "./curve.js";
import "./diagram.js";
import "./draw.js";
import "./fingerprint.js";
import "./fit.js";
import "./mistakes.js";
import "./neuron-card.js";
import "./plane.js";
import "./roc.js";
import "./rows.js";
import "./samples.js";
import "./simpler.js";
import "./time.js";
import "./what-if.js";
import "./why.js";

plots.value = { makePlot, setLines };
