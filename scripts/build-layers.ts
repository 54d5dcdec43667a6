/** Assembles the native Lambda layers in dist/layers. Synthesis does the same where they are missing. */
import { buildLayers, layerNames } from "#infra/build/layers.ts";

const made = buildLayers();
process.stdout.write(`${layerNames.map((name) => `${name}${made.includes(name) ? "" : " (as it was)"}`).join(", ")}\n`);
