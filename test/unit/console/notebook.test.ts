import { describe, expect, it } from "vitest";
import { readNotebook } from "../../../web/src/artifacts/notebook/notebook.ts";
import { viewerKind } from "../../../web/src/artifacts/viewer-kinds.ts";

const cell = (outputs: readonly object[]) => ({ nbformat: 4, cells: [{ cell_type: "code", source: ["a = 1\n", "a"], execution_count: 3, outputs }] });
const outputsOf = (...outputs: readonly object[]) => readNotebook(cell(outputs)).cells[0]?.outputs;
const shown = (data: object) => outputsOf({ output_type: "display_data", data });

describe("a notebook", () => {
  it("is its cells, and what they printed, drew and failed with", () => {
    const outputs = [
      { output_type: "stream", name: "stderr", text: ["warn", "ing"] },
      { output_type: "error", ename: "ValueError", evalue: "no", traceback: ["\u001b[0;31mValueError\u001b[0m: no"] },
      { output_type: "execute_result", data: { "text/plain": ["1"] } },
    ];

    expect(readNotebook({ ...cell(outputs), metadata: { language_info: { name: "python" } } })).toEqual({
      language: "python",
      cells: [
        {
          kind: "code",
          source: "a = 1\na",
          count: 3,
          outputs: [
            { kind: "text", text: "warning", isError: true },
            { kind: "text", text: "ValueError: no", isError: true },
            { kind: "text", text: "1", isError: false },
          ],
        },
      ],
    });
  });

  it("shows the richest form of an output that needs nothing to run", () => {
    expect(shown({ "text/plain": "t", "text/html": ["<b>", "t</b>"] })).toEqual([{ kind: "html", text: "<b>t</b>" }]);
    expect(shown({ "text/plain": "t", "image/png": "iVBO\nRw0=\n" })).toEqual([{ kind: "image", url: "data:image/png;base64,iVBORw0=" }]);
    expect(shown({ "application/vnd.plotly.v1+json": { a: 1 } })).toEqual([{ kind: "text", text: `{\n  "a": 1\n}`, isError: false }]);
  });

  it("makes no address of what is no picture", () => {
    expect(shown({ "image/png": `x" onerror="alert(1)`, "text/plain": "t" })).toEqual([{ kind: "text", text: "t", isError: false }]);
    expect(shown({ "image/svg+xml": "<svg onload='alert(1)'/>" })).toEqual([
      { kind: "image", url: expect.stringMatching(/^data:image\/svg\+xml,%3Csvg[^<>"]*$/) },
    ]);
  });

  it("says so where it is none, and bears fields of any kind", () => {
    expect(() => readNotebook({ nbformat: 3, worksheets: [] })).toThrow("nbformat must be 4");
    expect(() => readNotebook([])).toThrow("nbformat must be 4");
    expect(readNotebook({ nbformat: 4, cells: [null, 1, { cell_type: {}, source: 5, outputs: "x" }, { outputs: [null, { data: null }] }] }).cells).toHaveLength(
      4,
    );
  });
});

describe("a file's viewer", () => {
  it("goes by its name, and by what can be read of its size", () => {
    const kinds = ["a.ipynb", "a.MP4", "a.wav", "a.pdf", "m.tar.gz", "m.whl", "m.safetensors"].map((name) => viewerKind(name, 10));

    expect(kinds).toEqual(["notebook", "media", "media", "pdf", "archive", "archive", "safetensors"]);
    expect([viewerKind("a.mp4", 1e9), viewerKind("a.zip", 1e12), viewerKind("a.ipynb", 1e9)]).toEqual(["unknown", "archive", "text"]);
  });
});
