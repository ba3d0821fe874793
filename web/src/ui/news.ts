import { API } from '../api';
import { useEffect, useState } from 'preact/hooks';

// How many records came into the store since the view was opened, or since seen() was called: the server tells by events of its stream.
// Where there is no stream, none came.
export function useNews(record: string): { fresh: number; seen: () => void } {
	const [fresh, set] = useState(0);

	useEffect(() => {
		if (typeof EventSource === 'undefined') return;
		const stream = new EventSource(`${API}/stream?record=${record}`);
		const one = () => set((n) => n + 1);
		stream.addEventListener('message', one);
		stream.addEventListener('record', one);
		return () => stream.close();
	}, [record]);
	return { fresh, seen: () => set(0) };
}
