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

/** A page of about 17 KB with many small elements. */
export function Product({ id }) {
  return (
    <main>
      <h1>Product {id}</h1>
      <a href="/">Home</a>
      <ul>
        {Array.from({ length: 50 }, (_, index) => (
          <Item key={index} id={id * 50 + index} />
        ))}
      </ul>
    </main>
  );
}

function Item({ id }) {
  return (
    <li data-id={id}>
      <h2>Item {id}</h2>
      <Price cents={(id * 37) % 10_000} />
      <Properties of={id} />
      <a href={`/products/${id % 20}`}>More</a>
    </li>
  );
}

function Price({ cents }) {
  return (
    <p>
      <b>{cents / 100}</b> EUR
    </p>
  );
}

function Properties({ of }) {
  return (
    <dl>
      {['Size', 'Weight', 'Colour', 'Stock', 'Origin', 'Parcel'].map((name, index) => (
        <Property key={name} name={name} value={of * (index + 3)} />
      ))}
    </dl>
  );
}

function Property({ name, value }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <i>{value}</i>
      </dd>
    </>
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
