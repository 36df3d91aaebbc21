//! Moving one of many: pure steps on a list.

/// The list with an item moved by a number of places, as far as the list goes.
pub fn moved_by<T: Copy + PartialEq>(list: &[T], item: T, by: isize) -> Vec<T> {
    let mut list = list.to_vec();
    if let Some(at) = list.iter().position(|known| *known == item) {
        let to = at.saturating_add_signed(by).min(list.len().saturating_sub(1));
        let item = list.remove(at);
        list.insert(to, item);
    }
    list
}

/// The list with an item put before or after another.
pub fn moved_to<T: Copy + PartialEq>(list: &[T], item: T, target: T, after: bool) -> Vec<T> {
    let mut rest: Vec<T> = list.iter().copied().filter(|known| *known != item).collect();
    match rest.iter().position(|known| *known == target) {
        Some(at) if rest.len() < list.len() => {
            rest.insert(at + usize::from(after), item);
            rest
        }
        _ => list.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn items_move_and_stop_at_the_ends() {
        let list = ['a', 'b', 'c'];
        assert_eq!(moved_by(&list, 'a', 1), ['b', 'a', 'c']);
        assert_eq!(moved_by(&list, 'a', -1), list);
        assert_eq!(moved_by(&list, 'c', 5), list);
        assert_eq!(moved_by(&list, 'x', 1), list);
        assert_eq!(moved_to(&list, 'a', 'c', true), ['b', 'c', 'a']);
        assert_eq!(moved_to(&list, 'c', 'a', false), ['c', 'a', 'b']);
        assert_eq!(moved_to(&list, 'a', 'x', true), list);
        assert_eq!(moved_to(&list, 'a', 'a', true), list);
    }
}
