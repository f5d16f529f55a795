import { workloadImages } from '../../kube/index.ts';
import { unique } from '../../util/index.ts';
import type { ClusterPlan } from '../plan.ts';

export const PAGE_PART = 'status-page';
/** Renovate keeps it current. */
const NODE_IMAGE = 'docker.io/library/node:22.20-bookworm-slim';

/** The images of the page that clusters run, each once. */
export function pageImages(plans: readonly ClusterPlan[]): string[] {
  const parts = plans
    .flatMap(({ components }) => components)
    .filter(({ component }) => component.name === PAGE_PART);
  return unique(parts.flatMap(({ contribution }) => (contribution.objects ?? []).flatMap(workloadImages)));
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
