using System.Text.Json;
using CloudNative.CloudEvents;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Google.Events.Protobuf.Cloud.Storage.V1;

/// <summary>The data of <c>google.cloud.storage.object.v1.*</c>: the object that changed.</summary>
[CloudEventFormatter(typeof(ProtoJsonFormatter<StorageObjectData>))]
public sealed class StorageObjectData : IProtoJson<StorageObjectData>
{
    private string _bucket = "";
    private string _name = "";
    private string _contentType = "";
    private string _contentEncoding = "";

    public string Bucket
    {
        get => _bucket;
        set => _bucket = value ?? throw new ArgumentNullException(nameof(value));
    }

    public string Name
    {
        get => _name;
        set => _name = value ?? throw new ArgumentNullException(nameof(value));
    }

    public long Generation { get; set; }

    public long Metageneration { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    public string ContentType
    {
        get => _contentType;
        set => _contentType = value ?? throw new ArgumentNullException(nameof(value));
    }

    public string ContentEncoding
    {
        get => _contentEncoding;
        set => _contentEncoding = value ?? throw new ArgumentNullException(nameof(value));
    }

    public Timestamp TimeCreated { get; set; }

    public Timestamp Updated { get; set; }

    public MapField<string, string> Metadata { get; } = [];

    static StorageObjectData IProtoJson<StorageObjectData>.Read(ref Utf8JsonReader reader)
    {
        ProtoJson.ExpectObject(ref reader);
        var data = new StorageObjectData();
        while (ProtoJson.NextField(ref reader, out var name))
        {
            switch (name)
            {
                case "bucket": data.Bucket = ProtoJson.Text(ref reader); break;
                case "name": data.Name = ProtoJson.Text(ref reader); break;
                case "generation": data.Generation = ProtoJson.Number(ref reader); break;
                case "metageneration": data.Metageneration = ProtoJson.Number(ref reader); break;
                case "size": data.Size = ProtoJson.Number(ref reader); break;
                case "contentType" or "content_type": data.ContentType = ProtoJson.Text(ref reader); break;
                case "contentEncoding" or "content_encoding": data.ContentEncoding = ProtoJson.Text(ref reader); break;
                case "timeCreated" or "time_created": data.TimeCreated = ProtoJson.Time(ref reader); break;
                case "updated" or "update_time": data.Updated = ProtoJson.Time(ref reader); break;
                case "metadata": ProtoJson.Map(ref reader, data.Metadata); break;
                default: reader.Skip(); break;
            }
        }

        return data;
    }
}
