//! Which version of the protocol two computers speak: the greatest that both know.

/// The versions of the sync protocol that a computer speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionRange {
    /// The oldest.
    pub min: u32,
    /// The newest.
    pub max: u32,
}

/// What this version of Rota speaks in `/rota/sync/1`.
pub const SYNC_VERSIONS: VersionRange = VersionRange { min: 1, max: 1 };
/// What this version of Rota speaks in `/rota/join/1`.
pub const JOIN_VERSIONS: VersionRange = VersionRange { min: 1, max: 1 };

impl VersionRange {
    /// The version in which two computers speak; `None` if they know none in common. A newer computer speaks to an
    /// older one in the older one's version.
    #[must_use]
    pub fn common(self, other: Self) -> Option<u32> {
        let newest = self.max.min(other.max);
        (newest >= self.min && newest >= other.min).then_some(newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(min: u32, max: u32) -> VersionRange {
        VersionRange { min, max }
    }

    #[test]
    fn the_newer_speaks_the_older_ones_version() {
        assert_eq!(range(1, 3).common(range(1, 2)), Some(2));
        assert_eq!(range(1, 2).common(range(2, 9)), Some(2));
    }

    #[test]
    fn ranges_apart_or_upside_down_have_none() {
        assert_eq!(range(1, 2).common(range(3, 4)), None);
        assert_eq!(range(3, 4).common(range(1, 2)), None);
        assert_eq!(range(1, 4).common(range(3, 2)), None);
    }
}
