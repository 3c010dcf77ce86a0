use super::*;

const ROUTE: Route = Route { channel: 1, between: None };

/// Two processes, charged to a ledger that has memory for so many messages of eight bytes.
fn two(messages: usize) -> (Vec<Process>, Arc<Ledger>) {
    let ledger = Arc::new(Ledger::new(Some(messages * (MESSAGE_BYTES + TENSOR_BYTES + 8))));
    let starter = Process::alone(None).charged_to(Arc::clone(&ledger));
    (Process::world(Processes { replicas: 2, partitions: 1 }, &Feeds::default(), &starter), ledger)
}

fn message(i: u64) -> Vec<Vec<u8>> {
    vec![i.to_le_bytes().to_vec()]
}

#[test]
fn who_sends_waits_for_memory_until_messages_are_received() {
    for messages in [1, 2, 7] {
        let (processes, ledger) = two(messages);
        let send = |process: &Process| (0..2000).try_for_each(|i| process.send(ROUTE, message(i)));
        let receive = |process: &Process| -> Result<(), String> {
            for i in 0..2000 {
                assert_eq!(**process.receive(ROUTE)?, message(i));
            }
            Ok(())
        };
        let runs: [Box<dyn FnOnce() -> Result<(), String> + Send>; 2] =
            [Box::new(|| send(&processes[0])), Box::new(|| receive(&processes[1]))];
        assert_eq!(run_all(processes.iter().zip(runs)), [Ok(()), Ok(())]);
        drop(processes);
        assert_eq!(ledger.memory_use().live, 0);
    }
}

#[test]
fn what_nobody_receives_is_an_error_where_memory_is_spent() {
    let (processes, ledger) = two(3);
    let outcomes = run_all(processes.iter().map(|process| {
        let sends = process.id() == 0;
        (process, move || (0..5).take_while(|_| sends).try_for_each(|i| process.send(ROUTE, message(i))))
    }));
    assert_eq!(outcomes[1], Ok(()));
    let error = outcomes[0].clone().unwrap_err();
    assert!(error.starts_with("waits for memory that 3 messages take which nobody receives"), "{error}");
    drop(processes);
    assert_eq!(ledger.memory_use().live, 0);
    // What is larger than all that there is.
    let (processes, _ledger) = two(1);
    let error = processes[0].send(ROUTE, vec![vec![0; 9]]).unwrap_err();
    assert!(error.contains("bytes are needed"), "{error}");
}
