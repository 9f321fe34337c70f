//! The table of diagnostic codes: one row each, a number never used twice. Each row has a page in `docs/codes`.
//!
//! The first digit says whose text is meant: 1 the form of rule text, 2 its meaning, 3 the form of a description, 4 its meaning,
//! 5 scenarios, 6 how the program was called, 9 a defect in ephor.

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The text cannot be used.
    Error,
    /// The text can be used and is probably not what was meant.
    Warning,
}

macro_rules! codes {
    ($($code:ident $severity:ident $name:literal;)*) => {
        /// A stable diagnostic code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $name] $code,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$code),*];

            /// `E101`.
            pub fn number(self) -> &'static str { match self { $(Code::$code => stringify!($code)),* } }

            /// The name for reading, `unexpected-text`.
            pub fn name(self) -> &'static str { match self { $(Code::$code => $name),* } }

            /// How grave it is.
            pub fn severity(self) -> Severity { match self { $(Code::$code => Severity::$severity),* } }

            /// Its page: what, a failing example, why, a mended example, see also.
            pub fn page(self) -> &'static str {
                match self { $(Code::$code => include_str!(concat!("../../docs/codes/", stringify!($code), ".md"))),* }
            }
        }
    };
}

codes! {
    E101 Error "unexpected-text";
    E102 Error "mixed-and-or";
    E103 Error "limb-letters";
    E104 Error "nested-too-deep";
    E105 Error "edition";
    E106 Error "literal";
    E201 Error "declared-twice";
    E202 Error "unknown-name";
    E203 Error "wrong-type";
    E204 Error "unknown-term";
    E205 Error "unknown-variable";
    E206 Error "unknown-limb";
    E207 Error "unknown-paragraph";
    E208 Error "definition-in-a-circle";
    E209 Error "missing-part-of-a-rule";
    E210 Error "modality-and-verdict";
    E211 Error "exceptions-without-order";
    E212 Error "unknown-exception";
    E213 Error "footing";
    E214 Error "too-many-terms";
    E215 Error "incomplete-vocabulary";
    E216 Error "placeholder";
    W221 Warning "unused-declaration";
    W222 Warning "unreachable-limb";
    W223 Warning "rule-without-scenario";
    W224 Warning "observation-that-does-not-lower";
    E301 Error "not-json";
    E302 Error "not-yaml";
    E303 Error "too-large";
    E304 Error "duplicate-key";
    E305 Error "not-utf-8";
    E401 Error "unknown-key";
    E402 Error "wrong-kind-of-value";
    E403 Error "null";
    E404 Error "not-a-term";
    E405 Error "missing-key";
    E406 Error "dangling-reference";
    E407 Error "ambiguous-id";
    E408 Error "bad-date";
    E409 Error "evidence-missing";
    E410 Error "evidence-without-provision";
    E411 Error "absent-without-search";
    E412 Error "not-applicable-without-fact";
    E413 Error "disputed-without-values";
    E414 Error "format-line";
    E415 Error "absent-but-present";
    E416 Error "reference-of-the-wrong-kind";
    E417 Error "dates-out-of-order";
    E418 Error "duplicate-record";
    E419 Error "before-the-commitment";
    E501 Error "scenario-without-expectation";
    E502 Error "expectation-not-met";
    E503 Error "unknown-rule";
    E601 Error "file";
    E602 Error "nothing-matched";
    E603 Error "option";
    E604 Error "output";
    E605 Error "unknown-id";
    E901 Error "defect";
}
