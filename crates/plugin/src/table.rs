//! The table that callers get.

use runahead_pjrt_sys::*;

use crate::entry::entries;
use crate::error::Fault;
use crate::{
    buffer, client, device, error, event, executable, execute, host, loaded, memory, plugin, topology,
};

/// Functions that are there to say that they are not.
macro_rules! refused {
    ($($name:ident($args:ident): $why:literal,)*) => { entries! { $(
        fn $name(args: $args, extension_start) {
            Err(Fault::unimplemented(concat!(stringify!($name), ": ", $why)))
        }
    )* } };
}

refused! {
    PJRT_CopyToDeviceStream_Destroy(PJRT_CopyToDeviceStream_Destroy_Args): "programs have no callbacks for send and recv",
    PJRT_CopyToDeviceStream_AddChunk(PJRT_CopyToDeviceStream_AddChunk_Args): "programs have no callbacks for send and recv",
    PJRT_CopyToDeviceStream_TotalBytes(PJRT_CopyToDeviceStream_TotalBytes_Args): "programs have no callbacks for send and recv",
    PJRT_CopyToDeviceStream_GranuleSize(PJRT_CopyToDeviceStream_GranuleSize_Args): "programs have no callbacks for send and recv",
    PJRT_CopyToDeviceStream_CurrentBytes(PJRT_CopyToDeviceStream_CurrentBytes_Args): "programs have no callbacks for send and recv",
    PJRT_TopologyDescription_Create(PJRT_TopologyDescription_Create_Args): "there are topologies of clients only",
    PJRT_TopologyDescription_Serialize(PJRT_TopologyDescription_Serialize_Args): "there are topologies of clients only",
    PJRT_Compile(PJRT_Compile_Args): "compile for a client, by PJRT_Client_Compile",
    PJRT_AsyncHostToDeviceTransferManager_Destroy(PJRT_AsyncHostToDeviceTransferManager_Destroy_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_AsyncHostToDeviceTransferManager_TransferData(PJRT_AsyncHostToDeviceTransferManager_TransferData_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_Client_CreateBuffersForAsyncHostToDevice(PJRT_Client_CreateBuffersForAsyncHostToDevice_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer(PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_AsyncHostToDeviceTransferManager_Device(PJRT_AsyncHostToDeviceTransferManager_Device_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_AsyncHostToDeviceTransferManager_BufferCount(PJRT_AsyncHostToDeviceTransferManager_BufferCount_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_AsyncHostToDeviceTransferManager_BufferSize(PJRT_AsyncHostToDeviceTransferManager_BufferSize_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_AsyncHostToDeviceTransferManager_SetBufferError(PJRT_AsyncHostToDeviceTransferManager_SetBufferError_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_AsyncHostToDeviceTransferManager_AddMetadata(PJRT_AsyncHostToDeviceTransferManager_AddMetadata_Args): "give a buffer's data at once, by PJRT_Client_BufferFromHostBuffer",
    PJRT_Client_DmaMap(PJRT_Client_DmaMap_Args): "the memory is the host's",
    PJRT_Client_DmaUnmap(PJRT_Client_DmaUnmap_Args): "the memory is the host's",
    PJRT_Client_CreateUninitializedBuffer(PJRT_Client_CreateUninitializedBuffer_Args): "buffers are made of data, or by executions",
    PJRT_Client_UpdateGlobalProcessInfo(PJRT_Client_UpdateGlobalProcessInfo_Args): "there is one process",
    PJRT_TopologyDescription_Deserialize(PJRT_TopologyDescription_Deserialize_Args): "there are topologies of clients only",
    PJRT_Client_CreateAliasBuffer(PJRT_Client_CreateAliasBuffer_Args): "buffers are made of data, or by executions",
    PJRT_Client_FulfillAliasBuffer(PJRT_Client_FulfillAliasBuffer_Args): "buffers are made of data, or by executions",
}

/// A table that nobody writes to.
#[repr(transparent)]
pub(crate) struct Table(pub(crate) PJRT_Api);

// SAFETY: it is not written to, and what it points to are functions, which any thread may call.
unsafe impl Sync for Table {}

/// The functions, each from where its object is.
pub(crate) static TABLE: Table = {
    let mut api = PJRT_Api::new();
    api.PJRT_Error_Destroy = Some(error::PJRT_Error_Destroy);
    api.PJRT_Error_Message = Some(error::PJRT_Error_Message);
    api.PJRT_Error_GetCode = Some(error::PJRT_Error_GetCode);
    api.PJRT_Plugin_Initialize = Some(plugin::PJRT_Plugin_Initialize);
    api.PJRT_Plugin_Attributes = Some(plugin::PJRT_Plugin_Attributes);
    api.PJRT_Event_Destroy = Some(event::PJRT_Event_Destroy);
    api.PJRT_Event_IsReady = Some(event::PJRT_Event_IsReady);
    api.PJRT_Event_Error = Some(event::PJRT_Event_Error);
    api.PJRT_Event_Await = Some(event::PJRT_Event_Await);
    api.PJRT_Event_OnReady = Some(event::PJRT_Event_OnReady);
    api.PJRT_Client_Create = Some(client::PJRT_Client_Create);
    api.PJRT_Client_Destroy = Some(client::PJRT_Client_Destroy);
    api.PJRT_Client_PlatformName = Some(client::PJRT_Client_PlatformName);
    api.PJRT_Client_ProcessIndex = Some(client::PJRT_Client_ProcessIndex);
    api.PJRT_Client_PlatformVersion = Some(client::PJRT_Client_PlatformVersion);
    api.PJRT_Client_Devices = Some(client::PJRT_Client_Devices);
    api.PJRT_Client_AddressableDevices = Some(client::PJRT_Client_AddressableDevices);
    api.PJRT_Client_LookupDevice = Some(client::PJRT_Client_LookupDevice);
    api.PJRT_Client_LookupAddressableDevice = Some(client::PJRT_Client_LookupAddressableDevice);
    api.PJRT_Client_AddressableMemories = Some(client::PJRT_Client_AddressableMemories);
    api.PJRT_Client_Compile = Some(loaded::PJRT_Client_Compile);
    api.PJRT_Client_DefaultDeviceAssignment = Some(client::PJRT_Client_DefaultDeviceAssignment);
    api.PJRT_Client_BufferFromHostBuffer = Some(host::PJRT_Client_BufferFromHostBuffer);
    api.PJRT_DeviceDescription_Id = Some(device::PJRT_DeviceDescription_Id);
    api.PJRT_DeviceDescription_ProcessIndex = Some(device::PJRT_DeviceDescription_ProcessIndex);
    api.PJRT_DeviceDescription_Attributes = Some(device::PJRT_DeviceDescription_Attributes);
    api.PJRT_DeviceDescription_Kind = Some(device::PJRT_DeviceDescription_Kind);
    api.PJRT_DeviceDescription_DebugString = Some(device::PJRT_DeviceDescription_DebugString);
    api.PJRT_DeviceDescription_ToString = Some(device::PJRT_DeviceDescription_ToString);
    api.PJRT_Device_GetDescription = Some(device::PJRT_Device_GetDescription);
    api.PJRT_Device_IsAddressable = Some(device::PJRT_Device_IsAddressable);
    api.PJRT_Device_LocalHardwareId = Some(device::PJRT_Device_LocalHardwareId);
    api.PJRT_Device_AddressableMemories = Some(device::PJRT_Device_AddressableMemories);
    api.PJRT_Device_DefaultMemory = Some(device::PJRT_Device_DefaultMemory);
    api.PJRT_Device_MemoryStats = Some(device::PJRT_Device_MemoryStats);
    api.PJRT_Memory_Id = Some(memory::PJRT_Memory_Id);
    api.PJRT_Memory_Kind = Some(memory::PJRT_Memory_Kind);
    api.PJRT_Memory_DebugString = Some(memory::PJRT_Memory_DebugString);
    api.PJRT_Memory_ToString = Some(memory::PJRT_Memory_ToString);
    api.PJRT_Memory_AddressableByDevices = Some(memory::PJRT_Memory_AddressableByDevices);
    api.PJRT_Executable_Destroy = Some(executable::PJRT_Executable_Destroy);
    api.PJRT_Executable_Name = Some(executable::PJRT_Executable_Name);
    api.PJRT_Executable_NumReplicas = Some(executable::PJRT_Executable_NumReplicas);
    api.PJRT_Executable_NumPartitions = Some(executable::PJRT_Executable_NumPartitions);
    api.PJRT_Executable_NumOutputs = Some(executable::PJRT_Executable_NumOutputs);
    api.PJRT_Executable_SizeOfGeneratedCodeInBytes =
        Some(executable::PJRT_Executable_SizeOfGeneratedCodeInBytes);
    api.PJRT_Executable_GetCostAnalysis = Some(executable::PJRT_Executable_GetCostAnalysis);
    api.PJRT_Executable_OutputMemoryKinds = Some(executable::PJRT_Executable_OutputMemoryKinds);
    api.PJRT_Executable_OptimizedProgram = Some(executable::PJRT_Executable_OptimizedProgram);
    api.PJRT_Executable_Serialize = Some(executable::PJRT_Executable_Serialize);
    api.PJRT_LoadedExecutable_Destroy = Some(loaded::PJRT_LoadedExecutable_Destroy);
    api.PJRT_LoadedExecutable_GetExecutable = Some(loaded::PJRT_LoadedExecutable_GetExecutable);
    api.PJRT_LoadedExecutable_AddressableDevices = Some(loaded::PJRT_LoadedExecutable_AddressableDevices);
    api.PJRT_LoadedExecutable_Delete = Some(loaded::PJRT_LoadedExecutable_Delete);
    api.PJRT_LoadedExecutable_IsDeleted = Some(loaded::PJRT_LoadedExecutable_IsDeleted);
    api.PJRT_LoadedExecutable_Execute = Some(execute::PJRT_LoadedExecutable_Execute);
    api.PJRT_Executable_DeserializeAndLoad = Some(executable::PJRT_Executable_DeserializeAndLoad);
    api.PJRT_LoadedExecutable_Fingerprint = Some(loaded::PJRT_LoadedExecutable_Fingerprint);
    api.PJRT_Buffer_Destroy = Some(buffer::PJRT_Buffer_Destroy);
    api.PJRT_Buffer_ElementType = Some(buffer::PJRT_Buffer_ElementType);
    api.PJRT_Buffer_Dimensions = Some(buffer::PJRT_Buffer_Dimensions);
    api.PJRT_Buffer_UnpaddedDimensions = Some(buffer::PJRT_Buffer_UnpaddedDimensions);
    api.PJRT_Buffer_DynamicDimensionIndices = Some(buffer::PJRT_Buffer_DynamicDimensionIndices);
    api.PJRT_Buffer_GetMemoryLayout = Some(buffer::PJRT_Buffer_GetMemoryLayout);
    api.PJRT_Buffer_OnDeviceSizeInBytes = Some(buffer::PJRT_Buffer_OnDeviceSizeInBytes);
    api.PJRT_Buffer_Device = Some(buffer::PJRT_Buffer_Device);
    api.PJRT_Buffer_Memory = Some(buffer::PJRT_Buffer_Memory);
    api.PJRT_Buffer_Delete = Some(buffer::PJRT_Buffer_Delete);
    api.PJRT_Buffer_IsDeleted = Some(buffer::PJRT_Buffer_IsDeleted);
    api.PJRT_Buffer_CopyToDevice = Some(buffer::PJRT_Buffer_CopyToDevice);
    api.PJRT_Buffer_ToHostBuffer = Some(host::PJRT_Buffer_ToHostBuffer);
    api.PJRT_Buffer_IsOnCpu = Some(buffer::PJRT_Buffer_IsOnCpu);
    api.PJRT_Buffer_ReadyEvent = Some(buffer::PJRT_Buffer_ReadyEvent);
    api.PJRT_Buffer_UnsafePointer = Some(buffer::PJRT_Buffer_UnsafePointer);
    api.PJRT_Buffer_IncreaseExternalReferenceCount = Some(buffer::PJRT_Buffer_IncreaseExternalReferenceCount);
    api.PJRT_Buffer_DecreaseExternalReferenceCount = Some(buffer::PJRT_Buffer_DecreaseExternalReferenceCount);
    api.PJRT_Buffer_OpaqueDeviceMemoryDataPointer = Some(buffer::PJRT_Buffer_OpaqueDeviceMemoryDataPointer);
    api.PJRT_CopyToDeviceStream_Destroy = Some(PJRT_CopyToDeviceStream_Destroy);
    api.PJRT_CopyToDeviceStream_AddChunk = Some(PJRT_CopyToDeviceStream_AddChunk);
    api.PJRT_CopyToDeviceStream_TotalBytes = Some(PJRT_CopyToDeviceStream_TotalBytes);
    api.PJRT_CopyToDeviceStream_GranuleSize = Some(PJRT_CopyToDeviceStream_GranuleSize);
    api.PJRT_CopyToDeviceStream_CurrentBytes = Some(PJRT_CopyToDeviceStream_CurrentBytes);
    api.PJRT_TopologyDescription_Create = Some(PJRT_TopologyDescription_Create);
    api.PJRT_TopologyDescription_Destroy = Some(topology::PJRT_TopologyDescription_Destroy);
    api.PJRT_TopologyDescription_PlatformName = Some(topology::PJRT_TopologyDescription_PlatformName);
    api.PJRT_TopologyDescription_PlatformVersion = Some(topology::PJRT_TopologyDescription_PlatformVersion);
    api.PJRT_TopologyDescription_GetDeviceDescriptions =
        Some(topology::PJRT_TopologyDescription_GetDeviceDescriptions);
    api.PJRT_TopologyDescription_Serialize = Some(PJRT_TopologyDescription_Serialize);
    api.PJRT_TopologyDescription_Attributes = Some(topology::PJRT_TopologyDescription_Attributes);
    api.PJRT_Compile = Some(PJRT_Compile);
    api.PJRT_Executable_OutputElementTypes = Some(executable::PJRT_Executable_OutputElementTypes);
    api.PJRT_Executable_OutputDimensions = Some(executable::PJRT_Executable_OutputDimensions);
    api.PJRT_Buffer_CopyToMemory = Some(buffer::PJRT_Buffer_CopyToMemory);
    api.PJRT_Client_CreateViewOfDeviceBuffer = Some(host::PJRT_Client_CreateViewOfDeviceBuffer);
    api.PJRT_Executable_Fingerprint = Some(executable::PJRT_Executable_Fingerprint);
    api.PJRT_Client_TopologyDescription = Some(client::PJRT_Client_TopologyDescription);
    api.PJRT_Executable_GetCompiledMemoryStats = Some(executable::PJRT_Executable_GetCompiledMemoryStats);
    api.PJRT_Memory_Kind_Id = Some(memory::PJRT_Memory_Kind_Id);
    api.PJRT_ExecuteContext_Create = Some(execute::PJRT_ExecuteContext_Create);
    api.PJRT_ExecuteContext_Destroy = Some(execute::PJRT_ExecuteContext_Destroy);
    api.PJRT_Buffer_CopyRawToHost = Some(host::PJRT_Buffer_CopyRawToHost);
    api.PJRT_AsyncHostToDeviceTransferManager_Destroy = Some(PJRT_AsyncHostToDeviceTransferManager_Destroy);
    api.PJRT_AsyncHostToDeviceTransferManager_TransferData =
        Some(PJRT_AsyncHostToDeviceTransferManager_TransferData);
    api.PJRT_Client_CreateBuffersForAsyncHostToDevice = Some(PJRT_Client_CreateBuffersForAsyncHostToDevice);
    api.PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer =
        Some(PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer);
    api.PJRT_AsyncHostToDeviceTransferManager_Device = Some(PJRT_AsyncHostToDeviceTransferManager_Device);
    api.PJRT_AsyncHostToDeviceTransferManager_BufferCount =
        Some(PJRT_AsyncHostToDeviceTransferManager_BufferCount);
    api.PJRT_AsyncHostToDeviceTransferManager_BufferSize =
        Some(PJRT_AsyncHostToDeviceTransferManager_BufferSize);
    api.PJRT_AsyncHostToDeviceTransferManager_SetBufferError =
        Some(PJRT_AsyncHostToDeviceTransferManager_SetBufferError);
    api.PJRT_AsyncHostToDeviceTransferManager_AddMetadata =
        Some(PJRT_AsyncHostToDeviceTransferManager_AddMetadata);
    api.PJRT_Client_DmaMap = Some(PJRT_Client_DmaMap);
    api.PJRT_Client_DmaUnmap = Some(PJRT_Client_DmaUnmap);
    api.PJRT_Client_CreateUninitializedBuffer = Some(PJRT_Client_CreateUninitializedBuffer);
    api.PJRT_Client_UpdateGlobalProcessInfo = Some(PJRT_Client_UpdateGlobalProcessInfo);
    api.PJRT_TopologyDescription_Deserialize = Some(PJRT_TopologyDescription_Deserialize);
    api.PJRT_Client_CreateAliasBuffer = Some(PJRT_Client_CreateAliasBuffer);
    api.PJRT_Client_FulfillAliasBuffer = Some(PJRT_Client_FulfillAliasBuffer);
    api.PJRT_LoadedExecutable_GetDeviceAssignment = Some(loaded::PJRT_LoadedExecutable_GetDeviceAssignment);
    Table(api)
};
