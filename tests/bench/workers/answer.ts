// A worker's side of a question: the page names a method, the worker answers with what it gives.

export interface Question {
  id: number;
  method: string;
  argument: unknown;
}
export type Reply = { id: number; value: unknown } | { id: number; error: string };

/** Answers one question after the other. */
export function answer(methods: Record<string, (argument: never) => unknown>): void {
  self.onmessage = async ({ data: { id, method, argument } }: MessageEvent<Question>) => {
    try {
      const act = methods[method];
      if (!act) throw new Error(`there is no method ${method}`);
      self.postMessage({ id, value: await act(argument as never) } satisfies Reply);
    } catch (error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
      self.postMessage({ id, error: told } satisfies Reply);
    }
  };
}
