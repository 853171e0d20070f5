import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [svelte()],
  build: {
    outDir: isSsrBuild ? 'dist/server' : 'dist/client',
    sourcemap: isSsrBuild,
    rolldownOptions: isSsrBuild ? { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } } : {},
  },
  ssr: { noExternal: true }, // The bundle contains its packages.
}));
