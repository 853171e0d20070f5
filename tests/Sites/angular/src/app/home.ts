import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

@Component({
  selector: 'app-home',
  imports: [RouterLink],
  template: `
    <h1>Home</h1>
    <a routerLink="/about">About</a>
    <ul>
      @for (id of products; track id) {
        <li><a [routerLink]="['/products', id]">Product {{ id }}</a></li>
      }
    </ul>
  `,
})
export class Home {
  readonly products = Array.from({ length: 20 }, (_, id) => id);
}
