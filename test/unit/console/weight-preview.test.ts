import { describe, expect, it } from "vitest";
import { stickyVariant } from "#core/serving/choose-variant.ts";
import { movedShare, normalised, previewOf, type Shares, withShare } from "../../../web/src/endpoints/weight-preview.ts";

const variantsOf = (shares: Shares) => Object.entries(shares).map(([name, weight]) => ({ name, weight }));

/** How many of 20,000 keys the platform itself would give another variant. */
function movedByPlatform(before: Shares, after: Shares): number {
  const [was, is] = [variantsOf(before), variantsOf(after)];
  const keys = Array.from({ length: 20_000 }, (_none, index) => `client-${index}`);
  return keys.filter((key) => stickyVariant("shop", was, key)?.name !== stickyVariant("shop", is, key)?.name).length / keys.length;
}

describe("a share that is moved", () => {
  it("leaves the rest to the others in their proportions, so that all are 1 together", () => {
    const shares = withShare({ a: 0.5, b: 0.3, c: 0.2 }, "a", 0);

    expect(shares).toEqual({ a: 0, b: 0.6, c: 0.4 });
  });

  it("leaves the rest evenly to others that have none", () => {
    expect(withShare({ a: 1, b: 0, c: 0 }, "a", 0.4)).toEqual({ a: 0.4, b: 0.3, c: 0.3 });
  });

  it("stays between nothing and all, and at all where nobody else is there", () => {
    expect(withShare({ a: 0.5, b: 0.5 }, "a", 1.7)).toEqual({ a: 1, b: 0 });
    expect(withShare({ a: 1 }, "a", 0.2)).toEqual({ a: 1 });
  });

  it("is divided by the sum, as the platform does", () => {
    expect(normalised({ a: 3, b: 1 })).toEqual({ a: 0.75, b: 0.25 });
  });
});

describe("the share of sticky clients who change variant", () => {
  it.each([
    [
      { a: 0.9, b: 0.1 },
      { a: 0.7, b: 0.3 },
    ],
    [
      { a: 1, b: 0 },
      { a: 0.5, b: 0.5 },
    ],
    [
      { a: 0.5, b: 0.3, c: 0.2 },
      { a: 0.2, b: 0.2, c: 0.6 },
    ],
    [
      { a: 0.2, b: 0.3, c: 0.5 },
      { a: 0.6, b: 0, c: 0.4 },
    ],
  ] as const)("is what the platform's own assignment does from %j to %j", (before: Shares, after: Shares) => {
    // Three standard deviations of a share of 20,000 keys are 0.011 at most.
    expect(Math.abs(movedShare(before, after) - movedByPlatform(before, after))).toBeLessThan(0.011);
  });

  it("is none where nothing changes", () => {
    expect(movedShare({ a: 0.4, b: 0.6 }, { a: 0.4, b: 0.6 })).toBeCloseTo(0, 12);
  });
});

describe("the preview", () => {
  it("says where 1,000 requests go and how many clients move", () => {
    expect(previewOf({ a: 0.9, b: 0.1 }, { a: 0.7, b: 0.3 }, true)).toBe(
      "Of 1,000 requests about 700 go to a and 300 go to b. Clients are sticky: of 1,000 about 200 change variant, the others keep theirs.",
    );
  });

  it("says that nobody is tied to a variant where requests are drawn", () => {
    expect(previewOf({ a: 1, b: 0 }, { a: 0.5, b: 0.5 }, false)).toMatch(/each request is drawn anew\.$/);
  });
});
