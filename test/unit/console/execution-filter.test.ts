import { describe, expect, it } from "vitest";
import { askedOf, choicesOf } from "../../../web/src/pipelines/list/execution-filter.ts";

const now = Date.UTC(2026, 0, 31, 12, 0, 30);

describe("the filter of executions", () => {
  it("asks for what the address says, a span as the whole minute at which it begins", () => {
    expect(askedOf({ pipeline: "wine", status: "failed", by: "ann", model: "m", since: "1 day" }, now)).toEqual({
      pipeline: "wine",
      status: "failed",
      startedBy: "ann",
      registeredModel: "m",
      since: Date.UTC(2026, 0, 30, 12, 0),
    });
    expect(askedOf({ since: "2026-01-05" }, now)).toEqual({ since: Date.UTC(2026, 0, 5) });
    expect(askedOf({}, now)).toEqual({});
  });

  it.each([{ status: "lost" }, { since: "yesterday" }, { since: "2026-99-99" }])("does not ask for what there is not: %j", (filter) => {
    expect(askedOf(filter, now)).toBeUndefined();
  });

  it("offers what the platform knows and what was seen, each once", () => {
    const choices = choicesOf({ pipeline: ["b", "a", "b"], by: ["ann"], model: [undefined, "m"] });

    expect(choices.filter(({ propertyKey }) => propertyKey === "pipeline").map(({ value }) => value)).toEqual(["a", "b"]);
    expect(choices.filter(({ propertyKey }) => propertyKey === "model").map(({ value }) => value)).toEqual(["m"]);
    expect(choices.filter(({ propertyKey }) => propertyKey === "since").map(({ value }) => value)).toEqual(["1 hour", "1 day", "7 days", "30 days"]);
  });
});
