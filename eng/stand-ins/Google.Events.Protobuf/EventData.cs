using CloudNative.CloudEvents;

// What the generated classes lack: the formatter that reads each as the data of an event.
namespace Google.Events.Protobuf.Cloud.PubSub.V1
{
    [CloudEventFormatter(typeof(ProtobufJsonCloudEventFormatter<MessagePublishedData>))]
    public sealed partial class MessagePublishedData;

    public sealed partial class PubsubMessage
    {
        /// <summary>The payload read as UTF-8.</summary>
        public string TextData => Data.ToStringUtf8();
    }
}

namespace Google.Events.Protobuf.Cloud.Storage.V1
{
    [CloudEventFormatter(typeof(ProtobufJsonCloudEventFormatter<StorageObjectData>))]
    public sealed partial class StorageObjectData;
}
