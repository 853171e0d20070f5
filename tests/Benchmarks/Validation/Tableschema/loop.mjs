// Checks a file by a schema with npm's tableschema each time a line comes, and says how many errors it found.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import tableschema from "tableschema";

const [file, schemaFile] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));

async function run() {
  const table = await tableschema.Table.load(file, { schema });
  let errors = 0;
  // forceCast gives errors as values instead of ending at the first one.
  const rows = await table.iter({ forceCast: true, stream: true });
  for await (const row of rows) {
    if (row instanceof Error) {
      errors += row.multiple ? row.errors.length : 1;
    }
  }

  return errors;
}

console.log("ready");
for await (const _ of createInterface({ input: process.stdin })) {
  console.log(`done ${await run()}`);
}
