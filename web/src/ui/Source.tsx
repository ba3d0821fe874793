import { queryText } from '../api';
import { day } from './When';
import type { PageInfo } from '../types';

// The view of a page; of a record: its sentence there, marked.
export function pageHref(page: string, record?: string, sentence?: number | null): string {
	return '/page/' + page + queryText({ record }) + (typeof sentence === 'number' ? '#s' + sentence : '');
}

// Which page tells it; leads to the sentence there, marked.
export function Source({ page, record, sentence }: { page: PageInfo | undefined; record?: string; sentence?: number | null }) {
	if (!page) return null;
	const path = page.path.split('/').pop();

	return (
		<a class="source" href={pageHref(page.id, record, sentence)} title={page.title ?? page.path}>
			{page.outlet ?? page.agency ?? path}
			{page.published && (
				<>
					, <time dateTime={page.published}>{day(page.published)}</time>
				</>
			)}
		</a>
	);
}
