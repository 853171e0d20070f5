import { Component, inject } from '@angular/core';
import { ActivatedRoute, RouterLink } from '@angular/router';

/** A page of about 36 KB: a list of 50 items. */
@Component({
  selector: 'app-product',
  imports: [RouterLink],
  template: `
    <h1>Product {{ id }}</h1>
    <a routerLink="/">Home</a>
    <ul class="related">
      @for (item of items; track item.id) {
        <li class="item" [attr.data-id]="item.id" [class.even]="item.even">
          <h2>{{ item.name }}</h2>
          <p class="description">{{ item.description }}</p>
          <p class="price">{{ item.price }} EUR</p>
          <span class="tags">
            @for (tag of item.tags; track tag) {
              <em class="tag">{{ tag }}</em>
            }
          </span>
          <a [routerLink]="['/products', item.id]">More of {{ item.name }}</a>
        </li>
      }
    </ul>
  `,
})
export class ProductPage {
  readonly id = Number(inject(ActivatedRoute).snapshot.params['id']);
  readonly items = Array.from({ length: 50 }, (_, index) => itemOf(this.id, index));
}

function itemOf(product: number, index: number) {
  const id = product * 50 + index;
  return {
    id,
    name: `Item ${id}`,
    even: index % 2 === 0,
    description: `Number ${index} of the items that belong to product ${product}. `.repeat(6),
    price: ((id * 37) % 10_000) / 100,
    tags: ['new', 'blue', 'small', 'light', 'cotton'].slice(0, 2 + (id % 4)),
  };
}
