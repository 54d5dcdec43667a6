import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { datasetVersioned } from "#contracts/events/datasets.ts";
import { eventOf } from "#contracts/events/platform-event.ts";
import { DependencyError } from "#core/errors.ts";
import { putEvent } from "#gateways/eventbridge/events.ts";

const client = new EventBridgeClient({ region: "us-east-1" });
const aws = mockClient(client);
const detail = { dataset: "churn", version: "0123456789abcdef", manifestUri: "s3://data/manifest.json", rows: 3 };
const put = async () => await putEvent(client, "capstan", eventOf(datasetVersioned, detail));

beforeEach(() => aws.reset());
afterAll(() => client.destroy());

describe("putEvent", () => {
  it("puts one event on the bus, as the platform's", async () => {
    aws.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: "1" }] });

    await put();

    expect(aws.commandCalls(PutEventsCommand).map(({ args }) => args[0].input)).toEqual([
      { Entries: [{ EventBusName: "capstan", Source: "capstan", DetailType: "dataset.versioned", Detail: JSON.stringify(detail) }] },
    ]);
  });

  it("fails when the bus answers that it did not take the entry", async () => {
    aws.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException", ErrorMessage: "slow down" }] });

    await expect(put()).rejects.toThrow(new DependencyError("event dataset.versioned was not taken: ThrottlingException: slow down"));
  });

  it("fails as a dependency when the bus cannot be reached", async () => {
    aws.on(PutEventsCommand).rejects(new Error("connect ECONNREFUSED"));

    await expect(put()).rejects.toThrow(DependencyError);
  });
});

describe("eventOf", () => {
  it("refuses a detail that is not what the event's contract says", () => {
    expect(() => eventOf(datasetVersioned, { ...detail, rows: 1.5 })).toThrow(/rows/);
  });
});
