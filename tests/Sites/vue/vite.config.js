import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [vue()],
  build: {
    outDir: isSsrBuild ? 'dist/server' : 'dist/client',
    sourcemap: isSsrBuild,
    rolldownOptions: isSsrBuild ? { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } } : {},
  },
  ssr: { noExternal: true }, // The bundle contains its packages.
}));
