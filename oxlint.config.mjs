import { defineConfig } from 'oxlint';

/** The folders of src/ in their order: each may import those above it, never those below (ARCHITECTURE.md, 'Layers'). */
const LAYERS = [
  'util',
  'kube',
  'process',
  'model',
  'components',
  'apps',
  'compile',
  'capacity',
  'lock',
  'diff',
  'check',
  'project',
  'toolchain',
  'repository',
  'verify',
  'secrets',
  'twin',
  'observe',
  'docs',
  'status',
  'cli',
];

const layerRules = LAYERS.slice(0, -1).map((layer, index) => {
  const below = LAYERS.slice(index + 1);
  const group = below.flatMap((other) => [`**/${other}/*.ts`, `**/${other}/**/*.ts`]);
  const message = `${layer}/ stands above these folders (ARCHITECTURE.md, 'Layers').`;
  return {
    files: [`src/${layer}/**/*.ts`, `src/${layer}/**/*.tsx`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
  };
});

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'node', 'jsx-a11y'],
  settings: { 'jsx-a11y': { attributes: { for: ['for'] } } },
  categories: { correctness: 'error', suspicious: 'error' },
  rules: {
    'max-lines': ['error', { max: 300 }],
    complexity: ['error', { max: 15, variant: 'modified' }],
    'max-depth': ['error', 4],
    'no-console': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    eqeqeq: 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'off',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'no-await-in-loop': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'import/no-unassigned-import': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'no-unsafe-finally': 'error',
    'consistent-return': 'off',
    'typescript/consistent-return': 'off',
  },
  overrides: [
    ...layerRules,
    {
      files: ['src/cli/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
      rules: { 'no-console': 'off' },
    },
    {
      files: ['**/*.test.ts', 'test/**/*.ts', 'bench/**/*.ts'],
      rules: {
        'max-lines': 'off',
        'no-restricted-imports': 'off',
        'typescript/no-unsafe-type-assertion': 'off',
      },
    },
  ],
  ignorePatterns: ['dist/**', 'homelab/clusters/**'],
});
