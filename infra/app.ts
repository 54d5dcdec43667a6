import { App } from "aws-cdk-lib";
import { bundleFunctions } from "./build/functions.ts";
import { buildLayers } from "./build/layers.ts";
import { readConfig } from "./config.ts";
import { functions } from "./inventory.ts";
import { platformStacks } from "./stacks/platform-stacks.ts";

/** The CDK app: configuration in, stacks out. Needs neither network nor credentials. */
const app = new App();
const config = readConfig(app.node.tryGetContext("capstan"));
buildLayers();
await bundleFunctions(functions);
platformStacks(app, config);
