namespace CloudNative.CloudEvents;

/// <summary>The definition of an extension attribute; here only a parameter type of <see cref="CloudEventFormatter"/>.</summary>
public sealed class CloudEventAttribute
{
    private CloudEventAttribute(string name) => Name = name;

    public string Name { get; }

    public override string ToString() => Name;

    internal static CloudEventAttribute Create(string name) => new(name);
}
