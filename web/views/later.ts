// The views that have nothing to show at first.
import "./compare.js";
import "./diagram.js";
import "./draw.js";
import "./fingerprint.js";
import "./samples.js";
import "./time.js";
import "./why.js";
