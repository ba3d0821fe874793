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

// "/events?who=AZE": empty values are left out.
export function apiPath(path: string, query: Query = {}): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
	const text = params.toString();
	return API + path + (text ? '?' + text : '');
}

export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
	const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal });
	if (!answer.ok) {
		const told = (await answer.json().catch(() => null)) as { error?: string } | null;
		throw new ApiError(answer.status, told?.error ?? `the server answered ${answer.status}`);
	}
	return (await answer.json()) as T;
}

export interface Asked<T> {
	data?: T;
	error?: ApiError | Error;
	loading: boolean;
}

// null: nothing to ask yet. What an earlier question gave stays until the next answer is there.
export function useApi<T>(url: string | null): Asked<T> {
	const [asked, set] = useState<Asked<T>>({ loading: url !== null });

	useEffect(() => {
		if (url === null) {
			set({ loading: false });
			return;
		}
		const stop = new AbortController();
		set((before) => ({ data: before.data, loading: true }));
		get<T>(url, stop.signal).then(
			(data) => set({ data, loading: false }),
			(error: Error) => {
				if (!stop.signal.aborted) set({ error, loading: false });
			},
		);
		return () => stop.abort();
	}, [url]);
	return asked;
}
