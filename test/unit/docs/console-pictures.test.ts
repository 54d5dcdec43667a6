import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { shots } from "../../../scripts/screenshots/pages.ts";
import { read } from "./markdown.ts";

const root = new URL("../../../", import.meta.url);
const routes = [...readFileSync(new URL("web/src/pages.tsx", root), "utf8").matchAll(/<Route path="([^"]+)"/g)].map(([, path]) => path);
const pictures = shots.flatMap(({ name }) => [`${name}-dark.jpg`, `${name}-light.jpg`]);

describe("pictures of the console", () => {
  it("are taken of every page that it has, and of no other", () => {
    expect(routes.length).toBeGreaterThan(15);
    expect([...new Set(shots.map(({ route }) => route))].toSorted()).toEqual(routes.toSorted((a = "", b = "") => (a < b ? -1 : 1)));
  });

  it("are there in both themes", () => {
    expect(readdirSync(new URL("docs/guides/images", root)).toSorted()).toEqual(pictures.toSorted());
  });

  it("are shown by the guide, each in both themes, with words", () => {
    const guide = read("docs/guides/console.md");

    expect(pictures.filter((name) => !guide.includes(`images/${name}`))).toEqual([]);
    for (const [, alt] of guide.matchAll(/<img alt="([^"]*)"/g)) expect(alt).toMatch(/\w+ \w+/);
  });
});
