/** Lists of functions to be called; one that fails does not keep the others from hearing. */

/** Make a list: `add(fn)` returns what takes it off again, `tell(value)` calls all. */
export function listeners() {
  const all = new Set();
  return {
    add(fn) {
      all.add(fn);
      return () => all.delete(fn);
    },
    tell(value) {
      all.forEach((fn) => {
        Promise.resolve()
          .then(() => fn(value))
          .catch((error) => console.error(error));
      });
    },
  };
}
