//! A list of at most a few things kept in place, so that comparing two claims touches no other memory.

/// Up to `N` things; what comes after them is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Few<T, const N: usize> {
    length: u8,
    items: [T; N],
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    /// The first `N` of `items`.
    pub fn of(items: impl IntoIterator<Item = T>) -> Self {
        let mut few = Self { length: 0, items: [T::default(); N] };
        for item in items.into_iter().take(N) {
            few.items[few.length as usize] = item;
            few.length += 1;
        }
        few
    }
}

impl<T, const N: usize> std::ops::Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items[..self.length as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_left_out() {
        assert_eq!(*Few::<u32, 3>::of([1, 2]), [1, 2]);
        assert_eq!(*Few::<u32, 3>::of(0..9), [0, 1, 2]);
    }
}
