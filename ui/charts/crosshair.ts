// The crosshair, its dots and the tag on the axis: a few DOM nodes moved by hand, because a hundred charts follow one
// pointer and none of them should render for it.

export interface CrosshairDot {
  readonly y: number;
  readonly colour: string;
}

export interface CrosshairState {
  /** CSS pixels from the plot's left edge. */
  readonly x: number;
  readonly tag: string | undefined;
  readonly dots: readonly CrosshairDot[];
}

export class Crosshair {
  readonly #line: HTMLElement;
  readonly #tag: HTMLElement;
  readonly #dots: HTMLElement[] = [];
  readonly #layer: HTMLElement;

  /** @param layer covers the plot area exactly and lets the pointer through. */
  constructor(layer: HTMLElement) {
    this.#layer = layer;
    this.#line = this.#add('chart-crosshair');
    this.#tag = this.#add('chart-crosshair-tag');
    this.hide();
  }

  show(state: CrosshairState): void {
    const x = Math.round(state.x);
    this.#line.style.transform = `translateX(${x}px)`;
    this.#line.hidden = false;
    this.#tag.hidden = state.tag === undefined;
    if (state.tag !== undefined) {
      if (this.#tag.textContent !== state.tag) this.#tag.textContent = state.tag;
      this.#tag.style.transform = `translateX(calc(${x}px - 50%))`;
    }
    state.dots.forEach((dot, i) => {
      const node = (this.#dots[i] ??= this.#add('chart-crosshair-dot'));
      node.style.transform = `translate(${x}px, ${dot.y}px)`;
      node.style.backgroundColor = dot.colour;
      node.hidden = false;
    });
    for (let i = state.dots.length; i < this.#dots.length; i += 1)
      (this.#dots[i] as HTMLElement).hidden = true;
  }

  hide(): void {
    this.#line.hidden = true;
    this.#tag.hidden = true;
    for (const dot of this.#dots) dot.hidden = true;
  }

  remove(): void {
    this.#layer.replaceChildren();
  }

  #add(className: string): HTMLElement {
    const node = document.createElement('div');
    node.className = className;
    this.#layer.append(node);
    return node;
  }
}
