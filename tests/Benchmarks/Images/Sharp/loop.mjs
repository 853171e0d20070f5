// Makes a 200 px JPEG and a 1920 px WebP of every picture of a folder, once for each line on standard input.
// Arguments: the folder, and how many pictures at a time. One libvips thread per picture, no operation cache.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';

const [folder, width] = process.argv.slice(2);
const pictures = readdirSync(folder).sort().map(name => readFileSync(join(folder, name)));
sharp.cache(false);
sharp.concurrency(1);

const inside = size => ({ width: size, height: size, fit: 'inside', withoutEnlargement: true });

async function make(picture) {
  const source = sharp(picture, { failOn: 'error' }).autoOrient();
  await source.clone().resize(inside(1920)).webp({ quality: 80, effort: 2 }).toBuffer();
  await source.clone().resize(inside(200)).jpeg({ quality: 80, optimizeCoding: false }).toBuffer();
}

async function worker(queue) {
  for (let picture = queue.pop(); picture; picture = queue.pop()) {
    await make(picture);
  }
}

console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  const queue = [...pictures];
  await Promise.all(Array.from({ length: Number(width) }, () => worker(queue)));
  console.log('done');
}
