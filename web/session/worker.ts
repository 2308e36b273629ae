// The worker: the engine at the end of the worker's own port.
import type { Port } from "./protocol.js";
import { serve } from "./serve.js";

serve(self as unknown as Port);
