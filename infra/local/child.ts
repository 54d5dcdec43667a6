/** Runs the server of a function (`functions/<name>/server.ts`) as a child of the platform: ends when the platform does, however that ends. */
const name = process.argv[2] ?? "";
process.on("disconnect", () => process.exit(0));
await import(new URL(`../../functions/${name}/server.ts`, import.meta.url).href);
