//! The table as a caller in C uses it: a program on buffers, from the client to the result.

use std::ffi::c_void;
use std::ptr;

use runahead_pjrt_sys::*;
use runahead_plugin::GetPjrtApi;

/// Calls a function of the table on arguments; gives them back, or the error's code and message.
macro_rules! call {
    ($name:ident, $args:ident { $($field:ident: $value:expr),* $(,)? }) => {{
        let mut args = $args::new();
        $(args.$field = $value;)*
        // SAFETY: a structure of the function's own, whose contents are this test's objects.
        unsafe {
            let error = ((*GetPjrtApi()).$name.unwrap())(&mut args);
            outcome(error).map(|()| args)
        }
    }};
}

unsafe fn outcome(error: *mut PJRT_Error) -> Result<(), (PJRT_Error_Code, String)> {
    if error.is_null() {
        return Ok(());
    }
    let api = GetPjrtApi();
    let mut code = PJRT_Error_GetCode_Args::new();
    let mut message = PJRT_Error_Message_Args::new();
    let mut destroy = PJRT_Error_Destroy_Args::new();
    (code.error, message.error, destroy.error) = (error, error, error);
    // SAFETY: an error of the table's own, which is destroyed once.
    unsafe {
        assert!(((*api).PJRT_Error_GetCode.unwrap())(&mut code).is_null());
        ((*api).PJRT_Error_Message.unwrap())(&mut message);
        let text = std::slice::from_raw_parts(message.message.cast::<u8>(), message.message_size);
        let text = String::from_utf8_lossy(text).into_owned();
        ((*api).PJRT_Error_Destroy.unwrap())(&mut destroy);
        Err((code.code, text))
    }
}

struct Client(*mut PJRT_Client);

impl Client {
    fn new(devices: i64) -> Client {
        let name = "num_devices";
        let mut option = PJRT_NamedValue::new();
        option.name = name.as_ptr().cast();
        option.name_size = name.len();
        option.r#type = PJRT_NamedValue_Type::kInt64;
        option.value = PJRT_NamedValue_Union { int64_value: devices };
        option.value_size = 1;
        let args =
            call!(PJRT_Client_Create, PJRT_Client_Create_Args { create_options: &option, num_options: 1 });
        Client(args.unwrap().client)
    }

    fn device(&self, index: usize) -> *mut PJRT_Device {
        let args = call!(PJRT_Client_Devices, PJRT_Client_Devices_Args { client: self.0 }).unwrap();
        assert!(index < args.num_devices);
        // SAFETY: there are that many.
        unsafe { *args.devices.add(index) }
    }

    fn compile(
        &self,
        text: &str,
        options: &[u8],
    ) -> Result<*mut PJRT_LoadedExecutable, (PJRT_Error_Code, String)> {
        let mut program = PJRT_Program::new();
        program.code = text.as_ptr().cast_mut().cast();
        program.code_size = text.len();
        program.format = c"mlir".as_ptr();
        program.format_size = 4;
        let args = call!(
            PJRT_Client_Compile,
            PJRT_Client_Compile_Args {
                client: self.0,
                program: &program,
                compile_options: options.as_ptr().cast(),
                compile_options_size: options.len(),
            }
        );
        args.map(|args| args.executable)
    }

    fn upload(&self, data: &[f32], device: usize) -> *mut PJRT_Buffer {
        let dims = [data.len() as i64];
        let args = call!(
            PJRT_Client_BufferFromHostBuffer,
            PJRT_Client_BufferFromHostBuffer_Args {
                client: self.0,
                data: data.as_ptr().cast(),
                r#type: PJRT_Buffer_Type::F32,
                dims: dims.as_ptr(),
                num_dims: 1,
                host_buffer_semantics: PJRT_HostBufferSemantics::kImmutableOnlyDuringCall,
                device: self.device(device),
            }
        );
        let args = args.unwrap();
        call!(PJRT_Event_Destroy, PJRT_Event_Destroy_Args { event: args.done_with_host_buffer }).unwrap();
        args.buffer
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        call!(PJRT_Client_Destroy, PJRT_Client_Destroy_Args { client: self.0 }).unwrap();
    }
}

fn download(buffer: *mut PJRT_Buffer, len: usize) -> Result<Vec<f32>, (PJRT_Error_Code, String)> {
    let mut data = vec![0f32; len];
    let args = call!(
        PJRT_Buffer_ToHostBuffer,
        PJRT_Buffer_ToHostBuffer_Args {
            src: buffer,
            dst: data.as_mut_ptr().cast::<c_void>(),
            dst_size: 4 * len,
        }
    )?;
    let awaited = call!(PJRT_Event_Await, PJRT_Event_Await_Args { event: args.event });
    call!(PJRT_Event_Destroy, PJRT_Event_Destroy_Args { event: args.event }).unwrap();
    awaited.map(|_| data)
}

/// Executes on the arguments of each device; gives its one result.
fn execute(
    program: *mut PJRT_LoadedExecutable,
    arguments: &[Vec<*mut PJRT_Buffer>],
) -> Result<Vec<*mut PJRT_Buffer>, (PJRT_Error_Code, String)> {
    let mut results = vec![ptr::null_mut(); arguments.len()];
    let mut events = vec![ptr::null_mut(); arguments.len()];
    let lists: Vec<*const *mut PJRT_Buffer> = arguments.iter().map(|list| list.as_ptr()).collect();
    let outputs: Vec<*mut *mut PJRT_Buffer> = results.iter_mut().map(|result| &raw mut *result).collect();
    call!(
        PJRT_LoadedExecutable_Execute,
        PJRT_LoadedExecutable_Execute_Args {
            executable: program,
            argument_lists: lists.as_ptr(),
            num_devices: arguments.len(),
            num_args: arguments[0].len(),
            output_lists: outputs.as_ptr(),
            device_complete_events: events.as_mut_ptr(),
        }
    )?;
    for event in events {
        let ended = call!(PJRT_Event_Await, PJRT_Event_Await_Args { event: event });
        call!(PJRT_Event_Destroy, PJRT_Event_Destroy_Args { event: event }).unwrap();
        ended?;
    }
    Ok(results)
}

const UPDATE: &str = "module @update {
  func.func public @main(%a: tensor<3xf32> {tf.aliasing_output = 0 : i32}, %b: tensor<3xf32>) -> tensor<3xf32> {
    %c = stablehlo.add %a, %b : tensor<3xf32>
    return %c : tensor<3xf32>
  }
}";

#[test]
fn a_program_from_end_to_end() {
    let client = Client::new(1);
    let program = client.compile(UPDATE, &[]).unwrap();
    let (a, b) = (client.upload(&[1.0, 2.0, 3.0], 0), client.upload(&[10.0, 20.0, 30.0], 0));
    let c = execute(program, &[vec![a, b]]).unwrap()[0];
    assert_eq!(download(c, 3).unwrap(), [11.0, 22.0, 33.0]);
    // The first argument was donated, the second not.
    let is_deleted = |buffer| {
        call!(PJRT_Buffer_IsDeleted, PJRT_Buffer_IsDeleted_Args { buffer: buffer }).unwrap().is_deleted
    };
    assert!(is_deleted(a) && !is_deleted(b) && !is_deleted(c));
    let (code, message) = execute(program, &[vec![a, b]]).unwrap_err();
    assert_eq!(code, PJRT_Error_Code::INVALID_ARGUMENT);
    assert!(message.contains("deleted or donated"), "{message}");
    let (_, message) = execute(program, &[vec![c]]).unwrap_err();
    assert!(message.contains("takes 2 arguments, but 1"), "{message}");
    for buffer in [a, b, c] {
        call!(PJRT_Buffer_Destroy, PJRT_Buffer_Destroy_Args { buffer: buffer }).unwrap();
    }
    call!(PJRT_LoadedExecutable_Destroy, PJRT_LoadedExecutable_Destroy_Args { executable: program }).unwrap();
}

#[test]
fn replicas_meet() {
    let client = Client::new(2);
    let text = "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
      %y = \"stablehlo.all_reduce\"(%x) ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %c = stablehlo.add %a, %b : tensor<f32>
          stablehlo.return %c : tensor<f32>
      }) {replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2xf32>) -> tensor<2xf32>
      return %y : tensor<2xf32>
    }";
    // Two replicas, by compile options as protocol buffers have them.
    let program = client.compile(text, &[0x1a, 2, 0x20, 2]).unwrap();
    let (a, b) = (client.upload(&[1.0, 2.0], 0), client.upload(&[10.0, 20.0], 1));
    for result in execute(program, &[vec![a], vec![b]]).unwrap() {
        assert_eq!(download(result, 2).unwrap(), [11.0, 22.0]);
        call!(PJRT_Buffer_Destroy, PJRT_Buffer_Destroy_Args { buffer: result }).unwrap();
    }
    let (_, message) = execute(program, &[vec![b], vec![a]]).unwrap_err();
    assert!(message.contains("is on device"), "{message}");
    for buffer in [a, b] {
        call!(PJRT_Buffer_Destroy, PJRT_Buffer_Destroy_Args { buffer: buffer }).unwrap();
    }
    call!(PJRT_LoadedExecutable_Destroy, PJRT_LoadedExecutable_Destroy_Args { executable: program }).unwrap();
}

#[test]
fn what_is_compiled_by_content_is_the_same() {
    let client = Client::new(1);
    let fingerprint = |text: &str| {
        let executable = client.compile(text, &[]).unwrap();
        let args = call!(
            PJRT_LoadedExecutable_Fingerprint,
            PJRT_LoadedExecutable_Fingerprint_Args { executable: executable }
        )
        .unwrap();
        // SAFETY: a text that lives as long as the executable.
        let bytes = unsafe {
            std::slice::from_raw_parts(
                args.executable_fingerprint.cast::<u8>(),
                args.executable_fingerprint_size,
            )
        };
        let fingerprint = String::from_utf8(bytes.to_vec()).unwrap();
        call!(PJRT_LoadedExecutable_Destroy, PJRT_LoadedExecutable_Destroy_Args { executable: executable })
            .unwrap();
        fingerprint
    };
    assert_eq!(fingerprint(UPDATE), fingerprint(&UPDATE.replace("  ", " ").replace("%c", "%sum")));
    assert_ne!(fingerprint(UPDATE), fingerprint(&UPDATE.replace("add", "multiply")));
}

#[test]
fn what_does_not_compile_says_why() {
    let client = Client::new(1);
    let (code, message) = client.compile("func.func @main() -> tensor<2xf32> {", &[]).unwrap_err();
    assert_eq!(code, PJRT_Error_Code::INVALID_ARGUMENT);
    assert!(message.contains("expected"), "{message}");
    let (_, message) = client.compile(UPDATE, &[0x1a, 2, 0x20, 2]).unwrap_err();
    assert!(message.contains("num_devices"), "{message}");
}
