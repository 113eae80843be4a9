//! Rules that somebody turned off or grades otherwise.

use super::{ALL, Rule};
use crate::diagnostic::{Profile, Severity};
use crate::model::provider::distance;

/// What somebody wants of single rules; every other rule has the severity of its profile.
#[derive(Clone, Debug, Default)]
pub struct Grades {
    list: Vec<(&'static Rule, Option<Severity>)>,
}

/// The words for a grade.
const WORDS: &str = "off, note, warning and error";

impl Grades {
    /// Reads rules, by id or by code, with `off`, `note`, `warning` or `error`; what is not
    /// understood is said in a sentence.
    pub fn parse<'t>(pairs: impl Iterator<Item = (&'t str, &'t str)>) -> Result<Self, String> {
        let mut grades = Self::default();
        for (name, word) in pairs {
            let rule = find(name)?;
            let grade = match word {
                "off" => None,
                "note" => Some(Severity::Note),
                "warning" => Some(Severity::Warning),
                "error" => Some(Severity::Error),
                other => return Err(format!("`{other}` is no grade for `{name}`; there are {WORDS}")),
            };
            if grades.list.iter().any(|(own, before)| own.id == rule.id && *before != grade) {
                return Err(format!("`{}` ({}) is graded twice, and not the same", rule.id, rule.code));
            }
            grades.list.push((rule, grade));
        }
        Ok(grades)
    }

    /// The grade of a rule in a profile, and whether somebody gave it; nothing when it is off.
    pub(super) fn of(&self, rule: &Rule, profile: Profile) -> Option<(Severity, bool)> {
        match self.list.iter().find(|(own, _)| own.id == rule.id) {
            Some((_, grade)) => grade.map(|grade| (grade, true)),
            None => rule.severity(profile).map(|severity| (severity, false)),
        }
    }

    /// The rules that are graded here, each with its grade; nothing is off.
    #[must_use]
    pub fn list(&self) -> &[(&'static Rule, Option<Severity>)] {
        &self.list
    }
}

fn find(name: &str) -> Result<&'static Rule, String> {
    let called = |rule: &&&'static Rule| rule.id.eq_ignore_ascii_case(name) || rule.code.eq_ignore_ascii_case(name);
    if let Some(rule) = ALL.iter().find(called) {
        return Ok(rule);
    }
    let lower = name.to_ascii_lowercase();
    let mut nearest: Option<(usize, &str)> = None;
    for rule in ALL {
        for known in [rule.id, rule.code] {
            let found = distance(&lower, &known.to_ascii_lowercase());
            if nearest.is_none_or(|(best, _)| found < best) {
                nearest = Some((found, known));
            }
        }
    }
    let near = nearest.filter(|(found, _)| *found <= name.len() / 3);
    let hint = near.map_or_else(String::new, |(_, known)| format!("; `{known}` may be meant"));
    Err(format!("there is no rule `{name}`{hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, word: &str) -> String {
        Grades::parse([(name, word)].into_iter()).unwrap_err()
    }

    #[test]
    fn refuses_what_it_does_not_know_word_for_word() {
        assert_eq!(
            refused("manifest/missing-iisapp", "off"),
            "there is no rule `manifest/missing-iisapp`; `manifest/missing-iis-app` may be meant"
        );
        assert_eq!(refused("MAN099", "off").split(';').next(), Some("there is no rule `MAN099`"));
        assert_eq!(refused("banana", "off"), "there is no rule `banana`");
        assert_eq!(
            refused("LAY001", "none"),
            "`none` is no grade for `LAY001`; there are off, note, warning and error"
        );
        let twice = [("LAY001", "off"), ("layout/missing-manifest", "note")].into_iter();
        assert_eq!(
            Grades::parse(twice).unwrap_err(),
            "`layout/missing-manifest` (LAY001) is graded twice, and not the same"
        );
    }

    #[test]
    fn grades_what_a_profile_has_off() {
        let grades = Grades::parse([("lay001", "warning")].into_iter()).unwrap();
        let rule = find("LAY001").unwrap();
        assert_eq!(grades.of(rule, Profile::WebDeploy), Some((Severity::Warning, true)));
        assert_eq!(Grades::default().of(rule, Profile::WebDeploy), None);
    }
}
