import type { PageInfo } from '../types';

// Which page tells it; leads to the sentence there, marked.
export function Source({ page, record }: { page: PageInfo | undefined; record?: string }) {
	if (!page) return null;
	const where = '/page/' + page.id + (record ? '?record=' + encodeURIComponent(record) : '');

	return (
		<a class="source" href={where} title={page.title ?? page.path}>
			{page.outlet ?? page.agency ?? page.title ?? page.path}
			{page.published && <time dateTime={page.published}>, {page.published}</time>}
		</a>
	);
}
