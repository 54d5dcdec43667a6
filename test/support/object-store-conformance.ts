import type { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, it } from "vitest";
import { bucketCases } from "./object-store/bucket-cases.ts";
import { type ConformanceCase, freshBuckets } from "./object-store/case.ts";
import { conditionCases } from "./object-store/condition-cases.ts";
import { integrityCases } from "./object-store/integrity-cases.ts";
import { listingCases } from "./object-store/listing-cases.ts";
import { multipartCases } from "./object-store/multipart-cases.ts";
import { objectCases } from "./object-store/object-cases.ts";
import { versionCases } from "./object-store/version-cases.ts";

const groups: Readonly<Record<string, readonly ConformanceCase[]>> = {
  buckets: bucketCases,
  objects: objectCases,
  integrity: integrityCases,
  conditions: conditionCases,
  listings: listingCases,
  "multipart uploads": multipartCases,
  versions: versionCases,
};

export interface ConformanceTarget {
  /** A client of the server under test, with path-style addressing. */
  connect(): Promise<S3Client>;
  close(): Promise<void>;
  /** Cases where this server is known not to do what S3 does, with what it does instead. Each must fail: one that passes is no difference any more. */
  readonly differences?: Readonly<Record<string, string>>;
}

/** What the platform relies on in S3, as cases against any server of the S3 REST API. */
export function objectStoreConformance(title: string, target: ConformanceTarget): void {
  describe(title, () => {
    let client: S3Client;
    beforeAll(async () => {
      client = await target.connect();
    });
    afterAll(async () => {
      client?.destroy();
      await target.close();
    });
    for (const [group, cases] of Object.entries(groups))
      describe(group, () => {
        for (const { name, run } of cases) {
          const difference = target.differences?.[name];
          const verdict = difference === undefined ? it : it.fails;
          verdict(difference === undefined ? name : `${name} (known difference: ${difference})`, () => run({ client, ...freshBuckets(client) }));
        }
      });
  });
}
