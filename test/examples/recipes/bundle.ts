/** One file: esbuild puts an application and this package into a module that runs where nothing is installed. */
import { build } from "esbuild";

await build({
  entryPoints: ["opentelemetry.ts"],
  outfile: process.argv[2] ?? "bundle.mjs",
  bundle: true,
  platform: "node",
  format: "esm",
});
