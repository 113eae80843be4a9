//! The answers of a person.

use super::types;
use crate::pipeline::{Answers, Asked, Database, Extras, UnknownAnswer};
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
        extras: Extras {
            writable_folders: answers.writable_folders.unwrap_or_default(),
            databases: answers.databases.into_iter().flatten().map(database).collect(),
            aliases: answers.aliases.into_iter().flatten().map(|alias| (alias.from, alias.to)).collect(),
            parameters: answers.parameters.into_iter().flatten().map(asked).collect(),
            runtime_txt: answers.runtime_txt.unwrap_or_default(),
            static_folders: answers
                .static_folders
                .map(|list| list.into_iter().map(|own| (own.url, own.folder)).collect()),
        },
    })
}

fn database(own: types::DatabaseAnswer) -> Database {
    Database { script: own.script, engine: own.engine, setting: own.setting, url: own.url }
}

fn asked(own: types::ParameterAnswer) -> Asked {
    Asked {
        name: own.name,
        friendly_name: own.friendly_name,
        description: own.description,
        default: own.default,
        password: own.password.unwrap_or_default(),
        validation: own.validation.map(|validation| (validation.r#type, validation.value)),
        app_setting: own.target.app_setting,
        file: own.target.file,
        xpath: own.target.xpath,
        matching: own.target.r#match,
    }
}
