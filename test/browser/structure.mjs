// The structure of a view as assistive technology has it: from Chromium's accessibility tree, landmarks, headings, tables with
// their columns and how many rows, lists with how many items, what can be operated, and where links lead, by kind. Not the words
// of records: those are what extraction makes of pages, which other tests watch.
const landmarks = new Set(['banner', 'navigation', 'main', 'complementary', 'contentinfo', 'search', 'region', 'form', 'article', 'dialog', 'tablist', 'tabpanel', 'group', 'Section', 'DisclosureTriangle']);
const operated = new Set(['button', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'switch', 'tab', 'slider', 'spinbutton', 'MenuListPopup', 'PopUpButton']);

// "/page/1a2b?record=…#s3" → "/page/*#s", "https://…" → "elsewhere".
function kind(url, origin) {
	if (!url.startsWith(origin)) return 'elsewhere';
	const at = new URL(url);
	const parts = at.pathname.split('/').slice(1);
	if (at.searchParams.get('format') === 'csv' || /\.csv$/.test(at.pathname)) return `CSV of ${at.pathname.replace(/[0-9a-f]{16,}/g, '*')}`;
	const path = '/' + (parts[0] === 'register' || parts[0] === 'api' ? parts.join('/').replace(/[0-9a-f]{16,}/g, '*') : [parts[0], ...parts.slice(1).map(() => '*')].join('/'));
	return path + (at.searchParams.has('record') ? '?record' : '') + (at.hash ? '#' : '');
}

const plain = (name) => name.replace(/[0-9a-f]{16,}/g, '*').replace(/\s+/g, ' ').trim().slice(0, 100);

export async function structure(page, origin) {
	const cdp = await page.context().newCDPSession(page);
	const { nodes } = await cdp.send('Accessibility.getFullAXTree');
	const byId = new Map(nodes.map((n) => [n.nodeId, n]));
	const lines = [];
	await cdp.detach();

	const role_of = (n) => (n.ignored ? 'none' : n.role?.value ?? 'none');
	const name_of = (n) => plain(n.name?.value ?? '');
	const children = (n) => (n.childIds ?? []).map((id) => byId.get(id)).filter(Boolean);
	// Those of a role below, not through another of `stop`.
	const below = (n, fits, stop = () => false) => children(n).flatMap((c) => (fits(c) ? [c] : stop(c) ? [] : below(c, fits, stop)));

	function walk(n, depth, links) {
		const role = role_of(n), name = name_of(n), pad = '  '.repeat(depth);
		const inside = (deeper, head) => {
			const own = new Map(), at = lines.push(head);
			own.rows = role === 'table' || role === 'grid' || links.rows;
			for (const c of children(n)) walk(c, deeper, own);
			const shown = [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, count]) => `${k} ${count}`);
			if (shown.length) lines.splice(at, 0, `${'  '.repeat(deeper)}links: ${shown.join(', ')}`);
		};

		if (landmarks.has(role)) return inside(depth + 1, `${pad}${role}${name ? ` "${name}"` : ''}`);
		if (role === 'heading') {
			const level = n.properties?.find((p) => p.name === 'level')?.value.value;
			lines.push(`${pad}heading ${level} "${name}"`);
		} else if (role === 'table' || role === 'grid') {
			const rows = below(n, (c) => role_of(c) === 'row', (c) => role_of(c) === 'table');
			const heads = rows.flatMap((r) => below(r, (c) => role_of(c) === 'columnheader').map(name_of));
			const data = rows.filter((r) => !below(r, (c) => role_of(c) === 'columnheader').length);
			return inside(depth + 1, `${pad}table "${name}": ${heads.join(', ')}: ${data.length} rows`);
		} else if (role === 'list' || role === 'DescriptionList') {
			const items = below(n, (c) => ['listitem', 'term'].includes(role_of(c)), (c) => role_of(c) === 'list');
			return inside(depth + 1, `${pad}list${name ? ` "${name}"` : ''}: ${items.length} items`);
		} else if (role === 'columnheader') {
			return;
		} else if (operated.has(role)) {
			// Of the rows of a table: how many.
			if (links.rows) links.set(`(${role})`, (links.get(`(${role})`) ?? 0) + 1);
			else lines.push(`${pad}${role} "${name}"`);
			return;
		} else if (role === 'link') {
			const url = n.properties?.find((p) => p.name === 'url')?.value.value ?? '';
			links.set(kind(url, origin), (links.get(kind(url, origin)) ?? 0) + 1);
		} else if (role === 'image' || role === 'figure' || role === 'graphics-document') {
			lines.push(`${pad}${role} "${name}"`);
		} else if (role === 'mark') {
			links.set('(marks)', (links.get('(marks)') ?? 0) + 1);
		}
		for (const c of children(n)) walk(c, depth, links);
	}
	const links = new Map();
	walk(nodes[0], 0, links);
	return lines.join('\n') + '\n';
}
