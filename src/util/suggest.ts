import { closest, distance } from 'fastest-levenshtein';

/** The candidate a typist probably meant, or undefined when none is near enough to be worth saying. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(
    word.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const match = candidates.find((candidate) => candidate.toLowerCase() === best);
  return match !== undefined && distance(word.toLowerCase(), best) <= Math.max(2, word.length / 3)
    ? match
    : undefined;
}
