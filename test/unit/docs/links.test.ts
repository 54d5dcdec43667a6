import { describe, expect, it } from "vitest";
import { brokenLinks, markdownFiles, missingFiles, read } from "./markdown.ts";

describe("the project's documents", () => {
  it("are found", () => {
    expect(markdownFiles()).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "docs/README.md", "docs/runbook.md"]));
  });

  it.each(markdownFiles())("%s links to what is there, headings included", (file) => {
    const broken = brokenLinks(file);

    expect(broken).toEqual([]);
  });

  it.each(markdownFiles())("%s names no file that does not exist", (file) => {
    const missing = missingFiles(file);

    expect(missing).toEqual([]);
  });

  it("are listed in the index: every tutorial, guide and reference", () => {
    const index = read("docs/README.md");
    const pages = markdownFiles().filter((file) => /^docs\/(guides|tutorials|reference)\//.test(file));

    const absent = pages.filter((file) => !index.includes(`](${file.replace("docs/", "")})`));

    expect(absent).toEqual([]);
  });
});

describe("versions in README", () => {
  it("are those that the compatibility tests install", () => {
    const pinned = new Map([...read("test/compat/requirements.txt").matchAll(/^([\w-]+)(?:\[\w+\])?==(\S+)$/gm)].map(([, name, version]) => [name, version]));
    const stated = [...read("README.md").matchAll(/\| (mlflow|feast|tritonclient|boto3) (\d[\d.]*) \|$/gm)];

    expect(stated).toHaveLength(4);
    for (const [, name, version] of stated) expect(`${name} ${version}`).toBe(`${name} ${pinned.get(name)}`);
  });
});
