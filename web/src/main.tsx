import { render } from 'preact';
import { LocationProvider, Router, Route, ErrorBoundary, lazy } from 'preact-iso';
import { Frame } from './ui/Frame';
import { NotFound } from './views/NotFound';
import { Overview } from './views/Overview';
import './style.css';

// A view is fetched when it is first looked at.
const Register = lazy(() => import('./views/Register').then((m) => m.Register));

function App() {
	return (
		<LocationProvider>
			<ErrorBoundary>
				<Frame>
					<Router>
						<Route path="/" component={Overview} />
						<Route path="/register/:name" component={Register} />
						<Route default component={NotFound} />
					</Router>
				</Frame>
			</ErrorBoundary>
		</LocationProvider>
	);
}

render(<App />, document.getElementById('app')!);
