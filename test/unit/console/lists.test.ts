import { describe, expect, it } from "vitest";
import { arrange, type ListColumn, sortedBy } from "../../../web/src/parts/arrange.ts";
import { askedOf, inView, placesOf } from "../../../web/src/parts/list-columns.ts";
import { listFile } from "../../../web/src/parts/list-export.ts";
import { conditionsOf, without } from "../../../web/src/parts/list-filter.ts";

interface Row {
  readonly name: string;
  readonly state: string;
  readonly size?: number;
  readonly at: number;
}
const columns: readonly ListColumn<Row>[] = [
  { id: "name", header: "Name", sortBy: ({ name }) => name, isName: true },
  { id: "state", header: "Last state", sortBy: ({ state }) => state },
  { id: "size", header: "Size", sortBy: ({ size }) => size },
  { id: "at", header: "Changed", sortBy: ({ at }) => at, isTime: true, isOptional: true },
  { id: "actions", header: "Actions" },
];
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const rows: readonly Row[] = [
  { name: "alpha one", state: "failed", size: 10, at: day("2026-01-05") },
  { name: "beta", state: "succeeded", size: 9, at: day("2026-02-05") },
  { name: "gamma", state: "not failed", at: day("2026-03-05") },
];
const left = (text: string, sort = "") => arrange(rows, columns, { text, sort }).map(({ name }) => name);

describe("a list's filter", () => {
  it.each([
    ["", "alpha one,beta,gamma"],
    ["ALPHA", "alpha one"],
    ["one alpha", "alpha one"],
    ['"one alpha"', ""],
    ["failed", "alpha one,gamma"],
    ["laststate:failed gamma", "gamma"],
    ['"last state"=failed', "alpha one"],
    ["state!=failed", "beta,gamma"],
    ["state!:failed", "beta"],
    ["size>9", "alpha one"],
    ["size<=9", "beta"],
    ["size>many", ""],
    ["changed>2026-02-01 state:ed", "beta,gamma"],
    ["changed:2026-03", "gamma"],
    ["nothing:there", ""],
    ["actions:x", ""],
  ])("%s leaves %s", (text, names) => {
    expect(left(text).join(",")).toBe(names);
  });

  it("takes a piece that names no column for a text, and gives up one piece and no other", () => {
    const [first, second, third] = conditionsOf("a:b state:failed state:failed", columns);

    expect(first).toEqual({ written: "a:b", value: "a:b", operator: ":" });
    expect(second).toMatchObject({ column: "state", operator: ":", value: "failed" });
    expect(third && without("a:b state:failed state:failed", third)).toBe("a:b state:failed");
  });
});

describe("a list's order", () => {
  it("is by several columns, the last one asked for first, missing values last", () => {
    const twins = [...rows, { name: "beta", state: "failed", size: 1, at: 0 }];

    expect(sortedBy("name", { id: "state", descending: true })).toBe("-state,name");
    expect(sortedBy("-state,name,at", { id: "size", descending: false })).toBe("size,-state,name");
    expect(sortedBy("-state,name", { id: "name", descending: true })).toBe("-name,-state");
    expect(arrange(twins, columns, { text: "", sort: "name,size" }).map(({ size }) => size)).toEqual([10, 1, 9, undefined]);
    expect(left("", "size")).toEqual(["beta", "alpha one", "gamma"]);
    expect(left("", "actions,nothing")).toEqual(["alpha one", "beta", "gamma"]);
  });
});

describe("a list's columns", () => {
  it("are those of the address, in its order; without one, all but the optional ones", () => {
    expect(inView(columns, placesOf(columns, "")).map(({ id }) => id)).toEqual(["name", "state", "size", "actions"]);
    expect(inView(columns, placesOf(columns, "at,name,gone")).map(({ id }) => id)).toEqual(["at", "name"]);
    expect(askedOf(columns, placesOf(columns, ""))).toBe("");
    expect(askedOf(columns, placesOf(columns, "at,name"))).toBe("at,name");
  });
});

describe("a list as a file", () => {
  it("has the rows and columns in view, times in ISO 8601, and no formula", () => {
    const asked = inView(columns, placesOf(columns, "name,at,size,actions"));
    const wild = [...rows.slice(1), { name: '=cmd|"x"', state: "", at: 0 }];

    expect(listFile("csv", wild, asked)).toBe(
      `Name,Changed,Size\r\nbeta,2026-02-05T00:00:00.000Z,9\r\ngamma,2026-03-05T00:00:00.000Z,\r\n"'=cmd|""x""",1970-01-01T00:00:00.000Z,\r\n`,
    );
    expect(JSON.parse(listFile("json", rows.slice(0, 1), asked))).toEqual([{ Name: "alpha one", Changed: "2026-01-05T00:00:00.000Z", Size: 10 }]);
  });
});
