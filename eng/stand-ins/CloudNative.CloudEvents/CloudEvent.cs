namespace CloudNative.CloudEvents;

/// <summary>An event of the CloudEvents specification 1.0: its context attributes and its decoded data.</summary>
public sealed class CloudEvent
{
    private readonly Dictionary<string, string> _extensions = new(StringComparer.Ordinal);

    public CloudEvent()
        : this(CloudEventsSpecVersion.Default)
    {
    }

    public CloudEvent(CloudEventsSpecVersion specVersion)
    {
        ArgumentNullException.ThrowIfNull(specVersion);
        SpecVersion = specVersion;
    }

    public CloudEventsSpecVersion SpecVersion { get; }

    public string? Id { get; set; }

    public Uri? Source { get; set; }

    public string? Type { get; set; }

    public string? Subject { get; set; }

    public DateTimeOffset? Time { get; set; }

    public string? DataContentType { get; set; }

    public Uri? DataSchema { get; set; }

    public object? Data { get; set; }

    /// <summary>Whether the required attributes are there: id, source and type.</summary>
    public bool IsValid => !string.IsNullOrEmpty(Id) && Source is not null && !string.IsNullOrEmpty(Type);

    /// <summary>An attribute by its name in lower case, null where it is not set.</summary>
    /// <exception cref="ArgumentException">The value does not suit the attribute.</exception>
    public object? this[string attributeName]
    {
        get => attributeName switch
        {
            "id" => Id,
            "source" => Source,
            "type" => Type,
            "subject" => Subject,
            "time" => Time,
            "datacontenttype" => DataContentType,
            "dataschema" => DataSchema,
            _ => _extensions.GetValueOrDefault(attributeName),
        };
        set => SetAttributeFromString(attributeName, (value ?? "").ToString() ?? "");
    }

    /// <summary>Sets an attribute from its text form, as it stands in a header or a JSON string.</summary>
    /// <exception cref="ArgumentException">The text is no value of the attribute.</exception>
    public void SetAttributeFromString(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        switch (name)
        {
            case "id": Id = NotEmpty(name, value); break;
            case "type": Type = NotEmpty(name, value); break;
            case "subject": Subject = NotEmpty(name, value); break;
            case "datacontenttype": DataContentType = NotEmpty(name, value); break;
            case "source": Source = Reference(name, value); break;
            case "dataschema": DataSchema = Reference(name, value); break;
            case "time": Time = Timestamps.Parse(value); break;
            default: _extensions[ExtensionName(name)] = value; break;
        }
    }

    private static string NotEmpty(string name, string value) =>
        value.Length > 0 ? value : throw new ArgumentException($"The CloudEvent attribute '{name}' is empty.");

    private static Uri Reference(string name, string value) =>
        value.Length > 0 && Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out var uri)
            ? uri
            : throw new ArgumentException($"The CloudEvent attribute '{name}' is not a URI.");

    private static string ExtensionName(string name) =>
        name.Length > 0 && name != "specversion" && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            ? name
            : throw new ArgumentException("The name of a CloudEvent attribute has lower-case letters and digits only.");
}
