// Who decides, and by what right: kept for this tab only, never in a URL.
import { useEffect, useState } from 'preact/hooks';
import { API, ApiError, unreached } from '../api';

const tokenKey = 'chancery-token';
const authorKey = 'chancery-author';
let refused = '';
const listeners = new Set<() => void>();

function read(key: string): string {
	try {
		return sessionStorage.getItem(key) ?? '';
	} catch {
		return '';
	}
}

function write(key: string, value: string) {
	try {
		if (value) sessionStorage.setItem(key, value);
		else sessionStorage.removeItem(key);
	} catch {
		/* kept nowhere: nobody can decide here */
	}
	listeners.forEach((f) => f());
}

export interface Right {
	token: string;
	author: string;
	refused: string; // why the token that was here is not any more
}

export function useRight(): Right {
	const [, turn] = useState(0);

	useEffect(() => {
		const told = () => turn((n) => n + 1);
		listeners.add(told);
		return () => {
			listeners.delete(told);
		};
	}, []);
	return { token: read(tokenKey), author: read(authorKey), refused };
}

// A header holds no signs beyond ASCII, and a word processor's dash or quotation mark is one.
export function setRight(token: string, author: string) {
	const odd = /[^\x20-\x7e]/u.exec(token)?.[0];

	refused = odd ? `A token has plain letters, digits and signs only; “${odd}” cannot be sent. Is it as it stands in the server’s file?` : '';
	write(authorKey, author);
	write(tokenKey, odd ? '' : token);
}

export const dropRight = () => setRight('', read(authorKey));

// A request that wants the token. A token that is none is forgotten, so that it is asked for again.
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
	const answer = await fetch(API + path, {
		method,
		headers: { Accept: 'application/json', Authorization: 'Bearer ' + read(tokenKey), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
		body: body === undefined ? undefined : JSON.stringify(body),
	}).catch((error: Error) => unreached(error));
	const told = (await answer.json().catch(() => null)) as (T & { error?: string }) | null;

	if (answer.status === 401) {
		refused = 'The server does not know this token.';
		write(tokenKey, '');
	}
	if (!answer.ok || !told) throw new ApiError(answer.status, told?.error ?? `the server answered ${answer.status}`);
	return told;
}

export interface Verdict {
	verdict: string;
	id: string;
	other?: string;
	set?: Record<string, string>;
	by: string;
	reason: string;
}

export interface Done {
	verdict: string;
	was: string;
	id: string;
}

export const decide = (v: Verdict): Promise<Done> => ask<Done>('POST', '/decisions', v);
export const undo = (id: string): Promise<Done> => ask<Done>('DELETE', '/decisions/' + encodeURIComponent(id));
