// Asking the API. Every view's data comes through useApi, so that loading, failure and emptiness look alike everywhere.
import { useEffect, useState } from 'preact/hooks';

export const API = '/api/v1';

export class ApiError extends Error {
	constructor(
		public status: number,
		text: string,
	) {
		super(text);
	}
}

export type Query = Record<string, string | number | undefined | null>;

// "?who=AZE", or nothing: empty values are left out.
export function queryText(query: Query): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
	const text = params.toString();
	return text ? '?' + text : '';
}

// "/api/v1/events?who=AZE"
export function apiPath(path: string, query: Query = {}): string {
	return API + path + queryText(query);
}

// What lists may be asked for, wherever it stands in the URL of a view.
export const filterNames = ['who', 'with', 'to', 'since', 'until', 'due', 'type', 'mode', 'status', 'state', 'today', 'place', 'context', 'about', 'search', 'page', 'rejected', 'variants'];

// Of a URL's query what the API is asked. What else stands there (utm_source, of whoever sent the link) is nobody's question.
export function filtersOf(query: Record<string, string>, also: string[] = []): Record<string, string> {
	return Object.fromEntries(Object.entries(query).filter(([name, value]) => value && (filterNames.includes(name) || also.includes(name))));
}

const turns = /[\u202a\u202b\u202d\u202e\u2066-\u2068]/;

// A page's text may turn the direction of writing and not turn it back: it would turn what stands behind it in the view, too. What a
// text opens is closed at its end, so that offsets into it stay as they are.
export function closed(text: string): string {
	let ends = '';

	for (const c of text) {
		if (turns.test(c)) ends = (c < '\u2066' ? '\u202c' : '\u2069') + ends;
		else if (ends && c === ends[0]) ends = ends.slice(1);
	}
	return text + ends;
}

// A request that came to no answer, in words; one that was given up stays what it is.
export function unreached(error: Error): never {
	throw error.name === 'AbortError' ? error : new Error('The server does not answer');
}

export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
	const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal }).catch((error: Error) => unreached(error));
	if (!answer.ok) {
		const told = (await answer.json().catch(() => null)) as { error?: string } | null;
		throw new ApiError(answer.status, told?.error ?? `the server answered ${answer.status}`);
	}
	const text = await answer.text();
	return JSON.parse(text, turns.test(text) ? (_, value: unknown) => (typeof value === 'string' ? closed(value) : value) : undefined) as T;
}

// A page of some lists holds fewer records than it may, or none, though there are more: goes on until there are so many, for so many pages.
export function getOn<T>(least: number, pages = 20) {
	return async (url: string, signal?: AbortSignal): Promise<{ records: T[]; next: string | null }> => {
		let list = await get<{ records: T[]; next: string | null }>(url, signal);
		const at = new URL(url, location.href);

		for (let n = 1; n < pages && list.next && list.records.length < least; n++) {
			at.searchParams.set('after', list.next);
			const more = await get<typeof list>(at.pathname + at.search, signal);
			list = { records: [...list.records, ...more.records], next: more.next };
		}
		return list;
	};
}

export interface Asked<T> {
	data?: T;
	error?: ApiError | Error;
	loading: boolean;
}

// null: nothing to ask yet. What an earlier question gave stays until the next answer is there. Another number in times asks anew.
export function useApi<T>(url: string | null, times = 0, ask: (url: string, signal?: AbortSignal) => Promise<T> = get<T>): Asked<T> {
	const [asked, set] = useState<Asked<T>>({ loading: url !== null });

	useEffect(() => {
		if (url === null) {
			set({ loading: false });
			return;
		}
		const stop = new AbortController();
		set((before) => ({ data: before.data, loading: true }));
		ask(url, stop.signal).then(
			(data) => set({ data, loading: false }),
			(error: Error) => {
				if (!stop.signal.aborted) set({ error, loading: false });
			},
		);
		return () => stop.abort();
	}, [url, times]);
	return asked;
}

// What lasts as long as the page, asked once however many want it; a failure is forgotten, so that the next view tries again.
const kept = new Map<string, Promise<unknown>>();

export function useOnce<T>(url: string): T | undefined {
	const [data, set] = useState<T>();

	useEffect(() => {
		let here = true;
		let asked = kept.get(url) as Promise<T> | undefined;
		if (!asked) {
			asked = get<T>(url);
			kept.set(url, asked);
		}
		asked.then(
			(answer) => here && set(() => answer),
			() => kept.delete(url),
		);
		return () => {
			here = false;
		};
	}, [url]);
	return data;
}
