//! The answers of a person.

use super::types;
use crate::pipeline::{Answers, UnknownAnswer};
use crate::select::Choice;

pub(in crate::wasm) fn answers(answers: types::Answers) -> Result<Answers, UnknownAnswer> {
    let target = answers.target.as_deref().map(Answers::target_by_id).transpose()?;
    let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Ok(Answers {
        target,
        interpreter: some(answers.interpreter),
        site_root: some(answers.site_root),
        command: some(answers.command),
        app_folder: some(answers.app_folder),
        root: answers.root,
        entry_point: some(answers.entry_point),
        settings: answers.settings,
        python_path: answers.python_path,
        complete: answers.complete,
        choice: Choice {
            excludes: answers.excludes.unwrap_or_default(),
            includes: answers.includes.unwrap_or_default(),
            gitignore: answers.gitignore.unwrap_or_default(),
            leave_out_tests: answers.leave_out_tests.unwrap_or_default(),
        },
    })
}
