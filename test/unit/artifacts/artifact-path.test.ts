import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { artifactAddress } from "#core/artifacts/artifact-address.ts";
import { artifactFilePath, artifactPath } from "#core/artifacts/artifact-path.ts";
import { artifactReply, contentTypeOf } from "#core/artifacts/artifact-reply.ts";

describe("an artifact path", () => {
  it.each([
    ["a/b.txt", "a/b.txt"],
    ["a//b/./c/", "a/b/c"],
    ["", ""],
    ["a b+é.txt", "a b+é.txt"],
    ["100%/x%zz", "100%/x%zz"],
    ["a..b/...", "a..b/..."],
  ])("%j is %j", (given, expected) => {
    expect(artifactPath(given)).toBe(expected);
  });

  it.each([
    [".."],
    ["../a"],
    ["a/../b"],
    ["a/.."],
    ["%2e%2e/a"],
    ["a/%252e%252E/b"],
    ["/a"],
    ["%2Fa"],
    ["a\\b"],
    ["a%5cb"],
    ["a#b"],
    ["a%23b"],
    ["a\0b"],
    ["a%2500b"],
    ["x".repeat(1001)],
  ])("%j is refused", (given) => {
    expect(() => artifactPath(given)).toThrow("Invalid path");
  });

  it("never leaves its folder, however it is written and however often decoded", () => {
    const pieces = fc.constantFrom("..", ".", "/", "\\", "%2e", "%2E", "%25", "2e", "%2f", "a", "%", "%5c", "#", "\0");
    const accepted = (given: string): string => {
      try {
        return artifactPath(given);
      } catch (error) {
        expect(String(error)).toContain("Invalid path");
        return "";
      }
    };
    const decoded = (path: string): string => {
      try {
        return decodeURIComponent(path);
      } catch {
        return path;
      }
    };
    const given = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(given, (text) => {
        let path = accepted(text);
        for (let round = 0; round < 10; round += 1) {
          expect(path).not.toMatch(/^\/|[\\#\0]/);
          expect(path.split("/")).not.toContain("..");
          path = decoded(path);
        }
      }),
      { numRuns: 5000, examples: [["./%2f"]] },
    );
  });

  it("of a file is not the root", () => {
    expect(() => artifactFilePath("./")).toThrow("must name a file");
  });
});

describe("an artifact uri", () => {
  it.each([
    ["mlflow-artifacts:/1/r/artifacts", { bucket: "own", key: "mlflow/1/r/artifacts" }],
    ["mlflow-artifacts://host:5000/1/r", { bucket: "own", key: "mlflow/1/r" }],
    ["mlflow-artifacts:///1/r/", { bucket: "own", key: "mlflow/1/r" }],
    ["mlflow-artifacts:/", { bucket: "own", key: "mlflow" }],
    ["s3://other/a/b", { bucket: "other", key: "a/b" }],
    ["s3://other", { bucket: "other", key: "" }],
  ])("%s is an object's place", (uri, expected) => {
    expect(artifactAddress("own", uri)).toEqual(expected);
  });

  it.each([["file:///tmp"], ["mlflow-artifacts:/../x"], ["s3://b/../x"], ["s3:///x"], ["x"]])("%s is refused", (uri) => {
    expect(() => artifactAddress("own", uri)).toThrow();
  });
});

describe("a file as a reply", () => {
  const artifact = { body: (async function* () {})(), bytes: 3, etag: '"e"', discard: () => {} };

  it("is an attachment whose name survives quotes and letters beyond ASCII", () => {
    const { headers } = artifactReply({ kind: "body", artifact }, "mlflow/1/a'b\"é.png");

    expect(headers).toMatchObject({
      "content-disposition": "attachment; filename=\"a'b__.png\"; filename*=UTF-8''a%27b%22%C3%A9.png",
      "content-type": "image/png",
      "content-length": "3",
      "x-content-type-options": "nosniff",
      etag: '"e"',
    });
  });

  it.each([
    ["MLmodel", "text/plain"],
    ["a.JSON", "application/json"],
    ["model.pkl", "application/octet-stream"],
    ["constructor", "application/octet-stream"],
    ["train.py", "text/plain"],
  ])("%s has the type %s", (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });
});
