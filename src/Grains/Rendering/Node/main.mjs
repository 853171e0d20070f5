import { setFlagsFromString } from 'node:v8';
import { loadAdapter } from './adapters.mjs';
import { watchBackends } from './backends.mjs';
import { guardConsole } from './console.mjs';
import { dieOnUncaught, end, guardExit } from './endings.mjs';
import { FrameReader, FrameWriter } from './frames.mjs';
import { Requests } from './requests.mjs';
import { readSettings } from './settings.mjs';
import { takeStreams } from './streams.mjs';

const orphaned = 3;

/** Warms up, says so, and answers requests until the input ends. */
export async function main(settingsPath) {
  const { input, output } = takeStreams();
  if (isOrphan()) {
    end(orphaned);
  }

  process.on('SIGINT', () => {}); // Ctrl-C in a terminal reaches children too; the silo decides what becomes of the work.
  guardExit();

  // There is a process for each core: helpers would only take the time of its neighbours.
  setFlagsFromString('--no-parallel-scavenge');

  const settings = readSettings(settingsPath);
  const writer = new FrameWriter(output);
  dieOnUncaught(writer);
  watchBackends();
  const adapter = await loadAdapter(settings);
  guardConsole(); // Around zone.js, where the bundle has it: it calls the console outside of every page.
  const reader = new FrameReader(settings.maxFrameBytes, new Requests(adapter, settings, writer));

  writer.ready();
  input.on('data', chunk => reader.push(chunk));
  input.on('end', () => end(0));
}

function isOrphan() {
  const parent = process.env.ARMATURE_PARENT_PID;
  return process.platform === 'linux' && parent !== undefined && process.ppid !== Number(parent);
}
