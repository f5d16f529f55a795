import { defineConfig } from 'vitest/config';

const alias = { homeplane: new URL('./src/index.ts', import.meta.url).pathname };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'fast',
          include: ['src/**/*.test.ts', 'test/fast/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          globalSetup: ['test/real/setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Each file boots real control planes: side by side they would only measure each other.
          fileParallelism: false,
        },
      },
    ],
  },
});
