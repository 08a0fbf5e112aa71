/** The words of the page, translated there: data-word-vacant="岗位空缺" is read as word("vacant"). */
export function word(element: HTMLElement, name: string): string {
  return element.getAttribute(`data-word-${name}`) ?? "";
}
