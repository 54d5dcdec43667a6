import { readFileSync } from "node:fs";

interface Entry {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** Folders of the packages that `npm ci --omit=dev` may install on one platform or another, by package-lock.json. */
export function productionPackages(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")) as {
    readonly packages: Readonly<Record<string, Entry>>;
  };
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder !== "" && dev !== true && devOptional !== true)
    .map(([folder]) => folder);
}
