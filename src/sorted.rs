//! Maps and sets in order.
//!
//! They do what those of the standard library do, of which every kind brings 4 KB of code to the download;
//! here a kind brings a tenth of that. Entries lie in pieces of a length that is moved quickly, so that
//! tens of thousands may come in any order.

mod set;

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;

pub use set::Set;

/// How many entries a piece has at most.
const PIECE: usize = 128;

/// Values by key, in the order of the keys.
#[derive(Clone)]
pub struct Map<K, V> {
    /// None is empty, and each begins behind the end of the one before.
    pieces: Vec<Vec<(K, V)>>,
}

/// Where a key is, or where it would be put.
struct Place {
    piece: usize,
    at: usize,
    found: bool,
}

impl<K, V> Map<K, V> {
    /// Nothing is in it.
    #[must_use]
    pub const fn new() -> Self {
        Self { pieces: Vec::new() }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    /// Whether there is no entry.
    pub const fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The entries in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.iter_at(0, 0)
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The values alone, in the order of their keys.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    fn iter_at(&self, piece: usize, at: usize) -> Iter<'_, K, V> {
        let mut pieces = self.pieces.get(piece..).unwrap_or_default().iter();
        let first = pieces.next().map_or(&[][..], |first| first.get(at..).unwrap_or_default());
        Iter { pieces, items: first.iter() }
    }

    fn value_mut(&mut self, place: &Place) -> Option<&mut V> {
        self.pieces.get_mut(place.piece)?.get_mut(place.at).map(|(_, value)| value)
    }

    fn put(&mut self, place: &Place, key: K, value: V) {
        let Some(piece) = self.pieces.get_mut(place.piece) else {
            self.pieces.push(vec![(key, value)]);
            return;
        };
        piece.insert(place.at, (key, value));
        if piece.len() == PIECE {
            // What comes in order leaves full pieces behind.
            let rest = piece.split_off(if place.at == PIECE - 1 { place.at } else { PIECE / 2 });
            self.pieces.insert(place.piece + 1, rest);
        }
    }
}

impl<K: Ord, V> Map<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Place
    where
        K: Borrow<Q>,
    {
        search(self.pieces.len(), &Sought { map: self, key })
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key);
        let (_, value) = self.pieces.get(place.piece).filter(|_| place.found)?.get(place.at)?;
        Some(value)
    }

    /// The value of a key, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key);
        if place.found { self.value_mut(&place) } else { None }
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).found
    }

    /// Gives a key a value, in place of the one that it had.
    pub fn insert(&mut self, key: K, value: V) {
        if let Some((value, known)) = self.add(key, value) {
            *known = value;
        }
    }

    /// Gives a key a value when it has none; else returns it, and the one that the key has.
    pub fn add(&mut self, key: K, value: V) -> Option<(V, &mut V)> {
        let place = self.find(&key);
        if place.found {
            return self.value_mut(&place).map(|known| (value, known));
        }
        self.put(&place, key, value);
        None
    }

    /// Changes the value of a key, which is made first when it has none.
    pub fn change(&mut self, key: K, make: impl FnOnce() -> V, change: impl FnOnce(&mut V)) {
        let place = self.find(&key);
        if place.found {
            self.value_mut(&place).map(change);
            return;
        }
        let mut value = make();
        change(&mut value);
        self.put(&place, key, value);
    }

    /// Takes out a key, and returns its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key);
        let piece = self.pieces.get_mut(place.piece).filter(|_| place.found)?;
        let (_, value) = piece.remove(place.at);
        if piece.is_empty() {
            self.pieces.remove(place.piece);
        }
        Some(value)
    }

    /// The entries behind a key, which need not be there itself.
    pub fn after<Q: Ord + ?Sized>(&self, key: &Q) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key);
        self.iter_at(place.piece, place.at + usize::from(place.found))
    }

    /// The last key that is not behind this one.
    pub fn last_until<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&K>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key);
        let before = match (place.at + usize::from(place.found)).checked_sub(1) {
            Some(at) => self.pieces.get(place.piece)?.get(at),
            None => self.pieces.get(place.piece.checked_sub(1)?)?.last(),
        };
        before.map(|(key, _)| key)
    }
}

/// A key that is looked for. No closure: each would bring more code than its own.
struct Sought<'a, K, V, Q: ?Sized> {
    map: &'a Map<K, V>,
    key: &'a Q,
}

trait Compare {
    /// How the key at a place is to the one that is looked for; what is behind the end is behind it.
    fn compare(&self, piece: usize, at: usize) -> Ordering;
}

impl<K: Borrow<Q>, V, Q: Ord + ?Sized> Compare for Sought<'_, K, V, Q> {
    fn compare(&self, piece: usize, at: usize) -> Ordering {
        let own = self.map.pieces.get(piece).and_then(|piece| piece.get(at));
        own.map_or(Ordering::Greater, |(own, _)| own.borrow().cmp(self.key))
    }
}

/// By the first keys of the pieces, then within one.
fn search(pieces: usize, sought: &dyn Compare) -> Place {
    let (piece, found) = halve(pieces, |piece| sought.compare(piece, 0));
    if found {
        return Place { piece, at: 0, found };
    }
    let piece = piece.saturating_sub(1);
    let (at, found) = halve(PIECE, |at| sought.compare(piece, at));
    Place { piece, at, found }
}

/// Where something is in a list in order, or would be, and whether it is there.
fn halve(length: usize, compare: impl Fn(usize) -> Ordering) -> (usize, bool) {
    let (mut from, mut to) = (0, length);
    while from < to {
        let middle = from.midpoint(to);
        match compare(middle) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return (middle, true),
            Ordering::Greater => to = middle,
        }
    }
    (from, false)
}

/// The entries of a [`Map`] in order.
#[derive(Debug)]
pub struct Iter<'a, K, V> {
    pieces: std::slice::Iter<'a, Vec<(K, V)>>,
    items: std::slice::Iter<'a, (K, V)>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.items.next() {
                return Some((key, value));
            }
            self.items = self.pieces.next()?.iter();
        }
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.pieces.into_iter().flatten()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| self.insert(key, value));
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Numbers in no order, many of them more than once.
    fn numbers(count: u32) -> impl Iterator<Item = u32> {
        (0..count).map(|number| number.wrapping_mul(2_654_435_761) >> 20)
    }

    #[test]
    fn does_what_the_map_of_the_standard_library_does() {
        let (mut own, mut other) = (Map::new(), BTreeMap::new());
        for (number, value) in numbers(10_000).zip(0..) {
            own.insert(number, value);
            other.insert(number, value);
            if value % 3 == 0 {
                assert_eq!(own.remove(&(number / 2)), other.remove(&(number / 2)));
            }
        }
        assert!(own.iter().eq(other.iter()));
        assert_eq!(own.len(), other.len());
        for key in 0..5_000 {
            assert_eq!(own.get(&key), other.get(&key));
            assert!(own.after(&key).eq(other.range(key + 1..)), "{key}");
            assert_eq!(own.last_until(&key), other.range(..=key).next_back().map(|(key, _)| key), "{key}");
        }
        assert!(own.clone().into_iter().eq(other.clone()));
        for key in numbers(10_000) {
            assert_eq!(own.remove(&key), other.remove(&key));
        }
        assert!(own.is_empty() && own.iter().next().is_none());
    }

    #[test]
    fn keeps_pieces_short_and_fills_them_when_keys_come_in_order() {
        let in_order: Map<u32, ()> = (0..1_000).map(|key| (key, ())).collect();
        assert_eq!(in_order.pieces.len(), 8);
        let backwards: Map<u32, ()> = (0..1_000).rev().map(|key| (key, ())).collect();
        assert!(backwards.pieces.len() < 17 && backwards == in_order);
    }

    #[test]
    fn tells_what_a_key_has_already() {
        let mut map: Map<&str, Vec<u8>> = Map::new();
        assert_eq!(map.add("a", vec![1]), None);
        assert_eq!(map.add("a", vec![2]), Some((vec![2], &mut vec![1])));
        map.change("a", Vec::new, |list| list.push(3));
        map.change("b", Vec::new, |list| list.push(4));
        assert_eq!(format!("{map:?}"), r#"{"a": [1, 3], "b": [4]}"#);
    }
}
