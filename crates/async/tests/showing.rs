//! What guards show of the values that they guard.

use runahead_async::{Async, Error};

#[test]
fn guards_show_what_they_guard() -> Result<(), Error> {
    let (x, name) = (Async::from(1.5), Async::from(String::from("one\n")));
    assert_eq!(format!("{}", x.wait()?), "1.5");
    assert_eq!(format!("{:>6.2}|{:?}", x.wait()?, name.wait()?), "  1.50|\"one\\n\"");
    assert_eq!(format!("{} {:?}", name.mutate().wait()?, x.mutate().wait()?), "one\n 1.5");
    let pair = Async::from((1, 'a'));
    let letter = pair.view(|pair| &pair.1, |pair| &mut pair.1);
    assert_eq!(format!("{} {:?}", letter.wait()?, letter.wait()?), "a 'a'");
    assert_eq!(format!("{}", letter.mutate().wait()?), "a");
    assert_eq!(format!("{:?}", letter.mutate().wait()?), "'a'");
    assert_eq!(format!("{:?}", x.write().wait()?), "WriteGuard(1.5)");
    assert_eq!(format!("{:?}", Async::<i32>::new().write().wait()?), "WriteGuard");
    Ok(())
}
