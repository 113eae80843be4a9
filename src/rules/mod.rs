//! What can be wrong with a package: one rule, one file, one golden, one web page.
//!
//! A rule is `src/rules/<area>/<bad_pattern>.rs` and one line in the registry below. Its id is its
//! path. `./build.sh new-rule AREA/NAME` makes the skeleton.

mod absence;
mod binary;
mod configuration;
mod context;
mod grades;
mod lookup;
mod own;
mod scopes;
mod sqlite;
mod support;
mod tagging;

use std::fmt;

pub use context::{App, Context, Memo, Wanted};
pub use grades::Grades;

use crate::diagnostic::{Diagnostic, Profile, Severity};

/// A rule.
pub struct Rule {
    /// `area/bad-pattern`.
    pub id: &'static str,
    /// Its number in the catalogue: `LAY001`.
    pub code: &'static str,
    /// Its web page, in Markdown.
    pub page: &'static str,
    /// Its severity as a package of the gallery; nothing when it does not apply there.
    pub gallery: Option<Severity>,
    /// Its severity as any package of Web Deploy; nothing when it does not apply there.
    pub webdeploy: Option<Severity>,
    /// Its severity as the gallery's retired validator had it.
    pub strict: Option<Severity>,
    check: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

impl Rule {
    /// Its severity in a profile.
    #[must_use]
    pub const fn severity(&self, profile: Profile) -> Option<Severity> {
        match profile {
            Profile::Gallery => self.gallery,
            Profile::WebDeploy => self.webdeploy,
            Profile::Strict => self.strict,
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// A diagnostic and the rule that found it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is in the profile that was asked for.
    pub severity: Severity,
    /// What was found.
    pub diagnostic: Diagnostic,
}

/// Runs every rule; errors first, then by place.
#[must_use]
pub fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in ALL {
        let Some((severity, given)) = cx.grades.of(rule, cx.profile) else { continue };
        if !cx.package.kind.is_judged_by(rule.id) {
            continue;
        }
        let mut out = Vec::new();
        (rule.check)(cx, &mut out);
        findings.extend(out.into_iter().map(|diagnostic| Finding {
            rule,
            severity: diagnostic.severity.filter(|_| !given).unwrap_or(severity),
            diagnostic,
        }));
    }
    let place = |finding: &Finding| {
        let location = &finding.diagnostic.location;
        (location.file.clone(), location.span)
    };
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| place(a).cmp(&place(b))));
    findings
}

/// Declares the rule of a file. The doc comment is its web page, with the headings What it does,
/// Why it matters, Example, Use instead, Fix, References.
///
/// In the profile `strict` a rule has its severity for the gallery when it says no other.
macro_rules! declare_rule {
    ($(#[doc = $page:literal])* $id:literal, $code:ident, gallery: $gallery:ident, webdeploy: $webdeploy:ident) => {
        $crate::rules::declare_rule! {
            $(#[doc = $page])* $id, $code, gallery: $gallery, webdeploy: $webdeploy, strict: $gallery
        }
    };
    (
        $(#[doc = $page:literal])* $id:literal, $code:ident,
        gallery: $gallery:ident, webdeploy: $webdeploy:ident, strict: $strict:ident
    ) => {
        pub(in crate::rules) const RULE: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            code: stringify!($code),
            // The pages are made natively; in the browser they would only be downloaded.
            page: if cfg!(target_arch = "wasm32") { "" } else { concat!($($page, "\n",)*) },
            gallery: $crate::rules::severity!($gallery),
            webdeploy: $crate::rules::severity!($webdeploy),
            strict: $crate::rules::severity!($strict),
            check,
        };
    };
}

macro_rules! severity {
    (Off) => {
        None
    };
    ($severity:ident) => {
        Some($crate::diagnostic::Severity::$severity)
    };
}

macro_rules! registry {
    ($($area:ident { $($rule:ident,)* })*) => {
        $(mod $area { $(pub(super) mod $rule;)* })*

        /// Every rule, in the order of the catalogue.
        pub const ALL: &[&Rule] = &[$($(&$area::$rule::RULE,)*)*];
    };
}

use {declare_rule, severity};

registry! {
    archive {
        ambiguous_structure,
        damaged_entry,
        encrypted_entry,
        foreign_method,
        beyond_zip32,
        oversized_package,
        unsafe_name,
        backslash_name,
        duplicate_name,
        name_differing_in_case,
        file_and_folder,
        windows_name,
        long_path,
        missing_folder_entries,
        unix_attributes,
        symbolic_link,
        unmarked_name,
        suspicious_expansion,
        blank_in_package_name,
    }
    layout {
        missing_manifest,
        missing_parameters,
        nested_package,
        missing_app_folder,
        app_folder_differing_in_case,
        empty_app_folder,
        undeployed_file,
        unfound_application,
        web_deploy_package,
        missing_system_info,
        missing_web_config,
        left_over,
        secret,
        foreign_binary,
        single_architecture,
        hidden_segment,
        refused_wheel,
        contested_file,
        packed_wheel,
        written_secret,
        database_with_data,
        missing_application,
    }
    manifest {
        not_well_formed,
        document_type,
        foreign_encoding,
        provider_as_root,
        missing_iis_app,
        several_iis_apps,
        missing_path,
        provider_outside_gallery,
        unknown_provider,
        pointless_provider_path,
        ambiguous_provider_path,
        wrong_rights_path,
        unknown_attribute,
        unknown_value,
        unknown_access,
        partial_write_access,
        writable_app_folder,
        access_outside_app,
        missing_access_target,
        mismatched_resource_type,
        unsupported_access_path,
        user_of_access,
        missing_access,
        missing_script,
        transacted_script,
        missing_command_delimiter,
        out_of_order,
        incomplete_alias,
        alias_outside_app,
        unfilled_placeholder,
        unusual_case,
        ineffective_wait,
        pool_setting,
    }
    parameters {
        not_well_formed,
        foreign_root,
        missing_name,
        duplicate_name,
        content_out_of_order,
        doubled_attribute,
        unknown_markup,
        missing_iis_app_tag,
        repeated_iis_app_tag,
        unknown_tag,
        run_together_tags,
        hidden_without_default,
        validate_without_connection_string,
        password_in_clear_text,
        misplaced_new_tag,
        missing_database_tag,
        second_database_administrator,
        database_tag_without_engine,
        unused_connection_string,
        undefined_reference,
        circular_reference,
        incomplete_entry,
        unknown_entry_type,
        text_file_position,
        malformed_enumeration,
        default_not_accepted,
        unknown_validation,
        overridden_description,
        unknown_culture,
        path_of_a_developer,
        stored_value,
        missing_address,
        unused_parameter,
        malformed_expression,
        malformed_xpath,
        unprefixed_xpath,
        loose_file_scope,
        slash_in_file_scope,
        ineffective_entry,
        literal_placeholder,
        untargeted_iis_app,
        untargeted_set_acl,
        untargeted_database,
        blank_in_scope,
        untagged_application_path,
        foreign_database_engine,
        site_as_default,
        unset_parameter,
    }
    python {
        syntax_error,
        debug_mode,
    }
    web_config {
        not_well_formed,
        missing_python_handler,
        malformed_handler,
        unknown_resource_type,
        unknown_access,
        misspelt_module,
        malformed_script_processor,
        foreign_interpreter,
        idle_process,
        unexpanded_token,
        unquoted_blank,
        missing_handler_file,
        filled_handler_file,
        unrouted_handler,
        dropped_query,
        unconditional_rewrite,
        malformed_rewrite,
        broken_rewrite_pattern,
        unknown_capture,
        untold_url_rewrite,
        missing_wsgi_handler,
        unreadable_wsgi_handler,
        absent_module,
        absent_program,
        miscalled_wsgi_handler,
        outdated_django_handler,
        missing_django_settings,
        absent_settings_module,
        stray_blank,
        missing_python_path,
        duplicate_setting,
        unwritable_log,
        debugging_aid,
        server_section,
        shadowed_module,
        malformed_http_platform,
        unheeded_port,
        missing_log_folder,
        competing_handlers,
        pointless_mask,
        unmasked_static_folder,
        cleared_handlers,
        missing_virtualenv_proxy,
        unread_runtime,
        unbundled_requirement,
        name_in_another_case,
        interpreter_too_old,
        readable_source,
        absent_environment,
        unlike_answer,
        uncollected_static,
    }
    publish {
        unreadable_profile,
        missing_web_deploy_profile,
        missing_credentials,
        abbreviated_address,
        password_in_project,
    }
    command_line {
        broken_argument,
        content_destination,
        expanded_character,
        missing_site,
    }
    set_parameters {
        unreadable_values,
        malformed_site_path,
    }
    gallery {
        unusable_app_id,
        wordy_description,
        relative_address,
    }
}
