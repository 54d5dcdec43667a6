import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startOfToken, successorOfPrefix, tokenOf } from "#infra/local/s3/key-order.ts";

const bytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));
const key = fc.string({ unit: fc.constantFrom("a", "/", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}", "é", "\u0001"), maxLength: 5 });

describe("the successor of a prefix", () => {
  it("is above every key of the prefix and not above any other key that is above the prefix", () => {
    fc.assert(
      fc.property(key, key, (prefix, other) => {
        const successor = successorOfPrefix(prefix);
        const inRange = bytes(other, prefix) >= 0 && (successor === undefined || bytes(other, successor) < 0);

        expect(inRange).toBe(other.startsWith(prefix));
      }),
    );
  });
  it("does not exist for the highest character", () => {
    expect(successorOfPrefix("\u{10FFFF}")).toBeUndefined();
  });
});

describe("continuation tokens", () => {
  it("say where to go on, behind a key or behind a prefix", () => {
    expect(startOfToken(tokenOf({ key: "a/ü" }))).toEqual({ from: "a/ü", inclusive: false });
    expect(startOfToken(tokenOf({ prefix: "a/" }))).toEqual({ from: "a0", inclusive: true });
  });
  it.each(["", "abc", "%%%", "eA"])("%j is none", (token) => {
    expect(startOfToken(token)).toBeUndefined();
  });
});
