//! regorus, Microsoft's Rego in Rust: its interpreter and its virtual machine, each with the policy compiled once.

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};

const POLICY: &str = include_str!("../../rules/thirty.rego");
const ENTRY: &str = "data.thirty.result";

fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.add_policy("thirty.rego".into(), POLICY.into()).expect("the policy");
    engine
}

fn value(bytes: &[u8]) -> Value {
    Value::from_json_str(std::str::from_utf8(bytes).expect("UTF-8")).expect("JSON")
}

fn take(value: &Value, letters: &mut Vec<u8>) {
    letters.extend_from_slice(value.as_string().expect("letters").as_bytes());
}

/// The interpreter.
pub struct Interpreter(Engine, Option<Value>);

impl Interpreter {
    pub fn new() -> Interpreter {
        Interpreter(engine(), None)
    }
}

impl super::Peer for Interpreter {
    fn read(&mut self, bytes: &[u8]) {
        self.1 = Some(value(bytes));
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        self.0.set_input(self.1.clone().expect("input"));
        take(&self.0.eval_rule(ENTRY.into()).expect("an answer"), letters);
    }
}

/// The virtual machine.
pub struct Machine(RegoVM, Option<Value>);

impl Machine {
    pub fn new() -> Machine {
        let entry: Rc<str> = ENTRY.into();
        let policy = engine().compile_with_entrypoint(&entry).expect("a compiled policy");
        let program = Compiler::compile_from_policy(&policy, &[ENTRY]).expect("a program");
        let mut machine = RegoVM::new();
        machine.set_max_instructions(usize::MAX);
        machine.load_program(program);
        machine.set_data(Value::new_object()).expect("data");
        Machine(machine, None)
    }
}

impl super::Peer for Machine {
    fn read(&mut self, bytes: &[u8]) {
        self.1 = Some(value(bytes));
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        self.0.set_input(self.1.clone().expect("input"));
        take(&self.0.execute_entry_point_by_name(ENTRY).expect("an answer"), letters);
    }
}
