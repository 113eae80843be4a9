//! Core types to wire types and back, by hand.

mod answers;
mod build;
mod dependencies;
mod host;
mod install;
mod suggestions;

pub(super) use answers::answers;
pub(super) use build::{job, order, piece, start};

use super::types;
use crate::archive::Verified;
use crate::detect::{Candidate, Detection, Evidence, Loader, Protocol};
use crate::diagnostic::{Profile, Severity};
use crate::path::PackagePath;
use crate::pipeline::UnknownAnswer;
use crate::publish::FormData;
use crate::report::{Finished, Item, Place, Report, ShownFile};
use crate::rules::{Grades, Rule};
use crate::sample::Sample;
use crate::select::LeftOut;
use crate::tree::{InputId, RawEntry, Timestamp};
use crate::xml::{self, TokenKind};

/// A size from JavaScript.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number below 2^53")]
pub(super) fn bytes(size: f64) -> u64 {
    size.max(0.0) as u64
}

/// A size for JavaScript.
#[expect(clippy::cast_precision_loss, reason = "no file is larger than 2^53 bytes")]
pub(super) fn number(size: u64) -> f64 {
    size as f64
}

/// The name of a field as JavaScript writes it: `entryPoint` of `entry_point`.
pub(super) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |out, word| {
        let (initial, rest) = word.split_at(1.min(word.len()));
        out + &initial.to_ascii_uppercase() + rest
    })
}

fn count(number: usize) -> f64 {
    self::number(number as u64)
}

pub(super) fn grades(options: &types::CheckOptions) -> Result<Grades, String> {
    Grades::parse(options.rules.iter().flatten().map(|(rule, grade)| (rule.as_str(), grade.as_str())))
}

pub(super) fn form(form: types::GalleryForm) -> FormData {
    FormData {
        app_id: form.app_id,
        description: form.description,
        brief_description: form.brief_description,
        urls: form.urls.into_iter().flatten().collect(),
    }
}

pub(super) fn finished(finished: types::Finished) -> Finished {
    Finished { bytes: bytes(finished.bytes), sha1: finished.sha1 }
}

pub(super) const fn rule_name(rule: &Rule) -> types::RuleName {
    types::RuleName { rule: rule.id, code: rule.code }
}

pub(super) fn profile(options: &types::CheckOptions) -> Result<Profile, UnknownAnswer> {
    let Some(name) = options.profile.as_deref() else { return Ok(Profile::default()) };
    let names = Profile::ALL.map(Profile::as_str).join(", ");
    Profile::by_name(name).ok_or_else(|| UnknownAnswer(format!("there is no profile `{name}`; there is {names}")))
}

pub(super) fn listed((entry, id): (types::ListedEntry, u32)) -> RawEntry {
    RawEntry {
        name: entry.path,
        folder: entry.folder,
        size: bytes(entry.size),
        modified: entry.modified.map(Timestamp::from_local_millis),
        id: InputId(id),
    }
}

pub(super) fn left_out(skipped: types::SkippedFolder) -> LeftOut {
    let folder = skipped.folder.unwrap_or(true);
    LeftOut::unread(skipped.path, folder, skipped.reason)
}

pub(super) fn verified(verified: Verified, damaged: usize) -> types::Verified {
    types::Verified {
        done: verified.done,
        files: count(verified.files),
        total_files: count(verified.total),
        bytes: number(verified.bytes),
        damaged: count(damaged),
    }
}

pub(super) fn added_file(file: types::AddedFile) -> RawEntry {
    RawEntry {
        name: file.path,
        folder: false,
        size: bytes(file.size),
        modified: file.modified.map(Timestamp::from_local_millis),
        id: InputId(file.number),
    }
}

pub(super) fn sample(sample: &Sample) -> types::SampleInfo {
    types::SampleInfo {
        id: sample.id.to_owned(),
        title: sample.title.to_owned(),
        description: sample.description.to_owned(),
    }
}

pub(super) fn sample_file((path, content): &(&str, &str)) -> types::SampleFile {
    types::SampleFile { path: (*path).to_owned(), bytes: content.as_bytes().to_vec() }
}

pub(super) fn report(report: Report) -> types::Report {
    let [errors, warnings, notes] = report.counts.map(count);
    let input = report.input;
    types::Report {
        version: 1,
        tool: types::Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        profile: report.profile.as_str(),
        input: types::Input {
            name: input.name,
            container: input.container.as_str(),
            kind: input.kind.as_str(),
            root: input.root.map_or_else(String::new, |root| root.to_string()),
            files: count(input.files),
            bytes: number(input.bytes),
        },
        detection: report.detection.map(|found| detection(&found, report.chosen.as_ref())),
        target: report.host.map(host::host),
        roots: report.roots.into_iter().map(|(path, reason)| types::Root { path: path.to_string(), reason }).collect(),
        counts: types::Counts { errors, warnings, notes },
        grades: report
            .grades
            .into_iter()
            .map(|(rule, grade)| types::Grade {
                rule: rule.id,
                code: rule.code,
                grade: grade.map_or("off", Severity::as_str),
            })
            .collect(),
        form: report.form.map(|form| types::Form { dependencies: form.dependencies }),
        diagnostics: report.diagnostics.into_iter().map(diagnostic).collect(),
        parameters: report.install.fields.into_iter().zip(1..).map(install::parameter).collect(),
        dependencies: report.dependencies.map(dependencies::dependencies),
        wheels: report.wheels.into_iter().map(dependencies::wheel).collect(),
        files: report
            .files
            .into_iter()
            .map(|file| types::PackageFile {
                path: file.path.to_string(),
                folder: file.folder,
                size: number(file.size),
                state: file.state.as_str(),
                wheel: file.wheel,
            })
            .collect(),
        left_out: report
            .left_out
            .into_iter()
            .map(|out| types::LeftOut {
                path: out.path,
                folder: out.folder,
                size: out.size.map(number),
                files: out.files.map(|files| number(files as u64)),
                reason: out.reason,
                can_include: out.can_include,
            })
            .collect(),
        offers: types::Offers { gitignore: report.offers.gitignore, leave_out_tests: report.offers.tests },
        suggestions: suggestions::suggestions(report.suggestions),
        shown: report.shown.into_iter().map(shown).collect(),
        package: types::Package {
            name: report.package_name,
            app_folder: report.app_folder.map_or_else(String::new, |folder| folder.to_string()),
        },
    }
}

fn detection(found: &Detection, chosen: Option<&Candidate>) -> types::Detection {
    types::Detection {
        framework: chosen.map(|chosen| chosen.framework.to_owned()),
        entry_point: chosen.map(|chosen| chosen.entry_point.to_string()),
        settings: chosen.and_then(|chosen| chosen.settings.clone()),
        python_path: chosen.map_or_else(Vec::new, |chosen| paths(&chosen.python_path)),
        loader: chosen.and_then(|chosen| chosen.loader.as_ref()).map(Loader::file_name),
        evidence: chosen.map_or_else(Vec::new, |chosen| chosen.evidence.iter().map(evidence).collect()),
        candidates: found.candidates.iter().map(candidate).collect(),
        missing: found.missing.clone(),
    }
}

fn candidate(candidate: &Candidate) -> types::Candidate {
    types::Candidate {
        framework: candidate.framework.to_owned(),
        protocol: match candidate.protocol {
            Protocol::Wsgi => "wsgi",
            Protocol::Asgi => "asgi",
            Protocol::Server => "server",
        },
        entry_point: candidate.entry_point.to_string(),
        settings: candidate.settings.clone(),
        python_path: paths(&candidate.python_path),
        evidence: candidate.evidence.iter().map(evidence).collect(),
        loader: candidate.loader.as_ref().map(Loader::file_name),
        needs: candidate.loader.as_ref().and_then(Loader::needs).map(str::to_owned),
        only_offered: candidate.only_offered,
    }
}

fn evidence(evidence: &Evidence) -> types::Evidence {
    types::Evidence { file: evidence.file.to_string(), line: evidence.line, text: evidence.text.clone() }
}

fn paths(paths: &[PackagePath]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

fn diagnostic(item: Item) -> types::Diagnostic {
    let Item { index, finding, place, .. } = item;
    let (rule, severity, diagnostic) = (finding.rule, finding.severity, finding.diagnostic);
    let fixes = diagnostic.fixes.into_iter().enumerate().map(|(number, fix)| types::Fix {
        id: format!("{index}.{number}"),
        title: fix.title,
        applicability: fix.applicability.as_str(),
    });
    types::Diagnostic {
        id: index.to_string(),
        rule: rule.id,
        code: rule.code,
        severity: severity.as_str(),
        message: diagnostic.message,
        consequence: diagnostic.consequence,
        help: diagnostic.help,
        file: diagnostic.location.file,
        line: place.as_ref().map(|place| place.start.line),
        column: place.as_ref().map(|place| place.start.column),
        end: place.as_ref().map(|place| types::Position { line: place.end.line, column: place.end.column }),
        excerpt: place.map(excerpt),
        fixes: fixes.collect(),
    }
}

fn excerpt(place: Place) -> types::Excerpt {
    let whole = u32::try_from(place.line.encode_utf16().count()).unwrap_or(u32::MAX);
    let start = place.start.column.saturating_sub(1).min(whole);
    let end = if place.end.line == place.start.line { place.end.column.saturating_sub(1) } else { whole };
    types::Excerpt { line: place.start.line, text: place.line, start, length: end.saturating_sub(start) }
}

fn shown(file: ShownFile) -> types::ShownFile {
    let lines = lines(&file.text);
    let (path, state) = (file.path.to_string(), file.state.as_str());
    types::ShownFile { path, state, text: file.text, before: file.before, masked: file.masked, lines }
}

/// The tokens of a text, cut at its line ends.
fn lines(text: &str) -> Vec<Vec<types::Token>> {
    let mut lines = vec![Vec::new()];
    for token in xml::tokens(text) {
        let kind = match token.kind {
            TokenKind::Tag => "tag",
            TokenKind::Attribute => "attribute",
            TokenKind::Value => "value",
            TokenKind::Comment => "comment",
            TokenKind::Text => "text",
        };
        for (index, part) in token.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            let part = part.strip_suffix('\r').unwrap_or(part);
            if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                line.push(types::Token { kind, text: part.to_owned() });
            }
        }
    }
    lines
}
