import { API } from '../api';
import { useEffect, useState } from 'preact/hooks';

// How many records came into the store since the view was opened, or since seen() was called: the server tells by events of its stream, the
// first of which says where it begins. A browser has six connections to a host, and a stream holds one for as long as it is open: only a tab that
// is looked at has one, and goes on from where it was. Where there is no stream, none came.
export function useNews(record: string): { fresh: number; seen: () => void } {
	const [fresh, set] = useState(0);

	useEffect(() => {
		if (typeof EventSource === 'undefined') return;
		let stream: EventSource | null = null;
		let last = '';
		const place = (e: MessageEvent) => {
			last = e.lastEventId;
		};
		const close = () => {
			stream?.close();
			stream = null;
		};
		const turn = () => {
			close();
			if (document.visibilityState !== 'visible') return;
			stream = new EventSource(`${API}/stream?record=${record}${last && '&last=' + last}`);
			stream.addEventListener('place', place);
			stream.addEventListener('message', (e) => {
				place(e);
				set((n) => n + 1);
			});
		};
		turn();
		document.addEventListener('visibilitychange', turn);
		return () => {
			document.removeEventListener('visibilitychange', turn);
			close();
		};
	}, [record]);
	return { fresh, seen: () => set(0) };
}
