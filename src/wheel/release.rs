//! Which of two versions of a project is the newer one.

use std::cmp::Ordering;

/// Whether a version is newer than another, by the numbers of its release; what comes before a
/// release (`a1`, `rc2`, `.dev3`) is older than it.
#[must_use]
pub fn newer(version: &str, than: &str) -> bool {
    let (a, b) = (Release::of(version), Release::of(than));
    let length = a.numbers.len().max(b.numbers.len());
    let number = |release: &Release, index: usize| release.numbers.get(index).copied().unwrap_or(0);
    let order = (0..length).map(|index| number(&a, index).cmp(&number(&b, index))).find(|order| order.is_ne());
    order.unwrap_or_else(|| b.before.cmp(&a.before)) == Ordering::Greater
}

struct Release {
    numbers: Vec<u64>,
    before: bool,
}

impl Release {
    fn of(version: &str) -> Self {
        let version = version.split('+').next().unwrap_or("").to_ascii_lowercase();
        let version = version.trim_start_matches('v').rsplit('!').next().unwrap_or("").to_owned();
        let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
        let (numbers, rest) = version.split_at_checked(end).unwrap_or((&version, ""));
        let numbers = numbers.split('.').filter(|part| !part.is_empty()).map(|part| part.parse().unwrap_or(u64::MAX));
        let before = ["a", "b", "c", "rc", "dev", "alpha", "beta", "pre"].iter().any(|mark| rest.starts_with(mark));
        Self { numbers: numbers.collect(), before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_releases() {
        for (a, b) in [("1.10", "1.9"), ("2.0", "2.0rc1"), ("2.0.1", "2.0"), ("3", "2.99"), ("1.0", "1.0.dev3")] {
            assert!(newer(a, b) && !newer(b, a), "{a} {b}");
        }
        assert!(!newer("1.0", "1.0.0") && !newer("1.0.0", "1.0") && !newer("", ""));
    }
}
