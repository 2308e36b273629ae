// The arrows of DESIGN.md: who may know whom in web/.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, test } from "vitest";

const WEB = new URL("../../web/", import.meta.url).pathname;

interface Import {
  from: string;
  to: string;
  /** Nothing of it is left when types are gone. */
  typesOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(WEB, file), "utf8");
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?"([^"]+)"/gm);
  const dynamic = text.matchAll(/(?:import\(|new URL\()\s*"(\.[^"]+)"/g);
  const place = (to: string) =>
    to.startsWith(".") ? normalize(join(dirname(file), to)).replace(/\.js(\?.*)?$/, ".ts") : to;
  return [
    ...[...statements].map(([, type, names, to]) => {
      const each = names
        ?.match(/^\{([^]*)\}$/)?.[1]
        ?.split(",")
        .filter((name) => name.trim());
      const typesOnly =
        type !== undefined || (each?.every((name) => name.trim().startsWith("type ")) ?? false);
      return { from: file, to: place(to!), typesOnly };
    }),
    ...[...dynamic].map(([, to]) => ({ from: file, to: place(to!), typesOnly: false })),
  ];
}

const files = readdirSync(WEB, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => relative(WEB, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
  .filter((file) => !file.endsWith(".test.ts") && !file.startsWith("generated/"));
const imports = files.flatMap(importsOf);

/** The arrows that break a rule, as sentences. */
const broken = (from: RegExp, to: RegExp, but: (arrow: Import) => boolean = () => false) =>
  imports
    .filter((it) => from.test(it.from) && to.test(it.to) && !but(it))
    .map((it) => `${it.from} → ${it.to}`);

test("all of web/ was read", () => {
  expect(files.length).toBeGreaterThan(25);
  expect(imports.length).toBeGreaterThan(60);
  expect(imports).toContainEqual({ from: "session/worker.ts", to: "session/serve.ts", typesOnly: false });
  expect(imports).toContainEqual({ from: "session/worker.ts", to: "session/protocol.ts", typesOnly: true });
  expect(imports.some(({ from, to }) => !from.startsWith("session/") && to === "session/worker.ts")).toBe(
    true,
  );
});

test("session/ does not know that there are pictures", () => {
  expect(
    broken(
      /^session\//,
      /^(views|draw|text)\/|^(model|lab|address|experiment|points|tables)\.ts$|^lit|^uplot/,
    ),
  ).toEqual([]);
});

test("draw/ does not know that there is a page, nor, except for types, a session", () => {
  expect(
    broken(/^draw\//, /^(views|text)\/|^(model|lab|address|experiment|points|tables)\.ts$|^lit|signals/),
  ).toEqual([]);
  expect(broken(/^draw\//, /^session\//, ({ typesOnly }) => typesOnly)).toEqual([]);
});

test("views/ do not know that there is a worker", () => {
  expect(broken(/^views\//, /^session\/(serve|worker|files)\.ts$/)).toEqual([]);
  expect(broken(/^views\//, /^session\/player\.ts$/, ({ typesOnly }) => typesOnly)).toEqual([]);
  expect(broken(/^views\//, /^(lab|address)\.ts$/)).toEqual([]);
});

test("text/ knows words, and of the rest only types", () => {
  expect(
    broken(
      /^text\//,
      /^(views|draw|session)\/|^(model|lab|address|experiment|points|tables)\.ts$/,
      ({ typesOnly }) => typesOnly,
    ),
  ).toEqual([]);
});

test("only lab.ts, and run.ts and a second run beside it, know everybody", () => {
  expect(broken(/^/, /^lab\.ts$/)).toEqual([]);
  expect(broken(/^(?!(lab|beside)\.ts$)/, /^run\.ts$/)).toEqual([]);
  expect(
    broken(
      /^(?!lab\.ts$)/,
      /^(beside|supply)\.ts$/,
      ({ from, to }) => from === "run.ts" && to === "supply.ts",
    ),
  ).toEqual([]);
  const player = /^session\/(player|serve|worker)\.ts$/;
  expect(broken(/^(?!session\/|lab\.ts$|run\.ts$)/, player, ({ typesOnly }) => typesOnly)).toEqual([]);
});

test("only session/ imports the generated package; the others take its types from session/engine.ts", () => {
  expect(broken(/^(?!session\/)/, /^generated\//)).toEqual([]);
});

test("nobody imports in a circle, types left aside", () => {
  const next = (file: string) => imports.filter((it) => it.from === file && !it.typesOnly).map((it) => it.to);
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of next(from)) {
      if (seen.has(to)) continue;
      seen.add(to);
      reach(to, seen);
    }
    return seen;
  };
  expect(files.filter((file) => reach(file).has(file))).toEqual([]);
});
