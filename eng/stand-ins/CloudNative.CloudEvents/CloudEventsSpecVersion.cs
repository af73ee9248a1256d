namespace CloudNative.CloudEvents;

/// <summary>A version of the CloudEvents specification.</summary>
public sealed class CloudEventsSpecVersion
{
    private CloudEventsSpecVersion(string versionId) => VersionId = versionId;

    public static CloudEventsSpecVersion V1_0 { get; } = new("1.0");

    public static CloudEventsSpecVersion Default => V1_0;

    public string VersionId { get; }

    /// <summary>The version of that name, null for one that is not known.</summary>
    public static CloudEventsSpecVersion? FromVersionId(string? versionId) => versionId == V1_0.VersionId ? V1_0 : null;
}
