import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { bundleFile, bundleFunctions } from "#infra/build/functions.ts";
import { buildLayers } from "#infra/build/layers.ts";
import { readConfig } from "#infra/config.ts";
import { functions } from "#infra/inventory.ts";
import { platformStacks } from "#infra/stacks/platform-stacks.ts";

const flags = (JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8")) as { context: Record<string, unknown> }).context;

/** Templates are about everything but the code: it stays where it is, and may be of an earlier build. */
const quick = { "aws:cdk:disable-asset-staging": true };

/** The app with the flags of cdk.json, to be synthesized into a folder of its own. */
export async function anApp(config: object = {}, context: Readonly<Record<string, unknown>> = {}) {
  buildLayers();
  const missing = functions.filter((spec) => !existsSync(bundleFile(spec)));
  if (missing.length > 0) await bundleFunctions(missing);
  const folder = mkdtempSync(join(tmpdir(), "capstan-synth-"));
  const app = new App({ context: { ...flags, ...quick, ...context }, outdir: folder });
  return { app, folder, stacks: platformStacks(app, readConfig(config)) };
}

export type Resource = Readonly<{ Type: string; Properties: Readonly<Record<string, unknown>> }>;

/** The templates of all stacks. */
export async function templatesOf(config: object = {}) {
  const { folder, stacks } = await anApp(config, { "@aws-cdk/core:validateAgainstDefaultRules": false });
  const template = (stack: Stack) => Template.fromStack(stack);
  const { storage, pipelines, api, serving, monitoring, web } = stacks;
  const templates = {
    storage: template(storage),
    pipelines: template(pipelines),
    api: template(api),
    serving: template(serving),
    monitoring: template(monitoring),
    web: template(web),
  };
  rmSync(folder, { recursive: true });
  return templates;
}

/** The resources of all templates in one list. */
export const resourcesOf = (templates: Readonly<Record<string, Template>>): Resource[] =>
  Object.values(templates).flatMap((template) => Object.values(template.toJSON()["Resources"] as Record<string, Resource>));
