use regorus::languages::rego::compiler::Compiler; use regorus::rvm::vm::RegoVM; use regorus::{Engine,Rc,Value};
fn main(){
 let pol=std::fs::read_to_string("rules/thirty.rego").unwrap();
 let doc=std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
 for e in std::env::args().skip(2){
  let mut en=Engine::new(); en.add_policy("t.rego".into(),pol.clone()).unwrap();
  en.set_input(Value::from_json_str(&doc).unwrap());
  let ep=format!("data.thirty.{e}");
  let a=en.eval_rule(ep.clone());
  let mut en=Engine::new(); en.add_policy("t.rego".into(),pol.clone()).unwrap();
  let rc:Rc<str>=ep.as_str().into();
  let p=en.compile_with_entrypoint(&rc).unwrap();
  let prog=Compiler::compile_from_policy(&p,&[&ep]).unwrap();
  let mut vm=RegoVM::new(); vm.set_max_instructions(usize::MAX); vm.load_program(prog); vm.set_data(Value::new_object()).unwrap();
  vm.set_input(Value::from_json_str(&doc).unwrap());
  let b=vm.execute_entry_point_by_name(&ep);
  let (a,b)=(format!("{:?}",a.map(|x|x.to_string())),format!("{:?}",b.map(|x|x.to_string())));
  println!("{e}: {}\n   {}\n   {}",a==b,&a[..a.len().min(300)],&b[..b.len().min(300)]);
 }}
