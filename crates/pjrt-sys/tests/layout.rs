//! The sizes of structures, as a C compiler sees them in `pjrt_c_api.h` at version 0.81.

use runahead_pjrt_sys::*;

/// Checks `STRUCT_SIZE` (to the end of the last field) and `sizeof` of each.
macro_rules! sizes {
    ($($name:ident $known:literal $whole:literal)*) => {
        $(
            assert_eq!($name::STRUCT_SIZE, $known, stringify!($name));
            assert_eq!(size_of::<$name>(), $whole, stringify!($name));
        )*
    };
}

#[test]
#[cfg(target_pointer_width = "64")]
fn structures_are_as_large_as_in_c() {
    sizes! {
        PJRT_Api_Version 24 24
        PJRT_Error_Destroy_Args 24 24
        PJRT_Error_Message_Args 40 40
        PJRT_Error_GetCode_Args 28 32
        PJRT_NamedValue 56 56
        PJRT_Plugin_Initialize_Args 16 16
        PJRT_Plugin_Attributes_Args 32 32
        PJRT_Event_Destroy_Args 24 24
        PJRT_Event_IsReady_Args 25 32
        PJRT_Event_Error_Args 24 24
        PJRT_Event_Await_Args 24 24
        PJRT_Event_OnReady_Args 40 40
        PJRT_KeyValueGetCallback_Args 80 80
        PJRT_KeyValueTryGetCallback_Args 72 72
        PJRT_KeyValuePutCallback_Args 64 64
        PJRT_Client_Create_Args 88 88
        PJRT_Client_Destroy_Args 24 24
        PJRT_Client_PlatformName_Args 40 40
        PJRT_Client_ProcessIndex_Args 28 32
        PJRT_Client_PlatformVersion_Args 40 40
        PJRT_Client_TopologyDescription_Args 32 32
        PJRT_Client_Devices_Args 40 40
        PJRT_Client_AddressableDevices_Args 40 40
        PJRT_Client_LookupDevice_Args 40 40
        PJRT_Client_LookupAddressableDevice_Args 40 40
        PJRT_Client_UpdateGlobalProcessInfo_Args 40 40
        PJRT_Client_AddressableMemories_Args 40 40
        PJRT_Program 48 48
        PJRT_Client_Compile_Args 56 56
        PJRT_Client_DefaultDeviceAssignment_Args 48 48
        PJRT_Client_DmaMap_Args 40 40
        PJRT_Client_DmaUnmap_Args 32 32
        PJRT_AsyncHostToDeviceTransferManager_Destroy_Args 24 24
        PJRT_AsyncHostToDeviceTransferManager_TransferData_Args 72 72
        PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer_Args 40 40
        PJRT_AsyncHostToDeviceTransferManager_Device_Args 32 32
        PJRT_AsyncHostToDeviceTransferManager_BufferCount_Args 32 32
        PJRT_AsyncHostToDeviceTransferManager_BufferSize_Args 40 40
        PJRT_AsyncHostToDeviceTransferManager_SetBufferError_Args 48 48
        PJRT_AsyncHostToDeviceTransferManager_AddMetadata_Args 40 40
        PJRT_Buffer_MemoryLayout_Tiled 56 56
        PJRT_Buffer_MemoryLayout_Strides 32 32
        PJRT_Buffer_MemoryLayout 76 80
        PJRT_Client_CreateUninitializedBuffer_Args 80 80
        PJRT_Client_CreateAliasBuffer_Args 80 80
        PJRT_Client_FulfillAliasBuffer_Args 64 64
        PJRT_Client_BufferFromHostBuffer_Args 120 120
        PJRT_Client_CreateViewOfDeviceBuffer_Args 112 112
        PJRT_ShapeSpec 36 40
        PJRT_Client_CreateBuffersForAsyncHostToDevice_Args 72 72
        PJRT_DeviceDescription_Id_Args 28 32
        PJRT_DeviceDescription_ProcessIndex_Args 28 32
        PJRT_DeviceDescription_Attributes_Args 40 40
        PJRT_DeviceDescription_Kind_Args 40 40
        PJRT_DeviceDescription_DebugString_Args 40 40
        PJRT_DeviceDescription_ToString_Args 40 40
        PJRT_Device_GetDescription_Args 32 32
        PJRT_Device_IsAddressable_Args 25 32
        PJRT_Device_LocalHardwareId_Args 28 32
        PJRT_Device_AddressableMemories_Args 40 40
        PJRT_Device_DefaultMemory_Args 32 32
        PJRT_Device_MemoryStats_Args 185 192
        PJRT_Memory_Id_Args 28 32
        PJRT_Memory_Kind_Args 40 40
        PJRT_Memory_Kind_Id_Args 28 32
        PJRT_Memory_DebugString_Args 40 40
        PJRT_Memory_ToString_Args 40 40
        PJRT_Memory_AddressableByDevices_Args 40 40
        PJRT_ExecuteContext_Create_Args 24 24
        PJRT_ExecuteContext_Destroy_Args 24 24
        PJRT_Executable_Destroy_Args 24 24
        PJRT_LoadedExecutable_Destroy_Args 24 24
        PJRT_LoadedExecutable_GetExecutable_Args 32 32
        PJRT_LoadedExecutable_GetDeviceAssignment_Args 56 56
        PJRT_Executable_Name_Args 40 40
        PJRT_Executable_NumReplicas_Args 32 32
        PJRT_Executable_NumPartitions_Args 32 32
        PJRT_LoadedExecutable_AddressableDevices_Args 40 40
        PJRT_Executable_OptimizedProgram_Args 32 32
        PJRT_LoadedExecutable_Delete_Args 24 24
        PJRT_LoadedExecutable_IsDeleted_Args 25 32
        PJRT_ExecuteOptions 112 112
        PJRT_LoadedExecutable_Execute_Args 80 80
        PJRT_Executable_NumOutputs_Args 32 32
        PJRT_Executable_SizeOfGeneratedCodeInBytes_Args 32 32
        PJRT_Executable_Fingerprint_Args 40 40
        PJRT_Executable_GetCostAnalysis_Args 40 40
        PJRT_Executable_GetCompiledMemoryStats_Args 112 112
        PJRT_Executable_OutputElementTypes_Args 40 40
        PJRT_Executable_OutputDimensions_Args 48 48
        PJRT_Executable_OutputMemoryKinds_Args 48 48
        PJRT_Executable_Serialize_Args 56 56
        PJRT_Executable_DeserializeAndLoad_Args 64 64
        PJRT_LoadedExecutable_Fingerprint_Args 40 40
        PJRT_Buffer_Destroy_Args 24 24
        PJRT_Buffer_ElementType_Args 28 32
        PJRT_Buffer_Dimensions_Args 40 40
        PJRT_Buffer_UnpaddedDimensions_Args 40 40
        PJRT_Buffer_DynamicDimensionIndices_Args 40 40
        PJRT_Buffer_GetMemoryLayout_Args 104 104
        PJRT_Buffer_ToHostBuffer_Args 56 56
        PJRT_Buffer_OnDeviceSizeInBytes_Args 32 32
        PJRT_Buffer_Delete_Args 24 24
        PJRT_Buffer_IsDeleted_Args 25 32
        PJRT_Buffer_CopyRawToHost_Args 56 56
        PJRT_Buffer_CopyToDevice_Args 40 40
        PJRT_Buffer_CopyToMemory_Args 40 40
        PJRT_Buffer_IsOnCpu_Args 25 32
        PJRT_Buffer_Device_Args 32 32
        PJRT_Buffer_Memory_Args 32 32
        PJRT_Buffer_ReadyEvent_Args 32 32
        PJRT_Buffer_UnsafePointer_Args 32 32
        PJRT_Buffer_IncreaseExternalReferenceCount_Args 24 24
        PJRT_Buffer_DecreaseExternalReferenceCount_Args 24 24
        PJRT_Buffer_OpaqueDeviceMemoryDataPointer_Args 32 32
        PJRT_CopyToDeviceStream_Destroy_Args 24 24
        PJRT_CopyToDeviceStream_AddChunk_Args 40 40
        PJRT_CopyToDeviceStream_TotalBytes_Args 32 32
        PJRT_CopyToDeviceStream_GranuleSize_Args 32 32
        PJRT_CopyToDeviceStream_CurrentBytes_Args 32 32
        PJRT_TopologyDescription_Create_Args 56 56
        PJRT_TopologyDescription_Destroy_Args 24 24
        PJRT_TopologyDescription_PlatformVersion_Args 40 40
        PJRT_TopologyDescription_PlatformName_Args 40 40
        PJRT_TopologyDescription_GetDeviceDescriptions_Args 40 40
        PJRT_TopologyDescription_Serialize_Args 56 56
        PJRT_TopologyDescription_Deserialize_Args 40 40
        PJRT_TopologyDescription_Attributes_Args 40 40
        PJRT_Compile_Args 64 64
        PJRT_Api 984 984
    }
    assert_eq!(size_of::<PJRT_Extension_Base>(), 24, "PJRT_Extension_Base");
    assert_eq!(size_of::<PJRT_ProcessInfo>(), 48, "PJRT_ProcessInfo");
    assert_eq!(size_of::<PJRT_SendCallbackInfo>(), 24, "PJRT_SendCallbackInfo");
    assert_eq!(size_of::<PJRT_RecvCallbackInfo>(), 24, "PJRT_RecvCallbackInfo");
}
