import gt from 'semver/functions/gt.js';
import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import type { Context, ImageUpdates } from '../components/index.ts';
import type { Container } from './options.ts';

interface Image {
  readonly repository: string;
  readonly tag: string;
}

/** Repository and tag of an image reference; undefined for one without a tag, which is pinned by its digest. */
function parseImage(image: string): Image | undefined {
  const [, repository, tag] = /^(.+?):([\w][\w.-]*)(?:@.*)?$/.exec(image) ?? [];
  return repository === undefined || tag === undefined ? undefined : { repository, tag };
}

/** The container with the tag that Flux found for it, when that is newer than the definition's and in its range. */
export function withVersion(name: string, container: Container, { homelab, cluster }: Context): Container {
  const image = parseImage(container.image);
  const found = homelab.versions.get(cluster.name)?.[name];
  if (image === undefined || found === undefined || container.updates === undefined) return container;
  const newer =
    valid(found) !== null &&
    satisfies(found, container.updates) &&
    (valid(image.tag) === null || gt(found, image.tag));
  return newer ? { ...container, image: `${image.repository}:${found}` } : container;
}

/** What Flux is to look for; none for an image that may not change by itself. */
export function updatesOf(name: string, container: Container): ImageUpdates[] {
  const image = parseImage(container.image);
  const { updates } = container;
  return image === undefined || updates === undefined ? [] : [{ name, ...image, range: updates }];
}
