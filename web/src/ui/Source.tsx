import { queryText } from '../api';
import { day } from './When';
import type { PageInfo } from '../types';

// The view of a page; of a record: its sentence there, marked.
export function pageHref(page: string, record?: string, sentence?: number | null): string {
	return '/page/' + page + queryText({ record }) + (typeof sentence === 'number' ? '#s' + sentence : '');
}

// A path, which may be broken where its own parts meet rather than anywhere.
export function Path({ of }: { of: string }) {
	const parts = of.split(/(?<=[/_-])/);

	return (
		<>
			{parts.map((p, i) => (
				<>
					{i > 0 && <wbr />}
					{p}
				</>
			))}
		</>
	);
}

// Which page tells it; leads to the sentence there, marked.
export function Source({ page, record, sentence }: { page: PageInfo | undefined; record?: string; sentence?: number | null }) {
	if (!page) return null;
	const name = page.outlet ?? page.agency;

	return (
		<a class="source" href={pageHref(page.id, record, sentence)} title={page.title ?? page.path}>
			{name ?? <Path of={page.path.split('/').pop() ?? page.path} />}
			{page.published && (
				<>
					, <time dateTime={page.published}>{day(page.published)}</time>
				</>
			)}
		</a>
	);
}
