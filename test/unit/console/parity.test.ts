import { describe, expect, it } from "vitest";
import { agreementOf, compared } from "../../../web/src/features/parity.ts";

describe("a value that is served and the history's", () => {
  it.each([
    ["INT64", 5, "5", "same"],
    ["INT64", 5, "6", "different"],
    ["FLOAT", 0.10000000149011612, "0.1", "same"],
    ["DOUBLE", 0.1, "0.1", "same"],
    ["DOUBLE", 0.1, "0.10000000000000002", "different"],
    ["BOOL", true, "true", "same"],
    ["STRING", "a", "a", "same"],
    ["STRING", null, null, "same"],
    ["STRING", null, "a", "different"],
    ["INT32", 0, null, "different"],
    ["UNIX_TIMESTAMP", "2026-03-02T10:00:00Z", "2026-03-02 10:00:00", "same"],
    ["UNIX_TIMESTAMP", 1772445600, "2026-03-02 10:00:00", "same"],
    ["INT64", 2 ** 60, "1152921504606846977", "notCompared"],
    ["INT64_LIST", [1], "[1]", "notCompared"],
  ])("of type %s, %j and %j, are %s", (valueType, online, offline, agreement) => {
    expect(agreementOf(valueType, online, offline)).toBe(agreement);
  });
});

it("puts what differs first, each value beside its own key and feature whatever the order of the stores", () => {
  const online = {
    metadata: { feature_names: ["driver_id", "trips", "rating"] },
    results: [
      [1, 2],
      [10, 20],
      [4.5, null],
    ].map((values) => ({ values, statuses: [], event_timestamps: [] })),
  };
  const offline = {
    columns: ["driver_id", "event_timestamp", "rating", "trips"],
    rows: [
      ["1", "t", "4.5", "10"],
      ["2", "t", null, "21"],
    ],
  };
  const features = [
    { name: "trips", valueType: "INT64" },
    { name: "rating", valueType: "DOUBLE" },
  ];

  expect(compared({ keys: ["1", "2"], features }, online, offline).map((one) => [one.key, one.feature, one.online, one.offline, one.agreement])).toEqual([
    ["2", "trips", "20", "21", "different"],
    ["1", "trips", "10", "10", "same"],
    ["1", "rating", "4.5", "4.5", "same"],
    ["2", "rating", "-", "-", "same"],
  ]);
});
