// Renders the pages of one site for a silo: a child of its process pool. docs/rendering-renderer.md has the protocol.
// node [flags] renderer.mjs SETTINGS.json
//
// This file runs on every Node that knows modules, so that one that is too old is told in plain words.

const oldest = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `Rendering needs Node ${oldest.join('.')} or later, but ${process.execPath} is ${process.version}; install a newer one, or name it in the options.\n`,
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./main.mjs');
  await main(process.argv[2]);
}
