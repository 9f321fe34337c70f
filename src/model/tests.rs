//! Tests of attributes, resolved and checked against the attribute's type. Nothing is coerced, and nothing is ordered across kinds.

use super::Builder;
use super::declare::scalar;
use super::ir::{self, COMPARATORS, Comparator, Kind, Mode, Operand, Scalar, Slot, Test, TestKind};
use super::scope::Scope;
use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, Name, Value};
use crate::text::Place;
use crate::vocabulary::{EnumId, RecordId, TermId, Type};

/// A list of values of one kind, resolved.
enum Values {
    Terms(u128, Vec<Slot>),
    Rows(Vec<Operand>),
    Scalars(Vec<Scalar>),
    NoValue,
}

impl Builder {
    pub(super) fn test(&mut self, test: &ast::Test, record: RecordId, scope: &mut Scope) -> Option<Test> {
        let Some(attribute) = self.vocabulary().record(record).attribute(&test.attribute.text) else {
            self.unknown_attribute(&test.attribute, record);
            return None;
        };
        self.used.attributes.insert((record, attribute));
        let ty = self.vocabulary().attribute((record, attribute)).ty.clone();
        let kind = match &test.kind {
            ast::TestKind::Is(value) => self.values(&[value], Mode::Any, &ty, test, scope)?,
            ast::TestKind::AnyOf(values) => self.values(&values.iter().collect::<Vec<_>>(), Mode::Any, &ty, test, scope)?,
            ast::TestKind::AllOf(values) => self.values(&values.iter().collect::<Vec<_>>(), Mode::All, &ty, test, scope)?,
            ast::TestKind::NoneOf(values) => self.values(&values.iter().collect::<Vec<_>>(), Mode::None, &ty, test, scope)?,
            ast::TestKind::OnlyOf(values) => self.values(&values.iter().collect::<Vec<_>>(), Mode::Only, &ty, test, scope)?,
            ast::TestKind::Stated(stated) => TestKind::Stated(*stated),
            ast::TestKind::Compared(comparator, value) => self.compared(comparator, value, &ty)?,
            ast::TestKind::Nested(noun) => {
                let mark = scope.mark();
                let made = self.noun(noun, scope);
                scope.leave(mark);
                let made = made?;
                if !ir::references(&ty).is_some_and(|records| records.contains(&made.record)) {
                    return self.wrong_type(noun.kind.place, &format!("a {}", noun.kind.text), &ty, test);
                }
                TestKind::Nested(Box::new(made))
            }
        };
        Some(Test { record, attribute, denied: false, kind, place: test.place })
    }

    fn values(&mut self, values: &[&Value], mode: Mode, ty: &Type, test: &ast::Test, scope: &Scope) -> Option<TestKind> {
        let several = matches!(ty, Type::Terms(_) | Type::References(_) | Type::Parts(_));
        if mode == Mode::All && !several && values.len() > 1 {
            let message = format!("`{}` has one value, so it cannot have all of these", test.attribute.text);
            self.problems.push(Diagnostic::new(Code::E203, test.place, message).help("write `any of … or …`"));
            return None;
        }
        let mut all: Option<Values> = None;
        for value in values {
            let one = self.one_value(value, ty, test, scope)?;
            all = Some(match (all, one) {
                (None, one) => one,
                (Some(Values::Terms(mask, mut slots)), Values::Terms(more, other)) => {
                    slots.extend(other);
                    Values::Terms(mask | more, slots)
                }
                (Some(Values::Rows(mut rows)), Values::Rows(more)) => {
                    rows.extend(more);
                    Values::Rows(rows)
                }
                (Some(Values::Scalars(mut scalars)), Values::Scalars(more)) => {
                    scalars.extend(more);
                    Values::Scalars(scalars)
                }
                (Some(one), _) => one,
            });
        }
        Some(match all? {
            Values::Terms(mask, slots) => TestKind::Terms(mode, mask, slots),
            Values::Rows(rows) => TestKind::Rows(mode, rows),
            Values::Scalars(scalars) => TestKind::Scalars(mode, scalars),
            Values::NoValue => TestKind::Stated(mode == Mode::None),
        })
    }

    fn one_value(&mut self, value: &Value, ty: &Type, test: &ast::Test, scope: &Scope) -> Option<Values> {
        match value {
            Value::None(place) => {
                let none = Name { text: "none".to_owned(), place: *place };
                match ir::enumeration(ty).filter(|id| self.vocabulary().enumeration(*id).term("none").is_some()) {
                    Some(id) => self.term(&none, id).map(|term| Values::Terms(1 << term, Vec::new())),
                    None => Some(Values::NoValue),
                }
            }
            Value::Word(name) => match ir::enumeration(ty) {
                Some(id) if !self.model.parameters.iter().any(|one| one.name == name.text) => {
                    self.term(name, id).map(|term| Values::Terms(1 << term, Vec::new()))
                }
                Some(_) | None => self.parameter_value(name, ty, test, scope).map(|value| Values::Scalars(vec![value])),
            },
            Value::Literal(literal) => {
                let value = scalar(&literal.kind);
                if fits(&value, ty) {
                    return Some(Values::Scalars(vec![value]));
                }
                self.wrong_type(literal.place, scalar_words(&value), ty, test)
            }
            Value::Subject(subject) => {
                let (operand, kind) = self.operand(subject, scope)?;
                match (kind, operand) {
                    (Kind::Term(id), Operand::Slot(slot)) if ir::enumeration(ty) == Some(id) => Some(Values::Terms(0, vec![slot])),
                    (Kind::Record(record), _) if ir::references(ty).is_some_and(|records| records.contains(&record)) => {
                        Some(Values::Rows(vec![operand]))
                    }
                    _ => {
                        let words = self.kind_words(kind);
                        self.wrong_type(super::conditions::subject_place(subject), &words, ty, test)
                    }
                }
            }
        }
    }

    fn parameter_value(&mut self, name: &Name, ty: &Type, test: &ast::Test, scope: &Scope) -> Option<Scalar> {
        let Some(parameter) = self.model.parameters.iter().find(|one| one.name == name.text) else {
            let wanted = self.type_words(ty);
            let message = format!("`{}` takes {wanted}, and `{}` is none", test.attribute.text, name.text);
            let near = nearest(&name.text, self.model.parameters.iter().map(|one| one.name.as_str()));
            let capital = name.text.to_uppercase();
            let help = match (scope.find(&capital), near) {
                (Some(_), _) => format!("did you mean the variable `{capital}`? a variable is one capital letter"),
                (None, Some(near)) => format!("did you mean the parameter `{near}`?"),
                (None, None) => format!("write {wanted}"),
            };
            self.problems.push(Diagnostic::new(Code::E203, name.place, message).help(help));
            return None;
        };
        let value = parameter.value.clone();
        self.used.parameters.insert(name.text.clone());
        if fits(&value, ty) { Some(value) } else { self.wrong_type(name.place, scalar_words(&value), ty, test) }
    }

    fn compared(&mut self, comparator: &Name, value: &Value, ty: &Type) -> Option<TestKind> {
        let (how, _) = COMPARATORS.iter().find(|(_, words)| *words == comparator.text)?;
        let how = *how;
        if let (Some(id), Value::Word(name)) = (ir::enumeration(ty), value) {
            if !self.vocabulary().enumeration(id).ordered || matches!(ty, Type::Terms(_)) || how == Comparator::Within {
                let message = format!("the terms of `{}` have no order", self.vocabulary().enumeration(id).name);
                self.problems.push(Diagnostic::new(Code::E203, comparator.place, message).help("write `any of … or …`"));
                return None;
            }
            return self.term(name, id).map(|term| TestKind::Order(how, term));
        }
        let (scalar, parameter, place) = match value {
            Value::Literal(literal) => (scalar(&literal.kind), None, literal.place),
            Value::Word(name) => match self.model.parameters.iter().find(|one| one.name == name.text).map(|one| one.value.clone()) {
                Some(value) => {
                    self.used.parameters.insert(name.text.clone());
                    (value, Some(name.text.clone()), name.place)
                }
                None => {
                    let help = did_you_mean(&name.text, self.model.parameters.iter().map(|one| one.name.as_str()));
                    self.problems.push(Diagnostic::new(Code::E202, name.place, format!("`{}` is no parameter", name.text)).help(help));
                    return None;
                }
            },
            Value::None(place) => (Scalar::Text("none".to_owned()), None, *place),
            Value::Subject(subject) => (Scalar::Text(String::new()), None, super::conditions::subject_place(subject)),
        };
        let wanted = match (ty, &scalar, how) {
            (Type::Date, Scalar::Duration(_), Comparator::Within) => true,
            (Type::Date, Scalar::Date(_), Comparator::Less | Comparator::More | Comparator::AtLeast | Comparator::AtMost) => true,
            (
                Type::Number | Type::Percentage | Type::Duration | Type::Money,
                value,
                Comparator::AtLeast | Comparator::AtMost | Comparator::More | Comparator::Less,
            ) => fits(value, ty),
            _ => false,
        };
        if wanted {
            return Some(TestKind::Compare(how, scalar, parameter));
        }
        let message = format!("{} cannot be compared `{}` with {}", self.type_words(ty), comparator.text, scalar_words(&scalar));
        self.problems.push(Diagnostic::new(Code::E203, place, message).help("compare two of the same kind; nothing is converted"));
        None
    }

    /// A term of an enumeration; says so if there is none.
    pub(super) fn term(&mut self, name: &Name, id: EnumId) -> Option<TermId> {
        self.used.enumerations.insert(id);
        let found = self.vocabulary().enumeration(id).term(&name.text);
        if found.is_none() {
            let list = self.vocabulary().enumeration(id);
            let names = list.terms.iter().map(|term| term.name.as_str());
            let mut help = did_you_mean(&name.text, names.clone());
            if let Some(term) = nearest(&name.text, names).and_then(|near| list.term(near)).map(|at| &list.terms[at as usize]) {
                help = format!("did you mean `{}` (“{}”)?", term.name, term.meaning);
            }
            let message = format!("`{}` is no term of {}", name.text, list.name);
            self.problems.push(Diagnostic::new(Code::E204, name.place, message).help(help));
        }
        found
    }

    fn wrong_type<T>(&mut self, place: Place, given: &str, ty: &Type, test: &ast::Test) -> Option<T> {
        let wanted = self.type_words(ty);
        let message = format!("`{}` takes {wanted}, and here stands {given}", test.attribute.text);
        self.problems.push(Diagnostic::new(Code::E203, place, message).help(format!("write {wanted}")));
        None
    }

    /// A type in words.
    pub(super) fn type_words(&self, ty: &Type) -> String {
        let vocabulary = self.vocabulary();
        let records = |ids: &[RecordId]| ids.iter().map(|id| vocabulary.record(*id).name.as_str()).collect::<Vec<_>>().join(" or ");
        match ty {
            Type::Term(id) | Type::Terms(id) => format!("a term of {}", vocabulary.enumeration(*id).name),
            Type::Reference(ids) | Type::References(ids) => format!("a {}", records(ids)),
            Type::Parts(id) => format!("a {}", vocabulary.record(*id).name),
            Type::YesNo => "`yes` or `no`".to_owned(),
            Type::Text => "a text in quotation marks".to_owned(),
            Type::Date => "a date".to_owned(),
            Type::Number => "a number".to_owned(),
            Type::Percentage => "a percentage".to_owned(),
            Type::Duration => "a duration".to_owned(),
            Type::Money => "an amount of money".to_owned(),
        }
    }
}

/// Whether a value is of a type.
fn fits(value: &Scalar, ty: &Type) -> bool {
    matches!(
        (value, ty),
        (Scalar::YesNo(_), Type::YesNo)
            | (Scalar::Text(_), Type::Text)
            | (Scalar::Date(_), Type::Date)
            | (Scalar::Number(_), Type::Number)
            | (Scalar::Percentage(_), Type::Percentage)
            | (Scalar::Duration(_), Type::Duration)
            | (Scalar::Money(..), Type::Money)
    )
}

fn scalar_words(value: &Scalar) -> &'static str {
    match value {
        Scalar::YesNo(_) => "yes or no",
        Scalar::Text(_) => "a text",
        Scalar::Date(_) => "a date",
        Scalar::Number(_) => "a number",
        Scalar::Percentage(_) => "a percentage",
        Scalar::Duration(_) => "a duration",
        Scalar::Money(..) => "an amount of money",
    }
}
