import { corsRules } from "./bucket-rows.ts";
import { refusal } from "./errors.ts";
import { type Operation, xmlReply } from "./exchange.ts";
import { childrenOf, parseXml, textOf } from "./parse-xml.ts";
import { readDocument } from "./payload.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

export const getCors: Operation = (store, request) => {
  const { cors } = store.buckets.get(request.bucket);
  if (cors === undefined) throw refusal("NoSuchCORSConfiguration", "The CORS configuration does not exist", { BucketName: request.bucket });
  return xmlReply(
    xmlDocument(
      "CORSConfiguration",
      cors.map(
        (rule): XmlElement => [
          "CORSRule",
          [
            ...rule.allowedOrigins.map((origin): XmlElement => ["AllowedOrigin", origin]),
            ...rule.allowedMethods.map((method): XmlElement => ["AllowedMethod", method]),
            ...rule.allowedHeaders.map((header): XmlElement => ["AllowedHeader", header]),
            ...rule.exposeHeaders.map((header): XmlElement => ["ExposeHeader", header]),
            ["MaxAgeSeconds", rule.maxAgeSeconds],
          ],
        ],
      ),
    ),
  );
};

export const putCors: Operation = async (store, request) => {
  store.buckets.get(request.bucket);
  const root = parseXml(await readDocument(request.payload), "CORSConfiguration");
  const rules = corsRules.safeParse(
    childrenOf(root, "CORSRule").map((node) => {
      const all = (name: string) => childrenOf(node, name).map(({ text }) => text.trim());
      const age = textOf(node, "MaxAgeSeconds");
      return {
        allowedOrigins: all("AllowedOrigin"),
        allowedMethods: all("AllowedMethod"),
        allowedHeaders: all("AllowedHeader"),
        exposeHeaders: all("ExposeHeader"),
        ...(age !== undefined && { maxAgeSeconds: Number(age) }),
      };
    }),
  );
  if (!rules.success) throw refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
  await store.queue.commit(() => store.buckets.setCors(request.bucket, rules.data));
  return { status: 200, headers: {} };
};

export const deleteCors: Operation = async (store, request) => {
  store.buckets.get(request.bucket);
  await store.queue.commit(() => store.buckets.setCors(request.bucket, undefined));
  return { status: 204, headers: {} };
};
