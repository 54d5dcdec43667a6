/**
 * Adds to package-lock.json the optional packages of other platforms that the registry used for the last install did not have.
 *
 * npm leaves an optional package that it cannot find out of the lock file, and `npm ci` then refuses the lock file, on every platform.
 * An entry without integrity is enough: a package for another platform is never fetched. Run after each dependency change:
 * `node scripts/complete-lock.ts`; with `--check` it only says what is missing.
 */
import { readFileSync, writeFileSync } from "node:fs";

interface Entry {
  readonly version: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };

/** `@scope/name-darwin-arm64` -> what npm needs to know to pass it over elsewhere. */
function platformOf(name: string): Pick<Entry, "os" | "cpu" | "libc"> | undefined {
  const [, os, cpu, variant = ""] =
    /-?(linux|darwin|win32|freebsd|netbsd|openbsd|sunos|aix|android|openharmony)-(x64|arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x)(?:-(\w+))?$/.exec(
      name,
    ) ?? [];
  if (os === undefined || cpu === undefined) return undefined;
  return { os: [os], cpu: [cpu], ...(variant.startsWith("musl") && { libc: ["musl"] }) };
}

const missing: string[] = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const known = `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages;
    const platform = platformOf(name);
    if (known || !platform || !/^\d/.test(version)) continue;
    missing.push(`${name}@${version}`);
    lock.packages[`node_modules/${name}`] = { version, optional: true, ...platform };
  }
}

if (missing.length > 0 && process.argv.includes("--check")) {
  process.stderr.write(`package-lock.json lacks ${missing.join(", ")}: run node scripts/complete-lock.ts\n`);
  process.exit(1);
}
if (missing.length > 0) {
  const packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages }, undefined, 2)}\n`);
}
process.stdout.write(`${missing.length} entries ${process.argv.includes("--check") ? "missing" : "added"}\n`);
