//! Small sets of indices: of statements, of patterns.

use smallvec::SmallVec;

/// A set of indices, one bit each. Sets of one comparison all have the same number of words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Set(SmallVec<[u64; 2]>);

impl Set {
    /// The empty set, with room for indices below `size`.
    pub fn empty(size: usize) -> Self {
        Set(SmallVec::from_elem(0, size.div_ceil(64).max(1)))
    }

    /// All indices below `size`.
    pub fn full(size: usize) -> Self {
        let mut set = Set::empty(size);
        (0..size).for_each(|index| set.insert(index));
        set
    }

    pub fn of(size: usize, indices: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Set::empty(size);
        indices.into_iter().for_each(|index| set.insert(index));
        set
    }

    pub fn insert(&mut self, index: usize) {
        if let Some(word) = self.0.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }

    pub fn contains(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    /// Whether all of it that is in `among` is in `other` too.
    pub fn is_subset_among(&self, other: &Self, among: &Self) -> bool {
        self.0.iter().zip(&other.0).zip(&among.0).all(|((a, b), among)| a & among & !b == 0)
    }

    pub fn and(&self, other: &Self) -> Self {
        Set(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub fn or(&self, other: &Self) -> Self {
        Set(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    pub fn xor(&self, other: &Self) -> Self {
        Set(self.0.iter().zip(&other.0).map(|(a, b)| a ^ b).collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_over_several_words() {
        let set = Set::of(130, [0, 63, 64, 129]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert!(set.contains(129) && !set.contains(128));
        assert!(set.is_subset(&Set::full(130)) && !Set::full(130).is_subset(&set));
        assert_eq!(set.and(&Set::of(130, [64, 65])), Set::of(130, [64]));
        assert!(set.meets(&Set::of(130, [129])) && !set.meets(&Set::of(130, [1])));
    }
}
