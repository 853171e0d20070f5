import { Suspense } from 'react';

export function Home({ links }) {
  return (
    <main>
      <h1>Home</h1>
      <ul>
        {links.map(link => (
          <li key={link}>
            <a href={link}>{link}</a>
          </li>
        ))}
      </ul>
    </main>
  );
}

export function About() {
  return <h1>About</h1>;
}

/** A page of about 17 KB. */
export function Product({ id }) {
  return (
    <main>
      <h1>Product {id}</h1>
      <a href="/">Home</a>
      <ul className="related">
        {Array.from({ length: 50 }, (_, index) => (
          <Item key={index} id={id * 50 + index} index={index} />
        ))}
      </ul>
    </main>
  );
}

function Item({ id, index }) {
  return (
    <li className={index % 2 === 0 ? 'item even' : 'item'} data-id={id}>
      <h2>Item {id}</h2>
      <p className="description">{`Number ${index} of the items that belong to a product. `.repeat(3)}</p>
      <p className="price">{((id * 37) % 10_000) / 100} EUR</p>
      <a href={`/products/${id % 20}`}>More of item {id}</a>
    </li>
  );
}

export function Boom() {
  throw new Error('thrown in a component');
}

/** Shows its fallback, and says nothing to whom renders it. */
export function Broken() {
  return (
    <Suspense fallback={<p>Loading</p>}>
      <Boom />
    </Suspense>
  );
}
