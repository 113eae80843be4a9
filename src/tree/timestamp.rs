//! When a file was last changed, as a ZIP keeps it.

use std::fmt;

/// A date and time as a ZIP keeps it: local time, two seconds apart, 1980 to 2107.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Year, month and day, packed as in a ZIP.
    pub date: u16,
    /// Hour, minute and second, packed as in a ZIP.
    pub time: u16,
}

impl Timestamp {
    /// 1980-01-01 00:00:00, the earliest.
    pub const MIN: Self = Self { date: 0x21, time: 0 };

    /// From the milliseconds that a clock on the wall would show since 1970-01-01 00:00.
    #[must_use]
    pub fn from_local_millis(millis: f64) -> Self {
        if !(315_532_800_000.0..4_354_819_200_000.0).contains(&millis) {
            return Self::MIN;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the range above fits")]
        let seconds = (millis / 1000.0) as i64;
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let pack = |value: i64| u16::try_from(value).unwrap_or(0);
        Self {
            date: pack(((year - 1980) << 9) | (month << 5) | day),
            time: pack(((second / 3600) << 11) | ((second / 60 % 60) << 5) | ((second % 60) / 2)),
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.date, self.time);
        write!(f, "{:04}-{:02}-{:02} ", 1980 + (date >> 9), date >> 5 & 15, date & 31)?;
        write!(f, "{:02}:{:02}:{:02}", time >> 11, time >> 5 & 63, (time & 31) * 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_times_as_a_zip_does() {
        assert_eq!(Timestamp::from_local_millis(1_795_424_399_000.0).to_string(), "2026-11-23 08:59:58");
        assert_eq!(Timestamp::from_local_millis(0.0), Timestamp::MIN);
        assert_eq!(Timestamp::from_local_millis(f64::NAN), Timestamp::MIN);
        assert_eq!(Timestamp::from_local_millis(951_782_400_000.0).to_string(), "2000-02-29 00:00:00");
    }
}
