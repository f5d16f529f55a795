import { imagesBranch } from '../../components/index.ts';
import type { Homelab } from '../../model/index.ts';
import { PAGE_PART } from './page-image.ts';

const NODE = '22';
/** Kept current by Renovate, which pins them. */
const CHECKOUT = { uses: 'actions/checkout@v5' };
const SETUP_NODE = { uses: 'actions/setup-node@v5', with: { 'node-version': NODE, cache: 'npm' } };

/**
 * GitHub's checks of a pull request: the definition has no errors, the tree is what it compiles to, every image is
 * published for the nodes; what it does to the clusters is a comment at it. A pull request of Renovate gets its tree compiled for it.
 */
export function workflow(homelab: Homelab, pageImages: readonly string[]): object {
  const { path, branch } = homelab.git;
  const folder = path === '.' ? {} : { 'working-directory': path };
  const install = { name: 'Install', run: 'npm ci' };
  return {
    name: 'homelab',
    on: { pull_request: {}, push: { branches: [homelab.git.branch, 'renovate/**', imagesBranch('**')] } },
    permissions: { contents: 'read' },
    jobs: {
      ...Object.fromEntries(
        pageImages.map((image, index) => [
          index === 0 ? PAGE_PART : `${PAGE_PART}-${index + 1}`,
          pageJob(image, path, branch),
        ]),
      ),
      check: {
        'runs-on': 'ubuntu-24.04',
        steps: [
          CHECKOUT,
          SETUP_NODE,
          install,
          { name: 'Check the definition', run: 'npx homeplane check --format github', ...folder },
          { name: 'Check the secrets', run: 'npx homeplane secrets check --commit', ...folder },
          { name: 'Compile', run: 'npx homeplane build', ...folder },
          { name: 'The tree is what the definition compiles to', run: 'git diff --exit-code' },
          {
            name: 'Every image is published for the nodes',
            run: 'npx homeplane images --verify',
            ...folder,
          },
        ],
      },
      diff: {
        if: "github.event_name == 'pull_request'",
        'runs-on': 'ubuntu-24.04',
        permissions: { contents: 'read', 'pull-requests': 'write' },
        steps: [
          // The commit to compare with is not among the newest one alone.
          { ...CHECKOUT, with: { 'fetch-depth': 0 } },
          SETUP_NODE,
          install,
          {
            name: 'Say what it does to the clusters',
            env: {
              BASE: '${{ github.base_ref }}',
              NUMBER: '${{ github.event.number }}',
              GH_TOKEN: '${{ github.token }}',
            },
            run: [
              'npx homeplane diff "origin/$BASE" --format markdown | tee "$RUNNER_TEMP/diff.md" >> "$GITHUB_STEP_SUMMARY"',
              // A pull request from a fork may not comment; the summary has it.
              'gh pr comment "$NUMBER" --edit-last --create-if-none --body-file "$RUNNER_TEMP/diff.md" || true',
            ].join('\n'),
            ...folder,
          },
        ],
      },
      compile: {
        if: `startsWith(github.ref, 'refs/heads/renovate/') || startsWith(github.ref, 'refs/heads/${imagesBranch('')}')`,
        'runs-on': 'ubuntu-24.04',
        permissions: { contents: 'write', 'pull-requests': 'write' },
        steps: [
          CHECKOUT,
          SETUP_NODE,
          install,
          { name: 'Record the charts', run: 'npx homeplane lock', ...folder },
          { name: 'Compile', run: 'npx homeplane build', ...folder },
          {
            name: 'Commit',
            run: [
              'git config user.name homeplane',
              'git config user.email homeplane@users.noreply.github.com',
              'git add --all',
              "git diff --cached --quiet || git commit --message 'Compile the tree'",
              'git push',
            ].join('\n'),
          },
          {
            name: 'Ask to merge what Flux found',
            if: `startsWith(github.ref, 'refs/heads/${imagesBranch('')}')`,
            env: { GH_TOKEN: '${{ github.token }}' },
            // One that is open already takes the new commits by itself.
            run: 'gh pr create --fill || true\ngh pr merge --auto --squash',
          },
        ],
      },
    },
  };
}

/** The job that builds and pushes it, for both architectures, when the lock has changed. */
function pageJob(image: string, path: string, branch: string): object {
  const file = path === '.' ? `${PAGE_PART}/Dockerfile` : `${path}/${PAGE_PART}/Dockerfile`;
  return {
    if: `github.ref == 'refs/heads/${branch}'`,
    'runs-on': 'ubuntu-24.04',
    permissions: { contents: 'read', packages: 'write' },
    steps: [
      CHECKOUT,
      { uses: 'docker/setup-qemu-action@v3' },
      { uses: 'docker/setup-buildx-action@v3' },
      {
        uses: 'docker/login-action@v3',
        with: {
          registry: image.split('/')[0] ?? '',
          username: '${{ github.actor }}',
          password: '${{ github.token }}',
        },
      },
      {
        uses: 'docker/build-push-action@v6',
        with: {
          // Where package.json is.
          context: '.',
          file,
          platforms: 'linux/arm64,linux/amd64',
          push: true,
          tags: image,
          'cache-from': 'type=gha',
          'cache-to': 'type=gha,mode=max',
        },
      },
    ],
  };
}
