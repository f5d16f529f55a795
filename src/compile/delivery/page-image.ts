import type { ClusterPlan } from '../plan.ts';

const PART = 'status-page';
/** Renovate keeps it current. */
const NODE_IMAGE = 'docker.io/library/node:22.20-bookworm-slim';

/** The images of the page that clusters run, each once. */
export function pageImages(plans: readonly ClusterPlan[]): string[] {
  const parts = plans.flatMap(({ components }) =>
    components.filter(({ component }) => component.name === PART),
  );
  const pods = parts.flatMap(({ contribution }) =>
    (contribution.objects ?? []).filter(({ kind }) => kind === 'Deployment'),
  );
  const images = pods.flatMap((object) => [...JSON.stringify(object).matchAll(/"image":"([^"]+)"/g)]);
  return [...new Set(images.map(([, image = '']) => image))];
}

/** What the image is made of: homeplane as the repository's own lock has it, and nothing else of the repository. */
export const PAGE_DOCKERFILE = `FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts && npm cache clean --force

FROM ${NODE_IMAGE}
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
ENV NODE_ENV=production
USER 1000:1000
ENTRYPOINT ["node", "node_modules/homeplane/dist/cli/main.js"]
`;

/** The job that builds and pushes it, for both architectures, when the lock has changed. */
export function pageJob(image: string, path: string, branch: string): object {
  const file = path === '.' ? `${PART}/Dockerfile` : `${path}/${PART}/Dockerfile`;
  return {
    if: `github.ref == 'refs/heads/${branch}'`,
    'runs-on': 'ubuntu-24.04',
    permissions: { contents: 'read', packages: 'write' },
    steps: [
      { uses: 'actions/checkout@v5' },
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
