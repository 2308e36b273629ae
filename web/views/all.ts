// Every view, so that the page's HTML may use it: those of the first screen at once, the others a moment later.
import "./bar.js";
import "./card.js";
import "./confusion.js";
import "./controls.js";
import "./curve.js";
import "./message.js";
import "./neurons.js";
import "./picture.js";

/** What is folded at first, or empty until something has been evaluated or chosen; what plots the curves, too. */
export const later = () => import("./later.js");
