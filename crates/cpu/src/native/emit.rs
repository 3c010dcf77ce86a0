//! From loops of scalars to machine code.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    AbiParam, Block, BlockArg, Endianness, InstBuilder, MemFlagsData, SigRef, Signature, StackSlot,
    StackSlotData, StackSlotKind, Type, Value, types,
};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::settings::{self, Configurable};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{Linkage, Module, default_libcall_names};
use runahead_ir::ElementType;
use runahead_lower::loops::{Argument, Carried, Constant, Loops, Operation, Place, Statement};

use super::code::{Function, call_step, is_to_end};
use super::functions::{self, call_operation};
use super::operations::{Applied, bitcast, inline, machine};
use super::slots::{self, Kept, Slot};
use super::vector;
use crate::ops::{Scalar, code_for};

/// Turns of a loop after which the code asks whether it is to end, where it calls nothing.
const TURNS_UNASKED: i64 = 1024;

/// The machine's instructions; `None` where no code can be made for it.
pub(super) fn isa() -> Option<Arc<dyn TargetIsa>> {
    static ISA: LazyLock<Option<Arc<dyn TargetIsa>>> = LazyLock::new(|| {
        let mut flags = settings::builder();
        let verify = if cfg!(debug_assertions) { "true" } else { "false" };
        let choices = [
            ("opt_level", "speed"),
            ("is_pic", "false"),
            ("use_colocated_libcalls", "false"),
            ("unwind_info", "false"),
            ("enable_probestack", "false"),
            ("enable_verifier", verify),
        ];
        choices.iter().try_for_each(|(name, value)| flags.set(name, value)).ok()?;
        let isa = cranelift_native::builder().ok()?.finish(settings::Flags::new(flags)).ok()?;
        (isa.pointer_type() == types::I64 && isa.endianness() == Endianness::Little).then_some(isa)
    });
    ISA.clone()
}

/// Whether code can be made and called here: the machine may be unknown, and the system may refuse memory for code.
pub(super) fn works() -> bool {
    function(&Loops::default(), 0, Turns::All).is_some_and(|function| {
        // SAFETY: the code does nothing.
        unsafe { function.run(&[], 0, 0) };
        true
    })
}

/// Which turns of the outermost loop code does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Turns {
    /// All of them.
    All,
    /// Those that it is told. There is nothing but loops then, whose turns write different elements: each goes from one of
    /// these indices on.
    Told(Vec<usize>),
}

/// The code of loops over so many memories; `None` where something in them has no code.
pub(super) fn function(loops: &Loops, memories: usize, turns: Turns) -> Option<Function> {
    let mut module = JITModule::new(JITBuilder::with_isa(isa()?, default_libcall_names()));
    let mut signature = module.make_signature();
    signature.params.extend([AbiParam::new(types::I64); 4]);
    let id = module.declare_function("loops", Linkage::Local, &signature).ok()?;
    let mut context = module.make_context();
    context.func.signature = signature;
    let mut builder_context = FunctionBuilderContext::new();
    let mut builder = FunctionBuilder::new(&mut context.func, &mut builder_context);
    let config = module.target_config();
    let made = {
        let mut emitter = Emitter::new(&mut builder, loops, memories, turns);
        emitter.body();
        !emitter.failed
    };
    let finished = made.then(|| {
        builder.seal_all_blocks();
        builder.finalize(config);
    });
    let defined = finished
        .and_then(|()| module.define_function(id, &mut context).ok())
        .and_then(|()| module.finalize_definitions().ok());
    match defined {
        // SAFETY: the function was declared with two pointers, and calls what is in `functions` and `code` alone.
        Some(()) => Some(unsafe {
            let entry = module.get_finalized_function(id);
            Function::new(module, entry)
        }),
        None => {
            // SAFETY: nothing in the module was ever handed out.
            unsafe { module.free_memory() };
            None
        }
    }
}

/// Memory that is there and may begin anywhere.
pub(super) fn flags() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}

pub(super) struct Emitter<'a, 'b> {
    pub(super) b: &'a mut FunctionBuilder<'b>,
    pub(super) loops: &'a Loops,
    values: Vec<Option<Value>>,
    /// The starts of the memories.
    memories: Vec<Value>,
    slots: HashMap<Slot, (Variable, Type, Kept)>,
    context: Value,
    /// From where to where the outermost loop goes, for code that is told so.
    told: Option<(Value, Value, Vec<usize>)>,
    /// Where the code ends.
    exit: Block,
    /// Room for the operands and the result of a called operation.
    scalars: Option<StackSlot>,
    signatures: HashMap<(Vec<Type>, Option<Type>), SigRef>,
    /// Whether something has no code.
    pub(super) failed: bool,
}

impl<'a, 'b> Emitter<'a, 'b> {
    fn new(
        b: &'a mut FunctionBuilder<'b>,
        loops: &'a Loops,
        memories: usize,
        turns: Turns,
    ) -> Emitter<'a, 'b> {
        let entry = b.create_block();
        b.append_block_params_for_function_params(entry);
        b.switch_to_block(entry);
        let &[context, table, from, to] = b.block_params(entry) else {
            unreachable!("declared with four parameters")
        };
        let exit = b.create_block();
        let starts = (0..memories)
            .map(|i| b.ins().load(types::I64, flags().with_readonly().with_can_move(), table, 8 * i as i32))
            .collect();
        Emitter {
            b,
            loops,
            values: vec![None; loops.types.len()],
            memories: starts,
            slots: HashMap::new(),
            context,
            told: match turns {
                Turns::Told(starts) => Some((from, to, starts)),
                Turns::All => None,
            },
            exit,
            scalars: None,
            signatures: HashMap::new(),
            failed: false,
        }
    }

    fn body(&mut self) {
        let mut kept: Vec<(Slot, Kept)> = slots::find(self.loops).into_iter().collect();
        if self.told.is_some() {
            // What several threads write is not kept by each.
            kept.retain(|(_, kept)| !kept.written);
        }
        kept.sort_by_key(|(slot, _)| *slot);
        for (slot, kept) in kept {
            let ty = machine(kept.element);
            let variable = self.b.declare_var(ty);
            let value = self.b.ins().load(ty, flags(), self.memories[slot.0], slot.1 as i32);
            self.b.def_var(variable, value);
            self.slots.insert(slot, (variable, ty, kept));
        }
        let loops = self.loops;
        match self.told.take() {
            None => self.list(&loops.statements),
            Some((from, to, starts)) => {
                for (statement, start) in loops.statements.iter().zip(starts) {
                    let Statement::For { index, count, carried, body } = statement else { continue };
                    self.failed |= !carried.is_empty();
                    self.told_turns(index.0, (from, to), start as i64, *count as i64, body);
                }
            }
        }
        let exit = self.exit;
        self.b.ins().jump(exit, &[]);
        self.b.switch_to_block(exit);
        let mut written: Vec<(Slot, Variable)> = self
            .slots
            .iter()
            .filter(|(_, (.., kept))| kept.written)
            .map(|(&slot, &(v, ..))| (slot, v))
            .collect();
        written.sort_by_key(|(slot, _)| *slot);
        for (slot, variable) in written {
            let value = self.b.use_var(variable);
            self.b.ins().store(flags(), value, self.memories[slot.0], slot.1 as i32);
        }
        self.b.ins().return_(&[]);
    }

    fn list(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Compute { value, operation, arguments } => {
                let result = self.loops.types[value.0 as usize];
                let computed = self.compute(*operation, arguments, result);
                self.values[value.0 as usize] = Some(computed);
            }
            Statement::Read { value, from } => {
                let read = self.read(from);
                self.values[value.0 as usize] = Some(read);
            }
            Statement::Write { to, value } => {
                let value = self.argument(*value);
                self.write(to, value);
            }
            Statement::Copy { from, to } => self.copy(*from, *to),
            Statement::For { index, count, carried, body } => {
                if let Some(vectors) = vector::plan(self.loops, *index, *count, carried, body) {
                    let ends = [0, *count as i64].map(|end| self.b.ins().iconst(types::I64, end));
                    vector::emit(self, &vectors, *index, (ends[0], ends[1]), body);
                    let done = vectors.done(*count);
                    self.counted(index.0, done as i64, *count as i64, carried, body);
                } else {
                    self.counted(index.0, 0, *count as i64, carried, body);
                }
            }
            Statement::If { condition, then } => {
                let condition = self.argument(*condition);
                let (yes, after) = (self.b.create_block(), self.b.create_block());
                self.b.ins().brif(condition, yes, &[], after, &[]);
                self.b.switch_to_block(yes);
                self.list(then);
                self.b.ins().jump(after, &[]);
                self.b.switch_to_block(after);
            }
            Statement::While { condition, predicate, body } => self.repeat(condition, *predicate, body),
            Statement::Choose { index, branches } => self.choose(*index, branches),
            Statement::Call { number, .. } => {
                let number = self.b.ins().iconst(types::I64, *number as i64);
                let context = self.context;
                let end = self.call(call_step as *const () as usize, &[context, number], Some(types::I32));
                self.end_where(end);
            }
        }
    }

    /// Goes on where a number is 0, and ends the code where it is not.
    fn end_where(&mut self, end: Option<Value>) {
        let Some(end) = end else { return };
        let on = self.b.create_block();
        let exit = self.exit;
        self.b.ins().brif(end, exit, &[], on, &[]);
        self.b.switch_to_block(on);
    }

    /// Calls a function at an address.
    fn call(&mut self, address: usize, arguments: &[Value], result: Option<Type>) -> Option<Value> {
        let parameters: Vec<Type> =
            arguments.iter().map(|&value| self.b.func.dfg.value_type(value)).collect();
        let signature = match self.signatures.get(&(parameters.clone(), result)) {
            Some(&signature) => signature,
            None => {
                let mut signature = Signature::new(self.isa_convention());
                signature.params.extend(parameters.iter().map(|&ty| AbiParam::new(ty)));
                signature.returns.extend(result.map(AbiParam::new));
                let reference = self.b.import_signature(signature);
                self.signatures.insert((parameters, result), reference);
                reference
            }
        };
        let callee = self.b.ins().iconst(types::I64, address as i64);
        let call = self.b.ins().call_indirect(signature, callee, arguments);
        self.b.inst_results(call).first().copied()
    }

    fn isa_convention(&self) -> cranelift_codegen::isa::CallConv {
        self.b.func.signature.call_conv
    }

    pub(super) fn argument(&mut self, argument: Argument) -> Value {
        match argument {
            Argument::Value(value) => match self.values[value.0 as usize] {
                Some(value) => value,
                None => {
                    // A value that nothing defined: the loops are not well formed.
                    self.failed = true;
                    let ty = machine(self.loops.types[value.0 as usize]);
                    self.zero(ty)
                }
            },
            Argument::Constant(constant) => self.constant(constant),
        }
    }

    fn zero(&mut self, ty: Type) -> Value {
        self.constant_bits(ty, 0)
    }

    fn constant(&mut self, constant: Constant) -> Value {
        self.constant_bits(machine(constant.element), constant.bits())
    }

    pub(super) fn constant_bits(&mut self, ty: Type, bits: u128) -> Value {
        match ty {
            types::F32 => self.b.ins().f32const(f32::from_bits(bits as u32)),
            types::F64 => self.b.ins().f64const(f64::from_bits(bits as u64)),
            types::I128 => {
                let (low, high) = (
                    self.b.ins().iconst(types::I64, bits as i64),
                    self.b.ins().iconst(types::I64, (bits >> 64) as i64),
                );
                self.b.ins().iconcat(low, high)
            }
            ty => {
                let mask = if ty.bits() >= 64 { u64::MAX } else { (1 << ty.bits()) - 1 };
                self.b.ins().iconst(ty, (bits as u64 & mask) as i64)
            }
        }
    }

    fn compute(&mut self, operation: Operation, arguments: &[Argument], result: ElementType) -> Value {
        let elements: Vec<ElementType> = arguments.iter().map(|&a| self.loops.type_of(a)).collect();
        let known: Vec<Option<u128>> = arguments
            .iter()
            .map(|a| match a {
                Argument::Constant(constant) => Some(constant.bits()),
                Argument::Value(_) => None,
            })
            .collect();
        let values: Vec<Value> = arguments.iter().map(|&a| self.argument(a)).collect();
        let applied =
            Applied { operation, arguments: &values, elements: &elements, known: &known, result, lanes: 1 };
        if let Some(value) = inline(self.b, &applied) {
            return value;
        }
        if elements.iter().all(|&element| element == result)
            && let Some(function) = functions::of(operation, result)
            && function.arguments == values.len()
            && let Some(value) = self.call(function.address, &values, Some(machine(result)))
        {
            return value;
        }
        self.call_operation(operation, &values, &elements, result)
    }

    /// An operation that has no instructions: its operands go through memory.
    fn call_operation(
        &mut self,
        operation: Operation,
        values: &[Value],
        elements: &[ElementType],
        result: ElementType,
    ) -> Value {
        let ty = machine(result);
        let Some(code) = code_for(&operation.kind(), elements, result) else {
            self.failed = true;
            return self.zero(ty);
        };
        let size = size_of::<Scalar>() as i32;
        let scalars = *self.scalars.get_or_insert_with(|| {
            self.b.create_sized_stack_slot(StackSlotData::new(
                StackSlotKind::ExplicitSlot,
                4 * size as u32,
                4,
            ))
        });
        let start = self.b.ins().stack_addr(types::I64, scalars, 0);
        for (i, &value) in values.iter().enumerate() {
            self.b.ins().store(flags(), value, start, size * i as i32);
        }
        if let Some(constant) = code.constant {
            let bits = u64::from_le_bytes(constant.bytes(8).try_into().unwrap_or_default());
            let value = self.b.ins().iconst(types::I64, bits as i64);
            self.b.ins().store(flags(), value, start, size * code.arity as i32);
        }
        let function = self.b.ins().iconst(types::I64, code.scalar as *const () as usize as i64);
        self.call(call_operation as *const () as usize, &[function, start], None);
        self.b.ins().load(ty, flags(), start, 3 * size)
    }

    /// The address of an element, as a value and bytes beyond it.
    pub(super) fn address(&mut self, place: &Place) -> (Value, i32) {
        let mut address = self.memories[place.memory];
        for &(value, step) in &place.terms {
            let index = self.argument(Argument::Value(value));
            let step = self.b.ins().iconst(types::I64, step);
            let bytes = self.b.ins().imul(index, step);
            address = self.b.ins().iadd(address, bytes);
        }
        match i32::try_from(place.start) {
            Ok(offset) => (address, offset),
            Err(_) => {
                let start = self.b.ins().iconst(types::I64, place.start);
                (self.b.ins().iadd(address, start), 0)
            }
        }
    }

    fn slot(&self, place: &Place) -> Option<(Variable, Type)> {
        if !place.terms.is_empty() {
            return None;
        }
        self.slots.get(&(place.memory, place.start)).map(|&(variable, ty, _)| (variable, ty))
    }

    /// Gives a value a name in the code.
    pub(super) fn define(&mut self, value: runahead_lower::loops::Value, is: Value) {
        self.values[value.0 as usize] = Some(is);
    }

    pub(super) fn read(&mut self, place: &Place) -> Value {
        let ty = machine(place.element);
        if let Some((variable, _)) = self.slot(place) {
            let value = self.b.use_var(variable);
            return bitcast(self.b, ty, value);
        }
        let (address, offset) = self.address(place);
        self.b.ins().load(ty, flags(), address, offset)
    }

    fn write(&mut self, place: &Place, value: Value) {
        if let Some((variable, ty)) = self.slot(place) {
            let value = bitcast(self.b, ty, value);
            self.b.def_var(variable, value);
            return;
        }
        let (address, offset) = self.address(place);
        self.b.ins().store(flags(), value, address, offset);
    }

    fn copy(&mut self, from: (usize, runahead_lower::loops::Bytes), to: (usize, usize)) {
        let (source, target) = (self.memories[from.0], self.memories[to.0]);
        let at = |emitter: &mut Self, start: Value, offset: usize| {
            let offset = emitter.b.ins().iconst(types::I64, offset as i64);
            emitter.b.ins().iadd(start, offset)
        };
        let (source, target) = (at(self, source, from.1.start), at(self, target, to.1));
        let len = self.b.ins().iconst(types::I64, from.1.len as i64);
        self.call(copy_bytes as *const () as usize, &[target, source, len], None);
    }

    /// A loop from one index up to another.
    fn counted(&mut self, index: u32, from: i64, to: i64, carried: &[Carried], body: &[Statement]) {
        let initial: Vec<Value> = carried.iter().map(|c| self.argument(c.initial)).collect();
        if from == to {
            carried.iter().zip(initial).for_each(|(c, value)| self.values[c.result.0 as usize] = Some(value));
            return;
        }
        let [from, to] = [from, to].map(|index| self.b.ins().iconst(types::I64, index));
        self.turns(index, from, to, carried, body);
    }

    /// The turns of a loop that begins at a number of those that are told, as far as they are among these.
    fn told_turns(
        &mut self,
        index: u32,
        (from, to): (Value, Value),
        start: i64,
        count: i64,
        body: &[Statement],
    ) {
        let [start, zero, end] = [start, 0, count].map(|number| self.b.ins().iconst(types::I64, number));
        let first = self.b.ins().isub(from, start);
        let first = self.b.ins().smax(first, zero);
        let last = self.b.ins().isub(to, start);
        let last = self.b.ins().smin(last, end);
        let some = self.b.ins().icmp(IntCC::SignedLessThan, first, last);
        let (go, after) = (self.b.create_block(), self.b.create_block());
        self.b.ins().brif(some, go, &[], after, &[]);
        self.b.switch_to_block(go);
        let index = runahead_lower::loops::Value(index);
        let vectors = vector::plan(self.loops, index, count as usize, &[], body);
        let first = match &vectors {
            Some(vectors) => vector::emit(self, vectors, index, (first, last), body),
            None => first,
        };
        let more = self.b.ins().icmp(IntCC::SignedLessThan, first, last);
        let rest = self.b.create_block();
        self.b.ins().brif(more, rest, &[], after, &[]);
        self.b.switch_to_block(rest);
        self.turns(index.0, first, last, &[], body);
        self.b.ins().jump(after, &[]);
        self.b.switch_to_block(after);
    }

    /// A loop from one index up to another, of which there is one at least.
    fn turns(&mut self, index: u32, from: Value, to: Value, carried: &[Carried], body: &[Statement]) {
        let initial: Vec<Value> = carried.iter().map(|c| self.argument(c.initial)).collect();
        let (head, after) = (self.b.create_block(), self.b.create_block());
        let counter = self.b.append_block_param(head, types::I64);
        for c in carried {
            let ty = machine(self.loops.types[c.parameter.0 as usize]);
            let parameter = self.b.append_block_param(head, ty);
            self.values[c.parameter.0 as usize] = Some(parameter);
            let result = self.b.append_block_param(after, ty);
            self.values[c.result.0 as usize] = Some(result);
        }
        let arguments: Vec<BlockArg> = [from].into_iter().chain(initial).map(BlockArg::Value).collect();
        self.b.ins().jump(head, &arguments);
        self.b.switch_to_block(head);
        self.values[index as usize] = Some(counter);
        self.list(body);
        let next: Vec<Value> = carried.iter().map(|c| self.argument(c.next)).collect();
        let one = self.b.ins().iconst(types::I64, 1);
        let following = self.b.ins().iadd(counter, one);
        let more = self.b.ins().icmp(IntCC::SignedLessThan, following, to);
        let again: Vec<BlockArg> =
            [following].into_iter().chain(next.iter().copied()).map(BlockArg::Value).collect();
        let done: Vec<BlockArg> = next.into_iter().map(BlockArg::Value).collect();
        self.b.ins().brif(more, head, &again, after, &done);
        self.b.switch_to_block(after);
    }

    fn repeat(&mut self, condition: &[Statement], predicate: Argument, body: &[Statement]) {
        let (head, turn, ask, back, after) = (
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
            self.b.create_block(),
        );
        let turns = self.b.append_block_param(head, types::I64);
        // Where kernels are called in each turn, asking costs little beside that.
        let unasked = if calls(condition) || calls(body) { 1 } else { TURNS_UNASKED };
        let first = self.b.ins().iconst(types::I64, unasked);
        self.b.ins().jump(head, &[BlockArg::Value(first)]);
        self.b.switch_to_block(head);
        self.list(condition);
        let goes_on = self.argument(predicate);
        self.b.ins().brif(goes_on, turn, &[], after, &[]);
        self.b.switch_to_block(turn);
        self.list(body);
        let one = self.b.ins().iconst(types::I64, 1);
        let left = self.b.ins().isub(turns, one);
        self.b.ins().brif(left, back, &[], ask, &[]);
        self.b.switch_to_block(back);
        self.b.ins().jump(head, &[BlockArg::Value(left)]);
        self.b.switch_to_block(ask);
        self.b.set_cold_block(ask);
        let context = self.context;
        let end = self.call(is_to_end as *const () as usize, &[context], Some(types::I32));
        self.end_where(end);
        let again = self.b.ins().iconst(types::I64, unasked);
        self.b.ins().jump(head, &[BlockArg::Value(again)]);
        self.b.switch_to_block(after);
    }

    fn choose(&mut self, index: Argument, branches: &[Vec<Statement>]) {
        let is_bool = self.loops.type_of(index) == ElementType::Bool;
        let index = self.argument(index);
        let after = self.b.create_block();
        let blocks: Vec<Block> = branches.iter().map(|_| self.b.create_block()).collect();
        match (is_bool, &blocks[..]) {
            (true, &[yes, no]) => {
                self.b.ins().brif(index, yes, &[], no, &[]);
            }
            (false, &[ref some @ .., last]) => {
                for (i, &block) in some.iter().enumerate() {
                    let number = self.b.ins().iconst(types::I32, i as i64);
                    let chosen = self.b.ins().icmp(IntCC::Equal, index, number);
                    let next = self.b.create_block();
                    self.b.ins().brif(chosen, block, &[], next, &[]);
                    self.b.switch_to_block(next);
                }
                self.b.ins().jump(last, &[]);
            }
            _ => {
                self.failed = true;
                self.b.ins().jump(after, &[]);
            }
        }
        for (block, branch) in blocks.into_iter().zip(branches) {
            self.b.switch_to_block(block);
            self.list(branch);
            self.b.ins().jump(after, &[]);
        }
        self.b.switch_to_block(after);
    }
}

/// Whether kernels are called.
fn calls(statements: &[Statement]) -> bool {
    let is_call = |statement: &Statement| {
        matches!(statement, Statement::Call { .. }) || statement.bodies().iter().any(|body| calls(body))
    };
    statements.iter().any(is_call)
}

/// Copies bytes for code.
///
/// # Safety
/// There are so many bytes at both addresses, and they do not overlap.
unsafe extern "C" fn copy_bytes(to: *mut u8, from: *const u8, len: u64) {
    // SAFETY: as the caller makes sure.
    unsafe { std::ptr::copy_nonoverlapping(from, to, len as usize) };
}
