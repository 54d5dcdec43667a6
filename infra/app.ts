import { App, Tags } from "aws-cdk-lib";
import { readConfig } from "./config.ts";
import { platformStacks } from "./stacks/platform-stacks.ts";

/** The CDK app: configuration in, stacks out. Environment-agnostic, so that it synthesizes without credentials. */
const app = new App();
const config = readConfig(app.node.tryGetContext("capstan"));
platformStacks(app, config);
Tags.of(app).add("capstan:stage", config.stage);
