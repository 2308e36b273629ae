// TensorFlow.js on its backend in plain JavaScript.
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { contendBy } from "./tensorflow.js";

contendBy(self.name as "loop" | "fit", tf.setBackend("cpu"));
