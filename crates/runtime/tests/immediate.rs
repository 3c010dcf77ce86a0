//! Executions in the call: what takes less time than a task is done when its arguments are there, and fails as a task does.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_async::{CancelToken, Deterministic, ReadBuffer, WriteBuffer, task};
use runahead_ir::{ElementType, Literal, Module, TensorType, parse};
use runahead_runtime::{
    Backend, Buffer, Call, Charge, CompileError, Compiled, Contents, Context, Device, DeviceMemory,
    Immediate, InCall, Launch, Parameter, Recorder, Signature, Source,
};

/// How an execution ends.
#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Sum,
    Failure,
    Panic,
}

/// What a backend's programs did, how they end, and whether they take little time.
struct Adder {
    outcome: Outcome,
    is_quick: bool,
    in_call: AtomicUsize,
    as_task: AtomicUsize,
}

#[derive(Clone)]
struct AddingBackend(Arc<Adder>);

struct AddingProgram(Arc<Adder>, Signature);

struct Number(i32);

impl DeviceMemory for Number {}

fn number(contents: &Contents) -> i32 {
    contents.memory::<Number>().expect("a number").0
}

impl Backend for AddingBackend {
    fn name(&self) -> &str {
        "adder"
    }

    fn compile(&self, _module: &Module, _donated: &[usize]) -> Result<Box<dyn Compiled>, CompileError> {
        let ty = TensorType::scalar(ElementType::I32);
        let parameter = Parameter { name: None, ty: ty.clone(), result: None };
        let signature = Signature {
            name: "add".into(),
            parameters: vec![parameter.clone(), parameter],
            results: vec![ty],
            temporary_bytes: 100,
            constant_bytes: 0,
        };
        Ok(Box::new(AddingProgram(Arc::clone(&self.0), signature)))
    }

    fn upload(&self, source: Literal, into: WriteBuffer<Contents>, charge: Charge, _context: Context) {
        let value = source.to_elements::<i32>().expect("numbers")[0];
        task("upload").dispatch(into, move |into| into.set(Contents::new(Box::new(Number(value)), charge)));
    }

    fn fill(
        &self,
        _ty: TensorType,
        _source: Source,
        _into: WriteBuffer<Contents>,
        _charge: Charge,
        _context: Context,
    ) {
        unreachable!("nothing is filled here");
    }

    fn download(
        &self,
        ty: TensorType,
        from: ReadBuffer<Contents>,
        into: WriteBuffer<Literal>,
        _context: Context,
    ) {
        task("download").dispatch((from, into), move |(from, into)| {
            Literal::new(ty, &number(from).to_le_bytes()[..]).map(|literal| into.set(literal))
        });
    }
}

impl Compiled for AddingProgram {
    fn signature(&self) -> &Signature {
        &self.1
    }

    fn plan(&self) -> Vec<String> {
        Vec::new()
    }

    fn execute(&self, launch: Launch) {
        let adder = Arc::clone(&self.0);
        let Launch { reads, outputs, mut charges, .. } = launch;
        task("add").dispatch((reads, outputs), move |(reads, mut outputs)| {
            adder.as_task.fetch_add(1, Ordering::Relaxed);
            let sum = reads.iter().map(|contents| number(contents)).sum();
            outputs[0].set(Contents::new(Box::new(Number(sum)), charges.remove(0)));
        });
    }

    fn immediate(&self, in_call: InCall) -> Option<&dyn Immediate> {
        (self.0.is_quick || in_call == InCall::Any).then_some(self)
    }
}

impl Immediate for AddingProgram {
    fn execute(
        &self,
        mut call: Call<'_>,
        give: &mut dyn FnMut(Contents),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.0.in_call.fetch_add(1, Ordering::Relaxed);
        let add = || call.arguments.iter().map(|contents| number(contents)).sum();
        match self.0.outcome {
            Outcome::Sum => {
                let sum = match call.device.recorder() {
                    Some(recorder) => recorder.record_execution(&self.1.name, add),
                    None => add(),
                };
                give(Contents::new(Box::new(Number(sum)), call.charges.next().expect("one for each result")));
                Ok(())
            }
            Outcome::Failure => Err("there is no sum".into()),
            Outcome::Panic => panic!("adding went wrong"),
        }
    }
}

/// A device of such programs, and what they did: in the call, and as tasks.
fn device(outcome: Outcome, is_quick: bool) -> (Device, impl Fn() -> (usize, usize)) {
    let (in_call, as_task) = Default::default();
    let adder = Arc::new(Adder { outcome, is_quick, in_call, as_task });
    let device = Device::new(Arc::new(AddingBackend(Arc::clone(&adder))), 0);
    (device, move || (adder.in_call.load(Ordering::Relaxed), adder.as_task.load(Ordering::Relaxed)))
}

fn module() -> Module {
    parse("add.mlir", "func.func @main() { return }").unwrap()
}

fn literal(value: i32) -> Literal {
    Literal::from_elements([], &[value]).unwrap()
}

fn value(buffer: &Buffer) -> i32 {
    buffer.to_host().wait().unwrap().to_elements::<i32>().unwrap()[0]
}

/// Numbers on the device, which are there.
fn numbers(device: &Device, values: [i32; 2]) -> [Buffer; 2] {
    values.map(|value| {
        let buffer = device.upload(&literal(value)).unwrap();
        buffer.ready().wait().unwrap();
        buffer
    })
}

#[test]
fn what_is_there_is_used_in_the_call_and_what_is_not_by_a_task() {
    // Nothing but the call runs before somebody waits.
    Deterministic::new(1).run(|| {
        let (device, ran) = device(Outcome::Sum, true);
        let add = device.compile(&module()).unwrap();
        let [one, two] = numbers(&device, [1, 2]);
        let three = add.execute(&[&one, &two]).unwrap().remove(0);
        assert!(three.is_ready() && three.is_there() && ran() == (1, 0));
        let late = device.upload(&literal(4)).unwrap();
        let seven = add.execute(&[&three, &late]).unwrap().remove(0);
        assert!(!seven.is_ready() && !seven.is_there() && ran() == (1, 0));
        assert_eq!((value(&seven), value(&three), ran()), (7, 3, (1, 1)));
        let ten = add.execute(&[&three, &seven]).unwrap().remove(0);
        assert!(ten.is_ready() && value(&ten) == 10);
    });
}

#[test]
fn what_takes_a_while_is_done_in_the_call_where_it_is_waited_for() {
    Deterministic::new(1).run(|| {
        let (device, ran) = device(Outcome::Sum, false);
        let add = device.compile(&module()).unwrap();
        let [one, two] = numbers(&device, [1, 2]);
        let arguments = [&one, &two];
        assert!(!add.execute(&arguments).unwrap()[0].is_ready());
        assert!(add.submission(&arguments).in_call(InCall::Any).submit().unwrap()[0].is_ready());
        // Who may cancel it may do so before it begins.
        let token = CancelToken::new();
        let submission = add.submission(&arguments).in_call(InCall::Any).cancel_by(&token);
        assert!(!submission.submit().unwrap()[0].is_ready());
        assert_eq!(ran(), (1, 0));
    });
}

#[test]
fn what_goes_wrong_goes_into_the_results() {
    for (outcome, reason) in [(Outcome::Failure, "there is no sum"), (Outcome::Panic, "adding went wrong")] {
        let (device, ran) = device(outcome, true);
        let add = device.compile(&module()).unwrap();
        let [one, two] = numbers(&device, [1, 2]);
        let none = add.execute(&[&one, &two]).unwrap().remove(0);
        let error = none.to_host().wait().unwrap_err();
        assert!(error.to_string().contains(reason) && error.to_string().contains("add"), "{error}");
        assert!(none.is_ready() && !none.is_there());
        assert_eq!(ran(), (1, 0));
        // What was charged is given back, and what uses the result fails.
        drop((one, two));
        assert_eq!(device.memory_use().live, 0);
        let after = add.execute(&[&none, &none]).unwrap().remove(0);
        assert!(after.to_host().wait().unwrap_err().to_string().contains(reason));
    }
}

#[test]
fn it_is_charged_noted_and_held_to_the_budget() {
    let (device, ran) = device(Outcome::Sum, true);
    let add = device.compile(&module()).unwrap();
    let [one, two] = numbers(&device, [1, 2]);
    let recorder = Arc::new(Recorder::new());
    device.set_recorder(Some(Arc::clone(&recorder)));
    let three = add.execute(&[&one, &two]).unwrap().remove(0);
    device.set_recorder(None);
    // Three numbers of four bytes, and a hundred bytes of working memory while it was executed.
    let memory = device.memory_use();
    assert_eq!((memory.live, memory.peak, memory.temporary), (12, 112, 0));
    let spans = recorder.spans();
    assert_eq!((spans.len(), &*spans[0].name), (1, "add"));
    device.set_budget(Some(100));
    let error = add.execute(&[&one, &two]).unwrap_err();
    assert!(error.to_string().contains("104 bytes are needed"), "{error}");
    device.set_budget(Some(116));
    drop(add.execute(&[&one, &three]).unwrap());
    assert_eq!(ran(), (2, 0));
}
