import { defineConfig } from 'vitest/config';

const resolve = { alias: { homeplane: new URL('./src/index.ts', import.meta.url).pathname } };

/** Tests that wait for whole twins to be ready: side by side they would only measure each other. */
const TWINS = ['converge', 'page', 'trouble'].map((name) => `test/real/${name}.test.ts`);

const real = {
  globalSetup: ['test/real/setup.ts'],
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'fast',
          include: ['src/**/*.test.ts', 'test/fast/**/*.test.ts'],
          testTimeout: 30_000,
          // One more than there may be cores: most of these wait for programs that they run.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve,
        test: {
          ...real,
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          exclude: TWINS,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: { ...real, name: 'twin', include: TWINS, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
