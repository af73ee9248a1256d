using System.Text.Json;
using CloudNative.CloudEvents;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Google.Events.Protobuf.Cloud.PubSub.V1;

/// <summary>The data of <c>google.cloud.pubsub.topic.v1.messagePublished</c>.</summary>
[CloudEventFormatter(typeof(ProtoJsonFormatter<MessagePublishedData>))]
public sealed class MessagePublishedData : IProtoJson<MessagePublishedData>
{
    private string _subscription = "";

    /// <summary>The message, null where the event has none.</summary>
    public PubsubMessage Message { get; set; }

    public string Subscription
    {
        get => _subscription;
        set => _subscription = value ?? throw new ArgumentNullException(nameof(value));
    }

    static MessagePublishedData IProtoJson<MessagePublishedData>.Read(ref Utf8JsonReader reader)
    {
        ProtoJson.ExpectObject(ref reader);
        var data = new MessagePublishedData();
        while (ProtoJson.NextField(ref reader, out var name))
        {
            switch (name)
            {
                case "message": data.Message = PubsubMessage.Read(ref reader); break;
                case "subscription": data.Subscription = ProtoJson.Text(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return data;
    }
}

/// <summary>A message of a topic: payload, attributes, id and time.</summary>
public sealed class PubsubMessage
{
    private ByteString _data = ByteString.Empty;
    private string _messageId = "";
    private string _orderingKey = "";

    public ByteString Data
    {
        get => _data;
        set => _data = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The payload read as UTF-8.</summary>
    public string TextData => Data.ToStringUtf8();

    public MapField<string, string> Attributes { get; } = [];

    public string MessageId
    {
        get => _messageId;
        set => _messageId = value ?? throw new ArgumentNullException(nameof(value));
    }

    public Timestamp PublishTime { get; set; }

    public string OrderingKey
    {
        get => _orderingKey;
        set => _orderingKey = value ?? throw new ArgumentNullException(nameof(value));
    }

    internal static PubsubMessage Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        ProtoJson.ExpectObject(ref reader);
        var message = new PubsubMessage();
        while (ProtoJson.NextField(ref reader, out var name))
        {
            switch (name)
            {
                case "data": message.Data = ProtoJson.Bytes(ref reader); break;
                case "attributes": ProtoJson.Map(ref reader, message.Attributes); break;
                case "messageId" or "message_id": message.MessageId = ProtoJson.Text(ref reader); break;
                case "publishTime" or "publish_time": message.PublishTime = ProtoJson.Time(ref reader); break;
                case "orderingKey" or "ordering_key": message.OrderingKey = ProtoJson.Text(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return message;
    }
}
