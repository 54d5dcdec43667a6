import { expect, it } from "vitest";
import { loopbackSigner } from "#stores/loopback-signer.ts";

it.each(["https://dynamodb.eu-west-1.amazonaws.com", "http://10.0.0.5:8000", "http://127.0.0.1.example.com", undefined])(
  "leaves the signing of %s to the client library",
  (endpoint) => {
    expect(loopbackSigner(endpoint, {})).toBeUndefined();
  },
);

it("names the access key to an engine on this machine, which keeps tables apart by it", async () => {
  const signer = loopbackSigner("http://127.0.0.1:8000", { AWS_ACCESS_KEY_ID: "mine", AWS_REGION: "eu-west-1" });
  const request = { method: "POST", protocol: "http:", hostname: "127.0.0.1", path: "/", headers: {} };

  expect((await signer?.sign(request))?.headers).toMatchObject({ authorization: expect.stringContaining("Credential=mine/20000101/eu-west-1/dynamodb/") });
});
