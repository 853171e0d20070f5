// Each line of the input is a first and a last number of the pages /products/N that are to be rendered.
import { createInterface } from 'node:readline';

export async function serve(render, keep = () => {}) {
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) {
    const [first, last] = line.split(' ').map(Number);
    let characters = 0;
    for (let id = first; id <= last; id++) {
      const page = await render(`/products/${id}`);
      keep(id, page);
      characters += page.length;
    }

    process.stdout.write(`done ${characters}\n`);
  }
}
